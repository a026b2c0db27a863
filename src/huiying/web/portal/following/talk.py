"""The messages between the person and the body, as the person reads them: sides and roles, never a name."""

from typing import Any

from django.utils.translation import gettext

from huiying.petitions.models import Message, Petition
from huiying.rules.matters import MessageKind, Speaker
from huiying.rules.words import N_
from huiying.web.shared.written import as_written

SHOWN = 100  # the newest; older ones are a link away
YOU = N_("您")


def messages_of(petition: Petition, *, before: int | None = None) -> tuple[list[Message], int | None]:
    """The newest messages (or those before one), oldest first, and the key of what lies further back."""
    rows = petition.messages.order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: SHOWN + 1])
    shown = found[:SHOWN]
    return shown[::-1], shown[-1].pk if len(found) > SHOWN else None


def told(petition: Petition, messages: list[Message]) -> list[dict[str, Any]]:
    """The messages as the page draws them."""
    return [
        {
            "mine": message.speaker == Speaker.PERSON,
            "who": _who(petition, message),
            "kind": MessageKind(message.kind) if message.kind != MessageKind.MESSAGE else None,
            "text": message.text,
            "at": message.said_at,
            "read_at": message.read_at,
            "new": message.speaker != Speaker.PERSON and message.read_at is None,
        }
        for message in messages
    ]


def asked(messages: list[Message]) -> Message | None:
    """The question that waits for the person: the last one after which they have said nothing."""
    for message in reversed(messages):
        if message.speaker == Speaker.PERSON and message.kind == MessageKind.MESSAGE:
            return None
        if message.kind == MessageKind.QUESTION:
            return message
    return None


def _who(petition: Petition, message: Message) -> str:
    if message.speaker == Speaker.PERSON:
        return gettext(YOU)
    if message.speaker == Speaker.UNIT and petition.handling_unit:
        return as_written(petition.handling_unit.name)
    return gettext(Speaker(message.speaker).label)
