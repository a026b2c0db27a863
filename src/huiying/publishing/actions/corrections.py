"""Corrections: the corrected text stands beside the new one, with the reason, signed by two persons."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.emergency.texts import check_short_enough, cleaned
from huiying.publishing.actions.notices import (
    REMARK_LENGTH,
    check_own_body,
    check_second_person,
    note,
    remark_of,
)
from huiying.publishing.actions.versions import version_write
from huiying.publishing.models import Correction, CorrectionState, Notice
from huiying.publishing.reasons import ReturnReason
from huiying.publishing.texts import NoticeText, check_complete, check_storable, tidy
from huiying.records.moves import change_state, overtaken
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import NoticeState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_


@transaction.atomic
def correction_propose(
    *, notice: Notice, text: NoticeText, reason: str, by: Officer, at: datetime
) -> Correction:
    """Write the right text beside the wrong one and ask a second person to sign. 政府信息公开条例 art. 6."""
    by.check(Action.NOTICE_DRAFT)
    check_own_body(notice, by)
    lifecycle.NOTICE.check(NoticeState(notice.state), NoticeState.CORRECTED)
    why, text = _why(reason), tidy(text)
    check_storable(text)
    check_complete(text)
    assert notice.current is not None
    version = version_write(notice, text, by=by, at=at)
    correction = _put(notice, version.pk, why, by, at)
    note(
        EventKind.CORRECTION_PROPOSED, notice, by=by, at=at, correction=correction.pk, version=version.number
    )
    return correction


def _why(reason: str) -> str:
    """The reason as everyone will read it, or Incomplete."""
    why = cleaned(reason)
    if not why:
        raise Incomplete(
            N_("还不能提交更正。"),
            fields={"reason": N_("请写明哪里错了、怎么错的：这句话会和更正一起公开。")},
            rule="publishing.correction_reasoned",
        )
    check_short_enough({"reason": why}, {"reason": REMARK_LENGTH}, rule="publishing.length")
    return why


def _put(notice: Notice, version_id: int, reason: str, by: Officer, at: datetime) -> Correction:
    """The waiting correction; the database holds that there is only one at a time."""
    frm = notice.current
    assert frm is not None
    try:
        with transaction.atomic():
            return Correction.objects.create(
                notice=notice,
                frm=frm,
                to_id=version_id,
                reason=reason,
                proposed_by_id=by.staff_id,
                proposed_at=at,
            )
    except IntegrityError as clash:
        raise overtaken() from clash


def _check_waiting(correction: Correction) -> None:
    if correction.state != CorrectionState.PROPOSED:
        raise IllegalMove(
            N_("这次更正已经有了结论。"),
            rule="publishing.correction_waiting",
            remedy=N_("如果还有不对的地方，请再提交一次更正。"),
        )


def _settle(correction: Correction, **fields: object) -> None:
    rows = Correction.objects.filter(pk=correction.pk, state=CorrectionState.PROPOSED)
    if not rows.update(**fields):
        raise overtaken()
    correction.refresh_from_db()


@transaction.atomic
def correction_approve(*, correction: Correction, by: Officer, at: datetime) -> Correction:
    """Sign a correction as the second person; with the signature it is public, beside the corrected text."""
    notice = correction.notice
    check_own_body(notice, by)
    by.check(Action.NOTICE_APPROVE, unit_id=notice.issuer_id)
    _check_waiting(correction)
    move = lifecycle.NOTICE.check(NoticeState(notice.state), NoticeState.CORRECTED)
    check_second_person({correction.proposed_by_id}, by)
    _settle(correction, state=CorrectionState.PUBLISHED, approved_by_id=by.staff_id, approved_at=at)
    change_state(notice, move, current_id=correction.to_id, changed_at=at)
    notice.versions.filter(pk=correction.to_id).update(published_at=at)
    notice.refresh_from_db()
    note(
        EventKind.NOTICE_CORRECTED,
        notice,
        by=by,
        at=at,
        correction=correction.pk,
        version=correction.to.number,
    )
    return correction


@transaction.atomic
def correction_return(
    *, correction: Correction, reason: ReturnReason, remark: str = "", by: Officer, at: datetime
) -> Correction:
    """Send a correction back to its writer on one of the listed grounds; the published text stands."""
    notice = correction.notice
    check_own_body(notice, by)
    by.check(Action.NOTICE_APPROVE, unit_id=notice.issuer_id)
    _check_waiting(correction)
    check_second_person({correction.proposed_by_id}, by)
    ground, words = ReturnReason(reason), remark_of(remark)
    _settle(correction, state=CorrectionState.RETURNED, return_reason=ground, return_note=words)
    note(EventKind.CORRECTION_RETURNED, notice, by=by, at=at, correction=correction.pk, reason=ground)
    return correction
