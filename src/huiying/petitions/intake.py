"""The hot path's own statements: everything that one filing leaves behind, written at once.

`petition_file` is the one action that does not save through models. Ten objects saved one by one are ten statements,
each built anew, and three quarters of the time of a filing went into building them. Here the rows are the same
unsaved objects, but they go in one data-modifying statement on PostgreSQL (one round trip, atomic by itself) and in
plain INSERTs of one transaction on SQLite, whose texts are built once. What is promised does not change: all rows or
none, and a `filing_key` files once, because every other row hangs on the petition having been written.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from typing import Any

from django.db import connection, connections, models, transaction

from huiying.petitions.models import Claim, Petition, PetitionClock, Submission
from huiying.records.models import LedgerEvent, LedgerSalt, OutboxMessage, SearchEntry, VaultEntry

PLAIN = frozenset(
    {
        "BigAutoField",
        "BigIntegerField",
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
    def ways(self) -> tuple[tuple[str, Callable[..., Any] | None], ...]:
        """How each told column's value is made ready for the driver; None: it goes as it is, as most do."""
        return tuple((f.attname, None if _is_plain(f) else f.get_db_prep_save) for f in self.fields)

    def values(self, rows: Sequence[models.Model]) -> list[Any]:
        """The values of these rows as the database takes them."""
        here = connections[connection.alias]  # not through the proxy: it looks the thread up each time
        return [
            row.__dict__[name] if way is None else way(row.__dict__[name], here)
            for row in rows
            for name, way in self.ways
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
# In the order in which they are written.
REST = {
    table.model: table
    for table in (
        Table(VaultEntry, ("token", "wrapped_key", "sealed", "has_contact", "sealed_at")),
        Table(Submission, ("petition_id", "channel", "text", "place_id", "taken_by_id", "said_at")),
        Table(Claim, ("petition_id", "number", "text")),
        Table(
            PetitionClock,
            ("petition_id", "body_id", "unit_id", "round", "clock", "starts_on", "due_on", "provisional", "notice_overdue"),
        ),
        Table(SearchEntry, ("id", "body_id", "unit_id", "scope", "tokens")),
        Table(
            LedgerEvent,
            (
                "id", "body_id", "kind", "subject_kind", "subject_id", "actor_kind", "actor_ref", "at", "facts",
                "content_hash", "commitment",
            ),
        ),
        Table(LedgerSalt, ("event_id", "salt")),
        Table(
            OutboxMessage,
            (
                "body_id", "letter", "subject_kind", "subject_id", "recipient_kind", "recipient_ref", "context",
                "state", "put_at", "next_at", "dedupe",
            ),
        ),
    )
}  # fmt: skip


Rows = Callable[[], Iterable[models.Model]]
Groups = list[tuple[Table, list[models.Model]]]


def write(petition: Petition, rows: Rows) -> bool:
    """Number the petition and write it with its rows; nothing and False where its `filing_key` was filed before.

    `rows` is called with the number given: the ledger's hash covers it. Rows of one model stand side by side.
    Raises IntegrityError for a reference that exists.
    """
    put = _write_whole if connection.vendor == "postgresql" else _write_in_turn
    with connection.cursor() as cursor:
        written = put(cursor, petition, rows)
    petition._state.adding, petition._state.db = not written, connection.alias
    return written


def _write_whole(cursor: Any, petition: Petition, rows: Rows) -> bool:
    """PostgreSQL: one statement in one round trip; with no transaction around it, it is its own.

    It goes to the driver with numbered places ($1 …): looking for %s in a text of this length took longer each time
    than all the rest of the driver's work.
    """
    from psycopg import RawCursor  # the embedded database does without the driver

    cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{PETITIONS.name}', 'id'))")
    petition.pk = cursor.fetchone()[0]
    groups = _grouped(rows())
    values = PETITIONS.values([petition])
    for table, group in groups:
        values += table.values(group)
    text = _whole_sql(tuple((table, len(group)) for table, group in groups))
    with connection.wrap_database_errors, RawCursor(connection.connection) as driver:
        return driver.execute(text.encode(), values).fetchone() is not None


@transaction.atomic(savepoint=False)
def _write_in_turn(cursor: Any, petition: Petition, rows: Rows) -> bool:
    """SQLite: there is no round trip to save, and it knows no INSERT inside WITH.

    The number cannot be taken twice: since its BEGIN IMMEDIATE this transaction alone has the right to write.
    """
    cursor.execute(f"SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = '{PETITIONS.name}'")  # noqa: S608
    petition.pk = cursor.fetchone()[0]
    cursor.execute(_petition_sql(), PETITIONS.values([petition]))
    if not cursor.rowcount:
        return False
    for table, group in _grouped(rows()):
        cursor.execute(_insert_sql(table, len(group)), table.values(group))
    return True


def _grouped(rows: Iterable[models.Model]) -> Groups:
    groups: Groups = []
    for row in rows:
        table = REST[type(row)]
        if not groups or groups[-1][0] is not table:
            groups.append((table, []))
        groups[-1][1].append(row)
    return groups


@cache
def _whole_sql(shape: tuple[tuple[Table, int], ...]) -> str:
    """The statement for a shape (which tables, how many rows of each); every part reads from `filed`, in places $1 …"""
    parts = [f"filed AS ({_petition_sql()} RETURNING id)"]
    for number, (table, height) in enumerate(shape):
        rows = ", ".join([table.row] * height)
        parts.append(
            f'part{number} AS (INSERT INTO "{table.name}" ({table.columns})'  # noqa: S608  (names from the models)
            f" SELECT told.* FROM filed, (VALUES {rows}) AS told)"
        )
    places = count(1)
    return re.sub("%s", lambda _: f"${next(places)}", f"WITH {', '.join(parts)} SELECT id FROM filed")  # noqa: S608


@cache
def _petition_sql() -> str:
    return f"{_insert_sql(PETITIONS, 1)} ON CONFLICT (filing_key) DO NOTHING"


@cache
def _insert_sql(table: Table, height: int) -> str:
    return f'INSERT INTO "{table.name}" ({table.columns}) VALUES {", ".join([table.row] * height)}'  # noqa: S608  (the same)


def _is_plain(field: Any) -> bool:
    """Whether both drivers take the column's values as Python holds them: texts, numbers, truth values."""
    column = field.target_field if field.is_relation else field
    return column.get_internal_type() in PLAIN


def _type(field: Any) -> str:
    """The column's type without its length: a cast to varchar(24) would cut silently what the column refuses."""
    return re.sub(r"\(\d+\)", "", field.db_type(connection))


def _literal(field: Any) -> str:
    default = field.get_default()
    return "NULL" if default is None else f"'{default}'" if isinstance(default, str) else str(default).lower()
