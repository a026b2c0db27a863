"""The ledger: append-only events with a canonical content hash and a salted commitment."""

import json
import secrets
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple, Protocol

from django.db import models

from huiying.records.models import LedgerEvent, LedgerLeaf, LedgerSalt, new_event_id
from huiying.rules import merkle, proof
from huiying.rules.actors import ActorRef
from huiying.rules.events import EventKind

Stored = bytes | memoryview | None  # the two engines give binary columns back differently
SALT_BYTES = 32
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 500
VERIFY_BATCH = 500


class Written(NamedTuple):
    """An event's values before they are written, for the path that writes ten thousand at once."""

    id: uuid.UUID
    body_id: int | None
    kind: str
    subject_kind: str
    subject_id: str
    actor_kind: str
    actor_ref: str
    at: datetime
    facts: Mapping[str, Any]


class HasActor(Protocol):
    """An Officer, a petition's holder, or an ActorRef."""

    @property
    def actor(self) -> ActorRef:
        """Who acts."""


def content_of(event: LedgerEvent | Written) -> dict[str, Any]:
    """The content that the hash covers, as plain values."""
    return {
        "id": str(event.id),
        "body": event.body_id,
        "kind": str(event.kind),
        "subject": [event.subject_kind, event.subject_id],
        "actor": [str(event.actor_kind), event.actor_ref],
        # In UTC: the database gives back the instant, not the zone it was written in.
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": event.facts,
    }


def _plain(facts: Mapping[str, Any] | None) -> dict[str, Any]:
    """Facts as they will be read back from the database, so that the hash stays the same."""
    loaded: dict[str, Any] = json.loads(proof.canonical(facts or {}))
    return loaded


def append(
    kind: EventKind,
    subject: models.Model,
    *,
    by: HasActor,
    at: datetime,
    body_id: int | None,
    facts: Mapping[str, Any] | None = None,
) -> LedgerEvent:
    """Write one event in the caller's transaction. `facts` holds ids, dates, enums and counts, never personal text."""
    about = (str(subject._meta.model_name), str(subject.pk))
    return append_about(kind, about, by=by, at=at, body_id=body_id, facts=facts)


def append_about(
    kind: EventKind,
    about: tuple[str, str],
    *,
    by: HasActor,
    at: datetime,
    body_id: int | None,
    facts: Mapping[str, Any] | None = None,
) -> LedgerEvent:
    """As `append`, for a subject known only by its kind and id (a letter's subject, say)."""
    event, salt = new_event(kind, about, by=by, at=at, body_id=body_id, facts=facts)
    event.save(force_insert=True)
    salt.save(force_insert=True)
    return event


def new_values(
    kind: EventKind,
    about: tuple[str, str],
    *,
    actor: ActorRef,
    at: datetime,
    body_id: int | None,
    facts: Mapping[str, Any],
) -> tuple[Written, bytes, bytes, bytes]:
    """One event as values, not yet written: the event, its hash, its commitment, its salt. `facts` are plain already."""
    event = Written(new_event_id(), body_id, kind.value, *about, actor.kind.value, actor.ref, at, facts)
    hashed = content_hash(event)
    salt = secrets.token_bytes(SALT_BYTES)
    return event, hashed, proof.commitment(salt, hashed), salt


def new_event(
    kind: EventKind,
    about: tuple[str, str],
    *,
    by: HasActor,
    at: datetime,
    body_id: int | None,
    facts: Mapping[str, Any] | None = None,
) -> tuple[LedgerEvent, LedgerSalt]:
    """The same as objects: one event and its salt, hashed but not yet written."""
    event, hashed, commitment, salt = new_values(
        kind, about, actor=by.actor, at=at, body_id=body_id, facts=_plain(facts)
    )
    written = LedgerEvent(**event._asdict(), content_hash=hashed, commitment=commitment)
    return written, LedgerSalt(event_id=event.id, salt=salt)


def content_hash(event: LedgerEvent | Written) -> bytes:
    """The hash that an event's content must have: SHA-256 of its canonical form."""
    return proof.content_hash(content_of(event))


def leaf_data(event: LedgerEvent) -> bytes:
    """What the sequence commits to: the salted commitment and the instant at which the database took the event in."""
    micros = (event.recorded_at - EPOCH) // timedelta(microseconds=1)
    return bytes(event.commitment) + micros.to_bytes(8, "big")


def verify(events: Iterable[LedgerEvent] | None = None, *, since: datetime | None = None) -> list[uuid.UUID]:
    """The ids of events that are no longer what was written: content, commitment or place in the sequence.

    Given no events, looks through the ledger (from the instant `since` on) and also names events that were
    sequenced and are gone. An event whose salt was erased is checked by content and place alone.
    """
    broken: list[uuid.UUID] = []
    chosen = iter(_recorded(since) if events is None else events)
    while batch := list(islice(chosen, VERIFY_BATCH)):
        broken += _broken(batch)
    return broken + (list(_vanished()) if events is None else [])


def events_about(
    kind: str, subject_id: int | str, *, limit: int = 200, before: uuid.UUID | None = None
) -> list[LedgerEvent]:
    """The newest events about one subject, newest first, at most `limit` (no more than 500)."""
    found = LedgerEvent.objects.filter(subject_kind=kind, subject_id=str(subject_id))
    return _newest(found, limit=limit, before=before)


def newest(
    body_id: int,
    *,
    before: uuid.UUID | None = None,
    kinds: Collection[EventKind] | None = None,
    limit: int = 50,
) -> list[LedgerEvent]:
    """A body's newest events, newest first; `before` is the last id of the page before. For viewers: selectors."""
    found = LedgerEvent.objects.filter(body_id=body_id)
    if kinds is not None:
        found = found.filter(kind__in=list(kinds))
    return _newest(found, limit=limit, before=before)


def salts_of(events: Iterable[LedgerEvent]) -> dict[uuid.UUID, bytes]:
    """The salts of these events by event, without those erased; for the one whose matter they tell of."""
    rows = LedgerSalt.objects.filter(event_id__in=[event.pk for event in events])
    return {event_id: bytes(salt) for event_id, salt in rows.values_list("event_id", "salt")}


def commitments_of(event_ids: Iterable[uuid.UUID]) -> dict[str, str]:
    """The commitments that the ledger holds for these ids, both written out; no more than a proof may hold."""
    rows = LedgerEvent.objects.filter(pk__in=list(event_ids)[: proof.MOST_EVENTS])
    return {str(pk): bytes(committed).hex() for pk, committed in rows.values_list("pk", "commitment")}


def newest_id_about(kind: str, subject_id: int | str) -> uuid.UUID | None:
    """The id of the newest event about a subject; changes whenever anything happened to it (for ETags)."""
    about = LedgerEvent.objects.filter(subject_kind=kind, subject_id=str(subject_id))
    return about.order_by("-id").values_list("id", flat=True).first()


def _newest(
    found: "models.QuerySet[LedgerEvent]", *, limit: int, before: uuid.UUID | None
) -> list[LedgerEvent]:
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[: min(limit, MOST)])


def _recorded(since: datetime | None) -> Iterator[LedgerEvent]:
    rows = LedgerEvent.objects.order_by("id")
    if since is not None:
        rows = rows.filter(recorded_at__gte=since)
    return rows.iterator(chunk_size=VERIFY_BATCH)


def _broken(batch: list[LedgerEvent]) -> list[uuid.UUID]:
    ids = [event.pk for event in batch]
    salts = dict(LedgerSalt.objects.filter(event_id__in=ids).values_list("event_id", "salt"))
    leaves = dict(LedgerLeaf.objects.filter(event_id__in=ids).values_list("event_id", "leaf"))
    return [event.pk for event in batch if not _holds(event, salts.get(event.pk), leaves.get(event.pk))]


def _holds(event: LedgerEvent, salt: Stored, leaf: Stored) -> bool:
    stored = bytes(event.content_hash)
    if stored != content_hash(event):
        return False
    if salt is not None and bytes(event.commitment) != proof.commitment(bytes(salt), stored):
        return False
    return leaf is None or bytes(leaf) == merkle.leaf_hash(leaf_data(event))


def _vanished() -> "models.QuerySet[LedgerLeaf, uuid.UUID]":
    known = LedgerEvent.objects.filter(pk=models.OuterRef("event_id"))
    return LedgerLeaf.objects.filter(~models.Exists(known)).values_list("event_id", flat=True)
