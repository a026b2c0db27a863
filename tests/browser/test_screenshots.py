"""The key pages, as people see them on a phone and at a desk.

`make screenshots` writes them to docs/screenshots/; every other run writes them to a temporary folder and looks only
that each could be taken, is sound and is small enough to be kept in a repository. Pictures have few colours, as the
pages do.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import BrowserContext, Page

from tests.browser import filing
from tests.browser.conftest import Town
from tests.browser.pages import DESK, PHONE, looking

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LARGEST = 250_000  # bytes
COLOURS = 128
A5, MARGIN = {"width": 559, "height": 794}, 38  # pixels of the paper that a receipt is printed on
TALLEST = {PHONE["width"]: 2400, DESK["width"]: 1400}  # pixels; a picture shows how a page is, not all of it


@dataclass(frozen=True)
class Shot:
    """A page worth showing: who looks at it, and how they come there. A selector is a link to follow."""

    name: str
    role: str
    start: str
    follow: tuple[str, ...] = ()


FIRST = ("tr[data-row] a, [data-row] a",)
SHIELD = ("tr[data-row] a", "main a[href$='/shield/']")
SHOTS = (
    Shot("portal-home", "", ""),
    Shot("notice-public", "", "notices/", ("main li a[href*='/notices/'], main h2 a[href*='/notices/']",)),
    Shot("public-figures", "", "figures/"),
    Shot("my-day", "clerk", ""),
    Shot("my-day-head", "unit_head", ""),
    Shot("reception", "clerk", "petitions/reception/"),
    Shot("petition-search", "clerk", "petitions/?q=路灯&matter=works&from=2020-01-01"),
    Shot("petition-workbench", "officer", "petitions/?q=候车亭", ("tr[data-row] a",)),
    Shot("petition-shielding", "clerk", "petitions/?state=registered&matter=labour", SHIELD),
    Shot("unit-view", "unit_head", "unit/"),
    Shot("supervision", "supervisor", "supervision/"),
    Shot("settings-calendar", "system_admin", "settings/calendar/"),
    Shot("settings-categories", "system_admin", "settings/categories/"),
    Shot("issue-page", "clerk", "issues/", FIRST),
    Shot("warning-desk", "duty_officer", "issues/warnings/", FIRST),
    Shot("incident-board", "leading_group", "incidents/", ("[data-row] a",)),
    Shot("plan-page", "planner", "plans/", ("[data-row] a, main td a, main li a",)),
    Shot("plan-library", "planner", "plans/"),
    Shot("plan-road", "planner", "plans/township-public-concerns/1/road/"),
    Shot("plan-readiness", "planner", "readiness/"),
    Shot("notice-editor", "press_officer", "notices/", ("a[href*='/edit/'], a[href$='/notices/new/']",)),
    Shot("duty-home", "duty_officer", "duty/"),
    Shot("duty-month", "duty_officer", "duty/rosters/", FIRST),
    Shot("calls", "duty_officer", "calls/"),
    Shot("supplies-counting", "store_keeper", "supplies/", ("main a[href$='/count/']",)),
    Shot("contacts", "store_keeper", "contacts/"),
    Shot("evaluation-page", "planner", "evaluations/", ("[data-row] a, main td a, main li a",)),
)
TABLE = """编号,标题,内容,来信人,来信日期
A-17,路灯不亮,村口的路灯坏了三天，晚上看不见路。,某某,2026-01-06
A-18,鱼塘边没有护栏,村东鱼塘边没有护栏，孩子放学从那里走。,某某,2026-01-07
"""
PLAN = """防汛应急预案
一、编制目的
为做好本镇防汛工作，保障群众生命财产安全，制定本预案。
二、编制依据
《中华人民共和国突发事件应对法》《中华人民共和国防洪法》。
三、适用范围
本预案适用于本镇行政区域内的洪涝灾害。
四、组织机构与职责
镇长任指挥长。村建办负责抢修道路和排水。民政办负责转移和安置群众。
五、响应分级
一级响应：镇区被淹，有人员被困。
二级响应：河道超过警戒水位。
六、应急处置
（一）值班员接报后 10 分钟内向值班领导报告。
（二）指挥长决定启动响应，1 小时内向县人民政府首报。
（三）村建办 2 小时内设置警戒，抢修道路。
七、信息发布
由镇人民政府 5 小时内发布首次通报。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go."""
    if not os.environ.get("HUIYING_TEST_SCREENSHOTS"):
        return tmp_path
    FOLDER.mkdir(parents=True, exist_ok=True)
    return FOLDER


def snap(page: Page, file: Path, *, margin: int = 0) -> None:
    """One picture of the window, in few colours, with nothing pointed at; paper has a margin around it."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.mouse.move(0, 0)
    page.screenshot(path=file, animations="disabled", caret="hide")
    with Image.open(file) as picture:
        whole = ImageOps.expand(picture.convert("RGB"), border=margin, fill="white")
        few = whole.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def take(page: Page, folder: Path, name: str) -> None:
    """Two pictures of the page as it stands; where they are not kept the harder one, on a phone, is enough."""
    for window in (PHONE, DESK) if folder == FOLDER else (PHONE,):
        page.set_viewport_size(window)  # type: ignore[arg-type]
        file = folder / f"{name}-{window['width']}.png"
        height = min(page.evaluate("() => document.documentElement.scrollHeight"), TALLEST[window["width"]])
        while True:
            # A window as high as the picture, so that what stays at its lower edge lies on nothing else.
            page.set_viewport_size({"width": window["width"], "height": height})
            snap(page, file)
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


def test_filing_and_what_follows_can_be_shown(town: Town, visitor: BrowserContext, folder: Path) -> None:
    page = visitor.new_page()
    filing.tell(page, town)
    take(page, folder, "filing-1")
    for number, fill in ((2, filing.place), (3, filing.stay_unnamed)):
        filing.go_on(page)
        fill(page)
        take(page, folder, f"filing-{number}")
    filing.go_on(page)
    take(page, folder, "filing-4")
    filing.go_on(page)
    take(page, folder, "receipt")
    page.emulate_media(media="print")
    page.set_viewport_size({edge: length - 2 * MARGIN for edge, length in A5.items()})  # type: ignore[arg-type]
    snap(page, folder / "receipt-a5.png", margin=MARGIN)
    page.emulate_media(media="screen")
    for name, about in (
        ("petition-waiting", "刚收到"),
        ("petition-asked", "提问"),
        ("petition-page", "附评价"),
    ):
        shown = next(shown for shown in town.followed if about in shown.about)
        filing.follow(page, town, shown.reference, shown.code)
        take(page, folder, name)
        page.context.clear_cookies()


def test_what_would_be_imported_can_be_shown(
    town: Town, as_role: Callable[..., BrowserContext], folder: Path
) -> None:
    page = as_role("clerk").new_page()
    page.goto(urljoin(town.console, "petitions/imports/"))
    table = {"name": "letters.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.set_input_files("input[type=file]", table)  # type: ignore[arg-type]
    page.click("main form.flow .buttons button")
    page.wait_for_load_state()
    take(page, folder, "import-preview")


def test_a_plan_read_from_a_file_can_be_shown(
    town: Town, as_role: Callable[..., BrowserContext], folder: Path
) -> None:
    page = as_role("planner").new_page()
    page.goto(urljoin(town.console, "plans/imports/"))
    plan = {"name": "flood.txt", "mimeType": "text/plain", "buffer": PLAN.encode()}
    page.set_input_files("input[type=file]", plan)  # type: ignore[arg-type]
    page.click("main form.flow .buttons button")
    page.wait_for_url("**/plans/imports/*/*")
    take(page, folder, "plan-import")


def test_a_rehearsal_can_be_shown(town: Town, as_role: Callable[..., BrowserContext], folder: Path) -> None:
    page = as_role("planner").new_page()
    page.goto(urljoin(town.console, "plans/township-public-concerns/1/rehearse/"))
    page.click("main form[method=post] button:has-text('演算')")
    page.wait_for_url("**/rehearse/*/")
    take(page, folder, "plan-rehearsal")


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
