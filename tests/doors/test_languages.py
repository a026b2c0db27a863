"""Three languages at the public door: every page has its own, and nothing of another shows through."""

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.test import Client
from django.utils import translation

from huiying.petitions.models import Petition
from huiying.petitions.renewal import mark_of
from huiying.rules.lifecycle.petition import LIFECYCLE, PetitionState
from huiying.rules.refusals import IllegalMove
from huiying.rules.words import N_, said
from huiying.web.shared import translate
from huiying.web.shared.sentences import translated
from tests.cast import Cast
from tests.petitioner import IDENTITY, Petitioner, words
from tests.rooms.petitions import matters
from tests.rooms.publishing import scenes

LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
OPEN = (
    "/",
    "/help/",
    "/privacy/",
    "/accessibility/",
    "/qingxi/",
    "/qingxi/how/",
    "/qingxi/file/",
    "/qingxi/follow/",
    "/qingxi/notices/",
    "/qingxi/figures/",
    "/nowhere/",
)
HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]+")  # with the punctuation of Chinese
# The language switch names each language in itself.
SWITCH = re.compile(r'<(?:form|nav)[^>]*class="[^"]*languages?[^"]*".*?</(?:form|nav)>', re.S)


def browser(language: str) -> Client:
    """A browser that asks for this language."""
    return Client(headers={"accept-language": language})


def stored_words() -> list[str]:
    """Every word in the database that people or the cast wrote, the longest first: content, in the writer's language."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField):
                values = model._default_manager.values_list(field.name, flat=True)
                found |= {
                    line for value in values if value for line in str(value).splitlines() if HAN.search(line)
                }
    return sorted(found, key=len, reverse=True)


def chrome(page: str, contents: Iterable[str]) -> str:
    """The page without what was written into the database and without the language switch."""
    page = unescape(SWITCH.sub("", page))
    for content in contents:
        page = page.replace(content, "")
    return page


def holder_of(petition: Petition, language: str) -> Client:
    """A browser that has shown the petition's code before."""
    client = browser(language)
    session = client.session
    session["held_petition"] = petition.pk
    session["held_mark"] = mark_of(bytes(petition.code_hash))
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    return client


def check_page(response: Any, language: str, contents: Iterable[str]) -> None:
    """The page says which language it is in, and its own words are in it."""
    page = words(response)
    assert f'<html lang="{LANGUAGES[language]}"' in page
    left = chrome(page, contents)
    if language == "en":
        assert [left[max(0, m.start() - 60) : m.end() + 30] for m in HAN.finditer(left)] == []
    if language == "zh-hant":
        assert simplified(left) == set()


def simplified(text: str) -> set[str]:
    """Characters that no Traditional text holds: Big5 has no place for them."""
    return {letter for run in HAN.findall(text) for letter in run if not in_big5(letter)}


def in_big5(letter: str) -> bool:
    """Whether the standard of Traditional characters has it."""
    try:
        letter.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


# ---------- the catalogues ----------


def test_no_word_on_any_page_lacks_a_language() -> None:
    assert translate.check() == []


def test_no_simplified_character_stands_in_the_traditional_catalogue() -> None:
    texts = [translate._forms(m)[-1] for m in translate._messages(translate.read("zh_Hant"))]
    assert {text: found for text in texts if (found := simplified(text))} == {}


def test_what_is_read_in_traditional_chinese_was_reviewed() -> None:
    waiting = [
        message.id
        for message in translate._messages(translate.read("zh_Hant"))
        if translate.MARK in message.user_comments
    ]
    assert waiting == []


def test_the_law_keeps_its_own_terms_in_traditional_characters() -> None:
    terms = {
        "不予支持": "不予支持",
        "到窗口": "到窗口",
        "审核通过": "審核通過",
        "个人信息保护法": "個人信息保護法",
    }
    assert {term: translate.traditional(term) for term in terms} == terms


@pytest.mark.parametrize(
    ("plain", "traditional"), [("登录", "登入"), ("网络", "網路"), ("“在这里”", "「在這裡」")]
)
def test_words_that_its_readers_do_not_use_are_replaced(plain: str, traditional: str) -> None:
    assert translate.traditional(plain) == traditional


# ---------- sentences with blanks ----------


def test_a_refusal_is_said_in_the_language_of_the_page() -> None:
    with pytest.raises(IllegalMove) as refused:
        LIFECYCLE.check(PetitionState.DECLINED, PetitionState.WITHDRAWN)
    assert "不予受理" in refused.value.message
    with translation.override("en"):
        assert translated(refused.value.message) == "It is “Declined” now and cannot become “Withdrawn”."
        assert not HAN.search(translated(refused.value.remedy))
    with translation.override("zh-hans"):
        assert translated(refused.value.message) == refused.value.message


def test_a_list_in_a_sentence_is_joined_as_each_language_joins() -> None:
    sentence = said(N_("现在可以：{labels}。"), labels=("受理", "转送"))
    assert sentence == "现在可以：受理、转送。"
    with translation.override("en"):
        assert translated(sentence) == "You can now: Accept, Refer."


# ---------- the pages ----------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_open_page_speaks_the_language_that_was_asked_for(cast: Cast, language: str) -> None:
    notices = [scenes.published(cast), scenes.corrected(cast), scenes.withdrawn(cast)]
    contents = stored_words()
    addresses = (*OPEN, *(f"/qingxi/notices/{notice.reference}/" for notice in notices))
    for address in addresses:
        check_page(browser(language).get(address), language, contents)


@pytest.mark.parametrize("language", LANGUAGES)
def test_filing_speaks_the_language_that_was_asked_for(cast: Cast, language: str) -> None:
    person = Petitioner()
    person.browser = browser(language)
    wrong = [
        person.tells(text="", claims=()),
        person.chooses(""),
        person.chooses("named", name="", phone="a"),
    ]
    key = person.ready("named")
    steps = [person.browser.get(person.at("file", *step)) for step in ((), ("where",), ("name",), ("check",))]
    person.sends(key)
    receipts = [person.browser.get(person.at("file", "receipt") + query) for query in ("", "?again=1")]
    contents = [*stored_words(), *IDENTITY.values()]
    for response in (*wrong, *steps, *receipts, person.sends("another")):
        check_page(response, language, contents)


STORIES: dict[str, Callable[[Cast], Petition]] = {
    "received": lambda cast: matters.filed(cast).petition,
    "named": lambda cast: matters.filed(cast, matters.named()).petition,
    "accusation": lambda cast: matters.filed(cast, matters.accusation()).petition,
    "handling": matters.handling,
    "replied": matters.replied,
    "settled": matters.settled,
    "declined": matters.declined,
    "referred": matters.referred,
    "withdrawn": matters.withdrawn,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_a_petitions_page_speaks_the_language_that_was_asked_for(
    cast: Cast, story: str, language: str
) -> None:
    petition = STORIES[story](cast)
    client = holder_of(petition, language)
    contents = stored_words()
    for part in ("", "rate/", "withdraw/"):
        check_page(client.get(f"/qingxi/follow/{petition.reference}/{part}"), language, contents)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_code_is_answered_in_the_language_that_was_asked_for(cast: Cast, language: str) -> None:
    client = browser(language)
    for typed in ({}, {"reference": "QX26-AAAA-AAAA", "code": "AAAA"}):
        check_page(client.post("/qingxi/follow/", typed), language, stored_words())
