"""Reads of rosters: months and surges, one roster day by day, patterns, leave; and the gates to their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count, Model, Q, QuerySet

from huiying.records.clock import official_date, start_of_day
from huiying.registry.calendars import calendar_for
from huiying.registry.duty_kinds import RosterKind, ShiftKind
from huiying.registry.gate import not_there
from huiying.registry.keepers import Asked, days_between, task_for
from huiying.registry.models import DutyRoster, DutyShift, Leave, RosterLine, ShiftPattern, Staff
from huiying.registry.officers import Officer
from huiying.registry.roster_words import because
from huiying.registry.rostering import Span, Task, Why, holds_back, reasons
from huiying.rules.calendar import ONE_DAY, WEEKDAYS, Day
from huiying.rules.lifecycle.roster import RosterState
from huiying.rules.permissions import Action, can_somewhere

LIMIT = 30
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A roster in the list, with the number of its watches and of those nobody keeps."""

    roster: DutyRoster
    watches: int
    empty: int


@dataclass(frozen=True, slots=True)
class Place:
    """One watch on the wall: who, whether a person fixed them, and why nobody. `ref`: of the line, or of the shift."""

    ref: int
    span: Span
    name: str = ""
    staff_id: int | None = None
    fixed: bool = False
    because: str = ""
    past: bool = False


@dataclass(frozen=True, slots=True)
class WallDay:
    """One day: what kind of day, what it is called, and the places under each column."""

    day: Day
    festival: str
    reason: str
    cells: tuple[tuple[Place, ...], ...]

    @property
    def weekday(self) -> str:
        """Its weekday, as a label."""
        return WEEKDAYS[self.day.on.weekday()]


@dataclass(frozen=True, slots=True)
class Wall:
    """A roster as a table: a column for each pattern, a row for each day."""

    columns: tuple[ShiftPattern, ...]
    days: tuple[WallDay, ...]
    empty: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How many watches one person has in a roster, of which nights, rest days and leads; for its planner alone."""

    staff_id: int
    name: str
    watches: int
    nights: int
    rest_days: int
    leads: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who holds the post, and what stands in their way, if anything."""

    staff_id: int
    name: str
    why: Why | None


def plans_duty(viewer: Officer) -> bool:
    """Whether the viewer plans the watch."""
    return can_somewhere(viewer.grants, Action.DUTY_PLAN)


def _check_reads(viewer: Officer) -> None:
    """Whoever reads the watch in any unit reads the body's rosters."""
    if not can_somewhere(viewer.grants, Action.DUTY_READ):
        viewer.check(Action.DUTY_READ)


def rosters_of(viewer: Officer, *, limit: int = LIMIT) -> list[RosterRow]:
    """The body's rosters, the newest first; drafts only for whoever plans, dropped ones for nobody."""
    _check_reads(viewer)
    shown = _shown(viewer).annotate(watches=Count("lines"), empty=Count("lines", filter=Q(lines__staff=None)))
    rows = shown.select_related("published_by").order_by("-starts_on", "-pk")[:limit]
    return [RosterRow(row, row.watches, row.empty) for row in rows]


def roster_for(viewer: Officer, roster_id: int) -> DutyRoster:
    """A roster the viewer may read. Raises NotThere."""
    _check_reads(viewer)
    return _one(_shown(viewer).select_related("body", "made_by", "published_by"), roster_id)


def line_for(viewer: Officer, line_id: int) -> RosterLine:
    """A line of a draft of the viewer's body. Raises NotThere, NotPermitted."""
    viewer.check(Action.DUTY_PLAN)
    rows = RosterLine.objects.filter(roster__body_id=viewer.body_id, roster__state=RosterState.DRAFT)
    return _one(rows.select_related("roster", "pattern__post", "staff"), line_id)


def pattern_for(viewer: Officer, pattern_id: int) -> ShiftPattern:
    """A running pattern of the viewer's body. Raises NotThere, NotPermitted."""
    viewer.check(Action.DUTY_PLAN)
    return _one(patterns_of(viewer), pattern_id)


def leave_for(viewer: Officer, leave_id: int) -> Leave:
    """A leave that the viewer may take back: their own, or any for whoever plans. Raises NotThere."""
    rows = Leave.objects.filter(staff__body_id=viewer.body_id, cancelled_at=None)
    own = rows if plans_duty(viewer) else rows.filter(staff_id=viewer.staff_id)
    return _one(own.select_related("staff"), leave_id)


def shift_for(viewer: Officer, shift_id: int) -> DutyShift:
    """A published watch that whoever plans may call off. Raises NotThere, NotPermitted."""
    viewer.check(Action.DUTY_PLAN)
    rows = DutyShift.objects.filter(post__unit__body_id=viewer.body_id, cancelled_at=None)
    return _one(rows.select_related("post__unit", "staff"), shift_id)


def patterns_of(viewer: Officer) -> QuerySet[ShiftPattern]:
    """The running patterns of the viewer's body, by post and hour; an action keeps them at thirty."""
    rows = ShiftPattern.objects.filter(post__unit__body_id=viewer.body_id, ended_on=None)
    return rows.select_related("post").order_by("is_lead", "post_id", "starts", "pk")


def leaves_of(viewer: Officer, *, at: datetime, limit: int = 50) -> QuerySet[Leave]:
    """Leave from today on: the viewer's own, and everybody's for whoever plans; the nearest first."""
    _check_reads(viewer)
    rows = Leave.objects.filter(
        staff__body_id=viewer.body_id, cancelled_at=None, ends_on__gte=official_date(at)
    )
    own = rows if plans_duty(viewer) else rows.filter(staff_id=viewer.staff_id)
    return own.select_related("staff").order_by("starts_on", "pk")[:limit]


def wall_of(roster: DutyRoster, *, at: datetime) -> Wall:
    """The roster day by day: a draft's lines, or the watches that were published and still count."""
    if roster.state == RosterState.PUBLISHED:
        return _published(roster)
    lines = list(roster.lines.select_related("pattern__post", "staff"))
    columns = _columns(line.pattern for line in lines)
    task, chosen = _task(roster, lines, at)
    places = {line.pk: _place(line, task, chosen, at) for line in lines}
    rows = [(line.pattern_id, places[line.pk]) for line in lines]
    return _wall(roster, columns, rows)


def loads_of(viewer: Officer, roster: DutyRoster) -> list[Load]:
    """Everybody's number of watches beside each other, for whoever plans; for anybody else their own. By name."""
    calendar = calendar_for(roster.body_id)
    found: dict[int, tuple[str, list[int]]] = {}
    for staff_id, name, span, is_lead in _kept(roster):
        if not plans_duty(viewer) and staff_id != viewer.staff_id:
            continue
        _name, numbers = found.setdefault(staff_id, (name, [0, 0, 0, 0]))
        rest_day = not calendar.day(span.on).working
        for n, one in enumerate((True, span.night, rest_day, is_lead)):
            numbers[n] += one
    rows = [Load(staff, name, *numbers) for staff, (name, numbers) in found.items()]
    return sorted(rows, key=lambda row: (row.name, row.staff_id))


def candidates_for(line: RosterLine, *, at: datetime) -> list[Candidate]:
    """Everybody who holds the line's post, by name, each with what stands in their way."""
    lines = list(line.roster.lines.select_related("pattern").exclude(pk=line.pk))
    task = task_for(line.roster.body_id, [Asked(0, line.pattern, Span(line.starts_at, line.ends_at))], at=at)
    taken: dict[int, list[Span]] = {}
    for other in lines:
        if other.staff_id is not None:
            taken.setdefault(other.staff_id, []).append(Span(other.starts_at, other.ends_at))
    whys = {
        keeper.ref: holds_back(keeper, task.watches[0], taken.get(keeper.ref, ()), task.limits)
        for keeper in task.keepers
        if line.pattern.post_id in keeper.posts
    }
    return named(whys)


def named(whys: dict[int, Why | None]) -> list[Candidate]:
    """People with their names, those who can first, by name."""
    names = dict(Staff.objects.filter(pk__in=whys).values_list("pk", "name"))
    rows = [Candidate(ref, names[ref], why) for ref, why in whys.items()]
    return sorted(rows, key=lambda row: (row.why is not None, row.name, row.staff_id))


def _shown(viewer: Officer) -> QuerySet[DutyRoster]:
    rows = DutyRoster.objects.filter(body_id=viewer.body_id).exclude(state=RosterState.DROPPED)
    return rows if plans_duty(viewer) else rows.filter(state=RosterState.PUBLISHED)


def _task(roster: DutyRoster, lines: list[RosterLine], at: datetime) -> tuple[Task, dict[int, int]]:
    asked = [Asked(line.pk, line.pattern, Span(line.starts_at, line.ends_at)) for line in lines]
    chosen = {line.pk: line.staff_id for line in lines if line.staff_id is not None}
    return task_for(roster.body_id, asked, at=at), chosen


def _place(line: RosterLine, task: Task, chosen: dict[int, int], at: datetime) -> Place:
    span = Span(line.starts_at, line.ends_at)
    words = ""
    if line.staff is None:
        watch = next(one for one in task.watches if one.ref == line.pk)
        words = because(reasons(task, watch, chosen))
    name = line.staff.name if line.staff else ""
    return Place(line.pk, span, name, line.staff_id, line.fixed, words, line.ends_at <= at)


def _published(roster: DutyRoster) -> Wall:
    """What was published, by the columns of its lines; a place whose watch was called off stands empty."""
    lines = list(roster.lines.select_related("pattern__post"))
    waiting: dict[tuple[int, bool, datetime], list[DutyShift]] = {}
    for kept in _shifts(roster):
        waiting.setdefault((kept.post_id, kept.is_lead, kept.starts_at), []).append(kept)
    rows = []
    for line in lines:
        pattern = line.pattern
        left = waiting.get((pattern.post_id, pattern.is_lead, line.starts_at), [])
        shift = left.pop(0) if left else None
        span = Span(line.starts_at, line.ends_at)
        place = Place(shift.pk, span, shift.staff.name, shift.staff_id) if shift else Place(0, span)
        rows.append((line.pattern_id, place))
    return _wall(roster, _columns(line.pattern for line in lines), rows)


def _shifts(roster: DutyRoster) -> QuerySet[DutyShift]:
    """The watches that count. A month shows swapped ones and those planned by hand too, whoever entered them."""
    rows = DutyShift.objects.filter(cancelled_at=None).select_related("staff").order_by("pk")
    if roster.kind == RosterKind.SURGE:
        return rows.filter(roster=roster)
    posts = roster.lines.values("pattern__post")
    rows = rows.filter(post__in=posts).exclude(kind=ShiftKind.SURGE)
    return rows.filter(
        starts_at__gte=start_of_day(roster.starts_on), starts_at__lt=start_of_day(roster.ends_on + ONE_DAY)
    )


def _kept(roster: DutyRoster) -> Iterable[tuple[int, str, Span, bool]]:
    if roster.state == RosterState.PUBLISHED:
        for shift in _shifts(roster):
            yield shift.staff_id, shift.staff.name, Span(shift.starts_at, shift.ends_at), shift.is_lead
        return
    for line in roster.lines.exclude(staff=None).select_related("staff", "pattern"):
        assert line.staff is not None
        yield line.staff.pk, line.staff.name, Span(line.starts_at, line.ends_at), line.pattern.is_lead


def _columns(patterns: Iterable[ShiftPattern]) -> tuple[ShiftPattern, ...]:
    found = {pattern.pk: pattern for pattern in patterns}
    return tuple(sorted(found.values(), key=lambda one: (one.is_lead, one.post_id, one.starts, one.pk)))


def _wall(roster: DutyRoster, columns: tuple[ShiftPattern, ...], rows: list[tuple[int, Place]]) -> Wall:
    calendar = calendar_for(roster.body_id)
    cells: dict[tuple[date, int], list[Place]] = {}
    for pattern, place in rows:
        cells.setdefault((place.span.on, pattern), []).append(place)
    days = tuple(
        WallDay(
            calendar.day(on),
            calendar.names.get(on, ""),
            calendar.reason_of(on),
            tuple(tuple(cells.get((on, column.pk), ())) for column in columns),
        )
        for on in days_between(roster.starts_on, roster.ends_on)
    )
    return Wall(columns, days, tuple(place for _pattern, place in rows if not place.name))


def _one(rows: QuerySet[M], ref: int) -> M:
    found = rows.filter(pk=ref).first()
    if found is None:
        raise not_there()
    return found
