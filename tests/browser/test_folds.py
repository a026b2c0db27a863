"""A folded form of the workbench comes when it is unfolded, without a reload, with mouse or keyboard."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Town
from tests.browser.pages import looking


def test_unfolding_brings_the_form_into_its_place(town: Town, as_role: Callable[..., BrowserContext]) -> None:
    seeing = looking(as_role("clerk"))
    page = seeing.page
    page.goto(f"{town.console}petitions/")
    page.locator("[data-row] a").first.click()
    page.wait_for_url("**/petitions/*/")
    here = page.url
    fold = page.locator("#fold-recuse")
    expect(page.locator("[name=recuse_staff]")).to_have_count(0)
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.locator("select[name=recuse_staff]")).to_be_visible()
    expect(fold.locator(".unfold")).to_have_count(0)
    expect(fold.locator("form")).to_have_count(1)
    assert page.url == here
    seeing.check()
    fold.locator("summary").click()
    fold.locator("summary").click()
    expect(fold.locator("form")).to_have_count(1)
    fold.locator("button").click()  # nothing chosen: the form comes back open, with what is wrong
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("#fold-recuse[open] select[name=recuse_staff]")).to_be_visible()
    assert not seeing.problems, "\n".join(seeing.problems)
