"""Reads of calls for a viewer: those that ask them, those of their body, one with its course; and one's own ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiying.records import calling
from huiying.records.models import AttemptState, CallAttempt, CallOut, CommunicationTest
from huiying.registry.calling_out import LETTERS, TestRow, test_results
from huiying.registry.gate import not_there
from huiying.registry.models import ContactWay, Staff
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.call_out import CallOutState
from huiying.rules.permissions import Action

MOST = 30
MOST_TRIES = 100


@dataclass(frozen=True, slots=True)
class Tried:
    """One try: who, by which way, when, how it came out."""

    name: str
    way: str
    at: datetime
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a call: under which title, what was tried there; `ahead`: not asked yet."""

    title: str
    tries: tuple[Tried, ...]
    ahead: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One call with its rungs in order, and who answered."""

    call: CallOut
    word: str
    steps: tuple[Step, ...]
    answered_by: str


def calls_now(viewer: Officer, *, at: datetime) -> list[CallOut]:
    """The calls that ask the viewer and wait for an answer, newest first; bounded."""
    return list(calling.calls_to(str(viewer.staff_id), at=at).filter(body_id=viewer.body_id)[:MOST])


def calls_listed(viewer: Officer, *, at: datetime) -> list[CallOut]:
    """The body's calls of the last week, for whoever may call; bounded."""
    if not viewer.can(Action.CALL_OUT):
        return []
    return list(calling.calls_of(viewer.body_id, at=at)[:MOST])


def calls_unanswered(viewer: Officer, *, at: datetime) -> list[CallOut]:
    """Those of them that nobody answered."""
    if not viewer.can(Action.CALL_OUT):
        return []
    return list(calling.calls_of(viewer.body_id, at=at).filter(state=CallOutState.EXHAUSTED)[:MOST])


def call_for(viewer: Officer, call_id: int, *, at: datetime) -> CallOut:
    """A call that asked the viewer, or one of the body for whoever may call. Raises NotThere."""
    found = calling.calls_of(viewer.body_id, at=at).filter(pk=call_id).first()
    if found is not None and viewer.can(Action.CALL_OUT):
        return found
    own = CallOut.objects.filter(pk=call_id, body_id=viewer.body_id, quiet=False).first()
    asked = CallAttempt.objects.filter(call_out=own, recipient_ref=str(viewer.staff_id))
    if own is None or not asked.exists():
        raise not_there()
    return own


def was_asked(viewer: Officer, call: CallOut) -> bool:
    """Whether the call asked the viewer."""
    return CallAttempt.objects.filter(call_out=call, recipient_ref=str(viewer.staff_id)).exists()


def course_of(viewer: Officer, call: CallOut) -> Course:
    """How a call went; whoever may not call sees their own tries alone."""
    tries = CallAttempt.objects.filter(call_out=call).order_by("id")
    if not viewer.can(Action.CALL_OUT):
        tries = tries.filter(recipient_ref=str(viewer.staff_id))
    rows = list(tries[:MOST_TRIES])
    names = _names([*(row.recipient_ref for row in rows), call.acknowledged_by_ref])
    steps = tuple(
        Step(
            rung.title,
            tuple(_tried(row, names) for row in rows if row.rung == number),
            number > call.rung or not call.tries,
        )
        for number, rung in enumerate(calling.rungs_of(call))
    )
    return Course(call, word_of(call), steps, names.get(call.acknowledged_by_ref, ""))


def word_of(call: CallOut) -> str:
    """Why somebody is called, in neutral words."""
    return LETTERS.get(call.letter, "")


def _tried(row: CallAttempt, names: dict[str, str]) -> Tried:
    state = AttemptState(row.state)
    return Tried(names.get(row.recipient_ref, ""), row.way, row.at, row.state, str(state.label))


def _names(refs: Iterable[str]) -> dict[str, str]:
    wanted = {int(ref) for ref in refs if ref}
    rows = Staff.objects.filter(pk__in=wanted).values_list("pk", "name") if wanted else []
    return {str(number): name for number, name in rows}


@dataclass(frozen=True, slots=True)
class OwnWay:
    """One of one's own ways, and the newest message that left by it."""

    way: ContactWay
    newest: CallAttempt | None


def ways_of(viewer: Officer, *, at: datetime) -> list[OwnWay]:
    """The viewer's ways in order, each with what became of the newest message by it."""
    ways = list(ContactWay.objects.filter(staff_id=viewer.staff_id))
    since = at - timedelta(days=30)
    tries = CallAttempt.objects.filter(recipient_ref=str(viewer.staff_id), at__gte=since).order_by("-id")
    newest: dict[int | None, CallAttempt] = {}
    for row in tries[:MOST_TRIES]:
        newest.setdefault(row.way_ref, row)
    return [OwnWay(way, newest.get(way.pk)) for way in ways]


def contact_way_for(viewer: Officer, way_id: int) -> ContactWay:
    """One of the viewer's own ways. Raises NotThere."""
    found = ContactWay.objects.filter(pk=way_id, staff_id=viewer.staff_id).first()
    if found is None:
        raise not_there()
    return found


@dataclass(frozen=True, slots=True)
class TestShown:
    """One test with its counts by post and way."""

    test: CommunicationTest
    rows: tuple[TestRow, ...]


def tests_listed(viewer: Officer, *, limit: int = 5) -> list[TestShown]:
    """The newest tests of the viewer's body with their counts; no person is named."""
    viewer.check(Action.COMMUNICATION_TEST)
    tests = CommunicationTest.objects.filter(body_id=viewer.body_id).order_by("-id")[:limit]
    return [TestShown(test, tuple(test_results(test))) for test in tests]


def communication_test_for(viewer: Officer, test_id: int) -> CommunicationTest:
    """One test of the viewer's body. Raises NotThere."""
    found = CommunicationTest.objects.filter(pk=test_id, body_id=viewer.body_id).first()
    if found is None:
        raise not_there()
    return found
