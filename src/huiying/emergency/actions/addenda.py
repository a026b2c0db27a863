"""Additions to a plan for a time (临时补充预案): drafted by some, put in force by another, over on their last day."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.authors import writers_of
from huiying.emergency.caring import version_in_force
from huiying.emergency.gate import check_may
from huiying.emergency.models import Plan, PlanAddendum
from huiying.playbook.plain_text import forbidden_in
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.moves import change_state, overtaken
from huiying.registry.officers import Officer
from huiying.rules import lifecycle, plan_care
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.addendum import AddendumState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted
from huiying.rules.words import N_, Sentence, said

RULE = "emergency.addendum"
ARTICLE = "国办发〔2024〕5号 art. 25"
LABELS = {"title": N_("名称"), "text": N_("内容"), "reason": N_("理由")}
MOST = 8000
TITLE = 120


@transaction.atomic
def addendum_draft(
    *,
    plan: Plan,
    title: str,
    text: str,
    reason: str,
    starts_on: date | None,
    ends_on: date | None,
    by: Officer,
    at: datetime,
) -> PlanAddendum:
    """Draft an addition with its first and last day. It adds; what limits people or channels is refused as in a plan."""
    check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    version_in_force(plan)
    words = _words(title, text, reason)
    first, last = _check_days(starts_on, ends_on, official_date(at))
    addendum = PlanAddendum.objects.create(
        plan=plan, starts_on=first, ends_on=last, drafted_at=at, drafted_by_id=by.staff_id, **words
    )
    _record(EventKind.ADDENDUM_DRAFTED, addendum, by=by, at=at)
    return addendum


@transaction.atomic
def addendum_change(
    *,
    addendum: PlanAddendum,
    title: str,
    text: str,
    reason: str,
    starts_on: date | None,
    ends_on: date | None,
    seen: str,
    by: Officer,
    at: datetime,
) -> PlanAddendum:
    """Write a draft anew, under the same checks. `seen` is the mark of what was written over. Raises Overtaken."""
    check_may(by, Action.PLAN_EDIT, body_id=addendum.plan.body_id)
    if addendum.state != AddendumState.DRAFT:
        raise IllegalMove(
            N_("这份补充预案已经不是草稿，不能修改。"),
            rule="lifecycle.addendum",
            article=ARTICLE,
            remedy=N_("需要改动的，请提前终止，另行起草。"),
        )
    words = _words(title, text, reason)
    first, last = _check_days(starts_on, ends_on, official_date(at))
    row = _as_seen(addendum, seen)
    for name, value in {**words, "starts_on": first, "ends_on": last}.items():
        setattr(row, name, value)
    row.save(update_fields=[*words, "starts_on", "ends_on"])
    _record(EventKind.ADDENDUM_CHANGED, row, by=by, at=at)
    return row


@transaction.atomic
def addendum_drop(*, addendum: PlanAddendum, reason: str, by: Officer, at: datetime) -> PlanAddendum:
    """Give a draft up, with the reason; it was never in force."""
    check_may(by, Action.PLAN_EDIT, body_id=addendum.plan.body_id)
    return _over(addendum, EventKind.ADDENDUM_DROPPED, "addendum_drop", reason, by=by, at=at)


@transaction.atomic
def addendum_promulgate(
    *, addendum: PlanAddendum, document_number: str, seen: str | None = None, by: Officer, at: datetime
) -> PlanAddendum:
    """Put it in force between its days, under a document number; never by a person who wrote in it.

    `seen` is the mark of the words that were read; where they were changed since, nothing is done.
    """
    check_may(by, Action.PLAN_PROMULGATE, body_id=addendum.plan.body_id)
    move = lifecycle.ADDENDUM.check(AddendumState(addendum.state), AddendumState.IN_FORCE)
    if by.staff_id in writers_of(addendum):
        raise NotPermitted(
            N_("起草的人不能批准自己起草的补充预案。"),
            rule="emergency.addendum_second_person",
            article=ARTICLE,
            remedy=N_("请由领导小组的另一位成员批准。"),
        )
    words = texts.taken(
        {"document_number": document_number}, {"document_number": N_("发文字号")}, most=80, rule=RULE
    )
    addendum = _as_seen(addendum, mark_of(addendum) if seen is None else seen)
    _check_nothing_forbidden({name: getattr(addendum, name) for name in LABELS})
    _check_not_over(addendum.ends_on, official_date(at), field="document_number")
    change_state(addendum, move, promulgated_at=at, promulgated_by_id=by.staff_id, **words)
    _record(EventKind.ADDENDUM_PROMULGATED, addendum, by=by, at=at)
    return addendum


@transaction.atomic
def addendum_end(*, addendum: PlanAddendum, reason: str, by: Officer, at: datetime) -> PlanAddendum:
    """End it before its last day, with the reason."""
    check_may(by, Action.PLAN_PROMULGATE, body_id=addendum.plan.body_id)
    return _over(addendum, EventKind.ADDENDUM_ENDED, "addendum_end", reason, by=by, at=at)


def mark_of(addendum: PlanAddendum) -> str:
    """A short mark of its words and days: another one as soon as a letter is changed."""
    said_in_it = [*(getattr(addendum, name) for name in LABELS), addendum.starts_on, addendum.ends_on]
    return hashlib.sha256("\0".join(map(str, said_in_it)).encode()).hexdigest()[:32]


def _as_seen(addendum: PlanAddendum, seen: str) -> PlanAddendum:
    """The row, held until the end of the transaction, while it is the draft that was seen. Raises Overtaken."""
    rows = PlanAddendum.objects.select_for_update(of=("self",)).select_related("plan__body")
    row = rows.get(pk=addendum.pk)
    if row.state != AddendumState.DRAFT or mark_of(row) != seen:
        raise overtaken()
    return row


def _over(
    addendum: PlanAddendum, kind: EventKind, action: str, reason: str, *, by: Officer, at: datetime
) -> PlanAddendum:
    move = lifecycle.ADDENDUM.check(AddendumState(addendum.state), AddendumState.ENDED, action=action)
    words = texts.taken({"reason": reason}, {"reason": N_("理由")}, most=2000, rule=RULE)
    change_state(addendum, move, ended_at=at, ended_by_id=by.staff_id, ended_for=words["reason"])
    _record(kind, addendum, by=by, at=at)
    return addendum


def _words(title: str, text: str, reason: str) -> dict[str, str]:
    typed = {"title": title, "text": text, "reason": reason}
    words = texts.taken(typed, LABELS, most=MOST, rule=RULE, article=ARTICLE)
    texts.check_short_enough(words, {"title": TITLE}, rule=RULE)
    _check_nothing_forbidden(words)
    return words


def _check_nothing_forbidden(words: Mapping[str, str]) -> None:
    """Raise Incomplete with the checker's sentence at each field that orders what no plan may order."""
    wrong = {name: sentence for name, text in words.items() if (sentence := _forbidden(text))}
    if wrong:
        raise Incomplete(
            N_("补充预案里有任何预案都不得规定的内容。"),
            fields=wrong,
            rule="emergency.addendum_adds_only",
            article="信访工作条例 art. 17, 18",
            remedy=N_("补充预案只能增加接待和服务，不能减少渠道，也不能限制任何人。"),
        )


def _forbidden(text: str) -> Sentence | None:
    for found in forbidden_in(text):
        reason = said(found.reason_label, name=found.name)
        return said(N_("{reason}{mend}"), reason=reason, mend=found.mend)
    return None


def _check_days(starts_on: date | None, ends_on: date | None, today: date) -> tuple[date, date]:
    if starts_on is None or ends_on is None:
        days = {"starts_on": starts_on, "ends_on": ends_on}
        _wrong_days({name: N_("请填写日期。") for name, day in days.items() if day is None})
    assert starts_on is not None and ends_on is not None
    if ends_on < starts_on:
        _wrong_days({"ends_on": N_("最后一天早于第一天。")})
    if plan_care.lasts_too_long(starts_on, ends_on):
        most = said(N_("补充预案最长 {days} 天；更久的内容请写进预案。"), days=plan_care.LONGEST_ADDENDUM.n)
        _wrong_days({"ends_on": most})
    _check_not_over(ends_on, today, field="ends_on")
    return starts_on, ends_on


def _check_not_over(ends_on: date, today: date, *, field: str) -> None:
    if ends_on < today:
        _wrong_days({field: N_("最后一天已经过去。")})


def _wrong_days(fields: Mapping[str, str]) -> None:
    raise Incomplete(
        N_("日期不对。"), fields=fields, rule="emergency.addendum_days", remedy=N_("请改日期后重试。")
    )


def _record(kind: EventKind, addendum: PlanAddendum, *, by: Officer, at: datetime) -> None:
    facts = {"addendum": addendum.pk, "starts_on": addendum.starts_on, "ends_on": addendum.ends_on}
    ledger.append(kind, addendum.plan, by=by, at=at, body_id=addendum.plan.body_id, facts=facts)
