"""Notices from the first draft to publication and withdrawal: two persons, every text kept."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from huiying.emergency.texts import check_short_enough, cleaned
from huiying.publishing import duties
from huiying.publishing.actions.versions import text_of, version_write, writers_of
from huiying.publishing.models import Notice
from huiying.publishing.reasons import ReturnReason, WithdrawReason
from huiying.publishing.texts import NoticeText, check_complete, check_storable, tidy
from huiying.records import clock, ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state, overtaken
from huiying.registry.models import Body, Unit
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import NoticeState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere
from huiying.rules.words import N_

REMARK_LENGTH = 500
UNSIGNED: dict[str, None] = {"approved_by_id": None, "approved_at": None}


def note(kind: EventKind, notice: Notice, *, by: HasActor, at: datetime, **facts: object) -> None:
    """Write one event about a notice in the ledger."""
    ledger.append(kind, notice, by=by, at=at, body_id=notice.body_id, facts=facts)


def check_second_person(writers: Collection[int], by: Officer) -> None:
    """Refuse a writer's own approval: what the public reads was read by two persons."""
    if by.staff_id in writers:
        raise NotPermitted(
            N_("这条信息是您自己起草的，须由另一个人审核。"),
            rule="publishing.two_persons",
            remedy=N_("请联系领导小组成员或者发布单位的负责人审核。"),
        )


def remark_of(typed: str) -> str:
    """A remark as it is kept: cleaned, and refused rather than cut when it is too long."""
    remark = cleaned(typed)
    check_short_enough({"remark": remark}, {"remark": REMARK_LENGTH}, rule="publishing.length")
    return remark


def check_own_body(notice: Notice, by: Officer) -> None:
    """Another body's notice is not there."""
    if notice.body_id != by.body_id:
        raise NotThere(N_("没有找到这条信息。"), remedy=N_("请核对编号，或回到列表查找。"))


def _next_reference(body_id: int, at: datetime) -> str:
    """The year and a running number; the body's row is locked, so two drafts never share one."""
    Body.objects.select_for_update().get(pk=body_id)
    year = clock.official_date(at).year
    taken = Notice.objects.filter(body_id=body_id, reference__startswith=f"{year}-").count()
    return f"{year}-{taken + 1:03d}"


@transaction.atomic
def notice_draft(
    *,
    text: NoticeText,
    issuer: Unit,
    incident_id: int | None = None,
    answers: Sequence[int] = (),
    by: Officer,
    at: datetime,
) -> Notice:
    """Begin a notice. `answers` are the information duties it will meet when it is published."""
    by.check(Action.NOTICE_DRAFT)
    if issuer.body_id != by.body_id:
        raise NotThere(N_("没有找到这个单位。"), remedy=N_("请从列表中选择发布单位。"))
    text = tidy(text)
    check_storable(text)
    duties.check_answerable(by, answers)
    duties.check_incident(by, incident_id)
    notice = Notice.objects.create(
        body_id=by.body_id,
        reference=_next_reference(by.body_id, at),
        incident_id=incident_id,
        issuer=issuer,
        answers=sorted(set(answers)),
        drafted_by_id=by.staff_id,
        drafted_at=at,
        changed_at=at,
    )
    notice.current = version_write(notice, text, by=by, at=at)
    notice.save(update_fields=["current"])
    note(
        EventKind.NOTICE_DRAFTED,
        notice,
        by=by,
        at=at,
        issuer=issuer.pk,
        incident=incident_id,
        answers=notice.answers,
    )
    return notice


def _check_draft(notice: Notice) -> None:
    """Only a draft is written on; what a second person has before them does not change under their eyes."""
    if notice.state != NoticeState.DRAFT:
        raise IllegalMove(
            N_("这条信息不是草稿，不能直接修改。"),
            rule="publishing.draft_only",
            remedy=N_("待审核的请先退回；已发布的请提交更正。"),
        )


@transaction.atomic
def notice_save(
    *, notice: Notice, text: NoticeText, answers: Sequence[int] = (), by: Officer, at: datetime
) -> Notice:
    """Write the next text of a draft; whoever writes last is the one who may not approve it."""
    by.check(Action.NOTICE_DRAFT)
    check_own_body(notice, by)
    text = tidy(text)
    check_storable(text)
    duties.check_answerable(by, answers)
    _check_draft(notice)
    version = version_write(notice, text, by=by, at=at)
    changed = {
        "current": version,
        "answers": sorted(set(answers)),
        "drafted_by_id": by.staff_id,
        "changed_at": at,
    }
    if not Notice.objects.filter(pk=notice.pk, state=NoticeState.DRAFT).update(**changed):
        raise overtaken()
    notice.refresh_from_db()
    note(EventKind.NOTICE_SAVED, notice, by=by, at=at, version=version.number)
    return notice


@transaction.atomic
def notice_submit(*, notice: Notice, by: Officer, at: datetime) -> Notice:
    """Ask a second person to sign; refused while a part that the public needs is missing."""
    by.check(Action.NOTICE_DRAFT)
    check_own_body(notice, by)
    move = lifecycle.NOTICE.check(NoticeState(notice.state), NoticeState.SUBMITTED)
    assert notice.current is not None
    check_complete(text_of(notice.current))
    change_state(notice, move, submitted_at=at, changed_at=at, return_reason="", return_note="")
    note(EventKind.NOTICE_SUBMITTED, notice, by=by, at=at, version=notice.current.number)
    return notice


@transaction.atomic
def notice_approve(*, notice: Notice, by: Officer, at: datetime) -> Notice:
    """Sign a notice as the second person: the leading group, or the head of the unit that issues it."""
    check_own_body(notice, by)
    by.check(Action.NOTICE_APPROVE, unit_id=notice.issuer_id)
    move = lifecycle.NOTICE.check(NoticeState(notice.state), NoticeState.APPROVED)
    check_second_person(writers_of(notice), by)
    change_state(notice, move, approved_by_id=by.staff_id, approved_at=at, changed_at=at)
    assert notice.current is not None
    note(EventKind.NOTICE_APPROVED, notice, by=by, at=at, version=notice.current.number)
    return notice


@transaction.atomic
def notice_return(
    *, notice: Notice, reason: ReturnReason, remark: str = "", by: Officer, at: datetime
) -> Notice:
    """Send a notice back to its writer on one of the listed grounds, with a remark for the writer.

    After signing, too, until it is published: the signature is void with it.
    """
    check_own_body(notice, by)
    by.check(Action.NOTICE_APPROVE, unit_id=notice.issuer_id)
    move = lifecycle.NOTICE.check(NoticeState(notice.state), NoticeState.DRAFT)
    check_second_person(writers_of(notice), by)
    ground, words = ReturnReason(reason), remark_of(remark)
    was_signed = move.frm is NoticeState.APPROVED
    change_state(notice, move, **UNSIGNED, return_reason=ground, return_note=words, changed_at=at)
    note(EventKind.NOTICE_RETURNED, notice, by=by, at=at, reason=ground, was_signed=was_signed)
    return notice


@transaction.atomic
def notice_recall(*, notice: Notice, by: Officer, at: datetime) -> Notice:
    """Take a signed notice back to write on before it is published; the signature is void, the next one is new."""
    by.check(Action.NOTICE_DRAFT)
    check_own_body(notice, by)
    move = lifecycle.NOTICE.check(NoticeState(notice.state), NoticeState.DRAFT)
    if move.action != "notice_recall":
        raise IllegalMove(
            N_("这条信息还在另一个人手里审核。"),
            rule="publishing.recall",
            remedy=N_("需要修改的，请审核人退回。"),
        )
    change_state(notice, move, **UNSIGNED, changed_at=at)
    note(EventKind.NOTICE_RECALLED, notice, by=by, at=at, was_signed=True)
    return notice


@transaction.atomic
def notice_publish(*, notice: Notice, by: Officer, at: datetime) -> Notice:
    """Publish a signed notice and meet the information duties it answers (突发事件应对法 art. 7)."""
    by.check(Action.NOTICE_PUBLISH)
    check_own_body(notice, by)
    move = lifecycle.NOTICE.check(NoticeState(notice.state), NoticeState.PUBLISHED)
    change_state(notice, move, published_at=at, changed_at=at)
    assert notice.current is not None
    notice.versions.filter(pk=notice.current.pk).update(published_at=at)
    duties.satisfy(notice, by=by, at=at)
    note(
        EventKind.NOTICE_PUBLISHED,
        notice,
        by=by,
        at=at,
        version=notice.current.number,
        answers=notice.answers,
    )
    return notice


@transaction.atomic
def notice_withdraw(
    *, notice: Notice, reason: WithdrawReason, remark: str, by: Officer, at: datetime
) -> Notice:
    """Take a published notice down; its page stays and says why. The reason is read by everyone."""
    by.check(Action.NOTICE_PUBLISH)
    check_own_body(notice, by)
    move = lifecycle.NOTICE.check(NoticeState(notice.state), NoticeState.WITHDRAWN)
    ground, words = WithdrawReason(reason), remark_of(remark)
    if not words:
        raise Incomplete(
            N_("还不能撤下。"),
            fields={"remark": N_("请写明撤下的原因：这句话会公开。")},
            rule="publishing.withdraw_reasoned",
        )
    change_state(notice, move, withdrawn_at=at, withdraw_reason=ground, withdraw_note=words, changed_at=at)
    note(EventKind.NOTICE_WITHDRAWN, notice, by=by, at=at, reason=ground)
    return notice
