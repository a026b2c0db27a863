"""The pages of a plan after it is in force, and of what staff think of a draft's clauses, through HTTP."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency import actions
from huiying.emergency.actions.addenda import mark_of
from huiying.emergency.models import ParameterOverride, PlanAddendum, PlanComment, PlanVersion, RevisionNote
from huiying.records import clock
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import plan_in_force

CODE = "city-petition-incidents"


@pytest.fixture
def version(cast: Cast) -> PlanVersion:
    """The plan, in force for a month."""
    return plan_in_force(cast, at=clock.now() - timedelta(days=30))


def to(name: str, number: int = 1, **query: object) -> str:
    """The address of one of these pages."""
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"console:{name}", args=[CODE, number]) + (f"?{asked}" if asked else "")


def addition(**changes: object) -> dict[str, object]:
    """An addition as it is typed."""
    today = clock.today()
    return {
        "title": "庙会补充",
        "text": "增设两处接待点。",
        "reason": "来访增加。",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=5)).isoformat(),
        **changes,
    }


def test_a_drafted_addition_is_changed_or_dropped_and_what_two_typed_is_not_lost(
    client: Client, cast: Cast, version: PlanVersion
) -> None:
    planner = signed_in(client, cast.planner)
    planner.post(to("plan_addendum_draft"), addition())
    row = PlanAddendum.objects.get()
    change = to("plan_addendum_change", which=row.pk)
    assert change in planner.get(to("plan_care")).content.decode()
    page = planner.get(change).content.decode()
    assert "增设两处接待点。</textarea>" in page.replace("\n", "") and row.starts_on.isoformat() in page
    old = mark_of(row)
    assert planner.post(change, addition(text="增设三处接待点。", seen=old)).status_code == 303
    late = planner.post(change, addition(text="增设四处接待点。", seen=old))
    page = late.content.decode()
    assert late.status_code == 422 and "增设四处接待点。" in page and "增设三处接待点。" in page
    again = addition(text="增设四处接待点。", seen=mark_of(PlanAddendum.objects.get()))
    assert str(again["seen"]) in page and planner.post(change, again).status_code == 303
    drop = to("plan_addendum_drop", which=row.pk)
    assert planner.post(drop, {"reason": ""}).status_code == 422
    assert planner.post(drop, {"reason": "活动取消。"}).status_code == 303
    page = planner.get(to("plan_care")).content.decode()
    assert "草稿，已放弃" in page and change not in page


def test_the_page_says_what_is_due_when_and_by_whose_rule(
    client: Client, cast: Cast, version: PlanVersion
) -> None:
    page = signed_in(client, cast.planner).get(to("plan_care")).content.decode()
    assert "第34条" in page and "第32条" in page
    assert "法定" not in page and "本机构自定 POLICY" in page
    describe = {"plan": version.plan, "kind": "special", "owner_post": cast.posts["planner"]}
    actions.plan_describe(**describe, by=cast.planner, at=clock.now())
    page = client.get(to("plan_care")).content.decode()
    assert "法定" in page and "预案管理员" in page
    assert reverse("portal:plan_suggest", args=["qingxi"]) in page
    assert to("plan_addendum_draft") in page and to("plan_parameter_set") not in page


def test_an_addition_is_drafted_put_in_force_and_shown_on_the_plans_page_until_it_ends(
    client: Client, cast: Cast, version: PlanVersion
) -> None:
    planner, leader = signed_in(client, cast.planner), signed_in(Client(), cast.leader)
    refused = planner.post(to("plan_addendum_draft"), addition(text="庙会期间关闭信访接待窗口。"))
    assert refused.status_code == 422 and "改为增加接待力量" in refused.content.decode()
    assert planner.post(to("plan_addendum_draft"), addition()).status_code == 303
    which = PlanAddendum.objects.get().pk
    assert "庙会补充" in leader.get(reverse("console:home")).content.decode()
    assert "增设两处接待点" not in planner.get(reverse("console:plan_page", args=[CODE])).content.decode()
    number = {"document_number": "青政发〔2025〕9 号"}
    unseen = leader.post(to("plan_addendum_promulgate", which=which), number)
    assert unseen.status_code == 422 and "就在刚才，别人改动了它" in unseen.content.decode()
    number["seen"] = mark_of(PlanAddendum.objects.get())
    assert f'value="{number["seen"]}"' in unseen.content.decode()
    assert leader.post(to("plan_addendum_promulgate", which=which), number).status_code == 303
    shown = planner.get(reverse("console:plan_page", args=[CODE])).content.decode()
    assert "增设两处接待点" in shown and "即将到期" in shown
    assert leader.post(to("plan_addendum_end", which=which), {"reason": "取消"}).status_code == 303
    assert "增设两处接待点" not in planner.get(reverse("console:plan_page", args=[CODE])).content.decode()


def test_an_own_figure_stands_beside_the_plans_with_its_reason_and_as_policy(
    client: Client, cast: Cast, version: PlanVersion
) -> None:
    leader = signed_in(client, cast.leader)
    address = to("plan_parameter_set", which="first_report_minutes")
    loose = leader.post(address, {"value": "1440", "reason": "慢"})
    assert loose.status_code == 422 and 'value="1440"' in loose.content.decode()
    assert leader.post(address, {"value": "30", "reason": "县里要求"}).status_code == 303
    for page in (to("plan_care"), to("plan_version")):
        shown = leader.get(page).content.decode()
        assert "县里要求" in shown and "本机构自定 POLICY" in shown
    which = ParameterOverride.objects.get().pk
    assert leader.post(to("plan_parameter_restore", which=which)).status_code == 303
    assert "县里要求" not in leader.get(to("plan_care")).content.decode()


def test_a_cause_that_says_revised_needs_a_draft_and_says_so_at_the_form(
    client: Client, cast: Cast, version: PlanVersion
) -> None:
    planner = signed_in(client, cast.planner)
    assert planner.post(to("plan_revision_raise"), {"cause": "risk", "text": "河道改线"}).status_code == 303
    which = RevisionNote.objects.get().pk
    refused = planner.post(to("plan_revision_settle", which=which), {"revised": "1", "text": "已改写第三章"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "请先起草新版" in page and "已改写第三章" in page
    assert (
        planner.post(to("plan_revision_settle", which=which), {"revised": "0", "text": "无影响"}).status_code
        == 303
    )
    looked = {"on": clock.today().isoformat(), "text": "可行", "cause": ""}
    assert planner.post(to("plan_evaluated"), looked).status_code == 303
    assert planner.post(to("plan_describe"), {"kind": "special", "owner_post": ""}).status_code == 303


def test_a_clause_is_commented_on_and_the_answer_stands_beside_it(
    client: Client, cast: Cast, version: PlanVersion
) -> None:
    actions.plan_draft_open(plan=version.plan, by=cast.planner, at=clock.now())
    head, planner = signed_in(client, cast.head_works), signed_in(Client(), cast.planner)
    assert to("plan_comment", 2) in head.get(to("plan_version", 2)).content.decode()
    assert head.post(to("plan_comment", 2, clause="verify"), {"text": "时限太短"}).status_code == 303
    assert "时限太短" in planner.get(to("plan_edit", 2)).content.decode()
    assert "对草案条款的意见 1 条" in planner.get(reverse("console:home")).content.decode()
    which = PlanComment.objects.get().pk
    assert planner.post(to("plan_comment_settle", 2, which=which), {"text": "改为一小时"}).status_code == 303
    assert "改为一小时" in head.get(to("plan_version", 2)).content.decode()
    assert to("plan_comment", 1) not in head.get(to("plan_version")).content.decode()


@pytest.mark.parametrize("which", ["", "²", "-1", "9" * 40, "0", "x\0"])
def test_a_thing_that_is_not_there_is_answered_with_404(
    client: Client, cast: Cast, version: PlanVersion, which: str
) -> None:
    planner, leader = signed_in(client, cast.planner), signed_in(Client(), cast.leader)
    pages = [
        (leader, "plan_addendum_end"),
        (leader, "plan_parameter_restore"),
        (leader, "plan_parameter_set"),
    ]
    pages += [(planner, "plan_revision_settle"), (planner, "plan_suggestion_answer")]
    pages += [(planner, "plan_comment_settle")]
    for browser, name in pages:
        assert browser.get(to(name), {"which": which}).status_code == 404, name
