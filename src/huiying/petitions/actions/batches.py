"""Many rows at once: the statements of an import.

A file of ten thousand answered messages is two hundred thousand rows. Built as model objects one by one and inserted by
statements that are composed anew each time, they took most of the time of an import; here they are plain tuples in the
order of the told columns, and go in by COPY on PostgreSQL and by one prepared INSERT on SQLite.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from django.db import connection, connections, models

from huiying.petitions.intake import Table

Values = tuple[Any, ...]
Adapt = Callable[[Any], Any]


def reserve(model: type[models.Model], count: int) -> range | list[int]:
    """Numbers for so many rows of this model, not taken by anybody else, in the caller's transaction."""
    name = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [name, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # Since its BEGIN IMMEDIATE this transaction alone has the right to write.
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [name])
        last = int(cursor.fetchone()[0])
        return range(last + 1, last + 1 + count)


def insert(table: Table, rows: Iterable[Values]) -> None:
    """Write rows of one table; each is the values of its told columns, all other columns start empty."""
    # Column by column: most columns go as they are, and asking each value anew took longer than writing it.
    columns = [
        values if adapt is None else [value if value is None else adapt(value) for value in values]
        for adapt, values in zip(_adapts(table), zip(*rows, strict=True), strict=False)
    ]
    ready = list(zip(*columns, strict=True))
    if not ready:
        return
    if connection.vendor == "postgresql":
        _copy(table, ready)
        return
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table.name}" ({table.columns}) VALUES {table.row}', ready)  # noqa: S608  (names from the models)


def _copy(table: Table, rows: Sequence[Values]) -> None:
    empty = tuple(field.get_default() for field in table.others)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.cursor.copy(f'COPY "{table.name}" ({table.columns}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row + empty)


def _adapts(table: Table) -> tuple[Adapt | None, ...]:
    return _adapts_of(table, connection.vendor)


@cache
def _adapts_of(table: Table, vendor: str) -> tuple[Adapt | None, ...]:
    """How each told column's values are made ready; None where the driver takes them as they are."""
    kinds = (models.DateTimeField, models.DateField, models.UUIDField)
    adapts: list[Adapt | None] = []
    for field in (getattr(told, "target_field", told) for told in table.fields):
        if isinstance(field, models.JSONField):
            adapts.append(json.dumps)
        elif vendor == "sqlite" and isinstance(field, kinds):
            adapts.append(_remembered(field))
        else:
            adapts.append(None)
    return tuple(adapts)


def _remembered(field: Any) -> Adapt:
    """A column's own adapter. A file has many rows of one moment, and one import has one moment for all its events."""
    here = connections[connection.alias]
    if isinstance(field, models.UUIDField):
        return attrgetter("hex")
    return lru_cache(maxsize=4096)(lambda value: field.get_db_prep_save(value, here))
