"""The pages of a plan's way, through HTTP: opinions, submission, approval, issue, filing, acknowledgement."""

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency import actions
from huiying.emergency.models import PlanVersion
from huiying.records import clock
from tests.cast import Cast, signed_in
from tests.rooms.emergency import response
from tests.rooms.emergency.response import PLAN, plan_in_force

CODE = "city-petition-incidents"
ROAD = reverse("console:plan_road", args=[CODE, 1])


def at(name: str, *more: int) -> str:
    """An address of the first version."""
    return reverse(f"console:{name}", args=[CODE, 1, *more])


@pytest.fixture
def draft(cast: Cast) -> PlanVersion:
    """A first draft, saved just now."""
    return actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=clock.now())


def test_the_neighbour_finds_nothing_of_the_way(client: Client, cast: Cast, draft: PlanVersion) -> None:
    opinion = response.asked(cast, draft, at=clock.now()).opinions.first()
    outside = signed_in(client, cast.outside_leader)
    assert outside.get(ROAD).status_code == 404
    assert outside.post(at("plan_approve")).status_code == 404
    assert opinion is not None
    planner = signed_in(Client(), cast.planner)
    elsewhere = reverse("console:opinion_deal", args=[CODE, 2, opinion.pk])
    assert planner.post(elsewhere).status_code == 404


def test_the_planner_asks_the_units_and_a_head_answers_from_the_day(
    client: Client, cast: Cast, draft: PlanVersion
) -> None:
    planner, head = signed_in(client, cast.planner), signed_in(Client(), cast.head_works)
    page = planner.get(ROAD).content.decode()
    assert "村建办" in page and "国办发〔2024〕5号第22条" in page and "完整程序" in page
    assert planner.post(at("opinion_ask"), {}).status_code == 422
    asked = planner.post(at("opinion_ask"), {"units": [cast.units["works"].pk]})
    assert (asked.status_code, asked["Location"]) == (303, f"{ROAD}#opinions")
    opinion = draft.opinions.get()
    assert f"{ROAD}#opinion-{opinion.pk}" in head.get(reverse("console:home")).content.decode()

    give = at("opinion_give", opinion.pk)
    refused = head.post(give, {"position": "disagrees", "text": ""})
    page = refused.content.decode()
    assert (
        refused.status_code == 422 and "请填写：意见内容" in page and f'href="#id_text_{opinion.pk}"' in page
    )
    assert head.post(give, {"position": "", "text": "时限太短。"}).content.decode().count("时限太短。") == 1
    assert head.post(give, {"position": "with_changes", "text": "时限太短。"}).status_code == 303
    deal = at("opinion_deal", opinion.pk)
    assert planner.post(deal, {"adopted": "", "dealt_text": "已改"}).status_code == 422
    assert planner.post(deal, {"adopted": "yes", "dealt_text": "改为 40 分钟。"}).status_code == 303
    assert "改为 40 分钟。" in head.get(ROAD).content.decode()


def test_what_keeps_a_draft_back_is_said_instead_of_a_form(
    client: Client, cast: Cast, draft: PlanVersion
) -> None:
    planner = signed_in(client, cast.planner)
    assert "个承担职责的单位没有征求意见" in planner.get(ROAD).content.decode()
    response.asked(cast, draft, at=clock.now())
    page = planner.get(ROAD).content.decode()
    assert "正在等书面意见" in page and at("plan_submit") not in page
    refused = planner.post(at("plan_submit"), {"drafting_note": "按程序编制。"})
    assert refused.status_code >= 400 and "期限也还没有过" in refused.content.decode()


def test_a_leader_approves_what_was_read_promulgates_it_and_it_is_filed_and_acknowledged(
    client: Client, cast: Cast
) -> None:
    draft = actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=response.NIGHT)
    version = response.submitted(cast, draft)
    leader, planner = signed_in(client, cast.leader), signed_in(Client(), cast.planner)
    page = leader.get(ROAD).content.decode()
    assert "批准前要看的" in page and "按程序编制。" in page
    assert f"{ROAD}#approval" in leader.get(reverse("console:home")).content.decode()
    assert leader.post(at("plan_return"), {"reason": ""}).status_code == 422
    assert leader.post(at("plan_approve"), {"seen": "2020-01-01T00:00:00+00:00"}).status_code == 409
    seen = {"seen": version.saved_at.isoformat()}
    assert leader.post(at("plan_approve"), seen).status_code == 303

    form = leader.get(at("plan_promulgate")).content.decode()
    assert "报送备案的单位" in form and "没有施行中的旧版" in form
    today = clock.today().isoformat()
    assert 'name="seen"' in form
    assert leader.post(at("plan_promulgate"), {"document_number": "1"}).status_code == 409
    written = {
        **seen,
        "document_number": "青政发〔2025〕3 号",
        "issued_on": today,
        "receivers": "云岭县人民政府",
    }
    wrong = leader.post(at("plan_promulgate"), {**written, "issued_on": "2020-01-01"})
    assert wrong.status_code == 422 and "青政发〔2025〕3 号" in wrong.content.decode()
    assert leader.post(at("plan_promulgate"), written)["Location"] == f"{ROAD}#filing"

    filing = version.filings.get()
    assert "云岭县人民政府" in planner.get(reverse("console:home")).content.decode()
    asked = planner.get(at("plan_file_send", filing.pk)).content.decode()
    assert "记录已报送？" in asked and "云岭县人民政府" in asked and version.filings.get().sent_at is None
    assert planner.post(at("plan_file_send", filing.pk)).status_code == 303
    receipt = {"number": "云应急备〔2025〕7 号", "on": "not a day"}
    assert planner.post(at("plan_receipt", filing.pk), receipt).status_code == 422
    assert planner.post(at("plan_receipt", filing.pk), {**receipt, "on": today}).status_code == 303

    head = signed_in(Client(), cast.head_works)
    mine = version.acknowledgements.get(unit__code="works")
    assert at("plan_acknowledge", mine.pk) in head.get(ROAD).content.decode()
    assert head.post(at("plan_acknowledge", mine.pk)).status_code == 303
    page = planner.get(ROAD).content.decode()
    assert "云应急备〔2025〕7 号" in page and "1 个单位已签收" in page and "还没有在这里登记完成" in page


def test_the_planner_takes_the_own_text_back_after_being_asked_once_more(client: Client, cast: Cast) -> None:
    draft = actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=response.NIGHT)
    version = response.submitted(cast, draft)
    planner = signed_in(client, cast.planner)
    assert at("plan_withdraw") in planner.get(ROAD).content.decode()
    assert at("plan_withdraw") not in signed_in(Client(), cast.leader).get(ROAD).content.decode()
    assert "撤回送审？" in planner.get(at("plan_withdraw")).content.decode()
    assert planner.post(at("plan_withdraw"))["Location"] == f"{ROAD}#submission"
    version.refresh_from_db()
    assert version.state == "draft"


def test_acts_that_are_not_mine_are_not_offered(client: Client, cast: Cast) -> None:
    version = plan_in_force(cast)
    page = signed_in(client, cast.clerk).get(ROAD).content.decode()
    filing, mine = version.filings.get(), version.acknowledgements.get(unit__code="works")
    assert at("plan_file_send", filing.pk) not in page and at("plan_acknowledge", mine.pk) not in page
