"""This room's rows of the schedule."""

from datetime import datetime, timedelta

from huiying.records import delivery, jobs, sequence
from huiying.records.jobs import Periodic


def _send(at: datetime) -> None:
    delivery.send_due(at=at)


def _sequence(_at: datetime) -> None:
    sequence.sequence_new()


def _sequence_everywhere(_at: datetime) -> None:
    sequence.sequence_new(everywhere=True)


def _reap(at: datetime) -> None:
    jobs.reap(at=at)


def _prune(at: datetime) -> None:
    jobs.prune(at=at)


ROWS = (
    Periodic("outbox.send", timedelta(seconds=10), _send),
    Periodic("ledger.sequence", timedelta(seconds=30), _sequence),
    Periodic("ledger.sequence_everywhere", timedelta(days=1), _sequence_everywhere),
    Periodic("jobs.reap", timedelta(seconds=30), _reap),
    Periodic("jobs.prune", timedelta(hours=1), _prune),
)
