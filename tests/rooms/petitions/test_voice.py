"""What the person says and does on their own page: idempotent, bounded, beside what was said, never over it."""

import uuid
from datetime import timedelta

import pytest

from huiying.petitions import actions, codes, selectors
from huiying.petitions.actions import asking
from huiying.petitions.duties import ratings_of
from huiying.petitions.gate import petition_for_code
from huiying.petitions.models import FollowUp, Message, Petition, Rating, RetaliationReport
from huiying.petitions.renewal import mark_of, renewed_code
from huiying.petitions.voices import messages_for
from huiying.records.models import LedgerEvent
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.matters import MessageKind, RatedSide, RatingScore, Speaker
from huiying.rules.refusals import IllegalMove, Incomplete, NotThere, Overtaken
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    DAY,
    IN_STATE,
    MONDAY,
    WORDS,
    accepted,
    confidential,
    declined,
    filed,
    filing,
    handling,
    referred,
    registered,
    settled,
    shield,
)

LATER = MONDAY + timedelta(hours=5)
GIVEN_UP = MONDAY + 2 * DAY


def events(petition: Petition) -> list[str]:
    about = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(petition.pk))
    return [str(event.kind) for event in about.order_by("id")]


# ---------- messages ----------


def test_a_message_is_kept_as_said_and_said_once_however_often_it_is_sent(cast: Cast) -> None:
    petition, key = registered(cast), uuid.uuid4()
    first = actions.message_say(petition=petition, text=" 昨天又堵了 \r\n", said_key=key, at=LATER)
    again = actions.message_say(petition=petition, text="昨天又堵了", said_key=key, at=LATER)
    assert (first.pk, first.text, first.speaker) == (again.pk, "昨天又堵了", Speaker.PERSON)
    assert Message.objects.count() == 1
    assert events(petition).count("message.said") == 1


def test_the_key_of_one_petition_says_nothing_on_another(cast: Cast) -> None:
    key = uuid.uuid4()
    actions.message_say(petition=registered(cast), text="第一件", said_key=key, at=LATER)
    with pytest.raises(Overtaken):
        actions.message_say(
            petition=registered(cast, filing(text="另一件")), text="x", said_key=key, at=LATER
        )


@pytest.mark.parametrize(("text", "sentence"), [("  \x00 ", "请写下"), ("长" * 2_001, "不超过 2000 字")])
def test_an_empty_or_too_long_message_says_so_at_its_field(cast: Cast, text: str, sentence: str) -> None:
    with pytest.raises(Incomplete) as refused:
        actions.message_say(petition=registered(cast), text=text, at=LATER)
    assert sentence in refused.value.fields["text"]
    assert not Message.objects.exists()


def test_the_fifty_first_of_a_day_waits_for_tomorrow(cast: Cast) -> None:
    petition = registered(cast)
    for number in range(50):
        actions.message_say(petition=petition, text=f"第{number}句", at=LATER)
    with pytest.raises(Incomplete):
        actions.message_say(petition=petition, text="再一句", at=LATER)
    assert actions.message_say(petition=petition, text="再一句", at=LATER + DAY).pk


def test_the_ledger_knows_that_something_was_said_and_not_what(cast: Cast) -> None:
    actions.message_say(petition=registered(cast), text="只在这里的话", at=LATER)
    assert "只在这里的话" not in str(list(LedgerEvent.objects.values_list("facts", flat=True)))


def test_nobody_answers_for_what_was_taken_back_and_the_page_says_so(cast: Cast) -> None:
    with pytest.raises(IllegalMove) as refused:
        actions.message_say(petition=IN_STATE[PetitionState.WITHDRAWN](cast), text="在吗", at=LATER)
    assert "恢复办理" in refused.value.remedy


def test_what_the_office_said_is_marked_when_the_person_has_seen_it(cast: Cast) -> None:
    petition = registered(cast)
    asked = Message.objects.create(
        petition=petition, speaker=Speaker.OFFICE, kind=MessageKind.QUESTION, text="哪一段？", said_at=MONDAY
    )
    mine = actions.message_say(petition=petition, text="桥头那段", at=LATER)
    assert actions.messages_read(petition=petition, at=LATER) == 1
    assert actions.messages_read(petition=petition, at=LATER + DAY) == 0
    asked.refresh_from_db()
    mine.refresh_from_db()
    assert (asked.read_at, mine.read_at) == (LATER, None)


def test_of_a_confidential_petition_the_unit_reads_only_what_was_passed_on_and_only_its_copy(
    cast: Cast,
) -> None:
    petition = handling(cast, confidential())
    message = actions.message_say(petition=petition, text="我是桥头第三家的。", at=LATER)
    assert messages_for(cast.officer_works, petition) == ()
    assert [seen.text for seen in messages_for(cast.clerk, petition)] == ["我是桥头第三家的。"]
    asking.message_pass(message=message, shielded_text="信访人住在附近。", by=cast.clerk, at=LATER)
    assert [seen.text for seen in messages_for(cast.officer_works, petition)] == ["信访人住在附近。"]


# ---------- corrections ----------


def test_a_correction_stands_beside_what_was_said(cast: Cast) -> None:
    petition, key = handling(cast), uuid.uuid4()
    for _click in range(2):
        actions.petition_correct(petition=petition, text="不是两个月，是三个月。", said_key=key, at=LATER)
    assert [*petition.submissions.order_by("id").values_list("text", flat=True)] == [
        WORDS,
        "不是两个月，是三个月。",
    ]
    assert Message.objects.get().kind == MessageKind.CORRECTION
    assert "不是两个月" in selectors.words_for(cast.officer_works, petition).text


def test_a_corrected_confidential_petition_waits_for_a_new_copy_and_the_unit_keeps_the_old_one(
    cast: Cast,
) -> None:
    petition = handling(cast, confidential())
    actions.petition_correct(petition=petition, text="我住在桥头第三家。", at=LATER)
    petition.refresh_from_db()
    assert petition.shielded_at is None
    seen = selectors.words_for(cast.officer_works, petition)
    assert "桥头第三家" not in seen.text
    assert "水渠堵塞" in seen.text
    shield(cast, petition, LATER)
    petition.refresh_from_db()
    assert petition.shielded_at == LATER


def test_after_the_answer_a_correction_is_news_and_moves_nothing_by_itself(cast: Cast) -> None:
    petition = settled(cast, confidential())
    actions.petition_correct(petition=petition, text="又塌了一段。", at=LATER)
    petition.refresh_from_db()
    assert petition.state == PetitionState.SETTLED
    assert petition.shielded_at is not None
    news = LedgerEvent.objects.get(kind="petition.corrected")
    assert news.facts == {"answered": True}


@pytest.mark.parametrize("left", [declined, referred, IN_STATE[PetitionState.WITHDRAWN]])
def test_what_is_no_longer_here_is_not_corrected(cast: Cast, left) -> None:
    with pytest.raises(IllegalMove):
        actions.petition_correct(petition=left(cast), text="不对", at=LATER)


# ---------- the code ----------


def test_a_new_code_opens_and_the_old_one_is_dead_at_once(cast: Cast) -> None:
    receipt = filed(cast)
    petition, old = receipt.petition, receipt.code or ""
    code = actions.code_renew(
        petition=petition, mark=mark_of(petition.code_hash), renew_key=uuid.uuid4(), at=LATER
    )
    assert petition_for_code(cast.body, petition.reference, code).pk == petition.pk
    with pytest.raises(NotThere):
        petition_for_code(cast.body, petition.reference, old)
    assert mark_of(petition.code_hash) != mark_of(codes.code_hash(old))


def test_one_press_that_arrives_twice_gives_one_code(cast: Cast) -> None:
    petition, key = filed(cast).petition, uuid.uuid4()
    mark = mark_of(petition.code_hash)
    given = {actions.code_renew(petition=petition, mark=mark, renew_key=key, at=LATER) for _click in range(2)}
    assert len(given) == 1
    assert events(petition).count("code.renewed") == 1


def test_a_browser_that_was_put_out_renews_nothing(cast: Cast) -> None:
    petition = filed(cast).petition
    mark = mark_of(petition.code_hash)
    actions.code_renew(petition=petition, mark=mark, renew_key=uuid.uuid4(), at=LATER)
    with pytest.raises(Overtaken):
        actions.code_renew(petition=petition, mark=mark, renew_key=uuid.uuid4(), at=LATER)


def test_a_new_code_looks_like_any_other_and_uses_every_letter() -> None:
    drawn = [renewed_code(1, "a", uuid.uuid4()) for _ in range(200)]
    assert len(set(drawn)) == 200
    assert {len(code) for code in drawn} == {len(codes.new_code())}
    assert {*"".join(drawn)} == {*codes.ALPHABET, "-"}


# ---------- back, and back again ----------


@pytest.mark.parametrize(
    "state",
    [PetitionState.RECEIVED, PetitionState.REGISTERED, PetitionState.ACCEPTED, PetitionState.HANDLING],
)
def test_a_withdrawal_taken_back_stands_where_it_stood_and_buys_no_time(
    cast: Cast, state: PetitionState
) -> None:
    petition = IN_STATE[state](cast)
    before = {*petition.clocks.values_list("clock", "unit_id", "due_on", "met_at", "stopped_at")}
    actions.petition_withdraw(petition=petition, at=GIVEN_UP)
    assert petition.withdrawn_from == state
    assert not petition.clocks.filter(met_at=None, stopped_at=None).exists()
    actions.petition_resume(petition=petition, at=GIVEN_UP + 20 * DAY)
    petition.refresh_from_db()
    assert (petition.state, petition.withdrawn_from, petition.withdrawn_at) == (state, "", None)
    assert {*petition.clocks.values_list("clock", "unit_id", "due_on", "met_at", "stopped_at")} == before


def test_what_had_stopped_before_the_withdrawal_stays_stopped(cast: Cast) -> None:
    petition = referred(cast)
    actions.petition_withdraw(petition=petition, at=GIVEN_UP)
    actions.petition_resume(petition=petition, at=GIVEN_UP + DAY)
    assert petition.state == PetitionState.REFERRED
    assert not petition.clocks.filter(met_at=None, stopped_at=None).exists()


def test_the_thirtieth_day_is_in_time_and_the_day_after_the_window_is_not(cast: Cast) -> None:
    petition = actions.petition_withdraw(petition=accepted(cast), at=MONDAY)
    window = actions.after.resume_due(petition)
    assert window is not None
    # 30 days from 5 January end on 4 February 2026, a working day.
    assert window.due_on.isoformat() == "2026-02-04"
    with pytest.raises(IllegalMove):
        actions.petition_resume(petition=petition, at=window.expires_at)
    assert actions.petition_resume(petition=petition, at=window.expires_at - timedelta(minutes=1))


def test_what_was_not_withdrawn_cannot_be_taken_up_again(cast: Cast) -> None:
    with pytest.raises(IllegalMove):
        actions.petition_resume(petition=accepted(cast), at=LATER)


# ---------- retaliation ----------


@pytest.mark.parametrize("state", [*IN_STATE])
def test_retaliation_can_be_told_wherever_the_matter_stands(cast: Cast, state: PetitionState) -> None:
    petition = IN_STATE[state](cast)
    report = actions.retaliation_report(petition=petition, text="有人上门警告我。", at=GIVEN_UP)
    assert (report.body_id, report.state) == (cast.body.pk, "received")


def test_no_history_that_the_unit_or_a_clerk_reads_tells_of_retaliation(cast: Cast) -> None:
    petition = handling(cast)
    before = selectors.history_of(petition)
    actions.retaliation_report(petition=petition, text="有人上门警告我。", at=LATER)
    assert selectors.history_of(petition) == before
    event = LedgerEvent.objects.get(kind="retaliation.reported")
    assert (event.subject_kind, event.actor_ref, event.facts) == ("retaliationreport", "", {})


def test_the_same_report_sent_twice_is_one(cast: Cast) -> None:
    petition = handling(cast)
    for _click in range(2):
        actions.retaliation_report(petition=petition, text="有人上门警告我。", at=LATER)
    assert RetaliationReport.objects.count() == 1
    with pytest.raises(Incomplete):
        actions.retaliation_report(petition=petition, text=" ", at=LATER)


# ---------- rating ----------


def test_a_rating_is_shown_to_the_unit_only_where_the_person_agrees(cast: Cast) -> None:
    scores = dict.fromkeys(RatedSide, RatingScore.ACCEPTABLE)
    actions.petition_rate(petition=settled(cast), scores=scores, at=LATER)
    actions.petition_rate(petition=settled(cast), scores=scores, shown_to_unit=True, at=LATER)
    assert [*Rating.objects.order_by("id").values_list("shown_to_unit", flat=True)] == [False] * 2 + [
        True
    ] * 2
    assert not FollowUp.objects.exists()


def test_a_confidential_rating_is_never_shown_to_the_unit_whatever_is_ticked(cast: Cast) -> None:
    scores = dict.fromkeys(RatedSide, RatingScore.ACCEPTABLE)
    petition = settled(cast, confidential())
    actions.petition_rate(
        petition=petition, scores=scores, words="我家就在桥头。", shown_to_unit=True, at=LATER
    )
    assert not Rating.objects.filter(shown_to_unit=True).exists()
    assert ratings_of(cast.head_works, petition) == ()
    assert len(ratings_of(cast.clerk, petition)) == 2


def test_a_low_rating_opens_a_follow_up_that_the_unit_reads_in_no_history(cast: Cast) -> None:
    petition = settled(cast)
    scores = {RatedSide.OFFICE: RatingScore.SATISFIED, RatedSide.UNIT: RatingScore.DISSATISFIED}
    actions.petition_rate(petition=petition, scores=scores, at=LATER)
    assert FollowUp.objects.get().side == RatedSide.UNIT
    assert "follow_up.opened" not in events(petition)
    assert LedgerEvent.objects.filter(kind="follow_up.opened", subject_kind="followup").exists()
