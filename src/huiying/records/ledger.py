"""The ledger: append-only events with a canonical content hash and a salted commitment."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import models

from huiying.records.models import LedgerEvent, LedgerSalt, new_event_id
from huiying.rules.actors import ActorRef
from huiying.rules.events import EventKind

SALT_BYTES = 32


class HasActor(Protocol):
    """An Officer, a petition's holder, or an ActorRef."""

    @property
    def actor(self) -> ActorRef:
        """Who acts."""


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one byte form of an event's content: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    ).encode()


def content_of(event: LedgerEvent) -> dict[str, Any]:
    """The content that the hash covers, as plain values."""
    return {
        "id": str(event.id),
        "body": event.body_id,
        "kind": str(event.kind),
        "subject": [event.subject_kind, event.subject_id],
        "actor": [str(event.actor_kind), event.actor_ref],
        "at": event.at.isoformat(timespec="microseconds"),
        "facts": event.facts,
    }


def _plain(facts: Mapping[str, Any] | None) -> dict[str, Any]:
    """Facts as they will be read back from the database, so that the hash stays the same."""
    loaded: dict[str, Any] = json.loads(canonical(facts or {}))
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


def new_event(
    kind: EventKind,
    about: tuple[str, str],
    *,
    by: HasActor,
    at: datetime,
    body_id: int | None,
    facts: Mapping[str, Any] | None = None,
) -> tuple[LedgerEvent, LedgerSalt]:
    """One event and its salt, hashed but not yet written; for the one path that writes its own statement."""
    actor = by.actor
    event = LedgerEvent(
        id=new_event_id(),
        body_id=body_id,
        kind=kind,
        subject_kind=about[0],
        subject_id=about[1],
        actor_kind=actor.kind,
        actor_ref=actor.ref,
        at=at,
        facts=_plain(facts),
    )
    salt = secrets.token_bytes(SALT_BYTES)
    event.content_hash = content_hash(event)
    event.commitment = hashlib.sha256(salt + event.content_hash).digest()
    return event, LedgerSalt(event_id=event.pk, salt=salt)


def content_hash(event: LedgerEvent) -> bytes:
    """The hash that an event's content must have: SHA-256 of its canonical form."""
    return hashlib.sha256(canonical(content_of(event))).digest()
