"""What every verb of this room asks first."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from huiying.emergency.texts import LONG, check_short_enough, cleaned
from huiying.learning.gate import absent
from huiying.learning.models import Evaluation
from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import EvaluationState
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.permissions import check as check_grants
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_


def note(
    kind: EventKind, thing: models.Model, body_id: int, *, by: HasActor, at: datetime, **facts: object
) -> None:
    """Write one event of this room in the ledger."""
    ledger.append(kind, thing, by=by, at=at, body_id=body_id, facts=facts)


def check_may(by: Officer, action: Action) -> None:
    """Raise NotPermitted unless the officer holds the action anywhere in the body."""
    if not can_somewhere(by.grants, action):
        check_grants((), action)


def check_own(by: Officer, body_id: int) -> None:
    """Another body's things are not there."""
    if by.body_id != body_id:
        absent()


def check_open(evaluation: Evaluation) -> None:
    """Refuse additions to an adopted evaluation: what was adopted is what was read."""
    if evaluation.state != EvaluationState.OPEN:
        raise IllegalMove(
            N_("这份总结评估已经通过，不能再增补。"),
            rule="learning.adopted_is_final",
            remedy=N_("新的发现请写进下一次评估；整改可以继续办理。"),
        )


def written(given: Mapping[str, str], sentences: Mapping[str, str]) -> dict[str, str]:
    """The texts as they are kept; raises Incomplete naming every part that is empty or too long."""
    kept = {name: cleaned(text) for name, text in given.items()}
    missing = {name: sentence for name, sentence in sentences.items() if not kept[name]}
    if missing:
        raise Incomplete(N_("还不能保存，有的内容没有写。"), fields=missing, rule="learning.complete")
    check_short_enough(kept, dict.fromkeys(kept, LONG), rule="learning.length")
    return kept
