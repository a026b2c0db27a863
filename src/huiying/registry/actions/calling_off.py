"""A published watch called off before it begins: somebody else keeps it, or it stands empty and is named as a gap."""

from datetime import datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.may import check_may
from huiying.registry.actions.roster_letters import tell
from huiying.registry.actions.swaps import offers_lapse
from huiying.registry.duty_kinds import ShiftKind
from huiying.registry.handing import hold_people
from huiying.registry.keepers import able_to_keep
from huiying.registry.models import DutyShift, Staff
from huiying.registry.roster_words import refused_words
from huiying.registry.rostering import Keeper, Span, Watch, Why
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, Sentence


@transaction.atomic
def shift_cancel(
    *, shift: DutyShift, substitute: Staff | None = None, by: HasActor, at: datetime
) -> DutyShift | None:
    """Call a watch off; the substitute's watch, or None where it stays empty. Both people are told."""
    body_id = shift.post.unit.body_id
    check_may(by, Action.DUTY_PLAN, body_id)
    if shift.starts_at <= at:
        raise Refusal(
            N_("这一班已经开始，不能取消。"), rule="registry.shift_begun", remedy=N_("请让别人接替这一班。")
        )
    # Whoever agrees to an offer of this watch holds one of them too.
    hold_people(shift.staff_id, *([substitute.pk] if substitute else []))
    if substitute is not None:
        _check_keeps(shift, substitute, body_id, at)
    if not DutyShift.objects.filter(pk=shift.pk, cancelled_at=None).update(cancelled_at=at):
        raise overtaken()
    shift.cancelled_at = at
    offers_lapse(shift, at=at)
    facts = {"post": shift.post_id, "staff": shift.staff_id}
    ledger.append(EventKind.SHIFT_CANCELLED, shift, by=by, at=at, body_id=body_id, facts=facts)
    tell({shift.staff_id}, shift, body_id=body_id, at=at)
    return _substituted(shift, substitute, body_id, by, at) if substitute else None


def _substituted(shift: DutyShift, substitute: Staff, body_id: int, by: HasActor, at: datetime) -> DutyShift:
    made = DutyShift.objects.create(
        post=shift.post,
        staff=substitute,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        kind=ShiftKind.SUBSTITUTE,
        is_lead=shift.is_lead,
        roster=shift.roster,
        entered_at=at,
    )
    facts = {"instead_of": shift.pk, "staff": substitute.pk}
    ledger.append(EventKind.DUTY_SUBSTITUTED, made, by=by, at=at, body_id=body_id, facts=facts)
    tell({substitute.pk}, made, body_id=body_id, at=at)
    return made


def _check_keeps(shift: DutyShift, substitute: Staff, body_id: int, at: datetime) -> None:
    if words := against(substitute, shift, body_id, at):
        raise Incomplete(N_("没有取消。"), fields={"substitute": words}, rule="registry.substitute")


def against(substitute: Staff, shift: DutyShift, body_id: int, at: datetime) -> Sentence | None:
    """Why this person cannot keep the watch instead, in words; None: they can."""
    found = {keeper.ref: why for keeper, why in substitutes(shift, body_id, at)}
    why = found.get(substitute.pk, Why.NOT_ON_POST)
    return None if why is None else refused_words(substitute.name, span_of(shift), shift.post.title, why)


def substitutes(shift: DutyShift, body_id: int, at: datetime) -> list[tuple[Keeper, Why | None]]:
    """Everybody else who holds the post or is its deputy, each with what stands in their way, if anything.

    Of a watch that runs, what is left of it counts.
    """
    watch = Watch(shift.pk, shift.post_id, left_of(shift, at), shift.is_lead)
    return [found for found in able_to_keep(watch, body_id, at) if found[0].ref != shift.staff_id]


def left_of(shift: DutyShift, at: datetime) -> Span:
    """What is left of the watch; all of it where it has not begun."""
    return Span(max(shift.starts_at, at), shift.ends_at)


def span_of(shift: DutyShift) -> Span:
    """When the watch runs."""
    return Span(shift.starts_at, shift.ends_at)
