"""The numbers that Word draws before paragraphs. They stand nowhere in the text and are counted anew here."""

import re
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from huiying.playbook.reading.sources import numerals
from huiying.playbook.reading.sources.word.package import W
from huiying.playbook.reading.sources.word.styles import VAL, Style, whole

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
CLOSED = re.compile(r"[、）)．。:：,，】〕》\]]$")  # after these the heading follows without a blank
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, from where, and what is drawn."""

    count: str = "decimal"
    start: int = 1
    drawn: str = ""
    restarts_after: int | None = None  # a level from 1; 0 never; None after any above
    in_figures: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One list as the document uses it: which pattern, its own levels, where it begins anew."""

    pattern: str
    levels: tuple[Level, ...]
    begins: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts through a document, paragraph by paragraph, in document order."""

    def __init__(self, tree: etree._Element | None, styles: dict[str, Style]) -> None:
        self._lists = _lists(tree, styles) if tree is not None else {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def marker(self, number: tuple[str, int | None] | None, style: str) -> str:
        """What is drawn before the next paragraph of that list and level, "" for nothing."""
        numbered = self._lists.get(number[0]) if number is not None else None
        if number is None or numbered is None:
            return ""
        at = number[1] if number[1] is not None else _level_of_style(numbered, style)
        if not 0 <= at < len(numbered.levels):
            return ""
        counts = self._count(number[0], numbered, at)
        return _drawn(numbered.levels, counts, at)

    def _count(self, number: str, numbered: Numbered, at: int) -> list[int]:
        counts = self._counts.setdefault(numbered.pattern, [None] * LEVELS)
        before = counts[at]
        if at in numbered.begins and (number, at) not in self._begun:
            counts[at] = numbered.begins[at]
        else:
            counts[at] = numbered.levels[at].start if before is None else before + 1
        self._begun.add((number, at))
        for below, level in enumerate(numbered.levels[at + 1 :], at + 1):
            if level.restarts_after is None or 0 < at + 1 <= level.restarts_after:
                counts[below] = None
        return [
            numbered.levels[each].start if (now := counts[each]) is None else now for each in range(at + 1)
        ]


def _drawn(levels: tuple[Level, ...], counts: list[int], at: int) -> str:
    level = levels[at]
    if level.count == "bullet":
        return BULLET + " "
    if level.count == "none" and not PLACE.sub("", level.drawn).strip():
        return ""

    def number(place: re.Match[str]) -> str:
        above = int(place[1]) - 1
        if above > at or levels[above].count == "none":
            return ""
        return numerals.written(counts[above], "decimal" if level.in_figures else levels[above].count)

    marker = PLACE.sub(number, level.drawn).strip()
    return marker if not marker or CLOSED.search(marker) else marker + " "


def _level_of_style(numbered: Numbered, style: str) -> int:
    return next((at for at, level in enumerate(numbered.levels) if style and level.style == style), 0)


def _lists(tree: etree._Element, styles: dict[str, Style]) -> dict[str, Numbered]:
    patterns = {each.get(f"{W}abstractNumId") or "": each for each in tree.findall(f"{W}abstractNum")}
    uses = {each.get(f"{W}numId") or "": each for each in tree.findall(f"{W}num")}
    found: dict[str, Numbered] = {}
    for name, use in uses.items():
        pattern = _pattern_of(use)
        linked = _linked(patterns.get(pattern), styles)
        if linked is not None and linked in uses:
            pattern = _pattern_of(uses[linked])
        if name != "0" and pattern in patterns:
            found[name] = _numbered(pattern, patterns[pattern], use)
    return found


def _pattern_of(use: etree._Element) -> str:
    named = use.find(f"{W}abstractNumId")
    return named.get(VAL) or "" if named is not None else ""


def _linked(pattern: etree._Element | None, styles: dict[str, Style]) -> str | None:
    """A pattern may only point to a style, whose list has the levels."""
    link = pattern.find(f"{W}numStyleLink") if pattern is not None else None
    style = styles.get(link.get(VAL) or "") if link is not None else None
    return style.number[0] if style is not None and style.number is not None else None


def _numbered(name: str, pattern: etree._Element, use: etree._Element) -> Numbered:
    levels = [Level()] * LEVELS
    for element in pattern.findall(f"{W}lvl"):
        _set(levels, element)
    begins: dict[int, int] = {}
    for change in use.findall(f"{W}lvlOverride"):
        at = _at(change)
        for element in change.findall(f"{W}lvl"):
            _set(levels, element)
        begin = whole(change.find(f"{W}startOverride"))
        if at is not None and begin is not None:
            begins[at] = begin
    return Numbered(name, tuple(levels), begins)


def _at(element: etree._Element) -> int | None:
    said = element.get(f"{W}ilvl") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) == 1 and int(said) < LEVELS else None


def _set(levels: list[Level], element: etree._Element) -> None:
    at = _at(element)
    if at is None:
        return
    start, restart = whole(element.find(f"{W}start")), whole(element.find(f"{W}lvlRestart"))
    levels[at] = Level(
        count=_said(element, "numFmt") or "decimal",
        start=1 if start is None else start,
        drawn=_said(element, "lvlText"),
        restarts_after=restart,
        in_figures=_is_on(element.find(f"{W}isLgl")),
        style=_said(element, "pStyle"),
    )


def _said(element: etree._Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(VAL) or "" if found is not None else ""


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(VAL) not in ("0", "false", "off")
