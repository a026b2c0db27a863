"""Carrying out what an answer promised (执行): opened with the reply, reported by the unit, verified by another. art. 32, 40."""

from datetime import date, datetime, timedelta

from django.db import transaction

from huiying.petitions.gate import check_may
from huiying.petitions.holders import letter_to
from huiying.petitions.models import Execution, Petition, ReplyAnswer
from huiying.petitions.words import needed
from huiying.records import ledger, outbox
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state
from huiying.registry.officers import Officer
from huiying.rules import deadlines
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import Move
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.execution import LIFECYCLE, ExecutionState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, NotPermitted
from huiying.rules.words import N_

LATEST = timedelta(days=3 * 365)  # a day further off is a slip of the pen


@transaction.atomic
def execution_open(
    *, petition: Petition, due_on: date | None, by: HasActor, at: datetime
) -> tuple[Execution, ...]:
    """Open the duty to carry out each supported claim of the reply that leaves now. Called by `reply_send` alone.

    `due_on` is the last day, as the reply names it; 30 days after it left where it names none. Raises Incomplete.
    """
    sent_on = official_date(at)
    if due_on is not None and not sent_on <= due_on <= sent_on + LATEST:
        raise Incomplete(
            N_("执行的最后一天不对。"), fields={"execute_by": N_("请选择今天以后、三年以内的日期。")}
        )
    due = deadlines.execution_due(sent_on=sent_on, named_on=due_on)
    answers = ReplyAnswer.objects.filter(
        reply__petition=petition, reply__number=petition.round, outcome=ClaimOutcome.SUPPORTED
    )
    return tuple(
        _opened(petition, answer, due.due_on, by, at) for answer in answers.select_related("reply", "claim")
    )


def _opened(petition: Petition, answer: ReplyAnswer, due_on: date, by: HasActor, at: datetime) -> Execution:
    execution = Execution.objects.create(
        petition=petition,
        claim=answer.claim,
        body_id=petition.body_id,
        unit_id=answer.reply.unit_id,
        round=petition.round,
        due_on=due_on,
        opened_at=at,
    )
    facts = {"claim": answer.claim.number, "due_on": due_on.isoformat()}
    ledger.append(EventKind.EXECUTION_OPENED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return execution


@transaction.atomic
def execution_report(*, execution: Execution, report: str, by: Officer, at: datetime) -> Execution:
    """Report a supported claim as carried out: what was done, seen where. By the unit that owes it. art. 32."""
    petition = execution.petition
    check_may(by, Action.EXECUTION_REPORT, petition)
    by.check(Action.EXECUTION_REPORT, unit_id=execution.unit_id)
    move = LIFECYCLE.check(ExecutionState(execution.state), ExecutionState.REPORTED)
    report = needed(report, field="report", missing=N_("请写明做了什么、在哪里看得到。"))

    change_state(execution, move, report=report, reported_at=at, reported_by_id=by.staff_id)
    _record(EventKind.EXECUTION_REPORTED, execution, by, at)
    return execution


@transaction.atomic
def execution_verify(*, execution: Execution, verdict: str = "", by: Officer, at: datetime) -> Execution:
    """Confirm that it was carried out, by somebody else than who reported it; the person is told. art. 32, 40."""
    petition = execution.petition
    check_may(by, Action.EXECUTION_VERIFY, petition)
    move = _judged(execution, ExecutionState.VERIFIED, by)
    verdict = needed(verdict, field="verdict")

    change_state(execution, move, verdict=verdict, verified_at=at, verified_by_id=by.staff_id)
    _record(EventKind.EXECUTION_VERIFIED, execution, by, at)
    outbox.put("execution_verified", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return execution


@transaction.atomic
def execution_return(*, execution: Execution, verdict: str, by: Officer, at: datetime) -> Execution:
    """Send it back as not carried out, with what is missing; the last day stays. 信访工作条例 art. 40."""
    check_may(by, Action.EXECUTION_VERIFY, execution.petition)
    move = _judged(execution, ExecutionState.OPEN, by)
    verdict = needed(verdict, field="verdict", missing=N_("请写明哪里没有落实。"))

    change_state(execution, move, verdict=verdict)
    _record(EventKind.EXECUTION_RETURNED, execution, by, at)
    return execution


def _judged(execution: Execution, to: ExecutionState, by: Officer) -> Move[ExecutionState]:
    move = LIFECYCLE.check(ExecutionState(execution.state), to)
    if execution.reported_by_id == by.staff_id:
        raise NotPermitted(
            N_("报告执行情况的人不能自己核验。"),
            rule="execution.verify",
            article="信访工作条例 art. 40",
            remedy=N_("请由另一位信访部门人员或督办员核验。"),
        )
    return move


def _record(kind: EventKind, execution: Execution, by: Officer, at: datetime) -> None:
    petition, facts = execution.petition, {"claim": execution.claim.number}
    ledger.append(kind, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
