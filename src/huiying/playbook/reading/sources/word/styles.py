"""What a paragraph's style says of it: how deep a heading it is, and which numbers it bears."""

import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from huiying.playbook.reading.sources.word.package import W

HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
TITLE_NAMES = frozenset({"title", "标题", "標題"})
CONTENTS_NAME = re.compile(r"(?:toc|目录|目錄)\s*(?:[1-9]|heading)?", re.IGNORECASE)
BODY_LEVEL = 9
DEEPEST_CHAIN = 20  # styles based on styles; a chain may be a circle
VAL = f"{W}val"


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style with what it inherits."""

    heading: int = 0
    number: tuple[str, int | None] | None = None  # which list, which level where it says so
    is_contents: bool = False


NO_STYLE = Style()


def styles_of(tree: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles by identifier; the default one stands under the empty identifier as well."""
    if tree is None:
        return {}
    elements = {each.get(f"{W}styleId") or "": each for each in tree.iter(f"{W}style") if _is_paragraph(each)}
    styles = {name: _style(element, elements) for name, element in elements.items()}
    default = next(
        (name for name, each in elements.items() if each.get(f"{W}default") in ("1", "true")), None
    )
    return styles | ({"": styles[default]} if default is not None else {})


def numbering_of(properties: etree._Element | None) -> tuple[str, int | None] | None:
    """The list and the level that paragraph properties name; list "0" takes the number away."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    if number is None and level is None:
        return None
    return (number.get(VAL) or "" if number is not None else "", whole(level))


def outline_of(properties: etree._Element | None) -> int | None:
    """The heading depth that paragraph properties name, 0 for body text, None where they are silent."""
    level = whole(properties.find(f"{W}outlineLvl")) if properties is not None else None
    if level is None:
        return None
    return level + 1 if 0 <= level < BODY_LEVEL else 0


def whole(element: etree._Element | None) -> int | None:
    """The whole number in an element's value, None where there is none."""
    said = element.get(VAL) if element is not None else None
    return int(said) if said and re.fullmatch(r"-?[0-9]{1,6}", said) else None


def _is_paragraph(element: etree._Element) -> bool:
    return element.get(f"{W}type") in (None, "paragraph", "numbering")


def _style(element: etree._Element, elements: dict[str, etree._Element]) -> Style:
    heading: int | None = None
    number: tuple[str, int | None] | None = None
    is_contents = False
    for each in _chain(element, elements):
        properties, name = each.find(f"{W}pPr"), _name(each)
        if heading is None:
            heading = _named_heading(name) if _named_heading(name) else outline_of(properties)
        number = number or numbering_of(properties)
        is_contents = is_contents or CONTENTS_NAME.fullmatch(name) is not None
    return Style(heading or 0, number, is_contents)


def _chain(element: etree._Element, elements: dict[str, etree._Element]) -> list[etree._Element]:
    chain = [element]
    while len(chain) < DEEPEST_CHAIN:
        based = chain[-1].find(f"{W}basedOn")
        above = elements.get(based.get(VAL) or "") if based is not None else None
        if above is None or above in chain:
            break
        chain.append(above)
    return chain


def _name(element: etree._Element) -> str:
    found = element.find(f"{W}name")
    return (found.get(VAL) or "").strip() if found is not None else ""


def _named_heading(name: str) -> int:
    if name.lower() in TITLE_NAMES:
        return 1
    found = HEADING_NAME.fullmatch(name)
    return int(found[1]) if found else 0
