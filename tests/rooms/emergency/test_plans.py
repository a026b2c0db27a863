from datetime import date

import pytest

from huiying.emergency import actions, gate
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.emergency.selectors import plan_clauses, plans_listed, publish_by, version_changes
from huiying.playbook.yaml_form import PlanUnreadable
from huiying.records.models import LedgerEvent
from huiying.registry.selectors import levels_of
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Refusal
from tests.cast import Cast
from tests.rooms.emergency.response import NIGHT, PLAN, approved, plan_in_force, put_in_force, submitted

BROKEN_TITLE = PLAN.replace("title:", "titel:", 1)
NO_OWNER = PLAN.replace("        who: duty-officer\n", "", 1)


def test_an_outsider_finds_no_plan_of_the_neighbour(cast: Cast) -> None:
    version = plan_in_force(cast)
    assert plans_listed(cast.outside_leader) == []
    with pytest.raises(NotThere):
        gate.plan_for(cast.outside_leader, version.plan.code)
    with pytest.raises(NotThere):
        actions.plan_save(version=version, text=PLAN, by=cast.outside_leader, at=NIGHT)


def test_the_shipped_plan_is_put_in_force_and_the_body_has_its_levels(cast: Cast) -> None:
    version = plan_in_force(cast)
    assert version.state == PlanState.PROMULGATED
    assert version.parameters["first_report_minutes"] == 60
    assert [level.code for level in levels_of(cast.qingxi.pk)] == ["I", "II", "III", "IV"]
    assert LedgerEvent.objects.filter(kind="plan.promulgated").count() == 1


def test_the_day_by_which_a_plan_must_be_public_is_twenty_working_days_on(cast: Cast) -> None:
    version = plan_in_force(cast)  # 2 February 2025, a Sunday in the Spring Festival; work begins on the 5th
    assert publish_by(version) == date(2025, 3, 3)


def test_a_text_that_cannot_be_read_names_its_line_and_the_draft_stays(cast: Cast) -> None:
    draft = actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=NIGHT)
    with pytest.raises(PlanUnreadable) as refused:
        actions.plan_save(version=draft, text=BROKEN_TITLE, by=cast.planner, at=NIGHT)
    assert refused.value.remedy and refused.value.line >= 1
    assert PlanVersion.objects.get(pk=draft.pk).text == PLAN


def test_a_draft_with_errors_is_kept_with_its_findings_and_cannot_be_submitted(cast: Cast) -> None:
    draft = actions.plan_open(body=cast.qingxi, text=NO_OWNER, by=cast.planner, at=NIGHT)
    assert any(found["severity"] == "error" for found in draft.findings)
    with pytest.raises(Refusal) as refused:
        submitted(cast, draft)
    assert refused.value.remedy
    assert PlanVersion.objects.get(pk=draft.pk).state == PlanState.DRAFT
    sections = plan_clauses(draft)
    assert any(row.findings for section in sections for row in section.rows)


def test_the_planner_does_not_put_the_own_plan_in_force(cast: Cast) -> None:
    version = approved(cast, actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=NIGHT))
    with pytest.raises(NotPermitted):
        actions.plan_promulgate(
            version=version, document_number="青政发〔2025〕3 号", by=cast.planner, at=NIGHT
        )


def test_a_plan_is_not_put_in_force_without_its_document_number(cast: Cast) -> None:
    version = approved(cast, actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=NIGHT))
    with pytest.raises(Incomplete) as refused:
        actions.plan_promulgate(version=version, document_number=" ", by=cast.leader, at=NIGHT)
    assert set(refused.value.fields) == {"document_number"}


def test_a_new_version_replaces_the_one_in_force(cast: Cast) -> None:
    first = plan_in_force(cast)
    second = actions.plan_draft_open(plan=first.plan, by=cast.planner, at=NIGHT)
    assert actions.plan_draft_open(plan=first.plan, by=cast.planner, at=NIGHT) == second
    put_in_force(cast, second, number="青政发〔2025〕9 号")
    first.refresh_from_db()
    assert (first.state, second.number) == (PlanState.SUPERSEDED, 2)


def test_a_text_in_force_is_never_changed(cast: Cast) -> None:
    version = plan_in_force(cast)
    with pytest.raises(IllegalMove) as refused:
        actions.plan_save(version=version, text=PLAN, by=cast.planner, at=NIGHT)
    assert refused.value.remedy


def test_a_proposed_change_becomes_the_next_draft_and_shows_as_one_changed_clause(cast: Cast) -> None:
    first = plan_in_force(cast)
    draft = actions.plan_draft_open_from_proposal(
        plan=first.plan,
        clause_id="first-report",
        changes={"within": "45 分钟"},
        reason="首报晚了 20 分钟",
        reference="PG-1",
        by=cast.planner,
        at=NIGHT,
    )
    assert draft.state == PlanState.DRAFT and draft.base == first
    (change,) = version_changes(first, draft)
    (field,) = change.fields
    assert (change.clause_id, change.move, change.section) == ("first-report", "changed", "应急响应")
    assert (field.label, field.before, field.after) == ("时限", "1 小时", "45 分钟")
    assert draft.proposals == [{"clause": "first-report", "reason": "首报晚了 20 分钟", "reference": "PG-1"}]


def test_a_second_proposal_goes_into_the_same_draft(cast: Cast) -> None:
    plan = plan_in_force(cast).plan
    common = {"plan": plan, "reason": "演练发现", "reference": "PG-1", "by": cast.planner, "at": NIGHT}
    one = actions.plan_draft_open_from_proposal(
        clause_id="first-report", changes={"text": "先电话后书面。"}, **common
    )
    two = actions.plan_draft_open_from_proposal(clause_id="verify", changes={"text": "到现场看。"}, **common)
    assert one.pk == two.pk and len(two.proposals) == 2
    doc = document_read(two.text)
    assert doc.clause("first-report").text == "先电话后书面。" and doc.clause("verify").text == "到现场看。"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("clause", "changes"), [("gone", {"text": "x"}), ("first-report", {"within": "很快"})]
)
def test_a_proposal_that_does_not_fit_says_so_and_changes_nothing(
    cast: Cast, clause: str, changes: dict[str, str]
) -> None:
    plan = plan_in_force(cast).plan
    with pytest.raises(Refusal) as refused:
        actions.plan_draft_open_from_proposal(
            plan=plan,
            clause_id=clause,
            changes=changes,
            reason="r",
            reference="PG-1",
            by=cast.planner,
            at=NIGHT,
        )
    assert refused.value.remedy
    assert PlanVersion.objects.filter(plan=plan).count() == 1
