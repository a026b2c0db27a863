"""Swapping watches: one offers, the colleague agrees, and only then anything moves."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state, overtaken
from huiying.registry.actions.may import check_may_somewhere
from huiying.registry.duty_kinds import ShiftKind
from huiying.registry.gate import not_there
from huiying.registry.handing import handed, held_back, hold_people, tell
from huiying.registry.models import DutyShift, ShiftSwap, Staff
from huiying.registry.officers import Officer
from huiying.rules.actors import SYSTEM
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import swap as lifecycle
from huiying.rules.lifecycle.swap import SwapState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said


@transaction.atomic
def swap_ask(
    *, shift: DutyShift, offered_to: Staff, in_return: DutyShift | None = None, by: HasActor, at: datetime
) -> ShiftSwap:
    """Offer one's own watch to a colleague on the same post, perhaps for one of theirs; they are told.

    Raises Incomplete by field: the watch has begun, the colleague could not keep it, nor the asker the one in return.
    """
    _check_may(by, shift.staff_id, shift)
    _check_fits(shift, offered_to, in_return, at)
    try:
        with transaction.atomic():
            swap = ShiftSwap.objects.create(
                shift=shift, offered_to=offered_to, in_return=in_return, asked_at=at
            )
    except IntegrityError:
        raise Refusal(
            N_("这一班已经有一个等待答复的换班请求。"),
            rule="registry.swap_once",
            remedy=N_("请先撤回，再向别人提出。"),
        ) from None
    _record(EventKind.SWAP_ASKED, swap, by, at)
    tell(shift, [offered_to.pk], body_id=shift.post.unit.body_id, at=at)
    return swap


@transaction.atomic
def swap_agree(*, swap: ShiftSwap, by: HasActor, at: datetime) -> ShiftSwap:
    """Agree to an offer: the watches change hands whole. Raises Overtaken when one of them was moved before."""
    _check_may(by, swap.offered_to_id, swap.shift)
    move = lifecycle.LIFECYCLE.check(SwapState(swap.state), SwapState.AGREED)
    hold_people(swap.offered_to_id, swap.shift.staff_id)
    _check_fits(swap.shift, swap.offered_to, swap.in_return, at)
    change_state(swap, move, answered_at=at)
    _moved(swap.shift, swap.offered_to, at)
    if swap.in_return is not None:
        _moved(swap.in_return, swap.shift.staff, at)
    _record(EventKind.SWAP_AGREED, swap, by, at)
    tell(swap.shift, [swap.shift.staff_id], body_id=swap.shift.post.unit.body_id, at=at)
    return swap


@transaction.atomic
def swap_decline(*, swap: ShiftSwap, by: HasActor, at: datetime) -> ShiftSwap:
    """Say no to an offer; nothing moves, no reason is asked for, and whoever offered is told."""
    _check_may(by, swap.offered_to_id, swap.shift)
    move = lifecycle.LIFECYCLE.check(SwapState(swap.state), SwapState.DECLINED)
    change_state(swap, move, answered_at=at)
    _record(EventKind.SWAP_DECLINED, swap, by, at)
    tell(swap.shift, [swap.shift.staff_id], body_id=swap.shift.post.unit.body_id, at=at)
    return swap


@transaction.atomic
def swap_withdraw(*, swap: ShiftSwap, by: HasActor, at: datetime) -> ShiftSwap:
    """Take one's own offer back before it is answered."""
    _check_may(by, swap.shift.staff_id, swap.shift)
    return _withdrawn(swap, by, at)


def offers_lapse(shift: DutyShift, *, at: datetime) -> None:
    """Withdraw the open offers that a watch is part of, because it was given to somebody else."""
    open_ones = ShiftSwap.objects.filter(Q(shift=shift) | Q(in_return=shift), state=SwapState.ASKED)
    for swap in open_ones.select_related("shift__post__unit"):
        _withdrawn(swap, SYSTEM, at)


def _withdrawn(swap: ShiftSwap, by: HasActor, at: datetime) -> ShiftSwap:
    move = lifecycle.LIFECYCLE.check(SwapState(swap.state), SwapState.WITHDRAWN)
    change_state(swap, move, answered_at=at)
    _record(EventKind.SWAP_WITHDRAWN, swap, by, at)
    return swap


def _moved(shift: DutyShift, staff: Staff, at: datetime) -> None:
    handed(shift, staff, ShiftKind.SWAPPED, begins=shift.starts_at, ends=shift.ends_at, at=at)
    offers_lapse(shift, at=at)


def _check_may(by: HasActor, staff_id: int, shift: DutyShift) -> None:
    """Raise NotPermitted without a duty to keep, NotThere for what is somebody else's."""
    check_may_somewhere(by, Action.DUTY_KEEP, shift.post.unit.body_id)
    if not isinstance(by, Officer) or by.staff_id != staff_id:
        raise not_there()


def _check_fits(shift: DutyShift, offered_to: Staff, in_return: DutyShift | None, at: datetime) -> None:
    """Raise Incomplete, by field, where the watches cannot change hands."""
    given = (shift, in_return) if in_return else (shift,)
    _check_stands(given, at)
    if offered_to.body_id != shift.post.unit.body_id or not offered_to.is_active:
        raise not_there()
    if in_return is not None and in_return.staff_id != offered_to.pk:
        raise not_there()
    refs, fields = {one.pk for one in given}, {}
    if offered_to.pk == shift.staff_id:
        fields["offered_to"] = N_("请选择一位同事。")
    elif why := held_back(offered_to, shift, at, without=refs):
        fields["offered_to"] = said(N_("对方不能值这一班：{why}。"), why=why.label)
    if in_return and (why := held_back(shift.staff, in_return, at, without=refs)):
        fields["in_return"] = said(N_("您不能值换来的这一班：{why}。"), why=why.label)
    if fields:
        raise Incomplete(N_("不能这样换班。"), fields=fields, rule="registry.swap")


def _check_stands(given: tuple[DutyShift, ...], at: datetime) -> None:
    """Each watch as it is now, not as it was when the page was opened."""
    standing = DutyShift.objects.filter(pk__in=[one.pk for one in given], cancelled_at=None)
    if standing.count() != len(given):
        raise overtaken()
    if any(one.starts_at <= at for one in given):
        raise Refusal(
            N_("已经开始的班不能换。"),
            rule="registry.swap",
            remedy=N_("请让同事接替值班，或请排班的人安排替班。"),
        )


def _record(kind: EventKind, swap: ShiftSwap, by: HasActor, at: datetime) -> None:
    facts = {"watch": swap.shift_id, "offered_to": swap.offered_to_id, "in_return": swap.in_return_id}
    ledger.append(kind, swap, by=by, at=at, body_id=swap.shift.post.unit.body_id, facts=facts)
