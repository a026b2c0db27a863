"""What is not sure of the coming eight weeks' watches, for whoever plans them."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.registry.officers import Officer
from huiying.registry.roster_gaps import WatchTrouble, outlook
from huiying.rules.permissions import Action
from huiying.web.console.desk.task import Task
from huiying.web.shared.dates import clock_time, day, month

MOST = 30


def _gaps(officer: Officer, at: datetime) -> Iterable[Task]:
    found = outlook(officer, at=at)
    url = reverse("console:duty_rosters")
    for first in found.unpublished:
        yield Task(_("{month}的值班表还没有公布").format(month=month(first)), url)
    for one in found.troubles[:MOST]:
        begins = one.span.starts_at
        yield Task(f"{day(begins)} {clock_time(begins)} {one.label}", _mended_at(one), _(one.trouble.label))


def _mended_at(one: WatchTrouble) -> str:
    """The page on which this one is put right."""
    if one.shift_id:
        return reverse("console:duty_substitute", args=[one.shift_id])
    return reverse("console:duty_gap", args=[one.pattern_id, one.day_number])


ROWS = ((Action.DUTY_PLAN, lambda: _("值班的缺口"), _gaps),)
