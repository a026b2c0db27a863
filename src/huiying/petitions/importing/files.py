"""A file's bytes into a sheet: its headings, and its rows with their numbers, whatever it is written in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from huiying.petitions.importing import delimited, workbooks
from huiying.petitions.importing.headings import known
from huiying.petitions.importing.kinds import EMPTY, NO_TABLE, Kind, kind_of
from huiying.petitions.importing.maps import ImportMap
from huiying.petitions.importing.parts import Part
from huiying.petitions.importing.refusing import FileRefused
from huiying.rules.words import N_, said

CONTENT_MAX = 512 * 1024 * 1024  # bytes, on the command line; the page takes less (waiting.py)
ROWS_MAX = 200_000
COLUMNS_MAX = 256
DOOR_MIN = 6  # characters of an address with a number in it
LOOKED_THROUGH = 10  # rows in which the headings are looked for: exports begin with a title or an empty line

TOO_MANY = N_("文件超过 {rows} 行。请拆成几个文件。")
TOO_WIDE = N_("文件超过 {columns} 列。请只留下需要的列。")
LACKS = N_("文件里没有“{name}”这一列。它的列是：{header}。")
UNSPOKEN = N_(
    "列的对应表没有提到“{name}”这一列：要么在 [columns] 里指明，要么写进 drop（说的是人）或 ignore。"
)

Cells = list[str]
Rows = Iterator[tuple[int, Cells]]
Weight = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was understood: what it is written in, its headings, and the rows below them, read once."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number, and its mapped cells; None where it has not as many as the header.

    `persons` is what stands in the senders' columns, for one use: to blank it out where the words repeat it.
    """

    line: int
    cells: Mapping[Part, str] | None
    width: int
    persons: tuple[str, ...] = field(default=(), repr=False)


def open_sheet(content: bytes, weight: Weight = known) -> Sheet:
    """Understand a file by its first bytes and rows; `weight` says how much a row looks like headings.

    Raises FileRefused with one sentence for what cannot be read.
    """
    if kind_of(content) is Kind.WORKBOOK:
        encoding, delimiter, rows = "xlsx", "", workbooks.rows_of(content, rows_max=ROWS_MAX)
    else:
        encoding = delimited.encoding_of(content)
        text = content.decode(encoding)
        delimiter = delimited.delimiter_of(text, weight)
        rows = delimited.rows_of(text, delimiter)
    header, below = _parted(rows, weight)
    return Sheet(encoding, delimiter, header, _bounded(below))


def records(sheet: Sheet, chosen: ImportMap) -> Iterator[Record]:
    """Every row that holds anything, by the map. Raises FileRefused where map and file do not fit."""
    check_header(sheet.header, chosen)
    places = {part: sheet.header.index(name) for part, name in chosen.columns.items()}
    persons = [at for at, name in enumerate(sheet.header) if name in chosen.named]
    described = [at for at, name in enumerate(sheet.header) if name in chosen.described]
    width = len(sheet.header)
    for line, given in sheet.rows:
        padded = sheet.encoding == "xlsx" or _only_blanks_beyond(given, width)
        cells = [*given, *[""] * width][:width] if padded else given
        if len(cells) != width:
            yield Record(line, None, len(cells))
            continue
        # "Our village, No. 3" is an address; "our village" is where the matter lies, and stays in the words.
        exact = [cells[at].strip() for at in described if _names_a_door(cells[at])]
        yield Record(
            line,
            {part: cells[at] for part, at in places.items()},
            width,
            (*(cells[at].strip() for at in persons), *exact),
        )


def check_header(header: Sequence[str], chosen: ImportMap) -> None:
    """Raise FileRefused unless the map speaks of every column of the file, and of no other."""
    missing = [name for name in chosen.columns.values() if name not in header]
    if missing:
        raise FileRefused(said(LACKS, name=missing[0], header="、".join(header)))
    unknown = [name for name in header if name and name not in chosen.headers]
    if unknown:
        raise FileRefused(said(UNSPOKEN, name=unknown[0]))


def _parted(rows: Rows, weight: Weight) -> tuple[tuple[str, ...], Rows]:
    """The headings, and the rows below: of the first rows the one that looks most like headings."""
    first = list(islice(rows, LOOKED_THROUGH))
    filled = [at for at, (_line, cells) in enumerate(first) if any(cell.strip() for cell in cells)]
    if not filled:
        raise FileRefused(EMPTY)
    best = max(filled, key=lambda at: (weight(_names(first[at][1])), -at))
    if not weight(_names(first[best][1])):
        best = filled[0]
    header = _names(first[best][1])
    if len(header) > COLUMNS_MAX:
        raise FileRefused(said(TOO_WIDE, columns=COLUMNS_MAX))
    if len(header) < 2:
        raise FileRefused(NO_TABLE)
    return header, chain(first[best + 1 :], rows)


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    names = [" ".join(name.replace("\ufeff", "").replace("\xa0", " ").split()) for name in cells]
    while names and not names[-1]:
        names.pop()
    # A heading that stands there twice gets its number, so that each column can be spoken of.
    return tuple(
        f"{name}（{names[:at].count(name) + 1}）" if name and name in names[:at] else name
        for at, name in enumerate(names)
    )


def _bounded(rows: Rows) -> Rows:
    for number, (line, cells) in enumerate(row for row in rows if any(cell.strip() for cell in row[1])):
        if number >= ROWS_MAX:
            raise FileRefused(said(TOO_MANY, rows=ROWS_MAX))
        yield line, cells


def _only_blanks_beyond(cells: Cells, width: int) -> bool:
    return len(cells) > width and not any(cell.strip() for cell in cells[width:])


def _names_a_door(cell: str) -> bool:
    return len(cell.strip()) >= DOOR_MIN and any(ch.isdigit() for ch in cell)
