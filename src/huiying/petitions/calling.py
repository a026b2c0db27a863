"""Calling the duty post out for a petition that speaks of danger to life: at once, neutral, without a word of it.

Nothing is stored but that the line was shown and who was called. Whoever is on duty learns a reference and whom to
ring, never what was written; what follows for the matter is decided by the clerk who reads it. An accusation is for
supervision alone (信访工作条例 art. 30): those are called who can open it, in the same words, and nobody above them;
where nobody supervises, the one person on duty. The leading group is never called for one: it may be whom it is about.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import models

from huiying.petitions import gate, intake
from huiying.petitions.models import Petition
from huiying.records import outbox
from huiying.records.calling import About, acknowledge_subject
from huiying.records.ledger import HasActor
from huiying.records.models import CallOut, LedgerEvent
from huiying.records.outbox import Recipient, RecipientKind
from huiying.registry import calling_out
from huiying.registry.duty import Standing, on_duty, on_duty_at, role_holders
from huiying.registry.models import Body, Staff
from huiying.registry.officers import Officer
from huiying.rules.actors import SYSTEM
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.permissions import Role

CALLED_POSTS = ("duty_officer", "reception")  # the first of them that anybody answers for
SHOWN_FOR = timedelta(days=7)
MOST = 30
MOST_CALLED = 5
CALLED_FOR = timedelta(hours=6)  # what is older was seen by day or is on the desk


def call_out(
    number: int, kind: PetitionKind, *, body_id: int, by: HasActor, at: datetime
) -> Iterator[intake.Row]:
    """What a filing that speaks of danger leaves besides: the event without facts, and the letter to who is on duty."""
    about = ("petition", str(number))
    yield from intake.event_rows(EventKind.CRISIS_SHOWN, about, by=by, at=at, body_id=body_id, facts={})
    for staff in _called(kind, body_id, at):
        to = Recipient(RecipientKind.STAFF, str(staff.pk))
        yield intake.LETTERS, outbox.new_values("duty_called", about, to=to, at=at, body_id=body_id)


def _called(kind: PetitionKind, body_id: int, at: datetime) -> list[Staff]:
    """Whoever is on duty; of an accusation everybody who may read it, as one of them may be asleep, or its subject."""
    able = _supervision(body_id, at) if kind is PetitionKind.ACCUSATION else []
    return able or [staff for code in CALLED_POSTS if (staff := on_duty(body_id, code, at))][:1]


def _supervision(body_id: int, at: datetime) -> list[Staff]:
    return list(role_holders(body_id, Role.SUPERVISOR, at)[:MOST_CALLED])


def call_for_danger(at: datetime) -> int:
    """Call somebody out for every filing that spoke of danger, once each; how many. A job: filing itself waits for nothing."""
    return sum(_called_out(event, at) for body_id in _bodies() for event in _shown_lately(body_id, at))


def _bodies() -> list[int]:
    return list(Body.objects.order_by("pk").values_list("pk", flat=True))


def _shown_lately(body_id: int, at: datetime) -> list[LedgerEvent]:
    """The newest filings of the last hours that spoke of danger and called nobody yet."""
    events = LedgerEvent.objects.filter(body_id=body_id, kind=EventKind.CRISIS_SHOWN).order_by("-id")[:MOST]
    latest = [event for event in events if event.at >= at - CALLED_FOR]
    marks = [_mark(event) for event in latest]
    known = set(CallOut.objects.filter(dedupe__in=marks).values_list("dedupe", flat=True)) if marks else set()
    return [event for event in latest if _mark(event) not in known]


def _called_out(event: LedgerEvent, at: datetime) -> bool:
    """Begin the call; False where the petition was opened meanwhile, or nobody is there to be called."""
    waiting = Petition.objects.filter(pk=int(event.subject_id), state=PetitionState.RECEIVED)
    kind = waiting.values_list("kind", flat=True).first()
    if kind is None or event.body_id is None:
        return False
    about = About("danger", ("petition", event.subject_id))
    if kind == PetitionKind.ACCUSATION:
        return _called_alone(about, event.body_id, dedupe=_mark(event), at=at)
    posts = (calling_out.post_coded(event.body_id, code) for code in CALLED_POSTS)
    post = next((post for post in posts if post and on_duty_at(post.pk, at)), None)
    if post is None:
        return False
    calling_out.call_post(post, about, by=SYSTEM, at=at, dedupe=_mark(event))
    return True


def _called_alone(about: About, body_id: int, *, dedupe: str, at: datetime) -> bool:
    """Call for an accusation: whom its letter went to, and nobody above them, for they may be whom it is about.

    That is supervision; where nobody supervises, the one person on duty, who learns a reference as from the letter.
    """
    if _supervision(body_id, at):
        calling_out.call_supervision(body_id, about, by=SYSTEM, at=at, dedupe=dedupe)
        return True
    people = _called(PetitionKind.ACCUSATION, body_id, at)
    title = str(Standing.WATCH.label)
    if people:
        calling_out.call_alone(people, title, about, by=SYSTEM, at=at, body_id=body_id, dedupe=dedupe)
    return bool(people)


def danger_seen_to(petition: Petition, *, by: HasActor, at: datetime) -> None:
    """Somebody reads what was filed: nobody needs to be called for it any more."""
    events = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(petition.pk))
    for event in events.filter(kind=EventKind.CRISIS_SHOWN)[:MOST]:
        acknowledge_subject(_mark(event), by=by, at=at)


def _mark(event: LedgerEvent) -> str:
    return f"danger:{event.pk}"


def danger_proposed(petition: Petition) -> bool:
    """Whether the filing itself spoke of danger to somebody: the clerk sees the facet ticked and decides."""
    events = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(petition.pk))
    return events.filter(kind=EventKind.CRISIS_SHOWN).exists()


def called_for_reading(viewer: Officer, *, at: datetime) -> list[Petition]:
    """The petitions of the last week that called the duty post, not yet registered, which the viewer may open."""
    return list(gate.petitions_for(viewer).filter(_waiting(viewer.body_id, at)).order_by("id")[:MOST])


def called_for_duty(body_id: int, *, at: datetime) -> list[tuple[str, datetime]]:
    """For the duty desk: reference and time of those petitions and nothing of what they say."""
    rows = Petition.objects.filter(_waiting(body_id, at)).order_by("id")
    if _supervision(body_id, at):  # they were called; reception, whom the desk would ring, cannot open it
        rows = rows.exclude(kind=PetitionKind.ACCUSATION)
    return list(rows.values_list("reference", "received_at")[:MOST])


def _waiting(body_id: int, at: datetime) -> models.Q:
    events = LedgerEvent.objects.filter(body_id=body_id, kind=EventKind.CRISIS_SHOWN, at__gte=at - SHOWN_FOR)
    latest = [int(ref) for ref in events.order_by("-id").values_list("subject_id", flat=True)[:MOST]]
    return models.Q(body_id=body_id, pk__in=latest, state=PetitionState.RECEIVED)
