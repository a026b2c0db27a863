"""A planner's plan: from a Word file to a plan in force, filed, signed for by the units, and open to the public's words.

The file is a sketch by the village works office after a dry autumn. It gives the draft its words, and the checker says
what a whole plan lacks. She mends what the forms can mend; then, because eight missing chapters are not written into a
form, she lays the sketch's new step into the text of the plan in force and goes on from there.
"""

import re
from collections import Counter
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document

from huiying.emergency.models import PlanImport, PlanSuggestion, PlanVersion
from huiying.playbook.reading.deciding import decisions_of, guesses_left, reading_of
from huiying.records import clock, ledger
from huiying.records.models import LedgerEvent
from huiying.registry import actions as registry
from huiying.registry.calendars import calendar_for
from huiying.rules.actors import SYSTEM
from huiying.rules.permissions import Role
from huiying.web.shared import throttle
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import PLAN, after, plan_in_force

CODE = "city-petition-incidents"
SKETCH = """一、总则
（一）编制目的
为在群众集中来访时先听取诉求、保障救护，制定本预案。
（二）编制依据
依据《信访工作条例》和《突发事件应对法》编制。
（三）适用范围
本预案适用于青溪镇辖区内群众集中反映诉求引发的突发情况。
二、风险分析
1.枯水期东渠断水，几个村组同一天来反映，接待点坐不下。
三、组织机构与职责
（一）接待听取组
组长：信访办主任
主要职责：逐一登记诉求，当场出具回执。
（二）事实调查组
组长：村建办主任
职责：到现场查明渠道断水的原因。
四、信息报告
值班员接报后30分钟内向领导小组报告。
五、应急响应
1.接待听取组增开两个接待点，供应饮用水。
2.事实调查组到渠首查看闸门。
（二）响应终止
供水恢复并答复来访群众后，由领导小组宣布结束响应。
六、附则
本预案自印发之日起施行。"""
# The sketch's step as it is first laid into the plan in force: somebody is to go, but nobody says by when.
NEW_STEP = """      - id: look-at-sluice
        title: 到渠首查看闸门
        who: second-officer
        acknowledge_within: 5 分钟
"""
BEFORE = "      - id: follow-up-report\n"


def words(answer: HttpResponse) -> str:
    """The page as text."""
    return answer.content.decode()


def at(name: str, *more: object, number: int = 2) -> str:
    """An address of the plan's new version."""
    return reverse(f"console:{name}", args=[CODE, number, *more])


def version(number: int = 2) -> PlanVersion:
    """The version as it is stored now."""
    return PlanVersion.objects.get(plan__code=CODE, number=number)


def errors() -> Counter[tuple[str, str]]:
    """What must be mended: which rule, at which clause."""
    return Counter((row["rule"], row["clause"]) for row in version().findings if row["severity"] == "error")


def mend(planner: Client, clause_id: str, **typed: str) -> None:
    """Save one clause's form; the way back leads to its section, at the clause."""
    answer = planner.post(at("plan_clause", clause_id), {**typed, "seen": version().saved_at.isoformat()})
    assert answer.status_code == 303, words(answer)
    assert answer["Location"].endswith(f"#clause-{clause_id}")


def word_file() -> SimpleUploadedFile:
    """The sketch as a Word file."""
    document, out = Document(), BytesIO()
    document.add_heading("青溪镇群众集中来访应急预案", 0)
    for line in SKETCH.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return SimpleUploadedFile("东渠草稿.docx", out.getvalue())


@pytest.fixture(autouse=True)
def _no_limit_spent() -> None:
    throttle.clear()


def test_a_sketch_in_word_becomes_the_plan_in_force(cast: Cast) -> None:
    former = plan_in_force(cast, at=after(0))
    planner, leader = signed_in(Client(), cast.planner), signed_in(Client(), cast.leader)
    works, civil = signed_in(Client(), cast.head_works), signed_in(Client(), cast.head_civil)

    read_the_sketch(planner)
    mend_what_forms_can_mend(planner)
    build_on_the_plan_in_force(planner)
    hear_the_units(planner, works, civil)
    approve_and_promulgate(cast, planner, leader)
    former.refresh_from_db()
    assert (former.state, version().state) == ("superseded", "promulgated")
    assert "到渠首查看闸门" in words(leader.get(reverse("console:plan_page", args=[CODE])))
    file_it(cast, planner)
    sign_for_it(planner, works, civil)
    answer_the_public(planner)

    # The neighbour's leader, who may do at home all that was done here, finds none of it.
    outsider = signed_in(Client(), cast.outside_leader)
    for address in (
        reverse("console:plan_page", args=[CODE]),
        at("plan_version"),
        at("plan_version", number=1),
        at("plan_road"),
        at("plan_history"),
        at("plan_care"),
        at("plan_download", "yaml"),
    ):
        assert outsider.get(address).status_code == 404, address
        assert leader.get(address).status_code == 200, address
    library = reverse("console:plans")
    assert reverse("console:plan_page", args=[CODE]) in words(leader.get(library))
    assert reverse("console:plan_page", args=[CODE]) not in words(outsider.get(library))
    assert ledger.verify(LedgerEvent.objects.all()) == []


def read_the_sketch(planner: Client) -> None:
    """The file is read; what was only guessed waits for her, and nothing becomes a draft before."""
    page = planner.post(reverse("console:plan_imports"), {"file": word_file()})["Location"].partition("?")[0]
    shown = words(planner.get(page))
    assert "推测，待核对" in shown and "事实调查组到渠首查看闸门。" in shown
    typed = {"title": "信访突发事件应急预案", "code": CODE, "body_kind": "township"}
    assert planner.post(page + "finish/", typed).status_code >= 400
    assert not PlanVersion.objects.filter(number=2).exists()

    row = PlanImport.objects.get()
    waiting = [clause.id for clause in guesses_left(reading_of(row.reading), decisions_of(row.decisions))]
    assert waiting == ["legal-basis-1"]
    assert planner.post(page, {"clause": waiting[0], "verdict": "kept"}).status_code == 303
    done = planner.post(page + "finish/", typed)
    assert (done.status_code, done["Location"]) == (303, at("plan_version"))


def mend_what_forms_can_mend(planner: Client) -> None:
    """The checker's findings stand on the page; a draft with errors is not laid before anybody."""
    page = words(planner.get(at("plan_version")))
    assert "“事实调查组到渠首查看闸门”没有时限" in page and "缺少法定内容：事后恢复措施" in page
    before = errors()
    refused = planner.post(at("plan_submit"), {"drafting_note": "按程序编制。"})
    assert refused.status_code >= 400 and f"还有 {before.total()} 处必须修改" in words(refused)

    step = {"within": "2 小时", "of": "reported", "level": "IV", "policy": "1"}
    mend(planner, "step-1", title="增开两个接待点", who="role-of-team-1", **step)
    mend(planner, "step-2", title="到渠首查看闸门", who="role-of-team-2", **step)
    said = "值班员接报后 30 分钟内向领导小组报告。"
    mend(planner, "reporting-1", text=said, kind="first", within="30 分钟", policy="1")
    mended = Counter(
        [
            ("step-without-time", "step-1"),
            ("step-without-time", "step-2"),
            ("figure-without-ground", "reporting-1"),
        ]
    )
    assert mended <= before and errors() == before - mended


def build_on_the_plan_in_force(planner: Client) -> None:
    """Whole chapters are missing: the step goes into the text in force, and the one error left is mended by its form."""
    assert PLAN.count(BEFORE) == 1
    text = PLAN.replace(BEFORE, NEW_STEP + BEFORE)
    seen = version().saved_at.isoformat()
    assert planner.post(at("plan_edit"), {"text": text, "seen": seen}).status_code == 303
    assert errors() == Counter([("step-without-time", "look-at-sluice")])
    refused = planner.post(at("plan_submit"), {"drafting_note": "按程序编制。"})
    assert refused.status_code >= 400 and "还有 1 处必须修改" in words(refused)
    assert version().state == "draft"

    section = words(planner.get(at("plan_section", "phases")))
    assert at("plan_clause", "look-at-sluice") in section and "没有时限" in section
    set_the_time(planner, "40 分钟")
    assert not errors()


def set_the_time(planner: Client, within: str) -> None:
    """The form of the new step, with this time."""
    step = {"title": "到渠首查看闸门", "who": "second-officer", "acknowledge_within": "5 分钟", "policy": "1"}
    mend(planner, "look-at-sluice", **step, within=within, of="reported", level="IV")


def hear_the_units(planner: Client, works: Client, civil: Client) -> None:
    """A step is a weighty change: every unit with a duty is asked. One agrees, one wants a change and gets it."""
    note = {"drafting_note": "枯水期东渠断水后修订，增加查看渠首的步骤；村建办的意见已采纳。"}
    refused = planner.post(at("plan_submit"), note)
    assert refused.status_code >= 400 and "还没有向这些承担职责的单位征求书面意见" in words(refused)
    offered = re.findall(r'name="units" value="(\d+)"', words(planner.get(at("plan_road"))))
    assert len(offered) == 7
    assert planner.post(at("opinion_ask"), {"units": offered}).status_code == 303
    row_works, row_civil = (version().opinions.get(unit__code=code) for code in ("works", "civil"))

    assert at("plan_road") + f"#opinion-{row_works.pk}" in words(works.get(reverse("console:home")))
    wish = "从镇里到渠首要走 40 分钟，请改为 1 小时。"
    theirs = at("opinion_give", row_works.pk)
    assert civil.post(theirs, {"position": "agrees", "text": ""}).status_code >= 400
    assert works.post(theirs, {"position": "with_changes", "text": wish}).status_code == 303
    assert civil.post(at("opinion_give", row_civil.pk), {"position": "agrees", "text": ""}).status_code == 303
    assert wish in words(planner.get(at("plan_road")))

    # Taken up: the clause is changed first, then she says so, and the head of works reads it.
    set_the_time(planner, "1 小时")
    deal = {"adopted": "yes", "dealt_text": "已改为 1 小时。"}
    refused = planner.post(at("plan_submit"), note)
    assert refused.status_code >= 400 and "期限也还没有过" in words(refused)
    version().opinions.filter(state="asked").update(due_on=clock.today() - timedelta(days=1))
    refused = planner.post(at("plan_submit"), note)
    assert refused.status_code >= 400 and "还没有说明采纳情况：村建办" in words(refused)
    assert planner.post(at("opinion_deal", row_works.pk), deal).status_code == 303
    assert "已改为 1 小时。" in words(works.get(at("plan_road")))

    # Five units let their ten working days pass. Now it goes to the leading group, with the drafting note.
    assert planner.post(at("plan_submit"), {"drafting_note": " "}).status_code == 422
    assert planner.post(at("plan_submit"), note).status_code == 303
    assert version().state == "submitted"


def approve_and_promulgate(cast: Cast, planner: Client, leader: Client) -> None:
    """Not by her, not even while she stands in for a leader; by another, who read exactly this text."""
    seen = {"seen": version().saved_at.isoformat()}
    assert planner.post(at("plan_approve"), seen).status_code == 403
    registry.grant_give(
        staff=cast.staff["planner"],
        unit=cast.units["leaders"],
        role=Role.LEADING_GROUP,
        post=cast.posts["leading_group"],
        by=SYSTEM,
        at=clock.now(),
    )
    assert "须由另一个人批准" in words(planner.get(at("plan_road")))
    refused = planner.post(at("plan_approve"), seen)
    assert refused.status_code == 403 and "另一" in words(refused)
    assert version().state == "submitted"

    assert at("plan_road") + "#approval" in words(leader.get(reverse("console:home")))
    page = words(leader.get(at("plan_road")))
    assert "枯水期东渠断水后修订" in page and seen["seen"] in page
    assert "到渠首查看闸门" in words(leader.get(at("plan_changes")))
    assert leader.post(at("plan_approve"), seen).status_code == 303

    today = clock.today().isoformat()
    written = {**seen, "document_number": "", "issued_on": today, "receivers": "云岭县人民政府"}
    assert leader.post(at("plan_promulgate"), written).status_code == 422
    assert version(1).state == "promulgated"
    done = leader.post(at("plan_promulgate"), {**written, "document_number": "青政发〔2026〕9 号"})
    assert (done.status_code, done["Location"]) == (303, at("plan_road") + "#filing")
    assert version().document_number == "青政发〔2026〕9 号"


def file_it(cast: Cast, planner: Client) -> None:
    """Within twenty working days text and note go to the county; its receipt is written down."""
    filing, today = version().filings.get(), clock.today()
    assert working_days_to(filing.due_on, cast) == 20
    assert "云岭县人民政府" in words(planner.get(reverse("console:home")))
    receipt = {"number": "云应急备〔2026〕7 号", "on": today.isoformat()}
    assert planner.post(at("plan_receipt", filing.pk), receipt).status_code >= 400
    assert planner.post(at("plan_file_send", filing.pk)).status_code == 303
    assert planner.post(at("plan_receipt", filing.pk), receipt).status_code == 303
    assert "云应急备〔2026〕7 号" in words(planner.get(at("plan_road")))
    assert "云岭县人民政府" not in words(planner.get(reverse("console:home")))


def sign_for_it(planner: Client, works: Client, civil: Client) -> None:
    """Each head finds it on the own day, signs for the own unit alone, and finds it there no longer."""
    here = at("plan_road") + "#acknowledgements"
    for head, code in ((works, "works"), (civil, "civil")):
        assert here in words(head.get(reverse("console:home")))
        row = version().acknowledgements.get(unit__code=code)
        assert head.post(at("plan_acknowledge", row.pk)).status_code == 303
        assert here not in words(head.get(reverse("console:home")))
    duty = version().acknowledgements.get(unit__code="duty")
    assert works.post(at("plan_acknowledge", duty.pk)).status_code >= 400
    assert "2 个单位已签收，共 7 个" in words(planner.get(at("plan_road")))


def answer_the_public(planner: Client) -> None:
    """Somebody suggests something without a name, and reads the answer at the address that came with it."""
    street = Client()
    wish = "渠首的路晚上没有灯，去看闸门的人请带手电。"
    sent = street.post(reverse("portal:plan_suggest", args=["qingxi"]), {"plan": CODE, "text": wish})
    assert sent.status_code == 303
    given = PlanSuggestion.objects.get()
    assert wish in words(planner.get(at("plan_care")))
    answer = at("plan_suggestion_answer") + f"?which={given.pk}"
    assert planner.post(answer, {"adopted": "1", "text": ""}).status_code == 422
    assert "应急包里已加两支手电" not in words(street.get(sent["Location"]))
    told = {"adopted": "1", "text": "应急包里已加两支手电。"}
    assert planner.post(answer, told).status_code == 303
    assert "应急包里已加两支手电。" in words(street.get(sent["Location"]))


def working_days_to(due: date, cast: Cast) -> int:
    """How many working days lie after today up to that day, counted one by one on the calendar on the wall."""
    calendar, today = calendar_for(cast.qingxi.pk), clock.today()
    days = (today + timedelta(days=n) for n in range(1, (due - today).days + 1))
    return sum(calendar.day(day).working for day in days)
