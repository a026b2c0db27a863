"""Writes of the registry: one function a verb, each with its ledger event."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.contrib.auth.hashers import make_password
from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry.models import (
    Body,
    DutyShift,
    Grant,
    HolidayOverride,
    Place,
    PlaceHours,
    Post,
    Staff,
    Unit,
)
from huiying.rules.events import EventKind
from huiying.rules.permissions import ADMINISTRATORS, Role
from huiying.rules.refusals import Refusal


@transaction.atomic
def body_found(
    *,
    code: str,
    name: str,
    short: str,
    superior_name: str = "",
    address: str = "",
    phone: str = "",
    by: HasActor,
    at: datetime,
) -> Body:
    """Found a body. Its short name prefixes every petition reference and cannot be shared."""
    body = Body.objects.create(
        code=code,
        name=name,
        short=short,
        superior_name=superior_name,
        address=address,
        phone=phone,
        founded_at=at,
    )
    ledger.append(EventKind.BODY_FOUNDED, body, by=by, at=at, body_id=body.pk, facts={"code": code})
    return body


@transaction.atomic
def unit_found(*, body: Body, code: str, name: str, kind: str, by: HasActor, at: datetime) -> Unit:
    """Found a unit in a body."""
    unit = Unit.objects.create(body=body, code=code, name=name, kind=kind)
    ledger.append(
        EventKind.UNIT_FOUNDED, unit, by=by, at=at, body_id=body.pk, facts={"code": code, "kind": kind}
    )
    return unit


@transaction.atomic
def post_create(*, unit: Unit, code: str, title: str, by: HasActor, at: datetime) -> Post:
    """Create a post in a unit; a plan's roles find it by its code."""
    post = Post.objects.create(unit=unit, code=code, title=title)
    ledger.append(EventKind.POST_CREATED, post, by=by, at=at, body_id=unit.body_id, facts={"code": code})
    return post


@transaction.atomic
def staff_enrol(
    *, body: Body, account: str, name: str, passphrase: str, email: str = "", by: HasActor, at: datetime
) -> Staff:
    """Enrol a member of staff with an account; the passphrase is kept as an Argon2 hash only."""
    staff = Staff(
        body=body, account=account, name=name, email=email, enrolled_at=at, password=make_password(passphrase)
    )
    staff.save(force_insert=True)
    ledger.append(EventKind.STAFF_ENROLLED, staff, by=by, at=at, body_id=body.pk)
    return staff


def _check_separate_administrators(staff: Staff, role: Role) -> None:
    """Refuse a second administrator post on one account (GB/T 22239-2019: three posts, three accounts)."""
    held = set(
        Grant.objects.filter(staff=staff, ended_at=None, role__in=ADMINISTRATORS).values_list(
            "role", flat=True
        )
    )
    if role in ADMINISTRATORS and held - {role}:
        raise Refusal(
            "系统、安全、审计三个管理员必须由三个账号分别担任。",
            rule="registry.separate_administrators",
            article="GB/T 22239-2019",
            remedy="请把这项权限授予另一个账号。",
        )


@transaction.atomic
def grant_give(
    *, staff: Staff, unit: Unit, role: Role, post: Post | None = None, by: HasActor, at: datetime
) -> Grant:
    """Give a role in a unit. Staff, unit and post belong to one body; administrators are kept apart."""
    if staff.body_id != unit.body_id or (post is not None and post.unit_id != unit.pk):
        raise Refusal(
            "人员、单位和岗位必须属于同一机构。", rule="registry.one_body", remedy="请核对所选的单位和岗位。"
        )
    _check_separate_administrators(staff, role)
    grant = Grant.objects.create(staff=staff, unit=unit, post=post, role=role, given_at=at)
    facts = {"staff": staff.pk, "unit": unit.pk, "role": role}
    ledger.append(EventKind.GRANT_GIVEN, grant, by=by, at=at, body_id=unit.body_id, facts=facts)
    return grant


@transaction.atomic
def grant_end(*, grant: Grant, by: HasActor, at: datetime) -> Grant:
    """End a running grant; the row stays."""
    if not Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=at):
        raise Refusal("这项授权已经结束。", rule="registry.grant_running")
    grant.refresh_from_db()
    ledger.append(EventKind.GRANT_ENDED, grant, by=by, at=at, body_id=grant.unit.body_id)
    return grant


@transaction.atomic
def place_open(
    *,
    body: Body,
    name: str,
    address: str,
    phone: str = "",
    hours: Sequence[tuple[int, time, time]],
    by: HasActor,
    at: datetime,
) -> Place:
    """Open a reception place; `hours` are (weekday with Monday 0, opens, closes)."""
    place = Place.objects.create(body=body, name=name, address=address, phone=phone, opened_at=at)
    PlaceHours.objects.bulk_create(PlaceHours(place=place, weekday=d, opens=o, closes=c) for d, o, c in hours)
    ledger.append(EventKind.PLACE_OPENED, place, by=by, at=at, body_id=body.pk, facts={"spans": len(hours)})
    return place


@transaction.atomic
def duty_plan(
    *, post: Post, staff: Staff, starts_at: datetime, ends_at: datetime, by: HasActor, at: datetime
) -> DutyShift:
    """Put one person on one post from one instant to another."""
    if ends_at <= starts_at:
        raise Refusal(
            "值班结束时间必须晚于开始时间。", rule="registry.shift_forward", remedy="请修改结束时间。"
        )
    shift = DutyShift.objects.create(post=post, staff=staff, starts_at=starts_at, ends_at=ends_at)
    facts = {"post": post.pk, "staff": staff.pk, "from": starts_at.isoformat(), "to": ends_at.isoformat()}
    ledger.append(EventKind.DUTY_PLANNED, shift, by=by, at=at, body_id=post.unit.body_id, facts=facts)
    return shift


@transaction.atomic
def calendar_override(
    *, body: Body, on: date, is_working: bool, reason: str, by: HasActor, at: datetime
) -> HolidayOverride:
    """Say that one day is, or is not, a working day for this body, and why."""
    override, _ = HolidayOverride.objects.update_or_create(
        body=body, on=on, defaults={"is_working": is_working, "reason": reason}
    )
    facts = {"on": on.isoformat(), "is_working": is_working}
    ledger.append(EventKind.CALENDAR_OVERRIDDEN, override, by=by, at=at, body_id=body.pk, facts=facts)
    return override
