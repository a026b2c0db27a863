"""Reads of the records for a viewer: the auditor's ledger, the administrator's letters."""

import uuid
from collections.abc import Collection

from huiying.records import ledger
from huiying.records.gate import Viewer
from huiying.records.models import LedgerEvent, OutboxMessage, OutboxState
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action


def ledger_newest(
    viewer: Viewer,
    *,
    before: uuid.UUID | None = None,
    kinds: Collection[EventKind] | None = None,
    limit: int = 50,
) -> list[LedgerEvent]:
    """The newest events of the viewer's own body, newest first. Raises NotPermitted without Action.LEDGER_READ."""
    viewer.check(Action.LEDGER_READ)
    return ledger.newest(viewer.body_id, before=before, kinds=kinds, limit=limit)


def ledger_about(viewer: Viewer, kind: str, subject_id: int | str, *, limit: int = 200) -> list[LedgerEvent]:
    """The events about one subject, as far as they are the viewer's own body's. Raises NotPermitted as above."""
    viewer.check(Action.LEDGER_READ)
    about = LedgerEvent.objects.filter(body_id=viewer.body_id, subject_kind=kind, subject_id=str(subject_id))
    return list(about.order_by("-id")[: min(limit, ledger.MOST)])


def ledger_verified(viewer: Viewer, *, limit: int = ledger.MOST) -> list[uuid.UUID]:
    """The broken ones among the newest `limit` events of the viewer's own body; empty when all hold."""
    return ledger.verify(ledger_newest(viewer, limit=limit))


def letters_in_state(viewer: Viewer, state: OutboxState, *, limit: int = 50) -> list[OutboxMessage]:
    """The viewer's own body's newest letters in a state. Raises NotPermitted without Action.SYSTEM_READ."""
    viewer.check(Action.SYSTEM_READ)
    letters = OutboxMessage.objects.filter(body_id=viewer.body_id, state=state)
    return list(letters.order_by("-id")[: min(limit, ledger.MOST)])


def letters_about(kind: str, subject_id: int | str, *, limit: int = 50) -> list[OutboxMessage]:
    """The letters about one subject, newest first; the caller's gate has given the subject to the viewer."""
    about = OutboxMessage.objects.filter(subject_kind=kind, subject_id=str(subject_id))
    return list(about.order_by("-id")[: min(limit, ledger.MOST)])
