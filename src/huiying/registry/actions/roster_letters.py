"""Telling people of their watches: one neutral letter each; the page tells which."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from huiying.records import outbox
from huiying.records.outbox import Recipient, RecipientKind

LETTER = "duty_planned"


def tell(staff: Iterable[int], about: models.Model, *, body_id: int, at: datetime) -> None:
    """A letter to each of these people that their duty has changed; it says neither when nor where."""
    for who in sorted(staff):
        to = Recipient(RecipientKind.STAFF, str(who))
        outbox.put(LETTER, about, to=to, at=at, body_id=body_id, context={"path": "/console/duty/"})
