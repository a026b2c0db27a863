"""Which column is what, guessed from headings and from what stands below them; a person confirms it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from huiying.petitions.importing.files import Sheet
from huiying.petitions.importing.headings import Person, part_named, person_by_cells, person_named, plain
from huiying.petitions.importing.maps import NAME_MAX, ImportMap, read_map, shipped_maps
from huiying.petitions.importing.parts import NEEDED, Part
from huiying.petitions.importing.times import read_time
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import Matter
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_, said

SAMPLE = 200  # rows that are looked at
SURE = 0.8  # of the filled cells of a column must be times
LONG = 15  # characters a cell, on average: running text and no word
PAIR = (Part.REPLY, Part.REPLIED_AT)

Fit = Callable[[Sequence[str]], float]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it is taken for, and whether it speaks of the sender and is dropped."""

    at: int
    heading: str
    part: Part | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file seems to be. `source` names where it comes from, so that a second import knows its rows."""

    columns: tuple[Column, ...]
    source: str

    @property
    def parts(self) -> dict[int, Part]:
        """The guessed part of each column that has one."""
        return {column.at: column.part for column in self.columns if column.part}


def guess(sheet: Sheet, rows: Sequence[Sequence[str]]) -> Guess:
    """Guess every column by its heading; what is needed and has none, by what stands in the rows (a sample)."""
    columns = [_by_heading(at, heading, _cells(rows, at)) for at, heading in enumerate(sheet.header)]
    _once_each(columns)
    for part, fits in ((Part.RECEIVED_AT, _time_share), (Part.TEXT, _length)):
        _by_cells(columns, rows, part, fits)
    _pair(columns)
    return Guess(tuple(columns), _source(sheet.header))


def map_of(
    guessed: Guess,
    parts: Mapping[int, Part],
    *,
    source: str,
    kind: PetitionKind = PetitionKind.REQUEST,
    matter: Matter = Matter.OTHER,
    unit: str = "",
) -> ImportMap:
    """The map for these columns; senders' columns are dropped whatever is asked. Raises Incomplete by field."""
    chosen = {at: part for at, part in parts.items() if not guessed.columns[at].person}
    _check(guessed, chosen, source)
    return ImportMap(
        source=source.strip(),
        columns={part: guessed.columns[at].heading for at, part in chosen.items()},
        drop=tuple(column.heading for column in guessed.columns if column.person),
        ignore=tuple(
            column.heading
            for column in guessed.columns
            if column.heading and column.at not in chosen and not column.person
        ),
        kind=kind,
        matter=matter,
        unit=unit,
        unanswered=True,
    )


def _check(guessed: Guess, chosen: Mapping[int, Part], source: str) -> None:
    fields: dict[str, str] = {}
    for at, part in chosen.items():
        first = next(other for other, its in chosen.items() if its is part)
        if first != at:
            fields[f"column_{at}"] = said(
                N_("“{part}”已经选了“{heading}”这一列。"),
                part=part.label,
                heading=guessed.columns[first].heading,
            )
    for part in NEEDED:
        if part not in chosen.values():
            fields.setdefault("columns", said(N_("请选出哪一列是“{part}”。"), part=part.label))
    held = [part for part in PAIR if part in chosen.values()]
    if len(held) == 1:
        other = PAIR[1 - PAIR.index(held[0])]
        fields.setdefault(
            "columns",
            said(N_("“{held}”要和“{other}”一起选，或者都不选。"), held=held[0].label, other=other.label),
        )
    if not source.strip() or len(source.strip()) > NAME_MAX:
        fields["source"] = said(N_("请写来源名称，不超过 {most} 个字。"), most=NAME_MAX)
    if fields:
        raise Incomplete(N_("列还没有对好。"), fields=fields)


def _by_heading(at: int, heading: str, cells: Sequence[str]) -> Column:
    person = person_named(heading) or person_by_cells(cells)
    return Column(at, heading, None if person or not heading else part_named(heading), person)


def _cells(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row)]


def _once_each(columns: list[Column]) -> None:
    """A part belongs to the first column that names it."""
    taken: set[Part] = set()
    for column in list(columns):
        if column.part in taken:
            columns[column.at] = replace(column, part=None)
        elif column.part:
            taken.add(column.part)


def _by_cells(columns: list[Column], rows: Sequence[Sequence[str]], part: Part, fits: Fit) -> None:
    """Give a part that no heading names to the free column whose cells fit it best, if any does."""
    if any(column.part is part for column in columns):
        return
    free = [column for column in columns if column.heading and not column.part and not column.person]
    worth = {column.at: fits(_cells(rows, column.at)) for column in free}
    best = max(worth, key=lambda at: worth[at], default=None)
    if best is not None and worth[best] > 0:
        columns[best] = replace(columns[best], part=part)


def _time_share(cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if cell.strip()]
    share = sum(map(_is_time, filled)) / len(filled) if filled else 0.0
    return share if share >= SURE else 0.0


def _is_time(cell: str) -> bool:
    if not any(mark in cell for mark in "-/.年"):
        return False  # a bare number may be anything
    try:
        read_time(cell)
    except (ValueError, OverflowError):
        return False
    return True


def _length(cells: Sequence[str]) -> float:
    filled = [len(cell.strip()) for cell in cells if cell.strip()]
    mean = sum(filled) / len(filled) if filled else 0.0
    return mean if mean >= LONG else 0.0


def _pair(columns: list[Column]) -> None:
    """An answer without its date (or a date without an answer) cannot be taken, so neither is proposed."""
    held = [column for column in columns if column.part in PAIR]
    if len(held) == 1:
        columns[held[0].at] = replace(held[0], part=None)


def _source(header: Sequence[str]) -> str:
    """A known system's name, or one that another file with the same headings gets again."""
    for text in shipped_maps().values():
        shipped = read_map(text)
        if {*shipped.columns.values(), *shipped.drop} <= set(header):
            return shipped.source
    words = "\0".join(sorted(plain(name) for name in header))
    return f"file-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
