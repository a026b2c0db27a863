"""A page speaks the visitor's language, else the installation's."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from huiying.config.language import LanguageMiddleware


def language_of(request: HttpRequest) -> str:
    """What a page would be written in."""
    seen: list[str] = []

    def page(_: HttpRequest) -> HttpResponse:
        seen.append(translation.get_language() or "")
        return HttpResponse()

    with translation.override("zh-hans"):
        LanguageMiddleware(page)(request)
    return seen[0]


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("en-GB,en;q=0.8", "en"),
        ("zh-TW", "zh-hant"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("fr,en;q=0.2", "en"),
        ("fr", "zh-hans"),
        ("*", "zh-hans"),
    ],
)
def test_the_browser_is_asked_first(rf: RequestFactory, asked: str, spoken: str) -> None:
    assert language_of(rf.get("/", HTTP_ACCEPT_LANGUAGE=asked)) == spoken


def test_what_the_visitor_chose_goes_over_what_the_browser_asks(rf: RequestFactory, settings: Any) -> None:
    rf.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hant"
    assert language_of(rf.get("/", HTTP_ACCEPT_LANGUAGE="en")) == "zh-hant"


def test_the_installation_decides_where_nobody_else_does(rf: RequestFactory, settings: Any) -> None:
    settings.HUIYING = {**settings.HUIYING, "language": "zh-hant"}
    assert language_of(rf.get("/")) == "zh-hant"
    assert language_of(rf.get("/", HTTP_ACCEPT_LANGUAGE="en")) == "en"


def test_a_made_up_language_is_passed_over(rf: RequestFactory, settings: Any) -> None:
    rf.cookies[settings.LANGUAGE_COOKIE_NAME] = "../../etc"
    assert language_of(rf.get("/")) == "zh-hans"
