"""Two-step sign-in: begun, confirmed with a code, ended by its owner, reset by the security administrator."""

from datetime import datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry import second_factor
from huiying.registry.actions.may import check_may
from huiying.registry.models import RecoveryCode, SecondFactor, Staff
from huiying.registry.officers import Officer
from huiying.rules.actors import ActorKind, ActorRef
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, NotPermitted, Refusal
from huiying.rules.words import N_

WRONG_CODE = N_("验证码不对，或已经用过。请等应用里出现新的 6 位数字再输入。")


@transaction.atomic
def second_factor_begin(*, staff: Staff, by: Officer, at: datetime) -> SecondFactor:
    """Draw a fresh secret for one's own account; nothing is asked for at sign-in until a code of it was seen.

    What was begun before and never confirmed is replaced. Raises Refusal where two steps are on already.
    """
    _check_oneself(staff, by)
    if SecondFactor.objects.filter(staff=staff).exclude(confirmed_at=None).exists():
        raise Refusal(
            N_("两步验证已经开启。"),
            rule="registry.second_factor",
            remedy=N_("要换一部手机，请先关闭再重新开启。"),
        )
    SecondFactor.objects.filter(staff=staff).delete()
    sealed = second_factor.seal(second_factor.new_secret(), staff.pk)
    return SecondFactor.objects.create(staff=staff, sealed=sealed, begun_at=at)


@transaction.atomic
def second_factor_confirm(*, staff: Staff, code: str, by: Officer, at: datetime) -> list[str]:
    """Turn two steps on once a code was seen; the ten recovery codes, which are shown once and kept as hashes only.

    Raises Incomplete(code) for a wrong code, Refusal where nothing was begun.
    """
    _check_oneself(staff, by)
    factor = SecondFactor.objects.filter(staff=staff, confirmed_at=None).first()
    if factor is None:
        raise Refusal(
            N_("没有等待确认的两步验证。"), rule="registry.second_factor", remedy=N_("请从账号页重新开始。")
        )
    step = second_factor.step_of(factor, code, at)
    waiting = SecondFactor.objects.filter(staff=staff, confirmed_at=None, sealed=bytes(factor.sealed))
    if step is None or not waiting.update(confirmed_at=at, last_step=step):
        raise Incomplete(
            N_("两步验证还没有开启。"), fields={"code": WRONG_CODE}, rule="registry.second_factor"
        )
    ledger.append(EventKind.SECOND_FACTOR_ON, staff, by=by, at=at, body_id=staff.body_id)
    return _fresh_codes(factor)


@transaction.atomic
def recovery_codes_renew(*, staff: Staff, code: str, by: Officer, at: datetime) -> list[str]:
    """Ten new recovery codes in place of the old ones, for a code of the authenticator. Raises Incomplete(code)."""
    _check_oneself(staff, by)
    factor = _running(staff)
    if not _spend(factor, code, at):
        raise Incomplete(N_("恢复码没有更换。"), fields={"code": WRONG_CODE}, rule="registry.second_factor")
    ledger.append(EventKind.RECOVERY_CODES_RENEWED, staff, by=by, at=at, body_id=staff.body_id)
    return _fresh_codes(factor)


@transaction.atomic
def second_factor_end(*, staff: Staff, passphrase: str, code: str, by: Officer, at: datetime) -> None:
    """Turn two steps off again, with the passphrase and a code (of the authenticator, or a recovery code)."""
    _check_oneself(staff, by)
    factor = _running(staff)
    wrong = {}
    if not staff.check_password(passphrase):
        wrong["passphrase"] = N_("口令不对。")
    elif not _opens(factor, code, at):
        wrong["code"] = WRONG_CODE
    if wrong:
        raise Incomplete(N_("两步验证仍然开启。"), fields=wrong, rule="registry.second_factor")
    factor.delete()
    ledger.append(EventKind.SECOND_FACTOR_OFF, staff, by=by, at=at, body_id=staff.body_id)


@transaction.atomic
def second_factor_reset(*, staff: Staff, by: HasActor, at: datetime) -> None:
    """Take the second step from an account whose owner lost authenticator and recovery codes; never from one's own.

    The security administrator's act: whoever can set passphrases must not be able to set this aside too.
    """
    check_may(by, Action.GRANT_EDIT, staff.body_id)
    if isinstance(by, Officer) and by.staff_id == staff.pk:
        raise NotPermitted(N_("不能重置自己的两步验证。"), rule="registry.second_factor_of_others")
    _running(staff).delete()
    ledger.append(EventKind.SECOND_FACTOR_RESET, staff, by=by, at=at, body_id=staff.body_id)


@transaction.atomic
def second_factor_pass(*, staff: Staff, code: str, at: datetime) -> bool:
    """Whether a code passes the second step of signing in; a code passes once. GB/T 22239-2019: two ways to know one."""
    factor = SecondFactor.objects.filter(staff=staff).exclude(confirmed_at=None).first()
    return factor is not None and _opens(factor, code, at)


def _opens(factor: SecondFactor, code: str, at: datetime) -> bool:
    return _spend(factor, code, at) or _spend_recovery(factor, code, at)


def _spend(factor: SecondFactor, code: str, at: datetime) -> bool:
    """Use a code of the authenticator: of two who send the same, one passes."""
    step = second_factor.step_of(factor, code, at)
    if step is None:
        return False
    return bool(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step))


def _spend_recovery(factor: SecondFactor, code: str, at: datetime) -> bool:
    hashed = second_factor.recovery_hash(code, factor.staff_id)
    unused = RecoveryCode.objects.filter(factor=factor, code_hash=hashed, used_at=None)
    if not unused.update(used_at=at):
        return False
    left = RecoveryCode.objects.filter(factor=factor, used_at=None).count()
    by = ActorRef(ActorKind.STAFF, str(factor.staff_id))
    ledger.append(
        EventKind.RECOVERY_CODE_USED,
        factor.staff,
        by=by,
        at=at,
        body_id=factor.staff.body_id,
        facts={"left": left},
    )
    return True


def _fresh_codes(factor: SecondFactor) -> list[str]:
    codes = second_factor.new_recovery_codes()
    RecoveryCode.objects.filter(factor=factor).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, code_hash=second_factor.recovery_hash(code, factor.staff_id))
        for code in codes
    )
    return codes


def _running(staff: Staff) -> SecondFactor:
    factor = SecondFactor.objects.filter(staff=staff).exclude(confirmed_at=None).first()
    if factor is None:
        raise Refusal(
            N_("这个账号没有开启两步验证。"), rule="registry.second_factor", remedy=N_("请刷新页面。")
        )
    return factor


def _check_oneself(staff: Staff, by: Officer) -> None:
    if by.staff_id != staff.pk:
        raise NotPermitted(N_("只能设置自己的两步验证。"), rule="registry.own_second_factor")
