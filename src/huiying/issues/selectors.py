"""Reads of this room: causes with their numbers, warnings with their reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, QuerySet

from huiying.issues import gate
from huiying.issues.counts import counts_of
from huiying.issues.models import EarlyWarning, Issue
from huiying.petitions.gate import petitions_for
from huiying.petitions.models import Petition
from huiying.records.statements import kept
from huiying.registry.officers import Officer
from huiying.rules.criteria import MatterCounts, Proposal, propose
from huiying.rules.levels import Level
from huiying.rules.lifecycle.warning import WarningState
from huiying.rules.permissions import GrantRef

PAGE = 50


@dataclass(frozen=True, slots=True)
class WarningSummary:
    """All that emergency may know of a warning: criteria and counts, never the petitions behind them."""

    id: int
    body_id: int
    reference: str
    title: str
    level: Level
    state: WarningState
    criteria: tuple[dict[str, Any], ...]
    counts: dict[str, int]
    confirmed_at: datetime | None


def warning_summary_for(viewer: Officer, reference: str) -> WarningSummary:
    """A warning's criteria and counts. Raises NotThere."""
    return summary_of(gate.warning_for(viewer, reference))


def summary_of(warning: EarlyWarning) -> WarningSummary:
    """The summary of a warning in hand."""
    return WarningSummary(
        id=warning.pk,
        body_id=warning.body_id,
        reference=warning.reference,
        title=warning.title,
        level=Level(warning.level),
        state=WarningState(warning.state),
        criteria=tuple(warning.criteria),
        counts=dict(warning.counts),
        confirmed_at=warning.confirmed_at,
    )


def warnings_confirmed(*, limit: int = 100) -> list[WarningSummary]:
    """The confirmed warnings of every body, newest first: what the activation job looks at."""
    rows = EarlyWarning.objects.filter(state=WarningState.CONFIRMED).order_by("-pk")[:limit]
    return [summary_of(warning) for warning in rows]


def issues_listed(viewer: Officer, *, before: int | None = None, limit: int = PAGE) -> list[Issue]:
    """The newest causes with the number of their ties (`tied`); one more than a page tells that there is more."""
    issues = gate.issues_for(viewer)
    if before is not None:
        issues = issues.filter(pk__lt=before)
    return list(issues.annotate(tied=Count("ties")).select_related("unit").order_by("-pk")[: limit + 1])


def issue_numbers(issue: Issue, *, today: date) -> tuple[MatterCounts, Proposal]:
    """A cause in numbers, and what the criterion table makes of them."""
    counts = counts_of(issue, today=today)
    return counts, propose(counts)


def petitions_tied(viewer: Officer, issue: Issue) -> QuerySet[Petition]:
    """The rows behind a cause's numbers, as far as the viewer may read petitions at all; newest first."""
    return petitions_for(viewer).filter(ties__issue=issue).select_related("handling_unit").order_by("-pk")


def warnings_listed(
    viewer: Officer, *, states: Iterable[WarningState] = tuple(WarningState), limit: int = PAGE
) -> list[EarlyWarning]:
    """The newest warnings in these states."""
    warnings = gate.warnings_for(viewer).filter(state__in=list(states))
    return list(warnings.select_related("issue").order_by("-pk")[:limit])


def issues_of_petition(viewer: Officer, petition: Petition) -> list[Issue]:
    """The causes that a petition is tied to, as far as the viewer may know of them."""
    return _tied(viewer.body_id, viewer.grants, staff=viewer.staff_id, petition=petition.pk)


@kept(staff=BigIntegerField(), petition=BigIntegerField())
def _tied(body_id: int, grants: frozenset[GrantRef], *, staff: Any, petition: Any) -> QuerySet[Issue]:
    rows = gate.issues_for(Officer(staff, body_id, grants)).filter(ties__petition_id=petition)
    return rows.order_by("-pk")[:10]
