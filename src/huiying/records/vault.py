"""The vault: identities sealed one by one, and one door that asks for a purpose and remembers every look.

Each entry has its own 256-bit data key (AES-256-GCM), wrapped under the installation's master key. The entry's token
is bound to both as associated data, so a sealed record moved to another row does not open.
"""

import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from django.db import models, transaction
from django.db.models import UUIDField

from huiying.records import envelope, files, ledger, master_key
from huiying.records.models import OutboxMessage, VaultEntry, VaultOpening
from huiying.records.statements import kept
from huiying.rules.actors import SYSTEM, ActorKind
from huiying.rules.events import EventKind
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere
from huiying.rules.words import N_

BLOCK = 256  # sealed records are padded to blocks, so that their length tells nothing about the name inside
CONTACT_FIELDS = ("phone", "email")


class Purpose(StrEnum):
    """Why an identity may be looked at; the petitioner reads the word."""

    CONTACT = "contact"
    VERIFY = "verify"
    SHIELD = "shield"
    SERVE = "serve"
    PROTECT = "protect"
    DELIVERY = "delivery"  # the outbox alone: no person looks

    @property
    def label(self) -> str:
        """The Chinese words for this purpose."""
        return PURPOSE_LABELS[self]


PURPOSE_LABELS = {
    Purpose.CONTACT: N_("与信访人联系"),
    Purpose.VERIFY: N_("核实身份"),
    Purpose.SHIELD: N_("制作隐去身份的文本"),
    Purpose.SERVE: N_("送达答复"),
    Purpose.PROTECT: N_("防范打击报复"),
    Purpose.DELIVERY: N_("系统自动发送通知"),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """One look at an identity as its owner sees it: when, by what role, why; never by whom."""

    opened_at: datetime
    actor_kind: ActorKind
    role: str
    purpose: Purpose
    reason: str


class Sealed(NamedTuple):
    """A sealed entry's values before they are written."""

    token: uuid.UUID
    wrapped_key: bytes
    sealed: bytes
    has_contact: bool
    sealed_at: datetime


def sealed_values(fields: Mapping[str, str], *, at: datetime) -> Sealed:
    """Seal an identity under a fresh token; nothing is saved (for the paths that write their own statements)."""
    token, data_key = uuid.uuid4(), envelope.fresh_key()
    return Sealed(
        token,
        wrapped_key=envelope.encrypt(master_key.load(), data_key, context=_context(token, "key")),
        sealed=envelope.encrypt(data_key, _padded(fields), context=_context(token, "record")),
        has_contact=any(fields.get(name, "").strip() for name in CONTACT_FIELDS),
        sealed_at=at,
    )


def sealed_entry(fields: Mapping[str, str], *, at: datetime) -> VaultEntry:
    """The same as an object, not yet saved; `seal` saves one."""
    return VaultEntry(**sealed_values(fields, at=at)._asdict())


def seal(fields: Mapping[str, str], *, at: datetime) -> VaultEntry:
    """Seal an identity under a fresh token, in the caller's transaction. Raises MasterKeyUnusable without a key."""
    entry = sealed_entry(fields, at=at)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def open_entry(
    token: uuid.UUID | str,
    *,
    subject: models.Model,
    body_id: int | None,
    by: ledger.HasActor,
    at: datetime,
    purpose: Purpose,
    reason: str,
    role: str = "",
) -> dict[str, str]:
    """Open an identity for a person who gives a reason; the look and its ledger event are kept or nothing is shown.

    The caller has checked Action.IDENTITY_OPEN and names the `role` that allowed it, which the petitioner sees.
    Raises Incomplete without a reason, NotThere for an unknown or erased entry. 信访工作条例 art. 30.
    """
    _check_reason(purpose, reason)
    entry = _entry_for(token)
    fields = _fields(entry)
    opening = VaultOpening.objects.create(
        entry=entry,
        actor_kind=by.actor.kind,
        actor_ref=by.actor.ref,
        actor_role=role,
        purpose=purpose,
        reason=reason.strip(),
        opened_at=at,
    )
    facts = {"purpose": purpose, "opening": opening.pk}
    ledger.append(EventKind.IDENTITY_OPENED, subject, by=by, at=at, body_id=body_id, facts=facts)
    return fields


@transaction.atomic
def contact_for_letter(letter: OutboxMessage, *, at: datetime) -> dict[str, str]:
    """The contact fields a letter needs to leave; the look is recorded once a letter, however often it is tried."""
    entry = _entry_for(letter.recipient_ref)
    fields = _fields(entry)
    _opening, first = VaultOpening.objects.get_or_create(
        letter=letter,
        defaults={
            "entry": entry,
            "actor_kind": SYSTEM.kind,
            "actor_ref": SYSTEM.ref,
            "purpose": Purpose.DELIVERY,
            "reason": "",
            "opened_at": at,
        },
    )
    if first:
        ledger.append_about(
            EventKind.IDENTITY_OPENED,
            (letter.subject_kind, letter.subject_id),
            by=SYSTEM,
            at=at,
            body_id=letter.body_id,
            facts={"purpose": Purpose.DELIVERY, "letter": letter.pk},
        )
    return {name: fields[name] for name in CONTACT_FIELDS if fields.get(name)}


def openings_about(token: uuid.UUID | str) -> list[Opening]:
    """Every look at this identity, newest first, as its owner may see them: no names."""
    return [
        Opening(row.opened_at, ActorKind(row.actor_kind), row.actor_role, Purpose(row.purpose), row.reason)
        for row in _openings(token=token)
    ]


@kept(token=UUIDField())
def _openings(*, token: Any) -> models.QuerySet[VaultOpening]:
    return VaultOpening.objects.filter(entry__token=token).order_by("-opened_at", "-id")


@transaction.atomic
def erase(
    token: uuid.UUID | str, *, subject: models.Model, body_id: int | None, by: ledger.HasActor, at: datetime
) -> None:
    """Shred an identity: its data key is overwritten, so no copy of the record opens again. Safe to repeat.

    The subject's papers go with it, since any of them may be an identity card: all but those that somebody looked at and
    passed on as free of the person. A name that stays in a photograph is not erased.

    Old pages and backups still hold the wrapped key until they are overwritten or expire; the retention of backups
    sets when shredding is complete. 个人信息保护法 art. 47.
    """
    shredded = VaultEntry.objects.filter(token=token, erased_at=None).update(
        wrapped_key=secrets.token_bytes(envelope.WRAPPED_KEY_BYTES),
        sealed=b"",
        has_contact=False,
        erased_at=at,
    )
    if shredded:
        ledger.append(EventKind.IDENTITY_ERASED, subject, by=by, at=at, body_id=body_id)
    for paper in files.of_subject(str(subject._meta.model_name), str(subject.pk)):
        if not paper.shown_to_unit:
            files.erase(paper, by=by, at=at)


def check_key() -> None:
    """Raise MasterKeyUnusable where the key is missing or does not open the newest identity; reads no identity."""
    key = master_key.load()
    newest = VaultEntry.objects.filter(erased_at=None).order_by("-sealed_at").first()
    if newest is not None:
        _data_key(newest, key)


def _check_reason(purpose: Purpose, reason: str) -> None:
    if purpose is Purpose.DELIVERY:
        raise NotPermitted(N_("“系统自动发送通知”只供系统使用，请选择其他目的。"), rule="vault.purpose")
    if not reason.strip():
        message = N_("查看身份信息须写明理由，信访人会看到这一理由。")
        raise Incomplete(message, fields={"reason": message}, rule="vault.reason")


def _entry_for(token: uuid.UUID | str) -> VaultEntry:
    entry = VaultEntry.objects.filter(token=token).first()
    if entry is None or entry.erased_at is not None:
        raise NotThere(N_("没有可供查看的身份信息：未登记，或已依规销毁。"), rule="vault.entry")
    return entry


def _fields(entry: VaultEntry) -> dict[str, str]:
    data_key = _data_key(entry, master_key.load())
    opened = envelope.decrypt(data_key, bytes(entry.sealed), context=_context(entry.token, "record"))
    fields: dict[str, Any] = json.loads(opened)
    return {name: str(value) for name, value in fields.items()}


def _data_key(entry: VaultEntry, key: bytes) -> bytes:
    try:
        return envelope.decrypt(key, bytes(entry.wrapped_key), context=_context(entry.token, "key"))
    except InvalidTag:
        raise master_key.wrong_key() from None


def _context(token: uuid.UUID, part: str) -> bytes:
    return f"huiying.vault.v1|{part}|{token}".encode()


def _padded(fields: Mapping[str, str]) -> bytes:
    plain = json.dumps({name: str(value) for name, value in fields.items()}).encode("ascii")
    return plain + b" " * (-len(plain) % BLOCK)
