"""One line of the day: how much is missing for the plans in force that this person can mend."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.emergency.selectors.readiness import readiness_mine
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action
from huiying.web.console.desk.task import Rows, Task
from huiying.web.shared.sentences import translated

KINDS = 3  # of what is missing, named in the line


def _missing(officer: Officer, at: datetime) -> Iterable[Task]:
    lacks = readiness_mine(officer, at=at)
    if lacks:
        title = _("施行中的预案还缺 {n} 项，由您补上").format(n=len(lacks))
        kinds = list(dict.fromkeys(translated(lack.kind.label) for lack in lacks))[:KINDS]
        yield Task(title, f"{reverse('console:readiness')}?mine=1", translated("、").join(kinds))


# As in `tasks`: the permission that the act needs, the heading, the rows.
ROWS: tuple[tuple[Action, Callable[[], str], Rows], ...] = (
    (Action.READINESS_READ, lambda: _("准备情况"), _missing),
)
