"""The working days of one body: the national arrangement with the body's own departures from it."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from huiying.registry.models import HolidayOverride
from huiying.rules.calendar import WorkCalendar, china_calendar

# From the first published arrangement to further than any clock of the law reaches.
YEARS = range(2007, 2061)


@lru_cache(maxsize=8)
def _national(years: frozenset[int]) -> WorkCalendar:
    """The national arrangement; the same for every body, so read once in a process."""
    return china_calendar(years)


def calendar_for(body_id: int, years: Iterable[int] = YEARS) -> WorkCalendar:
    """The calendar of a body.

    Its own entries are one indexed query each time instead of a cache: another process may have written one a
    moment ago, and a wrong day is a wrong deadline. Callers in a loop keep the calendar they were given.
    """
    entries = list(HolidayOverride.objects.filter(body_id=body_id).values_list("on", "is_working", "reason"))
    overrides = {on: is_working for on, is_working, _reason in entries}
    reasons = {on: reason for on, _is_working, reason in entries if reason}
    return replace(_national(frozenset(years)), overrides=overrides, reasons=reasons)
