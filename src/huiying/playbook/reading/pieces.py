"""The text cut at its lines and, where a whole document stands on one line, at the ordinals inside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huiying.playbook.reading.marks import FINAL, NOT_AN_ORDINAL, REFERS, Mark, Outline, mark_at, marks_inside
from huiying.playbook.reading.parts import Line
from huiying.playbook.reading.runon import is_titled

LONG_LINE = 300
LONGEST_TITLE = 30
_ONE = "统唯专同单划万之其第另某每任逐"
FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text that begins with an ordinal or a line; `body` is where its words begin."""

    start: int
    end: int
    mark: Mark | None = None
    heading: int = 0
    run_on: bool = False

    @property
    def body(self) -> int:
        """Where the words behind the ordinal begin."""
        return self.mark.end if self.mark else self.start


def pieces_of(text: str, lines: tuple[Line, ...], aside: frozenset[int] = frozenset()) -> list[Piece]:
    """Every piece, in order; together they hold every character but the space around lines.

    A line that begins at a place of `aside` is no text: its figures number nothing.
    """
    ranges = list(line_ranges(text))
    runs_on = len(ranges) <= FEW_LINES or sum(end - start for start, end in ranges) > LONG_LINE * len(ranges)
    outline = Outline()
    found: list[Piece] = []
    for (start, end), line in zip(ranges, lines, strict=True):
        if start in aside:
            found.append(Piece(start, end))
        elif start < end:
            found += _of_line(text, (start, end), line.heading, outline, runs_on=runs_on)
    return found


def line_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, the space around it left out."""
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        yield start, max(start, at + len(line.rstrip()))
        at += len(line) + 1


def _of_line(
    text: str, where: tuple[int, int], heading: int, outline: Outline, *, runs_on: bool
) -> Iterator[Piece]:
    start, end = where
    mark = mark_at(text, start, end)
    if mark:
        outline.take(mark)
    cuts: list[Mark | None] = [mark]
    if runs_on or end - start > LONG_LINE:
        cuts += _meant(text, start, end, mark, outline)
    split = len(cuts) > 1 and (runs_on or len({cut.style for cut in cuts if cut}) > 1)
    if not split:
        cuts = cuts[:1]
    begins = [start, *(cut.start for cut in cuts[1:] if cut)]
    for cut, begin, finish in zip(cuts, begins, [*begins[1:], end], strict=True):
        yield Piece(begin, finish, cut, heading if begin == start else 0, run_on=split or runs_on)


def _meant(text: str, start: int, end: int, first: Mark | None, outline: Outline) -> list[Mark]:
    """The ordinals inside a line that begin a part, in the order of the outline."""
    piece = first.end if first else start
    meant = []
    for mark in marks_inside(text, max(piece, start + 1), end):
        if _is_meant(mark, text, piece, outline):
            outline.take(mark)
            meant.append(mark)
            piece = mark.end
    return meant


def _is_meant(mark: Mark, text: str, piece: int, outline: Outline) -> bool:
    """Whether an ordinal inside a line begins a new part: in order, and behind a whole sentence or a short title."""
    before = text[mark.start - 1]
    if not outline.expects(mark) or NOT_AN_ORDINAL.match(text, mark.end):
        return False
    if mark.depth == 1:
        is_first = mark.value == 1 and mark.start - piece <= LONGEST_TITLE
        return (before in FINAL or is_first) and is_titled(text, mark.end)
    if before in FINAL:
        return not (before in "；;" and mark.style == "cn" and mark.value == 1)
    return not _is_quoted(mark, text) and _stands_behind_a_title(mark, text, piece)


def _is_quoted(mark: Mark, text: str) -> bool:
    """Whether the sentence only speaks of a part: 按照第三条规定, 依据附件1."""
    before, after = text[mark.start - 1], text[mark.end : mark.end + 1]
    return before in REFERS or before.isdigit() or (mark.style == "article" and after in "规的第、，和之所")


def _stands_behind_a_title(mark: Mark, text: str, piece: int) -> bool:
    if mark.value > 1 and mark.style != "article":
        return mark.style in ("cn", "cnp", "chapter", "section") and is_titled(text, mark.end)
    title = text[piece : mark.start]
    is_short = len(title) <= LONGEST_TITLE and not re.search(r"[。；，,;]", title)
    return is_short and (
        mark.style != "cn" or (text[mark.start - 1] not in _ONE and is_titled(text, mark.end))
    )
