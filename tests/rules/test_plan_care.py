"""When a plan is looked at again, and how long an addition to it holds."""

from datetime import date

import pytest

from huiying.playbook.plain_text import forbidden_in
from huiying.rules import plan_care

DAY = date(2025, 3, 31)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (date(2025, 3, 31), date(2028, 3, 31)),
        (date(2028, 2, 29), date(2031, 2, 28)),
        (date(2024, 12, 31), date(2027, 12, 31)),
        (date(2025, 1, 1), date(2028, 1, 1)),
    ],
)
def test_thirty_six_months_later_on_the_same_day_or_the_months_last(since: date, due: date) -> None:
    assert plan_care.evaluation_due(since, county_or_above=True).due_on == due
    assert plan_care.practice_due(since, special_or_department=False).due_on == due


def test_only_whom_the_articles_name_is_bound_by_them() -> None:
    assert plan_care.evaluation_due(DAY, county_or_above=True).is_law
    assert not plan_care.evaluation_due(DAY, county_or_above=False).is_law
    assert plan_care.practice_due(DAY, special_or_department=True).is_law
    assert not plan_care.practice_due(DAY, special_or_department=False).is_law


def test_first_and_last_day_of_an_addition_count_and_a_week_before_the_last_it_is_warned_of() -> None:
    first, last = date(2025, 3, 1), date(2025, 3, 10)
    assert [plan_care.in_force_on(first, last, date(2025, 3, day)) for day in (1, 10, 11)] == [
        True,
        True,
        False,
    ]
    assert [plan_care.ends_soon(last, date(2025, 3, day)) for day in (2, 3, 10, 11)] == [
        False,
        True,
        True,
        False,
    ]
    assert not plan_care.lasts_too_long(date(2025, 1, 1), date(2026, 1, 1))
    assert plan_care.lasts_too_long(date(2025, 1, 1), date(2026, 1, 2))


def test_words_outside_a_plan_are_read_like_a_plans_own() -> None:
    assert [found.rule for found in forbidden_in("关闭信访接待窗口")] == ["forbidden-petition-limit"]
    assert forbidden_in("不得拦截来访群众，增设接待点。") == []
