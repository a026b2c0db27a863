"""The hot path's own statements: everything that one filing leaves behind, written at once.

`petition_file` is the one action that does not save through models. Ten objects saved one by one are ten statements,
each built anew, and three quarters of the time of a filing went into building them. Here the rows are plain values,
computed by the same functions as the ordinary actions' objects; they go in one data-modifying statement on PostgreSQL
(one round trip, atomic by itself) and in plain INSERTs of one transaction on SQLite, whose texts are built once. What
is promised does not change: all rows or none, and a `filing_key` files once, because every other row hangs on the
petition having been written.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from itertools import count
from typing import Any

from django.db import DataError, connection, models, transaction

from huiying.petitions.models import Claim, Petition, PetitionClock, Submission
from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.models import LedgerEvent, LedgerSalt, OutboxMessage, SearchEntry, VaultEntry
from huiying.rules.events import EventKind

PLAIN = frozenset(
    {
        "BigAutoField",
        "BigIntegerField",
        "BinaryField",
        "BooleanField",
        "CharField",
        "FloatField",
        "PositiveIntegerField",
        "PositiveSmallIntegerField",
        "TextField",
    }
)


@dataclass(frozen=True)
class Table:
    """How rows of one model are written at intake: `told` columns have values, all others are their defaults."""

    model: type[models.Model]
    told: tuple[str, ...]

    @cached_property
    def name(self) -> str:
        """The table's name in the database."""
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> tuple[Any, ...]:
        """The told columns, in the order in which `told` names them."""
        by_name = {field.attname: field for field in self.model._meta.concrete_fields}
        return tuple(by_name[name] for name in self.told)

    @cached_property
    def others(self) -> tuple[Any, ...]:
        """The columns that start empty. Numbers the database gives and times it takes itself are left to it."""
        columns = self.model._meta.concrete_fields
        return tuple(
            field
            for field in columns
            if field.attname not in self.told and not field.db_returning and not field.has_db_default()
        )

    @cached_property
    def columns(self) -> str:
        """The columns of the INSERT."""
        return ", ".join(f'"{field.column}"' for field in (*self.fields, *self.others))

    @cached_property
    def row(self) -> str:
        """One row of VALUES; each value carries its type, which PostgreSQL cannot guess behind a SELECT."""
        typed = "::{}" if connection.vendor == "postgresql" else ""
        marks = [f"%s{typed.format(_type(field))}" for field in self.fields]
        empty = [f"{_literal(field)}{typed.format(_type(field))}" for field in self.others]
        return f"({', '.join(marks + empty)})"

    @cached_property
    def ways(self) -> tuple[Callable[[Any], Any] | None, ...]:
        """How each told column's value is made ready for the driver; None: it goes as it is, as most do."""
        return tuple(_way(field) for field in self.fields)

    def values(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """The values of these rows, told in the order of the columns, as the database takes them."""
        ways = self.ways
        return [
            value if way is None else way(value) for row in rows for way, value in zip(ways, row, strict=True)
        ]


PETITIONS = Table(
    Petition,
    (
        "id", "body_id", "reference", "code_hash", "filing_key", "source_key", "copy_key", "kind", "state",
        "confidentiality", "channel", "matter", "category_id", "vault_token", "title", "happened_where",
        "happened_when", "respondent", "latitude", "longitude", "urgent_need", "joint", "joint_count", "spoken",
        "help_needed", "received_at",
    ),
)  # fmt: skip
IDENTITIES = Table(VaultEntry, ("token", "wrapped_key", "sealed", "has_contact", "sealed_at"))
WORDS = Table(Submission, ("petition_id", "channel", "text", "place_id", "taken_by_id", "said_at"))
CLAIMS = Table(Claim, ("petition_id", "number", "text"))
CLOCKS = Table(
    PetitionClock,
    (
        "petition_id", "body_id", "unit_id", "round", "clock", "starts_on", "due_on", "provisional",
        "notice_overdue",
    ),
)  # fmt: skip
ENTRIES = Table(SearchEntry, ("id", "body_id", "unit_id", "scope", "tokens"))
EVENTS = Table(
    LedgerEvent,
    (
        "id", "body_id", "kind", "subject_kind", "subject_id", "actor_kind", "actor_ref", "at", "facts",
        "content_hash", "commitment",
    ),
)  # fmt: skip
SALTS = Table(LedgerSalt, ("event_id", "salt"))
LETTERS = Table(
    OutboxMessage,
    (
        "body_id", "letter", "subject_kind", "subject_id", "recipient_kind", "recipient_ref", "context", "put_at",
        "next_at",
    ),
)  # fmt: skip

Row = tuple[Table, Sequence[Any]]
Rows = Callable[[int], Iterable[Row]]
Groups = list[tuple[Table, list[Sequence[Any]]]]


@dataclass(frozen=True, slots=True)
class Beside:
    """One UPDATE of one row that another room has written with a petition, or neither; its text ends in a condition."""

    text: str
    values: Sequence[Any]


class NotBeside(Exception):
    """The row that should have been changed beside the petition is gone; nothing was written."""


Also = Callable[[int], Beside | None]


def write(
    told: Mapping[str, Any], rows: Rows, *, beside: Callable[[Petition], Beside] | None = None
) -> Petition | None:
    """Number the petition and write it with its rows; nothing and None where its `filing_key` was filed before.

    `told` are its columns. `rows` is called with the number given: the ledger's hash covers it. Rows of one table
    stand side by side. Raises IntegrityError for a reference that exists, NotBeside where the row of `beside` is gone.
    """
    values = tuple(told[name] for name in PETITIONS.told[1:])

    made: dict[int, Petition] = {}

    def also(number: int) -> Beside | None:
        made[number] = _written(number, values)
        return beside(made[number]) if beside else None

    number = (_write_whole if connection.vendor == "postgresql" else _write_in_turn)(values, rows, also)
    return None if number is None else made[number]


def event_rows(
    kind: EventKind,
    about: tuple[str, str],
    *,
    by: HasActor,
    at: datetime,
    body_id: int,
    facts: Mapping[str, Any],
) -> Iterator[Row]:
    """A ledger event and its salt as rows; `facts` are plain values."""
    event, hashed, commitment, salt = ledger.new_values(
        kind, about, actor=by.actor, at=at, body_id=body_id, facts=facts
    )
    yield EVENTS, (*event, hashed, commitment)
    yield SALTS, (event.id, salt)


def _written(number: int, values: Sequence[Any]) -> Petition:
    """The petition as an object to act on."""
    told = {**_untold(), "id": number, **dict(zip(PETITIONS.told[1:], values, strict=True))}
    return Petition.from_db(connection.alias, list(told), list(told.values()))


@cache
def _untold() -> dict[str, Any]:
    """Every column of a petition, in order, with its default; those that are told are overwritten."""
    return {field.attname: field.get_default() for field in Petition._meta.concrete_fields}


def _write_whole(values: Sequence[Any], rows: Rows, also: Also) -> int | None:
    """PostgreSQL: one statement in one round trip; with no transaction around it, it is its own.

    It goes to the driver with numbered places ($1 …): looking for %s in a text of this length took longer each time
    than all the rest of the driver's work.
    """
    from psycopg import RawCursor  # the embedded database does without the driver
    from psycopg.errors import DivisionByZero

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{PETITIONS.name}', 'id'))")
        number: int = cursor.fetchone()[0]
    groups = _grouped(rows(number))
    given = PETITIONS.values([(number, *values)])
    for table, group in groups:
        given += table.values(group)
    beside = also(number)
    text = _whole_sql(tuple((table, len(group)) for table, group in groups), beside.text if beside else "")
    given += beside.values if beside else ()
    try:
        with connection.wrap_database_errors, RawCursor(connection.connection) as driver:
            return number if driver.execute(text.encode(), given).fetchone() is not None else None
    except DataError as wrong:
        if isinstance(wrong.__cause__, DivisionByZero):
            raise NotBeside from None
        raise


@transaction.atomic(savepoint=False)
def _write_in_turn(values: Sequence[Any], rows: Rows, also: Also) -> int | None:
    """SQLite: there is no round trip to save, and it knows no INSERT inside WITH. The statements go to the driver."""
    with connection.wrap_database_errors:
        database = connection.connection
        petition = database.execute(_marked(_petition_sql()), PETITIONS.values([(None, *values)]))
        if not petition.rowcount:
            return None
        number: int = petition.lastrowid
        for table, group in _grouped(rows(number)):
            database.execute(_marked(_insert_sql(table, len(group))), table.values(group))
        beside = also(number)
        if beside and not database.execute(_marked(beside.text), beside.values).rowcount:
            raise NotBeside
    return number


def _grouped(rows: Iterable[Row]) -> Groups:
    groups: Groups = []
    for table, row in rows:
        if not groups or groups[-1][0] is not table:
            groups.append((table, []))
        groups[-1][1].append(row)
    return groups


@cache
def _marked(text: str) -> str:
    """A text with the places of SQLite's own driver."""
    return text.replace("%s", "?")


@cache
def _whole_sql(shape: tuple[tuple[Table, int], ...], beside: str) -> str:
    """The statement for a shape (which tables, how many rows of each); every part reads from `filed`, in places $1 …

    What is written beside must be one row: else the statement divides by nothing, and is undone.
    """
    parts = [f"filed AS ({_petition_sql()} RETURNING id)"]
    for number, (table, height) in enumerate(shape):
        rows = ", ".join([table.row] * height)
        parts.append(
            f'part{number} AS (INSERT INTO "{table.name}" ({table.columns})'  # noqa: S608  (names from the models)
            f" SELECT told.* FROM filed, (VALUES {rows}) AS told)"
        )
    if beside:
        parts.append(f"beside AS ({beside} AND EXISTS (SELECT FROM filed) RETURNING 1)")
    places, sure = count(1), ", 1 / (SELECT count(*) FROM beside)" if beside else ""
    whole = f"WITH {', '.join(parts)} SELECT id{sure} FROM filed"  # noqa: S608
    return re.sub("%s", lambda _: f"${next(places)}", whole)


@cache
def _petition_sql() -> str:
    return f"{_insert_sql(PETITIONS, 1)} ON CONFLICT (filing_key) DO NOTHING"


@cache
def _insert_sql(table: Table, height: int) -> str:
    return f'INSERT INTO "{table.name}" ({table.columns}) VALUES {", ".join([table.row] * height)}'  # noqa: S608  (the same)


def _way(field: Any) -> Callable[[Any], Any] | None:
    """How a column's value is made ready; None where the driver takes it as Python holds it."""
    column = field.target_field if field.is_relation else field
    kind = column.get_internal_type()
    return None if kind in PLAIN else WAYS[connection.vendor][kind]


def _json(value: Any) -> Any:
    from psycopg.types.json import Jsonb  # the embedded database does without the driver

    return Jsonb(value)


def _utc(at: datetime | None) -> str | None:
    return None if at is None else str(at.astimezone(UTC).replace(tzinfo=None))


WAYS: dict[str, dict[str, Callable[[Any], Any] | None]] = {
    "postgresql": {"DateTimeField": None, "DateField": None, "UUIDField": None, "JSONField": _json},
    "sqlite": {
        "DateTimeField": _utc,
        "DateField": str,
        "UUIDField": lambda key: None if key is None else key.hex,
        "JSONField": json.dumps,
    },
}


def _type(field: Any) -> str:
    """The column's type without its length: a cast to varchar(24) would cut silently what the column refuses."""
    return re.sub(r"\(\d+\)", "", field.db_type(connection))


def _literal(field: Any) -> str:
    default = field.get_default()
    return "NULL" if default is None else f"'{default}'" if isinstance(default, str) else str(default).lower()
