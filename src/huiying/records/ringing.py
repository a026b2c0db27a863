"""The job behind call-outs: who is due is asked, again, by another way, then the next. Safe to run twice or in parallel.

A try is claimed before anything leaves: rung, count and next instant are written where they are still those that were
read, so two workers never ring for the same try. A worker that dies leaves a lease that runs out, and the call goes on
with its next try: one ring too many at most, never a call that falls asleep.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from huiying.records import calling, mail, sms, voice
from huiying.records.calling import Asked, Rung
from huiying.records.models import AttemptState, CallAttempt, CallOut
from huiying.records.traffic import Patience
from huiying.rules.lifecycle.call_out import CallOutState
from huiying.rules.refusals import Overtaken

LEASE = timedelta(minutes=3)  # longer than the longest try: some providers, ten seconds each
SOON = timedelta(seconds=15)  # POLICY: where nothing could leave, the next try need not wait
LONGEST_RUN = 60.0  # seconds after which a run begins no further try: well within the lease
AT_ONCE = 8  # people of one rung are rung side by side


class Reached(NamedTuple):
    """Where a person is reached by one way, and in which language."""

    address: str
    language: str = ""


PeopleLookup = Callable[[str, str, int | None, datetime], Reached | None]
_people: list[PeopleLookup] = []
Way = TypeVar("Way")


def use_people(look_up: PeopleLookup) -> None:
    """Let the room that knows staff say where they are reached: (ref, way, way's number, at) → address or None."""
    _people[:] = [look_up]


@dataclass(frozen=True, slots=True)
class WaysOut:
    """How a call leaves; what the office has no provider for is None."""

    by_voice: voice.Adapter | None
    by_sms: sms.Adapter | None
    by_mail: mail.Adapter


@dataclass(frozen=True, slots=True)
class _Try:
    """One person's try with its key, which is written nowhere else."""

    attempt: CallAttempt
    key: str
    reached: Reached | None


def possible_ways() -> frozenset[str]:
    """The ways the office has a way out for; a ladder names no others."""
    there = {"email": True, "sms": sms.adapter() is not None, "voice": voice.adapter() is not None}
    return frozenset(way for way, is_there in there.items() if is_there)


def ring_due(*, at: datetime, ways: WaysOut | None = None, limit: int = 50) -> int:
    """Go on with every call that is due, the longest due first; how many tries left.

    Where providers are slow the rest waits for the next run: leases count from `at`, none may be over when it is taken.
    """
    ways = ways or WaysOut(voice.adapter(), sms.adapter(), mail.adapter())
    due = CallOut.objects.filter(state=CallOutState.CALLING, next_at__lte=at)
    patience, until, left = Patience(), monotonic() + LONGEST_RUN, 0
    for call in due.order_by("next_at", "id")[:limit]:
        patience.give_way()
        left += ring(call, ways, at=at)
        if monotonic() > until:
            break
    return left


def ring(call: CallOut, ways: WaysOut, *, at: datetime) -> int:
    """The next try of one call, or its end where nobody is left; how many messages left."""
    ladder = calling.rungs_of(call)
    place = _next_place(call, ladder)
    if place is None:
        return _given_up(call, at)
    rung, number = place
    tries = claim(call, ladder, rung, number, at=at)
    left = _sent(tries, call, ways, at)
    _set_next(call, ladder[rung], left, tries, at)
    return left


def _next_place(call: CallOut, ladder: list[Rung]) -> tuple[int, int] | None:
    """Which rung is asked and for the how manieth time; None: everybody was."""
    rung, number = call.rung, call.tries
    while rung < len(ladder):
        if ladder[rung].people and number < ladder[rung].tries:
            return rung, number
        rung, number = rung + 1, 0
    return None


def _given_up(call: CallOut, at: datetime) -> int:
    with suppress(Overtaken):  # answered, or another worker gave it up
        calling.exhaust(call, at=at)
    return 0


@transaction.atomic
def claim(call: CallOut, ladder: list[Rung], rung: int, number: int, *, at: datetime) -> list[_Try]:
    """Take one try of a call until `at` plus LEASE; nothing where somebody was faster or has answered."""
    as_read = CallOut.objects.filter(
        pk=call.pk, state=CallOutState.CALLING, rung=call.rung, tries=call.tries, next_at=call.next_at
    )
    if not as_read.update(rung=rung, tries=number + 1, next_at=at + LEASE):
        return []
    call.rung, call.tries, call.next_at = rung, number + 1, at + LEASE
    # What a worker left without a verdict never came to anything that is known.
    CallAttempt.objects.filter(call_out=call, state=AttemptState.WAITING).update(
        state=AttemptState.FAILED, reason="no verdict"
    )
    tries = [_try_of(call, person, ladder[rung].tries, number, at) for person in ladder[rung].people]
    CallAttempt.objects.bulk_create(each.attempt for each in tries)
    return tries


def _try_of(call: CallOut, person: Asked, tries: int, number: int, at: datetime) -> _Try:
    if not person.ways:
        shown = CallAttempt(
            call_out=call, rung=call.rung, recipient_ref=person.ref, at=at, state=AttemptState.SHOWN
        )
        return _Try(shown, "", None)
    way, way_ref = person.ways[number * len(person.ways) // tries]  # the first ways the most often
    key = calling.new_key()
    attempt = CallAttempt(
        call_out=call,
        rung=call.rung,
        recipient_ref=person.ref,
        way=way,
        way_ref=way_ref,
        at=at,
        key_hash=calling.key_hash(key),
    )
    return _Try(attempt, key, _people[0](person.ref, way, way_ref, at) if _people else None)


def _sent(tries: list[_Try], call: CallOut, ways: WaysOut, at: datetime) -> int:
    """Send what is to leave, side by side; the database is not touched meanwhile."""
    leaving = [each for each in tries if each.attempt.state == AttemptState.WAITING]
    if not leaving or not _still_asks(call):
        _drop(leaving)
        return 0
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        verdicts = list(pool.map(lambda each: _verdict(each, ways, at), leaving))
    for each, (provider, reason) in zip(leaving, verdicts, strict=True):
        _mark(each.attempt, provider, reason)
    return sum(reason is None for _provider, reason in verdicts)


def _still_asks(call: CallOut) -> bool:
    """Whether nobody has answered since the try was taken; a test asks everybody."""
    return call.test_id is not None or _running(call).exists()


def _running(call: CallOut) -> QuerySet[CallOut]:
    return CallOut.objects.filter(pk=call.pk, state=CallOutState.CALLING, rung=call.rung, tries=call.tries)


def _drop(tries: list[_Try]) -> None:
    waiting = CallAttempt.objects.filter(
        pk__in=[each.attempt.pk for each in tries], state=AttemptState.WAITING
    )
    waiting.update(state=AttemptState.FAILED, reason="answered before")


def _verdict(each: _Try, ways: WaysOut, at: datetime) -> tuple[str, str | None]:
    """The provider that took it, or why it did not leave, without number or text."""
    if each.reached is None or not each.reached.address:
        return "", "no address"
    try:
        return _leave(each, each.reached, ways, at), None
    except mail.NotDelivered as wrong:
        return "", wrong.reason


def _leave(each: _Try, reached: Reached, ways: WaysOut, at: datetime) -> str:
    """Send one message in the person's language."""
    number, link = mail.outside_number(f"call {each.attempt.pk}"), link_of(each.key)
    with translation.override(reached.language or settings.HUIYING.get("language") or settings.LANGUAGE_CODE):
        if each.attempt.way == "voice":
            text, callback = _("您有一项值班提醒，请按 1 确认收到。"), callback_of(each.key)
            return _has(ways.by_voice).call(voice.Outgoing(number, reached.address, text, callback))
        if each.attempt.way == "sms":
            text = _("您有一项值班提醒，请确认收到：{link}").format(link=link)
            _has(ways.by_sms).send(sms.Outgoing(number, reached.address, text))
            return ""
        subject, text = _("您有一项值班提醒"), _("您有一项值班提醒，请打开下面的地址确认收到。")
        ways.by_mail.send(mail.Outgoing(number, reached.address, subject, f"{text}\n\n{link}\n", at))
        return ""


def _has(way: Way | None) -> Way:
    if way is None:
        raise mail.NotDelivered("no provider", for_good=True)
    return way


def _mark(attempt: CallAttempt, provider: str, reason: str | None) -> None:
    """Write the verdict where the person has not answered in the meantime."""
    state = AttemptState.SENT if reason is None else AttemptState.FAILED
    waiting = CallAttempt.objects.filter(pk=attempt.pk, state=AttemptState.WAITING)
    waiting.update(state=state, provider=provider[:20], reason=(reason or "")[:200])


def _set_next(call: CallOut, rung: Rung, left: int, tries: list[_Try], at: datetime) -> None:
    """When the next try is due: after the rung's pause, or soon where nothing left."""
    if not tries:
        return
    if call.test_id is not None:
        next_at = None  # asked once; it ends with its test
    else:
        shown = any(each.attempt.state == AttemptState.SHOWN for each in tries)
        next_at = at + (timedelta(seconds=rung.every) if left or shown else SOON)
    _running(call).update(next_at=next_at)


def link_of(key: str) -> str:
    """The short address at which a message is answered."""
    return f"{_public()}/r/{key}/"


def callback_of(key: str) -> str:
    """The address that a voice provider tells of a key pressed."""
    return f"{_public()}/hooks/voice/{key}/"


def _public() -> str:
    return str(settings.HUIYING.get("public_url") or "").rstrip("/")
