"""The draft on its way through the unit: submitted complete, returned with words, approved, sent; touched, it starts anew."""

from collections.abc import Callable

import pytest

from huiying.petitions import actions
from huiying.petitions.models import DraftStep, Petition, Recusal
from huiying.records.models import LedgerEvent
from huiying.rules.lifecycle.draft import LIFECYCLE, DraftState
from huiying.rules.matters import RecusalGround
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken
from tests.cast import Cast
from tests.rooms.petitions.matters import DAY, MONDAY, answer_all, approve, handling, submit


def send_back(cast: Cast, petition: Petition) -> Petition:
    """Submitted and returned."""
    submit(cast, petition)
    return actions.draft_return(petition=petition, words="请写明日期", by=cast.head_works, at=MONDAY)


READY: dict[DraftState, Callable[[Cast, Petition], object]] = {
    DraftState.WRITING: answer_all,
    DraftState.SUBMITTED: submit,
    DraftState.RETURNED: send_back,
    DraftState.APPROVED: approve,
}
# draft state → what the officer, and what the head can do with it
OFFICER = {
    DraftState.WRITING: {"submit"},
    DraftState.SUBMITTED: set(),
    DraftState.RETURNED: {"submit"},
    DraftState.APPROVED: {"send"},
}
HEAD = {
    DraftState.WRITING: {"submit", "send"},
    DraftState.SUBMITTED: {"return", "approve", "send"},
    DraftState.RETURNED: {"submit", "send"},
    DraftState.APPROVED: {"send"},
}
ACTS = {
    "submit": actions.draft_submit,
    "approve": actions.draft_approve,
    "return": lambda **given: actions.draft_return(words="请补充", **given),
    "send": actions.reply_send,
}


@pytest.mark.parametrize("state", DraftState)
@pytest.mark.parametrize(("who", "table"), [("officer_works", OFFICER), ("head_works", HEAD)])
@pytest.mark.parametrize("act", ACTS)
def test_each_draft_state_admits_what_the_table_says(
    cast: Cast, state: DraftState, who: str, table: dict[DraftState, set[str]], act: str
) -> None:
    petition = handling(cast)
    READY[state](cast, petition)
    petition.refresh_from_db()
    assert petition.draft_state == state
    if act in table[state]:
        ACTS[act](petition=petition, by=getattr(cast, who), at=MONDAY)
        return
    with pytest.raises((IllegalMove, NotPermitted)):
        ACTS[act](petition=petition, by=getattr(cast, who), at=MONDAY)
    assert Petition.objects.get(pk=petition.pk).draft_state == state


@pytest.mark.parametrize("who", ["officer_civil", "head_civil", "clerk", "supervisor"])
def test_another_units_people_touch_no_draft(cast: Cast, who: str) -> None:
    petition = submit(cast, handling(cast))
    for act in ACTS.values():
        with pytest.raises(NotPermitted):
            act(petition=petition, by=getattr(cast, who), at=MONDAY)
    with pytest.raises(NotThere):
        actions.draft_approve(petition=petition, by=cast.outside_leader, at=MONDAY)


def test_an_incomplete_draft_is_not_submitted_and_stays_where_it_was(cast: Cast) -> None:
    petition = handling(cast)
    answer_all(cast, petition, opinion=" ")
    with pytest.raises(Incomplete) as refused:
        actions.draft_submit(petition=petition, by=cast.officer_works, at=MONDAY)
    assert set(refused.value.fields) == {"1.opinion", "2.opinion"}
    assert Petition.objects.get(pk=petition.pk).draft_state == DraftState.WRITING
    assert not DraftStep.objects.exists()


def test_a_draft_is_returned_with_words_or_not_at_all(cast: Cast) -> None:
    petition = submit(cast, handling(cast))
    for words in (" ", "长" * 2_001):
        with pytest.raises(Incomplete) as refused:
            actions.draft_return(petition=petition, words=words, by=cast.head_works, at=MONDAY)
        assert set(refused.value.fields) == {"words"}
    actions.draft_return(petition=petition, words="请写明哪一天清淤", by=cast.head_works, at=MONDAY)
    step = DraftStep.objects.latest("id")
    assert (step.state, step.words, step.taken_by_id) == (
        "returned",
        "请写明哪一天清淤",
        cast.head_works.staff_id,
    )


def test_the_words_of_a_return_stay_out_of_the_ledger(cast: Cast) -> None:
    petition = send_back(cast, handling(cast))
    event = LedgerEvent.objects.get(kind="draft.returned", subject_id=str(petition.pk))
    assert event.facts == {"round": 1}


@pytest.mark.parametrize("state", [DraftState.SUBMITTED, DraftState.APPROVED])
def test_an_answer_that_changes_takes_the_draft_back(cast: Cast, state: DraftState) -> None:
    petition = handling(cast)
    READY[state](cast, petition)
    answer_all(cast, petition, facts="另查明，路面也已塌陷。")
    petition.refresh_from_db()
    assert petition.draft_state == DraftState.WRITING
    with pytest.raises(IllegalMove):
        actions.reply_send(petition=petition, by=cast.officer_works, at=MONDAY)


def test_the_heads_sending_approves_and_both_are_on_record(cast: Cast) -> None:
    petition = handling(cast)
    answer_all(cast, petition)
    actions.reply_send(petition=petition, by=cast.head_works, at=MONDAY + DAY)
    assert list(DraftStep.objects.values_list("state", flat=True)) == ["approved"]
    kinds = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(petition.pk)).order_by("id")
    told = [kind for kind in kinds.values_list("kind", flat=True) if not kind.startswith("execution.")]
    assert told[-2:] == ["draft.approved", "reply.sent"]


def test_who_is_recused_neither_approves_nor_sends(cast: Cast) -> None:
    petition = submit(cast, handling(cast))
    Recusal.objects.create(
        petition=petition,
        staff_id=cast.head_works.staff_id,
        ground=RecusalGround.INTEREST,
        recused_at=MONDAY,
    )
    for act in (actions.draft_approve, actions.reply_send):
        with pytest.raises((NotPermitted, NotThere)):
            act(petition=petition, by=cast.head_works, at=MONDAY)


def test_of_two_who_decide_on_one_draft_the_first_wins(cast: Cast) -> None:
    petition = submit(cast, handling(cast))
    stale = Petition.objects.get(pk=petition.pk)
    actions.draft_approve(petition=petition, by=cast.head_works, at=MONDAY)
    with pytest.raises(Overtaken):
        actions.draft_return(petition=stale, words="请补充", by=cast.head_works, at=MONDAY)
    assert DraftStep.objects.filter(state="returned").count() == 0


def test_a_matter_that_goes_to_a_unit_begins_with_a_draft_in_writing(cast: Cast) -> None:
    petition = handling(cast)
    assert petition.draft_state == DraftState.WRITING
    assert {move.action for move in LIFECYCLE.moves} == {
        "draft_submit",
        "draft_return",
        "draft_approve",
        "claim_answer",
        "reply_send",
    }
