"""Who is reminded of what a plan's way still owes: opinions, filings, acknowledgements. Each reminder is sent once."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from django.db.models import Model

from huiying.emergency.duties_given import heads_of, planners_of
from huiying.emergency.models import PlanAcknowledgement, PlanFiling, PlanOpinion
from huiying.records import outbox
from huiying.records.clock import official_date
from huiying.records.outbox import Recipient, RecipientKind
from huiying.registry.calendars import calendar_for
from huiying.rules.lifecycle.opinion import OpinionState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.plan_road import acknowledgement_due, filing_is_near, opinion_is_near

Reminder = tuple[
    str, Model, int, int, str
]  # letter, what it is about, body, member of staff, what makes it the same


def remind_on_the_road(at: datetime) -> int:
    """Put a neutral letter for every opinion, filing and acknowledgement that is near its day or past it."""
    count = 0
    for letter, about, body_id, staff, same in (*_opinions(at), *_filings(at), *_acknowledgements(at)):
        to = Recipient(RecipientKind.STAFF, str(staff))
        outbox.put(letter, about, to=to, at=at, body_id=body_id, dedupe=f"{letter}:{about.pk}:{staff}:{same}")
        count += 1
    return count


def _opinions(at: datetime) -> Iterator[Reminder]:
    today, calendar = official_date(at), cache(calendar_for)
    waiting = PlanOpinion.objects.filter(state=OpinionState.ASKED, version__state=PlanState.DRAFT)
    rows = list(waiting.exclude(unit=None).select_related("version__plan").order_by("pk"))
    heads = heads_of({row.unit_id for row in rows if row.unit_id}, at)
    for row in rows:
        body_id = row.version.plan.body_id
        if opinion_is_near(row.due_on, today, calendar(body_id)):
            for staff in heads.get(row.unit_id or 0, ()):
                yield "opinion_due", row, body_id, staff, _stage(row.due_on, today)


def _filings(at: datetime) -> Iterator[Reminder]:
    today, calendar = official_date(at), cache(calendar_for)
    planners = cache(lambda body_id: planners_of(body_id, at))
    owed = PlanFiling.objects.filter(sent_at=None, version__state=PlanState.PROMULGATED)
    for row in owed.select_related("version__plan").order_by("pk"):
        body_id = row.version.plan.body_id
        if filing_is_near(row.due_on, today, calendar(body_id)):
            for staff in planners(body_id):
                yield "filing_due", row, body_id, staff, _stage(row.due_on, today)


def _acknowledgements(at: datetime) -> Iterator[Reminder]:
    today, calendar = official_date(at), cache(calendar_for)
    missing = PlanAcknowledgement.objects.filter(acknowledged_at=None, version__state=PlanState.PROMULGATED)
    rows = list(missing.select_related("version__plan").order_by("pk"))
    heads = heads_of({row.unit_id for row in rows}, at)
    for row in rows:
        body_id = row.version.plan.body_id
        if acknowledgement_due(official_date(row.asked_at), calendar(body_id)) < today:
            for staff in heads.get(row.unit_id, ()):
                yield "acknowledgement_due", row, body_id, staff, "over"


def _stage(due_on: date, today: date) -> str:
    """The day and whether it is over: a second asking with a new day is reminded of again."""
    return f"{due_on:%y%m%d}{'over' if due_on < today else 'soon'}"
