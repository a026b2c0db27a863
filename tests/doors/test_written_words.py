"""What people wrote keeps its language on a page in another one, so that it is read aloud in the right voice."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from huiying.petitions.models import Petition
from huiying.petitions.renewal import mark_of
from tests.cast import Cast
from tests.petitioner import Petitioner, words
from tests.rooms.petitions import matters
from tests.rooms.publishing import scenes

HAN = re.compile("[\u3400-\u9fff]")
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "use"}
UNMARKED = {"title", "textarea", "style", "script"}  # what cannot hold an element


class Unmarked(HTMLParser):
    """Chinese text of a page that stands in no element whose language is Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            inherited = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or inherited))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        where, lang = self.open[-1] if self.open else ("", "")
        if HAN.search(data) and not lang.startswith("zh") and where not in UNMARKED:
            self.found.append(data.strip())


def unmarked(page: str) -> list[str]:
    """The Chinese that an English voice would stumble over."""
    reader = Unmarked()
    reader.feed(page)
    return reader.found


def followed(petition: Petition, language: str = "en") -> str:
    """The petition's page for its holder."""
    person = Petitioner()
    session = person.browser.session
    session["held_petition"] = petition.pk
    session["held_mark"] = mark_of(bytes(petition.code_hash))
    session.save()
    person.browser.cookies["sessionid"] = session.session_key or ""
    return words(
        person.browser.get(f"/qingxi/follow/{petition.reference}/", headers={"accept-language": language})
    )


@pytest.mark.parametrize("state", ["registered", "declined", "referred", "handling", "replied", "settled"])
def test_a_petition_in_english_marks_every_word_that_was_written_in_chinese(cast: Cast, state: str) -> None:
    page = followed(getattr(matters, state)(cast))
    assert '<html lang="en"' in page
    assert f'<span lang="zh-Hans">{matters.WORDS}</span>' in page
    assert unmarked(page) == []


def test_public_pages_in_english_do_so_too(cast: Cast) -> None:
    notice = scenes.published(cast)
    browser = Client(headers={"accept-language": "en"})
    for address in ("", "how/", "file/", "follow/", "figures/", "notices/", f"notices/{notice.reference}/"):
        assert unmarked(words(browser.get(f"/qingxi/{address}"))) == [], address
    assert unmarked(words(browser.get("/help/"))) == []


@pytest.mark.parametrize("state", ["corrected", "withdrawn"])
def test_a_notice_with_a_past_does_so_too(cast: Cast, state: str) -> None:
    notice = getattr(scenes, state)(cast)
    browser = Client(headers={"accept-language": "en"})
    assert unmarked(words(browser.get(f"/qingxi/notices/{notice.reference}/"))) == []
    assert unmarked(words(browser.get("/qingxi/notices/"))) == []


def test_a_page_in_traditional_letters_says_that_the_words_are_simplified_and_a_simplified_one_nothing(
    cast: Cast,
) -> None:
    petition = matters.handling(cast)
    assert f'<span lang="zh-Hans">{matters.WORDS}</span>' in followed(petition, "zh-hant")
    assert '<span lang="zh-Hans">' not in followed(petition, "zh-hans")


def test_words_stay_words_and_never_become_markup(cast: Cast) -> None:
    page = followed(matters.registered(cast, matters.filing(text="<b>水渠</b> & 路")))
    assert '<span lang="zh-Hans">&lt;b&gt;水渠&lt;/b&gt; &amp; 路</span>' in page
