"""Staff, their passphrases and their signing in."""

import re
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry import passphrases
from huiying.registry.actions.may import check_may
from huiying.registry.models import Body, Staff
from huiying.registry.officers import Officer
from huiying.rules.actors import ActorKind, ActorRef
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, NotPermitted
from huiying.rules.words import N_

ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
LANGUAGES = ("", "zh-hans", "zh-hant", "en")


@transaction.atomic
def staff_enrol(
    *,
    body: Body,
    account: str,
    name: str,
    passphrase: str,
    email: str = "",
    lent: bool = False,
    by: HasActor,
    at: datetime,
) -> Staff:
    """Enrol a member of staff with an account; the passphrase is kept as an Argon2 hash only.

    `lent`: an administrator knows the passphrase, so it is to be changed at the first sign-in. Raises Incomplete by
    field: an account that is taken or cannot be typed, a passphrase that is too short or known to everyone.
    """
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    account, name = account.strip(), " ".join(name.split())
    _check_account(account, name)
    staff = Staff(body=body, account=account, name=name, email=email, enrolled_at=at, passphrase_lent=lent)
    _check_passphrase(passphrase, staff)
    staff.password = make_password(passphrase)
    staff.save(force_insert=True)
    ledger.append(EventKind.STAFF_ENROLLED, staff, by=by, at=at, body_id=body.pk)
    return staff


@transaction.atomic
def staff_deactivate(*, staff: Staff, by: HasActor, at: datetime) -> Staff:
    """End an account: its sessions, watches and rights are void from now on; what it did keeps naming it."""
    _set_active(staff, False, by)
    ledger.append(EventKind.STAFF_DEACTIVATED, staff, by=by, at=at, body_id=staff.body_id)
    return staff


@transaction.atomic
def staff_return(*, staff: Staff, by: HasActor, at: datetime) -> Staff:
    """Open an ended account again; grants that were not ended meanwhile count again."""
    _set_active(staff, True, by)
    ledger.append(EventKind.STAFF_RETURNED, staff, by=by, at=at, body_id=staff.body_id)
    return staff


@transaction.atomic
def passphrase_lend(*, staff: Staff, passphrase: str, by: HasActor, at: datetime) -> Staff:
    """Give somebody who forgot theirs a new passphrase, to be changed at once; their sessions end.

    Whoever lends it could sign in with it themselves: the ledger says who lent one to whom, and two-step sign-in,
    which only the security administrator resets, keeps an account closed even then.
    """
    _check_others(staff, by)
    _check_passphrase(passphrase, staff)
    staff.password, staff.passphrase_lent = make_password(passphrase), True
    Staff.objects.filter(pk=staff.pk).update(password=staff.password, passphrase_lent=True)
    ledger.append(EventKind.PASSPHRASE_LENT, staff, by=by, at=at, body_id=staff.body_id)
    return staff


@transaction.atomic
def language_choose(*, staff: Staff, language: str, by: Officer) -> Staff:
    """Choose the language of one's own console; a taste and no act of office, so the ledger does not keep it."""
    if by.staff_id != staff.pk or language not in LANGUAGES:
        raise NotPermitted(N_("只能选择自己工作台的语言。"), rule="registry.own_language")
    Staff.objects.filter(pk=staff.pk).update(language=language)
    staff.language = language
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
    Staff.objects.filter(pk=staff.pk).update(password=staff.password, passphrase_lent=False)
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


def _set_active(staff: Staff, active: bool, by: HasActor) -> None:
    _check_others(staff, by)
    if not Staff.objects.filter(pk=staff.pk, is_active=not active).update(is_active=active):
        raise overtaken()
    staff.is_active = active


def _check_others(staff: Staff, by: HasActor) -> None:
    check_may(by, Action.REGISTRY_EDIT, staff.body_id)
    if isinstance(by, Officer) and by.staff_id == staff.pk:
        raise NotPermitted(
            N_("不能对自己的账号这样做。"),
            rule="registry.accounts_of_others",
            remedy=N_("请由另一位系统管理员办理；修改自己的口令，请到账号页。"),
        )


def _check_account(account: str, name: str) -> None:
    fields = {}
    if not ACCOUNT.fullmatch(account):
        fields["account"] = N_("账号用 2 到 40 个小写字母、数字、点、下划线或短横。")
    elif Staff.objects.filter(account=account).exists():
        fields["account"] = N_("这个账号已经有人用，请换一个。")
    if not name or len(name) > 40:
        fields["name"] = N_("请写姓名，不超过 40 字。")
    if fields:
        raise Incomplete(N_("人员没有入册。"), fields=fields, rule="registry.account")
