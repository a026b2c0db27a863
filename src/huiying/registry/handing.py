"""Handing a watch to somebody else: what is left of it, what is new, and whether they can keep it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import F

from huiying.records import outbox
from huiying.records.moves import overtaken
from huiying.records.outbox import Recipient, RecipientKind
from huiying.registry.duty import deputies_at, posts_answered_for, role_holders, watches_of
from huiying.registry.duty_kinds import ShiftKind
from huiying.registry.granting import running_at
from huiying.registry.keepers import LEADERS
from huiying.registry.models import DutyShift, Grant, Leave, Staff
from huiying.registry.rostering import DEFAULT, Keeper, Span, Watch, Why, holds_back

AROUND = timedelta(days=3)  # watches further off leave rest enough, whatever the limits
MOST = 60


def handed(
    shift: DutyShift, staff: Staff, kind: ShiftKind, *, begins: datetime, ends: datetime, at: datetime
) -> DutyShift:
    """A watch from `begins` to `ends` for somebody else; what lies before and after stays with whoever had it.

    Raises Overtaken when the watch was changed by someone faster.
    """
    _cut(shift, begins, at)
    if ends < shift.ends_at:
        _entered(shift, shift.staff, ShiftKind(shift.kind), Span(ends, shift.ends_at), at)
    return _entered(shift, staff, kind, Span(begins, ends), at)


def _cut(shift: DutyShift, begins: datetime, at: datetime) -> None:
    stands = DutyShift.objects.filter(pk=shift.pk, cancelled_at=None, ends_at=shift.ends_at)
    begun = shift.starts_at < begins
    cut = {"ends_at": begins, "revised": F("revised") + 1} if begun else {"cancelled_at": at}
    if not stands.update(**cut):
        raise overtaken()


def _entered(shift: DutyShift, staff: Staff, kind: ShiftKind, span: Span, at: datetime) -> DutyShift:
    return DutyShift.objects.create(
        post_id=shift.post_id,
        staff=staff,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        kind=kind,
        is_lead=shift.is_lead,
        roster_id=shift.roster_id,
        entered_at=at,
    )


def hold_people(*people: int) -> None:
    """Hold these people's rows until the end: of two acts that give one person a watch, the second sees the first."""
    list(Staff.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))


def held_back(staff: Staff, shift: DutyShift, at: datetime, *, without: Collection[int] = ()) -> Why | None:
    """Why somebody cannot keep this watch: post, leave, a watch at once, too little rest. None: they can.

    `without`: watches they give away in the same act.
    """
    keeper = Keeper(
        ref=staff.pk,
        posts=posts_answered_for(staff.pk, at),
        may_lead=any(role_holders(staff.body_id, role, at).filter(pk=staff.pk).exists() for role in LEADERS),
        away=_away(staff, shift),
        kept=_kept(staff, shift, {shift.pk, *without}),
        posts_until=_posts_until(staff, shift, at),
    )
    watch = Watch(shift.pk, shift.post_id, Span(shift.starts_at, shift.ends_at), shift.is_lead)
    return holds_back(keeper, watch, (), DEFAULT)


def _posts_until(staff: Staff, shift: DutyShift, at: datetime) -> dict[int, date]:
    """The last day on the watch's post, where they hold it by grants that all end; a deputy has no such day."""
    grants = Grant.objects.filter(running_at(at), staff=staff, post_id=shift.post_id)
    days = list(grants.values_list("expires_on", flat=True)[:MOST])
    ending = [day for day in days if day is not None]
    stands_in = (shift.post_id, staff.pk) in deputies_at([shift.post_id], at)
    return {shift.post_id: max(ending)} if ending and len(ending) == len(days) and not stands_in else {}


def _away(staff: Staff, shift: DutyShift) -> tuple[tuple[date, date], ...]:
    span = Span(shift.starts_at, shift.ends_at)
    rows = Leave.objects.filter(staff=staff, cancelled_at=None)
    near = rows.filter(ends_on__gte=span.on, starts_on__lte=span.last_day)
    return tuple(near.values_list("starts_on", "ends_on")[:MOST])


def _kept(staff: Staff, shift: DutyShift, without: Collection[int]) -> tuple[Span, ...]:
    rows = watches_of(staff.pk, shift.starts_at - AROUND, shift.ends_at + AROUND).exclude(pk__in=without)
    return tuple(Span(*row) for row in rows.values_list("starts_at", "ends_at")[:MOST])


def tell(shift: DutyShift, people: Collection[int], *, body_id: int, at: datetime) -> None:
    """A neutral letter to each that their watches changed; the page tells the rest."""
    for ref in dict.fromkeys(people):
        to = Recipient(RecipientKind.STAFF, str(ref))
        outbox.put("duty_changed", shift, to=to, at=at, body_id=body_id)
