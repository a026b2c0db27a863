"""A draft edited by forms, and its versions compared, through HTTP."""

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency import actions
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.playbook.document import SECTIONS, PlanDocument
from huiying.playbook.yaml_form import written
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import NIGHT, PLAN, after, plan_in_force

CODE = "city-petition-incidents"


@pytest.fixture
def draft(cast: Cast) -> PlanVersion:
    """A draft of the shipped plan."""
    return actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=NIGHT)


@pytest.fixture
def planner(client: Client, cast: Cast) -> Client:
    """The planner, signed in."""
    return signed_in(client, cast.planner)


def address(name: str, *args: object) -> str:
    """An address of the draft."""
    return reverse(f"console:{name}", args=[CODE, 1, *args])


def doc() -> PlanDocument:
    """The draft as it is stored."""
    return document_read(PlanVersion.objects.get(number=1).text)


def seen() -> str:
    """What the hidden field of a form holds now."""
    return PlanVersion.objects.get(number=1).saved_at.isoformat()


def test_the_neighbour_and_who_may_not_write_find_no_form(
    client: Client, cast: Cast, draft: PlanVersion
) -> None:
    places = [("plan_section", "risks"), ("plan_clause", "verify"), ("plan_clause_delete", "verify")]
    for who, answer in ((cast.outside_leader, 403), (cast.leader, 403)):
        browser = signed_in(Client(), who)
        assert {browser.get(address(name, part)).status_code for name, part in places} == {answer}


def test_every_section_opens_and_every_clause_has_its_form(planner: Client, draft: PlanVersion) -> None:
    for section in SECTIONS:
        assert planner.get(address("plan_section", section)).status_code == 200
    kinds = {type(clause): clause.id for clause in doc().clauses()}
    for clause_id in kinds.values():
        assert planner.get(address("plan_clause", clause_id)).status_code == 200
    assert planner.get(address("plan_section", "nonsense")).status_code == 404


def test_a_form_that_is_saved_as_it_came_changes_nothing(planner: Client, draft: PlanVersion) -> None:
    """Field by field for one clause of every kind: what a form shows is what the clause says."""
    from huiying.web.console.plans.clause_fields import form_fields, held_values

    before = doc()
    for clause in {type(clause): clause for clause in before.clauses()}.values():
        shown = form_fields(before, type(clause), held_values(clause))
        typed = {f.name: f.value for f in shown if f.sort != "yes" or f.value}
        answer = planner.post(address("plan_clause", clause.id), {**typed, "seen": seen()})
        assert answer.status_code == 303, (clause.id, answer.content.decode()[:3000])
    assert doc() == before


def test_a_step_gets_another_owner_and_time_and_the_findings_follow(
    planner: Client, draft: PlanVersion
) -> None:
    page = planner.get(address("plan_clause", "verify")).content.decode()
    assert "责任角色" in page and '<option value="second-officer" selected>' in page
    answer = planner.post(
        address("plan_clause", "verify"),
        {"title": "核实", "within": "20 分钟", "of": "reported", "level": "IV", "seen": seen()},
    )
    assert answer["Location"] == address("plan_section", "phases") + "#clause-verify"
    step = next(step for step in doc().steps if step.id == "verify")
    assert (step.title, step.who) == ("核实", None)
    assert "clause-verify" in planner.get(answer["Location"]).content.decode()
    assert any(found["clause"] == "verify" for found in PlanVersion.objects.get(number=1).findings)


def test_a_wrong_value_is_said_at_its_field_and_everything_typed_is_kept(
    planner: Client, draft: PlanVersion
) -> None:
    typed = {"title": "核实到位", "within": "很快", "of": "reported", "level": "IV", "seen": seen()}
    answer = planner.post(address("plan_clause", "verify"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and "很快" in page and "核实到位" in page and "45 分钟" in page
    assert 'id="id_within-error"' in page and doc() == document_read(PLAN)


def test_two_tabs_the_second_is_told_and_sees_both(planner: Client, cast: Cast, draft: PlanVersion) -> None:
    stale = seen()
    actions.plan_save(version=draft, text=PLAN.replace("核实", "查实"), by=cast.planner, at=after(5))
    typed = {"title": "我写的标题", "of": "reported", "level": "IV", "seen": stale}
    answer = planner.post(address("plan_clause", "verify"), typed)
    page = answer.content.decode()
    assert answer.status_code == 409 and "我写的标题" in page and "查实" in page and seen() in page
    refused = planner.post(address("plan_edit"), {"text": PLAN, "seen": stale})
    assert refused.status_code == 422 and "现在保存的文本" in refused.content.decode()
    assert planner.post(address("plan_clause", "verify"), {**typed, "seen": seen()}).status_code == 303


def test_a_clause_is_added_moved_deleted_and_brought_back(planner: Client, draft: PlanVersion) -> None:
    count = len(doc().risks)
    answer = planner.post(
        address("plan_clause_add", "risks"), {"title": "道路结冰", "text": "桥面结冰。", "seen": seen()}
    )
    new = answer["Location"].partition("#clause-")[2]
    assert doc().risks[-1].id == new and len(doc().risks) == count + 1
    planner.post(address("plan_clause_move", new), {"to": "up", "seen": seen()})
    assert doc().risks[-2].id == new
    assert "道路结冰" in planner.get(address("plan_clause_delete", new)).content.decode()
    planner.post(address("plan_clause_delete", new), {"seen": seen()})
    assert len(doc().risks) == count
    planner.post(address("plan_undo"), {"seen": seen(), "section": "risks"})
    assert doc().risks[-2].id == new


def test_a_duty_is_added_inside_its_role_and_a_missing_section_offers_to_be_begun(
    planner: Client, draft: PlanVersion
) -> None:
    role = doc().roles[0]
    inside = address("plan_clause_add", "teams") + f"?inside={role.id}&name=duties"
    assert planner.get(inside).status_code == 200
    assert planner.post(inside, {"text": "每天核对名册。", "seen": seen()}).status_code == 303
    assert doc().roles[0].duties[-1].text == "每天核对名册。"
    values = document_read(PLAN).model_dump(mode="json", exclude_defaults=True)
    text = written({name: value for name, value in values.items() if name != "funds"})
    planner.post(address("plan_edit"), {"text": text, "seen": seen()})
    assert (
        address("plan_clause_add", "funds") in planner.get(address("plan_section", "risks")).content.decode()
    )


def test_one_clause_is_changed_as_text_and_its_id_stays(planner: Client, draft: PlanVersion) -> None:
    as_text = address("plan_clause", "verify") + "?as=text"
    page = planner.get(as_text).content.decode()
    assert "id: verify" in page and "within:" in page
    refused = planner.post(as_text, {"text_of_clause": "id: verified\ntitle: 核实", "seen": seen()})
    assert refused.status_code == 422 and "id: verified" in refused.content.decode()
    assert (
        planner.post(as_text, {"text_of_clause": "id: verify\ntitle: 核清", "seen": seen()}).status_code
        == 303
    )
    assert next(step.title for step in doc().steps if step.id == "verify") == "核清"


def test_what_is_in_force_is_not_edited(planner: Client, cast: Cast) -> None:
    plan_in_force(cast)
    assert planner.get(address("plan_section", "risks"))["Location"] == address("plan_version")
    refused = planner.post(address("plan_clause", "verify"), {"title": "改"})
    assert refused.status_code >= 400 and doc() == document_read(PLAN)


def test_any_two_versions_are_compared_word_by_word(planner: Client, cast: Cast) -> None:
    first = plan_in_force(cast)
    second = actions.plan_draft_open(plan=first.plan, by=cast.planner, at=NIGHT)
    changed = PLAN.replace("within: $first_report_minutes", "within: 45 分钟", 1)
    actions.plan_save(version=second, text=changed, by=cast.planner, at=after(1))
    page = planner.get(reverse("console:plan_history", args=[CODE, 2])).content.decode()
    assert "第 1 版到第 2 版" in page and "<ins>45 分钟</ins>" in page and "时限" in page
    back = planner.get(reverse("console:plan_history", args=[CODE, 2]), {"old": "2", "new": "1"})
    assert "<del>45 分钟</del>" in back.content.decode()


def test_a_version_is_carried_away_in_every_form_that_this_machine_can_make(
    planner: Client, draft: PlanVersion
) -> None:
    begins = {"docx": b"PK", "html": b"<!DOCTYPE html>", "yaml": b"format: huiying-plan/1"}
    for form, first in begins.items():
        answer = planner.get(address("plan_download", form))
        assert answer.status_code == 200 and answer.content[:40].lower().startswith(first.lower())
        assert answer["Content-Disposition"].startswith("attachment")
    pdf = planner.get(address("plan_download", "pdf"))
    assert (pdf.status_code == 409 and "DOCX" in pdf.content.decode()) or pdf.content.startswith(b"%PDF")
    assert planner.get(address("plan_download", "exe")).status_code == 404


@pytest.mark.parametrize("typed", [{}, {"seen": ""}, {"seen": "2025-03-04T22:40:00"}, {"seen": "gestern\0"}])
def test_a_form_that_does_not_say_what_it_saw_writes_over_nothing(
    planner: Client, draft: PlanVersion, typed: dict[str, str]
) -> None:
    before = PlanVersion.objects.get(number=1).text
    words = {"title": "核清", "of": "reported", "level": "IV", **typed}
    answer = planner.post(address("plan_clause", "verify"), words)
    assert answer.status_code == 409 and 'value="核清"' in answer.content.decode()
    answer = planner.post(address("plan_edit"), {"text": "# 我写的\n", **typed})
    assert answer.status_code == 422 and "# 我写的" in answer.content.decode()
    assert planner.post(address("plan_clause_delete", "verify"), typed).status_code == 409
    assert planner.post(address("plan_clause_move", "verify"), {"to": "up", **typed}).status_code == 409
    assert PlanVersion.objects.get(number=1).text == before
