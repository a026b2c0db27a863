"""Watches, working days and the scale of response levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry.actions.may import check_may
from huiying.registry.models import Body, DutyShift, HolidayOverride, Post, ResponseLevel, Staff
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Refusal
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
    shift = DutyShift.objects.create(post=post, staff=staff, starts_at=starts_at, ends_at=ends_at)
    facts = {"post": post.pk, "staff": staff.pk, "from": starts_at.isoformat(), "to": ends_at.isoformat()}
    ledger.append(EventKind.DUTY_PLANNED, shift, by=by, at=at, body_id=post.unit.body_id, facts=facts)
    return shift


@transaction.atomic
def calendar_override(
    *, body: Body, on: date, is_working: bool, reason: str, by: HasActor, at: datetime
) -> HolidayOverride:
    """Say that one day is, or is not, a working day for this body, and why."""
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    override, _ = HolidayOverride.objects.update_or_create(
        body=body, on=on, defaults={"is_working": is_working, "reason": reason}
    )
    facts = {"on": on.isoformat(), "is_working": is_working}
    ledger.append(EventKind.CALENDAR_OVERRIDDEN, override, by=by, at=at, body_id=body.pk, facts=facts)
    return override


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
