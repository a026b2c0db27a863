"""The sequence of the ledger: each event's place and leaf, filled in the background, and the root over all.

The act itself never waits for a place: one chain under one lock would halve the rate of intake.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef

from huiying.records import ledger
from huiying.records.models import LedgerEvent, LedgerLeaf
from huiying.records.traffic import Patience
from huiying.rules import merkle

BATCH = 1000
# An act may be written long before it is committed; so far back the frequent run looks, the nightly run everywhere.
LATE_COMMIT = timedelta(hours=1)
UUID7_TIME_SHIFT = 80  # the upper 48 of the 128 bits are milliseconds


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The root over the first `size` events of the sequence. RFC 9162 §4.10."""

    size: int
    root: bytes


def sequence_new(*, everywhere: bool = False) -> int:
    """Give every event without a place the next one, oldest first; the number done. Safe to repeat and to race.

    `everywhere` looks through the whole ledger, else only from an hour before the newest sequenced event.
    """
    done, patience = 0, Patience()
    patience.give_way()
    while count := _sequence_batch(everywhere=everywhere):
        done += count
        if count < BATCH:
            break
        patience.give_way()
    return done


def tree_head(*, size: int | None = None) -> TreeHead:
    """The root over the sequence (over its first `size` leaves). Takes about a second for a million leaves."""
    counted = 0

    def leaves() -> Iterator[bytes]:
        nonlocal counted
        rows = LedgerLeaf.objects.order_by("seq").values_list("leaf", flat=True)
        for counted, leaf in enumerate(rows[:size].iterator(chunk_size=5000), start=1):  # noqa: B007
            yield bytes(leaf)

    root = merkle.root(leaves())
    return TreeHead(size=counted, root=root)


def _sequence_batch(*, everywhere: bool) -> int:
    # Looked for before the transaction begins: through a ledger of millions that takes minutes, and on the embedded
    # database nobody could file while it lasts.
    events = _unplaced(None if everywhere else _last_place())
    if not events:
        return 0
    try:
        with transaction.atomic():
            return _append_leaves(events)
    except IntegrityError:
        return 0  # another worker took these events or places first; the next run goes on from there


def _append_leaves(events: Sequence[LedgerEvent]) -> int:
    last = _last_place()
    start = 0 if last is None else last + 1
    leaves = [
        LedgerLeaf(event_id=event.pk, seq=seq, leaf=merkle.leaf_hash(ledger.leaf_data(event)))
        for seq, event in enumerate(events, start=start)
    ]
    LedgerLeaf.objects.bulk_create(leaves)
    return len(leaves)


def _last_place() -> int | None:
    last: int | None = LedgerLeaf.objects.aggregate(last=Max("seq"))["last"]
    return last


def _unplaced(last: int | None) -> list[LedgerEvent]:
    events = LedgerEvent.objects.filter(~Exists(LedgerLeaf.objects.filter(event_id=OuterRef("pk"))))
    if last is not None:
        newest = LedgerLeaf.objects.values_list("event_id", flat=True).get(seq=last)
        events = events.filter(pk__gte=_id_before(newest))
    return list(events.order_by("pk")[:BATCH])


def _id_before(event_id: uuid.UUID) -> uuid.UUID:
    """The lowest id an event could have got LATE_COMMIT before this one."""
    millis = (event_id.int >> UUID7_TIME_SHIFT) - LATE_COMMIT // timedelta(milliseconds=1)
    return uuid.UUID(int=max(millis, 0) << UUID7_TIME_SHIFT)
