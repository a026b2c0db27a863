"""One contract for every way out of a short message: the fake of the tests, and the real adapter on a server here."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as django_settings

from huiying.records import sms
from huiying.records.mail import NotDelivered
from tests.rooms.records.fakes import FakeSms

MOBILE = "13800000000"
MESSAGE = sms.Outgoing(number="0123abcd", to=MOBILE, text='您有一条"新"的消息 & 请查看：https://x.example/')
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
AS_JSON = '{"to": "{phone}", "content": "{text}", "id": "{number}"}'
AS_FORM = "to={phone}&content={text}&id={number}"


class Server(ThreadingHTTPServer):
    """A provider on this machine: what it was asked, and what it answers to each address."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answers: dict[str, tuple[int, str]] = {}

    def url(self, path: str = "/send") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Answering(BaseHTTPRequestHandler):
    server: Server

    def _answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, dict(self.headers), content))
        status, text = self.server.answers.get(urlsplit(self.path).path, (200, '{"code":0}'))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.url("/elsewhere"))
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = do_PUT = _answer  # noqa: N815

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


@dataclass
class WayOut:
    """An adapter, what has left through it as (number, to, text), and how to break it."""

    adapter: sms.Adapter
    left: Callable[[], list[tuple[str, str, str]]]
    break_it: Callable[[], object]


@pytest.fixture
def fake() -> WayOut:
    way = FakeSms()
    return WayOut(
        way,
        lambda: [(one.number, one.to, one.text) for one in way.left],
        lambda: way.refusals.append(NotDelivered("first: HTTP 503")),
    )


@pytest.fixture
def http(server: Server) -> WayOut:
    provider = sms.Provider("first", server.url(), headers=JSON, body=AS_JSON, expect='"code":0')

    def left() -> list[tuple[str, str, str]]:
        told = [json.loads(content) for _method, _path, _headers, content in server.asked]
        return [(each["id"], each["to"], each["content"]) for each in told]

    return WayOut(sms.HttpAdapter((provider,)), left, lambda: server.answers.update({"/send": (503, "")}))


@pytest.mark.parametrize("way", ["fake", "http"])
class TestEveryWayOut:
    @pytest.fixture
    def out(self, way: str, request: pytest.FixtureRequest) -> WayOut:
        found: WayOut = request.getfixturevalue(way)
        return found

    def test_a_message_arrives_whole_in_chinese_under_its_own_number(self, out: WayOut) -> None:
        out.adapter.send(MESSAGE)
        assert out.left() == [(MESSAGE.number, MESSAGE.to, MESSAGE.text)]

    def test_a_repeated_message_bears_the_same_number(self, out: WayOut) -> None:
        for _ in range(2):
            out.adapter.send(MESSAGE)
        assert len({number for number, _to, _text in out.left()}) == 1

    @pytest.mark.parametrize(
        "to", ["138 0000 0000", "138-0000-0000", "１３８００００００００", " 13800000000 "]
    )
    def test_a_number_written_with_blanks_dashes_or_wide_digits_is_one_number(
        self, out: WayOut, to: str
    ) -> None:
        out.adapter.send(sms.Outgoing(MESSAGE.number, to, MESSAGE.text))
        assert out.left()[0][1] == MOBILE

    @pytest.mark.parametrize(
        "to", ["", "0571-88888888", "12345", "1380000000", "13800000000\n13900000000", "abc"]
    )
    def test_what_takes_no_short_message_is_refused_for_good(self, out: WayOut, to: str) -> None:
        with pytest.raises(NotDelivered) as refusal:
            out.adapter.send(sms.Outgoing(MESSAGE.number, to, MESSAGE.text))
        assert refusal.value.for_good
        assert out.left() == []

    def test_a_broken_way_out_says_so_without_number_or_text_and_may_be_tried_again(
        self, out: WayOut
    ) -> None:
        out.break_it()
        with pytest.raises(NotDelivered) as refusal:
            out.adapter.send(MESSAGE)
        assert not refusal.value.for_good
        assert refusal.value.reason == "first: HTTP 503"


class TestTheProviders:
    def sent(self, *providers: sms.Provider) -> None:
        sms.HttpAdapter(providers).send(MESSAGE)

    def test_a_form_and_an_address_are_filled_and_escaped_each_in_its_way(self, server: Server) -> None:
        self.sent(sms.Provider("form", server.url(), headers=FORM, body=AS_FORM))
        self.sent(sms.Provider("line", server.url("/send?" + AS_FORM), method="GET"))
        (method, _path, _headers, content), (other, path, _, nothing) = server.asked
        wanted = {"to": [MOBILE], "content": [MESSAGE.text], "id": [MESSAGE.number]}
        assert (method, other, nothing) == ("POST", "GET", b"")
        assert parse_qs(content.decode()) == parse_qs(urlsplit(path).query) == wanted

    def test_headers_go_out_as_they_are_set(self, server: Server) -> None:
        self.sent(
            sms.Provider("one", server.url(), headers={**JSON, "Authorization": "Bearer x"}, body=AS_JSON)
        )
        assert server.asked[0][2]["Authorization"] == "Bearer x"

    def test_the_next_provider_is_asked_where_one_fails_and_no_further(self, server: Server) -> None:
        server.answers["/first"] = (500, "")
        three = [
            sms.Provider(name, server.url(f"/{name}"), body=AS_JSON) for name in ("first", "second", "third")
        ]
        self.sent(*three)
        assert [path for _method, path, *_rest in server.asked] == ["/first", "/second"]

    def test_each_is_asked_once_and_the_refusal_names_them_all(self, server: Server) -> None:
        server.answers.update({"/first": (500, ""), "/second": (200, '{"code":7}')})
        providers = [
            sms.Provider("first", server.url("/first"), body=AS_JSON),
            sms.Provider("second", server.url("/second"), body=AS_JSON, expect='"code":0'),
        ]
        with pytest.raises(NotDelivered, match=r"first: HTTP 500; second: not the answer that is expected"):
            self.sent(*providers)
        assert len(server.asked) == 2

    def test_a_provider_that_sends_us_elsewhere_is_not_followed(self, server: Server) -> None:
        server.answers["/send"] = (302, "")
        with pytest.raises(NotDelivered, match="HTTP 302"):
            self.sent(sms.Provider("one", server.url(), body=AS_JSON))
        assert len(server.asked) == 1

    def test_a_provider_that_is_not_there_is_a_bad_moment(self) -> None:
        with pytest.raises(NotDelivered, match="one: URLError") as refusal:
            self.sent(sms.Provider("one", "http://127.0.0.1:9/send", body=AS_JSON))
        assert not refusal.value.for_good

    def test_the_settings_name_the_providers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert sms.adapter() is None
        given = [
            {
                "name": "one",
                "url": "https://x.example/",
                "method": "GET",
                "headers": {},
                "body": "",
                "expect": "",
            }
        ]
        monkeypatch.setitem(django_settings.HUIYING, "sms_providers", given)
        chosen = sms.adapter()
        assert isinstance(chosen, sms.HttpAdapter)
        assert [provider.name for provider in chosen.providers] == ["one"]
