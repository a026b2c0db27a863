"""Every lifecycle as a table: complete, closed, and explained when it says no."""

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.rules import lifecycle
from huiying.rules.lifecycle import (
    ALL,
    INCIDENT,
    NOTICE,
    ORDER,
    PETITION,
    Channel,
    ClaimOutcome,
    Confidentiality,
    IncidentState,
    Lifecycle,
    NoticeState,
    OrderState,
    PetitionKind,
    PetitionState,
    ReportKind,
)
from huiying.rules.lifecycle.claim import MUST_BE_EXECUTED
from huiying.rules.lifecycle.mermaid import diagram
from huiying.rules.refusals import IllegalMove

each_lifecycle = pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)

# Where each table ends. A state that gains a way out must be taken off here on purpose.
ENDS = {
    "petition": {"declined", "concluded"},
    "assistance": {"answered"},
    "draft": set(),
    "execution": {"verified"},
    "extension": {"approved", "refused"},
    "follow_up": {"closed"},
    "objection": {"agreed", "refused"},
    "retaliation": {"answered"},
    "spam": {"lifted"},
    "issue": {"closed"},
    "warning": {"lifted", "dismissed"},
    "plan": {"superseded"},
    "incident": {"ended", "dismissed"},
    "order": {"done", "refused"},
    "report": {"sent", "dropped"},
    "notice": {"withdrawn"},
    "evaluation": {"adopted"},
    "corrective": {"verified"},
    "addendum": {"ended"},
    "call_out": {"called_off", "acknowledged"},
    "capacity": {"dropped"},
    "loan": {"returned", "lost"},
    "opinion": set(),
    "roster": {"published", "dropped"},
    "suggestion": {"adopted", "declined"},
    "swap": {"agreed", "declined", "withdrawn"},
}


def reachable(table: Lifecycle[Any]) -> set[StrEnum]:
    found: set[StrEnum] = set()
    ahead = list(table.initial)
    while ahead:
        state = ahead.pop()
        if state not in found:
            found.add(state)
            ahead += [move.to for move in table.moves_from(state)]
    return found


@each_lifecycle
def test_every_state_can_be_reached_unless_it_is_reserved(table: Lifecycle[Any]) -> None:
    assert reachable(table) == set(table.states) - table.reserved


@each_lifecycle
def test_a_terminal_state_has_no_way_out(table: Lifecycle[Any]) -> None:
    assert {str(state) for state in table.terminal} == ENDS[table.name]


@each_lifecycle
def test_every_move_has_a_label_an_action_and_an_article(table: Lifecycle[Any]) -> None:
    assert all(move.label and move.action and move.article for move in table.moves)


@given(data=st.data(), table=st.sampled_from(ALL))
def test_no_sequence_of_legal_moves_reaches_an_undefined_state(
    data: st.DataObject, table: Lifecycle[Any]
) -> None:
    state = data.draw(st.sampled_from(table.initial))
    for wanted in data.draw(st.lists(st.sampled_from(list(table.states)), max_size=12)):
        if table.can(state, wanted):
            state = table.check(state, wanted).to
        else:
            with pytest.raises(IllegalMove):
                table.check(state, wanted)
        assert state in table.states
        assert state not in table.reserved


def test_a_refused_move_says_where_it_stands_and_what_can_be_done() -> None:
    with pytest.raises(IllegalMove) as refusal:
        PETITION.check(PetitionState.REGISTERED, PetitionState.SETTLED)
    assert "已登记" in refusal.value.message
    assert "受理" in refusal.value.remedy
    assert refusal.value.article


def test_a_refused_move_from_the_last_state_says_that_it_is_the_last() -> None:
    with pytest.raises(IllegalMove, match=r"已下达|已完成") as refusal:
        ORDER.check(OrderState.DONE, OrderState.SENT)
    assert "最后状态" in refusal.value.remedy


def test_a_petition_can_be_withdrawn_from_any_state_before_it_is_answered() -> None:
    open_states = {state for state in PetitionState if PETITION.can(state, PetitionState.WITHDRAWN)}
    assert open_states == {
        PetitionState.RECEIVED,
        PetitionState.REGISTERED,
        PetitionState.ACCEPTED,
        PetitionState.REFERRED,
        PetitionState.HANDLING,
    }


def test_an_unverified_report_cannot_start_a_response() -> None:
    assert not INCIDENT.can(IncidentState.REPORTED, IncidentState.ACTIVE)
    assert INCIDENT.can(IncidentState.VERIFIED, IncidentState.ACTIVE)


def test_a_notice_cannot_be_published_unapproved_nor_vanish_once_published() -> None:
    assert [move.frm for move in NOTICE.moves if move.to is NoticeState.PUBLISHED] == [NoticeState.APPROVED]
    assert not NOTICE.can(NoticeState.PUBLISHED, NoticeState.DRAFT)


def test_stored_text_is_read_as_a_state() -> None:
    assert PETITION.check("received", "registered").action == "petition_register"  # type: ignore[arg-type]


def test_a_table_that_names_a_move_twice_is_refused() -> None:
    move = PETITION.moves[0]
    with pytest.raises(ValueError, match="two rows"):
        Lifecycle("x", PetitionState, (move, move), title="", initial=(PetitionState.RECEIVED,))


@pytest.mark.parametrize(
    "words",
    [*(table.states for table in ALL), PetitionKind, Channel, Confidentiality, ClaimOutcome, ReportKind],
)
def test_every_word_has_a_chinese_label_of_its_own(words: type[StrEnum]) -> None:
    labels = [word.label for word in words]  # type: ignore[attr-defined]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_each_outcome_says_what_the_unit_then_owes() -> None:
    assert all(outcome.meaning for outcome in ClaimOutcome)
    assert {ClaimOutcome.SUPPORTED} == MUST_BE_EXECUTED


@each_lifecycle
def test_the_diagram_shows_every_state_and_every_move(table: Lifecycle[Any]) -> None:
    drawn = diagram(table)
    assert all(f" as {state.value}" in drawn for state in table.states)
    assert all(f"{move.frm.value} --> {move.to.value}: {move.label}" in drawn for move in table.moves)


def test_all_lists_every_lifecycle_of_the_package() -> None:
    tables = {value for value in vars(lifecycle).values() if isinstance(value, Lifecycle)}
    assert tables == set(ALL)
