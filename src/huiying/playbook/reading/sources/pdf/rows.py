"""What one page of a PDF gives: rows of letters with their places, and how much is drawn beside them."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Row:
    """Letters on one base line: its ends from the left edge and its height above the lower one, in points."""

    text: str
    left: float
    right: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page, its rows in reading order; `drawn` counts what is no text."""

    number: int
    height: float
    rows: tuple[Row, ...]
    drawn: int = 0


def rows_of(pieces: list[Row]) -> tuple[Row, ...]:
    """Pieces on one line put together, with a tab where cells of a table stand apart."""
    rows: list[list[Row]] = []
    for piece in _ordered(pieces):
        if rows and _is_beside(rows[-1][-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return tuple(_merged(row) for row in rows)


def _ordered(segments: list[Row]) -> list[Row]:
    """As they were written, which is how they are read; by place where they were written without order."""
    upwards = sum(later.y > earlier.y + earlier.size for earlier, later in pairwise(segments))
    if upwards > max(2, len(segments) // 3):
        return sorted(segments, key=lambda one: (-round(one.y / 3), one.left))
    return segments


def _is_beside(one: Row, other: Row) -> bool:
    return abs(one.y - other.y) < 0.5 * max(one.size, other.size) and other.left >= one.right - one.size


def _merged(row: list[Row]) -> Row:
    first = row[0]
    size = max(one.size for one in row)
    text = "\t".join(one.text.strip() for one in row if one.text.strip())
    return Row(text, min(one.left for one in row), max(one.right for one in row), first.y, size)
