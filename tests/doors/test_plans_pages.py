"""The planner's and the leading group's pages of plans, through HTTP."""

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency.models import PlanVersion
from huiying.emergency.selectors import plan_clauses
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import PLAN, approved, plan_in_force

CODE = "city-petition-incidents"
BROKEN = PLAN.replace("title:", "titel:", 1)


@pytest.fixture
def planner(client: Client, cast: Cast) -> Client:
    """The planner, signed in."""
    return signed_in(client, cast.planner)


def test_the_neighbour_finds_no_plan_at_that_address(client: Client, cast: Cast) -> None:
    plan_in_force(cast)
    outside = signed_in(client, cast.outside_leader)
    for name, args in (
        ("plan_page", [CODE]),
        ("plan_version", [CODE, 1]),
        ("plan_changes", [CODE, 1]),
        ("plan_promulgate", [CODE, 1]),
    ):
        assert outside.get(reverse(f"console:{name}", args=args)).status_code == 404


def test_a_visitor_is_sent_to_sign_in(client: Client, cast: Cast) -> None:
    assert client.get(reverse("console:plans")).status_code == 302


def test_an_auditor_may_not_open_plans(client: Client, cast: Cast) -> None:
    assert signed_in(client, cast.auditor).get(reverse("console:plans")).status_code == 403


def test_an_empty_list_says_how_the_first_plan_is_made(planner: Client) -> None:
    page = planner.get(reverse("console:plans")).content.decode()
    assert "还没有预案" in page and reverse("console:plan_new") in page


def seen(number: int = 1) -> dict[str, str]:
    """The hidden field of a form: when the version that it shows was saved."""
    return {"seen": PlanVersion.objects.get(number=number).saved_at.isoformat()}


def test_a_plan_is_written_checked_and_put_in_force(client: Client, cast: Cast) -> None:
    planner = signed_in(client, cast.planner)
    offered = planner.get(reverse("console:plan_new") + "?from=city-petition-incidents")
    assert "first_report_minutes" in offered.content.decode()
    answer = planner.post(reverse("console:plan_new"), {"text": PLAN})
    assert (answer.status_code, answer["Location"]) == (303, reverse("console:plan_version", args=[CODE, 1]))
    page = planner.get(answer["Location"]).content.decode()
    assert "草案" in page and "修改文本" in page and "本预案自定 POLICY" in page

    leader = signed_in(Client(), cast.leader)
    address = reverse("console:plan_promulgate", args=[CODE, 1])
    approved(cast, PlanVersion.objects.get())
    assert leader.get(address).status_code == 200 and PlanVersion.objects.get().state == "approved"
    refused = leader.post(address, {"document_number": "", **seen()})
    assert refused.status_code == 422 and "请填写：发文字号" in refused.content.decode()
    assert leader.post(address, {"document_number": "青政发〔2025〕3 号", **seen()}).status_code == 303
    page = leader.get(reverse("console:plan_page", args=[CODE])).content.decode()
    assert "施行中" in page and "青政发〔2025〕3 号" in page and "20 个工作日内" in page


def test_a_text_that_cannot_be_read_comes_back_as_typed_with_line_and_remedy(
    planner: Client, cast: Cast
) -> None:
    plan_in_force(cast)
    answer = planner.post(reverse("console:plan_draft", args=[CODE]))
    assert answer["Location"] == reverse("console:plan_edit", args=[CODE, 2])
    refused = planner.post(answer["Location"], {"text": BROKEN, **seen(2)})
    page = refused.content.decode()
    assert refused.status_code == 422 and "titel:" in page and "行：" in page and "是否要写“title”" in page
    assert PlanVersion.objects.get(number=2).text == PLAN


def test_a_changed_clause_is_shown_beside_its_former_words(planner: Client, cast: Cast) -> None:
    plan_in_force(cast)
    address = planner.post(reverse("console:plan_draft", args=[CODE]))["Location"]
    text = PLAN.replace("within: $first_report_minutes", "within: 45 分钟", 1)
    planner.post(address, {"text": text, **seen(2)})
    page = planner.get(reverse("console:plan_changes", args=[CODE, 2])).content.decode()
    assert "<ins>45 分钟</ins>" in page and "<del>1 小时</del>" in page  # the parameter in words


def test_a_planner_sees_no_button_to_put_a_plan_in_force(planner: Client, cast: Cast) -> None:
    planner.post(reverse("console:plan_new"), {"text": PLAN})
    page = planner.get(reverse("console:plan_version", args=[CODE, 1])).content.decode()
    assert reverse("console:plan_promulgate", args=[CODE, 1]) not in page
    assert planner.get(reverse("console:plan_promulgate", args=[CODE, 1])).status_code == 403


@pytest.mark.parametrize("text", ["", "a" * 500_000, "𠮷\x00: [", "&a [*a]", "a: b\n---\nc: d"])
def test_any_text_is_answered_with_a_sentence_and_kept(planner: Client, text: str) -> None:
    refused = planner.post(reverse("console:plan_new"), {"text": text})
    assert refused.status_code == 422 and "没有丢失" in refused.content.decode()


def test_an_act_cannot_be_done_by_opening_its_address(planner: Client, cast: Cast) -> None:
    plan_in_force(cast)
    assert planner.get(reverse("console:plan_draft", args=[CODE])).status_code == 405


def test_what_belongs_to_a_team_or_phase_is_folded_unless_the_checker_found_something(
    planner: Client, cast: Cast
) -> None:
    version = plan_in_force(cast)
    address = reverse("console:plan_version", args=[CODE, 1])
    page = planner.get(address).content.decode()
    folded = page.count('<details class="more clause-parts">')
    assert folded > 5 and '<details class="more clause-parts" open>' not in page
    inside = next(
        group.parts[0] for section in plan_clauses(version) for group in section.groups if group.parts
    )
    PlanVersion.objects.filter(pk=version.pk).update(
        findings=[
            {
                "clause": inside.id,
                "severity": "warning",
                "reason": "没有时限。",
                "mend": "写明。",
                "practice": "",
            }
        ]
    )
    page = planner.get(address).content.decode()
    assert page.count('<details class="more clause-parts" open>') == 1
    assert page.count('<details class="more clause-parts">') == folded - 1
