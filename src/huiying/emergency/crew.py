"""Who of the body's own can be asked on a day: posts, their people, watches and absences, read in few statements.

People stand under a number (`p12`), never under a name; why somebody is away is nobody's business here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from huiying.emergency.posts import DUTY_POST, own_post, posts_by_code
from huiying.playbook.clauses import PlanRole
from huiying.playbook.document import PlanDocument
from huiying.playbook.readiness import Away, Readiness, Shift
from huiying.playbook.readiness import Person as Ready
from huiying.playbook.rehearsal import Person, crew_at
from huiying.playbook.rehearsal.scenario import NEVER
from huiying.records.clock import SHANGHAI, official_date, start_of_day
from huiying.registry.calendars import calendar_for
from huiying.registry.duty import watches_on
from huiying.registry.granting import running_at
from huiying.registry.models import Deputy, Grant, Leave, Post, Staff
from huiying.rules.calendar import WorkCalendar
from huiying.rules.words import N_

AHEAD = timedelta(days=14)
OFFICE = (time(9), time(17, 30))  # when whoever keeps no watch is in the office, on working days
MOST_PEOPLE, MOST_SHIFTS = 400, 5000  # what a readiness document takes


class Filling(StrEnum):
    """By whom a role is filled."""

    HOLDERS = "holders"
    DEPUTIES = "deputies"
    DUTY = "duty"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        """The Chinese words for it."""
        return _FILLING_LABELS[self]


_FILLING_LABELS = {
    Filling.HOLDERS: N_("岗位上的人"),
    Filling.DEPUTIES: N_("岗位的代理人"),
    Filling.DUTY: N_("没有人，由值班员代收"),
    Filling.NOBODY: N_("没有人，按预案由替补担任"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One watch: whose, on which post, from when to when."""

    post_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A body's posts by code, with everyone on them over the fourteen days from `on`."""

    on: date
    posts: Mapping[str, Post]
    holders: Mapping[int, tuple[int, ...]]
    deputies: Mapping[int, tuple[int, ...]]
    turns: tuple[Turn, ...]
    away: Mapping[int, tuple[Away, ...]]
    names: Mapping[int, str]
    calendar: WorkCalendar

    def post(self, role: PlanRole) -> Post | None:
        """The post that a role falls to, or None where the body has none."""
        return own_post(role, self.posts)

    def there(self, staff_id: int, on: date) -> bool:
        """Say whether somebody is there on that day."""
        return not any(gone.starts_on <= on <= gone.ends_on for gone in self.away.get(staff_id, ()))

    def on_watch(self, post_id: int, on: date) -> tuple[int, ...]:
        """Who keeps a watch of that post which touches the day."""
        first, last = start_of_day(on), start_of_day(on + timedelta(days=1))
        turns = (turn for turn in self.turns if turn.post_id == post_id)
        return tuple(
            dict.fromkeys(turn.staff_id for turn in turns if turn.starts_at < last and turn.ends_at > first)
        )


def standing_of(body_id: int, *, on: date, calendar: WorkCalendar | None = None) -> Standing:
    """Read it all, in a number of statements that does not grow with the body."""
    at = datetime.combine(on, OFFICE[0], SHANGHAI)
    posts = posts_by_code(body_id)
    ids = [post.pk for post in posts.values()]
    grants = Grant.objects.filter(running_at(at), post__in=ids, staff__is_active=True).order_by("given_at")
    deputies = Deputy.objects.filter(post__in=ids, ended_at=None, staff__is_active=True)
    turns = tuple(_turns(ids, start_of_day(on), start_of_day(on) + AHEAD))
    return Standing(
        on=on,
        posts=posts,
        holders=_by_post(grants.values_list("post_id", "staff_id")),
        deputies=_by_post(deputies.values_list("post_id", "staff_id")),
        turns=turns,
        away=_away(body_id, on),
        names=dict(Staff.objects.filter(body_id=body_id, is_active=True).values_list("pk", "name")),
        calendar=calendar or calendar_for(body_id),
    )


def _turns(posts: Iterable[int], first: datetime, last: datetime) -> Iterator[Turn]:
    for row in watches_on(posts, first, last).values_list("post_id", "staff_id", "starts_at", "ends_at")[
        :MOST_SHIFTS
    ]:
        yield Turn(*row)


def _by_post(rows: Iterable[tuple[int | None, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for post, staff in rows:
        if post is not None:
            found[post][staff] = None
    return {post: tuple(people) for post, people in found.items()}


def _away(body_id: int, on: date) -> dict[int, tuple[Away, ...]]:
    rows = Leave.objects.filter(
        staff__body_id=body_id, cancelled_at=None, ends_on__gte=on, starts_on__lte=on + AHEAD
    )
    found: dict[int, list[Away]] = defaultdict(list)
    for staff, first, last in rows.values_list("staff_id", "starts_on", "ends_on"):
        found[staff].append(Away(starts_on=first, ends_on=last))
    return {staff: tuple(gone) for staff, gone in found.items()}


@dataclass(frozen=True, slots=True)
class RoleFilled:
    """A role of a plan on one day: its post, who can fill it, and why these."""

    role: PlanRole
    post: Post | None
    people: tuple[int, ...]
    by: Filling


def roles_filled(doc: PlanDocument, standing: Standing, on: date) -> tuple[RoleFilled, ...]:
    """Every role with its people of that day; a role that nobody fills, its stand-ins neither, falls to the duty post."""
    first = [_filled(role, standing, on) for role in doc.roles]
    held = {row.role.id for row in first if row.people}
    duty = standing.posts.get(DUTY_POST)
    guard = _people(duty, standing, on) if duty else ()
    return tuple(
        replace(row, people=guard, by=Filling.DUTY)
        if guard and not row.people and held.isdisjoint(row.role.alternates)
        else row
        for row in first
    )


def _filled(role: PlanRole, standing: Standing, on: date) -> RoleFilled:
    post = standing.post(role)
    if post is None:
        return RoleFilled(role, None, (), Filling.NOBODY)
    if people := _people(post, standing, on):
        return RoleFilled(role, post, people, Filling.HOLDERS)
    named = tuple(one for one in standing.deputies.get(post.pk, ()) if standing.there(one, on))
    return RoleFilled(role, post, named, Filling.DEPUTIES if named else Filling.NOBODY)


def _people(post: Post, standing: Standing, on: date) -> tuple[int, ...]:
    everyone = (*standing.holders.get(post.pk, ()), *standing.on_watch(post.pk, on))
    return tuple(dict.fromkeys(one for one in everyone if standing.there(one, on)))


def number_of(staff_id: int) -> str:
    """How a person is called in a calculation."""
    return f"p{staff_id}"


def staff_of(number: str) -> int | None:
    """The person behind a number; None for a made-up one."""
    return int(number[1:]) if number[:1] == "p" and number[1:].isdecimal() else None


def readiness_of(
    doc: PlanDocument, standing: Standing, roles: Iterable[RoleFilled], *, once: bool = False
) -> Readiness:
    """The people and watches as the playbook reads them, for this plan's roles alone.

    A post that several roles fall to keeps one watch for all of them; `once` tells it once.
    """
    parts: dict[int, list[str]] = defaultdict(list)
    kept: dict[int, list[str]] = defaultdict(list)
    for row in roles:
        for staff in row.people:
            parts[staff].append(row.role.id)
        if row.post is not None:
            kept[row.post.pk].append(row.role.id)
    people = [_ready(staff, names, standing) for staff, names in list(parts.items())[:MOST_PEOPLE]]
    shifts = (
        _shift(turn, role)
        for turn in standing.turns
        for role in (kept[turn.post_id][:1] if once else kept[turn.post_id])
        if turn.staff_id in parts
    )
    return Readiness(people=tuple(people), shifts=tuple(shifts)[:MOST_SHIFTS])


def _ready(staff: int, roles: list[str], standing: Standing) -> Ready:
    return Ready(id=number_of(staff), roles=tuple(roles), away=standing.away.get(staff, ()))


def _shift(turn: Turn, role: str) -> Shift:
    return Shift(
        role=role,
        person=number_of(turn.staff_id),
        starts_at=_local(turn.starts_at),
        ends_at=_local(turn.ends_at),
    )


def _local(at: datetime) -> datetime:
    return at.astimezone(SHANGHAI).replace(tzinfo=None)


def crew_for(doc: PlanDocument, standing: Standing, at: datetime) -> tuple[Person, ...]:
    """The crew of that moment: who keeps watches is there in their hours, all others in office hours of working days."""
    roles = roles_filled(doc, standing, official_date(at))
    ready, moment = readiness_of(doc, standing, roles), _local(at)
    watching = {turn.staff_id for turn in standing.turns}
    office = tuple(_office(standing, moment)) or NEVER
    return tuple(
        replace(person, on=tuple(dict.fromkeys(person.on)) if staff_of(person.id) in watching else office)
        for person in crew_at(ready, moment)
    )


def _office(standing: Standing, moment: datetime) -> Iterator[tuple[int, int]]:
    """The office hours of the coming fourteen days, in seconds from that moment."""
    for ahead in range(AHEAD.days):
        day = moment.date() + timedelta(days=ahead)
        if standing.calendar.is_working_day(day):
            opens, closes = (datetime.combine(day, hour) for hour in OFFICE)
            yield round((opens - moment).total_seconds()), round((closes - moment).total_seconds())
