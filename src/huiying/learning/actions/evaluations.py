"""Evaluations: opened for an ended incident, assembled from the ledger, adopted by the leading group."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.emergency.models import Incident, PlanVersion
from huiying.emergency.selectors.timeline import MISSED
from huiying.learning.actions.shared import check_may, check_open, check_own, note, written
from huiying.learning.assembling import rows_from_ledger
from huiying.learning.gate import absent
from huiying.learning.models import Evaluation, EvaluationRow, Finding, FindingKind
from huiying.learning.plans import check_clause
from huiying.records import clock
from huiying.records.moves import change_state, overtaken
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import EvaluationState, IncidentState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, NotPermitted
from huiying.rules.words import N_


def _next_reference(body_id: int, at: datetime) -> str:
    """P, the year and a running number; the body's row is locked, so two never share one."""
    Body.objects.select_for_update().get(pk=body_id)
    year = clock.official_date(at).year
    taken = Evaluation.objects.filter(body_id=body_id, reference__startswith=f"P{year}-").count()
    return f"P{year}-{taken + 1:02d}"


def _check_ended(incident: Incident) -> None:
    if incident.state != IncidentState.ENDED:
        raise IllegalMove(
            N_("应急响应还没有结束，现在还不能总结评估。"),
            rule="learning.after_the_end",
            article="突发事件应对法 art. 87, 92",
            remedy=N_("请在响应结束以后再开始评估。"),
        )


@transaction.atomic
def evaluation_open(*, incident: Incident, by: Officer, at: datetime) -> Evaluation:
    """Open the evaluation of an ended incident and assemble its timeline. 突发事件应对法 art. 87, 92."""
    check_may(by, Action.EVALUATION_WRITE)
    check_own(by, incident.body_id)
    _check_ended(incident)
    try:
        with transaction.atomic():
            evaluation = Evaluation.objects.create(
                body_id=incident.body_id,
                incident=incident,
                reference=_next_reference(incident.body_id, at),
                opened_by_id=by.staff_id,
                opened_at=at,
            )
    except IntegrityError as clash:
        raise overtaken() from clash
    rows = _assemble(evaluation, by, at)
    note(
        EventKind.EVALUATION_OPENED,
        evaluation,
        evaluation.body_id,
        by=by,
        at=at,
        incident=incident.pk,
        rows=rows,
    )
    return evaluation


def _assemble(evaluation: Evaluation, by: Officer, at: datetime) -> int:
    """Add the ledger's rows that are not there yet; return how many were added."""
    # What had not come by the last time may have come since; a row that a finding cites stays as it was read.
    evaluation.rows.filter(kind=MISSED, findings=None).delete()
    known = set(evaluation.rows.values_list("key", flat=True))
    rows = [row for row in rows_from_ledger(by, evaluation.incident, at=at) if row.key not in known]
    EvaluationRow.objects.bulk_create(EvaluationRow(evaluation=evaluation, **asdict(row)) for row in rows)
    return len(rows)


@transaction.atomic
def evaluation_refresh(*, evaluation: Evaluation, by: Officer, at: datetime) -> int:
    """Add what the ledger has gained since the evaluation was opened; say how many rows came."""
    check_may(by, Action.EVALUATION_WRITE)
    check_own(by, evaluation.body_id)
    check_open(evaluation)
    added = _assemble(evaluation, by, at)
    if added:
        note(EventKind.EVALUATION_REFRESHED, evaluation, evaluation.body_id, by=by, at=at, rows=added)
    return added


@transaction.atomic
def evaluation_summarise(*, evaluation: Evaluation, summary: str, by: Officer, at: datetime) -> Evaluation:
    """Write the summary of an open evaluation."""
    check_may(by, Action.EVALUATION_WRITE)
    check_own(by, evaluation.body_id)
    check_open(evaluation)
    kept = written({"summary": summary}, {"summary": N_("请写总结。")})
    rows = Evaluation.objects.filter(pk=evaluation.pk, state=EvaluationState.OPEN)
    if not rows.update(**kept):
        raise overtaken()
    evaluation.refresh_from_db()
    note(EventKind.EVALUATION_SUMMARISED, evaluation, evaluation.body_id, by=by, at=at)
    return evaluation


@transaction.atomic
def finding_record(
    *,
    evaluation: Evaluation,
    kind: FindingKind,
    text: str,
    clause_id: str = "",
    plan_version: PlanVersion | None = None,
    evidence: Sequence[int] = (),
    by: Officer,
    at: datetime,
) -> Finding:
    """Record a finding, tied to a clause of the plan and to the rows of the timeline that show it."""
    check_may(by, Action.EVALUATION_WRITE)
    check_own(by, evaluation.body_id)
    check_open(evaluation)
    kept = written({"text": text}, {"text": N_("请写明发现了什么。")})
    if clause_id:
        check_clause(plan_version, clause_id, body_id=evaluation.body_id)
    rows = list(evaluation.rows.filter(pk__in=evidence))
    if len(rows) != len(set(evidence)):
        absent()
    finding = Finding.objects.create(
        evaluation=evaluation,
        kind=FindingKind(kind),
        text=kept["text"],
        clause_id=clause_id,
        plan_version=plan_version if clause_id else None,
        recorded_by_id=by.staff_id,
        recorded_at=at,
    )
    finding.evidence.set(rows)
    facts = {"evaluation": evaluation.pk, "finding": finding.kind, "clause": clause_id, "evidence": len(rows)}
    note(EventKind.FINDING_RECORDED, finding, evaluation.body_id, by=by, at=at, **facts)
    return finding


@transaction.atomic
def evaluation_adopt(*, evaluation: Evaluation, by: Officer, at: datetime) -> Evaluation:
    """Adopt an evaluation: the leading group, never its writer, and only with a summary and a finding."""
    check_may(by, Action.EVALUATION_ADOPT)
    check_own(by, evaluation.body_id)
    move = lifecycle.EVALUATION.check(EvaluationState(evaluation.state), EvaluationState.ADOPTED)
    _check_adoptable(evaluation, by)
    change_state(evaluation, move, adopted_by_id=by.staff_id, adopted_at=at)
    note(
        EventKind.EVALUATION_ADOPTED,
        evaluation,
        evaluation.body_id,
        by=by,
        at=at,
        incident=evaluation.incident_id,
    )
    return evaluation


def _check_adoptable(evaluation: Evaluation, by: Officer) -> None:
    if evaluation.opened_by_id == by.staff_id:
        raise NotPermitted(
            N_("这份评估是您自己写的，须由领导小组的另一位成员通过。"), rule="learning.two_persons"
        )
    has_findings = evaluation.findings.exists()
    written(
        {"summary": evaluation.summary, "findings": "有" if has_findings else ""},
        {"summary": N_("还没有写总结。"), "findings": N_("还没有记录任何发现。")},
    )
