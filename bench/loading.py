"""A hundred thousand or a million petitions in minutes: the patterns of town.py, copied straight into the tables.

Each round copies every row that the patterns left, with numbers, references, tokens, instants and the number in the
text moved on. So a copy has whatever columns the product has, of the sizes that the product writes. What is not true
of a copy: its ledger hash is that of its pattern, and its sealed name does not open (it is bound to its token). So
file one more petition before a server is started there: it looks whether its key opens the newest.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models

from bench.engines import Engine, Postgres, SQLite
from huiying.petitions.codes import ALPHABET
from huiying.petitions.models import Claim, Petition, PetitionClock, Reply, SketchBand, Submission
from huiying.records.models import LedgerEvent, LedgerLeaf, LedgerSalt, OutboxMessage, SearchEntry, VaultEntry

ROUNDS_AT_ONCE = 25
MILLISECOND = timedelta(milliseconds=1)
APART = 0x9E3779B1  # odd and large: copies of one pattern lie far apart
FAR_APART = 0x9E3779B97F4A7C15
NUMBER = re.compile(r"第(\d+)号")
NUMBER_TOKEN = re.compile(r" (\d+) ")


@dataclass(frozen=True)
class Step:
    """How far one round lies from its patterns."""

    round: int
    petitions: int
    later: timedelta
    event_ms: int  # event numbers tell when they were made: the patterns' are the newest
    times: dict[str, str] = field(default_factory=dict)


Move = Callable[[str, Step], str]


def _further(size: int) -> Move:
    return lambda value, step: str(int(value) + size * step.round)


def _petition(value: str, step: Step) -> str:
    return str(int(value) + step.petitions)


def _reference(value: str, step: Step) -> str:
    """Another reference: its eight characters as a number, moved so far on that no two meet."""
    number = 0
    for character in value[5:].replace("-", ""):
        number = number * 32 + ALPHABET.index(character)
    number = (number + step.round * APART) % 32**8
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{value[:5]}{letters[:4]}-{letters[4:]}"


def _token(value: str, step: Step) -> str:
    """Another vault token; the upper digits stay random, so copies lie as scattered in the index as real ones."""
    return f"{value[:-8]}{step.round:08x}" if value else value


def _event(value: str, step: Step) -> str:
    digits = value.replace("-", "")
    return f"{int(digits[:12], 16) + step.event_ms:012x}{digits[12:]}"


def _text(value: str, step: Step) -> str:
    return NUMBER.sub(lambda found: f"第{int(found[1]) + step.petitions}号", value)


def _tokens(value: str, step: Step) -> str:
    return NUMBER_TOKEN.sub(lambda found: f" {int(found[1]) + step.petitions} ", value)


def _band(value: str, step: Step) -> str:
    """Another key: a copy is no near-copy of its pattern, or each key would be shared by all rounds."""
    return str((int(value) + step.round * FAR_APART + 2**63) % 2**64 - 2**63)


def _instant(value: str, step: Step) -> str:
    if value not in step.times:
        step.times[value] = str(datetime.fromisoformat(value) + step.later)
    return step.times[value]


def _day(value: str, step: Step) -> str:
    if value not in step.times:
        step.times[value] = str(date.fromisoformat(value) + timedelta(days=step.later.days))
    return step.times[value]


@dataclass(frozen=True)
class Copied:
    """One table, and how those of its columns move that do not follow from their type."""

    model: type[models.Model]
    moves: dict[str, Move] = field(default_factory=dict)
    only: str = "TRUE"


ABOUT = "subject_kind = 'petition'"
OF_EVENTS = f"event_id IN (SELECT id FROM {LedgerEvent._meta.db_table} WHERE {ABOUT})"
COPIED = (
    Copied(VaultEntry, {"token": _token}),
    Copied(Petition, {"reference": _reference, "vault_token": _token}),
    Copied(Submission, {"text": _text}),
    Copied(Claim),
    Copied(PetitionClock),
    Copied(Reply),
    Copied(SketchBand, {"band": _band}),
    Copied(SearchEntry, {"id": _petition, "tokens": _tokens}),
    Copied(LedgerEvent, {"id": _event, "subject_id": _petition}, ABOUT),
    Copied(LedgerSalt, {"event_id": _event}, OF_EVENTS),
    Copied(LedgerLeaf, {"event_id": _event}, OF_EVENTS),
    Copied(OutboxMessage, {"subject_id": _petition, "recipient_ref": _token}, ABOUT),
)


@dataclass
class Pattern:
    """The rows of one table as the patterns left them, in text, and where each column moves."""

    table: str
    columns: list[str]
    rows: list[list[Any]]
    moves: list[tuple[int, Move]]

    def moved(self, step: Step, nothing: Any) -> Iterator[list[Any]]:
        """The rows of one round; `nothing` is how the engine writes NULL."""
        for row in self.rows:
            copy = row.copy()
            for place, move in self.moves:
                if copy[place] is not nothing and copy[place] != nothing:
                    copy[place] = move(copy[place], step)
            yield copy


def multiply(patterns: int, total: int, *, span: timedelta) -> None:
    """Copy the patterns until there are `total` petitions, the copies spread over `span` after them."""
    rounds = total // patterns - 1
    if rounds < 1:
        return
    engine = Postgres() if connection.vendor == "postgresql" else SQLite()
    read = [_pattern(copied, engine) for copied in COPIED]
    steps = [_step(number, patterns, rounds, span) for number in range(1, rounds + 1)]
    with engine.hurried():
        for first in range(0, rounds, ROUNDS_AT_ONCE):
            now = steps[first : first + ROUNDS_AT_ONCE]
            with engine.whole():
                for pattern in read:
                    rows = (row for step in now for row in pattern.moved(step, engine.nothing))
                    engine.put(pattern.table, pattern.columns, rows)
            for step in now:
                step.times.clear()


def _step(number: int, patterns: int, rounds: int, span: timedelta) -> Step:
    each = span / rounds
    return Step(number, patterns * number, each * number, int(each / MILLISECOND) * (number - rounds - 1))


def _pattern(copied: Copied, engine: Engine) -> Pattern:
    table, fields = copied.model._meta.db_table, copied.model._meta.concrete_fields
    columns = [str(field.column) for field in fields]
    rows = engine.read(table, columns, copied.only)
    moves = [_move(copied, field, [row[place] for row in rows]) for place, field in enumerate(fields)]
    return Pattern(table, columns, rows, [(place, move) for place, move in enumerate(moves) if move])


def _move(copied: Copied, field: Any, values: Sequence[Any]) -> Move | None:
    """How one column moves: as told, or by what it is."""
    if field.column in copied.moves:
        return copied.moves[field.column]
    if field.is_relation:
        return _petition if field.related_model is Petition else None
    if isinstance(field, models.DateTimeField):
        return _instant
    if isinstance(field, models.DateField):
        return _day
    if field.primary_key or field.column == "seq":
        numbers = [int(value) for value in values]
        return _further(max(numbers, default=0) - min(numbers, default=0) + 1)
    return None
