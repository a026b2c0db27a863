"""Causes: open one, tie petitions to it by hand, untie, close with what was done about it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiying.issues.gate import check_may
from huiying.issues.models import Issue, IssueTie
from huiying.petitions.codes import new_reference
from huiying.petitions.models import Petition
from huiying.petitions.words import clean
from huiying.records import ledger
from huiying.records.moves import change_state
from huiying.registry.models import Body, Unit
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import issue as lifecycle
from huiying.rules.lifecycle.issue import IssueState
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete, Refusal
from huiying.rules.words import N_

TITLE_MAX = 120
TIES_AT_ONCE = 200


@transaction.atomic
def issue_open(
    *, body: Body, title: str, matter: Matter, unit: Unit | None, cause: str = "", by: Officer, at: datetime
) -> Issue:
    """Open a shared cause: what the matters have in common, in words about the matter."""
    check_may(by, Action.ISSUE_TIE, body_id=body.pk)
    title = " ".join(clean(title).split())
    if not title or len(title) > TITLE_MAX:
        raise Incomplete(N_("请写明共同的问题。"), fields={"title": N_("请用 120 字以内写明共同的问题。")})
    if unit is not None and unit.body_id != body.pk:
        raise Incomplete(N_("请选择本机构的单位。"), fields={"unit": N_("请选择本机构的单位。")})
    issue = Issue.objects.create(
        body=body,
        reference=new_reference(f"{body.short}-I", at),
        title=title,
        cause=clean(cause),
        matter=matter,
        unit=unit,
        opened_at=at,
    )
    facts = {"matter": matter, "unit": unit.pk if unit else None}
    ledger.append(EventKind.ISSUE_OPENED, issue, by=by, at=at, body_id=body.pk, facts=facts)
    return issue


@transaction.atomic
def issue_tie(*, issue: Issue, petitions: Sequence[Petition], by: Officer, at: datetime) -> int:
    """Tie petitions to a cause; each keeps its own page and its own answer. Returns how many were new."""
    check_may(by, Action.ISSUE_TIE, body_id=issue.body_id)
    _check_tieable(issue, petitions)
    before = issue.ties.count()
    IssueTie.objects.bulk_create(
        (IssueTie(issue=issue, petition=p, tied_at=at, tied_by_id=by.staff_id) for p in petitions),
        ignore_conflicts=True,
    )
    added = issue.ties.count() - before
    if added:
        facts = {"petitions": [p.pk for p in petitions], "added": added}
        ledger.append(EventKind.ISSUE_TIED, issue, by=by, at=at, body_id=issue.body_id, facts=facts)
    return added


def _check_tieable(issue: Issue, petitions: Sequence[Petition]) -> None:
    if not petitions:
        raise Incomplete(N_("请选择信访事项。"), fields={"petitions": N_("请至少选择一件。")})
    if len(petitions) > TIES_AT_ONCE:
        raise Incomplete(
            N_("一次最多关联 200 件。"), fields={"petitions": N_("一次最多关联 200 件，请分几次。")}
        )
    if issue.state == IssueState.CLOSED:
        raise IllegalMove(N_("这个共性问题已经办结。"), rule="issue.open", remedy=N_("请另开一个共性问题。"))
    strangers = any(p.body_id != issue.body_id or p.kind == PetitionKind.ACCUSATION for p in petitions)
    if strangers:
        raise Refusal(
            N_("只能关联本机构的一般信访事项；检举控告不关联。"),
            rule="issue.tie",
            article="信访工作条例 art. 30",
            remedy=N_("请重新选择。"),
        )


@transaction.atomic
def issue_untie(*, issue: Issue, petition: Petition, by: Officer, at: datetime) -> None:
    """Take one petition out of a cause it does not belong to."""
    check_may(by, Action.ISSUE_TIE, body_id=issue.body_id)
    removed, _ = IssueTie.objects.filter(issue=issue, petition=petition).delete()
    if removed:
        facts = {"petition": petition.pk}
        ledger.append(EventKind.ISSUE_UNTIED, issue, by=by, at=at, body_id=issue.body_id, facts=facts)


@transaction.atomic
def issue_close(*, issue: Issue, words: str, by: Officer, at: datetime) -> Issue:
    """Close a cause, saying what was done about it."""
    check_may(by, Action.ISSUE_TIE, body_id=issue.body_id)
    move = lifecycle.LIFECYCLE.check(IssueState(issue.state), IssueState.CLOSED)
    words = clean(words)
    if not words:
        raise Incomplete(N_("请写明做了什么。"), fields={"words": N_("请写明问题的根源怎样解决了。")})
    change_state(issue, move, closed_at=at, closing_words=words)
    ledger.append(EventKind.ISSUE_CLOSED, issue, by=by, at=at, body_id=issue.body_id)
    return issue
