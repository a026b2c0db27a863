"""More reception at a major event: drafted, approved, dropped. It may only add; channels stay open, clocks run on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.actions.written_down import LIMITS, RULE, check_quantity, lines, record, wrong
from huiying.emergency.gate import check_may, not_there
from huiying.emergency.models import CapacityPlan, CapacityPoint, Plan
from huiying.records.moves import change_state, overtaken
from huiying.registry.models import Body, Place, PlaceHours
from huiying.registry.officers import Officer
from huiying.registry.selectors import places_of
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.capacity import CapacityState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove
from huiying.rules.supplies import MINUTES, takes_away, weekdays_between
from huiying.rules.words import N_, said

LONGEST_DAYS = 92
MOST_POINTS = 30
MOST_DESKS = 200


@dataclass(frozen=True, slots=True)
class PointTold:
    """One reception point as it was typed; a temporary one has no place of its own."""

    name: str
    desks: int
    hours: int
    seats: int = 0
    place: Place | None = None


@transaction.atomic
def capacity_draft(
    *,
    body: Body,
    title: str,
    starts_on: date,
    ends_on: date,
    expected_a_day: int,
    minutes_each: int,
    points: Sequence[PointTold],
    notes: str = "",
    plan: Plan | None = None,
    by: Officer,
    at: datetime,
) -> CapacityPlan:
    """Draft a plan for more reception. Raises Incomplete, also where a place would be open for less than usual."""
    check_may(by, Action.CAPACITY_EDIT, body_id=body.pk)
    kept = _checked(
        body.pk,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        expected_a_day=expected_a_day,
        minutes_each=minutes_each,
        points=points,
        notes=notes,
        plan=plan,
    )
    capacity = CapacityPlan.objects.create(body=body, drafted_at=at, drafted_by_id=by.staff_id, **kept)
    _write_points(capacity, points)
    _record(EventKind.CAPACITY_DRAFTED, capacity, by, at, points=len(points))
    return capacity


@transaction.atomic
def capacity_save(
    *,
    capacity: CapacityPlan,
    title: str,
    starts_on: date,
    ends_on: date,
    expected_a_day: int,
    minutes_each: int,
    points: Sequence[PointTold],
    notes: str = "",
    plan: Plan | None = None,
    by: Officer,
    at: datetime,
) -> CapacityPlan:
    """Change a draft. Raises as `capacity_draft` does; IllegalMove for what is approved or dropped."""
    check_may(by, Action.CAPACITY_EDIT, body_id=capacity.body_id)
    _check_draft(capacity)
    kept = _checked(
        capacity.body_id,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        expected_a_day=expected_a_day,
        minutes_each=minutes_each,
        points=points,
        notes=notes,
        plan=plan,
    )
    drafts = CapacityPlan.objects.filter(pk=capacity.pk, state=CapacityState.DRAFT)
    if not drafts.update(drafted_at=at, drafted_by_id=by.staff_id, **kept):
        raise overtaken()
    CapacityPoint.objects.filter(capacity=capacity).delete()
    _write_points(capacity, points)
    capacity.refresh_from_db()
    _record(EventKind.CAPACITY_SAVED, capacity, by, at, points=len(points))
    return capacity


@transaction.atomic
def capacity_approve(*, capacity: CapacityPlan, by: Officer, at: datetime) -> CapacityPlan:
    """Approve a draft, looked at once more against the hours of today. Raises Incomplete, IllegalMove."""
    check_may(by, Action.CAPACITY_APPROVE, body_id=capacity.body_id)
    move = lifecycle.CAPACITY.check(CapacityState(capacity.state), CapacityState.APPROVED)
    rows = capacity.points.select_related("place")
    points = [PointTold(row.name, row.desks, row.hours, row.seats, row.place) for row in rows]
    check_only_adds(capacity.body_id, points, capacity.starts_on, capacity.ends_on)
    change_state(capacity, move, approved_at=at, approved_by_id=by.staff_id)
    _record(EventKind.CAPACITY_APPROVED, capacity, by, at)
    return capacity


@transaction.atomic
def capacity_drop(*, capacity: CapacityPlan, by: Officer, at: datetime) -> CapacityPlan:
    """Drop a plan; an approved one only by who may approve. The ordinary hours hold, as they always did."""
    approved = capacity.state == CapacityState.APPROVED
    need = Action.CAPACITY_APPROVE if approved else Action.CAPACITY_EDIT
    check_may(by, need, body_id=capacity.body_id)
    move = lifecycle.CAPACITY.check(CapacityState(capacity.state), CapacityState.DROPPED)
    change_state(capacity, move, dropped_at=at)
    _record(EventKind.CAPACITY_DROPPED, capacity, by, at)
    return capacity


def check_only_adds(body_id: int, points: Sequence[PointTold], starts_on: date, ends_on: date) -> None:
    """Refuse a plan under which a place would receive for a shorter time than usual. 信访工作条例 art. 18."""
    planned: dict[int, int] = {}
    for point in points:
        if point.place is not None:
            planned[point.place.pk] = max(planned.get(point.place.pk, 0), point.hours * MINUTES)
    usual = minutes_open(body_id)
    days = weekdays_between(starts_on, ends_on)
    fewer = takes_away(usual, planned, days)
    if fewer:
        names = dict(places_of(body_id).filter(pk__in=fewer).values_list("pk", "name"))
        most = -(-max(usual[fewer[0]].get(day, 0) for day in days) // MINUTES)
        raise wrong(
            points=said(
                N_(
                    "“{place}”平时最多每天接待 {hours} 小时，方案不能更短，也不能少了它。请写上并不少于这个时间。"
                ),
                place=names[fewer[0]],
                hours=most,
            )
        )


def minutes_open(body_id: int) -> dict[int, dict[int, int]]:
    """How many minutes each place of a body is open on each weekday."""
    found: dict[int, dict[int, int]] = {}
    for row in PlaceHours.objects.filter(place__in=places_of(body_id)).order_by("place_id"):
        length = (row.closes.hour - row.opens.hour) * MINUTES + row.closes.minute - row.opens.minute
        days = found.setdefault(row.place_id, {})
        days[row.weekday] = days.get(row.weekday, 0) + length
    return found


def _checked(
    body_id: int,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    expected_a_day: int,
    minutes_each: int,
    points: Sequence[PointTold],
    notes: str,
    plan: Plan | None,
) -> dict[str, object]:
    told = lines(("title",), title=title)
    notes = texts.cleaned(notes)
    texts.check_short_enough({"notes": notes}, LIMITS, rule=RULE)
    if ends_on < starts_on:
        raise wrong(ends_on=N_("结束日期不能早于开始日期。"))
    if (ends_on - starts_on).days >= LONGEST_DAYS:
        raise wrong(ends_on=said(N_("一份方案最多 {days} 天；更长的请分开写。"), days=LONGEST_DAYS))
    check_quantity(expected_a_day, "expected_a_day")
    if not 5 <= minutes_each <= 8 * MINUTES:
        raise wrong(minutes_each=N_("请填写 5 到 480 之间的分钟数。"))
    _check_points(body_id, points)
    if plan is not None and plan.body_id != body_id:
        raise not_there()
    check_only_adds(body_id, points, starts_on, ends_on)
    days = {"starts_on": starts_on, "ends_on": ends_on}
    return {
        **told,
        **days,
        "notes": notes,
        "plan": plan,
        "expected_a_day": expected_a_day,
        "minutes_each": minutes_each,
    }


def _check_points(body_id: int, points: Sequence[PointTold]) -> None:
    if not points:
        raise wrong(points=N_("请至少写一个接待点。"))
    if len(points) > MOST_POINTS:
        raise wrong(points=said(N_("最多 {most} 个接待点。"), most=MOST_POINTS))
    for point in points:
        lines(("name",), name=point.name)
        check_quantity(point.seats, "points", least=0)
        if not (1 <= point.desks <= MOST_DESKS and 1 <= point.hours <= 24) or point.seats > 10_000:
            raise wrong(
                points=said(
                    N_("“{name}”：窗口写 1 到 200，每天的小时数写 1 到 24，座位最多 10000。"), name=point.name
                )
            )
        if point.place is not None and point.place.body_id != body_id:
            raise not_there()


def _check_draft(capacity: CapacityPlan) -> None:
    if capacity.state != CapacityState.DRAFT:
        raise IllegalMove(
            N_("这份方案已经批准或取消，不再改动。"),
            rule="lifecycle.capacity",
            remedy=N_("请另外起草一份。"),
        )


def _write_points(capacity: CapacityPlan, points: Sequence[PointTold]) -> None:
    CapacityPoint.objects.bulk_create(
        CapacityPoint(
            capacity=capacity,
            place=point.place,
            name=" ".join(point.name.split()),
            desks=point.desks,
            hours=point.hours,
            seats=point.seats,
        )
        for point in points
    )


def _record(kind: EventKind, capacity: CapacityPlan, by: Officer, at: datetime, **facts: object) -> None:
    days = {"from": capacity.starts_on.isoformat(), "to": capacity.ends_on.isoformat()}
    record(kind, capacity, capacity.body_id, by=by, at=at, facts={**days, **facts})
