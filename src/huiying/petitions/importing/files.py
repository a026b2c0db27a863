"""A file's bytes into records: encoding and delimiter found, only mapped columns kept, each record with its line."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from huiying.petitions.importing.maps import ImportMap, Part

DELIMITERS = (",", "\t", ";", "|")
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
GUESSES = ("utf-8", "gb18030")  # in this order: Chinese in gb18030 is hardly ever valid UTF-8
# The reader's own limit would stop at an unclosed quote with a riddle; so the row is read and named as too long.
FIELD_MAX = 64 * 1024 * 1024


class FileRefused(ValueError):
    """The file as a whole cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on, and its mapped cells; None where it has not as many as the header.

    `persons` is what stands in the dropped columns, for one use: to blank it out where the words repeat it.
    """

    line: int
    cells: Mapping[Part, str] | None
    width: int
    persons: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was understood: what it is written in, and its records."""

    encoding: str
    delimiter: str
    width: int
    records: Iterator[Record]


def open_file(content: bytes, chosen: ImportMap) -> Opened:
    """Understand a file by its first bytes and its header. Raises FileRefused."""
    encoding = encoding_of(content)
    text = content.decode(encoding)
    delimiter = _delimiter(text, chosen)
    header = _header(text, delimiter)
    _check_header(header, chosen)
    places = {part: header.index(name) for part, name in chosen.columns.items()}
    persons = [at for at, name in enumerate(header) if name in chosen.drop]
    return Opened(encoding, delimiter, len(header), _records(text, delimiter, places, persons, len(header)))


def encoding_of(content: bytes) -> str:
    """The first encoding in which every byte makes sense: by its mark, else UTF-8, else GB 18030."""
    marked = [name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)]
    for name in marked or GUESSES:
        try:
            content.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    raise FileRefused("The file is neither UTF-8 nor GB 18030 text; save it as CSV in UTF-8.")


def _reader(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; quoted cells may hold line breaks."""
    before = csv.field_size_limit(FIELD_MAX)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        line = 1
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as wrong:
        raise FileRefused(f"The file breaks off after line {reader.line_num}: {wrong}.") from None
    finally:
        csv.field_size_limit(before)


def _header(text: str, delimiter: str) -> list[str]:
    first = next(_reader(text, delimiter), (1, []))[1]
    return [name.replace("\ufeff", "").replace("\xa0", " ").strip() for name in first]


def _delimiter(text: str, chosen: ImportMap) -> str:
    """The delimiter that parts the header into most of the names the map knows."""
    return max(DELIMITERS, key=lambda mark: len(chosen.headers.intersection(_header(text, mark))))


def _check_header(header: list[str], chosen: ImportMap) -> None:
    missing = [name for name in chosen.columns.values() if name not in header]
    if missing:
        raise FileRefused(
            f"The file has no column {missing[0]}; its header is: {', '.join(header) or 'empty'}."
        )
    twice = [name for name in chosen.columns.values() if header.count(name) > 1]
    if twice:
        raise FileRefused(f"The file has the column {twice[0]} twice.")
    unknown = [name for name in header if name and name not in chosen.headers]
    if unknown:
        raise FileRefused(
            f"The map says nothing about the column {unknown[0]}: name it in [columns], or in `drop` if it speaks of "
            "a person, or in `ignore`."
        )


def _records(
    text: str, delimiter: str, places: Mapping[Part, int], persons: Sequence[int], width: int
) -> Iterator[Record]:
    for number, (line, cells) in enumerate(_reader(text, delimiter)):
        if number == 0 or not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            yield Record(line, None, len(cells))
            continue
        mapped = {part: cells[at] for part, at in places.items()}
        yield Record(line, mapped, width, tuple(cells[at].strip() for at in persons))
