"""From the first word to the page that shows the answer, as a person goes it: in any language, without scripts too."""

import re
from collections.abc import Callable

import opencc
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from huiying.config.demo import people
from tests.browser import filing
from tests.browser.conftest import Town
from tests.browser.pages import looking

LANGUAGES = [
    ("zh-hans", "zh-Hans", True),
    ("zh-hans", "zh-Hans", False),
    ("zh-hant", "zh-Hant", False),
    ("en", "en", False),
]
# What people and the body wrote stays as they wrote it.
WRITTEN = (
    filing.HAPPENED,
    filing.ASKED,
    "青溪村东头",
    people.NAME,
    people.SUPERIOR,
    people.ADDRESS,
    "简体中文",
)
TEXTS = """() => {
  const inside = (e) => [...e.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data);
  return [...document.querySelectorAll("body *")].flatMap(inside);
}"""
HAN = re.compile(r"[\u3400-\u9fff]")
to_traditional = opencc.OpenCC("s2t").convert


def only_simplified(page: Page) -> set[str]:
    """Characters of the page's own words that Traditional Chinese does not have (Big5 does not know them)."""
    text = "\n".join(page.evaluate(TEXTS))
    for written in (*WRITTEN, *(name for _, name, _ in people.UNITS)):
        text = text.replace(written, "")
    return {
        letter
        for letter in text
        if HAN.match(letter) and to_traditional(letter) != letter and not _in_big5(letter)
    }


def _in_big5(letter: str) -> bool:
    try:
        letter.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def own_words(page: Page, language: str) -> None:
    """Fail where a page speaks another language than the one chosen."""
    if language == "zh-hant":
        assert not only_simplified(page), f"{page.url}: {only_simplified(page)}"
    if language == "en":
        text = "\n".join(page.evaluate(TEXTS))
        for written in (*WRITTEN, *(name for _, name, _ in people.UNITS), "繁體中文", "Huiying 回应"):
            text = text.replace(written, "")
        assert not HAN.search(text), f"{page.url}: {HAN.findall(text)[:40]}"


@pytest.mark.parametrize(("language", "lang", "scripts"), LANGUAGES)
def test_a_person_files_takes_the_receipt_and_follows_with_it(
    town: Town, language: str, lang: str, scripts: bool
) -> None:
    with town.visitor(java_script_enabled=scripts) as context:
        seeing = looking(context, scripts=scripts)
        page = seeing.page
        page.goto(town.portal)
        if language != "zh-hans":
            page.click(f".languages button[value={language}]")
        steps: list[Callable[[], object]] = [
            lambda: filing.tell(page, town),
            lambda: filing.place(page),
            lambda: filing.stay_unnamed(page),
            lambda: None,
        ]
        for step in steps:
            step()
            seeing.check(lang=lang)
            own_words(page, language)
            filing.go_on(page)
        assert "/file/receipt/" in page.url
        kept = filing.on_the_receipt(page)
        seeing.check(lang=lang)
        own_words(page, language)

        filing.follow(page, town, kept.reference, kept.code)
        expect(page.locator("h1")).to_have_text(kept.reference)
        seeing.check(lang=lang)
        own_words(page, language)
    assert not seeing.problems, "\n".join(seeing.problems)


def test_a_mistake_in_a_step_is_said_and_what_was_typed_stays(town: Town, visitor: BrowserContext) -> None:
    seeing = looking(visitor)
    page = seeing.page
    page.goto(f"{town.portal}file/")
    page.fill("#id_text", filing.HAPPENED)
    filing.go_on(page)
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("#id_text") == filing.HAPPENED
    seeing.check()
    page.click(".error-summary a >> nth=0")
    expect(page.locator("#id_kind")).to_be_focused()
    assert not seeing.problems, "\n".join(seeing.problems)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_on_send_files_one_petition(
    town: Town, as_role: Callable[..., BrowserContext], scripts: bool
) -> None:
    place = "广场东侧井盖" if scripts else "广场西侧井盖"
    with town.visitor(java_script_enabled=scripts) as context:
        page = context.new_page()
        filing.up_to_the_check(page, town, happened=f"{place}裂了，容易绊倒。", asked=f"请换掉{place}")
        page.dblclick(filing.NEXT)
        page.wait_for_url("**/file/receipt/**")
        reference = page.locator(".receipt .code.reference").inner_text().strip()
    listing = as_role("clerk").new_page()
    listing.goto(f"{town.console}petitions/?q={place}")
    expect(listing.locator("tr[data-row]")).to_have_count(1)
    expect(listing.locator("tr[data-row]")).to_contain_text(reference)


def test_an_ended_session_takes_nothing_from_the_first_step(town: Town, visitor: BrowserContext) -> None:
    page = visitor.new_page()
    filing.tell(page, town)
    town.forget(visitor)
    filing.go_on(page)
    page.goto(f"{town.portal}file/")
    assert page.input_value("#id_text") == filing.HAPPENED
    assert page.input_value("#id_claim_1") == filing.ASKED


def test_an_ended_session_keeps_the_step_that_was_being_typed_and_says_what_is_gone(
    town: Town, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    filing.tell(page, town)
    filing.go_on(page)
    filing.place(page)
    filing.go_on(page)
    page.check("input[name=confidentiality][value=named]")
    page.fill("#id_name", "白小禾")
    town.forget(visitor)
    filing.go_on(page)
    expect(page.locator("main")).to_contain_text("您刚刚提交的那一步还在")
    filing.tell(page, town)
    filing.go_on(page)
    filing.place(page)
    filing.go_on(page)
    assert "/file/check/" in page.url
    expect(page.locator("main")).to_contain_text("白小禾")


def test_a_browser_that_forgot_every_cookie_shows_the_words_to_copy(
    town: Town, visitor: BrowserContext
) -> None:
    page = visitor.new_page()
    filing.tell(page, town)
    visitor.clear_cookies()
    filing.go_on(page)
    shown = [box.input_value() for box in page.locator("textarea[readonly]").all()]
    assert filing.HAPPENED in shown
    expect(page.locator("h1")).to_have_count(1)
