"""What a watch asks of the day: notes to read first, offers to answer."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.registry.duty_day import offers_to
from huiying.registry.hand_overs import notes_to_read
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action
from huiying.web.console.desk.task import Rows, Task
from huiying.web.shared.dates import moment


def _notes(officer: Officer, at: datetime) -> Iterable[Task]:
    for note in notes_to_read(officer, at):
        yield Task(note.post.title, reverse("console:duty"), moment(note.written_at), late=True)


def _offers(officer: Officer, at: datetime) -> Iterable[Task]:
    for swap in offers_to(officer, at):
        yield Task(swap.shift.post.title, reverse("console:duty_mine"), moment(swap.shift.starts_at))


ROWS: tuple[tuple[Action, Callable[[], str], Rows], ...] = (
    (Action.DUTY_KEEP, lambda: _("上一班的交接记录，请先看"), _notes),
    (Action.DUTY_KEEP, lambda: _("同事请您换班"), _offers),
)
