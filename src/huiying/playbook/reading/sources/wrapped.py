"""Plain text that some program broke into rows of one width: told by evidence, put together to paragraphs again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import east_asian_width

from huiying.playbook.reading.sources.joining import ENDED, ORDINAL, glued

Row = tuple[int, str]  # where it begins in the raw text, and its words
LEAST_ROWS = 12
WIDTHS = (36, 130)  # of half a Chinese character each: narrower is a list, wider a paragraph
UNENDED_SHARE, PROSE_SHARE = 0.5, 0.6
LEAST_FULL, BELOW = 6, 8  # full rows; how far below them there are few others, as at the edge of a cliff
MOST_TRIED = 4_000
PROSE = re.compile("[，。；：、,;]")
INDENT = re.compile(r"[\s\u3000]{2}|\u3000")


@dataclass(frozen=True, slots=True)
class Edge:
    """Where rows were broken, and how a row is measured against it: by its width on paper, or by its characters."""

    measure: Callable[[str], int]
    at: int
    slack: int

    def is_full(self, row: str) -> bool:
        """Whether nothing more went into this row."""
        return self.measure(row.rstrip()) >= self.at - self.slack


def joined(rows: list[Row]) -> list[Row]:
    """The rows of broken paragraphs put into the first of them, the others left empty; any other text as it is."""
    edge = edge_of(rows)
    if edge is None:
        return rows
    indented = sum(INDENT.match(text) is not None for _, text in rows) > 2
    found: list[Row] = []
    at = -1  # the row that a following one may belong to
    last = ""
    for start, text in rows:
        if at >= 0 and _goes_on(last, text, edge, indented=indented):
            found[at] = (found[at][0], glued(found[at][1].rstrip(), text.strip()))
            found.append((start, ""))
        else:
            at = len(found)
            found.append((start, text))
        last = text
    return found


def edge_of(rows: list[Row]) -> Edge | None:
    """Where rows were broken, None where they are paragraphs, a list or a table."""
    texts = [text.rstrip() for _, text in rows[:MOST_TRIED] if text.strip()]
    if len(texts) < LEAST_ROWS or max(map(len, texts)) > WIDTHS[1]:
        return None
    edges = (Edge(measure, max(map(measure, texts)), slack) for measure, slack in ((len, 1), (_width, 3)))
    return next((edge for edge in edges if _is_edge(edge, texts)), None)


def _is_edge(edge: Edge, texts: list[str]) -> bool:
    """Many rows reach it, few stop just short of it, and those that reach it are prose cut within a sentence."""
    full = [text for text in texts if edge.is_full(text)]
    below = sum(edge.at - edge.slack - BELOW <= edge.measure(text) < edge.at - edge.slack for text in texts)
    unended = sum(ENDED.search(text) is None for text in full)
    prose = sum(PROSE.search(text) is not None for text in full)
    return (
        WIDTHS[0] <= max(map(_width, full)) <= WIDTHS[1]
        and len(full) >= max(LEAST_FULL, 2 * below)
        and unended >= UNENDED_SHARE * len(full)
        and prose >= PROSE_SHARE * len(full)
    )


def _goes_on(row: str, following: str, edge: Edge, *, indented: bool) -> bool:
    if not following.strip() or INDENT.match(following) or ORDINAL.match(following):
        return False
    return edge.is_full(row) and (indented or ENDED.search(row.rstrip()) is None)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
