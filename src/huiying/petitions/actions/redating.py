"""Periods dated anew after the calendar changed. The program's own act: dates follow from the rules, nobody picks them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from huiying.petitions.models import Petition, PetitionClock, Reply
from huiying.petitions.moving import clocks_over, running_clocks, windows_over
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.registry.actions import calendar_change_apply
from huiying.registry.calendars import calendar_for
from huiying.registry.models import CalendarChange
from huiying.rules import deadlines
from huiying.rules.actors import SYSTEM
from huiying.rules.calendar import WorkCalendar
from huiying.rules.clocks import ROWS, Clock, Roll
from huiying.rules.deadlines import Due
from huiying.rules.events import EventKind


@transaction.atomic
def periods_redate(*, change: CalendarChange, at: datetime) -> int:
    """Date anew what runs over a changed day and mark the change as worked through; how many dates moved.

    Safe to repeat: a change is worked through once, and a date that is right already is left alone.
    """
    if not calendar_change_apply(change=change, at=at):
        return 0
    calendar = calendar_for(change.body_id)
    moved = _redate_clocks(clocks_over(change.body_id, change.on), calendar, at)
    return moved + _redate_windows(windows_over(change.body_id, change.on), calendar, at)


@transaction.atomic
def periods_settle(*, body_id: int, at: datetime) -> int:
    """Date anew what rested on a year that was not published yet; how many dates moved."""
    provisional = running_clocks().filter(body_id=body_id, provisional=True)
    return _redate_clocks(provisional, calendar_for(body_id), at)


def _redate_clocks(rows: QuerySet[PetitionClock], calendar: WorkCalendar, at: datetime) -> int:
    moved = 0
    for row in rows:
        due = _due_of(row, calendar)
        on = _kept_promise(Clock(row.clock), told=row.due_on, computed=due.due_on)
        same = PetitionClock.objects.filter(pk=row.pk, due_on=row.due_on, met_at=None, stopped_at=None)
        if (on, due.provisional) == (row.due_on, row.provisional):
            continue
        if same.update(due_on=on, provisional=due.provisional) and on != row.due_on:
            moved += 1
            _record(row.petition_id, row.body_id, Clock(row.clock), was=row.due_on, on=on, at=at)
    return moved


def _redate_windows(rows: QuerySet[Reply], calendar: WorkCalendar, at: datetime) -> int:
    moved = 0
    for reply in rows.select_related("petition"):
        assert reply.served_at is not None
        assert reply.review_due_on is not None
        due = deadlines.review_window(reply_received_on=official_date(reply.served_at), calendar=calendar)
        on = _kept_promise(Clock.REQUEST_REVIEW, told=reply.review_due_on, computed=due.due_on)
        same = Reply.objects.filter(pk=reply.pk, review_due_on=reply.review_due_on)
        if on != reply.review_due_on and same.update(review_due_on=on):
            moved += 1
            body_id = reply.petition.body_id
            _record(reply.petition_id, body_id, due.clock, was=reply.review_due_on, on=on, at=at)
    return moved


def _due_of(row: PetitionClock, calendar: WorkCalendar) -> Due:
    longest = ROWS[Clock(row.clock)].extension
    extended = type(longest)(row.extended_days) if longest and row.extended_days else None
    return deadlines.due(row.clock, row.starts_on, calendar, extended=extended)


def _kept_promise(clock: Clock, *, told: date, computed: date) -> date:
    """A petitioner's last day, once told, only ever moves later: nobody loses a right by a change they cannot see."""
    return max(told, computed) if ROWS[clock].roll is Roll.LENIENT else computed


def _record(petition_id: int, body_id: int, clock: Clock, *, was: date, on: date, at: datetime) -> None:
    about = (Petition._meta.model_name or "", str(petition_id))
    facts = {"clock": clock, "from": was.isoformat(), "due_on": on.isoformat()}
    ledger.append_about(EventKind.PETITION_REDATED, about, by=SYSTEM, at=at, body_id=body_id, facts=facts)
