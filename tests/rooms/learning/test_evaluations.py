"""Evaluations: rows from the ledger, findings on clauses, work verified by another, a better plan."""

from datetime import timedelta

import pytest

from huiying.emergency.running import document_read
from huiying.learning import actions, selectors
from huiying.learning.gate import corrective_for, correctives_for, evaluation_for, evaluations_for
from huiying.learning.models import ChangeState, Evaluation, EvaluationRow, FindingKind
from huiying.learning.plans import clauses_of, version_of
from huiying.records.clock import official_date
from huiying.records.models import LedgerEvent
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import CorrectiveState, EvaluationState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.learning import scenes
from tests.rooms.learning.scenes import DUE_ON, OPENED
from tests.rooms.publishing.scenes import running_incident


def test_another_bodys_staff_find_no_evaluation_and_cannot_open_one(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    assert not evaluations_for(cast.outside_leader).exists()
    with pytest.raises(NotThere):
        evaluation_for(cast.outside_leader, evaluation.reference)
    with pytest.raises(Refusal):
        actions.evaluation_adopt(evaluation=evaluation, by=cast.outside_leader, at=OPENED)


def test_a_running_incident_is_not_evaluated_yet(cast: Cast) -> None:
    with pytest.raises(IllegalMove, match="还没有结束"):
        actions.evaluation_open(incident=running_incident(cast), by=cast.planner, at=OPENED)


def test_an_incident_is_evaluated_once(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    with pytest.raises(Overtaken):
        actions.evaluation_open(incident=evaluation.incident, by=cast.planner, at=OPENED)
    assert Evaluation.objects.count() == 1


def test_each_row_names_its_ledger_event_and_what_never_came_is_late(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    happened = evaluation.rows.exclude(happened_at=None)
    assert happened.exists() and not happened.filter(ledger_event_id=None).exists()
    known = set(LedgerEvent.objects.values_list("pk", flat=True))
    assert {row.ledger_event_id for row in happened} <= known
    missed = evaluation.rows.filter(happened_at=None)
    assert missed.exists() and all(row.is_late and row.promised_at for row in missed)
    page = selectors.evaluation_page(evaluation)
    assert page.promised >= page.late >= missed.count() > 0


def test_assembling_again_adds_nothing_that_is_there(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    before = evaluation.rows.count()
    actions.evaluation_refresh(evaluation=evaluation, by=cast.planner, at=OPENED)
    assert evaluation.rows.count() == before


def test_a_row_that_a_finding_cites_stays_when_the_timeline_is_assembled_again(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    (cited,) = scenes.gap(cast, evaluation).evidence.all()
    actions.evaluation_refresh(evaluation=evaluation, by=cast.planner, at=OPENED + timedelta(days=1))
    assert EvaluationRow.objects.filter(pk=cited.pk).exists()


def test_a_finding_names_a_clause_that_stands_in_the_plan(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    with pytest.raises(NotThere):
        actions.finding_record(
            evaluation=evaluation,
            kind=FindingKind.GAP,
            text="不足。",
            clause_id="no-such-clause",
            plan_version=version_of(evaluation.incident),
            by=cast.planner,
            at=OPENED,
        )


def test_evidence_of_another_evaluation_is_not_there(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    with pytest.raises(NotThere):
        actions.finding_record(
            evaluation=evaluation,
            kind=FindingKind.GAP,
            text="不足。",
            evidence=[99_999],
            by=cast.planner,
            at=OPENED,
        )


def test_an_evaluation_without_summary_or_finding_is_not_adopted(cast: Cast) -> None:
    with pytest.raises(Incomplete) as missing:
        actions.evaluation_adopt(evaluation=scenes.opened(cast), by=cast.leader, at=OPENED)
    assert set(missing.value.fields) == {"summary", "findings"}


def test_what_was_adopted_is_what_was_read(cast: Cast) -> None:
    evaluation = scenes.adopted(cast)
    assert evaluation.state == EvaluationState.ADOPTED
    with pytest.raises(IllegalMove):
        scenes.gap(cast, evaluation)
    with pytest.raises(IllegalMove):
        actions.evaluation_summarise(evaluation=evaluation, summary="改。", by=cast.planner, at=OPENED)


def test_the_owner_hands_in_with_evidence_and_another_verifies(cast: Cast) -> None:
    action = scenes.ordered(cast)
    with pytest.raises(NotPermitted):
        actions.corrective_done(action=action, evidence="做了。", by=cast.planner, at=OPENED)
    with pytest.raises(Incomplete):
        actions.corrective_done(action=action, evidence=" ", by=cast.press_officer, at=OPENED)
    actions.corrective_done(action=action, evidence="底稿三份。", by=cast.press_officer, at=OPENED)
    actions.corrective_verify(action=action, by=cast.supervisor, at=OPENED)
    assert (action.state, action.verified_by_id) == (CorrectiveState.VERIFIED, cast.supervisor.staff_id)


def test_a_supervisor_does_not_verify_their_own_work(cast: Cast) -> None:
    from huiying.registry.actions import grant_give
    from huiying.registry.officers import officer_for
    from huiying.rules.actors import SYSTEM
    from huiying.rules.permissions import Role

    press = cast.staff["press_officer"]
    grant_give(staff=press, unit=cast.units["petitions"], role=Role.SUPERVISOR, by=SYSTEM, at=scenes.NINE)
    with pytest.raises(NotPermitted, match="另一个人"):
        actions.corrective_verify(action=scenes.handed_in(cast), by=officer_for(press, at=OPENED), at=OPENED)


def test_returned_work_keeps_its_day_and_is_handed_in_again(cast: Cast) -> None:
    action = scenes.sent_back(cast)
    assert (action.state, action.due_on) == (CorrectiveState.RETURNED, DUE_ON)
    actions.corrective_done(
        action=action, evidence="补上联系人。", by=cast.press_officer, at=OPENED + timedelta(days=5)
    )
    assert action.state == CorrectiveState.DONE


def test_overdue_work_stands_first_as_the_bodys_duty(cast: Cast) -> None:
    action = scenes.ordered(cast)
    listed = selectors.correctives_by_day(cast.supervisor, today=DUE_ON + timedelta(days=1))
    assert (list(listed.overdue), list(listed.running)) == ([action], [])
    assert not selectors.correctives_by_day(cast.supervisor, today=DUE_ON).overdue


def test_a_clerk_who_owns_nothing_sees_no_corrective_action(cast: Cast) -> None:
    action = scenes.ordered(cast)
    assert not correctives_for(cast.clerk).exists()
    with pytest.raises(NotThere):
        corrective_for(cast.clerk, action.pk)
    with pytest.raises(NotThere):
        corrective_for(cast.outside_leader, action.pk)


def test_a_day_in_the_past_and_a_stranger_as_owner_are_refused(cast: Cast) -> None:
    about = {"finding": scenes.gap(cast), "text": "改。", "by": cast.planner, "at": OPENED}
    with pytest.raises(Refusal, match="早于今天"):
        actions.corrective_order(
            **about, owner=cast.staff["press_officer"], due_on=official_date(OPENED) - timedelta(days=1)
        )
    with pytest.raises(NotThere):
        actions.corrective_order(**about, owner=cast.staff["outside_clerk"], due_on=DUE_ON)


def test_a_strength_needs_no_corrective_action(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    good = actions.finding_record(
        evaluation=evaluation, kind=FindingKind.STRENGTH, text="绕行标志及时。", by=cast.planner, at=OPENED
    )
    with pytest.raises(Refusal, match="不足"):
        actions.corrective_order(
            finding=good,
            text="无。",
            owner=cast.staff["press_officer"],
            due_on=DUE_ON,
            by=cast.planner,
            at=OPENED,
        )


def test_a_proposed_change_becomes_the_next_draft_of_the_plan_once(cast: Cast) -> None:
    finding = scenes.gap(cast)
    new_text = "值班员先发第一条信息，写明已知和未知。"
    change = actions.change_propose(
        finding=finding, proposed_text=new_text, reason="晚了两小时。", by=cast.planner, at=OPENED
    )
    actions.change_draft(change=change, by=cast.planner, at=OPENED)
    assert change.state == ChangeState.DRAFTED and change.draft is not None
    assert change.draft.number == 2 and change.plan_version.number == 1
    clause = document_read(change.draft.text).clause(change.clause_id)
    assert clause is not None and clause.text == new_text
    assert change.draft.proposals[-1]["reference"] == finding.evaluation.reference
    with pytest.raises(IllegalMove):
        actions.change_draft(change=change, by=cast.planner, at=OPENED)


def test_a_finding_without_a_clause_changes_no_plan(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    loose = actions.finding_record(
        evaluation=evaluation, kind=FindingKind.GAP, text="人手不够。", by=cast.planner, at=OPENED
    )
    with pytest.raises(Incomplete):
        actions.change_propose(finding=loose, proposed_text="新。", reason="因。", by=cast.planner, at=OPENED)


def test_the_clauses_to_choose_from_are_those_of_the_plan_that_ran(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    assert scenes.clause_id(evaluation) in {row.id for row in clauses_of(version_of(evaluation.incident))}


def test_the_ledger_knows_each_step_of_learning_once(cast: Cast) -> None:
    scenes.adopted(cast)
    kinds = list(LedgerEvent.objects.order_by("id").values_list("kind", flat=True))
    for kind in (EventKind.EVALUATION_OPENED, EventKind.FINDING_RECORDED, EventKind.EVALUATION_ADOPTED):
        assert kinds.count(kind) == 1


def test_the_timeline_comes_in_stretches_day_by_day_and_loses_no_row(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    everything = [row.pk for row in evaluation.rows.all()]
    seen: list[int] = []
    start: int | None = None
    while True:
        part = selectors.timeline(evaluation, start=start, limit=7)
        seen += [row.pk for _, rows in part.days for row in rows]
        assert part.shown <= 7
        if (start := part.next_start) is None:
            break
    assert seen == everything
    days = [day for day, _ in selectors.timeline(evaluation, limit=1000).days]
    assert days == sorted(set(days)) and len(days) > 1


def test_the_timeline_shows_only_what_was_late_or_one_posts_part(cast: Cast) -> None:
    evaluation = scenes.opened(cast)
    late = selectors.timeline(evaluation, only_late=True, limit=1000)
    assert late.shown == evaluation.rows.filter(is_late=True).count() > 0
    post = late.posts[0]
    own = [row for _, rows in selectors.timeline(evaluation, post=post, limit=1000).days for row in rows]
    assert own and {row.who for row in own} == {post}
    assert selectors.timeline(evaluation, post="没有这个岗位").shown == 0
