"""The duties of a day beside the answers: more time, objections, promises to carry out, doubts, low ratings, retaliation."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.petitions import waiting
from huiying.petitions.models import Execution, Petition
from huiying.petitions.selectors import title_for
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, units_for
from huiying.web.console.desk.task import Rows, Task
from huiying.web.shared.dates import day, days_words


def _petition(officer: Officer, petition: Petition, note: str = "") -> Task:
    """A matter under its title as this officer may read it."""
    url = reverse("console:petition_page", args=[petition.reference])
    return Task(f"{petition.reference} {title_for(officer, petition)}", url, note)


def _drafts(officer: Officer, at: datetime) -> Iterable[Task]:
    return (
        _petition(officer, row, row.handler.name if row.handler else "")
        for row in waiting.drafts_submitted(officer)
    )


def _extensions(officer: Officer, at: datetime) -> Iterable[Task]:
    """For heads; what no head can decide stands on the page of supervision."""
    head = units_for(officer.grants, Action.EXTENSION_APPROVE) is not None
    rows = waiting.extensions_asked(officer) if head else []
    return (_petition(officer, row.petition, _("延长 %(days)s 日") % {"days": row.days}) for row in rows)


def _objections(officer: Officer, at: datetime) -> Iterable[Task]:
    rows = waiting.objections_raised(officer)
    return (_petition(officer, row.petition, f"{row.unit.name} · {day(row.raised_at)}") for row in rows)


def _promises(officer: Officer, at: datetime) -> Iterable[Task]:
    today = official_date(at)
    return (_promise(row, today) for row in waiting.executions_owed(officer, limit=10))


def _promise(row: Execution, today: date) -> Task:
    title = _("第 %(n)s 项诉求") % {"n": row.claim.number}
    url = reverse("console:petition_page", args=[row.petition.reference])
    left = (row.due_on - today).days
    return Task(f"{row.petition.reference} {title}", url, days_words(left), left < 0)


def _reported(officer: Officer, at: datetime) -> Iterable[Task]:
    return (_petition(officer, row.petition, row.unit.name) for row in waiting.executions_reported(officer))


def _doubts(officer: Officer, at: datetime) -> Iterable[Task]:
    rows = waiting.spam_to_look_at(officer)
    return (_petition(officer, row.petition, _(row.get_state_display())) for row in rows)


def _retaliations(officer: Officer, at: datetime) -> Iterable[Task]:
    url = reverse("console:supervision")
    for row in waiting.retaliations_waiting(officer):
        yield Task(row.petition.reference, url, day(row.said_at), late=True)


def _follow_ups(officer: Officer, at: datetime) -> Iterable[Task]:
    url = reverse("console:follow_ups")
    for row in waiting.follow_ups_open(officer):
        yield Task(row.petition.reference, url, _(row.get_side_display()))


# As in `tasks`: the permission that the act needs, the heading, the rows.
ROWS: tuple[tuple[Action, Callable[[], str], Rows], ...] = (
    (Action.RETALIATION_READ, lambda: _("打击报复反映"), _retaliations),
    (Action.DRAFT_APPROVE, lambda: _("等您审核的答复"), _drafts),
    (Action.EXTENSION_APPROVE, lambda: _("等您批准的延期"), _extensions),
    (Action.OBJECTION_DECIDE, lambda: _("等您答复的异议"), _objections),
    (Action.EXECUTION_REPORT, lambda: _("答应了、要落实的"), _promises),
    (Action.EXECUTION_VERIFY, lambda: _("等待核验的执行"), _reported),
    (Action.SPAM_CONFIRM, lambda: _("等待复核：是不是信访事项"), _doubts),
    (Action.FOLLOW_UP_READ, lambda: _("评价不满意，等待跟进"), _follow_ups),
)
