"""What the law promises the person in days: each period with its date, its holder and how it was counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import get_day_names
from django.utils.translation import get_language, gettext

from huiying.petitions.models import Petition
from huiying.petitions.selectors import ClockSeen
from huiying.records.clock import official_date
from huiying.rules import deadlines
from huiying.rules.clocks import ROWS, Clock
from huiying.rules.deadlines import CHANGED_BY_BODY, Due, Step
from huiying.rules.durations import CalendarDays, WorkingDays
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.words import N_
from huiying.web.shared.articles import article_briefly, article_words
from huiying.web.shared.dates import LOCALES
from huiying.web.shared.written import as_written

OFFICE = N_("信访部门")
MOST_LONGER = CalendarDays(30)  # the longest lawful extension of the answer, art. 34
COUNTED = N_("从%(start)s起 %(days)s 日内，起算的那天不计入")
COUNTED_WORKING = N_("从%(start)s起 %(days)s 个工作日内，起算的那天和休息日不计入")
LONGER = N_("经批准延长 %(days)s 日")
OWN = N_("本机关承诺")  # where the law names no period and the body itself does
POLICY = "POLICY"


@dataclass(frozen=True, slots=True)
class Longest:
    """The last day on which an answer can lawfully come, when every period is used up."""

    due_on: date
    days: int


def longest_of(petition: Petition) -> Longest | None:
    """Routing, notice, handling and its longest extension one after the other; a request only. art. 22, 23, 34."""
    if petition.kind != PetitionKind.REQUEST:
        return None
    received = official_date(petition.received_at)
    routed = deadlines.route_due(received_on=received).due_on
    told = deadlines.notice_due(received_on=routed).due_on
    answered = deadlines.due(Clock.HANDLE, told, extended=MOST_LONGER).due_on
    return Longest(answered, (answered - received).days)


def chips_of(petition: Petition, clocks: Iterable[ClockSeen]) -> list[dict[str, Any]]:
    """The body's own periods as clock chips draw them, what falls due first first; one that ended otherwise is left out."""
    shown = [clock for clock in clocks if clock.row.stopped_at is None and is_bodys(clock)]
    shown.sort(key=lambda clock: clock.row.due_on)
    return [
        {
            "label": gettext(clock.due.label),
            "holder": holder_of(petition, clock),
            "due": clock.row.due_on,
            "done": official_date(clock.row.met_at) if clock.row.met_at else None,
            "article": cited(clock.due.article, brief=True),
            "rule": rule_of(clock.due),
            "steps": steps_of(clock.due),
            "from_notice": clock.row.notice_overdue,
            "provisional": clock.row.provisional and clock.running,
            "extended": clock.row.extended_days,
        }
        for clock in shown
    ]


def overdue_of(petition: Petition, clocks: Iterable[ClockSeen]) -> list[dict[str, Any]]:
    """What the body owes and has not done in time, with whose duty it is."""
    return [
        {
            "label": gettext(clock.due.label),
            "days": -clock.days_left,
            "due": clock.row.due_on,
            "holder": holder_of(petition, clock),
            "article": cited(clock.due.article),
        }
        for clock in clocks
        if clock.running and clock.late and is_bodys(clock)
    ]


def is_bodys(clock: ClockSeen) -> bool:
    """Whether the period binds the body; the other kind is the person's own window."""
    return not clock.due.lenient


def holder_of(petition: Petition, clock: ClockSeen) -> str:
    """Whose duty it is: the unit's name, or the petition office before a unit had it."""
    unit = petition.handling_unit
    if unit is None or clock.row.unit_id != unit.pk:
        return gettext(OFFICE)
    return as_written(unit.name)


def cited(article: str, *, brief: bool = False) -> str:
    """The article of a period as people read it; a period that the body set itself is its own promise."""
    if article == POLICY:
        return gettext(OWN)
    return article_briefly(article) if brief else article_words(article)


def rule_of(due: Due) -> str:
    """The rule behind a date in one line, with its article."""
    row = ROWS[due.clock]
    sentence = COUNTED_WORKING if isinstance(row.length, WorkingDays) else COUNTED
    days = row.length.n if row.length else 0
    parts = [gettext(sentence) % {"start": gettext(row.starts), "days": days}]
    if due.extended:
        parts.append(gettext(LONGER) % {"days": due.extended.n})
    return " · ".join([*parts, cited(due.article)])


def steps_of(due: Due) -> list[dict[str, Any]]:
    """The computation day by day, in the language of the page."""
    names = get_day_names("abbreviated", locale=LOCALES.get(get_language() or "", "zh_Hans"))
    return [{"on": step.on, "words": f"{names[step.on.weekday()]} · {_words(step)}"} for step in due.steps]


def _words(step: Step) -> str:
    words = gettext(step.kind.label).format(n=step.number)
    if not step.reason:
        return words
    return f"{words} · {gettext(CHANGED_BY_BODY).format(reason=as_written(step.reason))}"
