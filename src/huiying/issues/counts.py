"""A cause in numbers: matters, near-copies once. Nothing about who raised them enters here."""

from datetime import date

from django.db.models import Q, QuerySet

from huiying.issues.models import Issue
from huiying.petitions.models import Petition, PetitionClock
from huiying.rules.clocks import Clock
from huiying.rules.criteria import MatterCounts
from huiying.rules.lifecycle.petition import PetitionState

GONE = (PetitionState.WITHDRAWN, PetitionState.DECLINED, PetitionState.REFERRED)


def counts_of(issue: Issue, *, today: date) -> MatterCounts:
    """The matters tied to a cause: all, past C5, unanswered, unanswered with danger to someone."""
    tied = Petition.objects.filter(ties__issue=issue).exclude(state__in=GONE)
    unanswered = tied.filter(replied_at=None)
    late = PetitionClock.objects.filter(clock=Clock.HANDLE).filter(_kept_too_long(today))
    return MatterCounts(
        matters=_once(tied),
        past_due=_once(unanswered.filter(pk__in=late.values("petition_id"))),
        unanswered=_once(unanswered),
        danger=_once(unanswered.filter(danger=True)),
    )


def _kept_too_long(today: date) -> Q:
    return Q(met_at=None, stopped_at=None, due_on__lt=today)


def _once(rows: QuerySet[Petition]) -> int:
    return rows.values("copy_key").distinct().count()
