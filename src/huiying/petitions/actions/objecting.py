"""The unit's word that it is not competent (异议, C4), and the petition office's decision. The handling clock runs on."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.petitions.actions.clocks import start, stop
from huiying.petitions.gate import check_may
from huiying.petitions.models import Objection, Petition, PetitionClock
from huiying.petitions.words import WHERE_MAX, needed
from huiying.records import ledger, search
from huiying.records.clock import official_date
from huiying.records.moves import change_state, overtaken
from huiying.registry import calendars
from huiying.registry.officers import Officer
from huiying.rules import deadlines
from huiying.rules.clocks import Clock
from huiying.rules.deadlines import Due
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.objection import LIFECYCLE, ObjectionState
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_

ART_23 = "信访工作条例 art. 23"


def unit_clocks_start(petition: Petition, unit_id: int, *, at: datetime) -> Due:
    """Start what runs for a unit that receives a matter: its notice (C3) and its right to object (C4). The notice's due."""
    received_on = official_date(at)
    calendar = calendars.calendar_for(petition.body_id, years=range(received_on.year, received_on.year + 2))
    notice = deadlines.notice_due(received_on=received_on)
    start(petition, notice, unit_id=unit_id)
    start(petition, deadlines.objection_due(received_on=received_on, calendar=calendar), unit_id=unit_id)
    return notice


@transaction.atomic
def objection_raise(
    *, petition: Petition, reason: str, competent: str = "", by: Officer, at: datetime
) -> Objection:
    """Say that the unit is not competent, why, and who is: within 5 working days of receiving it. art. 23.

    Raises Incomplete at `reason` or `competent`; Refusal once the days are over: the unit then keeps the matter.
    """
    check_may(by, Action.OBJECTION_RAISE, petition)
    clock = _open_right(petition, at)
    reason = needed(reason, field="reason", missing=N_("请写明为什么不属于本单位职责。"))
    competent = needed(competent, field="competent", most=WHERE_MAX)

    if not Petition.objects.select_for_update().filter(pk=petition.pk, state=PetitionState.HANDLING).exists():
        raise overtaken()
    if not PetitionClock.objects.filter(pk=clock.pk, met_at=None, stopped_at=None).update(met_at=at):
        raise overtaken()
    objection = _written(petition, reason, competent, by, at)
    facts = {"unit": petition.handling_unit_id}
    ledger.append(EventKind.OBJECTION_RAISED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return objection


def _written(petition: Petition, reason: str, competent: str, by: Officer, at: datetime) -> Objection:
    assert petition.handling_unit_id is not None  # a unit's clock runs, so there is a unit
    try:
        with transaction.atomic():
            return Objection.objects.create(
                petition=petition,
                unit_id=petition.handling_unit_id,
                reason=reason,
                competent=competent,
                raised_at=at,
                raised_by_id=by.staff_id,
            )
    except IntegrityError:
        raise overtaken() from None


def _open_right(petition: Petition, at: datetime) -> PetitionClock:
    clock = petition.clocks.filter(
        clock=Clock.OBJECTION,
        unit_id=petition.handling_unit_id,
        round=petition.round,
        met_at=None,
        stopped_at=None,
    ).first()
    if petition.state != PetitionState.HANDLING or clock is None:
        raise Refusal(
            N_("现在不能提出异议。"),
            rule="objection",
            article=ART_23,
            remedy=N_("异议在分办到本单位以后提出，只能提一次。"),
        )
    if official_date(at) > clock.due_on:
        raise Refusal(
            N_("提出异议的 5 个工作日已过，由本单位继续办理。"),
            rule="objection",
            article=ART_23,
            remedy=N_("需要其他单位配合的，可以请求协办。"),
        )
    return clock


def right_end(petition: Petition, *, at: datetime) -> None:
    """The unit answers, so its right to object ends. Raises Refusal while an objection of its own waits.

    Called by `reply_send` within its own transaction.
    """
    stop(petition, Clock.OBJECTION, at=at)
    if petition.objections.filter(state=ObjectionState.RAISED).exists():
        raise Refusal(
            N_("本单位提出的异议还没有答复，现在不能发出答复。"),
            rule="objection",
            article=ART_23,
            remedy=N_("请等信访部门决定；办理期限照常计算。"),
        )


@transaction.atomic
def objection_agree(*, objection: Objection, words: str = "", by: Officer, at: datetime) -> Objection:
    """Agree: the matter goes back to be assigned anew; the unit's clocks stop, the handling clock does not. art. 23."""
    petition = objection.petition
    check_may(by, Action.OBJECTION_DECIDE, petition)
    move = LIFECYCLE.check(ObjectionState(objection.state), ObjectionState.AGREED)
    back = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.ACCEPTED, action="objection_agree"
    )
    words = needed(words, field="words")

    change_state(objection, move, decided_at=at, decided_by_id=by.staff_id, words=words)
    change_state(
        petition,
        back,
        handling_unit=None,
        handler=None,
        liaison=None,
        assigned_at=None,
        notified_at=None,
        draft_state=DraftState.WRITING,
    )
    _leave_unit(petition, objection.unit_id, at)
    search.move("petition", petition.pk, body_id=petition.body_id, unit_id=None)
    facts = {"unit": objection.unit_id}
    ledger.append(EventKind.OBJECTION_AGREED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return objection


def _leave_unit(petition: Petition, unit_id: int, at: datetime) -> None:
    """The unit's own clocks stop; what else runs for it, the answer above all, runs on for the body."""
    running = petition.clocks.filter(unit_id=unit_id, met_at=None, stopped_at=None)
    running.filter(clock__in=(Clock.NOTICE, Clock.OBJECTION)).update(stopped_at=at)
    running.update(unit_id=None)


@transaction.atomic
def objection_refuse(*, objection: Objection, words: str, by: Officer, at: datetime) -> Objection:
    """Do not agree, with the reasons: the unit keeps the matter. 信访工作条例 art. 23."""
    petition = objection.petition
    check_may(by, Action.OBJECTION_DECIDE, petition)
    move = LIFECYCLE.check(ObjectionState(objection.state), ObjectionState.REFUSED)
    words = needed(words, field="words", missing=N_("请写明为什么由该单位办理。"))

    change_state(objection, move, decided_at=at, decided_by_id=by.staff_id, words=words)
    facts = {"unit": objection.unit_id}
    ledger.append(EventKind.OBJECTION_REFUSED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return objection
