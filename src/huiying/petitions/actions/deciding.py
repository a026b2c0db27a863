"""What the petition office decides: accept, decline, refer, assign; and the facet that speaks of danger."""

from datetime import datetime

from django.db import transaction

from huiying.petitions.actions.clocks import meet, redate, stop_all
from huiying.petitions.actions.objecting import unit_clocks_start
from huiying.petitions.actions.recusing import check_untainted
from huiying.petitions.duties import head_missing
from huiying.petitions.gate import check_may
from huiying.petitions.holders import letter_to
from huiying.petitions.models import Petition
from huiying.petitions.words import clean
from huiying.records import ledger, outbox, search
from huiying.records.clock import official_date
from huiying.records.moves import change_state
from huiying.registry.granting import running_at
from huiying.registry.models import Staff, Unit
from huiying.registry.officers import Officer
from huiying.rules import deadlines
from huiying.rules.clocks import Clock
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind, PetitionState
from huiying.rules.permissions import Action, Role
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.reply import MET_BY_REPLY, REVIEWABLE, remedy_statement
from huiying.rules.words import N_

ART_30 = "信访工作条例 art. 30"


@transaction.atomic
def petition_accept(*, petition: Petition, by: Officer, at: datetime) -> Petition:
    """Accept a registered petition (受理), tell the person, start the handling clock. 信访工作条例 art. 22, 23, 34.

    Only a request has the 60-day clock. A notice that was missed buys no time: the clock then runs from the
    day the notice was due, and the petition is flagged.
    """
    check_may(by, Action.PETITION_ACCEPT, petition)
    _check_not_accusation(petition)
    move = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.ACCEPTED, action="petition_accept"
    )
    due = _handling_due(petition, at)

    change_state(petition, move, accepted_at=at)
    meet(petition, Clock.NOTICE, at=at)
    facts: dict[str, object] = {}
    if petition.kind == PetitionKind.REQUEST:
        redate(petition, due)
        facts = {"due_on": due.due_on.isoformat(), "notice_overdue": due.notice_overdue}
    ledger.append(EventKind.PETITION_ACCEPTED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    outbox.put("petition_accepted", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return petition


def _handling_due(petition: Petition, at: datetime) -> deadlines.Due:
    notice = deadlines.notice_due(received_on=official_date(petition.received_at))
    return deadlines.handling_due(accepted_on=official_date(at), notice_due_on=notice.due_on)


def _check_not_accusation(petition: Petition) -> None:
    if petition.kind == PetitionKind.ACCUSATION:
        raise Refusal(
            N_("检举控告只由督办员查看，不能按一般诉求受理、分办。"),
            rule="petition.accusation",
            article=ART_30,
            remedy=N_("请交由督办员处理。"),
        )


@transaction.atomic
def petition_decline(*, petition: Petition, reason: str, whereto: str, by: Officer, at: datetime) -> Petition:
    """Decline (不予受理), saying why and who is competent. 信访工作条例 art. 22, 23."""
    check_may(by, Action.PETITION_DECLINE, petition)
    _check_not_accusation(petition)
    move = lifecycle.LIFECYCLE.check(PetitionState(petition.state), PetitionState.DECLINED)
    reason, whereto = _told(reason, whereto)

    change_state(petition, move, declined_at=at, reason=reason, whereto=whereto)
    _leave(petition, at)
    ledger.append(EventKind.PETITION_DECLINED, petition, by=by, at=at, body_id=petition.body_id)
    outbox.put("petition_declined", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return petition


@transaction.atomic
def petition_refer(*, petition: Petition, reason: str, whereto: str, by: Officer, at: datetime) -> Petition:
    """Refer (转送) to the body that is competent, and tell the person where it went. 信访工作条例 art. 22, 23."""
    check_may(by, Action.PETITION_REFER, petition)
    _check_not_accusation(petition)
    move = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.REFERRED, action="petition_refer"
    )
    reason, whereto = _told(reason, whereto)

    change_state(petition, move, referred_at=at, reason=reason, whereto=whereto)
    _leave(petition, at)
    ledger.append(EventKind.PETITION_REFERRED, petition, by=by, at=at, body_id=petition.body_id)
    outbox.put("petition_referred", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return petition


def _told(reason: str, whereto: str) -> tuple[str, str]:
    reason, whereto = clean(reason), clean(whereto)
    fields = {}
    if not reason:
        fields["reason"] = N_("请写明理由，信访人会看到。")
    if not whereto:
        fields["whereto"] = N_("请写明应当向哪个机关、单位提出，以及怎样去。")
    if len(whereto) > 200:
        fields["whereto"] = N_("去处不超过 200 字。")
    if fields:
        raise Incomplete(
            N_("不予受理或转送，要告诉信访人为什么、去哪里。"), fields=fields, article="信访工作条例 art. 23"
        )
    return reason, whereto


def _leave(petition: Petition, at: datetime) -> None:
    meet(petition, Clock.ROUTE, at=at)
    meet(petition, Clock.NOTICE, at=at)
    stop_all(petition, at=at)


def petition_assign(
    *, petition: Petition, unit: Unit, handler: Staff | None = None, by: Officer, at: datetime
) -> Petition:
    """Assign (分办) to the unit that handles it; its notice (C3) and its right to object (C4) start. art. 22, 23.

    A confidential petition leaves the petition office only with its shielded copy. An attempt to give it to somebody
    who is recused is refused and recorded (art. 28).
    """
    check_may(by, Action.PETITION_ASSIGN, petition)
    if handler is not None:
        check_untainted(petition, handler, by=by, at=at)
    return _assigned(petition, unit, handler, by, at)


@transaction.atomic
def _assigned(petition: Petition, unit: Unit, handler: Staff | None, by: Officer, at: datetime) -> Petition:
    _check_not_accusation(petition)
    move = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.HANDLING, action="petition_assign"
    )
    _check_assignable(petition, unit, handler, at)
    _check_signable(petition, unit, at)

    change_state(
        petition,
        move,
        handling_unit=unit,
        handler=handler,
        liaison=handler,  # whom the person may ask; shown on their page
        assigned_at=at,
        draft_state=DraftState.WRITING,
    )
    _lay_remedy(petition)
    meet(petition, Clock.ROUTE, at=at)
    due = unit_clocks_start(petition, unit.pk, at=at)
    answered_by = MET_BY_REPLY[PetitionKind(petition.kind)]
    petition.clocks.filter(clock=answered_by, round=petition.round).update(unit_id=unit.pk)
    search.move("petition", petition.pk, body_id=petition.body_id, unit_id=unit.pk)
    facts = {"unit": unit.pk, "handler": handler.pk if handler else None, "due_on": due.due_on.isoformat()}
    ledger.append(EventKind.PETITION_ASSIGNED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    outbox.put("petition_assigned", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return petition


def _check_signable(petition: Petition, unit: Unit, at: datetime) -> None:
    """A unit whose every head is recused could never answer: it is for the body above, or for another unit."""
    recused = petition.recusals.filter(staff__grants__unit=unit, staff__grants__role=Role.UNIT_HEAD)
    if recused.exists() and head_missing(petition, at=at, unit=unit):
        raise Refusal(
            N_("这个单位的负责人都须回避，没有人可以审核答复。"),
            rule="petition.recusal",
            article="信访工作条例 art. 28",
            remedy=N_("请由上一级机关办理，或者分给其他有权处理的单位。"),
        )


def _lay_remedy(petition: Petition) -> None:
    """The way on stands in a request's draft from the beginning; the unit may word it otherwise. art. 35."""
    if petition.kind in REVIEWABLE:
        above = petition.body.superior_name or N_("上一级机关")
        petition.claims.filter(remedy="").update(remedy=remedy_statement(above).text)


def _check_assignable(petition: Petition, unit: Unit, handler: Staff | None, at: datetime) -> None:
    if unit.body_id != petition.body_id:
        raise Incomplete(
            N_("请选择本机构的单位。"), fields={"unit": N_("请选择本机构的单位。")}, rule="petition.assign"
        )
    if handler is not None and not handler.grants.filter(running_at(at), unit=unit).exists():
        raise Incomplete(
            N_("承办人不在这个单位。"),
            fields={"handler": N_("请从该单位选择承办人。")},
            rule="petition.assign",
        )
    if petition.confidentiality == Confidentiality.CONFIDENTIAL and petition.shielded_at is None:
        raise Refusal(
            N_("信访人要求保密，脱敏副本确认之前不能分办。"),
            rule="petition.shield_first",
            article=ART_30,
            remedy=N_("请先写好并确认脱敏副本。"),
        )


@transaction.atomic
def petition_facet(*, petition: Petition, danger: bool, by: Officer, at: datetime) -> Petition:
    """Say, or take back, that somebody is in danger in this matter: a facet of the matter, seen by a clerk."""
    check_may(by, Action.PETITION_FACET, petition)
    Petition.objects.filter(pk=petition.pk).update(danger=danger)
    petition.danger = danger
    facts = {"danger": danger}
    ledger.append(EventKind.PETITION_FACET_SET, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return petition
