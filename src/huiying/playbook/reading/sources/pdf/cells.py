"""Tables that a PDF draws with rules: what stands in one cell is put together, the cells of a row become one row."""

from dataclasses import dataclass

from huiying.playbook.reading.sources.joining import glued
from huiying.playbook.reading.sources.pdf.rows import Row

Rule = tuple[float, float, float]  # where it lies, from where, up to where
Cell = tuple[float, float, float, float]  # left, right, low, high
NEAR = 3.0  # points: rules of neighbouring cells lie beside one another
MOST_COMPARED = 100_000  # rules by pieces on one page; beyond that it is a drawing and no table


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of one page, upright ones and level ones."""

    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def cell_of(self, piece: Row) -> Cell | None:
        """The cell around a piece of text, None where it is not shut in on all four sides."""
        x, y = (piece.left + piece.right) / 2, piece.y + 0.3 * piece.size
        across = _around(x, [at for at, low, high in self.upright if low - NEAR <= y <= high + NEAR])
        upwards = _around(y, [at for at, left, right in self.level if left - NEAR <= x <= right + NEAR])
        return (*across, *upwards) if across and upwards else None


def grid_of(boxes: list[list[float]]) -> Grid:
    """The rules, each given as a thin box; those that lie beside one another count as one place."""
    upright = [
        ((left + right) / 2, low, high) for left, low, right, high in boxes if right - left < high - low
    ]
    level = [
        ((low + high) / 2, left, right) for left, low, right, high in boxes if right - left >= high - low
    ]
    return Grid(_snapped(upright), _snapped(level))


def with_tables(pieces: list[Row], grid: Grid) -> list[Row]:
    """The pieces in their order; where several cells of a table row hold words, one row with tabs in their place."""
    if (len(grid.upright) + len(grid.level)) * len(pieces) > MOST_COMPARED or len(grid.upright) < 2:
        return pieces
    cells = [grid.cell_of(piece) for piece in pieces]
    held: dict[Cell, list[Row]] = {}
    for piece, cell in zip(pieces, cells, strict=True):
        if cell is not None:
            held.setdefault(cell, []).append(piece)
    rows = _table_rows(held)
    found: list[Row] = []
    for piece, cell in zip(pieces, cells, strict=True):
        if cell is None or cell[3] not in rows:
            found.append(piece)
        elif rows[cell[3]] not in found[-1:]:
            found.append(rows[cell[3]])
    return _once(found)


def _once(rows: list[Row]) -> list[Row]:
    """A table row stands where its first cell was written; the others come between at times."""
    return [row for row in dict.fromkeys(rows) if row.text]


def _table_rows(held: dict[Cell, list[Row]]) -> dict[float, Row]:
    """By the height of its upper rule, every row in which two cells or more hold words."""
    by_top: dict[float, list[Cell]] = {}
    for cell in held:
        by_top.setdefault(cell[3], []).append(cell)
    return {
        top: _row([held[cell] for cell in sorted(cells)]) for top, cells in by_top.items() if len(cells) > 1
    }


def _row(cells: list[list[Row]]) -> Row:
    pieces = [piece for cell in cells for piece in cell]
    return Row(
        "\t".join(_words(cell) for cell in cells),
        min(piece.left for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.y for piece in pieces),
        max(piece.size for piece in pieces),
    )


def _words(cell: list[Row]) -> str:
    words = ""
    for piece in sorted(cell, key=lambda one: (-round(one.y / NEAR), one.left)):
        words = glued(words, piece.text.strip())
    return words


def _around(at: float, places: list[float]) -> tuple[float, float] | None:
    below, above = [place for place in places if place <= at], [place for place in places if place > at]
    return (max(below), min(above)) if below and above else None


def _snapped(rules: list[Rule]) -> tuple[Rule, ...]:
    """Rules nearer than a few points are put on one place."""
    found: set[Rule] = set()
    place = float("-inf")
    for at, begin, end in sorted(rules):
        place = place if at - place <= NEAR else at
        found.add((place, round(begin), round(end)))
    return tuple(sorted(found))
