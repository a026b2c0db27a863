"""The sender of letters: claims a letter, looks its address up, sends it, marks it. Safe to run twice or in parallel.

A claim is a lease: the letter's next try is moved into the future where its count of tries is still the one that was
read, so two senders never hold one letter. A sender that dies between sending and marking leaves a lease that runs
out, and the letter is sent once more under the same Message-ID: a repeated mail at most, never a lost one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from huiying.records import letters, mail, sms, vault
from huiying.records.master_key import MasterKeyUnusable
from huiying.records.models import OutboxMessage, OutboxState
from huiying.records.outbox import RecipientKind
from huiying.records.traffic import Patience
from huiying.rules.refusals import NotThere

LEASE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_TRIES = 10  # with the pauses above: about eight hours and a half

AddressLookup = Callable[[str, datetime], str]
_address_books: dict[RecipientKind, AddressLookup] = {}


def use_address_book(kind: RecipientKind, look_up: AddressLookup) -> None:
    """Let the room that knows staff and posts say where their letters go: (ref, at) → e-mail address or ""."""
    _address_books[kind] = look_up


@dataclass(frozen=True, slots=True)
class WaysOut:
    """How letters leave: by mail, and by short message where the office has a provider."""

    by_mail: mail.Adapter
    by_sms: sms.Adapter | None


def send_due(
    *, at: datetime, adapter: mail.Adapter | None = None, texter: sms.Adapter | None = None, limit: int = 200
) -> int:
    """Send the letters that are due, oldest first, at most `limit`; returns how many left."""
    way_out = WaysOut(adapter or mail.adapter(), texter or sms.adapter())
    waiting = OutboxMessage.objects.filter(state=OutboxState.WAITING, next_at__lte=at)
    patience = Patience()

    def tried(letter: OutboxMessage) -> bool:
        patience.give_way()
        return _try(letter, way_out, at=at)

    return sum(map(tried, waiting.order_by("next_at", "id")[:limit]))


def claim(letter: OutboxMessage, *, at: datetime) -> bool:
    """Take a letter for one try, until `at` plus LEASE; False where someone was faster or it is no longer waiting."""
    held = _as_read(letter).update(attempts=F("attempts") + 1, next_at=at + LEASE)
    letter.attempts += held
    return bool(held)


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries: doubling from a minute, six hours at most."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 12)), LONGEST_PAUSE)


def _try(letter: OutboxMessage, way_out: WaysOut, *, at: datetime) -> bool:
    # Many tries without a verdict: the sender died each time. Kept visible as failed instead of tried for ever.
    if letter.attempts >= MOST_TRIES:
        _mark(letter, OutboxState.FAILED, last_error="no answer")
        return False
    if not claim(letter, at=at):
        return False
    try:
        if not _sent(letter, way_out, at=at):
            return _mark(letter, OutboxState.SHOWN)
    except mail.NotDelivered as wrong:
        return _put_off(letter, wrong.reason, for_good=wrong.for_good, at=at)
    except MasterKeyUnusable:
        return _put_off(letter, "master key", for_good=False, at=at)
    _mark(letter, OutboxState.SENT, sent_at=at)
    return True


def _sent(letter: OutboxMessage, way_out: WaysOut, *, at: datetime) -> bool:
    """Send by mail where there is an address, else by short message where that is possible; False where only a page can tell."""
    address, phone = _reached_at(letter, at=at)
    if address:
        way_out.by_mail.send(_outgoing(letter, address, at=at))
    elif way_out.by_sms is not None and sms.is_mobile(phone):
        text = sms.written(letter.letter, letter.context)
        way_out.by_sms.send(sms.Outgoing(number=mail.letter_number(letter.pk), to=phone, text=text))
    else:
        return False
    return True


def _reached_at(letter: OutboxMessage, *, at: datetime) -> tuple[str, str]:
    """E-mail address and telephone, each "" where it was not left or the identity is erased."""
    kind = RecipientKind(letter.recipient_kind)
    if kind is not RecipientKind.PETITIONER:
        book = _address_books.get(kind)
        return (book(letter.recipient_ref, at) if book else ""), ""
    try:
        left = vault.contact_for_letter(letter, at=at)
    except NotThere:
        return "", ""
    return left.get("email", ""), left.get("phone", "")


def _outgoing(letter: OutboxMessage, address: str, *, at: datetime) -> mail.Outgoing:
    subject, text = letters.written(letter.letter, RecipientKind(letter.recipient_kind), letter.context)
    return mail.Outgoing(number=mail.letter_number(letter.pk), to=address, subject=subject, text=text, at=at)


def _put_off(letter: OutboxMessage, reason: str, *, for_good: bool, at: datetime) -> bool:
    if for_good or letter.attempts >= MOST_TRIES:
        return _mark(letter, OutboxState.FAILED, last_error=reason[:200])
    _as_read(letter).update(next_at=at + pause_after(letter.attempts), last_error=reason[:200])
    return False


def _mark(letter: OutboxMessage, state: OutboxState, **marks: object) -> bool:
    """Write a verdict where the letter is still ours; always False, for a letter that has not left."""
    _as_read(letter).update(state=state, **marks)
    return False


def _as_read(letter: OutboxMessage) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(pk=letter.pk, state=OutboxState.WAITING, attempts=letter.attempts)
