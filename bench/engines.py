"""How a great many rows get into each engine quickly: nothing synced, and indexes that guard nothing laid last."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.db import connection

Rows = Iterable[Sequence[Any]]


class Engine(Protocol):
    """Both engines, as the loader knows them. `nothing` is how it writes NULL."""

    nothing: Any

    def read(self, table: str, columns: Sequence[str], only: str) -> list[list[Any]]:
        """The rows for which `only` holds, in the form in which `put` takes them."""

    def put(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """Add rows."""


class SQLite:
    """By executemany; pages wait in a large cache."""

    nothing = None

    def __init__(self) -> None:
        # Not Django's connection: it turns what it reads into dates, and here texts are wanted.
        self._line = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)

    def read(self, table: str, columns: Sequence[str], only: str) -> list[list[Any]]:
        """As Engine."""
        return [list(row) for row in self._line.execute(_select(table, columns, only))]

    def put(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """As Engine."""
        marks = ", ".join("?" * len(columns))
        self._line.executemany(f"INSERT INTO {table} ({_listed(columns)}) VALUES ({marks})", rows)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """One transaction."""
        self._line.execute("BEGIN IMMEDIATE")
        yield
        self._line.execute("COMMIT")

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Without a sync, a foreign key check or an index; afterwards as the product opens it."""
        self._line.executescript(
            "PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-1000000; PRAGMA temp_store=FILE;"
            "INSERT INTO records_search(records_search, rank) VALUES ('hashsize', 67108864);"
        )
        # Unique ones stay: their texts are part of the tables.
        plain = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
        indexes = self._line.execute(plain).fetchall()
        for name, _ in indexes:
            self._line.execute(f'DROP INDEX "{name}"')
        yield
        for _, text in indexes:
            self._line.execute(text)
        self._line.executescript(
            "INSERT INTO records_search(records_search, rank) VALUES ('hashsize', 1048576);"
            "PRAGMA wal_checkpoint(TRUNCATE); ANALYZE;"
        )
        self._line.close()


class Postgres:
    """By COPY, out and in, in its own text form."""

    nothing = "\\N"

    def __init__(self) -> None:
        connection.ensure_connection()
        self._line = connection.connection

    def read(self, table: str, columns: Sequence[str], only: str) -> list[list[Any]]:
        """As Engine."""
        with (
            self._line.cursor() as cursor,
            cursor.copy(f"COPY ({_select(table, columns, only)}) TO STDOUT") as out,
        ):
            lines = b"".join(bytes(part) for part in out).decode().split("\n")[:-1]
        return [line.split("\t") for line in lines]

    def put(self, table: str, columns: Sequence[str], rows: Rows) -> None:
        """As Engine."""
        with (
            self._line.cursor() as cursor,
            cursor.copy(f"COPY {table} ({_listed(columns)}) FROM STDIN") as into,
        ):
            for row in rows:
                into.write("\t".join(row) + "\n")

    @contextmanager
    def whole(self) -> Iterator[None]:
        """One transaction."""
        with self._line.transaction():
            yield

    @contextmanager
    def hurried(self) -> Iterator[None]:
        """Without waiting for the disk, a foreign key check or an index; numbers go on where the copies end."""
        run = self._line.execute
        run("SET synchronous_commit = off")
        run("SET session_replication_role = replica")
        run("SET maintenance_work_mem = '1GB'")
        # Unique ones stay: they belong to constraints.
        indexes = run(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE INDEX%'"
        ).fetchall()
        for name, _ in indexes:
            run(f'DROP INDEX "{name}"')
        yield
        for _, text in indexes:
            run(text)
        self._go_on_counting()
        run("VACUUM (ANALYZE)")
        connection.close()

    def _go_on_counting(self) -> None:
        numbered = self._line.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_identity = 'YES'"
        ).fetchall()
        for table, column in numbered:
            self._line.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table}"
            )


def _select(table: str, columns: Sequence[str], only: str) -> str:
    return f"SELECT {_listed(columns)} FROM {table} WHERE {only}"


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
