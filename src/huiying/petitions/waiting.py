"""What waits for an officer beside the answers: each a bounded list, of what the officer may know of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import BigIntegerField, DateField, Model, Q, QuerySet

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
from huiying.petitions.selectors import IS_OWED, title_for
from huiying.records.statements import kept
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
from huiying.rules.permissions import UNIT_ROLES, Action, GrantRef, can_somewhere, units_for

M = TypeVar("M", bound=Model)
T = TypeVar("T", Extension, Objection)
LIMIT = 30
JOINED = ("petition", "petition__handling_unit")
Grants = frozenset[GrantRef]
_NUMBER, _DAY = BigIntegerField(), DateField()


def extensions_asked(viewer: Officer, *, limit: int = LIMIT) -> list[Extension]:
    """Requests for more time that wait for the heads of these units, the oldest first."""
    return _open_to(viewer, Action.EXTENSION_APPROVE, _extensions, limit)


@kept(staff=_NUMBER)
def _extensions(body_id: int, grants: Grants, limit: int, *, staff: Any) -> QuerySet[Extension]:
    viewer = Officer(staff, body_id, grants)
    rows = Extension.objects.filter(
        state=ExtensionState.ASKED,
        petition__state=PetitionState.HANDLING,
        petition__body_id=body_id,
        **_within(viewer, Action.EXTENSION_APPROVE, "petition__handling_unit_id"),
    )
    return _readable(rows, viewer, limit)


def extensions_headless(viewer: Officer, *, at: datetime, limit: int = LIMIT) -> list[Extension]:
    """Requests for more time in units that have no head left to decide: they wait for supervision."""
    if units_for(viewer.grants, Action.EXTENSION_APPROVE) is not None:
        return []
    rows = extensions_asked(viewer, limit=limit)
    return [row for row in rows if head_missing(row.petition, at=at, besides=concerned(row))]


def drafts_submitted(viewer: Officer, *, limit: int = LIMIT) -> list[Petition]:
    """Matters whose draft waits for the head's eyes, the oldest first."""
    return _open_to(viewer, Action.DRAFT_APPROVE, _drafts, limit)


@kept(staff=_NUMBER)
def _drafts(body_id: int, grants: Grants, limit: int, *, staff: Any) -> QuerySet[Petition]:
    viewer = Officer(staff, body_id, grants)
    rows = Petition.objects.filter(readable(viewer), body_id=body_id, state=PetitionState.HANDLING)
    rows = rows.filter(
        draft_state=DraftState.SUBMITTED, **_within(viewer, Action.DRAFT_APPROVE, "handling_unit_id")
    )
    return rows.select_related("handling_unit", "handler").order_by("pk")[:limit]


def objections_raised(viewer: Officer, *, limit: int = LIMIT) -> list[Objection]:
    """Objections that wait for the petition office; a head sees those of the own unit."""
    return _open_to(viewer, Action.PETITION_READ, _objections, limit)


@kept(staff=_NUMBER)
def _objections(body_id: int, grants: Grants, limit: int, *, staff: Any) -> QuerySet[Objection]:
    rows = Objection.objects.filter(state=ObjectionState.RAISED, petition__body_id=body_id)
    # In the order of the index over what is raised: no other finds it without reading every objection there ever was.
    return _readable(rows.select_related("unit"), Officer(staff, body_id, grants), limit, "petition_id")


def _unverified(body_id: int) -> QuerySet[Execution]:
    """In the very words of the index over what is not verified, or SQLite would not use it."""
    return Execution.objects.filter(~Q(state=ExecutionState.VERIFIED), body_id=body_id)


def executions_owed(viewer: Officer, *, until: date | None = None, limit: int = LIMIT) -> list[Execution]:
    """What the viewer's units promised and have not reported, the first due first; `until` leaves out what is later."""
    return _open_to(viewer, Action.PETITION_READ, _owed, limit, until is not None, until=until)


@kept(staff=_NUMBER, until=_DAY)
def _owed(
    body_id: int, grants: Grants, limit: int, near: bool, *, staff: Any, until: Any
) -> QuerySet[Execution]:
    viewer = Officer(staff, body_id, grants)
    rows = _unverified(body_id).filter(state=ExecutionState.OPEN)
    if near:
        rows = rows.filter(due_on__lte=until)
    rows = rows.filter(**_within(viewer, Action.PETITION_READ, "unit_id"))
    return _readable(rows.select_related("claim", "unit"), viewer, limit, "due_on", "id")


def executions_reported(viewer: Officer, *, limit: int = LIMIT) -> list[Execution]:
    """What was reported as carried out and waits for somebody else's eyes, the first due first."""
    return _open_to(viewer, Action.EXECUTION_VERIFY, _reported, limit)


@kept(staff=_NUMBER)
def _reported(body_id: int, grants: Grants, limit: int, *, staff: Any) -> QuerySet[Execution]:
    rows = _unverified(body_id).filter(state=ExecutionState.REPORTED)
    rows = rows.exclude(reported_by_id=staff).select_related("claim", "unit")
    return _readable(rows, Officer(staff, body_id, grants), limit, "due_on", "id")


def spam_to_look_at(viewer: Officer, *, limit: int = LIMIT) -> list[SpamMark]:
    """Doubts that wait for a second look, those that their holder objects to before all others."""
    appealed = _open_to(viewer, Action.SPAM_CONFIRM, _marks, limit, SpamState.APPEALED)
    new = _open_to(viewer, Action.SPAM_CONFIRM, _marks, limit, SpamState.PROPOSED)
    return [*appealed, *new][:limit]


@kept(staff=_NUMBER)
def _marks(body_id: int, grants: Grants, limit: int, state: SpamState, *, staff: Any) -> QuerySet[SpamMark]:
    rows = SpamMark.objects.filter(body_id=body_id, state=state)
    return _readable(rows, Officer(staff, body_id, grants), limit, "-id")


def retaliations_waiting(viewer: Officer, *, limit: int = LIMIT) -> list[RetaliationReport]:
    """Reports of retaliation that nobody has answered, the oldest first; never to people of the unit concerned."""
    return _open_to(viewer, Action.RETALIATION_READ, _retaliations, limit)


@kept(staff=_NUMBER)
def _retaliations(body_id: int, grants: Grants, limit: int, *, staff: Any) -> QuerySet[RetaliationReport]:
    viewer = Officer(staff, body_id, grants)
    rows = RetaliationReport.objects.filter(state=RetaliationState.RECEIVED, body_id=body_id)
    return _readable(rows.filter(above(viewer)), viewer, limit)


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
    return _open_to(viewer, Action.FOLLOW_UP_READ, _follow_ups, limit)


@kept(staff=_NUMBER)
def _follow_ups(body_id: int, grants: Grants, limit: int, *, staff: Any) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(state=FollowUpState.OPEN, body_id=body_id)
    return _readable(rows, Officer(staff, body_id, grants), limit)


def _within(viewer: Officer, action: Action, column: str) -> dict[str, list[int]]:
    units = units_for(viewer.grants, action)
    return {} if units is None else {f"{column}__in": sorted(units)}


def _open_to(
    viewer: Officer, need: Action, ask: Callable[..., list[M]], *shape: object, **values: object
) -> list[M]:
    """What `ask` finds for this viewer; nothing for whoever may not do at all what it waits for."""
    if not can_somewhere(viewer.grants, need):
        return []
    return ask(viewer.body_id, viewer.grants, *shape, staff=viewer.staff_id, **values)


def _readable(rows: QuerySet[M], viewer: Officer, limit: int, *order: str) -> QuerySet[M]:
    rows = rows.filter(readable(viewer, via="petition__")).select_related(*JOINED)
    return rows.order_by(*(order or ("id",)))[:limit]


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
        IS_OWED, unit_id=unit.pk, met_at=None, stopped_at=None, due_on__lte=soon
    )
    clocks = clocks.filter(readable(viewer, via="petition__")).select_related("petition__handler")
    rows = clocks.order_by("due_on", "id")[:limit]
    return tuple(UnitDuty(row.petition, title_for(viewer, row.petition), row) for row in rows)
