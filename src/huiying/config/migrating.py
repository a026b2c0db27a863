"""`huiying migrate`: bring the database to the tables this version needs."""

import argparse


def add_migrate_arguments(parser: argparse.ArgumentParser) -> None:
    """`--check` only looks."""
    parser.add_argument(
        "--check", action="store_true", help="only say what is pending; exit 1 if anything is"
    )


def run_migrate(arguments: argparse.Namespace) -> int:
    """Apply pending migrations; with --check, name them and exit 1 when there are any."""
    from huiying.config.database import ensure_master_key, migrate, pending_migrations
    from huiying.config.options import load_options

    if arguments.check:
        pending = pending_migrations()
        print("\n".join(pending) if pending else "Nothing is pending.")
        return 1 if pending else 0
    if not migrate(print):
        print("The database is up to date.")
    ensure_master_key(load_options())
    return 0
