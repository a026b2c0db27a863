"""One contract for every way out: the folder, the fake of the tests, and a real SMTP server on this machine."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.conf import settings as django_settings

from huiying.records import mail
from huiying.records.clock import SHANGHAI
from tests.rooms.records.fakes import FakeMail

LETTER = mail.Outgoing(
    number="0123abcd", to="zhou@example.org", subject="您有一条新通知", text="请登录查看。\n\nhttps://x.example/\n",
    at=datetime(2026, 3, 2, 9, tzinfo=SHANGHAI),
)  # fmt: skip


@dataclass
class WayOut:
    """An adapter, what has left through it, and how to break it."""

    adapter: mail.Adapter
    left: Callable[[], list[tuple[str, str, str, str]]]
    break_it: Callable[[], object]


def row(message: Any) -> tuple[str, str, str, str]:
    text = message.get_content().replace("\r\n", "\n")
    return message["To"], message["Subject"], text, message["Message-ID"]


@pytest.fixture
def folder(tmp_path: Path) -> WayOut:
    place = tmp_path / "mail"

    def left() -> list[tuple[str, str, str, str]]:
        return [
            row(message_from_bytes(file.read_bytes(), policy=policy.default))
            for file in sorted(place.glob("*"))
        ]

    return WayOut(
        mail.FileAdapter(place), left, lambda: place.write_text("a file where the folder should be")
    )


@pytest.fixture
def fake() -> WayOut:
    server = FakeMail()

    def left() -> list[tuple[str, str, str, str]]:
        return [(one.to, one.subject, one.text, mail.message_id(one)) for one in server.left]

    return WayOut(server, left, lambda: server.refusals.append(mail.NotDelivered("SMTP 451")))


class Postbox(Message):
    """A mail server's postbox; an address that begins with `nobody` is refused for good."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[EmailMessage] = []

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        return message_from_bytes(envelope.content, policy=policy.default)

    def handle_message(self, message: Any) -> None:
        self.received.append(message)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("nobody"):
            return "550 no such address"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def smtp(settings: Any) -> Iterator[WayOut]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    running = [True]

    def stop() -> None:
        if running.pop() if running else False:
            controller.stop()

    yield WayOut(mail.SmtpAdapter(), lambda: [row(message) for message in postbox.received], stop)
    stop()


@pytest.mark.parametrize("way", ["folder", "fake", "smtp"])
class TestEveryWayOut:
    @pytest.fixture
    def out(self, way: str, request: pytest.FixtureRequest) -> WayOut:
        found: WayOut = request.getfixturevalue(way)
        return found

    def test_a_letter_arrives_whole_in_chinese_under_its_own_number(self, out: WayOut) -> None:
        out.adapter.send(LETTER)
        (arrived,) = out.left()
        assert arrived == (LETTER.to, LETTER.subject, LETTER.text, "<0123abcd@localhost>")

    def test_a_repeated_letter_bears_the_same_number(self, out: WayOut) -> None:
        for _ in range(2):
            out.adapter.send(LETTER)
        assert len({number for *_rest, number in out.left()}) == 1

    @pytest.mark.parametrize(
        "to", ["", "no address", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org"]
    )
    def test_what_is_not_one_address_is_refused_for_good(self, out: WayOut, to: str) -> None:
        with pytest.raises(mail.NotDelivered) as refusal:
            out.adapter.send(mail.Outgoing(LETTER.number, to, LETTER.subject, LETTER.text, LETTER.at))
        assert refusal.value.for_good
        assert out.left() == []

    def test_a_broken_way_out_says_so_without_the_address_and_may_be_tried_again(self, out: WayOut) -> None:
        out.break_it()
        with pytest.raises(mail.NotDelivered) as refusal:
            out.adapter.send(LETTER)
        assert not refusal.value.for_good
        assert "zhou" not in refusal.value.reason


def test_an_address_the_server_does_not_know_is_refused_for_good(smtp: WayOut) -> None:
    with pytest.raises(mail.NotDelivered, match="SMTP 550") as refusal:
        smtp.adapter.send(mail.Outgoing(LETTER.number, "nobody@example.org", LETTER.subject, "", LETTER.at))
    assert refusal.value.for_good


@pytest.mark.parametrize(
    ("chosen", "kind"), [("smtp", mail.SmtpAdapter), ("file", mail.FileAdapter), (None, mail.FileAdapter)]
)
def test_the_settings_choose_the_way_out(
    chosen: str | None, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(django_settings.HUIYING, "mail_adapter", chosen)
    assert isinstance(mail.adapter(), kind)
