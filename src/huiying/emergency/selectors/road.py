"""Reads of a plan's way: where it stands, what comes next, by whom and by when; what a unit owes to plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet

from huiying.emergency.before_submission import (
    may_still_answer,
    must_be_dealt_with,
    procedure_of,
    units_not_asked,
)
from huiying.emergency.gate import plans_for
from huiying.emergency.models import PlanAcknowledgement, PlanFiling, PlanOpinion, PlanVersion
from huiying.emergency.plan_kinds import Procedure
from huiying.records.clock import official_date
from huiying.registry.calendars import calendar_for
from huiying.registry.models import Expert, Unit
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.opinion import OpinionState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action, units_for
from huiying.rules.plan_road import acknowledgement_due

R = TypeVar("R", PlanOpinion, PlanAcknowledgement)

MOST_EXPERTS = 30


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One asked opinion and what is still owed about it."""

    opinion: PlanOpinion
    who: str
    waited_for: bool  # its day is not over
    to_deal_with: bool
    may_ask_again: bool


@dataclass(frozen=True, slots=True)
class Road:
    """Everything that the page of a plan's way shows."""

    version: PlanVersion
    procedure: Procedure
    errors: int
    opinions: tuple[OpinionRow, ...]
    not_asked: tuple[Unit, ...]
    filings: tuple[PlanFiling, ...]
    acknowledgements: tuple[PlanAcknowledgement, ...]
    acknowledge_by: date | None

    @property
    def waiting(self) -> bool:
        """Say whether an opinion may still come."""
        return any(row.waited_for for row in self.opinions)

    @property
    def opinions_settled(self) -> bool:
        """Say whether nothing about opinions keeps the draft from being submitted."""
        if self.procedure is Procedure.SIMPLIFIED:
            return True
        return not self.not_asked and not any(row.waited_for or row.to_deal_with for row in self.opinions)

    @property
    def filed(self) -> bool:
        """Say whether every filing was sent."""
        return all(filing.sent_at for filing in self.filings)

    @property
    def acknowledged(self) -> int:
        """How many units have acknowledged."""
        return sum(row.acknowledged_at is not None for row in self.acknowledgements)


def road_of(version: PlanVersion, *, at: datetime) -> Road:
    """Where a version of a plan stands on its way; bounded by the units of the body."""
    opinions = list(version.opinions.select_related("unit", "expert").order_by("pk"))
    draft = version.state == PlanState.DRAFT
    acks = tuple(version.acknowledgements.select_related("unit", "acknowledged_by").order_by("unit_id"))
    return Road(
        version=version,
        procedure=procedure_of(version) if draft else Procedure(version.procedure),
        errors=sum(found["severity"] == "error" for found in version.findings),
        opinions=tuple(_opinion_row(version, opinion, official_date(at)) for opinion in opinions),
        not_asked=tuple(units_not_asked(version, opinions)) if draft else (),
        filings=tuple(version.filings.select_related("sent_by").order_by("pk")),
        acknowledgements=acks,
        acknowledge_by=_acknowledge_by(version, acks),
    )


def _opinion_row(version: PlanVersion, opinion: PlanOpinion, today: date) -> OpinionRow:
    changed = opinion.given_at is not None and version.saved_at > opinion.given_at
    return OpinionRow(
        opinion=opinion,
        who=str(opinion.unit or opinion.expert),
        waited_for=may_still_answer(opinion, today),
        to_deal_with=must_be_dealt_with(opinion),
        may_ask_again=opinion.state == OpinionState.DEALT_WITH and changed,
    )


def _acknowledge_by(version: PlanVersion, rows: tuple[PlanAcknowledgement, ...]) -> date | None:
    if not rows:
        return None
    return acknowledgement_due(official_date(rows[0].asked_at), calendar_for(version.plan.body_id))


def experts_to_ask(version: PlanVersion) -> QuerySet[Expert]:
    """The experts of the body who were not asked about this version; as many as a form can show."""
    asked = version.opinions.exclude(expert=None).values("expert_id")
    experts = Expert.objects.filter(body_id=version.plan.body_id, ended_at=None).exclude(pk__in=asked)
    return experts.order_by("name", "pk")[:MOST_EXPERTS]


def opinions_owed(viewer: Officer, *, limit: int) -> QuerySet[PlanOpinion]:
    """The opinions that the viewer's unit is asked for, the nearest day first."""
    found = PlanOpinion.objects.filter(
        version__plan__in=plans_for(viewer), version__state=PlanState.DRAFT, state=OpinionState.ASKED
    ).exclude(unit=None)
    return (
        _of_units(found, viewer, Action.PLAN_OPINE)
        .select_related("version__plan")
        .order_by("due_on", "pk")[:limit]
    )


def acknowledgements_owed(viewer: Officer, *, limit: int) -> list[tuple[PlanAcknowledgement, date]]:
    """The plans in force that the viewer's unit has not acknowledged, each with its last day."""
    found = PlanAcknowledgement.objects.filter(
        version__plan__in=plans_for(viewer), version__state=PlanState.PROMULGATED, acknowledged_at=None
    )
    mine = _of_units(found, viewer, Action.PLAN_ACKNOWLEDGE).select_related("version__plan")
    rows = list(mine.order_by("asked_at", "pk")[:limit])
    if not rows:
        return []
    calendar = calendar_for(viewer.body_id)
    return [(row, acknowledgement_due(official_date(row.asked_at), calendar)) for row in rows]


def _of_units(rows: QuerySet[R], viewer: Officer, action: Action) -> QuerySet[R]:
    units = units_for(viewer.grants, action)
    return rows if units is None else rows.filter(unit_id__in=units)


def versions_before_the_leaders(viewer: Officer, *, limit: int) -> Iterable[PlanVersion]:
    """What waits to be approved or promulgated, the oldest first."""
    found = PlanVersion.objects.filter(
        plan__in=plans_for(viewer), state__in=[PlanState.SUBMITTED, PlanState.APPROVED]
    )
    return found.select_related("plan").defer("text").order_by("submitted_at")[:limit]


def filings_owed(viewer: Officer, *, limit: int) -> Iterable[PlanFiling]:
    """The filings of plans in force that were not sent, the nearest day first."""
    found = PlanFiling.objects.filter(
        version__plan__in=plans_for(viewer), version__state=PlanState.PROMULGATED, sent_at=None
    )
    return found.select_related("version__plan").order_by("due_on", "pk")[:limit]
