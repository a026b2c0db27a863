"""The console without a mouse: a visit taken down from the first word to the receipt, a list walked with j and k."""

from collections.abc import Callable
from itertools import groupby

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Town
from tests.browser.pages import looking

# The order in which a visit is told; the last one sends.
ORDER = [
    "text", "happened_where", "happened_when", "respondent", "channel", "kind", "matter", "place", "said_at", "received_on",
    "joint_count", "SUMMARY", "claim_1", "claim_2", "claim_3", "more", "danger", "urgent_need", "SUMMARY", "confidentiality",
    "name", "phone", "email", "address", "title", "send",
]  # fmt: skip
FOCUSED = "() => document.activeElement.name || document.activeElement.tagName"
TYPED = {
    "text": "来访人说，村里自来水发黄，已经一个星期。",
    "happened_where": "青溪村三组",
    "claim_1": "请查明自来水为什么发黄",
    "claim_2": "请送干净的水",
}


def test_a_visit_is_taken_down_without_a_mouse(town: Town, as_role: Callable[..., BrowserContext]) -> None:
    seeing = looking(as_role("clerk"))
    page = seeing.page
    page.goto(f"{town.console}petitions/reception/")
    expect(page.locator("#id_text")).to_be_focused()
    walked = [page.evaluate(FOCUSED)]
    while walked[-1] != "send" and len(walked) < 60:
        if walked[-1] in TYPED:
            page.keyboard.type(TYPED[walked[-1]])
        if walked[-1] == "confidentiality":
            page.keyboard.press("ArrowUp")  # from the first card round to the last: anonymous
        page.keyboard.press("Tab")
        walked.append(page.evaluate(FOCUSED))
    # The picker of a day is several stops in one field.
    assert [name for name, _again in groupby(walked)] == ORDER
    assert page.is_checked("input[name=confidentiality][value=anonymous]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("念给本人听")
    expect(page.locator(".aloud")).to_be_focused()
    seeing.check()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.is_checked("#id_read_back")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/reception/receipt/")
    seeing.check()
    assert not seeing.problems, "\n".join(seeing.problems)


def test_j_and_k_walk_a_list_and_enter_opens_the_line(
    town: Town, as_role: Callable[..., BrowserContext]
) -> None:
    page = as_role("clerk").new_page()
    page.goto(f"{town.console}petitions/")
    rows = page.locator("[data-row]")
    for key, row in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert has_focus(page, row), (key, row)
    reference = rows.nth(1).locator("a").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/petitions/{reference}/")


def test_a_key_is_a_letter_while_one_types(town: Town, as_role: Callable[..., BrowserContext]) -> None:
    page = as_role("clerk").new_page()
    page.goto(f"{town.console}petitions/")
    page.keyboard.press("/")
    expect(page.locator("#console-search")).to_be_focused()
    page.keyboard.type("jk/")
    expect(page.locator("#console-search")).to_have_value("jk/")


def test_the_skip_link_is_first_and_leads_to_the_page(town: Town, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(town.portal)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def has_focus(page: Page, row: int) -> bool:
    """Whether the focus is somewhere in this line."""
    inside: bool = (
        page.locator("[data-row]").nth(row).evaluate("(line) => line.contains(document.activeElement)")
    )
    return inside
