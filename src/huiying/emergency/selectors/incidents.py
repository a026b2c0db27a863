"""Reads of incidents: lists, facts for those who publish, duties to inform."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from huiying.emergency.gate import incidents_for
from huiying.emergency.kinds import Hazard, Nature, Need, Source
from huiying.emergency.models import Incident, InformationDue
from huiying.playbook.kinds import ResponseLevel
from huiying.registry.officers import Officer
from huiying.rules.levels import Level
from huiying.rules.lifecycle.incident import IncidentState


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in the list."""

    reference: str
    state: IncidentState
    nature: Nature
    place: str
    happened_at: datetime
    reported_at: datetime
    level: ResponseLevel | None
    warning_reference: str


def incidents_recent(
    viewer: Officer, *, state: str = "", before: int | None = None, limit: int = 50
) -> list[Incident]:
    """The newest incidents of the viewer's body, at most `limit`; `before` is the number of the last one seen."""
    rows = incidents_for(viewer).select_related("activation").order_by("-pk")
    if state in set(IncidentState):
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[:limit])


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What is known of an incident, for whoever writes about it: facts and counts, no persons."""

    reference: str
    state: IncidentState
    nature: Nature
    place: str
    happened_at: datetime
    reported_at: datetime
    ended_at: datetime | None
    level: ResponseLevel | None
    dead: int
    injured: int
    missing: int
    affected: int
    hazards: tuple[Hazard, ...]
    needs: tuple[Need, ...]
    source: Source
    measures: str


def incident_facts_for(viewer: Officer, incident: Incident) -> IncidentFacts:
    """The facts of an incident of the viewer's body. Casualties and hazards are always told. Raises NotThere."""
    found = _own(viewer, incident)
    activation = getattr(found, "activation", None)
    return IncidentFacts(
        reference=found.reference,
        state=IncidentState(found.state),
        nature=Nature(found.nature),
        place=found.place,
        happened_at=found.happened_at,
        reported_at=found.reported_at,
        ended_at=found.ended_at,
        level=ResponseLevel(activation.level) if activation else None,
        dead=found.dead,
        injured=found.injured,
        missing=found.missing,
        affected=found.affected,
        hazards=tuple(map(Hazard, found.hazards)),
        needs=tuple(map(Need, found.needs)),
        source=Source(found.source),
        measures=activation.measures if activation else "",
    )


def _own(viewer: Officer, incident: Incident) -> Incident:
    from huiying.emergency.gate import incident_for

    return incident_for(viewer, incident.reference)


def information_dues_open(body_id: int) -> QuerySet[InformationDue]:
    """What the public is still owed about incidents of a body, soonest first."""
    rows = InformationDue.objects.filter(incident__body_id=body_id, satisfied_at=None)
    return rows.select_related("incident__body").order_by("due_at", "pk")


def level_suggested(warning_level: str) -> ResponseLevel | None:
    """The response level of the same rank as a warning's colour; a suggestion, a person decides."""
    return ResponseLevel(Level(warning_level).roman) if warning_level in set(Level) else None
