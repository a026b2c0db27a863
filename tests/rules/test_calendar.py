"""Working days: make-up days, unknown years, a body's own entries; checked against two other sources."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from huiying.rules.calendar import DayKind, china_calendar, plain_calendar
from huiying.rules.durations import CalendarDays, Hours, WorkingDays

CHINA = china_calendar(range(2007, 2027))
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)


def every_day() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        pytest.param(date(2026, 1, 4), DayKind.MAKE_UP, id="New Year's make-up Sunday"),
        pytest.param(date(2026, 2, 14), DayKind.MAKE_UP, id="make-up Saturday before Spring Festival"),
        pytest.param(date(2026, 2, 17), DayKind.HOLIDAY, id="Spring Festival"),
        pytest.param(date(2018, 12, 29), DayKind.MAKE_UP, id="make-up day in the next year's arrangement"),
        pytest.param(date(2018, 12, 31), DayKind.HOLIDAY, id="day off in the next year's arrangement"),
        pytest.param(date(2026, 3, 7), DayKind.WEEKEND, id="plain Saturday"),
        pytest.param(date(2026, 3, 9), DayKind.WORKDAY, id="plain Monday"),
    ],
)
def test_each_kind_of_day_is_told_apart(on: date, kind: DayKind) -> None:
    assert CHINA.day(on).kind is kind


def test_twenty_years_agree_with_the_chinesecalendar_package() -> None:
    differing = [on for on in every_day() if CHINA.day(on).working != chinese_calendar.is_workday(on)]
    assert differing == []


def test_twenty_years_agree_with_the_sample_calendars() -> None:
    samples = os.environ.get("HUIYING_SAMPLES")
    if not samples or not (Path(samples) / "data" / "calendar").is_dir():
        pytest.skip("HUIYING_SAMPLES names no folder with a calendar")
    named = [
        row
        for path in sorted((Path(samples) / "data" / "calendar").glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))["days"]
    ]
    days = {date.fromisoformat(row["date"]): not row["isOffDay"] for row in named}
    differing = [
        on for on, working in days.items() if FIRST <= on <= LAST and CHINA.day(on).working != working
    ]
    assert days
    assert differing == []


def test_a_make_up_day_of_december_is_known_though_only_the_old_year_is_asked_for() -> None:
    assert china_calendar([2018]).day(date(2018, 12, 29)).kind is DayKind.MAKE_UP


def test_an_unpublished_year_is_unknown_and_not_normal() -> None:
    far = china_calendar(range(2026, 2032))
    assert not far.knows(2031)
    assert far.is_working_day(date(2031, 6, 3)) is None
    assert not far.day(date(2031, 10, 1)).working


def test_the_last_days_of_a_year_hang_on_the_next_years_arrangement() -> None:
    only = plain_calendar([2026])
    assert only.is_working_day(date(2026, 12, 24)) is True
    assert only.is_working_day(date(2026, 12, 28)) is None


def test_a_bodys_own_entry_wins_over_the_national_arrangement() -> None:
    local = china_calendar([2026], overrides={date(2026, 3, 9): False, date(2026, 2, 17): True})
    assert local.day(date(2026, 3, 9)).kind is DayKind.HOLIDAY
    assert local.is_working_day(date(2026, 2, 17)) is True


def test_working_days_are_found_forwards_and_backwards_over_a_festival() -> None:
    assert CHINA.next_working_day(date(2026, 2, 14)).on == date(2026, 2, 24)
    assert CHINA.last_working_day_on_or_before(date(2026, 2, 23)).on == date(2026, 2, 14)
    assert CHINA.first_working_day_on_or_after(date(2026, 2, 14)).on == date(2026, 2, 14)


def test_the_three_durations_are_never_equal_to_each_other() -> None:
    assert len({CalendarDays(5), WorkingDays(5), Hours(5)}) == 3
    assert [str(each) for each in (CalendarDays(5), WorkingDays(5), Hours(5))] == [
        "5 日",
        "5 个工作日",
        "5 小时",
    ]


@pytest.mark.parametrize("wrong", [-1, 1.5, True])
def test_a_duration_that_is_no_whole_number_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        CalendarDays(wrong)  # type: ignore[arg-type]
