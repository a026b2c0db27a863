"""Records into rows that can be petitions, and into named mistakes. Pure: the present instant is given."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiying.petitions.importing.files import Record, open_sheet, records
from huiying.petitions.importing.maps import ImportMap
from huiying.petitions.importing.parts import Part
from huiying.petitions.importing.times import EARLIEST, read_time
from huiying.petitions.importing.values import channel_said, matter_said, outcome_said
from huiying.petitions.words import CLAIM_MAX, LINE_MAX, TEXT_MAX, clean, first_line
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import Channel
from huiying.rules.matters import Matter
from huiying.rules.words import N_, said

EXACT = frozenset({Part.ID, Part.RECEIVED_AT, Part.REPLIED_AT, Part.MATTER, Part.CHANNEL, Part.OUTCOME})
ANSWER_MAX = 20_000
ID_MAX = 200
PLACE_MAX = 200
# Blanks that look like nothing or like a space and split words in search; line layout is not part of what was said.
BLANKS = str.maketrans(
    {**dict.fromkeys("\u3000\xa0\u2002\u2003\u2009\u202f", " "), **dict.fromkeys("\u200b\u2060\ufeff", "")}
)


# An official's answer greets the sender by the name in the sender's column: dropping the column alone would keep it.
BLANKED = N_("（隐去）")
# What stands in such a column and names nobody; shorter values would blank out plain words.
NOBODY = frozenset(
    {"匿名", "匿名用户", "网友", "市民", "居民", "群众", "游客", "来信人", "信访人", "不详", "未知"}
)
NAME_MIN = 2

TEXT, RECEIVED, REPLY = Part.TEXT.label, Part.RECEIVED_AT.label, Part.REPLY.label
IS_EMPTY = N_("{part}是空的")
TOO_LONG = N_("{part}有 {long} 个字，最多 {most} 个字才能完整保存")
NO_TIME = N_("{part}“{cell}”认不出是什么时间")
TOO_EARLY = N_("{part}早于 {year} 年，没有那时的工作日安排")
IN_FUTURE = N_("{part}在将来")
REPLY_FIRST = N_("答复时间早于收到时间")
CELLS_DIFFER = N_("这一行有 {cells} 格，和表头的列数不同；可能少了一个引号")
SAME_NUMBER = N_("编号和第 {line} 行相同，内容却不同")


@dataclass(frozen=True, slots=True)
class Row:
    """One message as it will be kept; `reply` is empty where none was given."""

    line: int
    key: str
    title: str
    text: str
    claim: str
    place: str
    received_at: datetime
    reply: str = ""
    replied_at: datetime | None = None
    matter: Matter | None = None  # None: the file does not say, or not in words we know
    channel: Channel = Channel.IMPORT
    outcome: ClaimOutcome = ClaimOutcome.EXPLAINED
    blanked: bool = False


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be a petition: its line in the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything the file said. `repeats` are pairs of lines: a row and the earlier one it repeats exactly."""

    encoding: str
    delimiter: str
    rows: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    repeats: tuple[tuple[int, int], ...]


class _Unusable(Exception):
    """Why the row at hand cannot be a petition."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class _Found:
    rows: dict[str, Row] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    repeats: list[tuple[int, int]] = field(default_factory=list)


def parse(content: bytes, chosen: ImportMap, *, at: datetime) -> Parsed:
    """Read a whole file by its map. Raises FileRefused when nothing in it can be understood."""
    sheet = open_sheet(content, lambda cells: len(chosen.headers.intersection(cells)))
    found = _Found()
    for record in records(sheet, chosen):
        try:
            _take(found, _row(record, chosen, at))
        except _Unusable as unusable:
            found.bad.append(BadRow(record.line, unusable.reason))
    return Parsed(
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        rows=tuple(found.rows.values()),
        bad=tuple(found.bad),
        repeats=tuple(found.repeats),
    )


def tidy(text: str) -> str:
    """The words without the layout around them: no tabs or blanks at line ends, at most one empty line in a row."""
    lines = [line.strip() for line in clean(text.translate(BLANKS)).split("\n")]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip()


def _take(found: _Found, row: Row) -> None:
    earlier = found.rows.setdefault(row.key, row)
    if earlier is row:
        return
    if _content(earlier) != _content(row):
        raise _Unusable(said(SAME_NUMBER, line=earlier.line))
    found.repeats.append((row.line, earlier.line))


def _content(row: Row) -> tuple[object, ...]:
    return (row.title, row.text, row.claim, row.place, row.received_at, row.reply, row.replied_at)


def _row(record: Record, chosen: ImportMap, at: datetime) -> Row:
    if record.cells is None:
        raise _Unusable(said(CELLS_DIFFER, cells=record.width))
    cells = _blanked(record.cells, record.persons)
    text = _within(tidy(cells[Part.TEXT]), TEXT_MAX, TEXT)
    if not text:
        raise _Unusable(said(IS_EMPTY, part=TEXT))
    received_at = _time(cells[Part.RECEIVED_AT], RECEIVED, at)
    heading = " ".join(tidy(cells.get(Part.TITLE, "")).split())
    asked = tidy(cells.get(Part.CLAIM, "")) or heading or first_line(text, LINE_MAX)
    reply, replied_at = _reply(cells, chosen, received_at, at) if chosen.replies else ("", None)
    return Row(
        line=record.line,
        key=_key(chosen.source, cells, (heading, text, received_at.isoformat())),
        title=first_line(heading or text, LINE_MAX) if heading else first_line(text),
        text=text,
        claim=_within(asked, CLAIM_MAX, Part.CLAIM.label),
        place=_within(tidy(cells.get(Part.PLACE, "")), PLACE_MAX, Part.PLACE.label),
        received_at=received_at,
        reply=reply,
        replied_at=replied_at,
        matter=matter_said(cells[Part.MATTER]) if Part.MATTER in cells else None,
        channel=channel_said(cells[Part.CHANNEL]) if Part.CHANNEL in cells else Channel.IMPORT,
        outcome=outcome_said(cells[Part.OUTCOME]) if Part.OUTCOME in cells else ClaimOutcome.EXPLAINED,
        blanked=cells != record.cells,
    )


def without(text: str, persons: Sequence[str]) -> str:
    """The words without the values of the senders' columns, longest first, so that no tail of one stays."""
    for name in sorted({p for p in persons if len(p) >= NAME_MIN and p not in NOBODY}, key=len, reverse=True):
        text = text.replace(name, BLANKED)
    return text


def _blanked(cells: Mapping[Part, str], persons: Sequence[str]) -> Mapping[Part, str]:
    return {part: cell if part in EXACT else without(cell, persons) for part, cell in cells.items()}


def _reply(
    cells: Mapping[Part, str], chosen: ImportMap, received_at: datetime, at: datetime
) -> tuple[str, datetime | None]:
    reply = _within(tidy(cells[Part.REPLY]), ANSWER_MAX, REPLY)
    dated = cells[Part.REPLIED_AT].strip()
    if not reply and not dated and chosen.unanswered:
        return "", None
    if not reply:
        raise _Unusable(said(IS_EMPTY, part=REPLY))
    replied_at = _time(dated, Part.REPLIED_AT.label, at)
    if replied_at < received_at:
        raise _Unusable(REPLY_FIRST)
    return reply, replied_at


def _time(cell: str, name: str, at: datetime) -> datetime:
    if not cell.strip():
        raise _Unusable(said(IS_EMPTY, part=name))
    try:
        found = read_time(cell)
    except (ValueError, OverflowError):
        raise _Unusable(said(NO_TIME, part=name, cell=cell.strip()[:40])) from None
    if found < EARLIEST:
        raise _Unusable(said(TOO_EARLY, part=name, year=EARLIEST.year))
    if found > at:
        raise _Unusable(said(IN_FUTURE, part=name))
    return found


def _within(text: str, most: int, name: str) -> str:
    if len(text) > most:
        raise _Unusable(said(TOO_LONG, part=name, long=len(text), most=most))
    return text


def _key(source: str, cells: Mapping[Part, str], words: tuple[str, ...]) -> str:
    """What tells a row again in any file: its number in the source; without numbers what it says and when."""
    number = tidy(cells[Part.ID]) if Part.ID in cells else ""
    if Part.ID in cells and not number:
        raise _Unusable(said(IS_EMPTY, part=Part.ID.label))
    _within(number, ID_MAX, Part.ID.label)
    named = ("id", source, number) if number else ("said", source, *words)
    return hashlib.sha256("\0".join(named).encode("utf-8", "replace")).hexdigest()
