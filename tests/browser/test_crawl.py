"""Every page that a role can reach by links is sound, at 360 and at 1440 pixels, and axe finds nothing on it."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from huiying.rules.permissions import Role
from tests.browser.conftest import Town
from tests.browser.pages import Looking, looking, name_of

MOST_NAMES = 60
# One page of each address pattern; more where its states look different.
MORE = {
    "console:petition_page": 4,
    "console:notice_page": 3,
    "console:incident_board": 2,
    "console:order_page": 2,
}
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((a) => a.href)"
EXAMINED: dict[
    str, set[str]
] = {}  # of the whole ring: what one role saw without fault is not asked about for the next


def links(page: Page, door: str) -> Iterator[str]:
    """Addresses behind this door that the page leads to; with their queries where those say what it is about."""
    for found in page.evaluate(LINKS):
        address = urlsplit(urldefrag(found).url)
        if found.startswith(door) and not address.path.startswith("/static/"):
            yield f"{address.path}?{address.query}" if "/care/" in address.path else address.path


def crawl(seeing: Looking, home: str, start: str, lang: str = "zh-Hans") -> Counter[str]:
    """Follow links from a page, one or a few of each pattern, and check each; returns how often each pattern was seen."""
    door = "/console/" if start.startswith("/console/") else "/"
    waiting, names = deque([start]), Counter[str]()
    seen = {start: "the start"}  # each address with the page that leads there
    while waiting and len(names) < MOST_NAMES:
        path = waiting.popleft()
        name = name_of(path.partition("?")[0])
        if names[name] >= MORE.get(name, 1):
            continue
        names[name] += 1
        if name.endswith(("feed", "plan_download")) or (door == "/" and path.startswith("/console/")):
            continue
        answer = seeing.page.goto(home + path)
        if answer is None or answer.status >= 400:
            seeing.problems.append(f"{path}, from {seen[path]}: {answer.status if answer else 'no answer'}")
            continue
        seeing.check(lang=lang)
        fresh = [link for link in dict.fromkeys(links(seeing.page, home + door)) if link not in seen]
        seen.update(dict.fromkeys(fresh, path))
        waiting.extend(fresh)
    return names


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_page_a_role_can_reach_is_sound(
    town: Town, as_role: Callable[[str], BrowserContext], role: str
) -> None:
    seeing = looking(as_role(role), examined=EXAMINED)
    names = crawl(seeing, town.home, "/console/")
    assert not seeing.problems, "\n".join(seeing.problems)
    assert len(names) >= 3, names


@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
def test_every_page_the_public_can_reach_is_sound(
    town: Town, visitor: BrowserContext, language: str, lang: str
) -> None:
    visitor.add_cookies([{"name": "django_language", "value": language, "url": town.home}])
    seeing = looking(visitor, examined=EXAMINED)
    names = crawl(seeing, town.home, f"/{town.body}/", lang)
    assert not seeing.problems, "\n".join(seeing.problems)
    assert {"portal:home", "portal:how", "portal:file", "portal:follow", "portal:figures"} <= set(names)
