"""What the body does after it was told that something went badly: a low rating, a fear of retaliation."""

from datetime import datetime

from django.db import transaction

from huiying.petitions.gate import check_may, not_there
from huiying.petitions.holders import letter_to
from huiying.petitions.models import FollowUp, RetaliationReport
from huiying.petitions.waiting import above
from huiying.petitions.words import needed
from huiying.records import ledger, outbox
from huiying.records.moves import change_state
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.follow_up import LIFECYCLE as FOLLOW_UP
from huiying.rules.lifecycle.follow_up import FollowUpState
from huiying.rules.lifecycle.retaliation import LIFECYCLE as RETALIATION
from huiying.rules.lifecycle.retaliation import RetaliationState
from huiying.rules.permissions import Action
from huiying.rules.words import N_


@transaction.atomic
def follow_up_close(*, follow_up: FollowUp, words: str, by: Officer, at: datetime) -> FollowUp:
    """Write what was found and mended after a low rating. Nobody is asked to change it: nothing here could."""
    check_may(by, Action.FOLLOW_UP_READ, follow_up.petition)
    move = FOLLOW_UP.check(FollowUpState(follow_up.state), FollowUpState.CLOSED)
    words = needed(words, field="words", missing=N_("请写明查明了什么、改进了什么。"))

    change_state(follow_up, move, words=words, closed_at=at, closed_by_id=by.staff_id)
    ledger.append(EventKind.FOLLOW_UP_CLOSED, follow_up, by=by, at=at, body_id=follow_up.body_id)
    return follow_up


@transaction.atomic
def retaliation_answer(
    *, report: RetaliationReport, answer: str, by: Officer, at: datetime
) -> RetaliationReport:
    """Answer a report of retaliation from above the unit; the person reads it on their page. art. 18, 46.

    The event is about the report, and the letter says only that there is a message.
    """
    petition = report.petition
    check_may(by, Action.RETALIATION_READ, petition)
    if not RetaliationReport.objects.filter(above(by), pk=report.pk).exists():
        raise not_there()
    move = RETALIATION.check(RetaliationState(report.state), RetaliationState.ANSWERED)
    answer = needed(answer, field="answer", missing=N_("请写明怎样处理，本人会看到。"))

    change_state(report, move, answer=answer, answered_at=at, answered_by_id=by.staff_id)
    ledger.append(EventKind.RETALIATION_ANSWERED, report, by=by, at=at, body_id=report.body_id)
    outbox.put("message_said", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return report
