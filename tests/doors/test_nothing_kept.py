"""What the public door leaves behind: no network address in database, log or file, whoever files and however."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from huiying.web.shared import throttle
from tests.cast import Cast
from tests.doors.running import serving
from tests.petitioner import CODE, Petitioner, words
from tests.visitors import Line, Visitor, drafted, seen, shown

FROM, BEHIND = "203.0.113.77", "198.51.100.177"
OPEN_PAGES = ("/", "/qingxi/", "/qingxi/how/", "/help/", "/privacy/", "/qingxi/figures/", "/qingxi/notices/")


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def whole_database() -> str:
    """Every row of every table, as text."""
    told = io.StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                cells = (bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
                told.write(repr([*cells]) + "\n")
    return told.getvalue()


def from_somewhere() -> Petitioner:
    person = Petitioner()
    person.browser = Client(REMOTE_ADDR=FROM, headers={"X-Forwarded-For": BEHIND})
    return person


@pytest.mark.parametrize("how", ["anonymous", "named", "confidential"])
def test_no_address_reaches_database_or_log(
    cast: Cast, how: str, caplog: pytest.LogCaptureFixture, settings
) -> None:
    settings.HUIYING = {**settings.HUIYING, "trusted_proxies": (f"{FROM}/32",)}
    caplog.set_level(logging.DEBUG)
    person = from_somewhere().files(how)
    for page in OPEN_PAGES:
        person.browser.get(page)
    assert person.opens(code="AAAA-AAAA-AAAA-AAAA").status_code == 422
    assert person.opens().status_code == 303
    person.does("say", text="一句话", key="")
    person.does("correct", text="改一处", key="")
    person.does("safety", text="担心")
    person.browser.get("/qingxi/nowhere/")
    kept = whole_database() + caplog.text
    assert person.reference in kept
    for address in (FROM, BEHIND, FROM.rpartition(".")[0], BEHIND.rpartition(".")[0]):
        assert address not in kept


def test_no_code_and_no_name_lies_open_in_the_database(cast: Cast) -> None:
    person = from_somewhere().files("named")
    person.opens()
    form = words(person.browser.get(person.at("follow", person.reference, "code")))
    answer = person.does("code", key=shown(r'name="key" value="([^"]+)"', form))
    found = CODE.search(words(answer))
    assert found
    kept = whole_database()
    for secret in (person.code, found[1], person.code.replace("-", ""), "试提事人", "00000000001"):
        assert secret not in kept


def test_a_running_server_writes_no_address_anywhere(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving(folder, trusted_proxies="127.0.0.1") as server, Line(server.port) as line:
        draft = drafted(line, "demo-qingxi")
        visitor = draft.visitor
        visitor.address = BEHIND
        seen(visitor.post(line, draft.path, filing_key=draft.filing_key), 303)
        page = seen(visitor.get(line, "/demo-qingxi/file/receipt/"), 200).text
        reference = shown(r'<span class="code reference">([^<]+)</span>', page)
        visitor.get(line, "/demo-qingxi/follow/")
        stranger = Visitor(address=BEHIND)
        stranger.get(line, "/demo-qingxi/follow/")
        wrong = stranger.post(line, "/demo-qingxi/follow/", reference=reference, code="AAAA-AAAA-AAAA-AAAA")
        seen(wrong, 422)
        stranger.get(line, "/demo-qingxi/nothing-here/")
        server.interrupt()
        said = server.said
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert any(reference.encode() in each for each in kept)
    assert BEHIND not in said
    assert not any(BEHIND.encode() in each for each in kept)
