"""Reads of this room: evaluations, their timelines, and what the body still has to put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.db.models.functions import Coalesce

from huiying.emergency.models import Incident
from huiying.emergency.selectors.timeline import MISSED
from huiying.learning.gate import correctives_for, evaluations_for
from huiying.learning.models import CorrectiveAction, Evaluation, EvaluationRow, Finding
from huiying.records.clock import official_date
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
TIMELINE_ROWS = 60
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
class Timeline:
    """A stretch of the timeline, day by day; `next_start` is the row to go on from, None at the end."""

    days: Sequence[tuple[date, Sequence[EvaluationRow]]]
    next_start: int | None
    posts: Sequence[str]

    @property
    def shown(self) -> int:
        """How many rows it has."""
        return sum(len(rows) for _, rows in self.days)


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """An evaluation with its findings, and how many promises there were: all, and kept late or not at all."""

    evaluation: Evaluation
    findings: Sequence[Finding]
    promised: int
    late: int


def evaluation_page(evaluation: Evaluation) -> EvaluationPage:
    """Everything the page of one evaluation shows but its timeline."""
    findings = evaluation.findings.prefetch_related(
        "evidence", "corrective_actions__owner", "clause_changes__draft__plan"
    )
    ends = evaluation.rows.filter(kind__in=FULFILMENTS)
    promised, late = ends.exclude(promised_at=None).count(), ends.filter(is_late=True).count()
    return EvaluationPage(evaluation, list(findings), promised, late)


def timeline(
    evaluation: Evaluation,
    *,
    only_late: bool = False,
    post: str = "",
    start: int | None = None,
    limit: int = TIMELINE_ROWS,
) -> Timeline:
    """At most `limit` rows in the order of time, from the row numbered `start` on (unknown: from the beginning)."""
    rows = evaluation.rows.annotate(moment=Coalesce("happened_at", "promised_at")).order_by("moment", "id")
    posts = sorted(set(evaluation.rows.exclude(who="").values_list("who", flat=True)))
    if only_late:
        rows = rows.filter(is_late=True)
    if post:
        rows = rows.filter(who=post)
    first = rows.filter(pk=start).first() if start is not None else None
    if first is not None:
        rows = rows.filter(Q(moment__gt=first.moment) | Q(moment=first.moment, pk__gte=first.pk))
    found = list(rows[: limit + 1])
    days = groupby(found[:limit], key=lambda row: official_date(row.moment))
    return Timeline(
        [(day, list(those)) for day, those in days], found[limit].pk if len(found) > limit else None, posts
    )


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
