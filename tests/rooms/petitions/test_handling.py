"""The unit's answer: every claim on every part, sent by the head, read by the person, rated."""

from datetime import date

import pytest

from huiying.petitions import actions, selectors
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import Petition, Rating
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.matters import RatedSide, RatingScore, ServedHow
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    DAY,
    MONDAY,
    answer_all,
    approve,
    filing,
    handling,
    named,
    replied,
    settled,
)

BOTH = {RatedSide.OFFICE: RatingScore.SATISFIED, RatedSide.UNIT: RatingScore.DISSATISFIED}


def test_the_units_notice_meets_its_clock_and_is_sent_once(cast: Cast) -> None:
    petition = handling(cast, named())
    stale = Petition.objects.get(pk=petition.pk)
    actions.petition_notify(petition=petition, by=cast.officer_works, at=MONDAY + DAY)
    with pytest.raises(Overtaken):
        actions.petition_notify(petition=stale, by=cast.officer_works, at=MONDAY + DAY)
    assert petition.clocks.get(clock=Clock.NOTICE, unit_id=cast.units["works"].pk).met_at == MONDAY + DAY
    assert OutboxMessage.objects.filter(letter="petition_notified").count() == 1


@pytest.mark.parametrize("part", ["facts", "opinion", "basis", "remedy"])
def test_a_reply_cannot_leave_while_a_claim_lacks_a_part(cast: Cast, part: str) -> None:
    petition = handling(cast)
    answer_all(cast, petition, **{part: "  "})
    with pytest.raises(Incomplete) as refused:
        actions.reply_send(petition=petition, by=cast.head_works, at=MONDAY)
    assert set(refused.value.fields) == {f"1.{part}", f"2.{part}"}
    assert Petition.objects.get(pk=petition.pk).state == PetitionState.HANDLING
    assert not LedgerEvent.objects.filter(kind="reply.sent").exists()


def test_a_reply_cannot_leave_while_a_claim_has_no_outcome(cast: Cast) -> None:
    petition = handling(cast)
    with pytest.raises(Incomplete) as refused:
        actions.reply_send(petition=petition, by=cast.head_works, at=MONDAY)
    assert "1.outcome" in refused.value.fields


def test_a_complete_reply_meets_the_handling_clock(cast: Cast) -> None:
    petition = replied(cast, named())
    assert petition.clocks.get(clock=Clock.HANDLE).met_at == MONDAY
    assert OutboxMessage.objects.filter(letter="reply_sent").count() == 1


def test_a_late_reply_stays_late(cast: Cast) -> None:
    petition = handling(cast)
    answer_all(cast, petition)
    actions.reply_send(petition=petition, by=cast.head_works, at=MONDAY + 70 * DAY)
    clock = next(
        c for c in selectors.clocks_of(petition, today=date(2027, 1, 1)) if c.row.clock == Clock.HANDLE
    )
    assert clock.late


def test_an_officer_drafts_and_only_the_own_unit_sends(cast: Cast) -> None:
    petition = approve(cast, handling(cast))
    for nobody in (cast.officer_civil, cast.head_civil, cast.clerk):
        with pytest.raises(NotPermitted):
            actions.reply_send(petition=petition, by=nobody, at=MONDAY)
    with pytest.raises(NotThere):
        actions.reply_send(petition=petition, by=cast.outside_leader, at=MONDAY)


def test_after_the_reply_left_no_draft_changes_it(cast: Cast) -> None:
    petition = replied(cast)
    with pytest.raises(IllegalMove):
        answer_all(cast, petition, facts="改写")


def test_reading_the_answer_serves_it_and_starts_the_window_for_a_review(cast: Cast) -> None:
    petition = replied(cast, at=MONDAY)
    served = actions.reply_serve(
        petition=petition, how=ServedHow.PAGE, by=holder_actor(petition), at=MONDAY.replace(month=4, day=16)
    )
    # Vector T4: thirty days from 16 April end on Saturday 16 May; a person's window rolls to Monday.
    assert served.review_due_on == date(2026, 5, 18)
    assert petition.state == PetitionState.SETTLED


@pytest.mark.parametrize(
    ("kind", "clock", "parts"),
    [
        (PetitionKind.SUGGESTION, Clock.SUGGESTION, {"facts": "已研究，理由成立。", "opinion": "予以采纳。"}),
        (PetitionKind.ENQUIRY, Clock.ENQUIRY, {"opinion": "周一至周五上午办理，带身份证。"}),
    ],
)
def test_a_suggestion_and_an_enquiry_are_answered_in_their_own_time_and_open_no_review(
    cast: Cast, kind: PetitionKind, clock: Clock, parts: dict[str, str]
) -> None:
    petition = handling(cast, filing(kind=kind))
    row = petition.clocks.get(clock=clock)
    assert (row.unit_id, row.met_at) == (cast.units["works"].pk, None)  # the unit owes it now
    for claim in petition.claims.all():
        actions.claim_answer(claim=claim, outcome=None, by=cast.officer_works, at=MONDAY, **parts)
    actions.reply_send(petition=petition, by=cast.head_works, at=MONDAY + DAY)
    row.refresh_from_db()
    assert row.met_at == MONDAY + DAY
    served = actions.reply_serve(
        petition=petition, how=ServedHow.PAGE, by=holder_actor(petition), at=MONDAY + 2 * DAY
    )
    assert served.review_due_on is None
    assert not petition.clocks.filter(clock=Clock.REQUEST_REVIEW).exists()


def test_the_way_on_stands_in_a_requests_draft_from_the_beginning(cast: Cast) -> None:
    request, enquiry = handling(cast), handling(cast, filing(kind=PetitionKind.ENQUIRY))
    assert all("复查" in remedy for remedy in request.claims.values_list("remedy", flat=True))
    assert set(enquiry.claims.values_list("remedy", flat=True)) == {""}


def test_staff_cannot_say_that_the_person_read_it_before_it_was_sent(cast: Cast) -> None:
    petition = handling(cast)
    with pytest.raises(IllegalMove):
        actions.reply_serve(petition=petition, how=ServedHow.HAND, by=cast.clerk, at=MONDAY)


def test_both_sides_are_rated_once(cast: Cast) -> None:
    petition = settled(cast)
    actions.petition_rate(petition=petition, scores=BOTH, words="谢谢", at=MONDAY)
    with pytest.raises(Overtaken):
        actions.petition_rate(petition=petition, scores=BOTH, at=MONDAY)
    assert Rating.objects.count() == 2


def test_nothing_is_rated_before_it_was_answered(cast: Cast) -> None:
    with pytest.raises(IllegalMove):
        actions.petition_rate(petition=handling(cast), scores=BOTH, at=MONDAY)


def test_a_rating_needs_both_sides(cast: Cast) -> None:
    with pytest.raises(Incomplete) as refused:
        actions.petition_rate(petition=settled(cast), scores={}, at=MONDAY)
    assert set(refused.value.fields) == {"office", "unit"}


def test_the_history_names_kinds_of_actors_and_hides_drafts(cast: Cast) -> None:
    petition = settled(cast)
    kinds = [str(step.kind) for step in selectors.history_of(petition)]
    assert kinds == [
        "petition.filed",
        "petition.registered",
        "petition.accepted",
        "petition.assigned",
        "reply.sent",
        "execution.opened",  # both claims are supported
        "execution.opened",
        "reply.served",
    ]
