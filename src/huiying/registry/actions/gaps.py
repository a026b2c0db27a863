"""A place of the coming weeks that nobody keeps, filled by hand: one person for one watch of a pattern."""

from datetime import date, datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.clock import official_date, start_of_day
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.may import check_may
from huiying.registry.actions.roster_letters import tell
from huiying.registry.calendars import calendar_for
from huiying.registry.handing import hold_people
from huiying.registry.keepers import Need, able_to_keep, missing, needs
from huiying.registry.models import DutyShift, ShiftPattern, Staff
from huiying.registry.roster_words import refused_words
from huiying.registry.rostering import Keeper, Watch, Why
from huiying.rules.calendar import ONE_DAY
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_


@transaction.atomic
def gap_fill(*, pattern: ShiftPattern, on: date, staff: Staff, by: HasActor, at: datetime) -> DutyShift:
    """Give the watch of a pattern that begins on a day, and that nobody keeps, to somebody; they are told.

    Raises Overtaken where somebody keeps it by now, Incomplete where this person cannot, with why.
    """
    body_id = pattern.post.unit.body_id
    check_may(by, Action.DUTY_PLAN, body_id)
    # Of two who fill one gap, the second sees what the first wrote.
    ShiftPattern.objects.select_for_update().get(pk=pattern.pk)
    hold_people(staff.pk)
    need = gap_of(pattern, on, at=at)
    if need is None:
        raise overtaken()
    _check_keeps(need, staff, body_id, at)
    made = DutyShift.objects.create(
        post=pattern.post,
        staff=staff,
        starts_at=need.span.starts_at,
        ends_at=need.span.ends_at,
        is_lead=pattern.is_lead,
        entered_at=at,
    )
    facts = {"post": pattern.post_id, "staff": staff.pk, "pattern": pattern.pk, "on": on.isoformat()}
    ledger.append(EventKind.DUTY_PLANNED, made, by=by, at=at, body_id=body_id, facts=facts)
    tell({staff.pk}, made, body_id=body_id, at=at)
    return made


def gap_of(pattern: ShiftPattern, on: date, *, at: datetime) -> Need | None:
    """What the pattern asks for on that day, where somebody is still missing and it is not over; else None."""
    if on < official_date(at) - ONE_DAY:
        return None
    wanted = list(needs([pattern], on, on, calendar_for(pattern.post.unit.body_id)))
    shifts = DutyShift.objects.filter(
        post=pattern.post_id,
        cancelled_at=None,
        starts_at__lt=start_of_day(on + 2 * ONE_DAY),
        ends_at__gt=start_of_day(on),
    ).order_by("starts_at", "pk")
    open_ones = (need for need, _people in missing(wanted, shifts) if need.span.ends_at > at)
    return next(open_ones, None)


def able_for(need: Need, body_id: int, at: datetime) -> list[tuple[Keeper, Why | None]]:
    """Everybody who may stand on the post, each with what stands in their way, if anything."""
    return able_to_keep(Watch(0, need.pattern.post_id, need.span, need.pattern.is_lead), body_id, at)


def _check_keeps(need: Need, staff: Staff, body_id: int, at: datetime) -> None:
    found = {keeper.ref: why for keeper, why in able_for(need, body_id, at)}
    why = found.get(staff.pk, Why.NOT_ON_POST)
    if why is not None:
        words = refused_words(staff.name, need.span, need.pattern.post.title, why)
        raise Incomplete(N_("这一班没有排上。"), fields={"staff": words}, rule="registry.gap")
