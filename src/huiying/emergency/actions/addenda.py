"""Additions to a plan for a time (临时补充预案): drafted by one person, put in force by another, over on their last day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.caring import version_in_force
from huiying.emergency.gate import check_may
from huiying.emergency.models import Plan, PlanAddendum
from huiying.playbook.plain_text import forbidden_in
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.moves import change_state
from huiying.registry.officers import Officer
from huiying.rules import lifecycle, plan_care
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.addendum import AddendumState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, NotPermitted
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
    words = texts.taken(
        {"title": title, "text": text, "reason": reason}, LABELS, most=MOST, rule=RULE, article=ARTICLE
    )
    texts.check_short_enough(words, {"title": TITLE}, rule=RULE)
    _check_nothing_forbidden(words)
    first, last = _check_days(starts_on, ends_on, official_date(at))
    addendum = PlanAddendum.objects.create(
        plan=plan, starts_on=first, ends_on=last, drafted_at=at, drafted_by_id=by.staff_id, **words
    )
    _record(EventKind.ADDENDUM_DRAFTED, addendum, by=by, at=at)
    return addendum


@transaction.atomic
def addendum_promulgate(
    *, addendum: PlanAddendum, document_number: str, by: Officer, at: datetime
) -> PlanAddendum:
    """Put it in force between its days, under a document number; never by the person who drafted it."""
    check_may(by, Action.PLAN_PROMULGATE, body_id=addendum.plan.body_id)
    move = lifecycle.ADDENDUM.check(AddendumState(addendum.state), AddendumState.IN_FORCE)
    if by.staff_id == addendum.drafted_by_id:
        raise NotPermitted(
            N_("起草的人不能批准自己起草的补充预案。"),
            rule="emergency.addendum_second_person",
            article=ARTICLE,
            remedy=N_("请由领导小组的另一位成员批准。"),
        )
    words = texts.taken(
        {"document_number": document_number}, {"document_number": N_("发文字号")}, most=80, rule=RULE
    )
    _check_nothing_forbidden({name: getattr(addendum, name) for name in LABELS})
    _check_not_over(addendum.ends_on, official_date(at), field="document_number")
    change_state(addendum, move, promulgated_at=at, promulgated_by_id=by.staff_id, **words)
    _record(EventKind.ADDENDUM_PROMULGATED, addendum, by=by, at=at)
    return addendum


@transaction.atomic
def addendum_end(*, addendum: PlanAddendum, reason: str, by: Officer, at: datetime) -> PlanAddendum:
    """End it before its last day, with the reason."""
    check_may(by, Action.PLAN_PROMULGATE, body_id=addendum.plan.body_id)
    move = lifecycle.ADDENDUM.check(AddendumState(addendum.state), AddendumState.ENDED)
    words = texts.taken({"reason": reason}, {"reason": N_("理由")}, most=2000, rule=RULE)
    change_state(addendum, move, ended_at=at, ended_by_id=by.staff_id, ended_for=words["reason"])
    _record(EventKind.ADDENDUM_ENDED, addendum, by=by, at=at)
    return addendum


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
