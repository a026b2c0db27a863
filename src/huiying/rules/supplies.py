"""Supplies, money, reception at a major event, numbers to call: what is short, what runs out, what is due when.

突发事件应对法 art. 45 (2024) asks for reserves and for money set aside; how often they are counted and a number is
tried is the body's own policy and is shown as such.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

from huiying.rules.durations import CalendarDays
from huiying.rules.words import N_

POLICY = "POLICY"
VERIFY_EVERY = CalendarDays(90)  # a number that nobody called for so long is tried again; POLICY
SOON = CalendarDays(30)  # what expires by then is replaced now; POLICY
LATER = CalendarDays(90)  # what expires by then is ordered; POLICY
MOST = 1_000_000  # pieces in one lot; above it a figure is a slip of the finger
MOST_MONEY = Decimal("999999999.99")
MINUTES = 60
FEN = Decimal("0.01")
SIGNS = re.compile(r"[\s,，¥￥]|元$")
PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{1,38}")


class Shelf(IntEnum):
    """How near a lot is to its last good day."""

    EXPIRED = 0
    SOON = 30
    LATER = 90
    GOOD = 999

    @property
    def label(self) -> str:
        """The Chinese words for it."""
        return SHELF_LABELS[self]


SHELF_LABELS = {
    Shelf.EXPIRED: N_("已过期"),
    Shelf.SOON: N_("30 天内到期"),
    Shelf.LATER: N_("90 天内到期"),
    Shelf.GOOD: N_("有效"),
}


@dataclass(frozen=True, slots=True)
class LotFacts:
    """So many that are good until a day (None: they last)."""

    quantity: int
    expires_on: date | None


def is_good(expires_on: date | None, on: date) -> bool:
    """Whether a lot may still be used on that day; its last day counts."""
    return expires_on is None or expires_on >= on


def good_on(lots: Iterable[LotFacts], on: date) -> int:
    """How many there are that may be used on that day."""
    return sum(lot.quantity for lot in lots if is_good(lot.expires_on, on))


def missing_of(minimum: int, good: int) -> int:
    """How many are missing to the least there must be; 0 where nothing is."""
    return max(0, minimum - good)


def shelf(expires_on: date | None, on: date) -> Shelf:
    """How near the last good day is, seen from that day."""
    if expires_on is None:
        return Shelf.GOOD
    if expires_on < on:
        return Shelf.EXPIRED
    left = (expires_on - on).days
    return next((step for step in (Shelf.SOON, Shelf.LATER) if left <= step.value), Shelf.GOOD)


def days_of_use(quantity: int, daily_use: int) -> int | None:
    """For how many whole days of a response it lasts; None where a response does not use it up."""
    return quantity // daily_use if daily_use else None


def runs_out_on(quantity: int, daily_use: int, begins: date) -> date | None:
    """The first day of a response begun then on which there is not enough any more; None: never."""
    days = days_of_use(quantity, daily_use)
    return None if days is None else begins + timedelta(days=days)


def loan_late(due_on: date, on: date) -> int:
    """The days by which something lent is late; 0 while it is not."""
    return max(0, (on - due_on).days)


def verification_due(verified_on: date | None, added_on: date) -> date:
    """The day by which a number is to be tried: at once where nobody ever did, then every 90 days."""
    return added_on if verified_on is None else verified_on + timedelta(days=VERIFY_EVERY.n)


@dataclass(frozen=True, slots=True)
class Point:
    """One reception point of a plan: desks, and hours a day."""

    desks: int
    hours: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many can be received in a day, how many are expected, and what is missing to it."""

    can: int
    expected: int
    minutes_each: int
    desks: int
    desk_hours: int

    @property
    def missing(self) -> int:
        """How many people would wait in vain."""
        return max(0, self.expected - self.can)

    @property
    def missing_hours(self) -> int:
        """How many hours at a desk are missing, whole ones."""
        return -(-self.missing * self.minutes_each // MINUTES)

    def missing_desks(self, hours: int) -> int:
        """How many desks of so many hours a day are missing."""
        return -(-self.missing // a_desk_can(hours, self.minutes_each)) if self.missing else 0


def a_desk_can(hours: int, minutes_each: int) -> int:
    """How many receptions one desk does in a day; one that is not finished by the end is not counted."""
    return max(1, hours * MINUTES // minutes_each)


def capacity_of(points: Iterable[Point], *, minutes_each: int, expected: int) -> Capacity:
    """Desks × hours × 60 ÷ minutes for each, desk by desk."""
    rows = tuple(points)
    can = sum(point.desks * (point.hours * MINUTES // minutes_each) for point in rows)
    hours = sum(point.desks * point.hours for point in rows)
    return Capacity(can, expected, minutes_each, sum(point.desks for point in rows), hours)


def weekdays_between(starts_on: date, ends_on: date) -> frozenset[int]:
    """The weekdays (Monday 0) that fall in the days from one to the other, both counted."""
    length = min((ends_on - starts_on).days, 6)
    return frozenset((starts_on + timedelta(days=n)).weekday() for n in range(length + 1))


def takes_away(
    ordinary: Mapping[int, Mapping[int, int]], planned: Mapping[int, int], weekdays: Iterable[int]
) -> tuple[int, ...]:
    """The places whose people would be received for a shorter time than on an ordinary day, or not at all.

    `ordinary`: place → weekday → minutes open; `planned`: place → minutes a day. 信访工作条例 art. 18: a major event
    brings more reception, never less.
    """
    days = tuple(weekdays)
    return tuple(
        place
        for place, minutes in ordinary.items()
        if any(planned.get(place, 0) < minutes.get(day, 0) for day in days)
    )


def whole_read(text: str) -> int:
    """A whole number as people type it: full-width figures, blanks and commas are understood. Raises ValueError."""
    plain = SIGNS.sub("", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", plain):
        raise ValueError(text)
    return int(plain)


def money_read(text: str) -> Decimal:
    """An amount in yuan as people type it: ¥1,234.5 or １２３４.５０. More than two places are no money. ValueError."""
    plain = SIGNS.sub("", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,2})?", plain):
        raise ValueError(text)
    return Decimal(plain).quantize(FEN)


def money_words(amount: Decimal | int) -> str:
    """An amount as it is shown: ¥1,234.00; half a fen goes up, a minus stands before the sign."""
    fen = Decimal(amount).quantize(FEN, ROUND_HALF_UP)
    return f"{'-' if fen < 0 else ''}¥{abs(fen):,.2f}"


def share_of(part: Decimal, whole: Decimal) -> int:
    """So many in a hundred, for a bar: 0 to 100; all of nothing is all."""
    if whole <= 0:
        return 100 if part > 0 else 0
    return int(min(Decimal(100), max(Decimal(0), part * 100 / whole)).quantize(Decimal(1), ROUND_HALF_UP))


def phone_read(text: str) -> str:
    """A telephone number as it is kept: half-width, single blanks. Raises ValueError for what cannot be called."""
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("—", "-").split())
    if not PHONE.fullmatch(plain) or sum(char.isdigit() for char in plain) < 3:
        raise ValueError(text)
    return plain
