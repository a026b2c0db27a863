"""What staff think of single clauses of a draft, and how the planner dealt with it."""

from datetime import datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.gate import check_may
from huiying.emergency.models import PlanComment, PlanVersion
from huiying.emergency.running import document_read
from huiying.records import ledger
from huiying.records.moves import overtaken
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Refusal
from huiying.rules.words import N_

RULE = "emergency.plan_comment"
MOST = 2000
OPEN = frozenset({PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED})


@transaction.atomic
def plan_comment(
    *, version: PlanVersion, clause_id: str, text: str, by: Officer, at: datetime
) -> PlanComment:
    """Write down what one thinks of a clause of a draft, or (without a clause) of the whole. 国办发〔2024〕5号 art. 22."""
    check_may(by, Action.PLAN_COMMENT, body_id=version.plan.body_id)
    if version.state not in OPEN:
        raise IllegalMove(
            N_("这一版已经印发，不再收集对条款的看法。"),
            rule=RULE,
            article="国办发〔2024〕5号 art. 22, 37",
            remedy=N_("请在“施行以后”里提出修订建议。"),
        )
    if clause_id and document_read(version.text).clause(clause_id) is None:
        raise Refusal(
            N_("草案里已经没有这一条。"), rule=RULE, remedy=N_("请回到草案，对现有的条款提出看法。")
        )
    words = texts.taken({"text": text}, {"text": N_("看法")}, most=MOST, rule=RULE)
    comment = PlanComment.objects.create(
        version=version, clause_id=clause_id, written_at=at, written_by_id=by.staff_id, **words
    )
    _record(EventKind.PLAN_COMMENTED, comment, by=by, at=at)
    return comment


@transaction.atomic
def plan_comment_settle(*, comment: PlanComment, text: str, by: Officer, at: datetime) -> PlanComment:
    """Say what was changed because of it, or why nothing was."""
    check_may(by, Action.PLAN_EDIT, body_id=comment.version.plan.body_id)
    words = texts.taken({"text": text}, {"text": N_("怎样处理的")}, most=MOST, rule=RULE)
    rows = PlanComment.objects.filter(pk=comment.pk, settled_at=None)
    if not rows.update(settled_at=at, settled_by_id=by.staff_id, settled_text=words["text"]):
        raise overtaken()
    comment.refresh_from_db()
    _record(EventKind.PLAN_COMMENT_SETTLED, comment, by=by, at=at)
    return comment


def _record(kind: EventKind, comment: PlanComment, *, by: Officer, at: datetime) -> None:
    plan = comment.version.plan
    facts = {"comment": comment.pk, "version": comment.version.number}
    ledger.append(kind, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
