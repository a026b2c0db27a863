"""What is short, what runs out, what is due: worked out from numbers and days alone."""

from datetime import date
from decimal import Decimal

import pytest

from huiying.rules.supplies import (
    LotFacts,
    Point,
    Shelf,
    capacity_of,
    days_of_use,
    good_on,
    loan_late,
    missing_of,
    money_read,
    money_words,
    phone_read,
    runs_out_on,
    share_of,
    shelf,
    takes_away,
    verification_due,
    weekdays_between,
    whole_read,
)

DAY = date(2026, 2, 27)


def test_what_is_spoilt_does_not_count_and_the_last_good_day_does() -> None:
    lots = (LotFacts(10, None), LotFacts(5, DAY), LotFacts(7, date(2026, 2, 26)))
    assert good_on(lots, DAY) == 15
    assert (missing_of(20, 15), missing_of(10, 15)) == (5, 0)


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (None, Shelf.GOOD),
        (date(2026, 2, 26), Shelf.EXPIRED),
        (DAY, Shelf.SOON),
        (date(2026, 3, 29), Shelf.SOON),  # thirty days on
        (date(2026, 3, 30), Shelf.LATER),
        (date(2026, 5, 28), Shelf.LATER),  # ninety
        (date(2026, 5, 29), Shelf.GOOD),
    ],
)
def test_thirty_and_ninety_days_are_counted_from_today(last_day: date | None, expected: Shelf) -> None:
    assert shelf(last_day, DAY) is expected


def test_what_a_response_uses_up_lasts_so_many_whole_days() -> None:
    assert (days_of_use(100, 30), days_of_use(100, 0)) == (3, None)
    assert runs_out_on(100, 30, DAY) == date(2026, 3, 2)
    assert runs_out_on(100, 0, DAY) is None


def test_a_loan_is_late_from_the_day_after_and_a_number_is_tried_every_ninety_days() -> None:
    assert (loan_late(DAY, DAY), loan_late(date(2026, 2, 25), DAY)) == (0, 2)
    assert verification_due(None, DAY) == DAY
    assert verification_due(date(2025, 12, 1), DAY) == date(2026, 3, 1)


def test_desks_times_hours_against_the_people_expected() -> None:
    figures = capacity_of([Point(3, 8), Point(2, 6)], minutes_each=30, expected=100)
    assert (figures.can, figures.missing, figures.desks, figures.desk_hours) == (72, 28, 5, 36)
    assert figures.missing_hours == 14
    assert figures.missing_desks(8) == 2  # one desk of eight hours takes sixteen
    enough = capacity_of([Point(3, 8)], minutes_each=30, expected=48)
    assert (enough.missing, enough.missing_hours, enough.missing_desks(8)) == (0, 0, 0)


def test_a_reception_that_would_not_be_finished_is_not_counted() -> None:
    assert capacity_of([Point(2, 1)], minutes_each=45, expected=2).can == 2


def test_a_plan_that_leaves_a_place_out_or_opens_it_for_less_is_found() -> None:
    ordinary = {1: {0: 390, 5: 120}, 2: {5: 240}}
    weekdays = weekdays_between(date(2026, 3, 2), date(2026, 3, 6))
    assert weekdays == frozenset(range(5))
    assert takes_away(ordinary, {1: 420}, weekdays) == ()  # the second is open on Saturdays alone
    assert takes_away(ordinary, {1: 360}, weekdays) == (1,)
    assert takes_away(ordinary, {1: 420}, weekdays_between(date(2026, 3, 2), date(2026, 3, 8))) == (2,)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234.5", "1234.50"),
        ("￥１，２３４．５０", "1234.50"),
        (" 12 元", "12.00"),
        ("0.01", "0.01"),
        ("-3", "-3.00"),
    ],
)
def test_money_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert money_read(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["", "1.234", "十元", "1e5", "NaN", "--1", "9" * 20])
def test_what_is_no_amount_is_refused_and_never_rounded(typed: str) -> None:
    with pytest.raises(ValueError):
        money_read(typed)


def test_money_is_shown_with_two_places_and_half_a_fen_goes_up() -> None:
    shown = [money_words(Decimal(text)) for text in ("1234", "0.005", "0.004", "-1234567.895", "0")]
    assert shown == ["¥1,234.00", "¥0.01", "¥0.00", "-¥1,234,567.90", "¥0.00"]
    tenths = sum((money_read("0.1") for _ in range(3)), Decimal(0))
    assert money_words(tenths) == "¥0.30"


def test_a_bar_is_never_longer_than_its_frame() -> None:
    assert [
        share_of(Decimal(part), Decimal(whole)) for part, whole in ((1, 3), (2, 3), (5, 4), (0, 0), (-1, 4))
    ] == [
        33,
        67,
        100,
        0,
        0,
    ]


def test_full_width_figures_are_numbers_and_words_are_not() -> None:
    assert (whole_read("１２"), whole_read(" 1,200 "), whole_read("-3")) == (12, 1200, -3)
    for typed in ("", "十二", "1.5", "9" * 30, "1e3"):
        with pytest.raises(ValueError):
            whole_read(typed)


def test_a_number_is_kept_as_it_can_be_called() -> None:
    assert phone_read("０５７１—８８８８ ００００") == "0571-8888 0000"
    assert phone_read("110") == "110"
    for typed in ("值班室", "12", "javascript:1", "1;2"):
        with pytest.raises(ValueError):
            phone_read(typed)
