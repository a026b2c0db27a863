"""The choices of the notice forms, as this officer may see them."""

from datetime import datetime

from django.utils.translation import gettext

from huiying.emergency.gate import incidents_for
from huiying.publishing.duties import duties_of
from huiying.publishing.gate import notices_for
from huiying.publishing.models import Fact
from huiying.registry.models import Unit
from huiying.registry.officers import Officer
from huiying.registry.selectors import posts_of
from huiying.rules.lifecycle import NoticeState
from huiying.web.shared import dates

Choices = list[tuple[str, str]]


def fact_choices(facts: list[Fact]) -> Choices:
    """Each fact by its words."""
    return [(str(fact.pk), fact.text) for fact in facts]


def fact_rows(facts: list[Fact]) -> list[dict[str, str]]:
    """The fact sheet beside the editor: each fact with its source and the moment it was established."""
    return [
        {
            "value": str(fact.pk),
            "label": fact.text,
            "hint": f"{fact.source} · {dates.moment(fact.established_at)}",
        }
        for fact in facts
    ]


def issuer_choices(officer: Officer) -> Choices:
    """The units of the body."""
    return [
        (str(pk), name) for pk, name in Unit.objects.filter(body_id=officer.body_id).values_list("pk", "name")
    ]


def incident_choices(officer: Officer) -> Choices:
    """The incidents this officer may know of, the newest first."""
    rows = incidents_for(officer).order_by("-id")[:30]
    return [(str(row.pk), f"{row.reference} {row.place}") for row in rows]


def post_choices(officer: Officer) -> Choices:
    """The posts of the body, by unit."""
    return [(str(post.pk), f"{post.unit.name} · {post.title}") for post in posts_of(officer)]


def notice_choices(officer: Officer) -> Choices:
    """The newest notices that are out and stand."""
    stands = (NoticeState.PUBLISHED, NoticeState.CORRECTED)
    rows = notices_for(officer).filter(state__in=stands).order_by("-published_at", "-id")[:30]
    return [(str(row.pk), f"{row.reference} {row.title}") for row in rows]


def duty_choices(officer: Officer, *, at: datetime) -> Choices:
    """What the public is still owed and a notice can give, with the limit in words."""
    return [
        (
            str(duty.due.pk),
            f"{duty.due.incident.reference} {gettext(duty.due.label)} · {dates.hours_words(duty.due.due_at, at)}",
        )
        for duty in duties_of(officer, at=at)
        if not duty.is_met and not duty.is_conference
    ]
