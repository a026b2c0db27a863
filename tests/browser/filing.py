"""The hands of somebody who files: the four steps, the receipt, the way back to it."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.conftest import Town

HAPPENED = "村口的路灯坏了三个月，晚上老人出门看不清路。"
ASKED = "请修好村口的路灯"
NEXT = "main form.flow .buttons button:not([name])"


@dataclass(frozen=True)
class Kept:
    """What a person takes away from the receipt."""

    reference: str
    code: str


def tell(page: Page, town: Town, *, happened: str = HAPPENED, asked: str = ASKED) -> None:
    """Step one, filled in and not yet sent."""
    page.goto(f"{town.portal}file/")
    page.check("input[name=kind][value=request]")
    page.fill("#id_text", happened)
    page.fill("#id_claim_1", asked)


def go_on(page: Page) -> None:
    """Press the one button that leads on."""
    page.click(NEXT)
    page.wait_for_load_state()


def place(page: Page, where: str = "青溪村东头") -> None:
    """Step two."""
    page.fill("#id_where", where)


def stay_unnamed(page: Page) -> None:
    """Step three: nobody may know."""
    page.check("input[name=confidentiality][value=anonymous]")


def up_to_the_check(page: Page, town: Town, **words: str) -> None:
    """All answers given; the page shows them and waits to be sent."""
    tell(page, town, **words)
    go_on(page)
    place(page)
    go_on(page)
    stay_unnamed(page)
    go_on(page)


def on_the_receipt(page: Page) -> Kept:
    """Number and code, as a person copies them."""
    reference, code = page.locator(".receipt .code").all_inner_texts()
    return Kept(reference.strip(), code.strip())


def follow(page: Page, town: Town, reference: str, code: str) -> None:
    """Open the petition's page with number and code."""
    page.goto(f"{town.portal}follow/")
    page.fill("#id_reference", reference)
    page.fill("#id_code", code)
    go_on(page)
