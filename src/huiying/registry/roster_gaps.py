"""Where the watch of the coming eight weeks is not sure: places nobody keeps, people who cannot, months not yet published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from huiying.records.clock import official_date, start_of_day
from huiying.registry.calendars import calendar_for
from huiying.registry.duty_kinds import RosterKind
from huiying.registry.keepers import Need, keepers_of, missing, needs
from huiying.registry.models import DutyRoster, DutyShift, ShiftPattern
from huiying.registry.officers import Officer
from huiying.registry.rostering import DEFAULT, Keeper, Span, Watch, Why, short_rests
from huiying.registry.rostering.hard import unfit
from huiying.rules.calendar import ONE_DAY, WorkCalendar
from huiying.rules.lifecycle.roster import RosterState
from huiying.rules.permissions import Action
from huiying.rules.words import N_

WEEKS = timedelta(weeks=8)
PUBLISH_BY = 25  # the day of a month by which the next one's roster is out. POLICY


class Trouble(StrEnum):
    """What is wrong with a watch."""

    EMPTY = "empty"
    ON_LEAVE = "on_leave"
    LEFT = "left"
    NO_REST = "no_rest"

    @property
    def label(self) -> str:
        """What is wrong, in words."""
        return TROUBLE_LABELS[self]


TROUBLE_LABELS = {
    Trouble.EMPTY: N_("没有人"),
    Trouble.ON_LEAVE: N_("值班人请假"),
    Trouble.LEFT: N_("值班人已不在这个岗位"),
    Trouble.NO_REST: N_("两班之间休息不够"),
}


@dataclass(frozen=True, slots=True)
class WatchTrouble:
    """One watch that is not sure. `shift_id` where somebody keeps it, `pattern_id` and `people` where places are empty."""

    span: Span
    label: str
    trouble: Trouble
    name: str = ""
    shift_id: int | None = None
    people: int = 1
    pattern_id: int | None = None

    @property
    def day_number(self) -> int:
        """The day on which it begins as one number, such as 20250321; it stands in addresses."""
        return int(f"{self.span.on:%Y%m%d}")


@dataclass(frozen=True, slots=True)
class Outlook:
    """All of it. `unpublished`: months of which no roster is out though it is time."""

    troubles: tuple[WatchTrouble, ...]
    unpublished: tuple[date, ...]


def outlook(viewer: Officer, *, at: datetime) -> Outlook:
    """What whoever plans the watch must see to; seven statements, however many watches there are."""
    viewer.check(Action.DUTY_PLAN)
    today = official_date(at)
    last = today + WEEKS
    calendar = calendar_for(viewer.body_id)
    patterns = list(
        ShiftPattern.objects.filter(post__unit__body_id=viewer.body_id, ended_on=None).select_related("post")
    )
    published = _published(viewer.body_id, today, last)
    shifts = _shifts(viewer.body_id, at, last)
    # In the months whose roster is out; a month without one is named as a whole.
    wanted = [
        need
        for need in needs(patterns, today - ONE_DAY, last, calendar)
        if need.span.on.replace(day=1) in published
    ]
    coming = [shift for shift in shifts if shift.starts_at > at]
    found = [*_empty(wanted, shifts, at), *_cannot(viewer.body_id, coming, calendar, at)]
    ordered = sorted(found, key=lambda one: (one.span.starts_at, one.label))
    return Outlook(tuple(ordered), _owed(patterns, published, today) if patterns else ())


def _published(body_id: int, today: date, last: date) -> tuple[date, ...]:
    rows = DutyRoster.objects.filter(
        body_id=body_id,
        kind=RosterKind.MONTH,
        state=RosterState.PUBLISHED,
        ends_on__gte=today,
        starts_on__lte=last,
    )
    return tuple(rows.values_list("starts_on", flat=True))


def _shifts(body_id: int, at: datetime, last: date) -> list[DutyShift]:
    rows = DutyShift.objects.filter(
        post__unit__body_id=body_id,
        cancelled_at=None,
        starts_at__lt=start_of_day(last + 2 * ONE_DAY),
        ends_at__gt=at - ONE_DAY,
    )
    return list(rows.select_related("post", "staff").order_by("starts_at", "pk"))


def _empty(wanted: Iterable[Need], shifts: list[DutyShift], at: datetime) -> Iterator[WatchTrouble]:
    """Places without a watch."""
    for need, people in missing((need for need in wanted if need.span.ends_at > at), shifts):
        pattern = need.pattern
        yield WatchTrouble(need.span, pattern.label, Trouble.EMPTY, people=people, pattern_id=pattern.pk)


def _cannot(
    body_id: int, shifts: list[DutyShift], calendar: WorkCalendar, at: datetime
) -> Iterator[WatchTrouble]:
    if not shifts:
        return
    first, last = shifts[0].starts_at, max(shift.ends_at for shift in shifts)
    posts = {shift.post_id for shift in shifts}
    keepers = keepers_of(posts, first, last, calendar, body_id=body_id, at=at, deputies=True)
    people = {keeper.ref: keeper for keeper in keepers}
    tired = _tired(shifts)
    for shift in shifts:
        trouble = _trouble(shift, people.get(shift.staff_id), tired)
        if trouble is not None:
            span = Span(shift.starts_at, shift.ends_at)
            yield WatchTrouble(span, shift.post.title, trouble, shift.staff.name, shift.pk)


def _trouble(shift: DutyShift, keeper: Keeper | None, tired: set[int]) -> Trouble | None:
    watch = Watch(shift.pk, shift.post_id, Span(shift.starts_at, shift.ends_at))
    why = unfit(keeper, watch) if keeper is not None else Why.NOT_ON_POST
    if why is Why.ON_LEAVE:
        return Trouble.ON_LEAVE
    if why is not None:
        return Trouble.LEFT
    return Trouble.NO_REST if shift.pk in tired else None


def _tired(shifts: list[DutyShift]) -> set[int]:
    """The watches that begin before whoever keeps them has rested from the one before."""
    mine: dict[int, list[DutyShift]] = {}
    for shift in shifts:
        mine.setdefault(shift.staff_id, []).append(shift)
    found = set()
    for watches in mine.values():
        late = {pair[1] for pair in short_rests((Span(s.starts_at, s.ends_at) for s in watches), DEFAULT)}
        found |= {s.pk for s in watches if Span(s.starts_at, s.ends_at) in late}
    return found


def _owed(patterns: list[ShiftPattern], published: tuple[date, ...], today: date) -> tuple[date, ...]:
    """This month, and from the 25th on the next, where no roster is out."""
    this = today.replace(day=1)
    following = (this + timedelta(days=32)).replace(day=1)
    due = [this, following] if today.day >= PUBLISH_BY else [this]
    begun = min(pattern.begins_on for pattern in patterns)
    return tuple(
        month
        for month in due
        if month not in published and begun < (month + timedelta(days=32)).replace(day=1)
    )
