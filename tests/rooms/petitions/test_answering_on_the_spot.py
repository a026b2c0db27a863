"""An enquiry that the counter can answer: filed, registered, answered, taken home in one go."""

from datetime import timedelta

import pytest

from huiying.petitions import actions, duties, selectors
from huiying.petitions.models import Petition
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.officers import Officer
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import Channel, PetitionKind, PetitionState
from huiying.rules.matters import RatedSide, RatingScore, RecusalGround
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import IN_STATE, MONDAY, filing, named

ANSWERS = {1: "到镇便民中心 3 号窗口办理。", 2: "带身份证即可。"}


def asked(cast: Cast, channel: Channel = Channel.VISIT, **changes: object) -> Petition:
    """An enquiry that the clerk has taken down and registered."""
    what = filing(kind=PetitionKind.ENQUIRY, channel=channel, **changes)
    petition = actions.petition_file(filing=what, body=cast.body, by=cast.clerk, at=MONDAY).petition
    return actions.petition_register(petition=petition, by=cast.clerk, at=MONDAY)


def answer(cast: Cast, petition: Petition, answers: dict[int, str] = ANSWERS, **changes: object) -> object:
    told = {"answered_by": cast.staff["officer_civil"], "by": cast.clerk, "at": MONDAY, **changes}
    return actions.enquiry_answer(petition=petition, answers=answers, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["officer_works", "head_works", "supervisor", "duty_officer", "auditor"])
def test_nobody_but_the_counter_answers_on_the_spot(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        answer(cast, asked(cast), by=getattr(cast, who))


def test_another_bodys_counter_does_not_find_it(cast: Cast) -> None:
    with pytest.raises(NotThere):
        answer(cast, asked(cast), by=cast.outside_clerk)


def test_whoever_stands_there_takes_the_answer_home_and_every_period_is_met(cast: Cast) -> None:
    petition = asked(cast)
    answer(cast, petition, basis="便民服务规定")

    assert petition.state == PetitionState.SETTLED
    assert [row.opinion for row in petition.replies.get().answers.order_by("claim__number")] == [
        *ANSWERS.values()
    ]
    assert petition.liaison == cast.staff["officer_civil"]
    clocks = petition.clocks.filter(clock__in=(Clock.ROUTE, Clock.NOTICE, Clock.ENQUIRY))
    assert [row.met_at for row in clocks] == [MONDAY] * 3
    assert not petition.clocks.filter(clock=Clock.REQUEST_REVIEW).exists()
    kinds = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(petition.pk)).order_by("id")
    told = [event.kind for event in kinds]
    assert told == ["petition.filed", "petition.registered", "reply.sent", "reply.served"]
    assert kinds[2].facts == {"on_the_spot": True, "staff": cast.staff["officer_civil"].pk}


def test_who_rang_is_told_that_there_is_an_answer_and_opens_it_by_the_code(cast: Cast) -> None:
    what = named(kind=PetitionKind.ENQUIRY, channel=Channel.CALL)
    petition = actions.petition_file(filing=what, body=cast.body, by=cast.clerk, at=MONDAY).petition
    actions.petition_register(petition=petition, by=cast.clerk, at=MONDAY)
    answer(cast, petition)

    assert petition.state == PetitionState.REPLIED
    assert OutboxMessage.objects.filter(letter="reply_sent").count() == 1


def test_the_person_rates_it_like_any_other_answer(cast: Cast) -> None:
    petition = asked(cast)
    answer(cast, petition)

    scores = dict.fromkeys(RatedSide, RatingScore.SATISFIED)
    assert len(actions.petition_rate(petition=petition, scores=scores, at=MONDAY)) == 2


def test_a_question_without_an_answer_is_named_and_nothing_changes(cast: Cast) -> None:
    petition = asked(cast)
    with pytest.raises(Incomplete) as refusal:
        answer(cast, petition, {1: "三号窗口。"})

    assert set(refusal.value.fields) == {"2.opinion"}
    petition.refresh_from_db()
    assert petition.state == PetitionState.REGISTERED


def test_it_says_who_answered(cast: Cast) -> None:
    with pytest.raises(Incomplete) as refusal:
        answer(cast, asked(cast), answered_by=cast.staff["outside_clerk"])

    assert set(refusal.value.fields) == {"answered_by"}


def test_whoever_is_recused_is_not_the_one_who_answered(cast: Cast) -> None:
    petition = asked(cast)
    civil = cast.staff["officer_civil"]
    about = RecusalGround.COMPLAINED_OF
    actions.petition_recuse(petition=petition, staff=civil, ground=about, by=cast.clerk, at=MONDAY)
    with pytest.raises(Incomplete) as refusal:
        answer(cast, petition)

    assert set(refusal.value.fields) == {"answered_by"}
    petition.refresh_from_db()
    assert (petition.state, petition.liaison) == (PetitionState.REGISTERED, None)


@pytest.mark.parametrize("kind", [PetitionKind.REQUEST, PetitionKind.SUGGESTION, PetitionKind.ACCUSATION])
def test_nothing_but_an_enquiry_is_answered_on_the_spot(cast: Cast, kind: PetitionKind) -> None:
    petition = asked(cast)
    Petition.objects.filter(pk=petition.pk).update(kind=kind)
    petition.refresh_from_db()
    with pytest.raises(Refusal) as refusal:
        answer(cast, petition)

    assert refusal.value.rule == "reply.on_the_spot"


@pytest.mark.parametrize("state", set(IN_STATE) - {PetitionState.REGISTERED})
def test_only_a_registered_enquiry_is(cast: Cast, state: PetitionState) -> None:
    petition = IN_STATE[state](cast)
    Petition.objects.filter(pk=petition.pk).update(kind=PetitionKind.ENQUIRY)
    petition.refresh_from_db()
    with pytest.raises(IllegalMove):
        answer(cast, petition)


def test_reopened_it_waits_to_be_assigned_to_a_unit_that_answers_anew(cast: Cast) -> None:
    petition = asked(cast)
    answer(cast, petition)
    later = MONDAY + timedelta(days=1)
    actions.petition_reopen(petition=petition, reason="窗口说不能办", by=cast.clerk, at=later)

    assert (petition.state, petition.handling_unit, petition.round) == (PetitionState.ACCEPTED, None, 2)
    assert petition.clocks.get(clock=Clock.ENQUIRY, round=2).unit_id is None
    civil = cast.units["civil"]
    actions.petition_assign(petition=petition, unit=civil, by=cast.clerk, at=later)
    assert petition.state == PetitionState.HANDLING
    assert petition.clocks.get(clock=Clock.ENQUIRY, round=2).unit_id == civil.pk


def test_the_unit_that_answers_anew_does_not_read_how_the_counter_was_rated(cast: Cast) -> None:
    petition = asked(cast)
    answer(cast, petition)
    scores = dict.fromkeys(RatedSide, RatingScore.DISSATISFIED)
    actions.petition_rate(petition=petition, scores=scores, shown_to_unit=True, at=MONDAY)
    later = MONDAY + timedelta(days=1)
    actions.petition_reopen(petition=petition, reason="窗口说不能办", by=cast.clerk, at=later)
    actions.petition_assign(petition=petition, unit=cast.units["civil"], by=cast.clerk, at=later)

    def told(viewer: Officer) -> set[str]:
        return {step.kind for step in selectors.history_of(petition, inside=True, viewer=viewer)}

    assert duties.ratings_of(cast.head_civil, petition) == ()
    assert "petition.rated" not in told(cast.head_civil)
    assert len(duties.ratings_of(cast.clerk, petition)) == 2
    assert "petition.rated" in told(cast.clerk)
