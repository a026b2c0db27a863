"""One contract for every way out of a voice call: the fake of the tests, and the real adapter on a server here."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import monotonic
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as django_settings

from huiying.records import providers, voice
from huiying.records.mail import NotDelivered
from tests.rooms.records.fakes import FakeVoice
from tests.rooms.records.test_sms_contract import FORM, JSON, Server
from tests.rooms.records.test_sms_contract import server as server  # noqa: PLC0414  (the fixture)

CALL = voice.Outgoing(
    "0123abcd", "057188888888", '您有一项"值班"提醒 & 请按 1', "https://x.example/hooks/voice/k/"
)
AS_JSON = '{"to": "{phone}", "say": "{text}", "id": "{number}", "tell": "{callback}"}'
AS_FORM = "to={phone}&say={text}&id={number}&tell={callback}"


def provider(url: str, name: str = "first", **more: object) -> voice.Provider:
    given = {"headers": JSON, "body": AS_JSON, "expect": '"code":0', "pressed": '"digit":"1"', **more}
    return voice.Provider(name, url, **given)  # type: ignore[arg-type]


@dataclass
class WayOut:
    """An adapter, what has left through it, and how to break it."""

    adapter: voice.Adapter
    left: Callable[[], list[tuple[str, str, str, str]]]
    break_it: Callable[[], object]


@pytest.fixture
def fake() -> WayOut:
    way = FakeVoice()
    return WayOut(
        way,
        lambda: [(one.number, one.to, one.text, one.callback) for one in way.left],
        lambda: way.refusals.append(NotDelivered("first: HTTP 503")),
    )


@pytest.fixture
def http(server: Server) -> WayOut:
    def left() -> list[tuple[str, str, str, str]]:
        told = [json.loads(content) for _method, _path, _headers, content in server.asked]
        return [(each["id"], each["to"], each["say"], each["tell"]) for each in told]

    adapter = voice.HttpAdapter((provider(server.url()),))
    return WayOut(adapter, left, lambda: server.answers.update({"/send": (503, "")}))


@pytest.mark.parametrize("way", ["fake", "http"])
class TestEveryWayOut:
    @pytest.fixture
    def out(self, way: str, request: pytest.FixtureRequest) -> WayOut:
        found: WayOut = request.getfixturevalue(way)
        return found

    def test_a_call_leaves_whole_with_its_text_number_and_callback(self, out: WayOut) -> None:
        assert out.adapter.call(CALL)
        assert out.left() == [(CALL.number, CALL.to, CALL.text, CALL.callback)]

    @pytest.mark.parametrize("to", ["0571-8888 8888", "(0571) 88888888", "０５７１８８８８８８８８"])
    def test_a_fixed_line_written_with_dashes_or_wide_digits_is_one_number(
        self, out: WayOut, to: str
    ) -> None:
        out.adapter.call(voice.Outgoing(CALL.number, to, CALL.text, CALL.callback))
        assert out.left()[0][1] == CALL.to

    @pytest.mark.parametrize("to", ["", "12345", "88888888", "13800000000\n13900000000", "abc"])
    def test_what_cannot_be_rung_is_refused_for_good(self, out: WayOut, to: str) -> None:
        with pytest.raises(NotDelivered) as refusal:
            out.adapter.call(voice.Outgoing(CALL.number, to, CALL.text, CALL.callback))
        assert refusal.value.for_good
        assert out.left() == []

    def test_a_broken_way_out_says_so_without_number_or_text(self, out: WayOut) -> None:
        out.break_it()
        with pytest.raises(NotDelivered) as refusal:
            out.adapter.call(CALL)
        assert (refusal.value.reason, refusal.value.for_good) == ("first: HTTP 503", False)


class TestTheProviders:
    def test_the_next_is_asked_where_one_fails_and_the_one_that_took_it_is_named(
        self, server: Server
    ) -> None:
        server.answers["/first"] = (500, "")
        three = tuple(provider(server.url(f"/{name}"), name) for name in ("first", "second", "third"))
        assert voice.HttpAdapter(three).call(CALL) == "second"
        assert [path for _method, path, *_rest in server.asked] == ["/first", "/second"]

    def test_a_form_and_an_address_are_filled_and_escaped_each_in_its_way(self, server: Server) -> None:
        voice.HttpAdapter((provider(server.url(), headers=FORM, body=AS_FORM),)).call(CALL)
        voice.HttpAdapter(
            (provider(server.url("/send?" + AS_FORM), method="GET", headers={}, body=""),)
        ).call(CALL)
        (_m, _p, _h, content), (_method, path, _headers, _nothing) = server.asked
        wanted = {"to": [CALL.to], "say": [CALL.text], "id": [CALL.number], "tell": [CALL.callback]}
        assert parse_qs(content.decode()) == parse_qs(urlsplit(path).query) == wanted

    def test_a_provider_that_sends_us_elsewhere_is_not_followed(self, server: Server) -> None:
        server.answers["/send"] = (302, "")
        with pytest.raises(NotDelivered, match="HTTP 302"):
            voice.HttpAdapter((provider(server.url()),)).call(CALL)
        assert len(server.asked) == 1

    def test_what_stands_beyond_the_longest_answer_is_not_read(self, server: Server) -> None:
        server.answers["/send"] = (200, " " * providers.MOST_ANSWERED + '"code":0')
        with pytest.raises(NotDelivered, match="not the answer that is expected"):
            voice.HttpAdapter((provider(server.url()),)).call(CALL)

    @pytest.fixture
    def silent(self) -> Iterator[str]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"

    def test_a_provider_that_says_nothing_is_a_bad_moment_and_the_next_is_asked(
        self, silent: str, server: Server
    ) -> None:
        both = (provider(silent, "silent"), provider(server.url(), "second"))
        assert voice.HttpAdapter(both, seconds=0.2).call(CALL) == "second"


def set_providers(monkeypatch: pytest.MonkeyPatch, *pressed: str) -> None:
    given = [
        {"name": name, "url": "https://x.example/", "pressed": said}
        for name, said in zip(("one", "two"), pressed, strict=False)
    ]
    monkeypatch.setitem(django_settings.HUIYING, "voice_providers", given)


def test_the_settings_name_the_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert voice.adapter() is None
    set_providers(monkeypatch, "a", "b")
    chosen = voice.adapter()
    assert isinstance(chosen, voice.HttpAdapter)
    assert [each.name for each in chosen.providers] == ["one", "two"]


def test_only_what_the_provider_itself_says_of_a_key_counts_as_pressed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_providers(monkeypatch, "digit=1", "key:1")
    assert voice.key_pressed("call=7&digit=1", "one")
    assert not voice.key_pressed("call=7&digit=1", "two")
    assert not voice.key_pressed("call=7&status=no-answer", "one")
    assert voice.key_pressed("key:1", "")  # told before the provider's own answer was written down


def test_a_callback_is_believed_with_the_secret_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert voice.is_believed("")
    monkeypatch.setitem(django_settings.HUIYING, "voice_secret", "铜灯七盏")
    assert voice.is_believed("铜灯七盏")
    assert not voice.is_believed("")


class Dripping(BaseHTTPRequestHandler):
    """A provider that takes the call and then says a letter now and then, for ever."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            for _letter in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                Event().wait(0.05)

    def log_message(self, *_args: object) -> None:
        pass


def test_a_provider_that_drips_its_answer_holds_nobody_up() -> None:
    slow = ThreadingHTTPServer(("127.0.0.1", 0), Dripping)
    slow.daemon_threads = True
    Thread(target=slow.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    adapter = voice.HttpAdapter((provider(f"http://127.0.0.1:{slow.server_port}/"),), seconds=0.2)
    began = monotonic()
    with pytest.raises(NotDelivered, match="first: TimeoutError"):
        adapter.call(CALL)
    assert monotonic() - began < 3
    slow.shutdown()
    slow.server_close()
