"""The map of a file: which header is which part of a petition, which columns speak of persons and are dropped."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from huiying.petitions.importing.headings import Person, person_named
from huiying.petitions.importing.parts import NEEDED, Part
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import Matter

NAME_MAX = 40


# An accusation reaches nobody but the supervisor (信访工作条例 art. 30): a heap of them in a file would have passed
# through other hands already, so each is taken down by itself.
KINDS = (PetitionKind.REQUEST, PetitionKind.SUGGESTION, PetitionKind.ENQUIRY)
KNOWN = {"source", "columns", "drop", "ignore", "kind", "matter", "unit", "unanswered"}


class MapRefused(ValueError):
    """The map cannot be used; the message says what to change."""


@dataclass(frozen=True, slots=True)
class ImportMap:
    """How to read one kind of file.

    `source` and the row's own number make the key by which a second import knows the row. `unanswered`: a row with
    neither reply nor date of reply is a petition that waits, not a mistake.
    """

    source: str
    columns: Mapping[Part, str]
    drop: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    kind: PetitionKind = PetitionKind.REQUEST
    matter: Matter = Matter.OTHER
    unit: str = ""
    unanswered: bool = False
    headers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Every header the map speaks of."""
        object.__setattr__(self, "headers", frozenset({*self.columns.values(), *self.drop, *self.ignore}))

    @property
    def described(self) -> frozenset[str]:
        """Dropped columns that say what a sender is or where they live: blanked out in the words if they name a door."""
        return frozenset(name for name in self.drop if person_named(name) is Person.DESCRIBED)

    @property
    def named(self) -> frozenset[str]:
        """Dropped columns whose value names a sender: blanked out wherever the words repeat it."""
        return frozenset(self.drop) - self.described

    @property
    def replies(self) -> bool:
        """Whether the file holds answers."""
        return Part.REPLY in self.columns


def read_map(text: str) -> ImportMap:
    """The map in a TOML text. Raises MapRefused with one sentence."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise MapRefused(f"The map is not valid TOML: {wrong}.") from None
    unknown = sorted(set(given) - KNOWN)
    if unknown:
        raise MapRefused(f"The map has an unknown entry {unknown[0]}; known are {', '.join(sorted(KNOWN))}.")
    chosen = ImportMap(
        source=_source(given),
        columns=_columns(given.get("columns")),
        drop=_names(given, "drop"),
        ignore=_names(given, "ignore"),
        kind=_kind(given.get("kind", PetitionKind.REQUEST)),
        matter=_matter(given.get("matter", Matter.OTHER)),
        unit=str(given.get("unit", "")),
        unanswered=given.get("unanswered") is True,
    )
    _check(chosen)
    return chosen


def written(chosen: ImportMap) -> str:
    """The map as a TOML text that `read_map` reads back."""

    def names(given: Iterable[str]) -> str:
        return f"[{', '.join(map(_quoted, given))}]"

    lines = [
        f"source = {_quoted(chosen.source)}",
        f"kind = {_quoted(chosen.kind.value)}",
        f"matter = {_quoted(chosen.matter.value)}",
        f"unanswered = {'true' if chosen.unanswered else 'false'}",
        f"drop = {names(chosen.drop)}",
        f"ignore = {names(chosen.ignore)}",
        "",
        "[columns]",
        *(f"{part.value} = {_quoted(header)}" for part, header in chosen.columns.items()),
    ]
    if chosen.unit:
        lines.insert(1, f"unit = {_quoted(chosen.unit)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML string


@cache
def shipped_maps() -> dict[str, str]:
    """Name and text of the maps that come with the program."""
    folder = files("huiying.petitions.importing") / "maps"
    found = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
    )
    return {entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8") for entry in found}


def _source(given: Mapping[str, Any]) -> str:
    source = given.get("source")
    if not isinstance(source, str) or not source.strip() or len(source) > NAME_MAX:
        raise MapRefused(
            f"The map needs `source`, a name of at most {NAME_MAX} letters for where this comes from."
        )
    return source.strip()


def _columns(given: object) -> dict[Part, str]:
    if not isinstance(given, dict):
        raise MapRefused("The map needs a table [columns].")
    unknown = sorted(set(given) - set(Part))
    if unknown:
        raise MapRefused(f"[columns] has an unknown part {unknown[0]}; known are {', '.join(Part)}.")
    if not all(isinstance(header, str) for header in given.values()):
        raise MapRefused("Each part in [columns] names one header, as a text.")
    return {Part(part): header.strip() for part, header in given.items()}


def _names(given: Mapping[str, Any], entry: str) -> tuple[str, ...]:
    names = given.get(entry, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise MapRefused(f"`{entry}` is a list of headers.")
    return tuple(name.strip() for name in names)


def _kind(given: object) -> PetitionKind:
    if not isinstance(given, str) or given not in KINDS:
        raise MapRefused(f"`kind` is one of {', '.join(KINDS)}; accusations are taken down one by one.")
    return PetitionKind(given)


def _matter(given: object) -> Matter:
    if not isinstance(given, str) or given not in set(Matter):
        raise MapRefused(f"`matter` is one of {', '.join(Matter)}.")
    return Matter(given)


def _check(chosen: ImportMap) -> None:
    missing = [part for part in NEEDED if part not in chosen.columns]
    if missing:
        raise MapRefused(f"[columns] must name the header of {missing[0]}.")
    if (Part.REPLY in chosen.columns) != (Part.REPLIED_AT in chosen.columns):
        raise MapRefused("reply and replied_at belong together: name both headers or neither.")
    sender = [header for header in chosen.columns.values() if person_named(header)]
    if sender:
        raise MapRefused(
            f"The column {sender[0]} speaks of the sender and is never imported: name it in `drop`."
        )
    named = [*chosen.columns.values(), *chosen.drop, *chosen.ignore]
    twice = sorted({header for header in named if named.count(header) > 1})
    if twice:
        raise MapRefused(f"The map names the header {twice[0]} twice.")
