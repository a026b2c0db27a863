"""The day of a watch: taking over a post, putting a substitute in, writing and reading what a watch leaves."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.calling_off import against
from huiying.registry.actions.may import check_may, check_may_somewhere
from huiying.registry.actions.swaps import offers_lapse
from huiying.registry.duty import lead_of, leads_at, posts_answered_for, shifts_at
from huiying.registry.duty_kinds import ShiftKind
from huiying.registry.gate import not_there
from huiying.registry.hand_overs import LONGEST, posts_noted, unread_notes
from huiying.registry.handing import handed, hold_people, tell
from huiying.registry.models import DutyShift, HandOver, HandOverRead, Post, Staff
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action, check
from huiying.rules.refusals import Incomplete, NotPermitted, Refusal
from huiying.rules.words import N_

LONGEST_WATCH = timedelta(hours=24)


@transaction.atomic
def duty_take_over(
    *,
    post: Post,
    relieved: DutyShift | None,
    until: datetime | None = None,
    read_up_to: int = 0,
    by: HasActor,
    at: datetime,
) -> DutyShift:
    """Take over a post at once, without anybody's consent, until the running watch ends or a moment before.

    Open to who holds the post, its deputies and the planners of duty. `relieved` is the watch that was shown as
    running, `read_up_to` the newest note that was confirmed as read. The person relieved and the leader are told.
    Raises Incomplete by field, Overtaken when another watch counts by now.
    """
    body_id = post.unit.body_id
    check_may_somewhere(by, Action.DUTY_KEEP, body_id)
    staff = _may_stand(by, post, at)
    Post.objects.select_for_update().get(pk=post.pk)  # of two who take over at once the second sees the first
    counted = shifts_at(body_id, at).filter(post=post).first()
    if counted != relieved:
        raise overtaken()
    _check_not_there(counted, staff)
    ends = _end_of(counted, until, at)
    notes = _confirmed(staff, post, read_up_to, at)
    lead = lead_of(leads_at(body_id, at), post.pk)
    shift = _begun(counted, post, staff, ends, at)
    _read(notes, staff, at)
    facts = {"post": post.pk, "staff": staff.pk, "to": ends.isoformat(), "notes": len(notes)}
    facts |= {"relieved": counted.staff_id} if counted else {}
    ledger.append(EventKind.DUTY_TAKEN_OVER, shift, by=by, at=at, body_id=body_id, facts=facts)
    told = [person.pk for person in (counted.staff if counted else None, lead) if person and person != staff]
    tell(shift, told, body_id=body_id, at=at)
    return shift


def _may_stand(by: HasActor, post: Post, at: datetime) -> Staff:
    """Whoever acts, if the post is theirs to take."""
    staff = Staff.objects.filter(pk=by.staff_id, is_active=True).first() if isinstance(by, Officer) else None
    if staff is None:
        raise NotPermitted(N_("只有本人能接替值班。"), rule="registry.take_over")
    assert isinstance(by, Officer)
    if post.pk not in posts_answered_for(staff.pk, at):
        by.check(Action.DUTY_PLAN)
    return staff


def _check_not_there(counted: DutyShift | None, staff: Staff) -> None:
    if counted is not None and counted.staff_id == staff.pk:
        raise Refusal(
            N_("您已经在值这一班。"), rule="registry.take_over", remedy=N_("不用接替；要离开，请别人来接替。")
        )


def _end_of(counted: DutyShift | None, until: datetime | None, at: datetime) -> datetime:
    """When the new watch ends. Raises Incomplete where it is not said, is over, or is too far off."""
    latest = counted.ends_at if counted else at + LONGEST_WATCH
    if until is None:
        if counted is None:
            raise _wrong("until", N_("现在没有人值班，请写明您值到什么时候。"))
        return latest
    if until <= at:
        raise _wrong("until", N_("这个时间已经过了。"))
    if until > latest:
        raise _wrong(
            "until",
            N_("不能晚于本班结束的时间；后面的班请另行安排。") if counted else N_("一次最多接替 24 小时。"),
        )
    return until


def _confirmed(staff: Staff, post: Post, read_up_to: int, at: datetime) -> list[HandOver]:
    notes = unread_notes(staff.pk, [post.pk], at)
    if any(note.pk > read_up_to for note in notes):
        raise _wrong("read", N_("上一班留下的交接记录还没有看完，请看过后勾选。"))
    return notes


def _wrong(field: str, sentence: str) -> Incomplete:
    return Incomplete(N_("还没有接替。"), fields={field: sentence}, rule="registry.take_over")


def _begun(counted: DutyShift | None, post: Post, staff: Staff, ends: datetime, at: datetime) -> DutyShift:
    if counted is not None:
        return handed(counted, staff, ShiftKind.TAKEN_OVER, begins=at, ends=ends, at=at)
    return DutyShift.objects.create(
        post=post, staff=staff, starts_at=at, ends_at=ends, kind=ShiftKind.TAKEN_OVER, entered_at=at
    )


@transaction.atomic
def duty_substitute(*, shift: DutyShift, staff: Staff, by: HasActor, at: datetime) -> DutyShift:
    """Put somebody else in for a watch, or for what is left of it; open offers to swap it lapse, both are told.

    Raises Incomplete, with the reason, for somebody whom no roster could put there: not on the post nor its deputy,
    away, on another watch then, without rest. Where nobody is left, a colleague may still take over by themselves.
    """
    body_id = shift.post.unit.body_id
    check_may(by, Action.DUTY_PLAN, body_id)
    if staff.body_id != body_id or not staff.is_active:
        raise not_there()
    if shift.ends_at <= at:
        raise Refusal(N_("这一班已经结束。"), rule="registry.substitute", remedy=N_("请选择还没有结束的班。"))
    hold_people(staff.pk, shift.staff_id)  # whoever agrees to an offer of this watch holds one of them too
    own = N_("就是本人在值。")
    why = own if staff.pk == shift.staff_id else against(staff, shift, body_id, at)
    if why:
        raise Incomplete(N_("还没有安排替班。"), fields={"staff": why}, rule="registry.substitute")
    begins = max(shift.starts_at, at)
    new = handed(shift, staff, ShiftKind.SUBSTITUTE, begins=begins, ends=shift.ends_at, at=at)
    offers_lapse(shift, at=at)
    facts = {"watch": shift.pk, "post": shift.post_id, "relieved": shift.staff_id, "staff": staff.pk}
    ledger.append(EventKind.DUTY_SUBSTITUTED, new, by=by, at=at, body_id=body_id, facts=facts)
    tell(new, [shift.staff_id, staff.pk], body_id=body_id, at=at)
    return new


@transaction.atomic
def hand_over_write(*, post: Post, text: str, by: HasActor, at: datetime) -> HandOver:
    """Leave a note to the next watch; the ledger learns that there is one, not what it says.

    Open to who answers for the post or has just left it. Raises Incomplete without words.
    """
    body_id = post.unit.body_id
    check_may_somewhere(by, Action.DUTY_KEEP, body_id)
    if not isinstance(by, Officer) or post.pk not in posts_noted(by, at):
        check((), Action.DUTY_KEEP)
    text = text.strip()
    if not text or len(text) > LONGEST:
        sentence = N_("交接记录不超过 2000 字。") if text else N_("请写下要交给下一班的事；没有事就写“无”。")
        raise Incomplete(N_("交接记录没有保存。"), fields={"text": sentence}, rule="registry.hand_over")
    note = HandOver.objects.create(post=post, text=text, written_at=at, written_by_id=int(by.actor.ref))
    facts = {"post": post.pk}
    ledger.append(EventKind.HAND_OVER_WRITTEN, note, by=by, at=at, body_id=body_id, facts=facts)
    return note


@transaction.atomic
def hand_over_read(*, hand_over: HandOver, by: HasActor, at: datetime) -> None:
    """Confirm that a note was read; a second time changes nothing."""
    body_id = hand_over.post.unit.body_id
    check_may_somewhere(by, Action.DUTY_KEEP, body_id)
    if not isinstance(by, Officer) or hand_over.post_id not in posts_noted(by, at):
        check((), Action.DUTY_KEEP)
    _, fresh = HandOverRead.objects.get_or_create(
        hand_over=hand_over, staff_id=int(by.actor.ref), defaults={"read_at": at}
    )
    if fresh:
        facts = {"post": hand_over.post_id}
        ledger.append(EventKind.HAND_OVER_READ, hand_over, by=by, at=at, body_id=body_id, facts=facts)


def _read(notes: Collection[HandOver], staff: Staff, at: datetime) -> None:
    readings = [HandOverRead(hand_over=note, staff=staff, read_at=at) for note in notes]
    HandOverRead.objects.bulk_create(readings, ignore_conflicts=True)
