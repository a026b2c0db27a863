"""Staff, their passphrases, their grants and their signing in."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry import passphrases
from huiying.registry.actions.may import check_may
from huiying.registry.models import Body, Grant, Post, Staff, Unit
from huiying.registry.officers import Officer
from huiying.rules.actors import ActorKind, ActorRef
from huiying.rules.events import EventKind
from huiying.rules.permissions import ADMINISTRATORS, Action, Role
from huiying.rules.refusals import Incomplete, NotPermitted, Refusal
from huiying.rules.words import N_


@transaction.atomic
def staff_enrol(
    *, body: Body, account: str, name: str, passphrase: str, email: str = "", by: HasActor, at: datetime
) -> Staff:
    """Enrol a member of staff with an account; the passphrase is kept as an Argon2 hash only.

    Raises Incomplete for a passphrase that is too short or known to everyone.
    """
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    staff = Staff(body=body, account=account, name=name, email=email, enrolled_at=at)
    _check_passphrase(passphrase, staff)
    staff.password = make_password(passphrase)
    staff.save(force_insert=True)
    ledger.append(EventKind.STAFF_ENROLLED, staff, by=by, at=at, body_id=body.pk)
    return staff


@transaction.atomic
def passphrase_change(*, staff: Staff, old: str, new: str, by: Officer, at: datetime) -> Staff:
    """Change one's own passphrase; the old one must be known. Raises Incomplete by field, NotPermitted for others."""
    if by.staff_id != staff.pk:
        raise NotPermitted(N_("只能修改自己的口令。"), rule="registry.own_passphrase")
    if not staff.check_password(old):
        raise Incomplete(
            N_("口令没有修改。"), fields={"old": N_("现在的口令不对。")}, rule="registry.old_passphrase"
        )
    _check_passphrase(new, staff)
    staff.password = make_password(new)
    Staff.objects.filter(pk=staff.pk).update(password=staff.password)
    ledger.append(EventKind.PASSPHRASE_CHANGED, staff, by=by, at=at, body_id=staff.body_id)
    return staff


@transaction.atomic
def sign_in(*, staff: Staff, at: datetime) -> Staff:
    """Record that an account signed in. GB/T 22239-2019 asks for every sign-in with its time."""
    ledger.append(EventKind.SIGNED_IN, staff, by=_oneself(staff), at=at, body_id=staff.body_id)
    return staff


@transaction.atomic
def sign_in_lock(*, account: str, at: datetime) -> None:
    """Record that an account was locked after repeated failures; an unknown account leaves no trace."""
    staff = Staff.objects.filter(account=account).first()
    if staff is not None:
        by = ActorRef(ActorKind.PUBLIC)
        ledger.append(EventKind.SIGN_IN_LOCKED, staff, by=by, at=at, body_id=staff.body_id)


@transaction.atomic
def grant_give(
    *, staff: Staff, unit: Unit, role: Role, post: Post | None = None, by: HasActor, at: datetime
) -> Grant:
    """Give a role in a unit. Staff, unit and post belong to one body; administrators are kept apart."""
    check_may(by, Action.GRANT_EDIT, unit.body_id)
    Staff.objects.select_for_update().get(
        pk=staff.pk
    )  # two givers at once see each other's administrator post
    _check_one_body(staff, unit, post)
    _check_not_oneself(staff, by)
    _check_separate_administrators(staff, role)
    _check_new(staff, unit, role, post)
    grant = Grant.objects.create(staff=staff, unit=unit, post=post, role=role, given_at=at)
    facts = {"staff": staff.pk, "unit": unit.pk, "role": role, **({"post": post.pk} if post else {})}
    ledger.append(EventKind.GRANT_GIVEN, grant, by=by, at=at, body_id=unit.body_id, facts=facts)
    return grant


@transaction.atomic
def grant_end(*, grant: Grant, by: HasActor, at: datetime) -> Grant:
    """End a running grant; the row stays."""
    check_may(by, Action.GRANT_EDIT, grant.unit.body_id)
    if not Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=at):
        raise Refusal(N_("这项授权已经结束。"), rule="registry.grant_running", remedy=N_("请刷新页面。"))
    grant.refresh_from_db()
    facts = {"staff": grant.staff_id, "unit": grant.unit_id, "role": grant.role}
    ledger.append(EventKind.GRANT_ENDED, grant, by=by, at=at, body_id=grant.unit.body_id, facts=facts)
    return grant


def _oneself(staff: Staff) -> ActorRef:
    return ActorRef(ActorKind.STAFF, str(staff.pk))


def _check_passphrase(passphrase: str, staff: Staff) -> None:
    try:
        validate_password(passphrase, staff)
    except ValidationError as wrong:
        raise Incomplete(
            N_("这个口令不能使用。"), fields={"new": " ".join(wrong.messages)}, rule="registry.passphrase"
        ) from None
    if passphrases.refused_here(passphrase):
        raise Incomplete(
            N_("这个口令不能使用。"),
            fields={"new": passphrases.PUBLISHED},
            rule="registry.published_passphrase",
        )


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


def _check_separate_administrators(staff: Staff, role: Role) -> None:
    """Refuse a second administrator post on one account (GB/T 22239-2019: three posts, three accounts)."""
    running = Grant.objects.filter(staff=staff, ended_at=None, role__in=ADMINISTRATORS)
    held = set(running.values_list("role", flat=True))
    if role in ADMINISTRATORS and held - {role}:
        raise Refusal(
            N_("系统、安全、审计三个管理员必须由三个账号分别担任。"),
            rule="registry.separate_administrators",
            article="GB/T 22239-2019",
            remedy=N_("请把这项权限授予另一个账号。"),
        )


def _check_new(staff: Staff, unit: Unit, role: Role, post: Post | None) -> None:
    if Grant.objects.filter(staff=staff, unit=unit, role=role, post=post, ended_at=None).exists():
        raise Refusal(
            N_("这位同志已经有这项授权。"), rule="registry.grant_running_once", remedy=N_("请刷新页面。")
        )
