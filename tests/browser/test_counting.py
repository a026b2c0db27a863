"""Counting on a phone: a big figure with − and +, each lot saved by itself, and the place on the page is kept."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Town
from tests.browser.pages import PHONE, Looking, looking

SEEN = "(lot) => { const box = lot.getBoundingClientRect(); return box.bottom > 0 && box.top < window.innerHeight; }"


def open_count(page: Page, town: Town) -> Locator:
    """The way of a thumb from the overview to the first store's page of counting; the last lot on it."""
    page.goto(f"{town.console}supplies/")
    page.locator("a[href$='/count/']").first.click()
    page.wait_for_url("**/count/")
    return page.locator(".count-lot").last


def figure(lot: Locator) -> int:
    """What stands in the lot's field."""
    return int(lot.locator("[name=found]").input_value())


def kept_place(page: Page, lot: Locator, number: int) -> None:
    """After saving the page stands at the same lot, marked as counted today, with the figure in the books."""
    expect(lot).to_contain_text("今天已点")
    assert page.url.endswith(f"#{lot.get_attribute('id')}")
    assert lot.evaluate(SEEN)
    assert figure(lot) == number
    expect(lot).to_contain_text(f"账上 {number} ")


def on_phone(context: BrowserContext, **about: object) -> Looking:
    """A page in a window as wide as a phone."""
    seeing = looking(context, **about)
    seeing.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return seeing


def test_a_store_keeper_counts_with_the_thumb_and_without_scripts(
    town: Town, as_role: Callable[..., BrowserContext]
) -> None:
    seeing = on_phone(as_role("store_keeper"))
    page = seeing.page
    lot = open_count(page, town)
    assert page.locator(".count-lot").count() > 3
    assert not lot.evaluate(SEEN)  # far down: without the place she would have to look for it again
    before = figure(lot)

    # One less, one less, one more: a thumb is enough. Nothing is in the books before it is saved.
    less, more = lot.get_by_label("减一"), lot.get_by_label("加一")
    for button in (less, more):
        box = button.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 44
    less.click()
    less.click()
    more.click()
    assert figure(lot) == before - 1
    expect(lot).to_contain_text(f"账上 {before} ")
    lot.get_by_role("button", name="保存这个数").click()
    kept_place(page, lot, before - 1)

    # A wide figure is read as a figure; below nothing there is nothing.
    lot.locator("[name=found]").fill("１")
    for _press in range(3):
        less.click()
    assert figure(lot) == 0
    more.click()
    assert figure(lot) == 1
    seeing.check()

    # Without scripts there is no − and +: the number is typed, and saving keeps the place as well.
    plain = on_phone(as_role("store_keeper", java_script_enabled=False), scripts=False)
    lot = open_count(plain.page, town)
    assert figure(lot) == before - 1
    expect(lot.get_by_label("减一")).to_be_hidden()
    lot.locator("[name=found]").fill(str(before))
    lot.get_by_role("button", name="保存这个数").click()
    plain.page.wait_for_url("**#lot-*")
    kept_place(plain.page, lot, before)
    plain.check()
    assert not seeing.problems + plain.problems, "\n".join(seeing.problems + plain.problems)
