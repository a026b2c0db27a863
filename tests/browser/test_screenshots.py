"""The key pages, as people see them on a phone and at a desk.

`make screenshots` writes them to docs/screenshots/; every other run writes them to a temporary folder and looks only
that each could be taken, is sound and is small enough to be kept in a repository.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import filing
from tests.browser.conftest import Town
from tests.browser.pages import DESK, PHONE, looking

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LARGEST = 250_000  # bytes
TALLEST = {PHONE["width"]: 2400, DESK["width"]: 1400}  # pixels; a picture shows how a page is, not all of it


@dataclass(frozen=True)
class Shot:
    """A page worth showing: who looks at it, and how they come there. A selector is a link to follow."""

    name: str
    role: str
    start: str
    follow: tuple[str, ...] = ()


SHOTS = (
    Shot("portal-home", "", ""),
    Shot("filing", "", "file/"),
    Shot("notice-public", "", "notices/", ("main li a[href*='/notices/'], main h2 a[href*='/notices/']",)),
    Shot("public-figures", "", "figures/"),
    Shot("my-day", "clerk", ""),
    Shot("reception", "clerk", "petitions/reception/"),
    Shot("petition-workbench", "officer", "petitions/?state=handling", ("tr[data-row] a",)),
    Shot("issue-page", "clerk", "issues/", ("tr[data-row] a, [data-row] a",)),
    Shot("warning-desk", "duty_officer", "issues/warnings/", ("tr[data-row] a, [data-row] a",)),
    Shot("incident-board", "leading_group", "incidents/", ("[data-row] a",)),
    Shot("plan-page", "planner", "plans/", ("[data-row] a, main td a, main li a",)),
    Shot("notice-editor", "press_officer", "notices/", ("a[href*='/edit/'], a[href$='/notices/new/']",)),
    Shot("evaluation-page", "planner", "evaluations/", ("[data-row] a, main td a, main li a",)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go."""
    if not os.environ.get("HUIYING_TEST_SCREENSHOTS"):
        return tmp_path
    FOLDER.mkdir(parents=True, exist_ok=True)
    return FOLDER


def take(page: Page, folder: Path, name: str) -> None:
    """Two pictures of the page as it stands."""
    for window in (PHONE, DESK):
        page.set_viewport_size(window)  # type: ignore[arg-type]
        file = folder / f"{name}-{window['width']}.png"
        height = min(page.evaluate("() => document.documentElement.scrollHeight"), TALLEST[window["width"]])
        while True:
            # A window as high as the picture, so that what stays at its lower edge lies on nothing else.
            page.set_viewport_size({"width": window["width"], "height": height})
            page.screenshot(path=file, animations="disabled", caret="hide")
            if file.stat().st_size <= LARGEST:
                break
            height = height * 9 // 10
        assert height > window["height"] // 2, f"{file.name} is too heavy to show anything"


@pytest.mark.parametrize("shot", SHOTS, ids=[shot.name for shot in SHOTS])
def test_a_key_page_can_be_shown(
    town: Town, as_role: Callable[..., BrowserContext], visitor: BrowserContext, folder: Path, shot: Shot
) -> None:
    seeing = looking(as_role(shot.role) if shot.role else visitor)
    page = seeing.page
    page.goto(urljoin(town.console if shot.role else town.portal, shot.start))
    for link in shot.follow:
        page.locator(link).first.click()
        page.wait_for_load_state()
    take(page, folder, shot.name)
    seeing.check()
    assert not seeing.problems, "\n".join(seeing.problems)


def test_the_receipt_and_the_petitions_page_can_be_shown(
    town: Town, visitor: BrowserContext, folder: Path
) -> None:
    page = visitor.new_page()
    filing.up_to_the_check(page, town)
    filing.go_on(page)
    take(page, folder, "receipt")
    answered = next(shown for shown in town.followed if "办结" in shown.about)
    filing.follow(page, town, answered.reference, answered.code)
    take(page, folder, "petition-page")


IN_THE_DARK = [
    shot for shot in SHOTS if shot.name in ("portal-home", "public-figures", "my-day", "incident-board")
]


@pytest.mark.parametrize("shot", IN_THE_DARK, ids=[shot.name for shot in IN_THE_DARK])
def test_a_key_page_is_readable_in_the_dark(
    town: Town, as_role: Callable[..., BrowserContext], shot: Shot
) -> None:
    dark = {"color_scheme": "dark"}
    with town.visitor(**dark) as visitor:
        seeing = looking(as_role(shot.role, **dark) if shot.role else visitor)
        page = seeing.page
        page.goto(urljoin(town.console if shot.role else town.portal, shot.start))
        for link in shot.follow:
            page.locator(link).first.click()
            page.wait_for_load_state()
        seeing.check()
    assert not seeing.problems, "\n".join(seeing.problems)
