"""Reads of what stands beside one answer: extension, objection, execution, recusals, doubts, ratings."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, IntegerField, OuterRef, QuerySet

from huiying.petitions import gate
from huiying.petitions.models import (
    Execution,
    Extension,
    FollowUp,
    Objection,
    Petition,
    PetitionClock,
    Rating,
    Recusal,
    RecusalEnded,
    SpamMark,
)
from huiying.records.clock import official_date
from huiying.records.statements import kept
from huiying.registry.granting import running_at
from huiying.registry.models import Category, Grant, Staff, Unit
from huiying.registry.officers import Officer
from huiying.registry.selectors import competent_unit
from huiying.rules import disclosure
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.execution import ExecutionState
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.matters import RatedSide, RatingScore
from huiying.rules.permissions import Action, Role, units_for
from huiying.rules.spam import Doubt, doubts


def extension_of(petition: Petition) -> Extension | None:
    """The latest request for more time of this round: asked, approved with its reason and days, or refused."""
    rows = petition.extensions.filter(round=petition.round)
    return rows.select_related("asked_by", "decided_by").order_by("-id").first()


def concerned(extension: Extension) -> set[int]:
    """Who asked for more time and who handles the matter: neither of them approves it."""
    handler_id = extension.petition.handler_id
    return {extension.asked_by_id} | ({handler_id} if handler_id else set())


def objection_of(petition: Petition) -> Objection | None:
    """The latest word of a unit that it is not competent, with what was decided."""
    return petition.objections.select_related("unit", "raised_by").order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Right:
    """The unit's right to object (C4): until when, and whether it can still be used. Never a duty, so never overdue."""

    row: PetitionClock
    open: bool


def right_to_object(petition: Petition, *, today: date) -> Right | None:
    """The handling unit's right to object in this round; None where it never had one."""
    if petition.handling_unit_id is None:
        return None
    rows = _clocks(Clock.OBJECTION, petition=petition.pk, round=petition.round)
    row = next((row for row in rows if row.unit_id == petition.handling_unit_id), None)
    if row is None:
        return None
    return Right(row, row.met_at is None and row.stopped_at is None and today <= row.due_on)


def handling_clock(petition: Petition) -> PetitionClock | None:
    """The clock of this round's answer while it runs."""
    rows = _clocks(Clock.HANDLE, petition=petition.pk, round=petition.round)
    return next((row for row in rows if row.met_at is None and row.stopped_at is None), None)


@kept(petition=BigIntegerField(), round=IntegerField())
def _clocks(clock: Clock, *, petition: Any, round: Any) -> QuerySet[PetitionClock]:  # the column's name
    return PetitionClock.objects.filter(petition_id=petition, clock=clock, round=round).order_by("id")


@dataclass(frozen=True, slots=True)
class ExecutionSeen:
    """One promise to be carried out; `text` is the claim as this viewer may read it. `days_left` below 0 is late."""

    execution: Execution
    text: str
    days_left: int
    late: bool


def executions_of(
    petition: Petition, *, today: date, viewer: Officer | None = None
) -> tuple[ExecutionSeen, ...]:
    """What the body promised to carry out, in the order of the claims; with no viewer, for the person's own page."""
    original = viewer is None or gate.may_see_original(viewer, petition)
    rows = petition.executions.select_related("claim", "unit", "reported_by", "verified_by")
    return tuple(
        execution_seen(row, original=original, today=today) for row in rows.order_by("round", "claim__number")
    )


def execution_seen(row: Execution, *, original: bool, today: date) -> ExecutionSeen:
    """One promise with how it stands today; what was reported in time and awaits its check is not late."""
    ended = row.verified_at or (row.reported_at if row.state == ExecutionState.REPORTED else None)
    end = official_date(ended) if ended else today
    return ExecutionSeen(
        execution=row,
        text=row.claim.text if original else row.claim.shielded_text,
        days_left=(row.due_on - today).days,
        late=end > row.due_on,
    )


def recusable_names(petition: Petition, by: Officer, *, at: datetime) -> list[tuple[int, str]]:
    """The same as number and name, for a list to choose from."""
    return list(recusable(petition, by, at=at).values_list("pk", "name"))


def recusals_of(petition: Petition) -> QuerySet[Recusal]:
    """Who has nothing to do with the matter, and why."""
    return petition.recusals.select_related("staff").order_by("id")


def recusals_ended_of(petition: Petition) -> QuerySet[RecusalEnded]:
    """The recusals that were taken back, with the reasons."""
    return petition.recusals_ended.select_related("staff").order_by("id")


def recused_from(viewer: Officer) -> list[int]:
    """The numbers of the petitions that the viewer has nothing to do with."""
    return list(Recusal.objects.filter(staff_id=viewer.staff_id).values_list("petition_id", flat=True))


def recusable(petition: Petition, by: Officer, *, at: datetime) -> QuerySet[Staff]:
    """Whom this officer may name: the body's staff, or a head's own unit; who is named already is left out."""
    staff = Staff.objects.filter(body_id=petition.body_id, is_active=True)
    if units_for(by.grants, Action.PETITION_RECUSE) is not None:
        own = Grant.objects.filter(running_at(at), unit=petition.handling_unit)
        staff = staff.filter(pk__in=own.values("staff_id"))
    return staff.exclude(pk__in=petition.recusals.values("staff_id")).order_by("name", "pk")[:200]


def head_missing(
    petition: Petition, *, at: datetime, besides: Collection[int] = (), unit: Unit | None = None
) -> bool:
    """Whether the unit (the handling unit) has no head left who may decide: all are recused, or are `besides`."""
    heads = Grant.objects.filter(
        running_at(at),
        unit=unit or petition.handling_unit,
        role=Role.UNIT_HEAD,
        staff__is_active=True,
    )
    recused = petition.recusals.values("staff_id")
    return not heads.exclude(staff_id__in=recused).exclude(staff_id__in=list(besides)).exists()


@dataclass(frozen=True, slots=True)
class Proposed:
    """The unit that the category names, and the category that names it; `about_itself`: the matter is about that unit."""

    unit: Unit
    category: Category
    about_itself: bool


def unit_proposed(petition: Petition) -> Proposed | None:
    """Who is competent by the category; a person decides. None where no category or no unit is named."""
    category = petition.category
    unit = competent_unit(category)
    if category is None or unit is None:
        return None
    return Proposed(unit, category, unit.pk == petition.respondent_unit_id)


def spam_of(petition: Petition) -> SpamMark | None:
    """The doubt about a message, if there ever was one."""
    return SpamMark.objects.filter(petition=petition).select_related("proposed_by").first()


def spam_suggested(viewer: Officer, petition: Petition) -> tuple[Doubt, ...]:
    """What in the text itself speaks against a petition; a suggestion for the clerk's eyes, and nothing follows from it."""
    if not viewer.can(Action.SPAM_PROPOSE) or not gate.may_see_original(viewer, petition):
        return ()
    told = petition.submissions.order_by("id").values_list("text", flat=True)
    return doubts("\n".join(told[:20]))


def ratings_of(viewer: Officer, petition: Petition) -> tuple[Rating, ...]:
    """The ratings that the viewer may read one by one: the petition office all, the unit those of its own shown to it."""
    if not viewer.can(Action.RATING_READ, unit_id=petition.handling_unit_id):
        return ()
    rows = petition.ratings.order_by("id")
    if units_for(viewer.grants, Action.RATING_READ) is not None:
        # Another unit may have answered an earlier round: the person agreed that that one reads it.
        rows = rows.filter(side=RatedSide.UNIT, shown_to_unit=True, unit_id=petition.handling_unit_id or 0)
    return tuple(rows)


def follow_ups_of(viewer: Officer, petition: Petition) -> tuple[FollowUp, ...]:
    """What was done after a low rating; the petition office and supervision only."""
    if not viewer.can(Action.FOLLOW_UP_READ):
        return ()
    return tuple(petition.follow_ups.select_related("closed_by").order_by("id"))


@dataclass(frozen=True, slots=True)
class RatingSums:
    """How a unit was rated in one quarter that is over. None: fewer than five, or it would tell of fewer by subtraction."""

    since: date
    until: date
    total: int | None
    by_score: dict[RatingScore, int | None]


def ratings_of_unit(viewer: Officer, unit_id: int, *, today: date) -> tuple[RatingSums, ...]:
    """The unit's ratings of the last four quarters that are over, in sums of five or more only.

    A quarter stands alone and does not change any more, so that no single rating shows as a number that moved.
    """
    viewer.check(Action.RATING_READ, unit_id=unit_id)
    return tuple(_sums(unit_id, since, until) for since, until in quarters_before(today, 4))


def _sums(unit_id: int, since: date, until: date) -> RatingSums:
    rated = Rating.objects.filter(
        side=RatedSide.UNIT,
        unit_id=unit_id,
        rated_at__date__gte=since,
        rated_at__date__lt=until,
    )
    # A matter that was rated twice counts once: five ratings are five matters, and the last word is the person's.
    again = rated.filter(petition_id=OuterRef("petition_id"), round__gt=OuterRef("round"))
    rated = rated.filter(~Exists(again))
    # The unit reads some ratings one by one: what is left after taking those away must not be small either.
    tables = [_by_score(rated), _by_score(rated.filter(shown_to_unit=False))]
    withheld = frozenset[str]().union(*(disclosure.release(table).withheld for table in tables))
    shown = {name: None if name in withheld else count for name, count in tables[0].cells.items()}
    return RatingSums(since, until, shown["*"], {score: shown[score.value] for score in RatingScore})


def _by_score(rated: QuerySet[Rating]) -> disclosure.Table:
    counts = dict(rated.values_list("score").annotate(n=Count("id")).order_by())
    return disclosure.listing({score.value: counts.get(score.value, 0) for score in RatingScore})


def quarters_before(today: date, count: int) -> Iterable[tuple[date, date]]:
    """The last quarters that are over, the newest first: first day, and the first day after."""
    until = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    for _ in range(count):
        month = until.month - 3
        since = date(until.year, month, 1) if month > 0 else date(until.year - 1, month + 12, 1)
        yield since, until
        until = since


def spam_now(petition: Petition) -> bool:
    """Whether it is held to be no petition at present."""
    mark = spam_of(petition)
    return mark is not None and mark.state in (SpamState.CONFIRMED, SpamState.APPEALED)
