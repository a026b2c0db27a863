"""Calling somebody out until somebody answers: begin, answer, call off, give up. Who is asked, registry decides.

A call's ladder is written when it begins: rungs of people with their ways by number, how often and how far apart. The
asking itself is a job (ringing.py). Nothing here tells what a call is about: whoever answers reads that in the console.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import models, transaction

from huiying.records import ledger, outbox
from huiying.records.ledger import HasActor
from huiying.records.models import AttemptState, CallAttempt, CallOut, CommunicationTest
from huiying.records.moves import change_state
from huiying.rules import lifecycle
from huiying.rules.actors import SYSTEM, ActorKind, ActorRef
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.call_out import CallOutState
from huiying.rules.refusals import Overtaken

KEY_BYTES = 18
ANSWERED_FOR = timedelta(days=1)  # how long the key in a message answers: late counts, for ever does not
OPEN = (CallOutState.CALLING, CallOutState.EXHAUSTED)  # an answer still counts
SHOWN_FOR = timedelta(days=7)
MOST = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """One person on a rung: a number, and the ways to reach them in order, each with the number of its address."""

    ref: str
    ways: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """Who is asked at once, under which title, how often, how many seconds apart."""

    title: str
    people: tuple[Asked, ...]
    times: int
    every: int

    @property
    def tries(self) -> int:
        """How often the rung is asked: each way at least once; people whom no way reaches are shown it once."""
        ways = max((len(person.ways) for person in self.people), default=0)
        return max(self.times, ways) if ways else 1


@dataclass(frozen=True, slots=True)
class About:
    """What a call is for: a neutral word and the thing it was begun for, told to nobody by the call itself."""

    letter: str
    subject: tuple[str, str]


@transaction.atomic
def start(
    about: About,
    ladder: Sequence[Rung],
    *,
    by: HasActor,
    at: datetime,
    body_id: int,
    title: str,
    post_id: int | None = None,
    tell: Iterable[str] = (),
    dedupe: str | None = None,
    reserved: bool = False,
    quiet: bool = False,
    test: CommunicationTest | None = None,
) -> CallOut:
    """Begin a call; the first person is asked by the next run of the job. The same `dedupe` gives back the first call.

    `tell`: staff who get a letter when nobody answers. A ladder without anybody is exhausted at once.
    """
    kind, ref = about.subject
    fields = {
        "body_id": body_id,
        "letter": about.letter,
        "subject_kind": kind,
        "subject_id": ref,
        "post_id": post_id,
        "title": title,
        "ladder": [asdict(rung) for rung in ladder],
        "tell": list(tell),
        "reserved": reserved,
        "quiet": quiet,
        "started_at": at,
        "started_by_ref": by.actor.ref if by.actor.kind is ActorKind.STAFF else "",
        "next_at": at,
        "test": test,
    }
    call, fresh = _begun(dedupe, fields)
    if fresh and test is None:  # a test has its own event, which names posts and ways
        facts = {"letter": about.letter, "about": kind, "rungs": len(ladder)}
        ledger.append(EventKind.CALL_OUT_STARTED, call, by=by, at=at, body_id=body_id, facts=facts)
    return call


def _begun(dedupe: str | None, fields: dict[str, object]) -> tuple[CallOut, bool]:
    if dedupe is None:
        return CallOut.objects.create(**fields), True
    return CallOut.objects.get_or_create(dedupe=dedupe, defaults=fields)


@transaction.atomic
def acknowledge(call: CallOut, *, by: HasActor, at: datetime) -> bool:
    """Somebody comes: nobody is asked any more. False where it was answered or called off before; nothing changes then.

    An answer after everybody was asked in vain still counts.
    """
    for _try in range(2):  # between reading and writing the last rung may have passed
        call.refresh_from_db()
        if call.state not in OPEN:
            return False
        move = lifecycle.CALL_OUT.check(CallOutState(call.state), CallOutState.ACKNOWLEDGED)
        try:
            change_state(
                call, move, acknowledged_at=at, acknowledged_by_ref=by.actor.ref, ended_at=at, next_at=None
            )
        except Overtaken:
            continue
        _answered_by(call, by.actor.ref, at)
        ledger.append(EventKind.CALL_OUT_ACKNOWLEDGED, call, by=by, at=at, body_id=call.body_id)
        return True
    return False


def _answered_by(call: CallOut, ref: str, at: datetime) -> None:
    """Mark the person's newest try, unless one of theirs was answered by its key."""
    tries = CallAttempt.objects.filter(call_out=call, recipient_ref=ref)
    if call.test_id or tries.filter(state=AttemptState.ANSWERED).exists():
        return
    newest = tries.order_by("-id").values("pk")[:1]
    CallAttempt.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).update(
        state=AttemptState.ANSWERED, answered_at=at
    )


@transaction.atomic
def acknowledge_by_key(key: str, *, at: datetime) -> CallAttempt | None:
    """Answer with the key of a message; None where no such key answers any more. A second answer changes nothing."""
    attempt = attempt_of(key, at=at)
    if attempt is None:
        return None
    unanswered = CallAttempt.objects.filter(pk=attempt.pk).exclude(state=AttemptState.ANSWERED)
    unanswered.update(state=AttemptState.ANSWERED, answered_at=at)
    acknowledge(attempt.call_out, by=ActorRef(ActorKind.STAFF, attempt.recipient_ref), at=at)
    return attempt


def attempt_of(key: str, *, at: datetime) -> CallAttempt | None:
    """The try that a key belongs to, while it answers; of a test that ended none does."""
    found = CallAttempt.objects.filter(key_hash=key_hash(key), at__gte=at - ANSWERED_FOR)
    return found.select_related("call_out").filter(call_out__test__ended_at=None).first()


def new_key() -> str:
    """A key nobody guesses; only its hash is kept."""
    return secrets.token_urlsafe(KEY_BYTES)


def key_hash(key: str) -> bytes:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).digest()


@transaction.atomic
def acknowledge_subject(dedupe: str, *, by: HasActor, at: datetime) -> bool:
    """Settle the call that was begun under this mark, because what it was for is being seen to; no call is nothing."""
    call = CallOut.objects.filter(dedupe=dedupe, state__in=OPEN).first()
    return call is not None and acknowledge(call, by=by, at=at)


@transaction.atomic
def call_off(call: CallOut, *, by: HasActor, at: datetime) -> CallOut:
    """Stop a call that still runs. Raises Overtaken where somebody answered in the same moment."""
    move = lifecycle.CALL_OUT.check(CallOutState(call.state), CallOutState.CALLED_OFF)
    change_state(call, move, ended_at=at, next_at=None)
    ledger.append(EventKind.CALL_OUT_CALLED_OFF, call, by=by, at=at, body_id=call.body_id)
    return call


@transaction.atomic
def exhaust(call: CallOut, *, at: datetime) -> None:
    """Everybody was asked in vain: those who are to know get a letter, and the call stays open for an answer."""
    move = lifecycle.CALL_OUT.check(CallOutState(call.state), CallOutState.EXHAUSTED)
    change_state(call, move, ended_at=at, next_at=None)
    if call.test_id is None:
        ledger.append(EventKind.CALL_OUT_EXHAUSTED, call, by=SYSTEM, at=at, body_id=call.body_id)
    for ref in () if call.quiet else call.tell:
        to = outbox.Recipient(outbox.RecipientKind.STAFF, ref)
        outbox.put(
            "call_unanswered", call, to=to, at=at, body_id=call.body_id, dedupe=f"call:{call.pk}:{ref}"
        )


@transaction.atomic
def end_test(test: CommunicationTest, *, by: HasActor, at: datetime) -> bool:
    """End a test: no key of it answers any more. False where it was ended."""
    if not CommunicationTest.objects.filter(pk=test.pk, ended_at=None).update(ended_at=at):
        return False
    for call in test.calls.filter(state=CallOutState.CALLING):
        exhaust(call, at=at)
    ledger.append(EventKind.COMMUNICATION_TEST_ENDED, test, by=by, at=at, body_id=test.body_id)
    return True


def end_tests_due(*, at: datetime) -> int:
    """End the tests whose day is over; how many."""
    due = CommunicationTest.objects.filter(ended_at=None, ends_at__lte=at)
    return sum(end_test(test, by=SYSTEM, at=at) for test in due[:MOST])


def rungs_of(call: CallOut) -> list[Rung]:
    """The ladder as it was written."""
    return [
        Rung(
            title=rung["title"],
            people=tuple(
                Asked(one["ref"], tuple((way, ref) for way, ref in one["ways"])) for one in rung["people"]
            ),
            times=rung["times"],
            every=rung["every"],
        )
        for rung in call.ladder
    ]


def calls_to(ref: str, *, at: datetime) -> models.QuerySet[CallOut]:
    """The calls that ask this person and wait for an answer, newest first; tests are answered by their message alone."""
    asked = CallAttempt.objects.filter(call_out=models.OuterRef("pk"), recipient_ref=ref)
    open_calls = CallOut.objects.filter(
        models.Exists(asked), state__in=OPEN, quiet=False, started_at__gte=at - SHOWN_FOR
    )
    return open_calls.order_by("-id")


def calls_of(body_id: int, *, at: datetime) -> models.QuerySet[CallOut]:
    """The body's calls of the last week, newest first; those reserved to the people they call are left out."""
    own = CallOut.objects.filter(body_id=body_id, quiet=False, reserved=False)
    return own.filter(started_at__gte=at - SHOWN_FOR).order_by("-id")
