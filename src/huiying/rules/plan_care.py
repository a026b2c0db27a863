"""A plan's life after it is in force: when it is evaluated and practised again, how long an addition may last.

国办发〔2024〕5号 art. 32 and 34 bind special and department plans, and the governments of counties and above with
their departments. For everyone else the same thirty-six months are the body's own policy, and are shown as such.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from huiying.rules.durations import CalendarDays
from huiying.rules.words import N_

EVERY_MONTHS = 36
POLICY = "POLICY"
WARN_BEFORE = CalendarDays(7)  # before an addition's last day; POLICY
LONGEST_ADDENDUM = CalendarDays(366)  # what holds longer belongs in the plan itself; POLICY
UNFILLED = CalendarDays(
    30
)  # a post without anybody, a resource too short, before the plan is doubted; POLICY


class CareDuty(StrEnum):
    """What is owed to a plan in force, again and again."""

    EVALUATION = "evaluation"
    PRACTICE = "practice"

    @property
    def label(self) -> str:
        """The Chinese word for this duty."""
        return CARE_DUTY_LABELS[self]


CARE_DUTY_LABELS = {
    CareDuty.EVALUATION: N_("定期评估"),
    CareDuty.PRACTICE: N_("组织演练"),
}
ARTICLES = {
    CareDuty.EVALUATION: "国办发〔2024〕5号 art. 34",
    CareDuty.PRACTICE: "国办发〔2024〕5号 art. 32",
}


@dataclass(frozen=True, slots=True)
class CareDue:
    """One duty with its last day, its article, and whether that article binds this plan or the body itself does."""

    duty: CareDuty
    since: date
    due_on: date
    article: str
    is_law: bool


def evaluation_due(since: date, *, county_or_above: bool) -> CareDue:
    """When a plan last evaluated (or put in force) on that day is evaluated again. art. 34."""
    return _due(CareDuty.EVALUATION, since, county_or_above)


def practice_due(since: date, *, special_or_department: bool) -> CareDue:
    """When a plan last practised (or put in force) on that day is practised again. art. 32."""
    return _due(CareDuty.PRACTICE, since, special_or_department)


def months_after(on: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short for it. 民法典 art. 202."""
    years, month = divmod(on.month - 1 + months, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def in_force_on(starts_on: date, ends_on: date, on: date) -> bool:
    """Say whether an addition holds on that day; its first and its last day count."""
    return starts_on <= on <= ends_on


def ends_soon(ends_on: date, on: date) -> bool:
    """Say whether its last day is near enough to warn of it."""
    return on <= ends_on <= on + timedelta(days=WARN_BEFORE.n)


def lasts_too_long(starts_on: date, ends_on: date) -> bool:
    """Say whether an addition is meant to hold longer than an addition may."""
    return (ends_on - starts_on).days >= LONGEST_ADDENDUM.n


def _due(duty: CareDuty, since: date, is_law: bool) -> CareDue:
    return CareDue(duty, since, months_after(since, EVERY_MONTHS), ARTICLES[duty], is_law)
