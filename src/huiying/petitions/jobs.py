"""Background work of this room; each can be run again at any time and does nothing twice."""

from datetime import datetime, timedelta

from huiying.petitions.actions.linking import sketch_new
from huiying.petitions.actions.redating import periods_redate, periods_settle
from huiying.petitions.calling import call_for_danger
from huiying.petitions.importing import waiting
from huiying.petitions.moving import running_clocks
from huiying.records.jobs import Periodic
from huiying.registry.models import CalendarChange


def redate_after_changes(at: datetime) -> int:
    """Date anew what runs over a day that an administrator changed; how many dates moved."""
    changes = CalendarChange.objects.filter(applied_at=None).order_by("pk")
    return sum(periods_redate(change=change, at=at) for change in changes)


def settle_provisional(at: datetime) -> int:
    """Date anew what rested on a guess, now that the year's arrangement may be published; how many dates moved."""
    bodies = running_clocks().filter(provisional=True).values_list("body_id", flat=True).distinct()
    return sum(periods_settle(body_id=body_id, at=at) for body_id in list(bodies))


def sketch_what_came(_at: datetime) -> int:
    """Make what came since the last run comparable with the rest; how many petitions."""
    return sketch_new()


def erase_waiting_imports(at: datetime) -> int:
    """Erase files that were handed in for import a day ago and left; how many."""
    return waiting.sweep(at=at)


SCHEDULE = (
    Periodic("petitions.calls", timedelta(seconds=15), call_for_danger),
    Periodic("petitions.sketch", timedelta(minutes=1), sketch_what_came),
    Periodic("petitions.redate", timedelta(minutes=1), redate_after_changes),
    Periodic("petitions.imports", timedelta(minutes=10), erase_waiting_imports),
    Periodic("petitions.settle", timedelta(days=1), settle_provisional),
)
