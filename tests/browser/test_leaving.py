"""Quick leave: one press, and neither this browser nor its back button shows anything of what was there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import filing
from tests.browser.conftest import Town
from tests.browser.pages import PHONE, looking


def by_button(page: Page) -> None:
    page.click("form[data-leave] button")


def by_key(page: Page) -> None:
    page.locator("body").press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [by_button, by_key])
def test_quick_leave_ends_the_session_and_back_shows_nothing(
    town: Town, visitor: BrowserContext, leave: Callable[[Page], None]
) -> None:
    seeing = looking(visitor)
    page = seeing.page
    filing.up_to_the_check(page, town)
    expect(page.locator("main")).to_contain_text(filing.HAPPENED)
    leave(page)
    page.wait_for_url("**/left/")
    seeing.check()

    for _ in range(3):
        page.go_back()
        expect(page.locator("body")).not_to_contain_text(filing.HAPPENED)
        assert not [box for box in page.locator("textarea").all() if box.input_value()]
    page.goto(f"{town.portal}file/check/")
    expect(page.locator("body")).not_to_contain_text(filing.HAPPENED)
    assert "huiying_key" not in {cookie["name"] for cookie in visitor.cookies()}
    assert not seeing.problems, "\n".join(seeing.problems)


def test_leaving_a_petitions_page_closes_it(town: Town, visitor: BrowserContext) -> None:
    shown = town.followed[0]
    page = visitor.new_page()
    filing.follow(page, town, shown.reference, shown.code)
    expect(page.locator("h1")).to_have_text(shown.reference)
    address = page.url
    by_button(page)
    page.wait_for_url("**/left/")
    page.go_back()
    expect(page.locator(".timeline")).to_have_count(0)
    page.goto(address)
    expect(page.locator("#id_code")).to_have_count(1)


def test_without_scripts_the_same_button_leads_to_the_same_page(town: Town) -> None:
    with town.visitor(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        filing.tell(page, town)
        filing.go_on(page)
        by_button(page)
        page.wait_for_url("**/left/")
        page.goto(f"{town.portal}file/where/")
        assert page.url.endswith("/file/?ended=1")
