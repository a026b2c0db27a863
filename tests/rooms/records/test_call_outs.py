"""A call goes on until somebody answers: again, by another way, the next, the next level; never twice at once."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from huiying.records import calling, mail, outbox, ringing
from huiying.records.calling import About, Asked, Rung
from huiying.records.clock import SHANGHAI
from huiying.records.models import (
    AttemptState,
    CallAttempt,
    CallOut,
    CommunicationTest,
    LedgerEvent,
    OutboxMessage,
)
from huiying.records.ringing import Reached, WaysOut
from huiying.rules.actors import SYSTEM, ActorKind, ActorRef
from huiying.rules.lifecycle.call_out import CallOutState
from huiying.rules.refusals import Overtaken, Refusal
from tests.rooms.records.fakes import FakeMail, FakeSms, FakeVoice

AT = datetime(2026, 3, 2, 2, tzinfo=SHANGHAI)
BOOK = {
    ("7", "voice"): "13800000007",
    ("7", "sms"): "13800000007",
    ("8", "email"): "eight@example.org",
    ("9", "voice"): "13800000009",
}
WATCH = Rung("值班员", (Asked("7", (("voice", 1), ("sms", 2))),), times=3, every=120)
DEPUTY = Rung("值班员", (Asked("8", (("email", None),)),), times=2, every=120)
LEADER = Rung("领导小组", (Asked("9", (("voice", 3),)), Asked("10", ())), times=1, every=120)
LADDER = (WATCH, DEPUTY, LEADER)
SEVEN = ActorRef(ActorKind.STAFF, "7")


class Office:
    """The ways out of an office and the clock beside them."""

    def __init__(self) -> None:
        self.voice, self.sms, self.mail = FakeVoice(), FakeSms(), FakeMail()
        self.at = AT

    def run(self, **later: float) -> int:
        self.at += timedelta(**later)
        return ringing.ring_due(at=self.at, ways=WaysOut(self.voice, self.sms, self.mail))

    @property
    def left(self) -> list[str]:
        voices = [f"voice {one.to}" for one in self.voice.left]
        return [
            *voices,
            *(f"sms {one.to}" for one in self.sms.left),
            *(f"email {one.to}" for one in self.mail.left),
        ]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    def reached(ref: str, way: str, _way_ref: int | None, _at: datetime) -> Reached | None:
        address = BOOK.get((ref, way))
        return Reached(address, "zh-hans") if address else None

    monkeypatch.setattr(ringing, "_people", [reached])
    return Office()


def begun(*ladder: Rung, **more: object) -> CallOut:
    about = About("danger", ("petition", "1"))
    given = {"title": "值班员", "tell": ["9"], **more}
    return calling.start(about, ladder or LADDER, by=SYSTEM, at=AT, body_id=1, **given)  # type: ignore[arg-type]


def state(call: CallOut) -> CallOutState:
    call.refresh_from_db()
    return CallOutState(call.state)


@pytest.mark.django_db
class TestTheLadder:
    def test_the_first_is_asked_again_then_by_another_way_then_the_next(self, office: Office) -> None:
        begun()
        assert [office.run(minutes=minutes) for minutes in (0, 1, 1, 2)] == [1, 0, 1, 1]
        assert office.left == ["voice 13800000007", "voice 13800000007", "sms 13800000007"]
        office.run(minutes=2)
        assert office.left[-1] == "email eight@example.org"

    def test_when_nobody_answers_the_call_is_exhausted_and_those_who_are_to_know_are_told(
        self, office: Office
    ) -> None:
        call = begun()
        for _ in range(8):
            office.run(minutes=2)
        assert state(call) is CallOutState.EXHAUSTED
        assert len(office.left) == 6
        (letter,) = OutboxMessage.objects.all()
        assert (letter.letter, letter.recipient_kind, letter.recipient_ref) == (
            "call_unanswered",
            outbox.RecipientKind.STAFF,
            "9",
        )
        assert office.run(hours=1) == 0

    def test_somebody_whom_only_the_console_tells_is_shown_it_and_counts_as_asked(
        self, office: Office
    ) -> None:
        call = begun(LEADER)
        office.run()
        assert list(calling.calls_to("10", at=AT)) == [call]
        assert CallAttempt.objects.get(recipient_ref="10").state == AttemptState.SHOWN

    def test_where_nothing_can_leave_the_next_try_does_not_wait(self, office: Office) -> None:
        office.voice.refusals = [mail.NotDelivered("first: HTTP 503")]
        begun()
        assert [office.run(), office.run(seconds=15)] == [0, 1]
        failed = CallAttempt.objects.earliest("id")
        assert (failed.state, failed.reason) == (AttemptState.FAILED, "first: HTTP 503")

    def test_no_message_says_what_it_is_about_and_no_row_holds_a_number(self, office: Office) -> None:
        begun()
        for _ in range(4):
            office.run(minutes=2)
        said = [one.text for one in (*office.voice.left, *office.sms.left, *office.mail.left)]
        assert not [text for text in said if any(word in text for word in ("信访", "danger", "petition"))]
        stored = str(list(CallOut.objects.values())) + str(list(CallAttempt.objects.values()))
        assert not [address for address in BOOK.values() if address in stored]

    def test_a_mark_stands_for_one_call(self) -> None:
        assert begun(dedupe="order:1") == begun(dedupe="order:1")
        assert LedgerEvent.objects.filter(kind="call_out.started").count() == 1


@pytest.mark.django_db
class TestAnswers:
    def key_of(self, office: Office) -> str:
        return office.voice.left[-1].callback.rstrip("/").rpartition("/")[2]

    def test_after_an_answer_nobody_is_asked_any_more(self, office: Office) -> None:
        call = begun()
        office.run()
        assert calling.acknowledge(call, by=SEVEN, at=office.at)
        assert office.run(hours=1) == 0
        assert (state(call), call.acknowledged_by_ref) == (CallOutState.ACKNOWLEDGED, "7")
        assert CallAttempt.objects.get().state == AttemptState.ANSWERED

    def test_the_key_of_a_message_answers_once_and_again_without_harm(self, office: Office) -> None:
        call = begun()
        office.run()
        for _ in range(2):
            assert calling.acknowledge_by_key(self.key_of(office), at=office.at) is not None
        assert state(call) is CallOutState.ACKNOWLEDGED
        assert LedgerEvent.objects.filter(kind="call_out.acknowledged").count() == 1

    def test_a_wrong_or_old_key_answers_nothing(self, office: Office) -> None:
        call = begun()
        office.run()
        late = office.at + calling.ANSWERED_FOR + timedelta(minutes=1)
        assert calling.acknowledge_by_key(self.key_of(office), at=late) is None
        assert calling.acknowledge_by_key(calling.new_key(), at=office.at) is None
        assert state(call) is CallOutState.CALLING

    def test_an_answer_after_everybody_was_asked_in_vain_still_counts(self, office: Office) -> None:
        call = begun(WATCH)
        for _ in range(4):
            office.run(minutes=2)
        assert state(call) is CallOutState.EXHAUSTED
        assert calling.acknowledge(call, by=SEVEN, at=office.at)
        assert state(call) is CallOutState.ACKNOWLEDGED

    def test_what_is_seen_to_settles_its_call(self, office: Office) -> None:
        call = begun(dedupe="order:1")
        assert calling.acknowledge_subject("order:1", by=SEVEN, at=AT)
        assert not calling.acknowledge_subject("order:2", by=SEVEN, at=AT)
        assert (state(call), office.run()) == (CallOutState.ACKNOWLEDGED, 0)

    def test_a_call_that_is_called_off_rings_nobody_and_takes_no_answer(self, office: Office) -> None:
        call = begun()
        calling.call_off(call, by=SEVEN, at=AT)
        assert office.run() == 0
        assert not calling.acknowledge(call, by=SEVEN, at=AT)
        with pytest.raises(Refusal):
            calling.call_off(call, by=SEVEN, at=AT)

    def test_whoever_answers_while_the_line_is_ringing_is_not_asked_again(self, office: Office) -> None:
        call = begun()
        ladder = calling.rungs_of(call)
        tries = ringing.claim(call, ladder, 0, 0, at=AT)
        calling.acknowledge(CallOut.objects.get(pk=call.pk), by=SEVEN, at=AT)
        assert ringing._sent(tries, call, WaysOut(office.voice, office.sms, office.mail), AT) == 0
        ringing._set_next(call, ladder[0], 1, tries, AT)
        assert (state(call), call.next_at) == (CallOutState.ACKNOWLEDGED, None)
        assert CallAttempt.objects.get().state == AttemptState.ANSWERED


@pytest.mark.django_db
class TestWorkers:
    def test_a_worker_that_dies_rings_once_too_often_at_most(self, office: Office) -> None:
        class Killed(FakeVoice):
            def call(self, call: object) -> str:
                super().call(call)  # type: ignore[arg-type]
                if len(self.left) == 1:
                    raise SystemExit
                return "fake"

        call = begun()
        office.voice = Killed()
        with pytest.raises(SystemExit):
            office.run()
        assert office.run(minutes=1) == 0
        assert office.run(minutes=2) == 1
        first, second = CallAttempt.objects.order_by("id")
        assert (first.state, second.state) == (AttemptState.FAILED, AttemptState.SENT)
        call.refresh_from_db()
        assert call.tries == 2

    def test_an_idle_run_costs_one_question(self, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert ringing.ring_due(at=AT) == 0


@pytest.mark.django_db
class TestTests:
    def test_everybody_of_a_test_is_asked_once_and_each_answer_is_their_own(self, office: Office) -> None:
        test = CommunicationTest.objects.create(
            body_id=1, started_at=AT, started_by_ref="9", ends_at=AT + timedelta(hours=24)
        )
        both = Rung("voice", (Asked("7", (("voice", 1),)), Asked("9", (("voice", 3),))), times=1, every=60)
        call = begun(both, quiet=True, test=test)
        assert [office.run(), office.run(minutes=9)] == [2, 0]
        keys = [one.callback.rstrip("/").rpartition("/")[2] for one in office.voice.left]
        calling.acknowledge_by_key(keys[0], at=office.at)
        assert sorted(CallAttempt.objects.values_list("state", flat=True)) == ["answered", "sent"]
        assert list(calling.calls_to("9", at=AT)) == []
        assert calling.end_tests_due(at=AT + timedelta(hours=24)) == 1
        assert calling.acknowledge_by_key(keys[1], at=office.at) is None
        assert not OutboxMessage.objects.exists()
        assert state(call) is CallOutState.ACKNOWLEDGED


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_and_exactly_one_rings(office: Office) -> None:
    call = begun()
    both, won = Barrier(2), []

    def worker() -> None:
        try:
            mine = CallOut.objects.get(pk=call.pk)
            both.wait(10)
            won.append(len(ringing.claim(mine, calling.rungs_of(mine), 0, 0, at=AT)))
        finally:
            connection.close()

    _together(worker, worker)
    assert sorted(won) == [0, 1]
    assert CallAttempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_the_end_of_the_ladder_at_once_and_the_answer_holds(office: Office) -> None:
    call = begun(WATCH)
    both = Barrier(2)

    def answers() -> None:
        try:
            mine = CallOut.objects.get(pk=call.pk)
            both.wait(10)
            calling.acknowledge(mine, by=SEVEN, at=AT)
        finally:
            connection.close()

    def gives_up() -> None:
        try:
            mine = CallOut.objects.get(pk=call.pk)
            both.wait(10)
            calling.exhaust(mine, at=AT)
        except Overtaken:
            pass
        finally:
            connection.close()

    _together(answers, gives_up)
    assert state(call) is CallOutState.ACKNOWLEDGED


def _together(*works: object) -> None:
    threads = [Thread(target=work) for work in works]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
