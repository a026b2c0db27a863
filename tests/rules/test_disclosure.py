"""The release gate: no count below five, shown or worked out."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.rules.disclosure import Released, Sum, Table, count_once, crosstab, is_safe, listing, release


def test_a_table_of_large_counts_goes_out_whole() -> None:
    table = crosstab({("a", "x"): 5, ("a", "y"): 12, ("b", "x"): 30, ("b", "y"): 7})
    assert release(table).withheld == frozenset()


def test_a_small_count_is_withheld_together_with_one_that_would_give_it_away() -> None:
    answer = release(listing({"a": 2, "b": 9, "c": 12}))
    assert answer.value("a") is None
    assert answer.shown == {"c": 12, "*": 23}


def test_two_small_counts_are_not_told_as_their_sum() -> None:
    answer = release(listing({"a": 2, "b": 2, "c": 12, "d": 30}))
    assert answer.shown == {"d": 30, "*": 46}


def test_a_small_cell_of_a_two_way_table_is_guarded_along_its_row_and_its_column() -> None:
    counts = dict(zip(product("abc", "xyz"), (2, 12, 20, 30, 7, 9, 11, 12, 13), strict=True))
    answer = release(crosstab(counts))
    assert {"a|x"} < answer.withheld
    assert len(answer.withheld) == 4
    assert is_safe([answer])


def test_the_guarded_table_would_be_unsafe_with_one_cell_less_withheld() -> None:
    counts = dict(zip(product("abc", "xyz"), (2, 12, 20, 30, 7, 9, 11, 12, 13), strict=True))
    answer = release(crosstab(counts))
    for name in answer.withheld:
        assert not is_safe([Released(answer.table, answer.withheld - {name})])


def test_zero_is_shown_because_it_tells_of_nobody() -> None:
    assert release(listing({"a": 0, "b": 9, "c": 12})).shown == {"a": 0, "b": 9, "c": 12, "*": 21}


def test_a_count_that_grew_by_less_than_five_waits() -> None:
    earlier = release(listing({"a": 10, "b": 20, "c": 30}))
    later = release(listing({"a": 12, "b": 20, "c": 30}), already_released=[earlier])
    assert later.shown == {"b": 20, "c": 30}
    assert is_safe([earlier, later])


def test_growth_of_five_or_more_is_shown() -> None:
    earlier = release(listing({"a": 10, "b": 20, "c": 30}))
    later = release(listing({"a": 15, "b": 20, "c": 30}), already_released=[earlier])
    assert later.withheld == frozenset()


def test_a_cell_withheld_once_is_not_given_by_a_second_table_that_shares_its_total() -> None:
    first = release(
        Table({"一季度": 40, "一月": 2, "二月": 8, "三月": 30}, (Sum("一季度", ("一月", "二月", "三月")),))
    )
    assert first.shown == {"一季度": 40, "三月": 30}
    second = release(
        Table({"二月": 8, "二月网上": 8, "二月来访": 0}, (Sum("二月", ("二月网上", "二月来访")),)),
        already_released=[first],
    )
    assert "二月" in second.withheld
    assert is_safe([first, second])


def test_near_copies_count_once() -> None:
    assert count_once(["g1", "g1", "g2", "g1"]) == 2


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="sum"):
        Table({"*": 3, "a": 1}, (Sum("*", ("a",)),))


def test_nothing_new_can_mend_earlier_tables_that_already_give_a_count_away() -> None:
    leaking = Released(listing({"a": 2, "b": 9}), frozenset({"a"}))
    with pytest.raises(ValueError, match="earlier"):
        release(listing({"x": 9}), already_released=[leaking])


CELLS = st.lists(st.integers(0, 14), min_size=9, max_size=9)


@settings(max_examples=40, deadline=None)
@given(CELLS, st.lists(st.integers(0, 8), min_size=9, max_size=9))
def test_whatever_the_counts_two_releases_in_a_row_give_nothing_below_five(
    first: list[int], growth: list[int]
) -> None:
    keys = list(product("abc", "xyz"))
    earlier = release(crosstab(dict(zip(keys, first, strict=True))))
    grown = [before + more for before, more in zip(first, growth, strict=True)]
    later = release(crosstab(dict(zip(keys, grown, strict=True))), already_released=[earlier])
    assert is_safe([earlier])
    assert is_safe([earlier, later])
