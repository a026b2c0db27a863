"""Corrective actions: ordered of one, handed in with evidence, verified by another."""

from datetime import date, datetime

from django.db import transaction

from huiying.learning.actions.shared import check_may, check_own, note, written
from huiying.learning.gate import absent
from huiying.learning.models import CorrectiveAction, Finding, FindingKind
from huiying.records import clock
from huiying.records.moves import change_state
from huiying.registry.models import Staff
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import CorrectiveState
from huiying.rules.permissions import Action
from huiying.rules.refusals import NotPermitted, Refusal
from huiying.rules.words import N_


def _check_order(finding: Finding, owner: Staff, due_on: date, at: datetime) -> None:
    if owner.body_id != finding.evaluation.body_id or not owner.is_active:
        absent()
    if finding.kind != FindingKind.GAP:
        raise Refusal(
            N_("只有“不足”才需要整改。"), rule="learning.gap_only", remedy=N_("请在对应的不足下面布置整改。")
        )
    if due_on < clock.official_date(at):
        raise Refusal(N_("整改期限不能早于今天。"), rule="learning.due_ahead", remedy=N_("请改一个日期。"))


@transaction.atomic
def corrective_order(
    *, finding: Finding, text: str, owner: Staff, due_on: date, by: Officer, at: datetime
) -> CorrectiveAction:
    """Order a corrective action of one member of staff by a day. 突发事件应对法 art. 87."""
    check_may(by, Action.EVALUATION_WRITE)
    check_own(by, finding.evaluation.body_id)
    kept = written({"text": text}, {"text": N_("请写明要整改什么。")})
    _check_order(finding, owner, due_on, at)
    action = CorrectiveAction.objects.create(
        body_id=finding.evaluation.body_id,
        finding=finding,
        text=kept["text"],
        owner=owner,
        due_on=due_on,
        ordered_by_id=by.staff_id,
        ordered_at=at,
    )
    facts = {"finding": finding.pk, "owner": owner.pk, "due_on": due_on.isoformat()}
    note(EventKind.CORRECTIVE_ORDERED, action, action.body_id, by=by, at=at, **facts)
    return action


@transaction.atomic
def corrective_done(
    *, action: CorrectiveAction, evidence: str, by: Officer, at: datetime
) -> CorrectiveAction:
    """Hand in the work with its evidence; only the owner can."""
    check_own(by, action.body_id)
    check_may(by, Action.CORRECTIVE_DO)
    if action.owner_id != by.staff_id:
        raise NotPermitted(
            N_("这项整改不由您负责。"), rule="learning.owner_only", remedy=N_("请由整改责任人办理。")
        )
    move = lifecycle.CORRECTIVE.check(CorrectiveState(action.state), CorrectiveState.DONE)
    kept = written({"evidence": evidence}, {"evidence": N_("请写明做了什么、凭什么可以核验。")})
    change_state(action, move, evidence=kept["evidence"], done_at=at)
    overdue = clock.official_date(at) > action.due_on
    note(EventKind.CORRECTIVE_DONE, action, action.body_id, by=by, at=at, overdue=overdue)
    return action


def _check_verifier(action: CorrectiveAction, by: Officer) -> None:
    check_own(by, action.body_id)
    check_may(by, Action.CORRECTIVE_VERIFY)
    if action.owner_id == by.staff_id:
        raise NotPermitted(
            N_("这项整改由您负责，须由另一个人核验。"),
            rule="learning.two_persons",
            remedy=N_("请联系其他督办员。"),
        )


@transaction.atomic
def corrective_verify(*, action: CorrectiveAction, by: Officer, at: datetime) -> CorrectiveAction:
    """Confirm that the work was done; never the owner's own."""
    _check_verifier(action, by)
    move = lifecycle.CORRECTIVE.check(CorrectiveState(action.state), CorrectiveState.VERIFIED)
    change_state(action, move, verified_by_id=by.staff_id, verified_at=at)
    note(EventKind.CORRECTIVE_VERIFIED, action, action.body_id, by=by, at=at)
    return action


@transaction.atomic
def corrective_return(
    *, action: CorrectiveAction, remark: str, by: Officer, at: datetime
) -> CorrectiveAction:
    """Send the work back with what is still missing; the day it was due stays."""
    _check_verifier(action, by)
    move = lifecycle.CORRECTIVE.check(CorrectiveState(action.state), CorrectiveState.RETURNED)
    kept = written({"remark": remark}, {"remark": N_("请写明还缺什么。")})
    change_state(action, move, return_note=kept["remark"])
    note(EventKind.CORRECTIVE_RETURNED, action, action.body_id, by=by, at=at)
    return action
