"""The duties of a day on a plan's way: opinions to give, plans to sign, to approve, to file."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.emergency.models import PlanVersion
from huiying.emergency.selectors import road
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action
from huiying.web.console.desk.task import Rows, Task
from huiying.web.shared.dates import days_words

LIMIT = 30


def _opinions(officer: Officer, at: datetime) -> Iterable[Task]:
    for row in road.opinions_owed(officer, limit=LIMIT):
        yield _task(row.version, f"opinion-{row.pk}", row.due_on, official_date(at))


def _acknowledgements(officer: Officer, at: datetime) -> Iterable[Task]:
    for row, due_on in road.acknowledgements_owed(officer, limit=LIMIT):
        yield _task(row.version, "acknowledgements", due_on, official_date(at))


def _filings(officer: Officer, at: datetime) -> Iterable[Task]:
    for row in road.filings_owed(officer, limit=LIMIT):
        yield _task(row.version, "filing", row.due_on, official_date(at), row.receiver)


def _decisions(officer: Officer, at: datetime) -> Iterable[Task]:
    for version in road.versions_before_the_leaders(officer, limit=LIMIT):
        yield Task(_title(version), _address(version, "approval"), _(version.get_state_display()))


def _task(version: PlanVersion, part: str, due_on: date, today: date, more: str = "") -> Task:
    left = (due_on - today).days
    title = f"{_title(version)} · {more}" if more else _title(version)
    return Task(title, _address(version, part), days_words(left), left < 0)


def _title(version: PlanVersion) -> str:
    return f"{version.plan.title} · {_('第 %(n)s 版') % {'n': version.number}}"


def _address(version: PlanVersion, part: str) -> str:
    return f"{reverse('console:plan_road', args=[version.plan.code, version.number])}#{part}"


# As in `tasks`: the permission that the act needs, the heading, the rows.
ROWS: tuple[tuple[Action, Callable[[], str], Rows], ...] = (
    (Action.PLAN_APPROVE, lambda: _("等您审批和印发的预案"), _decisions),
    (Action.PLAN_OPINE, lambda: _("等本单位提出书面意见的预案"), _opinions),
    (Action.PLAN_ACKNOWLEDGE, lambda: _("等本单位签收的预案"), _acknowledgements),
    (Action.PLAN_FILE, lambda: _("应当报送备案的预案"), _filings),
)
