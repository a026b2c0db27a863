"""Background work: the figures of the last month, released once; safe to run again."""

from datetime import datetime, timedelta

from huiying.publishing.actions import figures_release
from huiying.publishing.figures import Month
from huiying.publishing.models import ReleasedTable
from huiying.records import clock
from huiying.records.jobs import Periodic
from huiying.registry.models import Body
from huiying.rules.actors import SYSTEM


def figures_release_due(at: datetime) -> int:
    """Release the last whole month of every body that has not released it; return how many did."""
    month = Month.before(clock.official_date(at))
    done = set(ReleasedTable.objects.filter(period=month.period).values_list("body_id", flat=True))
    bodies = [body for body in Body.objects.all() if body.pk not in done and _founded_by(body, month)]
    for body in bodies:
        figures_release(body=body, month=month, by=SYSTEM, at=at)
    return len(bodies)


def _founded_by(body: Body, month: Month) -> bool:
    """A body that did not exist yet in that month has nothing to release for it."""
    return clock.official_date(body.founded_at) < month.end


# Any slot after the turn of the month will do: what was released is not released again.
SCHEDULE = (Periodic("publishing.figures", timedelta(hours=6), figures_release_due),)
