from datetime import date

import pytest

from huiying.rules import plan_road
from huiying.rules.calendar import china_calendar

CALENDAR = china_calendar([2025])


@pytest.mark.parametrize(
    ("rule", "start", "expected", "why"),
    [
        (
            plan_road.opinion_due,
            date(2025, 3, 3),
            date(2025, 3, 17),
            "ten working days, the first not counted",
        ),
        (
            plan_road.opinion_due,
            date(2025, 1, 24),
            date(2025, 2, 13),
            "over the Spring Festival, two make-up days",
        ),
        (
            plan_road.filing_due,
            date(2025, 4, 25),
            date(2025, 5, 27),
            "twenty, over Labour Day with its make-up day",
        ),
        (plan_road.publication_due, date(2025, 2, 2), date(2025, 3, 3), "issued on a Sunday of the festival"),
        (plan_road.acknowledgement_due, date(2025, 9, 26), date(2025, 10, 16), "over National Day"),
    ],
)
def test_what_a_plan_still_owes_is_dated_in_working_days(rule, start, expected, why) -> None:  # type: ignore[no-untyped-def]
    assert rule(start, CALENDAR) == expected, why


def test_a_reminder_is_near_by_the_next_working_day_and_a_filing_five_before() -> None:
    friday, monday, tuesday = date(2025, 3, 7), date(2025, 3, 10), date(2025, 3, 11)
    assert plan_road.opinion_is_near(monday, friday, CALENDAR)
    assert not plan_road.opinion_is_near(tuesday, friday, CALENDAR)
    assert plan_road.filing_is_near(date(2025, 3, 14), friday, CALENDAR)
    assert not plan_road.filing_is_near(date(2025, 3, 17), friday, CALENDAR)
