"""The only way to a record for a viewer; "not yours" and "not there" look the same."""

import uuid
from typing import Protocol

from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.rules.permissions import Action
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_


class Viewer(Protocol):
    """Who looks: an Officer, as far as this floor needs to know one."""

    @property
    def body_id(self) -> int:
        """The body the viewer belongs to."""

    def check(self, action: Action, *, unit_id: int | None = None) -> None:
        """Raise NotPermitted unless the viewer may do the action."""


def ledger_event_for(viewer: Viewer, event_id: uuid.UUID | str) -> LedgerEvent:
    """One event of the viewer's own body. Raises NotPermitted without Action.LEDGER_READ, NotThere otherwise."""
    viewer.check(Action.LEDGER_READ)
    known = _uuid(event_id)
    event = LedgerEvent.objects.filter(body_id=viewer.body_id, pk=known).first() if known else None
    if event is None:
        raise NotThere(N_("没有这条记录。"), rule="records.ledger_event")
    return event


def letter_for(viewer: Viewer, letter_id: int) -> OutboxMessage:
    """One letter of the viewer's own body. Raises NotPermitted without Action.SYSTEM_READ, NotThere otherwise."""
    viewer.check(Action.SYSTEM_READ)
    letter = OutboxMessage.objects.filter(body_id=viewer.body_id, pk=letter_id).first()
    if letter is None:
        raise NotThere(N_("没有这封通知。"), rule="records.letter")
    return letter


def _uuid(text: uuid.UUID | str) -> uuid.UUID | None:
    try:
        return text if isinstance(text, uuid.UUID) else uuid.UUID(text)
    except ValueError:
        return None
