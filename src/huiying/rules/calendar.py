"""Which days are working days in China, make-up days included, and how sure that is.

The State Council publishes each year's arrangement in the November before. A year that is not published yet
is *unknown*, not normal: its days can only be guessed, and whatever rests on a guess is marked provisional.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from huiying.rules.words import N_

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)

FIRST_PUBLISHED_YEAR = 2007

# A New Year's arrangement reaches back into the old year (2007, 2011, 2018, 2022), never yet this far.
_NEW_YEAR_REACHES_BACK_TO = 25

WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


class DayKind(StrEnum):
    """Why a day is or is not a working day."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def label(self) -> str:
        """The Chinese word for this kind of day."""
        return LABELS[self]


LABELS = {
    DayKind.WORKDAY: N_("工作日"),
    DayKind.MAKE_UP: N_("调休上班"),
    DayKind.WEEKEND: N_("周末"),
    DayKind.HOLIDAY: N_("放假"),
}

FESTIVALS = (
    ("New Year's Eve", N_("除夕")),
    ("Chinese New Year", N_("春节")),
    ("New Year's Day", N_("元旦")),
    ("Tomb-Sweeping", N_("清明节")),
    ("Labor Day", N_("劳动节")),
    ("Dragon Boat", N_("端午节")),
    ("National Day", N_("国庆节")),
    ("Mid-Autumn", N_("中秋节")),
)

WORKING = frozenset({DayKind.WORKDAY, DayKind.MAKE_UP})


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its kind, and whether its year's arrangement is published (`known`)."""

    on: date
    kind: DayKind
    known: bool

    @property
    def working(self) -> bool:
        """Whether work is done that day; where not `known`, the best guess."""
        return self.kind in WORKING


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days of one body. `overrides` are the body's own entries and win over everything; `reasons` say why."""

    known: frozenset[int]
    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    overrides: Mapping[date, bool] = field(default_factory=dict)
    reasons: Mapping[date, str] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)  # of festivals; days off beside them have none

    def reason_of(self, on: date) -> str:
        """Why the body made this day what it is; empty where the national arrangement stands."""
        return self.reasons.get(on, "") if on in self.overrides else ""

    def knows(self, year: int) -> bool:
        """Say whether that year's arrangement is published."""
        return year in self.known

    def knows_day(self, on: date) -> bool:
        """Say whether the day is settled; a year's last days also hang on the next year's arrangement."""
        if on in self.overrides:
            return True
        tail = on.month == 12 and on.day >= _NEW_YEAR_REACHES_BACK_TO
        return self.knows(on.year) and (not tail or self.knows(on.year + 1))

    def day(self, on: date) -> Day:
        """What kind of day it is, and whether that is certain."""
        return Day(on, self._kind(on), self.knows_day(on))

    def is_working_day(self, on: date) -> bool | None:
        """True or False where the day is settled; None where its year is not published yet."""
        day = self.day(on)
        return day.working if day.known else None

    def next_working_day(self, on: date) -> Day:
        """The first working day after `on`; a guess where its `known` is False."""
        return self._seek(on + ONE_DAY, ONE_DAY)

    def first_working_day_on_or_after(self, on: date) -> Day:
        """`on` itself if work is done that day, else the next working day."""
        return self._seek(on, ONE_DAY)

    def last_working_day_on_or_before(self, on: date) -> Day:
        """`on` itself if work is done that day, else the working day before it."""
        return self._seek(on, -ONE_DAY)

    def _seek(self, on: date, step: timedelta) -> Day:
        for _ in range(366):
            day = self.day(on)
            if day.working:
                return day
            on += step
        raise ValueError("the calendar has no working day within a year")

    def _kind(self, on: date) -> DayKind:
        weekend = on.weekday() >= 5
        if on in self.overrides:
            if self.overrides[on]:
                return DayKind.MAKE_UP if weekend else DayKind.WORKDAY
            return DayKind.WEEKEND if weekend else DayKind.HOLIDAY
        if on in self.holidays:
            return DayKind.HOLIDAY
        if on in self.make_up_days:
            return DayKind.MAKE_UP
        return DayKind.WEEKEND if weekend else DayKind.WORKDAY


def china_calendar(years: Iterable[int], *, overrides: Mapping[date, bool] | None = None) -> WorkCalendar:
    """The State Council's arrangement for these years, from the `holidays` package.

    Years that the package does not have yet are left unknown; their statutory days off are kept as the best
    guess. The year after the last is read too, because some make-up days of December stand in the next year's
    arrangement.
    """
    # Imported here: the package takes half a second, which every start of the program would pay.
    import holidays
    from holidays.countries.china import ChinaStaticHolidays

    wanted = _with_next(frozenset(years))
    source = holidays.country_holidays("CN", years=wanted, language="en_US")
    last_published = max(ChinaStaticHolidays.special_public_holidays)
    return WorkCalendar(
        known=frozenset(year for year in wanted if FIRST_PUBLISHED_YEAR <= year <= last_published),
        holidays=frozenset(source),
        make_up_days=frozenset(source.weekend_workdays),
        overrides=dict(overrides or {}),
        names={on: name for on, words in source.items() if (name := _festival(words))},
    )


def _festival(words: str) -> str:
    """The festival's name by what the package calls it; empty for a day that is only off beside one."""
    found = (name for start, name in FESTIVALS if start in words)
    return next(found, "")


def plain_calendar(years: Iterable[int], *, overrides: Mapping[date, bool] | None = None) -> WorkCalendar:
    """A calendar of weekends only, with these years taken as known."""
    return WorkCalendar(known=frozenset(years), overrides=dict(overrides or {}))


def day_in_shanghai(at: datetime) -> date:
    """The calendar day of an instant in Asia/Shanghai; 23:59 still belongs to it. Naive times are refused."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(SHANGHAI).date()


def end_of_day(on: date) -> datetime:
    """24:00 of the day in Asia/Shanghai, when a deadline of that day has run out."""
    return datetime(on.year, on.month, on.day, tzinfo=SHANGHAI) + ONE_DAY


def _with_next(years: frozenset[int]) -> frozenset[int]:
    return years | {year + 1 for year in years}
