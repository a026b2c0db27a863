"""The incident board stays current for all who look, without anybody pressing anything."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Town

WITHIN = 3_000  # milliseconds


def test_who_looks_at_the_board_sees_an_acknowledged_order_within_three_seconds(
    town: Town, as_role: Callable[..., BrowserContext]
) -> None:
    hand, order, incident = an_order_to_acknowledge(town)
    board = as_role("leading_group").new_page()
    board.goto(incident)
    card = board.locator(".order", has=board.locator(f"a[href='{order}']"))
    expect(card).to_contain_text("已下达")
    hand.click(f"form[action='{order}acknowledge/'] button")
    expect(card).to_contain_text("已接收", timeout=WITHIN)


def an_order_to_acknowledge(town: Town) -> tuple[Page, str, str]:
    """The page of somebody with an order that waits, the order's address, its board's address."""
    for account in town.accounts.values():
        page = town.signed_in(account).new_page()
        page.goto(f"{town.console}incidents/orders/")
        waiting = page.locator("li.order", has=page.locator("form[action$='/acknowledge/']"))
        if waiting.count():
            order = waiting.first.locator(".order-title a").get_attribute("href")
            incident = waiting.first.locator("a[href*='/incidents/QX']").first.get_attribute("href")
            assert order and incident
            return page, order, town.home + incident
        page.context.close()
    raise AssertionError("nobody in the demo town has an order to acknowledge")
