"""Letters: put in the same transaction as the act, sent later by a job, neutral in subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import models

from huiying.records.models import OutboxMessage


class RecipientKind(StrEnum):
    """Whom a letter can reach."""

    PETITIONER = "petitioner"  # ref: vault token
    STAFF = "staff"  # ref: staff id
    POST = "post"  # ref: post id; whoever holds it or is on duty


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives a letter, without an address: the address is looked up when it is sent."""

    kind: RecipientKind
    ref: str


class Put(NamedTuple):
    """A letter's values before it is queued; it waits from then on."""

    body_id: int
    letter: str
    subject_kind: str
    subject_id: str
    recipient_kind: str
    recipient_ref: str
    context: Mapping[str, Any]
    put_at: datetime
    next_at: datetime


def put(
    letter: str,
    subject: models.Model,
    *,
    to: Recipient | None,
    at: datetime,
    body_id: int,
    context: Mapping[str, Any] | None = None,
    dedupe: str | None = None,
) -> OutboxMessage | None:
    """Queue a letter; with no recipient (anonymous, no contact left) nothing is queued: the page tells all.

    Letters with the same `dedupe` are one letter: the second call gives back the first.
    """
    if to is None:
        return None
    about = (str(subject._meta.model_name), str(subject.pk))
    fields = new_values(letter, about, to=to, at=at, body_id=body_id, context=context)._asdict()
    if dedupe is None:
        return OutboxMessage.objects.create(**fields)
    return OutboxMessage.objects.get_or_create(dedupe=dedupe, defaults=fields)[0]


def new_values(
    letter: str,
    about: tuple[str, str],
    *,
    to: Recipient,
    at: datetime,
    body_id: int,
    context: Mapping[str, Any] | None = None,
) -> Put:
    """A letter about a subject (its kind and id) as values, not yet queued; for the paths that write their own statements."""
    return Put(body_id, letter, *about, to.kind.value, to.ref, dict(context or {}), put_at=at, next_at=at)
