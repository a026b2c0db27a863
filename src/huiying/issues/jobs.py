"""Background work of this room: look at every open cause and propose what the table says. Safe to repeat."""

from datetime import datetime, timedelta

from huiying.issues.actions import warning_propose
from huiying.issues.counts import counts_of
from huiying.issues.models import Issue
from huiying.records.clock import official_date
from huiying.records.jobs import Periodic
from huiying.rules.actors import SYSTEM
from huiying.rules.criteria import propose
from huiying.rules.lifecycle.issue import IssueState
from huiying.rules.refusals import Overtaken


def warnings_look(at: datetime) -> int:
    """Propose a warning on every open cause where a criterion speaks and none is open. Returns how many."""
    proposed = 0
    waiting = Issue.objects.filter(state=IssueState.OPEN).exclude(
        warnings__state__in=["proposed", "verified", "confirmed"]
    )
    for issue in waiting.iterator():
        if propose(counts_of(issue, today=official_date(at))).level is None:
            continue
        try:
            warning_propose(issue=issue, by=SYSTEM, at=at)
            proposed += 1
        except Overtaken:
            continue
    return proposed


SCHEDULE = (Periodic("issues.warnings", timedelta(minutes=10), warnings_look),)
