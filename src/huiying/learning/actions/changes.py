"""From a finding to the next version of the plan."""

from datetime import datetime

from django.db import transaction

from huiying.learning.actions.shared import check_may, check_own, note, written
from huiying.learning.models import ChangeState, ClauseChange, Finding
from huiying.learning.plans import check_clause, draft_with
from huiying.records.moves import overtaken
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_


@transaction.atomic
def change_propose(
    *, finding: Finding, proposed_text: str, reason: str, by: Officer, at: datetime
) -> ClauseChange:
    """Propose a new text for the clause that a finding speaks of. 国办发〔2024〕5号 art. 35, 36."""
    evaluation = finding.evaluation
    check_may(by, Action.EVALUATION_WRITE)
    check_own(by, evaluation.body_id)
    if finding.plan_version is None:
        raise Incomplete(
            N_("这条发现没有指明预案条款，不能由它修改预案。"),
            fields={"clause_id": N_("请先记录一条指明条款的发现。")},
            rule="learning.clause_named",
        )
    kept = written(
        {"proposed_text": proposed_text, "reason": reason},
        {"proposed_text": N_("请写条款的新文字。"), "reason": N_("请写为什么要改。")},
    )
    check_clause(finding.plan_version, finding.clause_id, body_id=evaluation.body_id)
    change = ClauseChange.objects.create(
        finding=finding,
        plan_version=finding.plan_version,
        clause_id=finding.clause_id,
        proposed_text=kept["proposed_text"],
        reason=kept["reason"],
        proposed_by_id=by.staff_id,
        proposed_at=at,
    )
    facts = {"finding": finding.pk, "plan_version": change.plan_version_id, "clause": change.clause_id}
    note(EventKind.CHANGE_PROPOSED, change, evaluation.body_id, by=by, at=at, **facts)
    return change


@transaction.atomic
def change_draft(*, change: ClauseChange, by: Officer, at: datetime) -> ClauseChange:
    """Write the proposed text into the next version of the plan, as a draft for the planner to finish."""
    evaluation = change.finding.evaluation
    check_own(by, evaluation.body_id)
    check_may(by, Action.PLAN_EDIT)
    if change.state != ChangeState.PROPOSED:
        raise IllegalMove(
            N_("这条修改已经写入草案。"), rule="learning.drafted_once", remedy=N_("请打开草案查看。")
        )
    if not ClauseChange.objects.filter(pk=change.pk, state=ChangeState.PROPOSED, draft=None).update(
        drafted_at=at
    ):
        raise overtaken()
    draft = draft_with(change, reference=evaluation.reference, by=by, at=at)
    rows = ClauseChange.objects.filter(pk=change.pk, state=ChangeState.PROPOSED)
    if not rows.update(state=ChangeState.DRAFTED, draft=draft):
        raise overtaken()
    change.refresh_from_db()
    note(EventKind.CHANGE_DRAFTED, change, evaluation.body_id, by=by, at=at, draft=draft.pk)
    return change
