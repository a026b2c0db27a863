"""Reads of this room: evaluations, their timelines, and what the body still has to put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiying.emergency.models import Incident
from huiying.emergency.selectors.timeline import MISSED
from huiying.learning.gate import correctives_for, evaluations_for
from huiying.learning.models import CorrectiveAction, Evaluation, EvaluationRow, Finding
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import CorrectiveState, EvaluationState, IncidentState
from huiying.rules.permissions import Action, can_somewhere

# The rows that say how a promise ended; an order that was sent is a promise and not yet its end.
FULFILMENTS = frozenset(
    {
        EventKind.ORDER_DONE,
        EventKind.ORDER_REFUSED,
        EventKind.SITUATION_REPORTED,
        EventKind.INFORMATION_GIVEN,
        MISSED,
    }
)
HANDED_IN_OR_OPEN = (CorrectiveState.OPEN, CorrectiveState.RETURNED)


@dataclass(frozen=True, slots=True)
class Correctives:
    """The body's corrective actions by what is to be done with them; overdue ones are the body's duties."""

    overdue: Sequence[CorrectiveAction]
    running: Sequence[CorrectiveAction]
    to_verify: Sequence[CorrectiveAction]
    verified: Sequence[CorrectiveAction]


def correctives_by_day(viewer: Officer, *, today: date, limit: int = 60) -> Correctives:
    """The corrective actions the viewer may read, the earliest day first. Matters and days, no persons' scores."""
    rows = correctives_for(viewer)
    running = rows.filter(state__in=HANDED_IN_OR_OPEN)
    return Correctives(
        overdue=list(running.filter(due_on__lt=today)[:limit]),
        running=list(running.filter(due_on__gte=today)[:limit]),
        to_verify=list(rows.filter(state=CorrectiveState.DONE)[:limit]),
        verified=list(rows.filter(state=CorrectiveState.VERIFIED).order_by("-verified_at")[:limit]),
    )


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """An evaluation with its timeline and its findings."""

    evaluation: Evaluation
    rows: Sequence[EvaluationRow]
    findings: Sequence[Finding]

    @property
    def promised(self) -> int:
        """How many things were promised by an instant and came or should have come."""
        return sum(row.promised_at is not None and row.kind in FULFILMENTS for row in self.rows)

    @property
    def late(self) -> int:
        """How many of them came late, or not at all."""
        return sum(row.is_late and row.kind in FULFILMENTS for row in self.rows)


def evaluation_page(evaluation: Evaluation) -> EvaluationPage:
    """Everything the page of one evaluation shows."""
    findings = evaluation.findings.prefetch_related(
        "evidence", "corrective_actions__owner", "clause_changes__draft__plan"
    )
    return EvaluationPage(evaluation, list(evaluation.rows.all()), list(findings))


def incidents_to_evaluate(viewer: Officer) -> list[Incident]:
    """The ended incidents of the body that have no evaluation yet, for whoever may open one."""
    if not can_somewhere(viewer.grants, Action.EVALUATION_WRITE):
        return []
    rows = Incident.objects.filter(body_id=viewer.body_id, state=IncidentState.ENDED, evaluation=None)
    return list(rows.order_by("ended_at"))


def evaluations_list(viewer: Officer, *, limit: int = 60) -> list[Evaluation]:
    """The body's evaluations, the newest first."""
    return list(evaluations_for(viewer)[:limit])


def acts_open(viewer: Officer, evaluation: Evaluation) -> frozenset[str]:
    """The acts on this evaluation that would not be refused to this officer, by the name of their action."""
    is_open = evaluation.state == EvaluationState.OPEN
    writes = can_somewhere(viewer.grants, Action.EVALUATION_WRITE)
    adopts = viewer.can(Action.EVALUATION_ADOPT) and evaluation.opened_by_id != viewer.staff_id
    table = {
        "finding_record": writes and is_open,
        "evaluation_summarise": writes and is_open,
        "evaluation_refresh": writes and is_open,
        "evaluation_adopt": adopts and is_open,
        "corrective_order": writes,
        "change_propose": writes,
        "change_draft": can_somewhere(viewer.grants, Action.PLAN_EDIT),
    }
    return frozenset(name for name, may in table.items() if may)


def corrective_acts(viewer: Officer, action: CorrectiveAction) -> frozenset[str]:
    """The acts on one corrective action that would not be refused to this officer."""
    owns = action.owner_id == viewer.staff_id
    does = owns and can_somewhere(viewer.grants, Action.CORRECTIVE_DO) and action.state in HANDED_IN_OR_OPEN
    verifies = (
        not owns
        and can_somewhere(viewer.grants, Action.CORRECTIVE_VERIFY)
        and action.state == CorrectiveState.DONE
    )
    table = {"corrective_done": does, "corrective_verify": verifies, "corrective_return": verifies}
    return frozenset(name for name, may in table.items() if may)
