"""What waits for an officer beside the answers: each a bounded list, of what the officer may know of."""

from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from huiying.petitions.gate import readable
from huiying.petitions.models import (
    Execution,
    Extension,
    FollowUp,
    Objection,
    Petition,
    RetaliationReport,
    SpamMark,
)
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.execution import ExecutionState
from huiying.rules.lifecycle.extension import ExtensionState
from huiying.rules.lifecycle.follow_up import FollowUpState
from huiying.rules.lifecycle.objection import ObjectionState
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.lifecycle.retaliation import RetaliationState
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.permissions import UNIT_ROLES, Action, can_somewhere, units_for

M = TypeVar("M", bound=Model)
LIMIT = 30
JOINED = ("petition", "petition__handling_unit")


def extensions_asked(viewer: Officer, *, limit: int = LIMIT) -> list[Extension]:
    """Requests for more time that wait for the heads of these units, the oldest first."""
    rows = Extension.objects.filter(
        state=ExtensionState.ASKED,
        petition__state=PetitionState.HANDLING,
        petition__body_id=viewer.body_id,
        **_within(viewer, Action.EXTENSION_APPROVE, "petition__handling_unit_id"),
    )
    return _readable(rows, viewer, Action.EXTENSION_APPROVE, limit)


def drafts_submitted(viewer: Officer, *, limit: int = LIMIT) -> list[Petition]:
    """Matters whose draft waits for the head's eyes, the oldest first."""
    if not can_somewhere(viewer.grants, Action.DRAFT_APPROVE):
        return []
    rows = Petition.objects.filter(readable(viewer), body_id=viewer.body_id, state=PetitionState.HANDLING)
    rows = rows.filter(
        draft_state=DraftState.SUBMITTED, **_within(viewer, Action.DRAFT_APPROVE, "handling_unit_id")
    )
    return list(rows.select_related("handling_unit", "handler").order_by("pk")[:limit])


def objections_raised(viewer: Officer, *, limit: int = LIMIT) -> list[Objection]:
    """Objections that wait for the petition office; a head sees those of the own unit."""
    rows = Objection.objects.filter(state=ObjectionState.RAISED, petition__body_id=viewer.body_id)
    return _readable(rows, viewer, Action.PETITION_READ, limit)


def executions_owed(viewer: Officer, *, until: date | None = None, limit: int = LIMIT) -> list[Execution]:
    """What the viewer's units promised and have not reported, the first due first; `until` leaves out what is later."""
    rows = Execution.objects.filter(state=ExecutionState.OPEN, body_id=viewer.body_id)
    if until is not None:
        rows = rows.filter(due_on__lte=until)
    rows = rows.filter(**_within(viewer, Action.PETITION_READ, "unit_id"))
    return _readable(
        rows.select_related("claim", "unit"), viewer, Action.PETITION_READ, limit, "due_on", "id"
    )


def executions_reported(viewer: Officer, *, limit: int = LIMIT) -> list[Execution]:
    """What was reported as carried out and waits for somebody else's eyes, the first due first."""
    rows = Execution.objects.filter(state=ExecutionState.REPORTED, body_id=viewer.body_id)
    rows = rows.exclude(reported_by_id=viewer.staff_id).select_related("claim", "unit")
    return _readable(rows, viewer, Action.EXECUTION_VERIFY, limit, "due_on", "id")


def spam_to_look_at(viewer: Officer, *, limit: int = LIMIT) -> list[SpamMark]:
    """Doubts that wait for a second look, those that their holder objects to before all others."""
    rows = SpamMark.objects.filter(body_id=viewer.body_id)
    appealed = _readable(rows.filter(state=SpamState.APPEALED), viewer, Action.SPAM_CONFIRM, limit, "-id")
    new = _readable(rows.filter(state=SpamState.PROPOSED), viewer, Action.SPAM_CONFIRM, limit, "-id")
    return [*appealed, *new][:limit]


def retaliations_waiting(viewer: Officer, *, limit: int = LIMIT) -> list[RetaliationReport]:
    """Reports of retaliation that nobody has answered, the oldest first; never to people of the unit concerned."""
    rows = RetaliationReport.objects.filter(state=RetaliationState.RECEIVED, body_id=viewer.body_id)
    return _readable(rows.filter(above(viewer)), viewer, Action.RETALIATION_READ, limit)


def above(viewer: Officer) -> Q:
    """What keeps people of the handling unit away from a report, whatever else they are."""
    own = sorted({grant.unit_id for grant in viewer.grants if grant.role in UNIT_ROLES and grant.unit_id})
    return ~Q(petition__handling_unit_id__in=own)


def follow_ups_open(viewer: Officer, *, limit: int = LIMIT) -> list[FollowUp]:
    """Low ratings that nobody has followed up, the oldest first."""
    rows = FollowUp.objects.filter(state=FollowUpState.OPEN, body_id=viewer.body_id)
    return _readable(rows, viewer, Action.FOLLOW_UP_READ, limit)


def _within(viewer: Officer, action: Action, column: str) -> dict[str, list[int]]:
    units = units_for(viewer.grants, action)
    return {} if units is None else {f"{column}__in": sorted(units)}


def _readable(rows: QuerySet[M], viewer: Officer, need: Action, limit: int, *order: str) -> list[M]:
    if not can_somewhere(viewer.grants, need):
        return []
    rows = rows.filter(readable(viewer, via="petition__")).select_related(*JOINED)
    return list(rows.order_by(*(order or ("id",)))[:limit])
