"""Which watches a post needs, and on which days somebody cannot keep one."""

from datetime import date, datetime, time

from django.db import transaction

from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.may import check_may, check_may_somewhere
from huiying.registry.duty_kinds import DutyDays
from huiying.registry.models import Leave, Post, ShiftPattern, Staff
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_

MOST_PATTERNS, MOST_PEOPLE, LONGEST_LEAVE = 30, 20, 366  # of a body, of a watch, in days


@transaction.atomic
def pattern_set(
    *,
    post: Post,
    label: str,
    starts: time,
    hours: int,
    people: int,
    is_lead: bool,
    days: DutyDays,
    begins_on: date,
    by: HasActor,
    at: datetime,
) -> ShiftPattern:
    """Say which watch a post needs, from a day on. Raises Incomplete; a body has at most thirty."""
    body_id = post.unit.body_id
    check_may(by, Action.DUTY_PLAN, body_id)
    label = _checked(" ".join(label.split()), hours, people)
    running = ShiftPattern.objects.filter(post__unit__body_id=body_id, ended_on=None)
    if running.count() >= MOST_PATTERNS:
        raise Refusal(
            N_("一个机构最多设 30 个班次。"), rule="registry.patterns", remedy=N_("请先停用不再需要的班次。")
        )
    pattern = ShiftPattern.objects.create(
        post=post,
        label=label,
        starts=starts,
        hours=hours,
        people=people,
        is_lead=is_lead,
        days=days,
        begins_on=begins_on,
    )
    facts = {"post": post.pk, "hours": hours, "people": people, "lead": is_lead, "days": str(days)}
    ledger.append(EventKind.PATTERN_SET, pattern, by=by, at=at, body_id=body_id, facts=facts)
    return pattern


@transaction.atomic
def pattern_end(*, pattern: ShiftPattern, by: HasActor, at: datetime) -> ShiftPattern:
    """From tomorrow the post needs this watch no more; published watches stay until somebody calls them off."""
    body_id = pattern.post.unit.body_id
    check_may(by, Action.DUTY_PLAN, body_id)
    ended_on = date.fromordinal(official_date(at).toordinal() + 1)
    if not ShiftPattern.objects.filter(pk=pattern.pk, ended_on=None).update(ended_on=ended_on):
        raise overtaken()
    pattern.ended_on = ended_on
    facts = {"ended_on": ended_on.isoformat()}
    ledger.append(EventKind.PATTERN_ENDED, pattern, by=by, at=at, body_id=body_id, facts=facts)
    return pattern


@transaction.atomic
def leave_record(*, staff: Staff, starts_on: date, ends_on: date, by: HasActor, at: datetime) -> Leave:
    """Say on which days somebody keeps no watch: for oneself, or by whoever plans the watch. No reason is asked for."""
    _check_own_or_plans(staff, by)
    _check_days(starts_on, ends_on, official_date(at))
    leave = Leave.objects.create(staff=staff, starts_on=starts_on, ends_on=ends_on, recorded_at=at)
    facts = {"staff": staff.pk, "from": starts_on.isoformat(), "to": ends_on.isoformat()}
    ledger.append(EventKind.LEAVE_RECORDED, leave, by=by, at=at, body_id=staff.body_id, facts=facts)
    return leave


@transaction.atomic
def leave_cancel(*, leave: Leave, by: HasActor, at: datetime) -> Leave:
    """Take it back: watches may be planned on these days again."""
    _check_own_or_plans(leave.staff, by)
    if not Leave.objects.filter(pk=leave.pk, cancelled_at=None).update(cancelled_at=at):
        raise overtaken()
    leave.cancelled_at = at
    facts = {"staff": leave.staff_id}
    body_id = leave.staff.body_id
    ledger.append(EventKind.LEAVE_CANCELLED, leave, by=by, at=at, body_id=body_id, facts=facts)
    return leave


def _check_own_or_plans(staff: Staff, by: HasActor) -> None:
    if isinstance(by, Officer) and by.staff_id == staff.pk:
        check_may_somewhere(by, Action.DUTY_KEEP, staff.body_id)
    else:
        check_may(by, Action.DUTY_PLAN, staff.body_id)


def _checked(label: str, hours: int, people: int) -> str:
    fields = {}
    if not 1 <= len(label) <= 20:
        fields["label"] = N_("请写班次的名称，不超过 20 字，例如：夜班。")
    if not 1 <= hours <= 24:
        fields["hours"] = N_("一班从 1 到 24 小时。")
    if not 1 <= people <= MOST_PEOPLE:
        fields["people"] = N_("一班从 1 到 20 人。")
    if fields:
        raise Incomplete(N_("班次没有保存。"), fields=fields, rule="registry.pattern")
    return label


def _check_days(starts_on: date, ends_on: date, today: date) -> None:
    fields = {}
    if ends_on < starts_on:
        fields["ends_on"] = N_("最后一天不能早于第一天。")
    elif ends_on < today:
        fields["ends_on"] = N_("这些日子已经过去，不用登记。")
    elif (ends_on - starts_on).days >= LONGEST_LEAVE:
        fields["ends_on"] = N_("一次最多登记一年。")
    if fields:
        raise Incomplete(N_("没有登记。"), fields=fields, rule="registry.leave")
