"""Who is called out, in which order, by which ways; how it is done is in records (calling.py, ringing.py).

1. Everybody on watch at the post, at once.
2. The others who hold the post, at once.
3. The deputies of the post, one after another in their order.
4. The leader in charge of the watch, and the heads of the post's unit.
5. The leading group.

Nobody stands on two rungs. An address is looked up when a try leaves: a ladder holds numbers alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from huiying.records import calling, ringing
from huiying.records.calling import About, Asked, Rung
from huiying.records.ledger import HasActor
from huiying.records.models import AttemptState, CallOut, CommunicationTest
from huiying.records.ringing import Reached
from huiying.registry import duty
from huiying.registry.duty_kinds import Way
from huiying.registry.granting import running_at
from huiying.registry.models import ContactWay, Grant, Post, Staff
from huiying.rules.permissions import ROLE_LABELS, Role
from huiying.rules.words import N_

EVERY = 120  # POLICY: seconds between two tries on a rung
TIMES = 3  # POLICY: how often a rung is asked before the next is
SHOWN_EVERY = (
    30  # POLICY: seconds for a rung of people whom only the console tells: hardly anybody looks at night
)
MOST_AT_ONCE = 5
MOST_DEPUTIES = 3
MOST_TEST_ROWS = 100

LEADS = N_("带班领导和单位负责人")

# How letters of calls are named to whoever may see the list; none says what a matter is about.
LETTERS = {
    "by_hand": N_("手动呼叫"),
    "way_test": N_("试一试联系方式"),
    "communication_test": N_("通信测试"),
    "incident_reported": N_("有新的报告"),
    "order_unanswered": N_("指令没有人确认"),
    "danger": N_("需要马上处理的事"),
}


def ladder_for_post(body_id: int, post_code: str, at: datetime) -> list[Rung]:
    """Who is called for a post of that code, rung by rung; empty where there is no such post."""
    post = post_coded(body_id, post_code)
    return ladder_of(post, at) if post else []


def ladder_of(post: Post, at: datetime, *, without: Iterable[int] = (), times: int = TIMES) -> list[Rung]:
    """Who is called for this post; `without`: who is at it already. `times` holds for those on watch."""
    return _rungs(_levels(post, at), set(without), first_times=times)


def ladder_of_posts(posts: Sequence[tuple[Post, int]], at: datetime) -> list[Rung]:
    """The watch or holders of several posts one after another, each so often; last the leading group of the first."""
    levels = [(post.title, _at_post(post, at), times) for post, times in posts]
    body_id = posts[0][0].unit.body_id
    levels.append((ROLE_LABELS[Role.LEADING_GROUP], _leading(body_id, at), TIMES))
    return _written(levels, set())


def post_coded(body_id: int, post_code: str) -> Post | None:
    """The oldest post of that code in the body."""
    found = Post.objects.filter(unit__body_id=body_id, code=post_code)
    return found.select_related("unit").order_by("pk").first()


def call_post(
    post: Post,
    about: About,
    *,
    by: HasActor,
    at: datetime,
    dedupe: str | None = None,
    without: Iterable[int] = (),
    ladder: list[Rung] | None = None,
) -> CallOut:
    """Call a post out; nobody's permission is asked: the act or job that calls has its own."""
    body_id = post.unit.body_id
    return calling.start(
        about,
        ladder_of(post, at, without=without) if ladder is None else ladder,
        by=by,
        at=at,
        body_id=body_id,
        post_id=post.pk,
        title=post.title,
        tell=[str(staff.pk) for staff in _leading(body_id, at)],
        dedupe=dedupe,
    )


def call_supervision(body_id: int, about: About, *, by: HasActor, at: datetime, dedupe: str) -> CallOut:
    """Call those who may read an accusation, all at once: one may be asleep, or be its subject. Nobody else learns it."""
    people = list(duty.role_holders(body_id, Role.SUPERVISOR, at)[:MOST_AT_ONCE])
    title = ROLE_LABELS[Role.SUPERVISOR]
    return call_alone(people, title, about, by=by, at=at, body_id=body_id, dedupe=dedupe)


def call_alone(
    people: Sequence[Staff],
    title: str,
    about: About,
    *,
    by: HasActor,
    at: datetime,
    body_id: int,
    dedupe: str,
) -> CallOut:
    """Call these people and nobody after them: no rung follows, and where none answers they alone are told."""
    return calling.start(
        about,
        _written([(title, list(people), 2 * TIMES)], set()),
        by=by,
        at=at,
        body_id=body_id,
        title=title,
        tell=[str(staff.pk) for staff in people],
        dedupe=dedupe,
        reserved=True,
    )


def asked_by(people: Iterable[Staff], way: Way | None = None) -> list[Asked]:
    """The people with their ways in order, as far as the office has a way out; `way`: by this alone."""
    rows = list(people)
    possible = ringing.possible_ways()
    own: dict[int, list[tuple[str, int | None]]] = {staff.pk: [] for staff in rows}
    for contact in ContactWay.objects.filter(staff__in=own, way__in=possible):
        own[contact.staff_id].append((contact.way, contact.pk))
    return [Asked(str(staff.pk), _ways(staff, own[staff.pk], way)) for staff in rows]


def _ways(
    staff: Staff, own: list[tuple[str, int | None]], way: Way | None
) -> tuple[tuple[str, int | None], ...]:
    if way is not None:
        own = [each for each in own if each[0] == way][:1]
    if not own and staff.email and way in (None, Way.EMAIL):
        own = [(Way.EMAIL.value, None)]
    return tuple(own)


def people_reached(ref: str, way: str, way_ref: int | None, at: datetime) -> Reached | None:
    """Where a member of staff is reached by one way, or None: the account is closed or the address is gone."""
    del at  # an address holds at every hour
    staff = Staff.objects.filter(pk=int(ref), is_active=True).first()
    if staff is None:
        return None
    if way_ref is None:
        return Reached(staff.email, staff.language)
    own = ContactWay.objects.filter(pk=way_ref, staff=staff, way=way).first()
    return Reached(own.address, staff.language) if own else None


@dataclass(frozen=True, slots=True)
class TestRow:
    """One post by one way in a test: how many people were asked, answered, could not be reached."""

    title: str
    way: str
    asked: int
    answered: int
    failed: int

    @property
    def reached(self) -> bool:
        """Whether anybody of the post answered by this way: what the test is about."""
        return self.answered > 0


def test_results(test: CommunicationTest) -> list[TestRow]:
    """The counts of a test by post and way, in the order in which it asks; of no person."""
    calls = test.calls.order_by("id").annotate(
        answered=Count("attempts", filter=Q(attempts__state=AttemptState.ANSWERED)),
        failed=Count("attempts", filter=Q(attempts__state__in=[AttemptState.FAILED, AttemptState.SHOWN])),
    )
    return [_row(call) for call in calls[:MOST_TEST_ROWS]]


def _row(call: Any) -> TestRow:
    (rung,) = call.ladder
    return TestRow(call.title, rung["title"], len(rung["people"]), call.answered, call.failed)


def at_post(post: Post, at: datetime) -> list[Staff]:
    """Everybody on watch at the post, else who holds it, else its deputies: whom a test of the post is for."""
    return _at_post(post, at)


Level = tuple[str, list[Staff], int]


def _levels(post: Post, at: datetime) -> Iterator[Level]:
    body_id = post.unit.body_id
    yield post.title, _on_watch(post, at), TIMES
    yield post.title, list(duty.holders_of(post, at)[:MOST_AT_ONCE]), TIMES
    for deputy in duty.deputies_of(post, at)[:MOST_DEPUTIES]:
        yield post.title, [deputy], TIMES
    yield LEADS, _leads(post, at), TIMES
    yield ROLE_LABELS[Role.LEADING_GROUP], _leading(body_id, at), TIMES


def _rungs(levels: Iterable[Level], seen: set[int], *, first_times: int) -> list[Rung]:
    written = _written(levels, seen)
    if written and first_times != TIMES:
        first = written[0]
        written[0] = Rung(first.title, first.people, first_times, first.every)
    return written


def _written(levels: Iterable[Level], seen: set[int]) -> list[Rung]:
    """The levels as rungs, each person on their first alone; a level without anybody left is none."""
    rungs = []
    for title, people, times in levels:
        fresh = [staff for staff in dict.fromkeys(people) if staff.pk not in seen]
        seen |= {staff.pk for staff in fresh}
        if fresh:
            asked = tuple(asked_by(fresh))
            reachable = any(person.ways for person in asked)
            rungs.append(Rung(title, asked, times, EVERY if reachable else SHOWN_EVERY))
    return rungs


def _on_watch(post: Post, at: datetime) -> list[Staff]:
    shifts = duty.shifts_at(post.unit.body_id, at).filter(post=post)
    return list(dict.fromkeys(shift.staff for shift in shifts[:MOST_AT_ONCE]))


def _at_post(post: Post, at: datetime) -> list[Staff]:
    holders = _on_watch(post, at) or list(duty.holders_of(post, at)[:MOST_AT_ONCE])
    return holders or duty.deputies_of(post, at)[:MOST_DEPUTIES]


def _leads(post: Post, at: datetime) -> list[Staff]:
    lead = duty.lead_of(duty.leads_at(post.unit.body_id, at), post.pk)
    heads = Grant.objects.filter(
        running_at(at), role=Role.UNIT_HEAD, unit_id=post.unit_id, staff__is_active=True
    ).select_related("staff")
    return [*([lead] if lead else []), *(grant.staff for grant in heads[:MOST_AT_ONCE])]


def _leading(body_id: int, at: datetime) -> list[Staff]:
    return list(duty.role_holders(body_id, Role.LEADING_GROUP, at)[:MOST_AT_ONCE])
