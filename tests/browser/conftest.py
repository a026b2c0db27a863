"""One demo town for the whole ring: a real `huiying serve`, a real Chromium, nothing faked between them."""

import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState, sync_playwright

from huiying.registry.passphrases import DEMO_PASSPHRASE
from huiying.rules.permissions import Role
from tests.browser.pages import DESK
from tests.doors.running import Server, serving

ACCOUNT = re.compile(r"^    (?P<account>[a-z_]+) +(?P<role>\S+)$", re.M)
TO_FOLLOW = re.compile(
    r"^ +(?P<reference>[A-Z0-9]+(?:-[A-Z0-9]+)+)  (?P<code>[A-Z0-9-]{16,})  (?P<about>.+)$", re.M
)
PATIENCE = 10_000  # milliseconds; a shared machine may be slow


@dataclass(frozen=True)
class Followed:
    """A petition whose number and code the demo town prints."""

    reference: str
    code: str
    about: str


@dataclass
class Town:
    """The running town: its address, who may sign in, which petitions can be followed."""

    server: Server
    browser: Browser
    body: str = "demo-qingxi"
    sessions: dict[str, StorageState] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The address of the site."""
        return self.server.home

    @property
    def portal(self) -> str:
        """The address of the body's public home."""
        return f"{self.home}/{self.body}/"

    @property
    def console(self) -> str:
        """The address of the staff door."""
        return f"{self.home}/console/"

    @property
    def accounts(self) -> dict[str, str]:
        """One account for each role, as the server prints them."""
        words = {role.label: role.value for role in Role}
        found = {
            words[row["role"]]: row["account"]
            for row in ACCOUNT.finditer(self.server.said)
            if row["role"] in words
        }
        assert found, self.server.said
        return found

    @property
    def followed(self) -> list[Followed]:
        """The petitions whose codes the server prints when it builds the town."""
        return [Followed(**row.groupdict()) for row in TO_FOLLOW.finditer(self.server.said)]

    def visitor(self, **options: object) -> BrowserContext:
        """A browser nobody has used."""
        chosen = {"viewport": DESK, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        context = self.browser.new_context(**chosen)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        return context

    def signed_in(self, account: str, **options: object) -> BrowserContext:
        """A browser in which this person has signed in by the form; the form is filled once a run."""
        if account not in self.sessions:
            with self.visitor() as context:
                self.sign_in(context, account)
                self.sessions[account] = context.storage_state()
        return self.visitor(storage_state=self.sessions[account], **options)

    def forget(self, context: BrowserContext) -> None:
        """Half an hour of silence: the browser keeps its cookie, the session in the server's database runs out.

        Where no session was begun yet the browser names one that the server no longer has.
        """
        cookies = [cookie["value"] for cookie in context.cookies() if cookie["name"] == "sessionid"]
        if not cookies:
            context.add_cookies([{"name": "sessionid", "value": "a" * 32, "url": self.home}])
            return
        with closing(sqlite3.connect(self.server.folder / "huiying.sqlite3", timeout=20)) as file, file:
            ended = "UPDATE django_session SET expire_date = '2026-01-01 00:00:00' WHERE session_key = ?"
            assert file.execute(ended, cookies).rowcount == 1

    def sign_in(self, context: BrowserContext, account: str) -> None:
        """Fill the form in this browser."""
        page = context.new_page()
        page.goto(f"{self.console}sign-in/")
        page.fill("#id_account", account)
        page.fill("#id_passphrase", DEMO_PASSPHRASE)
        page.press("#id_passphrase", "Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        page.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """`huiying serve` on a new data folder, with the demo town it builds."""
    with (
        tempfile.TemporaryDirectory(prefix="huiying-browser-") as folder,
        serving(Path(folder) / "data") as server,
    ):
        yield server


# Of the package, not of the session: Playwright keeps an event loop in this thread, and Django's database would
# refuse to be used beside it by any test that came afterwards.
@pytest.fixture(scope="package")
def town(server: Server, chromium: str) -> Iterator[Town]:
    """The town and the browser that looks at it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield Town(server, browser)
        browser.close()


@pytest.fixture
def visitor(town: Town) -> Iterator[BrowserContext]:
    """Somebody from the street, with a browser of their own."""
    with town.visitor() as context:
        yield context


@pytest.fixture
def as_role(town: Town) -> Iterator[Callable[[str], BrowserContext]]:
    """The browser of somebody who holds a role; closed when the test ends."""
    opened: list[BrowserContext] = []

    def open_for(role: str, **options: object) -> BrowserContext:
        opened.append(town.signed_in(town.accounts[role], **options))
        return opened[-1]

    yield open_for
    for context in opened:
        context.close()
