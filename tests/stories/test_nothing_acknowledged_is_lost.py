"""The power fails while people file: whoever saw a receipt has been heard, and whoever did not loses nothing by asking.

A real server, real connections, kill -9. On the database that this call of the tests is on.
"""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier, Condition, Thread
from typing import Any

import psycopg
import pytest

from tests.aftermath import asked
from tests.doors.running import Server, serving
from tests.visitors import Broken, Draft, Line, Visitor, drafted, shown

CLIENTS = 4
ENOUGH = 12  # receipts seen before the server is killed
REFERENCE = r'class="code reference">([^<]+)<'
CODE = r'<span class="code">([^<]+)</span>'
PROXY = {"trusted_proxies": "127.0.0.1"}  # every visitor has an address of their own


@dataclass
class Crowd:
    """What the people at the door know: their receipts, and what they sent without an answer."""

    receipts: dict[str, str] = field(default_factory=dict)
    unanswered: list[Draft] = field(default_factory=list)
    seen: Condition = field(default_factory=Condition)

    def file_until_it_breaks(self, server: Server) -> None:
        """One person after another, until the line goes dead."""
        with Line(server.port) as line:
            try:
                while True:
                    draft = drafted(line, "qingxi", name="试提事人")
                    self._send(line, draft)
            except Broken:
                return

    def _send(self, line: Line, draft: Draft) -> None:
        self.unanswered.append(draft)
        reference, code = sent(line, draft)
        with self.seen:
            self.unanswered.remove(draft)
            self.receipts[reference] = code
            self.seen.notify_all()


def sent(line: Line, draft: Draft) -> tuple[str, str]:
    """Press the button and read the receipt, as the person sees it."""
    assert line.ask(draft.sending())[0] == 303
    page = draft.visitor.get(line, "/qingxi/file/receipt/").text
    return shown(REFERENCE, page), shown(CODE, page)


def opened(line: Line, reference: str, code: str) -> bool:
    """Come back another day with what was written down; whether the petition's page shows."""
    visitor = Visitor()
    visitor.get(line, "/qingxi/follow/")
    assert visitor.post(line, "/qingxi/follow/", reference=reference, code=code).status == 303
    page = visitor.get(line, f"/qingxi/follow/{reference}/")
    return page.status == 200 and reference in page.text


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A data folder and settings for a server of its own, beside the database of this call."""
    folder, settings = tmp_path / "data", dict(PROXY)
    cluster, name = os.environ.get("HUIYING_TEST_DATABASE", ""), f"killed_{os.getpid()}"
    if not cluster:
        asked("found", folder, **settings)
        yield folder, settings
        return
    with psycopg.connect(cluster.replace("/huiying?", "/postgres?"), autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        try:
            settings["database_url"] = cluster.replace("/huiying?", f"/{name}?")
            asked("found", folder, **settings)
            yield folder, settings
        finally:
            line.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.mark.slow
def test_whoever_saw_a_receipt_is_heard_after_a_kill_and_nothing_is_there_twice(
    installation: tuple[Path, dict[str, str]],
) -> None:
    folder, settings = installation
    crowd = Crowd()
    with serving(folder, "--empty", **settings) as server:
        people = [Thread(target=crowd.file_until_it_breaks, args=[server]) for _ in range(CLIENTS)]
        for person in people:
            person.start()
        with crowd.seen:
            assert crowd.seen.wait_for(lambda: len(crowd.receipts) >= ENOUGH, timeout=30)
        server.process.send_signal(signal.SIGKILL)
        for person in people:
            person.join(timeout=30)

    there = asked("look", folder, **settings)
    assert crowd.receipts.keys() <= there["petitions"].keys()
    assert len(there["petitions"]) <= len(crowd.receipts) + len(crowd.unanswered)
    assert_whole(there)

    with serving(folder, "--empty", **settings) as server, Line(server.port) as line:
        assert all(opened(line, reference, code) for reference, code in crowd.receipts.items())
        for draft in crowd.unanswered:  # "did it go out?" – they press the button again
            crowd.receipts.update([sent(line, draft)])
        two_clicks_at_once(server, crowd)

    there = asked("look", folder, **settings)
    assert crowd.receipts.keys() == there["petitions"].keys()
    assert_whole(there)


def two_clicks_at_once(server: Server, crowd: Crowd) -> None:
    """One person, two connections, the same button in the same instant: one receipt."""
    start, seen = Barrier(2), list[tuple[str, str]]()
    with Line(server.port) as line:
        draft = drafted(line, "qingxi", name="试提事人")

    def click() -> None:
        with Line(server.port) as line:
            start.wait(timeout=10)
            seen.append(sent(line, draft))

    clicks = [Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join(timeout=30)
    assert len(seen) == 2 and len(set(seen)) == 1
    crowd.receipts.update(seen)


def assert_whole(there: dict[str, Any]) -> None:
    """One ledger event and one letter a petition, all its rows, one identity each, and the ledger verifies."""
    assert set(map(tuple, there["petitions"].values())) <= {(1, 1)}
    assert there["whole"] and there["broken"] == [] and there["strays"] == []
    assert there["identities"] == len(there["petitions"])
