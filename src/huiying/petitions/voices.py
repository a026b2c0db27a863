"""Reads of what is said around a matter: messages as their reader may see them, and questions between units."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet

from huiying.petitions.gate import may_see_original, not_there, readable, recused
from huiying.petitions.models import Assistance, Message, Petition
from huiying.records.statements import kept
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.assistance import AssistanceState
from huiying.rules.lifecycle.petition import Confidentiality, PetitionState
from huiying.rules.matters import MessageKind, Speaker
from huiying.rules.permissions import Action, GrantRef, units_for

MOST = 200  # messages of one petition on a page
WALL = 30  # questions on a page


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """One message as this viewer may read it. `to_pass`: of a confidential petition, the unit does not have it yet."""

    pk: int
    speaker: Speaker
    kind: MessageKind
    text: str
    shielded: bool
    said_at: datetime
    read_at: datetime | None
    to_pass: bool
    new: bool


def messages_for(viewer: Officer, petition: Petition, *, limit: int = MOST) -> tuple[MessageSeen, ...]:
    """What was said, oldest first. Of a confidential petition the unit reads what was passed on, and its own words."""
    rows = petition.messages.order_by("-id")
    unit = unit_reads(viewer, petition)
    if unit:
        rows = rows.filter(heard_by_unit(petition))
    return tuple(_seen(row, petition, unit) for row in reversed(rows[:limit]))


def unit_reads(viewer: Officer, petition: Petition) -> bool:
    """Whether the viewer reads a confidential petition as the unit does: only what was passed on."""
    return petition.confidentiality == Confidentiality.CONFIDENTIAL and not may_see_original(viewer, petition)


def heard_by_unit(petition: Petition) -> Q:
    """The messages that the handling unit may read."""
    if petition.confidentiality != Confidentiality.CONFIDENTIAL:
        return Q()
    return Q(speaker=Speaker.UNIT) | Q(passed_at__isnull=False)


def new_to(viewer: Officer, petition: Petition) -> Q:
    """What the person said and this side has not read: of a confidential petition what was passed on is the unit's."""
    unread = Q(speaker=Speaker.PERSON, read_at=None)
    if petition.confidentiality != Confidentiality.CONFIDENTIAL:
        return unread
    return unread & Q(passed_at__isnull=not unit_reads(viewer, petition))


def messages_new(viewer: Officer, *, limit: int = WALL) -> tuple[Message, ...]:
    """What people said and nobody has read, the oldest first: to the unit what it handles, to the office the rest.

    Of a confidential petition the office has it first, until it is passed on.
    """
    return tuple(_unread(viewer.body_id, viewer.grants, limit, staff=viewer.staff_id))


@kept(staff=BigIntegerField())
def _unread(body_id: int, grants: frozenset[GrantRef], limit: int, *, staff: Any) -> QuerySet[Message]:
    viewer = Officer(staff, body_id, grants)
    rows = Message.objects.filter(speaker=Speaker.PERSON, read_at=None, petition__body_id=body_id)
    rows = rows.filter(readable(viewer, via="petition__"))
    kept = Q(petition__confidentiality=Confidentiality.CONFIDENTIAL, passed_at=None)
    office = Q(petition__handling_unit=None) | kept
    rows = rows.filter(office if viewer.can(Action.MESSAGE_PASS) else ~kept)
    return rows.select_related("petition").order_by("id")[:limit]


def _seen(row: Message, petition: Petition, unit: bool) -> MessageSeen:
    shielded = unit and row.speaker != Speaker.UNIT
    confidential = petition.confidentiality == Confidentiality.CONFIDENTIAL
    return MessageSeen(
        pk=row.pk,
        speaker=Speaker(row.speaker),
        kind=MessageKind(row.kind),
        text=row.shielded_text if shielded else row.text,
        shielded=shielded,
        said_at=row.said_at,
        read_at=row.read_at,
        to_pass=confidential and row.speaker != Speaker.UNIT and row.passed_at is None,
        new=row.speaker == Speaker.PERSON
        and row.read_at is None
        and (not confidential or (row.passed_at is not None) == unit),
    )


def message_for(viewer: Officer, petition: Petition, pk: int) -> Message:
    """One message of a petition that the viewer may read as it was said. Raises NotThere."""
    found = Message.objects.filter(pk=pk, petition=petition).select_related("petition").first()
    if found is None or unit_reads(viewer, petition):
        raise not_there()
    return found


@dataclass(frozen=True, slots=True)
class AssistanceSeen:
    """One question as the unit that was asked sees it: words and days, and nothing of the petition."""

    assistance: Assistance
    waiting: bool


def assistances_for_unit(viewer: Officer, *, limit: int = WALL) -> tuple[AssistanceSeen, ...]:
    """What the viewer's units were asked: first what waits, by day; then what was answered, newest first.

    A question whose matter is no longer being handled waits no more.
    """
    rows = Assistance.objects.filter(_asked_of(viewer)).select_related("unit", "petition")
    waiting = rows.filter(state=AssistanceState.ASKED, petition__state=PetitionState.HANDLING)
    done = rows.filter(state=AssistanceState.ANSWERED)
    found = [*waiting.order_by("due_on", "id")[:limit], *done.order_by(F("id").desc())[:limit]]
    return tuple(AssistanceSeen(row, row.state == AssistanceState.ASKED) for row in found[:limit])


def assistance_for(viewer: Officer, pk: int) -> Assistance:
    """One question that the viewer's unit was asked. Raises NotThere."""
    rows = Assistance.objects.filter(_asked_of(viewer)).select_related("unit", "petition")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise not_there()
    return found


def _asked_of(viewer: Officer) -> Q:
    units = units_for(viewer.grants, Action.ASSISTANCE_ANSWER) or frozenset()
    asked = Q(unit__body_id=viewer.body_id, unit_id__in=sorted(units))
    return asked & ~Q(
        recused(viewer, via="petition__")
    )  # art. 28: whoever is complained of may be of that unit
