"""The clocks of a petition as rows: start, meet, stop. Every date comes from rules.deadlines."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from huiying.petitions.models import Petition, PetitionClock
from huiying.records.clock import official_date, start_of_day
from huiying.registry import calendars
from huiying.rules import deadlines, receipt
from huiying.rules.clocks import Clock
from huiying.rules.deadlines import Due
from huiying.rules.lifecycle.petition import PetitionKind

FIRST_ROUND = 1


class Running(NamedTuple):
    """A clock's values before it is written."""

    petition_id: int
    body_id: int
    unit_id: int | None
    round: int
    clock: Clock
    starts_on: date
    due_on: date
    provisional: bool
    notice_overdue: bool


def clock_row(petition: Petition, due: Due, *, unit_id: int | None = None) -> PetitionClock:
    """A clock of the petition as stored, from a computed due date; `unit_id` names the unit that owes it."""
    values = clock_values(petition.pk, due, body_id=petition.body_id, unit_id=unit_id, round=petition.round)
    return PetitionClock(**values._asdict())


def clock_values(
    number: int, due: Due, *, body_id: int, unit_id: int | None = None, round: int = FIRST_ROUND
) -> Running:
    """The same as values, for a petition known by its number."""
    clock = Clock(due.clock)
    return Running(
        number, body_id, unit_id, round, clock, due.start, due.due_on, due.provisional, due.notice_overdue
    )


def start(petition: Petition, due: Due, *, unit_id: int) -> None:
    """Start a unit's clock; anew where the unit had the matter before in this round, gave it back, and has it again."""
    before = petition.clocks.filter(clock=due.clock, unit_id=unit_id, round=petition.round)
    again = before.update(
        starts_on=due.start,
        due_on=due.due_on,
        provisional=due.provisional,
        notice_overdue=due.notice_overdue,
        met_at=None,
        stopped_at=None,
    )
    if not again:
        clock_row(petition, due, unit_id=unit_id).save(force_insert=True)


def redate(petition: Petition, due: Due) -> None:
    """Date the clock of this kind anew, now that what starts it has happened; start it where none runs yet."""
    running = petition.clocks.filter(clock=due.clock, met_at=None, stopped_at=None)
    redated = running.update(
        starts_on=due.start, due_on=due.due_on, provisional=due.provisional, notice_overdue=due.notice_overdue
    )
    if not redated:
        clock_row(petition, due).save(force_insert=True)


def meet(petition: Petition, clock: Clock, *, at: datetime) -> None:
    """Mark the running clocks of this kind as met; a clock that was late stays late."""
    petition.clocks.filter(clock=clock, met_at=None, stopped_at=None).update(met_at=at)


def stop(petition: Petition, clock: Clock, *, at: datetime) -> None:
    """End the running clocks of this kind that were not met and need not be any more."""
    petition.clocks.filter(clock=clock, met_at=None, stopped_at=None).update(stopped_at=at)


def stop_all(petition: Petition, *, at: datetime) -> None:
    """End every running duty: the matter left this body, or the person took it back."""
    petition.clocks.filter(met_at=None, stopped_at=None).update(stopped_at=at)


def received_as_of(received_on: date | None, *, said_at: datetime | None, at: datetime) -> datetime:
    """The instant kept as that of receipt: now, or the beginning of the earlier day that was named. art. 22.

    Raises Incomplete at `received_on` for a day that cannot be.
    """
    if received_on is None:
        return at
    today = official_date(at)
    receipt.check_received(
        received_on, today=today, said_on=official_date(said_at) if said_at is not None else None
    )
    return at if received_on == today else start_of_day(received_on)


def days_told(received_on: date, filed_on: date) -> dict[str, str]:
    """Both days for the ledger, where what arrived was typed in on a later one; nothing otherwise."""
    if received_on == filed_on:
        return {}
    return {"received_on": received_on.isoformat(), "filed_on": filed_on.isoformat()}


def first_dues(
    received_on: date, kind: PetitionKind, body_id: int, *, filed_on: date | None = None
) -> tuple[Due, ...]:
    """C1, C2 and the period in which this kind is answered, as it runs if nobody ever gives notice.

    Silence buys no time: until acceptance dates it earlier, the handling clock of a request runs from the day
    the notice is due. Typed in (`filed_on`) only after that day, it is flagged from the start.
    """
    first = _sure_dues(received_on, kind)
    if kind is PetitionKind.ENQUIRY:
        calendar = calendars.calendar_for(body_id, years=range(received_on.year, received_on.year + 2))
        return (*first, deadlines.enquiry_due(received_on=received_on, calendar=calendar))
    if filed_on is None or filed_on <= first[1].due_on:
        return first
    return tuple(replace(due, notice_overdue=due.clock is Clock.HANDLE) for due in first)


@lru_cache(maxsize=32)
def _sure_dues(received_on: date, kind: PetitionKind) -> tuple[Due, ...]:
    """The periods that no calendar moves: the same for all who file on one day."""
    notice = deadlines.notice_due(received_on=received_on)
    first = (deadlines.route_due(received_on=received_on), notice)
    if kind is PetitionKind.REQUEST:
        silent = deadlines.handling_due(accepted_on=None, notice_due_on=notice.due_on)
        return (*first, replace(silent, notice_overdue=False))
    if kind is PetitionKind.SUGGESTION:
        return (*first, deadlines.suggestion_due(received_on=received_on))
    return first
