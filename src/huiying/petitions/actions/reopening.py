"""Handling a settled matter once more on new facts (重新办理): a new round with a period and an answer of its own."""

from datetime import date, datetime

from django.db import transaction

from huiying.petitions.actions.clocks import clock_row
from huiying.petitions.gate import check_may
from huiying.petitions.holders import letter_to
from huiying.petitions.models import Message, Petition
from huiying.petitions.words import needed
from huiying.records import ledger, outbox
from huiying.records.clock import official_date
from huiying.records.moves import change_state
from huiying.registry import calendars
from huiying.registry.officers import Officer
from huiying.rules import deadlines
from huiying.rules.deadlines import Due
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.matters import MessageKind, Speaker
from huiying.rules.permissions import Action
from huiying.rules.words import N_

_UNASSIGNED = {"handling_unit": None, "liaison": None, "notified_at": None}


@transaction.atomic
def petition_reopen(*, petition: Petition, reason: str, by: Officer, at: datetime) -> Petition:
    """Handle a settled matter once more, since there are new facts; the person is told why. 信访工作条例 art. 36.

    What the counter answered on the spot is assigned first. The unit answers anew within a whole period. What was
    written before is its starting text; what left stays as it left.
    """
    check_may(by, Action.PETITION_REOPEN, petition)
    to = PetitionState.HANDLING if petition.assigned_at else PetitionState.ACCEPTED
    move = lifecycle.LIFECYCLE.check(PetitionState(petition.state), to, action="petition_reopen")
    reason = needed(reason, field="reason", missing=N_("请写明有什么新情况；信访人和承办单位都会看到。"))

    change_state(
        petition,
        move,
        round=petition.round + 1,
        draft_state=DraftState.WRITING,
        reopened_at=at,
        replied_at=None,
        settled_at=None,
        **(_UNASSIGNED if move.to is PetitionState.ACCEPTED else {}),
    )
    due = _due(petition, official_date(at))
    clock_row(petition, due, unit_id=petition.handling_unit_id).save(force_insert=True)
    _tell(petition, reason, by, at)
    facts = {"round": petition.round, "due_on": due.due_on.isoformat()}
    ledger.append(EventKind.PETITION_REOPENED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    outbox.put("petition_reopened", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return petition


def _due(petition: Petition, reopened_on: date) -> Due:
    """The period in which this kind is answered, from the day of the reopening: this letter is the notice."""
    if petition.kind == PetitionKind.ENQUIRY:
        years = range(reopened_on.year, reopened_on.year + 2)
        calendar = calendars.calendar_for(petition.body_id, years=years)
        return deadlines.enquiry_due(received_on=reopened_on, calendar=calendar)
    if petition.kind == PetitionKind.SUGGESTION:
        return deadlines.suggestion_due(received_on=reopened_on)
    notice = deadlines.notice_due(received_on=reopened_on)
    return deadlines.handling_due(accepted_on=reopened_on, notice_due_on=notice.due_on)


def _tell(petition: Petition, reason: str, by: Officer, at: datetime) -> None:
    """The reason stands among the messages; the petition office writes it fit for the unit's eyes."""
    Message.objects.create(
        petition=petition,
        speaker=Speaker.OFFICE,
        kind=MessageKind.MESSAGE,
        text=reason,
        shielded_text=reason,
        said_at=at,
        said_by_id=by.staff_id,
        passed_at=at,
    )
