"""docs/words.md: every model, state, role and action has its word there, and no word there is lost in the code."""

import re
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.apps import apps
from django.db import models

import huiying
from huiying.rules.permissions import Role

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "words.md").read_text("utf-8")
ROOMS = ("registry", "petitions", "issues", "emergency", "publishing", "learning")
ROW = re.compile(r"^\| ([^|]+) \| `(\w+)` \|(.*)\|$", re.MULTILINE)


def part(title: str) -> str:
    """The text under a heading of the second level."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def words(title: str) -> dict[str, str]:
    """Identifier → Chinese term of every row under a heading."""
    return {row[2]: row[1] for row in ROW.finditer(part(title))}


def enums() -> dict[str, list[type[StrEnum] | type[models.TextChoices]]]:
    """Every enumeration of the rooms and the floors below them, by name; the doors keep their own."""
    found: dict[str, list[type[StrEnum] | type[models.TextChoices]]] = {}
    for module in walk_packages(huiying.__path__, "huiying."):
        if not module.name.startswith(("huiying.web", "huiying.config")) and ".migrations" not in module.name:
            for name, each in getmembers(import_module(module.name), isclass):
                if issubclass(each, StrEnum | models.TextChoices) and each.__module__ == module.name:
                    found.setdefault(name, []).append(each)
    return found


def state_enums() -> Iterator[type[StrEnum] | type[models.TextChoices]]:
    """The enumerations that say where a thing stands, or how a claim came out."""
    for name, each in enums().items():
        if name.endswith(("State", "Status", "Outcome")):
            yield from each


def actions_of(room: str) -> set[str]:
    """The verbs that a room hands out."""
    return {name for name in import_module(f"huiying.{room}.actions").__all__ if name.islower()}


def test_every_model_has_its_word() -> None:
    named = {
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("huiying.")
        for model in config.get_models()
    }
    assert set(words("Models")) == named


def test_every_state_has_its_word_and_it_is_the_one_people_read() -> None:
    rows = {row[2]: row[3] for row in ROW.finditer(part("States"))}
    assert set(rows) == {each.__name__ for each in state_enums()}
    for each in state_enums():
        shown = [f"`{state.value}` {state.label}" for state in each]
        assert rows[each.__name__].strip() == " · ".join(shown), each.__name__


@pytest.mark.parametrize("room", ROOMS)
def test_every_action_has_its_word(room: str) -> None:
    section = part("Actions").split(f"\n### {room}\n")[1].split("\n### ")[0]
    assert {row[2] for row in ROW.finditer(section)} == actions_of(room)


def test_every_role_has_its_word_and_it_is_the_one_people_read() -> None:
    assert words("Roles") == {role.value: role.label for role in Role}


def test_every_kind_on_the_page_is_in_the_code_with_these_words() -> None:
    known = enums()
    for row in ROW.finditer(part("Kinds")):
        assert row[2] in known, row[2]
        labels = {value.value: str(getattr(value, "label", "")) for value in known[row[2]][0]}
        for value, label in re.findall(r"`(\w+)` (\w+)", row[3]):
            assert labels[value] == label


def test_no_word_means_two_things_of_one_sort() -> None:
    for title in ("Models", "States", "Kinds", "Roles"):
        rows = [row[1] for row in ROW.finditer(part(title))]
        assert sorted({term for term in rows if rows.count(term) > 1}) == [], title
    for section in part("Actions").split("\n### ")[1:]:
        rows = [row[1] for row in ROW.finditer(section)]
        assert sorted({term for term in rows if rows.count(term) > 1}) == [], section.split("\n")[0]
