"""What waits for an officer beside the answers: each a bounded list, of what the officer may know of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from huiying.petitions.duties import concerned, head_missing
from huiying.petitions.gate import readable
from huiying.petitions.models import (
    Execution,
    Extension,
    FollowUp,
    Objection,
    Petition,
    PetitionClock,
    Rating,
    RetaliationReport,
    SpamMark,
)
from huiying.petitions.selectors import STAFF_CLOCKS, title_for
from huiying.registry.models import Unit
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
T = TypeVar("T", Extension, Objection)
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


def extensions_headless(viewer: Officer, *, at: datetime, limit: int = LIMIT) -> list[Extension]:
    """Requests for more time in units that have no head left to decide: they wait for supervision."""
    if units_for(viewer.grants, Action.EXTENSION_APPROVE) is not None:
        return []
    rows = extensions_asked(viewer, limit=limit)
    return [row for row in rows if head_missing(row.petition, at=at, besides=concerned(row))]


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
    rows = rows.select_related("unit")
    # In the order of the index over what is raised: no other finds it without reading every objection there ever was.
    return _readable(rows, viewer, Action.PETITION_READ, limit, "petition_id")


def _unverified(viewer: Officer) -> QuerySet[Execution]:
    """In the very words of the index over what is not verified, or SQLite would not use it."""
    return Execution.objects.filter(~Q(state=ExecutionState.VERIFIED), body_id=viewer.body_id)


def executions_owed(viewer: Officer, *, until: date | None = None, limit: int = LIMIT) -> list[Execution]:
    """What the viewer's units promised and have not reported, the first due first; `until` leaves out what is later."""
    rows = _unverified(viewer).filter(state=ExecutionState.OPEN)
    if until is not None:
        rows = rows.filter(due_on__lte=until)
    rows = rows.filter(**_within(viewer, Action.PETITION_READ, "unit_id"))
    return _readable(
        rows.select_related("claim", "unit"), viewer, Action.PETITION_READ, limit, "due_on", "id"
    )


def executions_reported(viewer: Officer, *, limit: int = LIMIT) -> list[Execution]:
    """What was reported as carried out and waits for somebody else's eyes, the first due first."""
    rows = _unverified(viewer).filter(state=ExecutionState.REPORTED)
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


def retaliation_for(viewer: Officer, number: int) -> RetaliationReport | None:
    """One report of retaliation, if the viewer may read it."""
    if not can_somewhere(viewer.grants, Action.RETALIATION_READ):
        return None
    rows = RetaliationReport.objects.filter(above(viewer), body_id=viewer.body_id, pk=number)
    return rows.filter(readable(viewer, via="petition__")).select_related("petition").first()


def above(viewer: Officer) -> Q:
    """What keeps people of the handling unit, and of the unit that it is about, away, whatever else they are. art. 18."""
    own = sorted({grant.unit_id for grant in viewer.grants if grant.role in UNIT_ROLES and grant.unit_id})
    return ~Q(petition__handling_unit_id__in=own) & ~Q(petition__respondent_unit_id__in=own)


def follow_up_for(viewer: Officer, number: int) -> FollowUp | None:
    """One follow-up, if the viewer may read it."""
    if not can_somewhere(viewer.grants, Action.FOLLOW_UP_READ):
        return None
    rows = FollowUp.objects.filter(readable(viewer, via="petition__"), body_id=viewer.body_id, pk=number)
    return rows.select_related("petition").first()


@dataclass(frozen=True, slots=True)
class Rated:
    """A low rating that waits, with the words that came with it."""

    follow_up: FollowUp
    title: str
    words: str


def follow_ups_rated(viewer: Officer, *, limit: int = LIMIT) -> tuple[Rated, ...]:
    """The open follow-ups with what the person wrote."""
    rows = follow_ups_open(viewer, limit=limit)
    said = Rating.objects.filter(petition_id__in=[row.petition_id for row in rows])
    words = {(r.petition_id, r.side, r.round): r.words for r in said}
    return tuple(
        Rated(row, title_for(viewer, row.petition), words.get((row.petition_id, row.side, row.round), ""))
        for row in rows
    )


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


COUNTED = 1000  # a count stops here: what is more is not one day's work


@dataclass(frozen=True, slots=True)
class UnitDuty:
    """One running duty of a unit: which matter, whose work it is, by when."""

    petition: Petition
    title: str
    clock: PetitionClock


@dataclass(frozen=True, slots=True)
class UnitDay:
    """A unit as its head sees it: matters, duties and what waits for a decision; no count or score of a person."""

    unit: Unit
    counts: dict[PetitionState, int]  # at most COUNTED each
    duties: tuple[UnitDuty, ...]
    drafts: tuple[Petition, ...]
    extensions: tuple[Extension, ...]
    objections: tuple[Objection, ...]
    executions: tuple[Execution, ...]


def unit_day(viewer: Officer, unit: Unit, *, today: date, soon: date, limit: int = LIMIT) -> UnitDay:
    """What is late, due until `soon`, and waiting in one unit of the viewer. Raises NotPermitted for any other."""
    viewer.check(Action.DRAFT_APPROVE, unit_id=unit.pk)
    mine = Petition.objects.filter(readable(viewer), handling_unit=unit)
    working = (PetitionState.HANDLING, PetitionState.REPLIED)
    return UnitDay(
        unit=unit,
        counts={state: mine.filter(state=state)[: COUNTED + 1].count() for state in working},
        duties=_duties_of(viewer, unit, soon, limit),
        drafts=tuple(row for row in drafts_submitted(viewer, limit=limit) if row.handling_unit_id == unit.pk),
        extensions=tuple(_of_unit(extensions_asked(viewer, limit=limit), unit)),
        objections=tuple(_of_unit(objections_raised(viewer, limit=limit), unit)),
        executions=tuple(row for row in executions_owed(viewer, limit=limit) if row.unit_id == unit.pk),
    )


def _of_unit(rows: Iterable[T], unit: Unit) -> Iterator[T]:
    return (row for row in rows if row.petition.handling_unit_id == unit.pk)


def _duties_of(viewer: Officer, unit: Unit, soon: date, limit: int) -> tuple[UnitDuty, ...]:
    clocks = PetitionClock.objects.filter(
        unit_id=unit.pk, met_at=None, stopped_at=None, due_on__lte=soon, clock__in=STAFF_CLOCKS
    )
    clocks = clocks.filter(readable(viewer, via="petition__")).select_related("petition__handler")
    rows = clocks.order_by("due_on", "id")[:limit]
    return tuple(UnitDuty(row.petition, title_for(viewer, row.petition), row) for row in rows)
