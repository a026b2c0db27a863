"""Grants: given, extended, ended. Each act is another person's, and administrators are kept apart."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.registry.actions.may import check_may
from huiying.registry.granting import running_at
from huiying.registry.models import Grant, Post, Staff, Unit
from huiying.registry.officers import Officer
from huiying.rules.actors import ActorKind
from huiying.rules.calendar import end_of_day
from huiying.rules.events import EventKind
from huiying.rules.granting import check_last_day
from huiying.rules.permissions import ADMINISTRATORS, Action, Role
from huiying.rules.refusals import NotPermitted, Refusal
from huiying.rules.words import N_


@transaction.atomic
def grant_give(
    *,
    staff: Staff,
    unit: Unit,
    role: Role,
    post: Post | None = None,
    expires_on: date | None = None,
    by: HasActor,
    at: datetime,
) -> Grant:
    """Give a role in a unit, to a last day where one is named. Staff, unit and post belong to one body.

    Administrators are kept apart. What the program itself lays down may run without an end, an auditor's grant too.
    """
    check_may(by, Action.GRANT_EDIT, unit.body_id)
    Staff.objects.select_for_update().get(
        pk=staff.pk
    )  # two givers at once see each other's administrator post
    _check_one_body(staff, unit, post)
    _check_not_oneself(staff, by)
    _check_separate_administrators(staff, role, at)
    if by.actor.kind is not ActorKind.SYSTEM:
        check_last_day(role, expires_on, today=official_date(at))
    same = Grant.objects.filter(staff=staff, unit=unit, role=role, post=post)
    _end_expired(same, by, at)
    _check_new(same)
    grant = Grant.objects.create(
        staff=staff, unit=unit, post=post, role=role, given_at=at, expires_on=expires_on
    )
    facts = {"staff": staff.pk, "unit": unit.pk, "role": role, **({"post": post.pk} if post else {})}
    if expires_on:
        facts["to"] = expires_on.isoformat()
    ledger.append(EventKind.GRANT_GIVEN, grant, by=by, at=at, body_id=unit.body_id, facts=facts)
    return grant


@transaction.atomic
def grant_extend(*, grant: Grant, expires_on: date, by: HasActor, at: datetime) -> Grant:
    """Name another last day for a running grant. One that has expired or was ended is given anew instead."""
    check_may(by, Action.GRANT_EDIT, grant.unit.body_id)
    _check_not_oneself(grant.staff, by)
    check_last_day(Role(grant.role), expires_on, today=official_date(at))
    if not Grant.objects.filter(running_at(at), pk=grant.pk).update(expires_on=expires_on):
        raise Refusal(
            N_("这项授权已经到期或终止，不能再延长。"),
            rule="registry.grant_running",
            remedy=N_("需要时请重新授权。"),
        )
    grant.refresh_from_db()
    _record(EventKind.GRANT_EXTENDED, grant, by, at, to=expires_on.isoformat())
    return grant


@transaction.atomic
def grant_end(*, grant: Grant, by: HasActor, at: datetime) -> Grant:
    """End a running grant; the row stays."""
    check_may(by, Action.GRANT_EDIT, grant.unit.body_id)
    if not Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=at):
        raise Refusal(N_("这项授权已经结束。"), rule="registry.grant_running", remedy=N_("请刷新页面。"))
    grant.refresh_from_db()
    _record(EventKind.GRANT_ENDED, grant, by, at)
    return grant


def _record(kind: EventKind, grant: Grant, by: HasActor, at: datetime, **more: object) -> None:
    facts = {"staff": grant.staff_id, "unit": grant.unit_id, "role": grant.role, **more}
    ledger.append(kind, grant, by=by, at=at, body_id=grant.unit.body_id, facts=facts)


def _end_expired(same: QuerySet[Grant], by: HasActor, at: datetime) -> None:
    """Close the same grant whose last day is over, so that it can be given again; it ended on that day."""
    for grant in same.filter(ended_at=None, expires_on__lt=official_date(at)):
        assert grant.expires_on is not None
        Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=end_of_day(grant.expires_on))
        _record(EventKind.GRANT_ENDED, grant, by, at, to=grant.expires_on.isoformat())


def _check_one_body(staff: Staff, unit: Unit, post: Post | None) -> None:
    if staff.body_id != unit.body_id or (post is not None and post.unit_id != unit.pk):
        raise Refusal(
            N_("人员、单位和岗位必须属于同一机构。"),
            rule="registry.one_body",
            remedy=N_("请核对所选的单位和岗位。"),
        )


def _check_not_oneself(staff: Staff, by: HasActor) -> None:
    if isinstance(by, Officer) and by.staff_id == staff.pk:
        raise NotPermitted(
            N_("不能给自己授权。"),
            rule="registry.grant_to_others",
            article="GB/T 22239-2019",
            remedy=N_("请由另一位安全管理员办理。"),
        )


def _check_separate_administrators(staff: Staff, role: Role, at: datetime) -> None:
    """Refuse a second administrator post on one account (GB/T 22239-2019: three posts, three accounts)."""
    unended = Grant.objects.filter(staff=staff, ended_at=None, role__in=ADMINISTRATORS)
    held = set(unended.exclude(expires_on__lt=official_date(at)).values_list("role", flat=True))
    if role in ADMINISTRATORS and held - {role}:
        raise Refusal(
            N_("系统、安全、审计三个管理员必须由三个账号分别担任。"),
            rule="registry.separate_administrators",
            article="GB/T 22239-2019",
            remedy=N_("请把这项权限授予另一个账号。"),
        )


def _check_new(same: QuerySet[Grant]) -> None:
    if same.filter(ended_at=None).exists():
        raise Refusal(
            N_("这位同志已经有这项授权。"), rule="registry.grant_running_once", remedy=N_("请刷新页面。")
        )
