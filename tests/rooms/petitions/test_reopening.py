"""On new facts a settled matter is handled once more: a new period, a new answer; what left stays as it left."""

from datetime import date

import pytest

from huiying.petitions import actions
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import ReplyAnswer
from huiying.records.models import OutboxMessage
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import ServedHow
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere
from tests.cast import Cast
from tests.rooms.petitions.matters import DAY, MONDAY, answer_all, filing, handling, named, replied, settled

NEWS = "下雨后北段又塌了一处，上次没有写到。"
LATER = MONDAY + 30 * DAY


def test_an_outsider_a_unit_and_a_supervisor_reopen_nothing(cast: Cast) -> None:
    petition = settled(cast)
    with pytest.raises(NotThere):
        actions.petition_reopen(petition=petition, reason=NEWS, by=cast.outside_clerk, at=LATER)
    for who in (cast.officer_works, cast.head_works, cast.supervisor):
        with pytest.raises(NotPermitted):
            actions.petition_reopen(petition=petition, reason=NEWS, by=who, at=LATER)


def test_reopened_it_has_a_round_a_period_and_the_reason_is_told(cast: Cast) -> None:
    petition = settled(cast, named())
    with pytest.raises(Incomplete):
        actions.petition_reopen(petition=petition, reason=" ", by=cast.clerk, at=LATER)
    actions.petition_reopen(petition=petition, reason=NEWS, by=cast.clerk, at=LATER)
    petition.refresh_from_db()
    assert (petition.state, petition.round, petition.draft_state) == ("handling", 2, "writing")
    assert petition.clocks.get(clock=Clock.HANDLE, round=2).due_on == date(2026, 4, 5)
    assert petition.clocks.get(clock=Clock.HANDLE, round=1).met_at is not None
    assert petition.messages.get().text == NEWS
    assert OutboxMessage.objects.filter(letter="petition_reopened").count() == 1


def test_the_old_answer_stays_and_is_the_starting_text_of_the_new(cast: Cast) -> None:
    petition = settled(cast)
    old = list(ReplyAnswer.objects.values_list("claim__number", "facts"))
    actions.petition_reopen(petition=petition, reason=NEWS, by=cast.clerk, at=LATER)
    assert [claim.facts for claim in petition.claims.all()] == [facts for _, facts in old]
    answer_all(cast, petition, LATER, facts="北段塌方 3 米。")
    actions.reply_send(petition=petition, by=cast.head_works, at=LATER)
    actions.reply_serve(petition=petition, how=ServedHow.PAGE, by=holder_actor(petition), at=LATER)
    assert list(ReplyAnswer.objects.filter(reply__number=1).values_list("claim__number", "facts")) == old
    assert petition.replies.latest("number").number == 2
    assert petition.executions.filter(round=2).count() == 2


@pytest.mark.parametrize(
    ("kind", "clock", "due"),
    [
        (PetitionKind.ENQUIRY, Clock.ENQUIRY, date(2026, 2, 11)),
        (PetitionKind.SUGGESTION, Clock.SUGGESTION, date(2026, 4, 5)),
    ],
)
def test_each_kind_has_its_own_period_again(cast: Cast, kind: PetitionKind, clock: Clock, due: date) -> None:
    petition = settled(cast, filing(kind=kind))
    actions.petition_reopen(petition=petition, reason=NEWS, by=cast.clerk, at=LATER)
    assert petition.clocks.get(clock=clock, round=2).due_on == due


def test_only_a_settled_matter_is_reopened(cast: Cast) -> None:
    for petition in (handling(cast), replied(cast)):
        with pytest.raises(IllegalMove):
            actions.petition_reopen(petition=petition, reason=NEWS, by=cast.clerk, at=LATER)
