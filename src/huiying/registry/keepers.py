"""What a roster is proposed from: the watches that patterns ask for, and who may keep them; bounded queries, no query a row."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from huiying.records.clock import SHANGHAI, start_of_day
from huiying.registry.calendars import calendar_for
from huiying.registry.duty import deputies_at
from huiying.registry.duty_kinds import DutyDays, ShiftKind
from huiying.registry.granting import running_at
from huiying.registry.models import DutyShift, Grant, Leave, ShiftPattern
from huiying.registry.rostering import DEFAULT, Keeper, Span, Tally, Task, Watch, Why, holds_back
from huiying.rules.calendar import ONE_DAY, WorkCalendar
from huiying.rules.permissions import Role

# 带班 is a leader's: of the leading group, or the head of a unit. POLICY, by the duty rules of most bodies.
LEADERS = (Role.LEADING_GROUP, Role.UNIT_HEAD)
HISTORY = timedelta(days=92)  # what was kept in three months counts when watches are spread
AROUND = timedelta(days=3)  # no watch with its rest reaches further


@dataclass(frozen=True, slots=True)
class Need:
    """What one pattern asks for on one day."""

    pattern: ShiftPattern
    span: Span
    people: int

    @property
    def key(self) -> tuple[int, datetime]:
        """The pattern and when it begins."""
        return self.pattern.pk, self.span.starts_at


@dataclass(frozen=True, slots=True)
class Asked:
    """One place to fill: its pattern, when, and whom a person chose for it."""

    ref: int
    pattern: ShiftPattern
    span: Span
    fixed: int | None = None


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day, both included."""
    for number in range((last - first).days + 1):
        yield first + number * ONE_DAY


def needs(
    patterns: Iterable[ShiftPattern], first: date, last: date, calendar: WorkCalendar
) -> Iterator[Need]:
    """What the patterns ask for on these days, in order of time."""
    held = list(patterns)
    for on in days_between(first, last):
        working = calendar.day(on).working
        for pattern in held:
            if _holds(pattern, on, working):
                yield Need(pattern, span_of(pattern, on), pattern.people)


def _holds(pattern: ShiftPattern, on: date, working: bool) -> bool:
    if on < pattern.begins_on or (pattern.ended_on is not None and on >= pattern.ended_on):
        return False
    return pattern.days == DutyDays.EVERY or working == (pattern.days == DutyDays.WORKING)


def span_of(pattern: ShiftPattern, on: date) -> Span:
    """When the pattern's watch of that day runs."""
    begins = datetime.combine(on, pattern.starts, SHANGHAI)
    return Span(begins, begins + timedelta(hours=pattern.hours))


def missing(found: Iterable[Need], shifts: Iterable[DutyShift]) -> Iterator[tuple[Need, int]]:
    """How many people each need still lacks; what lacks nobody is left out.

    A place is filled by one watch or by several that follow one another without a break. A surge is more than the
    patterns ask for, so it stands in for none of them.
    """
    by_post: dict[tuple[int, bool], list[_Free]] = {}
    for shift in shifts:
        if shift.kind != ShiftKind.SURGE:
            by_post.setdefault((shift.post_id, shift.is_lead), []).append(_Free(_span(shift)))
    for need in found:
        free = by_post.get((need.pattern.post_id, need.pattern.is_lead), [])
        filled = 0
        while filled < need.people and _fills(need.span, free):
            filled += 1
        if filled < need.people:
            yield need, need.people - filled


@dataclass(slots=True)
class _Free:
    """A published watch, and from when to when it already fills a place."""

    span: Span
    used: list[tuple[datetime, datetime]] = field(default_factory=list)

    def reaches(self, at: datetime) -> datetime | None:
        """How far it fills a place that is filled up to that moment."""
        if not self.span.starts_at <= at < self.span.ends_at:
            return None
        if any(begins <= at < ends for begins, ends in self.used):
            return None
        return min([self.span.ends_at, *(begins for begins, _ends in self.used if begins > at)])


def _fills(span: Span, free: list[_Free]) -> bool:
    at, taken = span.starts_at, []
    while at < span.ends_at:
        reach = [(until, n) for n, one in enumerate(free) if (until := one.reaches(at)) is not None]
        if not reach:
            return False
        until, n = max(reach)
        taken.append((n, at, min(until, span.ends_at)))
        at = until
    for n, begins, ends in taken:
        free[n].used.append((begins, ends))
    return True


def task_for(body_id: int, asked: Iterable[Asked], *, at: datetime) -> Task:
    """The watches with everybody who holds one of their posts at that moment, and what stands in their way."""
    wanted = list(asked)
    if not wanted:
        return Task((), ())
    calendar = calendar_for(body_id)
    watches = tuple(_watch(one, calendar) for one in wanted)
    first = min(watch.span.starts_at for watch in watches)
    last = max(watch.span.ends_at for watch in watches)
    keepers = keepers_of({w.post for w in watches}, first, last, calendar, body_id=body_id, at=at)
    return Task(watches, keepers)


def _watch(asked: Asked, calendar: WorkCalendar) -> Watch:
    rest_day = not calendar.day(asked.span.on).working
    pattern = asked.pattern
    return Watch(asked.ref, pattern.post_id, asked.span, pattern.is_lead, rest_day, asked.fixed)


def able_to_keep(watch: Watch, body_id: int, at: datetime) -> list[tuple[Keeper, Why | None]]:
    """Everybody who holds the watch's post or is its deputy, each with what stands in their way, if anything."""
    span = watch.span
    people = keepers_of(
        {watch.post},
        span.starts_at,
        span.ends_at,
        calendar_for(body_id),
        body_id=body_id,
        at=at,
        deputies=True,
    )
    return [(keeper, holds_back(keeper, watch, (), DEFAULT)) for keeper in people]


def keepers_of(
    posts: Collection[int],
    first: datetime,
    last: datetime,
    calendar: WorkCalendar,
    *,
    body_id: int,
    at: datetime,
    deputies: bool = False,
) -> tuple[Keeper, ...]:
    """Everybody who holds one of the posts, with leave, watches around the span and the numbers of the last months.

    `deputies`: those too. A roster is made without them, but they may stand in for a watch.
    """
    holding, leading = _holders(posts, body_id, at)
    if deputies:
        for post, staff in deputies_at(posts, at):
            holding.setdefault(staff, {})[post] = None
    away, shifts = _away(holding, first, last), _shifts(holding, first, last)
    return tuple(
        Keeper(
            staff,
            frozenset(until),
            staff in leading,
            tuple(away.get(staff, ())),
            tuple(_span(s) for s in shifts.get(staff, ()) if s.ends_at > first - AROUND),
            _tally([s for s in shifts.get(staff, ()) if s.starts_at < first], calendar),
            {post: on for post, on in until.items() if on is not None},
        )
        for staff, until in sorted(holding.items())
    )


def _holders(
    posts: Collection[int], body_id: int, at: datetime
) -> tuple[dict[int, dict[int, date | None]], frozenset[int]]:
    """Who holds which post until when, and who may lead."""
    rows = Grant.objects.filter(running_at(at), unit__body_id=body_id, staff__is_active=True)
    rows = rows.filter(Q(post_id__in=posts) | Q(role__in=LEADERS))
    holding: dict[int, dict[int, date | None]] = {}
    leading = set()
    for staff, post, role, until in rows.values_list("staff_id", "post_id", "role", "expires_on"):
        if post in posts:
            held = holding.setdefault(staff, {})
            held[post] = _later(held[post], until) if post in held else until
        if role in LEADERS:
            leading.add(staff)
    return holding, frozenset(leading)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _away(staff: Collection[int], first: datetime, last: datetime) -> dict[int, list[tuple[date, date]]]:
    begins, ends = first.astimezone(SHANGHAI).date(), last.astimezone(SHANGHAI).date()
    rows = Leave.objects.filter(
        staff_id__in=staff, cancelled_at=None, starts_on__lte=ends, ends_on__gte=begins
    )
    found: dict[int, list[tuple[date, date]]] = {}
    for who, starts_on, ends_on in rows.values_list("staff_id", "starts_on", "ends_on"):
        found.setdefault(who, []).append((starts_on, ends_on))
    return found


def _shifts(staff: Collection[int], first: datetime, last: datetime) -> dict[int, list[DutyShift]]:
    rows = DutyShift.objects.filter(
        staff_id__in=staff,
        cancelled_at=None,
        starts_at__gte=start_of_day((first - HISTORY).astimezone(SHANGHAI).date()),
        starts_at__lt=last + AROUND,
    )
    found: dict[int, list[DutyShift]] = {}
    for shift in rows.order_by("starts_at", "pk"):
        found.setdefault(shift.staff_id, []).append(shift)
    return found


def _span(shift: DutyShift) -> Span:
    return Span(shift.starts_at, shift.ends_at)


def _tally(shifts: Collection[DutyShift], calendar: WorkCalendar) -> Tally:
    spans = [_span(shift) for shift in shifts]
    return Tally(
        len(spans),
        sum(span.night for span in spans),
        sum(not calendar.day(span.on).working for span in spans),
        sum(shift.is_lead for shift in shifts),
    )
