"""Bringing the database to the tables this version needs. Django must be set up before these are called."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from huiying.config.folder import CannotStart
from huiying.config.options import Options


def pending_migrations() -> list[str]:
    """The migrations not yet applied, as `app.name`; raises CannotStart when the database is out of reach."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as wrong:
        raise CannotStart(_unreachable(wrong)) from None
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(say: Callable[[str], object]) -> int:
    """Apply what is pending and return how many; `say` gets one line of progress before and after."""
    pending = pending_migrations()
    if not pending:
        return 0
    say(f"Preparing the database: {len(pending)} steps …")
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as wrong:
        raise CannotStart(
            f"The database could not be prepared: {_first_line(wrong)}. Nothing was half done."
        ) from wrong
    say("The database is ready.")
    return len(pending)


def ensure_master_key(options: Options) -> None:
    """Make the master key of a new installation; raises CannotStart where one is lost or unusable.

    A key that is missing beside sealed identities is never replaced: a fresh one would hide the loss.
    """
    from huiying.records import master_key, vault
    from huiying.records.models import VaultEntry

    key = options.master_key_path
    try:
        if not key.exists() and not VaultEntry.objects.exists():
            master_key.create(key)
        vault.check_key()
    except master_key.MasterKeyUnusable as wrong:
        raise CannotStart(str(wrong)) from None


def _unreachable(wrong: DatabaseError) -> str:
    return (
        f"The database cannot be reached: {_first_line(wrong)}. "
        "Check that it runs, and the setting database_url (HUIYING_DATABASE_URL)."
    )


def _first_line(wrong: Exception) -> str:
    return str(wrong).strip().split("\n")[0].rstrip(".")
