"""The board of an incident, the part of it that stays current, and its history."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiying.emergency import gate, selectors
from huiying.emergency.kinds import Hazard, Need
from huiying.emergency.models import Incident
from huiying.issues.selectors import WarningSummary, warning_summary_for
from huiying.playbook.kinds import ResponseLevel
from huiying.records import clock
from huiying.registry.officers import Officer
from huiying.registry.selectors import staff_names
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import NotThere
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.incidents.forms import DecisionForm
from huiying.web.shared.caching import tagged, unchanged

# The colours keep the rank that the levels of a warning have.
COLOURS = {
    ResponseLevel.I: "red",
    ResponseLevel.II: "orange",
    ResponseLevel.III: "yellow",
    ResponseLevel.IV: "blue",
}
POSSIBLE = {
    "verify": (Action.INCIDENT_VERIFY, {IncidentState.REPORTED}),
    "dismiss": (Action.INCIDENT_VERIFY, {IncidentState.REPORTED, IncidentState.VERIFIED}),
    "facts": (Action.INCIDENT_VERIFY, {IncidentState.REPORTED, IncidentState.VERIFIED, IncidentState.ACTIVE}),
    "activate": (Action.INCIDENT_ACTIVATE, {IncidentState.VERIFIED}),
    "decide": (Action.INCIDENT_ACTIVATE, {IncidentState.ACTIVE}),
    "reassign": (Action.INCIDENT_ACTIVATE, {IncidentState.ACTIVE, IncidentState.ENDED}),
    "end": (Action.INCIDENT_END, {IncidentState.ACTIVE}),
    "report": (Action.SITUATION_REPORT_SEND, set(IncidentState) - {IncidentState.DISMISSED}),
}


def possible(officer: Officer, incident: Incident) -> dict[str, bool]:
    """Which acts the page offers: those that the grants and the state allow."""
    return {
        name: can_somewhere(officer.grants, action) and incident.state in states
        for name, (action, states) in POSSIBLE.items()
    }


def shown(request: OfficerRequest, incident: Incident) -> dict[str, Any]:
    """What the board's templates are given."""
    now = clock.now()
    board = selectors.board_for(request.officer, incident, now)
    incident = board.incident
    people = (
        incident.reported_by_id,
        incident.verified_by_id,
        incident.ended_by_id,
        incident.dismissed_by_id,
    )
    return {
        "board": board,
        "incident": incident,
        "now": now,
        "may": possible(request.officer, incident),
        "hazards": [Hazard(value) for value in incident.hazards],
        "needs": [Need(value) for value in incident.needs],
        "names": staff_names(incident.body_id, [pk for pk in people if pk]),
        "level": ResponseLevel(board.activation.level) if board.activation else None,
        "colour": COLOURS[ResponseLevel(board.activation.level)] if board.activation else "",
        "tag": selectors.board_tag(incident, now),
    }


@require_safe
@console_view(Action.INCIDENT_READ)
def page(request: OfficerRequest, reference: str) -> HttpResponse:
    """What is happening, what is decided, who does what by when."""
    incident = gate.incident_for(request.officer, reference)
    warning = warning_of(request.officer, incident)
    context = {
        **shown(request, incident),
        "warning": warning,
        "reasons": reasons_of(warning),
        "form": DecisionForm(),
    }
    return render(request, "console/incidents/board.html", context)


@require_safe
@console_view(Action.INCIDENT_READ)
def part(request: OfficerRequest, reference: str) -> HttpResponse:
    """The board alone, for whoever looks: 304 until something happened or a minute passed.

    A page that asks by itself is no sign of a person: it neither keeps the session awake nor writes it.
    """
    known = gate.incident_known(request.officer, reference)
    answer = unchanged(request, selectors.board_tag(known, clock.now()))
    if answer is None:
        context = shown(request, gate.incident_for(request.officer, reference))
        answer = tagged(render(request, "console/incidents/board_part.html", context), context["tag"])
    del request.session
    return answer


@require_safe
@console_view(Action.INCIDENT_READ)
def history(request: OfficerRequest, reference: str) -> HttpResponse:
    """What was promised and what happened when."""
    incident = gate.incident_for(request.officer, reference)
    rows = selectors.incident_timeline_for(request.officer, incident, at=clock.now())
    return render(request, "console/incidents/timeline.html", {"incident": incident, "rows": rows})


def warning_of(officer: Officer, incident: Incident) -> WarningSummary | None:
    """The warning's criteria and counts for those who may read warnings; for others its reference is all there is."""
    if not incident.warning_reference or not can_somewhere(officer.grants, Action.WARNING_READ):
        return None
    try:
        return warning_summary_for(officer, incident.warning_reference)
    except NotThere:
        return None


def reasons_of(warning: WarningSummary | None) -> list[tuple[str, str]]:
    """What the criteria said, a sentence each with its number in it: counts of matters, nothing behind them."""
    rows = warning.criteria if warning else ()
    return [
        (str(row["sentence"]), "") if row.get("sentence") else (str(row["criterion"]), str(row["value"]))
        for row in rows
    ]
