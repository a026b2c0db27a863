"""What waits for an answer in words: what people said and nobody has read, and what other units ask."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.petitions.selectors import title_for
from huiying.petitions.voices import assistances_for_unit, messages_new
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action
from huiying.web.console.desk.task import Task
from huiying.web.shared.dates import day, days_words

MOST = 60  # characters of a question


def _messages(officer: Officer, at: datetime) -> Iterable[Task]:
    for message in messages_new(officer):
        petition = message.petition
        url = reverse("console:petition_page", args=[petition.reference]) + "#messages"
        title = f"{petition.reference} · {title_for(officer, petition)}"
        yield Task(title, url, day(message.said_at))


def _assistances(officer: Officer, at: datetime) -> Iterable[Task]:
    today = official_date(at)
    for row in assistances_for_unit(officer):
        if row.waiting:
            asked = row.assistance
            question = asked.question if len(asked.question) <= MOST else asked.question[: MOST - 1] + "…"
            url = f"{reverse('console:assistances')}#assistance-{asked.pk}"
            yield Task(question, url, days_words((asked.due_on - today).days), asked.due_on < today)


ROWS = (
    (Action.MESSAGE_WRITE, lambda: _("信访人的新留言"), _messages),
    (Action.ASSISTANCE_ANSWER, lambda: _("其他单位请我们答复的"), _assistances),
)
