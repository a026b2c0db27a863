"""Warnings come from counts of matters; nothing about persons can reach the table."""

from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.rules.criteria import CRITERIA, MatterCounts, propose
from huiying.rules.levels import RESPONSE_BASIS, WARNING_BASIS, LegalBasis, Level, most_urgent


def counts(matters: int = 0, past_due: int = 0, unanswered: int = 0, danger: int = 0) -> MatterCounts:
    return MatterCounts(matters=matters, past_due=past_due, unanswered=unanswered, danger=danger)


@pytest.mark.parametrize(
    ("given_counts", "level", "criteria"),
    [
        pytest.param(counts(2, 0, 2), None, [], id="two new matters"),
        pytest.param(counts(3, 0, 3), Level.BLUE, ["unanswered"], id="a new concern"),
        pytest.param(counts(6, 0, 5), Level.YELLOW, ["unanswered"], id="several unanswered"),
        pytest.param(counts(5, 1, 1), Level.YELLOW, ["past_due_share"], id="a fifth past due"),
        pytest.param(counts(4, 4, 2), None, [], id="too few for a share"),
        pytest.param(counts(6, 3, 5), Level.ORANGE, ["past_due_share", "unanswered"], id="half past due"),
        pytest.param(counts(40, 0, 30), Level.ORANGE, ["unanswered"], id="many unanswered"),
        pytest.param(counts(120, 0, 100), Level.RED, ["unanswered"], id="widespread"),
        pytest.param(counts(1, 0, 1, 1), Level.RED, ["danger"], id="one person in danger"),
        pytest.param(counts(50, 0, 0), None, [], id="many matters, all answered"),
    ],
)
def test_counts_propose_a_level_with_reasons(
    given_counts: MatterCounts, level: Level | None, criteria: list[str]
) -> None:
    proposal = propose(given_counts)
    assert proposal.level is level
    assert [reason.criterion for reason in proposal.reasons] == criteria


def test_a_reason_shows_its_number_and_the_threshold_it_reached() -> None:
    reason = propose(counts(6, 3, 2)).reasons[0]
    assert (reason.value, reason.threshold) == (Fraction(1, 2), Fraction(1, 2))
    assert reason.sentence == "超过办理期限的比例：50%，达到橙色标准（50%）。"


def test_the_table_receives_counts_and_nothing_that_could_name_anyone() -> None:
    assert {field.name: field.type for field in fields(MatterCounts)} == {
        "matters": int,
        "past_due": int,
        "unanswered": int,
        "danger": int,
    }


@given(st.integers(0, 300), st.data())
def test_more_unanswered_matters_never_lower_the_level(matters: int, data: st.DataObject) -> None:
    unanswered = data.draw(st.integers(0, matters))
    fewer = propose(counts(matters, 0, unanswered)).level
    more = propose(counts(matters + 1, 0, unanswered + 1)).level
    assert (more.rank if more else 5) <= (fewer.rank if fewer else 5)


@pytest.mark.parametrize("wrong", [(1, 2, 0, 0), (1, 0, 2, 0), (1, 0, 0, 2), (1, -1, 0, 0)])
def test_impossible_counts_are_refused(wrong: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"negative|larger"):
        counts(*wrong)


def test_every_criterion_lists_its_most_urgent_threshold_first() -> None:
    for criterion in CRITERIA:
        ranks = [level.rank for level, _ in criterion.thresholds]
        values = [least for _, least in criterion.thresholds]
        assert ranks == sorted(ranks)
        assert values == sorted(values, reverse=True)


def test_levels_run_from_red_one_to_blue_four_and_say_what_they_rest_on() -> None:
    assert [(level.rank, level.roman) for level in Level] == [(1, "I"), (2, "II"), (3, "III"), (4, "IV")]
    assert all(level.meaning and level.label and level.response_label for level in Level)
    assert most_urgent([Level.BLUE, Level.ORANGE]) is Level.ORANGE
    assert most_urgent([]) is None
    assert (WARNING_BASIS, RESPONSE_BASIS) == (LegalBasis.LOCAL, LegalBasis.ERL_71)
    assert all(basis.label for basis in LegalBasis)
