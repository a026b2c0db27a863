"""Letters: put in the same transaction as the act, sent later by a job, neutral in subject."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

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
    fields = _fields(letter, subject, to=to, at=at, body_id=body_id, context=context)
    if dedupe is None:
        return OutboxMessage.objects.create(**fields)
    return OutboxMessage.objects.get_or_create(dedupe=dedupe, defaults=fields)[0]


def new_letter(
    letter: str, subject: models.Model, *, to: Recipient, at: datetime, body_id: int
) -> OutboxMessage:
    """A letter not yet queued; for the paths that write their own statements."""
    return OutboxMessage(**_fields(letter, subject, to=to, at=at, body_id=body_id, context=None))


def _fields(
    letter: str,
    subject: models.Model,
    *,
    to: Recipient,
    at: datetime,
    body_id: int,
    context: Mapping[str, Any] | None,
) -> dict[str, Any]:
    return {
        "body_id": body_id,
        "letter": letter,
        "subject_kind": str(subject._meta.model_name),
        "subject_id": str(subject.pk),
        "recipient_kind": to.kind,
        "recipient_ref": to.ref,
        "context": dict(context or {}),
        "put_at": at,
        "next_at": at,
    }
