"""Warnings: proposed by the criterion table, verified by a second person, confirmed by the leading group, lifted."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from huiying.issues.counts import counts_of
from huiying.issues.gate import check_may
from huiying.issues.models import EarlyWarning, Issue
from huiying.petitions.codes import new_reference
from huiying.petitions.words import clean
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state, overtaken
from huiying.registry.officers import Officer
from huiying.rules import criteria
from huiying.rules.actors import ActorKind
from huiying.rules.events import EventKind
from huiying.rules.levels import Level
from huiying.rules.lifecycle import warning as lifecycle
from huiying.rules.lifecycle.issue import IssueState
from huiying.rules.lifecycle.warning import WarningState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, Refusal
from huiying.rules.words import N_

ARTICLE = "突发事件应对法 art. 62"


def warning_propose(*, issue: Issue, by: HasActor, at: datetime) -> EarlyWarning:
    """Propose a warning on a cause, from counts alone. Raises Refusal where no criterion speaks.

    `by` is a member of staff or the system's job. A second open warning on one cause is refused.
    """
    if isinstance(by, Officer):
        check_may(by, Action.WARNING_PROPOSE, body_id=issue.body_id)
    if issue.state == IssueState.CLOSED:
        raise IllegalMove(N_("这个共性问题已经办结。"), rule="warning.issue_open")
    proposal = criteria.propose(counts_of(issue, today=official_date(at)))
    if proposal.level is None:
        raise Refusal(
            N_("按现在的件数，没有达到任何一条预警标准。"),
            rule="warning.criteria",
            article=ARTICLE,
            remedy=N_("请先答复已经收到的事项；达到标准时系统会提出。"),
        )
    try:
        return _propose(issue, proposal, proposal.level, by, at)
    except IntegrityError:
        raise overtaken() from None


@transaction.atomic
def _propose(
    issue: Issue, proposal: criteria.Proposal, level: Level, by: HasActor, at: datetime
) -> EarlyWarning:
    counts = {
        name: getattr(proposal.counts, name) for name in ("matters", "past_due", "unanswered", "danger")
    }
    staff_id = int(by.actor.ref) if by.actor.kind == ActorKind.STAFF else None
    warning = EarlyWarning.objects.create(
        body_id=issue.body_id,
        reference=new_reference(f"{issue.body.short}-W", at),
        issue=issue,
        title=issue.title,
        level=level,
        criteria=[_as_row(reason) for reason in proposal.reasons],
        counts=counts,
        proposed_at=at,
        proposed_by_id=staff_id,
    )
    facts = {"level": level, **counts}
    ledger.append(EventKind.WARNING_PROPOSED, warning, by=by, at=at, body_id=issue.body_id, facts=facts)
    return warning


def _as_row(reason: criteria.Reason) -> dict[str, Any]:
    return {
        "criterion": reason.criterion,
        "value": str(reason.value),
        "threshold": str(reason.threshold),
        "level": str(reason.level),
        "sentence": reason.sentence,
    }


@transaction.atomic
def warning_verify(*, warning: EarlyWarning, words: str, by: Officer, at: datetime) -> EarlyWarning:
    """Verify a proposed warning: a second person looked at the matters and says what is true. art. 62."""
    check_may(by, Action.WARNING_VERIFY, body_id=warning.body_id)
    move = lifecycle.LIFECYCLE.check(WarningState(warning.state), WarningState.VERIFIED)
    if warning.proposed_by_id == by.staff_id:
        raise NotPermitted(
            N_("提出预警的人不能自己核实。"),
            rule="warning.second_person",
            article=ARTICLE,
            remedy=N_("请由另一位值班员或督办员核实。"),
        )
    words = _said(words, N_("请写明核实了什么。"))
    change_state(warning, move, verified_at=at, verified_by_id=by.staff_id, verified_words=words)
    ledger.append(EventKind.WARNING_VERIFIED, warning, by=by, at=at, body_id=warning.body_id)
    return warning


@transaction.atomic
def warning_confirm(*, warning: EarlyWarning, by: Officer, at: datetime) -> EarlyWarning:
    """Confirm a verified warning: the leading group decides. 突发事件应对法 art. 63, 64."""
    check_may(by, Action.WARNING_CONFIRM, body_id=warning.body_id)
    move = lifecycle.LIFECYCLE.check(WarningState(warning.state), WarningState.CONFIRMED)
    change_state(warning, move, confirmed_at=at)
    facts = {"level": warning.level}
    ledger.append(EventKind.WARNING_CONFIRMED, warning, by=by, at=at, body_id=warning.body_id, facts=facts)
    return warning


@transaction.atomic
def warning_dismiss(*, warning: EarlyWarning, words: str, by: Officer, at: datetime) -> EarlyWarning:
    """Say that no warning is due, and why. Whoever verifies may dismiss a proposal; after that the leading group."""
    proposed = warning.state == WarningState.PROPOSED
    check_may(by, Action.WARNING_VERIFY if proposed else Action.WARNING_CONFIRM, body_id=warning.body_id)
    move = lifecycle.LIFECYCLE.check(WarningState(warning.state), WarningState.DISMISSED)
    words = _said(words, N_("请写明为什么不预警。"))
    change_state(warning, move, ended_at=at, ended_words=words)
    ledger.append(EventKind.WARNING_DISMISSED, warning, by=by, at=at, body_id=warning.body_id)
    return warning


@transaction.atomic
def warning_lift(*, warning: EarlyWarning, words: str, by: Officer, at: datetime) -> EarlyWarning:
    """Lift a confirmed warning as soon as the danger is over, with grounds. 突发事件应对法 art. 70."""
    check_may(by, Action.WARNING_LIFT, body_id=warning.body_id)
    move = lifecycle.LIFECYCLE.check(WarningState(warning.state), WarningState.LIFTED)
    words = _said(words, N_("请写明解除的理由。"))
    change_state(warning, move, ended_at=at, ended_words=words)
    ledger.append(EventKind.WARNING_LIFTED, warning, by=by, at=at, body_id=warning.body_id)
    return warning


def _said(words: str, sentence: str) -> str:
    words = clean(words)
    if not words:
        raise Incomplete(sentence, fields={"words": sentence}, article=ARTICLE)
    return words
