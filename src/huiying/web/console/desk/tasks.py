"""The duties of a day beyond petitions: warnings to look at; each a section of rows that lead somewhere."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.issues.selectors import warnings_listed
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.warning import WarningState
from huiying.rules.permissions import Action, can_somewhere

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the day."""

    title: str
    url: str
    note: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One group of lines under a heading."""

    label: str
    rows: tuple[Task, ...]


def tasks_for(officer: Officer, *, at: datetime) -> list[Section]:
    """The officer's duties beyond petitions, in order of urgency; empty sections are left out."""
    del at
    found = [_warnings(officer, Action.WARNING_CONFIRM, WarningState.VERIFIED, _("等您决定的预警"))]
    found.append(_warnings(officer, Action.WARNING_VERIFY, WarningState.PROPOSED, _("等待核实的预警")))
    return [section for section in found if section.rows]


def _warnings(officer: Officer, action: Action, state: WarningState, label: str) -> Section:
    if not can_somewhere(officer.grants, action):
        return Section(label, ())
    rows = warnings_listed(officer, states=[state], limit=LIMIT)
    return Section(
        label, tuple(Task(w.title, reverse("console:warning_page", args=[w.reference])) for w in rows)
    )
