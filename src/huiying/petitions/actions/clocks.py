"""The clocks of a petition as rows: start, meet, stop. Every date comes from rules.deadlines."""

from datetime import datetime

from huiying.petitions.models import Petition, PetitionClock
from huiying.rules.clocks import Clock
from huiying.rules.deadlines import Due


def clock_row(petition: Petition, due: Due, *, unit_id: int | None = None) -> PetitionClock:
    """A clock of the petition as stored, from a computed due date; `unit_id` names the unit that owes it."""
    return PetitionClock(
        petition=petition,
        body_id=petition.body_id,
        unit_id=unit_id,
        clock=Clock(due.clock),
        starts_on=due.start,
        due_on=due.due_on,
        provisional=due.provisional,
        notice_overdue=due.notice_overdue,
    )


def meet(petition: Petition, clock: Clock, *, at: datetime) -> None:
    """Mark the running clocks of this kind as met; a clock that was late stays late."""
    petition.clocks.filter(clock=clock, met_at=None, stopped_at=None).update(met_at=at)


def stop_all(petition: Petition, *, at: datetime) -> None:
    """End every running duty: the matter left this body, or the person took it back."""
    petition.clocks.filter(met_at=None, stopped_at=None).update(stopped_at=at)
