"""The one extension of a round's handling period (延期, C6): asked by who handles, approved by the unit's head."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.petitions.duties import concerned, head_missing
from huiying.petitions.gate import check_may
from huiying.petitions.holders import letter_to
from huiying.petitions.models import Extension, Petition, PetitionClock
from huiying.petitions.words import needed
from huiying.records import ledger, outbox
from huiying.records.clock import official_date
from huiying.records.moves import change_state, overtaken
from huiying.registry.officers import Officer
from huiying.rules import deadlines
from huiying.rules.clocks import ROWS, Clock
from huiying.rules.durations import CalendarDays
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.extension import LIFECYCLE, ExtensionState
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.permissions import Action, Role
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said

ART_34 = "信访工作条例 art. 34"
LONGEST = ROWS[Clock.HANDLE].extension or CalendarDays(0)


@transaction.atomic
def extension_ask(
    *, petition: Petition, days: int | None, reason: str, by: Officer, at: datetime
) -> Extension:
    """Ask for 1 to 30 more days to answer a complex matter, once a round; the last day stays until approved. art. 34.

    Raises Incomplete at `days` or `reason`, Refusal where no handling period runs or it has run out.
    """
    check_may(by, Action.EXTENSION_ASK, petition)
    clock = _running(petition, at)
    days, reason = _asked(days, reason)
    _check_once(petition)

    # The petition's row is held, so that no reply leaves between the look at its clock and the writing.
    if not Petition.objects.select_for_update().filter(pk=petition.pk, state=PetitionState.HANDLING).exists():
        raise overtaken()
    extension = _written(petition, days, reason, by, at)
    facts = {"days": days, "due_on": clock.due_on.isoformat()}
    ledger.append(EventKind.EXTENSION_ASKED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return extension


def _written(petition: Petition, days: int, reason: str, by: Officer, at: datetime) -> Extension:
    try:
        with transaction.atomic():
            return Extension.objects.create(
                petition=petition,
                round=petition.round,
                days=days,
                reason=reason,
                asked_at=at,
                asked_by_id=by.staff_id,
            )
    except IntegrityError:
        raise overtaken() from None


def _asked(days: int | None, reason: str) -> tuple[int, str]:
    fields: dict[str, str] = {}
    if days is None or not 1 <= days <= LONGEST.n:
        fields["days"] = said(N_("请填 1 到 {most} 之间的整数。"), most=LONGEST.n)
    try:
        reason = needed(reason, field="reason", missing=N_("请写明情况怎样复杂；信访人会看到。"))
    except Incomplete as wrong:
        fields |= wrong.fields
    if fields or days is None:
        raise Incomplete(N_("延期要写明天数和理由。"), fields=fields, rule="handle.extension", article=ART_34)
    return days, reason


def _running(petition: Petition, at: datetime) -> PetitionClock:
    """The handling clock that can still be extended; a period that has run out is late, and stays so."""
    if petition.kind != PetitionKind.REQUEST or petition.state != PetitionState.HANDLING:
        raise Refusal(
            N_("只有办理中的申诉求决可以延期。"),
            rule="handle.extension",
            article=ART_34,
            remedy=N_("请在期限内答复。"),
        )
    clock = petition.clocks.filter(
        clock=Clock.HANDLE, round=petition.round, met_at=None, stopped_at=None
    ).first()
    if clock is None or official_date(at) > clock.due_on:
        raise Refusal(
            N_("办理期限已过，不能再延期。"),
            rule="handle.extension",
            article=ART_34,
            remedy=N_("请尽快答复；逾期会照实记录。"),
        )
    return clock


def _check_once(petition: Petition) -> None:
    running = petition.extensions.filter(round=petition.round).exclude(state=ExtensionState.REFUSED).first()
    if running is None:
        return
    if running.state == ExtensionState.ASKED:
        raise Refusal(
            N_("已经申请过延期，正在等待批准。"), rule="handle.extension", remedy=N_("请等负责人决定。")
        )
    raise Refusal(
        N_("办理期限只能延长一次。"),
        rule="handle.extension",
        article=ART_34,
        remedy=deadlines.REMEDY_LONGER,
    )


@transaction.atomic
def extension_approve(*, extension: Extension, by: Officer, at: datetime) -> Extension:
    """Approve the longer period and tell the person why, in the same moment. 信访工作条例 art. 34.

    By a head of the unit, who is neither who asked nor who handles; by a supervisor only where no such head is left.
    """
    petition = extension.petition
    check_may(by, Action.EXTENSION_APPROVE, petition)
    move = LIFECYCLE.check(ExtensionState(extension.state), ExtensionState.APPROVED)
    clock = _running(petition, at)
    check_approver(extension, by=by, at=at)
    due = deadlines.due(Clock.HANDLE, clock.starts_on, extended=CalendarDays(extension.days))

    change_state(extension, move, decided_at=at, decided_by_id=by.staff_id)
    still = PetitionClock.objects.filter(pk=clock.pk, met_at=None, stopped_at=None, extended_days=0)
    if not still.update(due_on=due.due_on, extended_days=extension.days):
        raise overtaken()
    facts = {"days": extension.days, "due_on": due.due_on.isoformat()}
    ledger.append(EventKind.EXTENSION_APPROVED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    outbox.put("extension_approved", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return extension


def check_approver(extension: Extension, *, by: Officer, at: datetime) -> None:
    """Raise Refusal unless this officer may approve it: C6, art. 34, and never who asked or handles."""
    for staff_id in concerned(extension):
        deadlines.extension_check(
            handler=str(staff_id),
            approver=str(by.staff_id),
            reason=extension.reason,
            days=CalendarDays(extension.days),
            notice_sent=True,  # the letter below, and the page for those who left no address
            already_extended=False,  # one a round: the database holds it
        )
    _check_head(extension, by, at)


def _check_head(extension: Extension, by: Officer, at: datetime) -> None:
    """A supervisor stands in only where the unit has no head left who may decide."""
    petition = extension.petition
    head = any(
        grant.role == Role.UNIT_HEAD and grant.unit_id == petition.handling_unit_id for grant in by.grants
    )
    if not head and not head_missing(petition, at=at, besides=concerned(extension)):
        raise Refusal(
            N_("延期由承办单位的负责人批准。"),
            rule="handle.extension",
            article=ART_34,
            remedy=N_("请联系承办单位负责人。"),
        )


@transaction.atomic
def extension_refuse(*, extension: Extension, words: str, by: Officer, at: datetime) -> Extension:
    """Refuse the longer period, with why; the last day stays, and another request may follow. art. 34."""
    petition = extension.petition
    check_may(by, Action.EXTENSION_APPROVE, petition)
    move = LIFECYCLE.check(ExtensionState(extension.state), ExtensionState.REFUSED)
    _check_head(extension, by, at)
    words = needed(words, field="words", missing=N_("请写明为什么不同意，承办人会看到。"))

    change_state(extension, move, decided_at=at, decided_by_id=by.staff_id, words=words)
    ledger.append(EventKind.EXTENSION_REFUSED, petition, by=by, at=at, body_id=petition.body_id)
    return extension
