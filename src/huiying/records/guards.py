"""The database's own refusal to change the ledger: triggers on both engines, laid by a migration.

A migration that rebuilds one of these tables on SQLite drops its triggers: it must lay them again at its end.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED = ("records_ledgerevent", "records_ledgerleaf")
REFUSAL = "the ledger is append-only"


def _sqlite(table: str) -> tuple[list[str], list[str]]:
    acts = ("UPDATE", "DELETE")
    lay = [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for act in acts
    ]
    return lay, [f"DROP TRIGGER IF EXISTS {table}_no_{act.lower()}" for act in acts]


def _postgres(table: str) -> tuple[list[str], list[str]]:
    function = (
        "CREATE OR REPLACE FUNCTION records_refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    lay = [
        function,
        f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION records_refuse_change()",
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION records_refuse_change()",
    ]
    return lay, [f"DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}" for act in ("change", "truncate")]


def lay(connection: "BaseDatabaseWrapper") -> None:
    """Make the database refuse UPDATE, DELETE and TRUNCATE on the ledger; safe to repeat."""
    _execute(connection, 0)


def lift(connection: "BaseDatabaseWrapper") -> None:
    """Take the refusal away: for a migration backwards and for emptying a test database, nothing else."""
    _execute(connection, 1)


def _execute(connection: "BaseDatabaseWrapper", which: int) -> None:
    statements = _sqlite if connection.vendor == "sqlite" else _postgres
    with connection.cursor() as cursor:
        for table in GUARDED:
            for statement in statements(table)[which]:
                cursor.execute(statement)
