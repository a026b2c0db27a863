"""The way of a plan from a draft to a filed and acknowledged text: by when each act is owed. 国办发〔2024〕5号.

Dates in, dates out, by the body's own calendar; the day of the act itself is not counted.
"""

from datetime import date

from huiying.rules.calendar import WorkCalendar
from huiying.rules.durations import WorkingDays

OPINION_WITHIN = WorkingDays(10)  # POLICY: art. 22 asks for written opinions and names no period
FILE_WITHIN = WorkingDays(20)  # art. 26
PUBLISH_WITHIN = WorkingDays(20)  # art. 28
ACKNOWLEDGE_WITHIN = WorkingDays(
    10
)  # POLICY: art. 29 asks that carrying out be followed, and names no period
FILING_NEAR = WorkingDays(5)  # so long before its last day a filing is reminded of; POLICY


def opinion_due(asked_on: date, calendar: WorkCalendar) -> date:
    """The last day for a written opinion that was asked on that day. art. 22; POLICY."""
    return working_days_after(asked_on, OPINION_WITHIN, calendar)


def filing_due(issued_on: date, calendar: WorkCalendar) -> date:
    """The last day to file a plan issued on that day. art. 26."""
    return working_days_after(issued_on, FILE_WITHIN, calendar)


def publication_due(issued_on: date, calendar: WorkCalendar) -> date:
    """The last day to make a plan issued on that day public. art. 28."""
    return working_days_after(issued_on, PUBLISH_WITHIN, calendar)


def acknowledgement_due(asked_on: date, calendar: WorkCalendar) -> date:
    """The last day for a unit to acknowledge a plan laid before it on that day. POLICY."""
    return working_days_after(asked_on, ACKNOWLEDGE_WITHIN, calendar)


def opinion_is_near(due_on: date, today: date, calendar: WorkCalendar) -> bool:
    """Say whether an opinion is due by the next working day, or its day is over."""
    return due_on <= calendar.next_working_day(today).on


def filing_is_near(due_on: date, today: date, calendar: WorkCalendar) -> bool:
    """Say whether a filing is due within five working days, or its day is over."""
    return due_on <= working_days_after(today, FILING_NEAR, calendar)


def working_days_after(on: date, within: WorkingDays, calendar: WorkCalendar) -> date:
    """The last of so many working days after a day."""
    for _ in range(within.n):
        on = calendar.next_working_day(on).on
    return on
