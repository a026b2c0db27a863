"""Paragraphs from the rows of pages: page numbers and running titles dropped, rows broken by the page width joined."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from huiying.playbook.reading.sources.joining import ENDED, ORDINAL, glued
from huiying.playbook.reading.sources.pdf.rows import Page, Row

EDGE = 0.12  # of the height: where running titles and page numbers stand
EDGE_ROWS = 2
OFTEN = 0.5  # of the pages
PAGE_NUMBER = re.compile(
    r"[-—–―·•~～\s]*(?:第\s*)?(?:[0-9０-９]{1,4}|[ivxlIVXL]{1,6}|[一二三四五六七八九十百]{1,4}(?=\s*页))\s*(?:页)?"
    r"(?:\s*[/／,，]?\s*(?:共|of)?\s*[0-9]{1,4}\s*页?)?[-—–―·•~～\s]*",
)
FIGURES = re.compile(r"[0-9０-９]+")
LEADERS = re.compile(r"[.…·．]{4,}\s*[0-9]{1,4}$")
CLOSE = 1.5  # of the usual distance between two rows
BUCKET = 3.0  # points


def without_edges(pages: list[Page]) -> list[Page]:
    """The pages without page numbers and without what repeats at their upper or lower edge."""
    often = Counter(key for page in pages for key in {_key(row) for row in _edges(page)})
    least = max(2, OFTEN * len(pages)) if len(pages) > 1 else 2
    return [
        replace(page, rows=_inner(page, {key for key, times in often.items() if times >= least}))
        for page in pages
    ]


def joined(pages: list[Page]) -> Iterator[tuple[int, str]]:
    """Each paragraph with the number of the page it begins on."""
    measure = _measure([row for page in pages for row in page.rows])
    begun: tuple[int, str] | None = None
    last: Row | None = None
    for page in pages:
        for at, row in enumerate(page.rows):
            if begun and last and _goes_on(last, row, measure, same_page=at > 0):
                begun = (begun[0], glued(begun[1], row.text))
            else:
                if begun:
                    yield begun
                begun = (page.number, row.text)
            last = row
    if begun:
        yield begun


def _edges(page: Page) -> list[Row]:
    by_height = sorted(page.rows, key=lambda row: -row.y)
    upper = [row for row in by_height[:EDGE_ROWS] if row.y > page.height * (1 - EDGE)]
    lower = [row for row in by_height[-EDGE_ROWS:] if row.y < page.height * EDGE]
    return upper + [row for row in lower if row not in upper]


def _inner(page: Page, often: set[str]) -> tuple[Row, ...]:
    dropped = [row for row in _edges(page) if _key(row) in often or PAGE_NUMBER.fullmatch(row.text.strip())]
    return tuple(row for row in page.rows if not any(row is one for one in dropped))


def _key(row: Row) -> str:
    """Two running titles are the same when only their figures differ, and they stand at the same height."""
    return f"{round(row.y / 6)} {FIGURES.sub('#', ''.join(row.text.split()))}"


@dataclass(frozen=True, slots=True)
class _Measure:
    """How the text is set: its edges, the distance of its rows, whether paragraphs are indented."""

    left: float
    right: float
    pitch: float
    indents: bool


def _measure(rows: list[Row]) -> _Measure:
    plain = [row for row in rows if "\t" not in row.text] or rows
    if not plain:
        return _Measure(0.0, 0.0, 0.0, indents=False)
    long = [row for row in plain if len(row.text) >= 10] or plain
    right = _usual([row.right for row in long], highest=True)
    left = _usual([row.left for row in plain], highest=False)
    gaps = [one.y - other.y for one, other in pairwise(rows) if 0 < one.y - other.y < 4 * one.size]
    indented = sum(row.left > left + row.size for row in plain)
    return _Measure(left, right, median(gaps) if gaps else 0.0, indents=indented * 8 >= len(plain))


def _usual(edges: list[float], *, highest: bool) -> float:
    """The outermost edge that several rows share."""
    shared = Counter(round(edge / BUCKET) for edge in edges)
    least = max(2, len(edges) * 0.05)
    often = [bucket for bucket, times in shared.items() if times >= least] or list(shared)
    return (max(often) if highest else min(often)) * BUCKET


def _goes_on(row: Row, following: Row, measure: _Measure, *, same_page: bool) -> bool:
    """Whether the following row is the rest of a sentence that the page was too narrow for."""
    if "\t" in row.text + following.text or LEADERS.search(row.text) or ORDINAL.match(following.text):
        return False
    if row.right < measure.right - 1.9 * row.size or abs(row.size - following.size) > 0.15 * row.size:
        return False
    if same_page and not 0 < row.y - following.y <= CLOSE * measure.pitch:
        return False
    return _stands_on(row, following, measure)


def _stands_on(row: Row, following: Row, measure: _Measure) -> bool:
    """By where it begins: back at the edge, under the row above, or hanging under an item's words."""
    ended = ENDED.search(row.text) is not None
    if following.left > row.left + 0.6 * row.size:
        return not ended and ORDINAL.match(row.text) is not None and following.left < row.left + 5 * row.size
    if following.left < row.left - 0.6 * row.size:
        return True
    at_edge = following.left <= measure.left + 0.8 * row.size
    return not ended or (at_edge and measure.indents)
