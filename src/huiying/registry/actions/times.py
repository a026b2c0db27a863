"""Watches, working days and the scale of response levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.may import check_may
from huiying.registry.calendars import YEARS
from huiying.registry.models import (
    Body,
    CalendarChange,
    DutyShift,
    HolidayOverride,
    Post,
    ResponseLevel,
    Staff,
)
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One step of a scale: its code, its name, 1 for the gravest, when it is reached, on what it rests."""

    code: str
    name: str
    order: int
    criteria: str = ""
    legal_basis: str = ""


@transaction.atomic
def duty_plan(
    *, post: Post, staff: Staff, starts_at: datetime, ends_at: datetime, by: HasActor, at: datetime
) -> DutyShift:
    """Put one person on one post from one instant to another; both belong to one body."""
    check_may(by, Action.DUTY_PLAN, post.unit.body_id)
    _check_watch(post, staff, starts_at, ends_at)
    shift = DutyShift.objects.create(
        post=post, staff=staff, starts_at=starts_at, ends_at=ends_at, entered_at=at
    )
    facts = {"post": post.pk, "staff": staff.pk, "from": starts_at.isoformat(), "to": ends_at.isoformat()}
    ledger.append(EventKind.DUTY_PLANNED, shift, by=by, at=at, body_id=post.unit.body_id, facts=facts)
    return shift


@transaction.atomic
def calendar_override(
    *, body: Body, on: date, is_working: bool, reason: str, by: HasActor, at: datetime
) -> HolidayOverride:
    """Say that one day is, or is not, a working day for this body, and why; periods over it are dated anew by a job.

    Raises Incomplete without a reason and for a day outside the calendar.
    """
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    reason = _checked(on, reason)
    override, _ = HolidayOverride.objects.update_or_create(
        body=body, on=on, defaults={"is_working": is_working, "reason": reason}
    )
    facts = {"on": on.isoformat(), "is_working": is_working}
    CalendarChange.objects.create(body=body, on=on, changed_at=at)
    ledger.append(EventKind.CALENDAR_OVERRIDDEN, override, by=by, at=at, body_id=body.pk, facts=facts)
    return override


@transaction.atomic
def calendar_restore(*, override: HolidayOverride, by: HasActor, at: datetime) -> None:
    """Take back the body's own entry for a day: the national arrangement holds again, and periods are dated anew."""
    check_may(by, Action.REGISTRY_EDIT, override.body_id)
    facts = {"on": override.on.isoformat()}
    ledger.append(EventKind.CALENDAR_RESTORED, override, by=by, at=at, body_id=override.body_id, facts=facts)
    if not HolidayOverride.objects.filter(pk=override.pk).delete()[0]:
        raise overtaken()
    CalendarChange.objects.create(body_id=override.body_id, on=override.on, changed_at=at)


@transaction.atomic
def calendar_change_apply(*, change: CalendarChange, at: datetime) -> bool:
    """Mark a change as worked through; False where it was. For the job that dates periods anew, in its transaction."""
    return bool(CalendarChange.objects.filter(pk=change.pk, applied_at=None).update(applied_at=at))


def _checked(on: date, reason: str) -> str:
    reason, fields = " ".join(reason.split()), {}
    if not reason:
        fields["reason"] = N_("请写明理由，例如当地的放假通知。")
    elif len(reason) > 120:
        fields["reason"] = N_("理由不超过 120 字。")
    if on.year not in YEARS:
        fields["on"] = N_("这一天不在工作日历的年份里。")
    if fields:
        raise Incomplete(N_("这一天没有调整。"), fields=fields, rule="registry.calendar")
    return reason


@transaction.atomic
def levels_set(
    *, body: Body, levels: Sequence[LevelRow], by: HasActor, at: datetime
) -> tuple[ResponseLevel, ...]:
    """Write the body's whole scale of response levels, as the plan put in force says. 突发事件应对法 art. 71.

    A level that left the scale is gone from it; the ledger keeps the codes of every scale there was.
    """
    check_may(by, Action.PLAN_PROMULGATE, body.pk)
    ResponseLevel.objects.filter(body=body).delete()
    rows = [
        ResponseLevel(
            body=body,
            code=level.code,
            name=level.name,
            order=level.order,
            criteria=level.criteria,
            legal_basis=level.legal_basis,
        )
        for level in levels
    ]
    written = tuple(ResponseLevel.objects.bulk_create(rows))
    facts = {"codes": [level.code for level in levels]}
    ledger.append(EventKind.LEVELS_SET, body, by=by, at=at, body_id=body.pk, facts=facts)
    return written


def _check_watch(post: Post, staff: Staff, starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refusal(
            N_("值班结束时间必须晚于开始时间。"), rule="registry.shift_forward", remedy=N_("请修改结束时间。")
        )
    if staff.body_id != post.unit.body_id:
        raise Refusal(
            N_("值班人员和岗位必须属于同一机构。"),
            rule="registry.one_body",
            remedy=N_("请选择本机构的人员。"),
        )
