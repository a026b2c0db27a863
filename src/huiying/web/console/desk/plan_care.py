"""The duties of a day that a plan in force brings: looks that are due, causes, suggestions, comments, additions."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.emergency.models import PlanAddendum
from huiying.emergency.selectors import care
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action
from huiying.rules.plan_care import CareDue
from huiying.web.console.desk.task import Rows, Task
from huiying.web.shared.dates import days_words
from huiying.web.shared.sentences import translated


def _plans(officer: Officer, at: datetime) -> Iterable[Task]:
    """One line a thing, and the late looks before what only waits."""
    today = official_date(at)
    rows = [task for plan in care.plans_to_care_for(officer, today) for task in _of_plan(plan, today)]
    return sorted(rows, key=lambda task: not task.late)


def _of_plan(row: care.PlanToCareFor, today: date) -> Iterable[Task]:
    url = reverse("console:plan_care", args=[row.plan.code, row.number])
    yield from (_due(row, due, url, today) for due in row.due)
    waiting = (
        (row.causes, _("修订提示 %(n)s 条"), "#notes"),
        (row.suggestions, _("待答复的建议 %(n)s 条"), "#suggestions"),
        (row.comments, _("对草案条款的意见 %(n)s 条"), ""),
    )
    for count, words, part in waiting:
        if count:
            yield Task(row.plan.title, (url + part) if part else _draft(row), words % {"n": count})


def _draft(row: care.PlanToCareFor) -> str:
    return reverse("console:plan_version", args=[row.plan.code, row.draft or row.number])


def _due(row: care.PlanToCareFor, due: CareDue, url: str, today: date) -> Task:
    left = (due.due_on - today).days
    note = f"{translated(due.duty.label)} · {days_words(left)}"
    return Task(row.plan.title, f"{url}#due", note, left < 0)


def _to_put_in_force(officer: Officer, at: datetime) -> Iterable[Task]:
    return (_addendum(row) for row in care.addenda_waiting(officer, official_date(at)))


def _ending(officer: Officer, at: datetime) -> Iterable[Task]:
    today = official_date(at)
    return (
        _addendum(row, days_words((row.ends_on - today).days)) for row in care.addenda_ending(officer, today)
    )


def _addendum(row: PlanAddendum, note: str = "") -> Task:
    return Task(f"{row.plan.title} · {row.title}", reverse("console:plan_page", args=[row.plan.code]), note)


# As in `tasks`: the permission that the act needs, the heading, the rows.
ROWS: tuple[tuple[Action, Callable[[], str], Rows], ...] = (
    (Action.PLAN_PROMULGATE, lambda: _("等您批准的临时补充预案"), _to_put_in_force),
    (Action.PLAN_PROMULGATE, lambda: _("即将到期的补充预案"), _ending),
    (Action.PLAN_EDIT, lambda: _("预案施行以后要做的"), _plans),
    (Action.PLAN_EDIT, lambda: _("即将到期的补充预案"), _ending),
)
