"""Periods that a change of the working-day calendar can move: those counted in working days, and petitioners' windows."""

from datetime import date, timedelta

from django.db.models import QuerySet

from huiying.petitions.models import PetitionClock, Reply
from huiying.registry.officers import Officer
from huiying.rules.clocks import ROWS, ClockRow, Roll
from huiying.rules.durations import WorkingDays
from huiying.rules.permissions import Action

# Longer than any window with the longest holiday at its end: replies served before cannot be touched by a day.
REACH = timedelta(days=60)


def _moves(row: ClockRow) -> bool:
    return isinstance(row.length, WorkingDays) or row.roll is Roll.LENIENT


MOVING = frozenset(clock for clock, row in ROWS.items() if row.length is not None and _moves(row))


def running_clocks() -> QuerySet[PetitionClock]:
    """The running clocks of every body that hang on a calendar."""
    return PetitionClock.objects.filter(clock__in=MOVING, met_at=None, stopped_at=None)


def clocks_over(body_id: int, on: date) -> QuerySet[PetitionClock]:
    """The body's running clocks that pass over a day: begun before it, due on it or later."""
    return running_clocks().filter(body_id=body_id, starts_on__lt=on, due_on__gte=on)


def windows_over(body_id: int, on: date) -> QuerySet[Reply]:
    """The body's served replies whose window for a review passes over a day."""
    replies = Reply.objects.filter(petition__body_id=body_id, review_due_on__gte=on)
    return replies.filter(review_due_on__lt=on + REACH, served_at__isnull=False)


def periods_over(viewer: Officer, on: date) -> int:
    """How many periods of the viewer's body a change of that day would date anew; a count, no matter is shown."""
    viewer.check(Action.REGISTRY_EDIT)
    return clocks_over(viewer.body_id, on).count() + windows_over(viewer.body_id, on).count()
