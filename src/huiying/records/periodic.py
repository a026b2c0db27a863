"""This room's rows of the schedule."""

from datetime import datetime, timedelta

from django.db import connection

from huiying.records import calling, delivery, files, jobs, ringing, sequence
from huiying.records.jobs import Periodic


def _send(at: datetime) -> None:
    delivery.send_due(at=at)


def _call(at: datetime) -> None:
    calling.end_tests_due(at=at)
    ringing.ring_due(at=at)


def _sequence(_at: datetime) -> None:
    sequence.sequence_new()


def _sequence_everywhere(_at: datetime) -> None:
    sequence.sequence_new(everywhere=True)


def _reap(at: datetime) -> None:
    jobs.reap(at=at)


def _prune(at: datetime) -> None:
    jobs.prune(at=at)


def _sweep(at: datetime) -> None:
    files.sweep(at=at)


def _carry_over(_at: datetime) -> None:
    """Carry SQLite's write-ahead log over into the database while nobody waits for it; writers go on meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


ROWS: tuple[Periodic, ...] = (
    Periodic("outbox.send", timedelta(seconds=10), _send),
    Periodic("records.calls", timedelta(seconds=10), _call),
    Periodic("ledger.sequence", timedelta(seconds=30), _sequence),
    Periodic("ledger.sequence_everywhere", timedelta(days=1), _sequence_everywhere),
    Periodic("jobs.reap", timedelta(seconds=30), _reap),
    Periodic("jobs.prune", timedelta(hours=1), _prune),
    Periodic("files.sweep", timedelta(hours=6), _sweep),
)
if connection.vendor == "sqlite":
    ROWS += (Periodic("database.carry_over", timedelta(seconds=10), _carry_over),)
