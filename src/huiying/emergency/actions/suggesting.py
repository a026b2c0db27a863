"""Suggestions to a plan in force by anyone (国办发〔2024〕5号 art. 37): given, then answered with the reason."""

from datetime import datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.caring import version_in_force
from huiying.emergency.gate import check_may
from huiying.emergency.models import Plan, PlanSuggestion
from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.actors import PUBLIC
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.suggestion import SuggestionState
from huiying.rules.permissions import Action
from huiying.rules.words import N_

RULE = "emergency.suggestion"
ARTICLE = "国办发〔2024〕5号 art. 37"
MOST = 2000


@transaction.atomic
def suggestion_give(*, plan: Plan, text: str, by: Officer, at: datetime) -> PlanSuggestion:
    """A suggestion by one of the staff."""
    check_may(by, Action.PLAN_SUGGEST, body_id=plan.body_id)
    return _given(plan, text, by=by, at=at, given_by_id=by.staff_id)


@transaction.atomic
def suggestion_send(*, plan: Plan, text: str, at: datetime) -> PlanSuggestion:
    """A suggestion from the public: what is suggested and when, and nothing of whoever suggests it."""
    return _given(plan, text, by=PUBLIC, at=at)


@transaction.atomic
def suggestion_answer(
    *, suggestion: PlanSuggestion, adopted: bool, text: str, by: Officer, at: datetime
) -> PlanSuggestion:
    """Answer it: taken up and how, or not and why. The answer stands at the address that came with the receipt."""
    plan = suggestion.plan
    check_may(by, Action.PLAN_EDIT, body_id=plan.body_id)
    to = SuggestionState.ADOPTED if adopted else SuggestionState.DECLINED
    move = lifecycle.SUGGESTION.check(SuggestionState(suggestion.state), to)
    words = texts.taken({"text": text}, {"text": N_("答复")}, most=MOST, rule=RULE, article=ARTICLE)
    change_state(suggestion, move, answer=words["text"], answered_at=at, answered_by_id=by.staff_id)
    facts = {"suggestion": suggestion.pk, "adopted": adopted}
    ledger.append(EventKind.SUGGESTION_ANSWERED, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return suggestion


def _given(
    plan: Plan, text: str, *, by: HasActor, at: datetime, given_by_id: int | None = None
) -> PlanSuggestion:
    version_in_force(plan)
    words = texts.taken({"text": text}, {"text": N_("建议")}, most=MOST, rule=RULE, article=ARTICLE)
    suggestion = PlanSuggestion.objects.create(plan=plan, given_at=at, given_by_id=given_by_id, **words)
    facts = {"suggestion": suggestion.pk}
    ledger.append(EventKind.SUGGESTION_GIVEN, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return suggestion
