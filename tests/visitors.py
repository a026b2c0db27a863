"""People at the public door over real HTTP: one kept connection, own cookies, own address behind a proxy.

As thin as can be, for its time is taken from the server it measures: no redirects are followed, no page is parsed.
"""

import itertools
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlencode

SECONDS = 30.0
WORDS = (
    "我们村口的水渠从去年十一月起就堵住了，雨天路面积水漫进院子，老人出门都要蹚水。村里报过两次，"
    "镇上来看过一次，没有下文。水渠在村东头石桥旁边，长约三十米，堵的是建房时倒的土。"
)
_numbers = itertools.count(1)


class Broken(Exception):
    """The server hung up or never answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode()


class Line:
    """One kept connection; requests one after another."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        if self._socket:
            self._socket.close()
        self._socket = None

    def ask(self, request: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Send one request and read one answer. Raises Broken where the server is gone."""
        try:
            if self._socket is None:
                self._socket = socket.create_connection(("127.0.0.1", self._port), SECONDS)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(request)
            return self._read(self._socket)
        except OSError as gone:
            self.hang_up()
            raise Broken(str(gone)) from gone

    def _read(self, line: socket.socket) -> tuple[int, list[tuple[str, str]], bytes]:
        told = b""
        while (end := told.find(b"\r\n\r\n")) < 0:
            told += self._more(line)
        first, *rest = told[:end].decode("latin-1").split("\r\n")
        headers = [(name.lower(), value.strip()) for name, _, value in (row.partition(":") for row in rest)]
        named = dict(headers)
        body, status = told[end + 4 :], int(first.split(" ", 2)[1])
        if "content-length" in named:
            while len(body) < int(named["content-length"]):
                body += self._more(line)
        elif named.get("transfer-encoding") == "chunked":
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more(line)
        return status, headers, body

    def _more(self, line: socket.socket) -> bytes:
        part = line.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        return part


@dataclass
class Visitor:
    """One browser: cookies and an address of its own (the server must trust a proxy at 127.0.0.1)."""

    cookies: dict[str, str] = field(default_factory=dict)
    address: str = field(default_factory=lambda: _address(next(_numbers)))

    def get(self, line: Line, path: str, **headers: str) -> Answer:
        """Fetch a page."""
        return self._kept(line.ask(self.request("GET", path, headers=headers)))

    def post(self, line: Line, path: str, **fields: str) -> Answer:
        """Send a form."""
        return self._kept(line.ask(self.form(path, **fields)))

    def form(self, path: str, **fields: str) -> bytes:
        """The bytes of a form's request, ready to be sent."""
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}).encode()
        return self.request(
            "POST", path, headers={"Content-Type": "application/x-www-form-urlencoded"}, body=body
        )

    def request(self, method: str, path: str, *, headers: Mapping[str, str], body: bytes = b"") -> bytes:
        """The bytes of a request."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = {
            "Host": "127.0.0.1",
            "Accept-Language": "zh-CN",
            "X-Forwarded-For": self.address,
            "Content-Length": str(len(body)),
            **({"Cookie": cookies} if cookies else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body

    def _kept(self, answer: tuple[int, list[tuple[str, str]], bytes]) -> Answer:
        status, headers, body = answer
        for name, value in headers:
            if name == "set-cookie":
                cookie, _, text = value.split(";", 1)[0].partition("=")
                self.cookies[cookie] = text
        return Answer(status, dict(headers), body)


@dataclass(frozen=True, slots=True)
class Draft:
    """A filing that lacks only its last click."""

    visitor: Visitor
    path: str
    filing_key: str

    def sending(self) -> bytes:
        """The request of that click."""
        return self.visitor.form(self.path, filing_key=self.filing_key)


def drafted(line: Line, body_code: str, *, text: str = WORDS, name: str = "") -> Draft:
    """Walk the three steps and read the fourth, as a person without JavaScript does."""
    visitor, home = Visitor(), f"/{body_code}/file/"
    identity = {"name": name, "phone": "13000000000"} if name else {}
    steps: tuple[tuple[str, dict[str, str]], ...] = (
        (
            home,
            {
                "kind": "request",
                "text": text,
                "claim_1": "清通石桥旁的水渠",
                "claim_2": "说明为什么拖了四个月",
            },
        ),
        (f"{home}where/", {"where": "青溪镇东村石桥", "when": "去年十一月以来"}),
        (f"{home}name/", {"confidentiality": "named" if name else "anonymous", **identity}),
    )
    seen(visitor.get(line, home), 200)
    for path, fields in steps:
        seen(visitor.post(line, path, **fields), 303)
    page = seen(visitor.get(line, f"{home}check/"), 200).text
    return Draft(visitor, f"{home}check/", shown(r'name="filing_key" value="([^"]+)"', page))


def signed_in(line: Line, account: str, passphrase: str) -> Visitor:
    """A member of staff who has signed in by typing."""
    visitor = Visitor()
    seen(visitor.get(line, "/console/sign-in/"), 200)
    answer = visitor.post(line, "/console/sign-in/", account=account, passphrase=passphrase)
    assert answer.status in (302, 303), answer.text[:2000]
    return visitor


def seen(answer: Answer, status: int) -> Answer:
    """The answer, which must have this status."""
    assert answer.status == status, (answer.status, answer.headers, answer.text[:1500])
    return answer


def shown(pattern: str, page: str) -> str:
    """What the page shows at this place."""
    found = re.search(pattern, page)
    assert found, f"{pattern} is not on the page"
    return found[1]


def _address(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
