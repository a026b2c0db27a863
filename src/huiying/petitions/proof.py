"""What the holder of a petition takes home: the salts that prove their own events in the ledger."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from huiying.petitions.models import Petition
from huiying.records import ledger
from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent
from huiying.rules import proof
from huiying.rules.actors import ActorKind
from huiying.rules.events import EventKind


def proof_of(petition: Petition, *, kinds: Collection[EventKind], at: datetime) -> dict[str, Any]:
    """The proof of the petition's events of these kinds, for its holder alone: the caller holds the code's page.

    Events whose salt was erased stand in it without one. No look that only sent a letter, as on the page.
    """
    events = [
        event for event in ledger.events_about("petition", petition.pk, limit=500) if _told(event, kinds)
    ]
    salts = ledger.salts_of(events)
    return {
        "format": proof.FORMAT,
        "petition": petition.reference,
        "made_at": at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "how_to_check": list(proof.HOW_TO_CHECK),
        "events": [_written(event, salts.get(event.pk)) for event in reversed(events)],
    }


def _told(event: LedgerEvent, kinds: Collection[EventKind]) -> bool:
    by_the_machine = event.kind == EventKind.IDENTITY_OPENED and event.actor_kind == ActorKind.SYSTEM
    return event.kind in kinds and not by_the_machine


def _written(event: LedgerEvent, salt: bytes | None) -> dict[str, Any]:
    return {
        "what": EventKind(event.kind).label,
        "content": ledger.content_of(event),
        "salt": salt.hex() if salt else None,
        "commitment": bytes(event.commitment).hex(),
    }
