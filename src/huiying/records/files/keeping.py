"""Files on disk: sealed with a key of their own, under names that tell nothing, and gone when they are erased.

The sealed content reaches the disk before its row is committed. A transaction that is rolled back leaves a file that
no row names; `sweep` removes it a day later.
"""

import hashlib
import logging
import secrets
import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.db.models import CharField, QuerySet

from huiying.records import envelope, ledger, master_key
from huiying.records.files import disk
from huiying.records.files.cleaning import Cleaned
from huiying.records.models import StoredFile
from huiying.records.statements import kept
from huiying.rules.events import EventKind
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_

log = logging.getLogger("huiying.files")

NAME = "附件{number}.{ending}"
MOST_LISTED = 200
SWEPT_AFTER = timedelta(days=1)
BATCH = 500


@transaction.atomic
def store(
    cleaned: Cleaned,
    *,
    body_id: int,
    subject: tuple[str, str],
    by: ledger.HasActor,
    at: datetime,
    label: str = "",
) -> StoredFile:
    """Keep a checked file about a subject (kind, id); the caller has asked whether `by` may. `label`: no name of anybody.

    Raises MasterKeyUnusable without a key, OSError where the disk refuses.
    """
    kind, ref = subject
    row = StoredFile(
        body_id=body_id,
        subject_kind=kind,
        subject_id=ref,
        name=NAME.format(number=_next_number(kind, ref), ending=cleaned.ending),
        label=label[:60],
        kind=cleaned.kind,
        size=len(cleaned.data),
        sha256=hashlib.sha256(cleaned.data).digest(),
        cleaned=cleaned.cleaned,
        stored_by_kind=by.actor.kind,
        stored_at=at,
    )
    _seal(row, cleaned.data)
    row.save(force_insert=True)
    _tell(EventKind.FILE_STORED, row, by=by, at=at)
    return row


def open_file(row: StoredFile) -> bytes:
    """The clear content; the caller's gate has given the row. Raises NotThere: erased, missing or damaged on disk."""
    if row.erased_at is not None or row.place is None:
        raise _gone()
    key = _data_key(row)
    try:
        return envelope.decrypt(key, disk.read(row.place), context=_context(row.pk, "content"))
    except (OSError, InvalidTag) as wrong:
        log.error("The file %s cannot be opened: %s.", row.pk, type(wrong).__name__)
        raise _gone() from None


def of_subject(kind: str, subject_id: int | str, *, limit: int = MOST_LISTED) -> list[StoredFile]:
    """The files kept about one subject, oldest first, without the erased; the caller's gate has given the subject."""
    return _stored(kind, min(limit, MOST_LISTED), subject=str(subject_id))


@kept(subject=CharField())
def _stored(kind: str, limit: int, *, subject: Any) -> QuerySet[StoredFile]:
    rows = StoredFile.objects.filter(subject_kind=kind, subject_id=subject, erased_at=None)
    return rows.order_by("stored_at", "name")[:limit]


@transaction.atomic
def show_to_unit(row: StoredFile, *, by: ledger.HasActor, at: datetime) -> StoredFile:
    """Mark a file as safe for the handling unit, once; the caller has asked whether `by` may."""
    if StoredFile.objects.filter(pk=row.pk, shown_to_unit=False, erased_at=None).update(shown_to_unit=True):
        row.shown_to_unit = True
        _tell(EventKind.FILE_PASSED, row, by=by, at=at)
    return row


@transaction.atomic
def erase(row: StoredFile, *, by: ledger.HasActor, at: datetime) -> None:
    """Shred a file: its key is overwritten at once, its content removed when this commits. Safe to repeat.

    Backups hold key and content until they expire. 个人信息保护法 art. 47.
    """
    noise = secrets.token_bytes(envelope.WRAPPED_KEY_BYTES)
    standing = StoredFile.objects.filter(pk=row.pk, erased_at=None)
    if not standing.update(erased_at=at, wrapped_key=noise, place=None, sha256=b"", label=""):
        return
    _tell(EventKind.FILE_ERASED, row, by=by, at=at)
    if row.place:
        transaction.on_commit(partial(disk.remove, row.place))
    row.erased_at, row.place = at, None


def sweep(*, at: datetime) -> int:
    """Remove files that no row names and that are older than a day; how many. Safe to repeat."""
    removed = 0
    for batch in disk.batches(older_than=at - SWEPT_AFTER, size=BATCH):
        known = set(StoredFile.objects.filter(place__in=batch).values_list("place", flat=True))
        for place in set(batch) - known:
            disk.remove(place)
            removed += 1
    return removed


def lost_among_newest(most: int) -> int:
    """How many of the newest kept files cannot be opened: missing, damaged, or sealed with another key."""
    newest = StoredFile.objects.filter(erased_at=None).order_by("-stored_at")[:most]
    return sum(not _opens(row) for row in newest)


def _opens(row: StoredFile) -> bool:
    try:
        open_file(row)
    except (NotThere, master_key.MasterKeyUnusable):
        return False
    return True


def _next_number(kind: str, ref: str) -> int:
    return StoredFile.objects.filter(subject_kind=kind, subject_id=ref).count() + 1


def _seal(row: StoredFile, data: bytes) -> None:
    key = envelope.fresh_key()
    row.wrapped_key = envelope.encrypt(master_key.load(), key, context=_context(row.pk, "key"))
    row.place = disk.write(envelope.encrypt(key, data, context=_context(row.pk, "content")))


def _data_key(row: StoredFile) -> bytes:
    try:
        return envelope.decrypt(master_key.load(), bytes(row.wrapped_key), context=_context(row.pk, "key"))
    except InvalidTag:
        raise master_key.wrong_key() from None


def _context(file_id: uuid.UUID, part: str) -> bytes:
    return f"huiying.file.v1|{part}|{file_id}".encode()


def _tell(event: EventKind, row: StoredFile, *, by: ledger.HasActor, at: datetime) -> None:
    about = (row.subject_kind, row.subject_id)
    ledger.append_about(
        event, about, by=by, at=at, body_id=row.body_id, facts={"file": row.pk, "kind": row.kind}
    )


def _gone() -> NotThere:
    return NotThere(N_("这个文件已经不在了：被删除，或者保存时损坏。"), rule="files.open")
