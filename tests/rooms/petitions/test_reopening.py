"""On new facts a settled matter is handled once more: a new period, a new answer; what left stays as it left."""

from datetime import date

import pytest

from huiying.petitions import actions, duties, selectors, waiting
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import Petition, ReplyAnswer
from huiying.records.models import OutboxMessage
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import RatedSide, RatingScore, ServedHow
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken
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


def _answered_again(cast: Cast, petition: Petition) -> None:
    actions.petition_reopen(petition=petition, reason=NEWS, by=cast.clerk, at=LATER)
    answer_all(cast, petition, LATER, facts="北段塌方 3 米。")
    actions.reply_send(petition=petition, by=cast.head_works, at=LATER)
    actions.reply_serve(petition=petition, how=ServedHow.PAGE, by=holder_actor(petition), at=LATER)


def test_each_answer_is_rated_once_and_the_first_rating_stays(cast: Cast) -> None:
    petition = settled(cast)
    low, good = (
        dict.fromkeys(RatedSide, score) for score in (RatingScore.DISSATISFIED, RatingScore.SATISFIED)
    )
    actions.petition_rate(petition=petition, scores=low, words="没有解决。", at=MONDAY)
    _answered_again(cast, petition)
    actions.petition_rate(petition=petition, scores=good, words="这次好了。", at=LATER)

    told = petition.ratings.filter(side="unit").order_by("round").values_list("round", "score", "words")
    assert list(told) == [(1, "dissatisfied", "没有解决。"), (2, "satisfied", "这次好了。")]
    assert {rating.unit for rating in petition.ratings.all()} == {cast.units["works"]}
    with pytest.raises(Overtaken):
        actions.petition_rate(petition=petition, scores=good, at=LATER)


def test_a_second_low_rating_has_a_follow_up_of_its_own_with_its_own_words(cast: Cast) -> None:
    petition = settled(cast)
    low = dict.fromkeys(RatedSide, RatingScore.DISSATISFIED)
    actions.petition_rate(petition=petition, scores=low, words="第一次。", at=MONDAY)
    _answered_again(cast, petition)
    actions.petition_rate(petition=petition, scores=low, words="第二次。", at=LATER)

    waits = [(row.follow_up.round, row.words) for row in waiting.follow_ups_rated(cast.clerk)]
    assert waits == [(1, "第一次。"), (1, "第一次。"), (2, "第二次。"), (2, "第二次。")]


def test_whoever_rates_while_it_is_opened_again_rates_nothing(cast: Cast) -> None:
    petition = settled(cast)
    seen = Petition.objects.get(pk=petition.pk)
    actions.petition_reopen(petition=petition, reason=NEWS, by=cast.clerk, at=LATER)
    with pytest.raises(Overtaken):
        scores = dict.fromkeys(RatedSide, RatingScore.SATISFIED)
        actions.petition_rate(petition=seen, scores=scores, at=LATER)
    assert not petition.ratings.exists()


def test_a_round_kept_from_the_unit_stands_in_no_history_of_the_unit(cast: Cast) -> None:
    petition = settled(cast)
    scores = dict.fromkeys(RatedSide, RatingScore.SATISFIED)
    actions.petition_rate(petition=petition, scores=scores, at=MONDAY)
    _answered_again(cast, petition)
    actions.petition_rate(petition=petition, scores=scores, shown_to_unit=True, at=LATER)

    told = {step.kind for step in selectors.history_of(petition, inside=True, viewer=cast.head_works)}
    assert "petition.rated" not in told
    assert [rating.round for rating in duties.ratings_of(cast.head_works, petition)] == [2]
