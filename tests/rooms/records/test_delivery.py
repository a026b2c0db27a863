"""Letters leave once, say nothing about the matter, are tried again, and stay visible where they could not leave."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.conf import settings
from django.db import connection

from huiying.records import delivery, letters, mail, outbox, selectors, sms, vault
from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent, OutboxMessage, OutboxState, VaultEntry, VaultOpening
from huiying.records.outbox import Recipient, RecipientKind
from huiying.rules.actors import SYSTEM
from tests.rooms.records.fakes import FakeMail, FakeSms

AT = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


def put(letter: str = "petition_accepted", **fields: str) -> OutboxMessage:
    entry = vault.seal(fields or {"name": "周小满", "email": "zhou@example.org"}, at=AT)
    to = Recipient(RecipientKind.PETITIONER, str(entry.token))
    message = outbox.put(letter, entry, to=to, at=AT, body_id=1)
    assert message is not None
    return message


def state(message: OutboxMessage) -> OutboxState:
    message.refresh_from_db()
    return OutboxState(message.state)


@pytest.mark.django_db
class TestLetters:
    def test_a_letter_is_sent_once_however_often_the_job_runs(self) -> None:
        message, server = put(), FakeMail()
        assert [delivery.send_due(at=AT, adapter=server) for _ in range(3)] == [1, 0, 0]
        assert [letter.to for letter in server.left] == ["zhou@example.org"]
        assert state(message) is OutboxState.SENT
        assert message.sent_at == AT

    def test_a_letter_of_a_transaction_that_failed_never_leaves(self) -> None:
        from django.db import transaction

        with pytest.raises(RuntimeError), transaction.atomic():
            put()
            raise RuntimeError
        assert delivery.send_due(at=AT, adapter=FakeMail()) == 0

    def test_a_bad_moment_is_tried_again_later_and_later(self) -> None:
        message = put()
        server = FakeMail(mail.NotDelivered("SMTP 451"), mail.NotDelivered("SMTP 451"))
        assert delivery.send_due(at=AT, adapter=server) == 0
        assert state(message) is OutboxState.WAITING
        assert message.next_at == AT + timedelta(minutes=1)
        assert delivery.send_due(at=AT + timedelta(seconds=59), adapter=server) == 0
        assert delivery.send_due(at=AT + timedelta(minutes=1), adapter=server) == 0
        assert state(message) is OutboxState.WAITING
        assert delivery.send_due(at=AT + timedelta(minutes=3), adapter=server) == 1
        assert message.attempts == 2

    def test_after_the_last_try_it_is_failed_and_visible_to_its_own_body_only(self) -> None:
        message, server = put(), FakeMail(*[mail.NotDelivered("SMTP 451")] * 99)
        at = AT
        for _ in range(delivery.MOST_TRIES + 3):
            delivery.send_due(at=at, adapter=server)
            at += delivery.LONGEST_PAUSE
        assert state(message) is OutboxState.FAILED
        assert (message.attempts, message.last_error) == (delivery.MOST_TRIES, "SMTP 451")
        assert selectors.letters_in_state(Administrator(2), OutboxState.FAILED) == []
        assert selectors.letters_in_state(Administrator(1), OutboxState.FAILED) == [message]

    def test_an_address_refused_for_good_is_not_tried_again(self) -> None:
        message, server = put(), FakeMail(mail.NotDelivered("SMTP 550", for_good=True))
        delivery.send_due(at=AT, adapter=server)
        assert state(message) is OutboxState.FAILED

    def test_a_sender_killed_after_sending_causes_one_repeat_under_the_same_number(self) -> None:
        class Killed(FakeMail):
            def send(self, letter: mail.Outgoing) -> None:
                super().send(letter)
                if len(self.left) == 1:
                    raise SystemExit

        message, server = put(), Killed()
        with pytest.raises(SystemExit):
            delivery.send_due(at=AT, adapter=server)
        assert delivery.send_due(at=AT + timedelta(minutes=1), adapter=server) == 0
        assert delivery.send_due(at=AT + delivery.LEASE, adapter=server) == 1
        assert state(message) is OutboxState.SENT
        assert len({letter.number for letter in server.left}) == 1

    def test_a_letter_that_kills_every_sender_does_not_hold_up_the_others_for_ever(self) -> None:
        message, at = put(), AT
        for _ in range(delivery.MOST_TRIES):
            with pytest.raises(SystemExit):
                delivery.send_due(at=at, adapter=FakeMail(SystemExit()))
            at += delivery.LEASE
        assert delivery.send_due(at=at, adapter=FakeMail()) == 0
        assert state(message) is OutboxState.FAILED

    def test_one_look_is_recorded_for_a_letter_however_often_it_is_tried(self) -> None:
        message, server = put(), FakeMail(mail.NotDelivered("SMTP 451"))
        delivery.send_due(at=AT, adapter=server)
        delivery.send_due(at=AT + timedelta(hours=1), adapter=server)
        (seen,) = vault.openings_about(message.recipient_ref)
        assert (seen.purpose, seen.reason, seen.actor_kind) == (vault.Purpose.DELIVERY, "", SYSTEM.kind)
        assert LedgerEvent.objects.filter(kind="identity.opened", subject_id=message.subject_id).count() == 1

    def test_without_an_address_the_page_tells_and_nothing_counts_as_failed(self) -> None:
        by_phone = put(phone="13800000000")
        erased = put()
        entry = VaultEntry.objects.get(token=erased.recipient_ref)
        vault.erase(entry.token, subject=entry, body_id=1, by=SYSTEM, at=AT)
        assert delivery.send_due(at=AT, adapter=FakeMail()) == 0
        assert state(by_phone) is state(erased) is OutboxState.SHOWN

    def test_a_missing_master_key_holds_letters_back_and_loses_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        message = put()
        with monkeypatch.context() as without:
            without.setitem(settings.HUIYING, "master_key_path", tmp_path / "none")
            assert delivery.send_due(at=AT, adapter=FakeMail()) == 0
        assert state(message) is OutboxState.WAITING
        assert message.last_error == "master key"
        assert not VaultOpening.objects.exists()
        assert delivery.send_due(at=AT + timedelta(minutes=1), adapter=FakeMail()) == 1

    def test_staff_get_mail_where_the_address_book_has_an_address(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book = {"7": "clerk@example.org"}
        monkeypatch.setitem(delivery._address_books, RecipientKind.STAFF, lambda ref, at: book.get(ref, ""))
        entry = vault.seal({}, at=AT)
        for ref in ("7", "8"):
            outbox.put("order_sent", entry, to=Recipient(RecipientKind.STAFF, ref), at=AT, body_id=1)
        server = FakeMail()
        assert delivery.send_due(at=AT, adapter=server) == 1
        assert [letter.to for letter in server.left] == ["clerk@example.org"]
        assert OutboxMessage.objects.get(recipient_ref="8").state == OutboxState.SHOWN

    def test_letters_with_the_same_mark_are_one_letter(self) -> None:
        entry = vault.seal({}, at=AT)
        to = Recipient(RecipientKind.POST, "3")
        put_twice = [
            outbox.put("activation_proposed", entry, to=to, at=AT, body_id=1, dedupe="activation:1")
            for _ in range(2)
        ]
        assert put_twice == [OutboxMessage.objects.get()] * 2

    def test_nobody_without_a_recipient_is_written_to(self) -> None:
        assert outbox.put("petition_accepted", vault.seal({}, at=AT), to=None, at=AT, body_id=1) is None
        assert not OutboxMessage.objects.exists()


class Administrator:
    """The system administrator of a body."""

    def __init__(self, body_id: int) -> None:
        self.body_id = body_id

    def check(self, action: object, *, unit_id: int | None = None) -> None:
        """Nothing is refused."""


FORBIDDEN = ("信访", "投诉", "举报", "受理", "查询码：", "{", "petition", "complaint")


@pytest.mark.parametrize("kind", list(RecipientKind))
@pytest.mark.parametrize("letter", [*letters.WORDINGS, "petition_declined", "never heard of"])
def test_every_letter_is_neutral_and_names_no_matter(letter: str, kind: RecipientKind) -> None:
    subject, text = letters.written(letter, kind, {"path": "/qingxi/follow/"})
    assert not [word for word in FORBIDDEN if word in subject + text]
    assert "/qingxi/follow/" in text


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "javascript:1"])
def test_a_link_never_leads_to_another_host(path: str) -> None:
    _subject, text = letters.written("reply_sent", RecipientKind.PETITIONER, {"path": path})
    assert "evil" not in text
    assert "javascript" not in text


def test_the_pauses_grow_and_stay_bounded() -> None:
    pauses = [delivery.pause_after(tries) for tries in range(1, 40)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (delivery.FIRST_PAUSE, delivery.LONGEST_PAUSE)


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_and_exactly_one_holds_the_letter() -> None:
    message = put()
    both, won = Barrier(2), []

    def sender() -> None:
        try:
            mine = OutboxMessage.objects.get(pk=message.pk)
            both.wait(10)
            won.append(delivery.claim(mine, at=AT))
        finally:
            connection.close()

    threads = [Thread(target=sender) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False, True]
    message.refresh_from_db()
    assert message.attempts == 1


def test_a_letter_laid_in_the_folder_can_be_read_by_a_mail_program(tmp_path: Path) -> None:
    letter = mail.Outgoing(
        number="ab12", to="zhou@example.org", subject="您有一条新通知", text="您好。\n", at=AT
    )
    for _ in range(2):
        mail.FileAdapter(tmp_path).send(letter)
    (file,) = tmp_path.iterdir()
    read = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (read["Subject"], read["Message-ID"]) == ("您有一条新通知", "<ab12@localhost>")


@pytest.mark.django_db
class TestShortMessages:
    def test_whoever_left_a_mobile_alone_is_told_by_short_message(self) -> None:
        message, server, texter = put(phone="138 0000 0000"), FakeMail(), FakeSms()
        assert delivery.send_due(at=AT, adapter=server, texter=texter) == 1
        assert state(message) is OutboxState.SENT
        assert (server.left, [one.to for one in texter.left]) == ([], ["13800000000"])

    def test_whoever_left_an_address_too_gets_the_letter_and_no_short_message(self) -> None:
        put(phone="13800000000", email="zhou@example.org")
        server, texter = FakeMail(), FakeSms()
        delivery.send_due(at=AT, adapter=server, texter=texter)
        assert (len(server.left), texter.left) == (1, [])

    @pytest.mark.parametrize("phone", ["0571-88888888", "00000000001"])
    def test_a_number_that_takes_none_is_told_by_the_page(self, phone: str) -> None:
        message, texter = put(phone=phone), FakeSms()
        delivery.send_due(at=AT, adapter=FakeMail(), texter=texter)
        assert (state(message), texter.left) == (OutboxState.SHOWN, [])

    def test_without_a_provider_the_page_tells(self) -> None:
        message = put(phone="13800000000")
        delivery.send_due(at=AT, adapter=FakeMail())
        assert state(message) is OutboxState.SHOWN

    def test_a_bad_moment_waits_for_the_outbox(self) -> None:
        message, texter = put(phone="13800000000"), FakeSms(mail.NotDelivered("first: HTTP 503"))
        assert delivery.send_due(at=AT, adapter=FakeMail(), texter=texter) == 0
        assert (message.refresh_from_db(), message.last_error, message.next_at) == (
            None,
            "first: HTTP 503",
            AT + timedelta(minutes=1),
        )
        assert delivery.send_due(at=AT + timedelta(seconds=59), adapter=FakeMail(), texter=texter) == 0
        assert delivery.send_due(at=AT + timedelta(minutes=1), adapter=FakeMail(), texter=texter) == 1

    @pytest.mark.parametrize("letter", [*letters.WORDINGS, "petition_accepted", "message_said"])
    def test_no_text_names_a_matter_an_office_a_person_or_a_code(
        self, letter: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(settings.HUIYING, "sms_address", "xf.example.cn")
        text = sms.written(letter, {"path": "/qingxi/follow/QX26-ABCD-EFGH/", "language": "zh-hans"})
        assert text in {
            "您有一条新的消息，请凭编号和查询码查看：xf.example.cn",
            "您提交的内容已经收到，请保管好查询码。查看：xf.example.cn",
        }
        assert len(text) <= 70
