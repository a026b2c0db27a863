"""What the workbench shows beside the answer: each duty with how it stands, and the forms that are open to the viewer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiying.petitions import duties, gate
from huiying.petitions.actions.doubting import BEFORE_DECISION
from huiying.petitions.actions.extending import LONGEST, check_approver
from huiying.petitions.actions.recusing import may_end
from huiying.petitions.models import (
    Execution,
    Extension,
    Objection,
    Petition,
    Rating,
    Recusal,
    RecusalEnded,
    SpamMark,
)
from huiying.records import clock
from huiying.registry.officers import Officer
from huiying.registry.selectors import category_choices, unit_choices
from huiying.rules.lifecycle.execution import ExecutionState
from huiying.rules.lifecycle.extension import ExtensionState
from huiying.rules.lifecycle.objection import ObjectionState
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.matters import Matter, RecusalGround
from huiying.rules.permissions import Action
from huiying.rules.refusals import Refusal
from huiying.web.console.access import OfficerRequest
from huiying.web.console.petitions.beside import beside
from huiying.web.console.petitions.folds import opened

CLASSED = frozenset(
    {PetitionState.RECEIVED, PetitionState.REGISTERED, PetitionState.ACCEPTED, PetitionState.HANDLING}
)


FIELDS = [matter.value for matter in Matter]


def duties_panel(request: OfficerRequest, petition: Petition) -> Mapping[str, object]:
    """Extension, objection, execution, recusal, class, doubt, reopening, ratings: what there is and what may be done."""
    at = clock.now()
    return {
        "duties": {
            **_extension(request, petition, at),
            **_objection(request, petition, at),
            **_executions(request, petition, at),
            **_recusal(request, petition, at),
            **_class(request, petition),
            **_doubt(request, petition),
            **_after(request, petition),
        }
    }


def _extension(request: OfficerRequest, petition: Petition, at: datetime) -> dict[str, Any]:
    officer, unit = request.officer, petition.handling_unit_id
    extension = duties.extension_of(petition) if Extension in beside(request, petition) else None
    handled = petition.state == PetitionState.HANDLING and petition.kind == PetitionKind.REQUEST
    open_ = extension is not None and extension.state == ExtensionState.ASKED
    closed = extension is None or extension.state == ExtensionState.REFUSED
    decides = handled and open_ and officer.can(Action.EXTENSION_APPROVE, unit_id=unit)
    running = duties.handling_clock(petition) if handled else None
    in_time = running is not None and clock.official_date(at) <= running.due_on
    why_not = ""
    if decides and extension is not None:
        try:
            check_approver(extension, by=officer, at=at)
        except Refusal as refusal:
            why_not = refusal.message
    return {
        "extension": extension,
        "may_extend": handled and closed and in_time and officer.can(Action.EXTENSION_ASK, unit_id=unit),
        "may_decide_extension": decides and in_time and not why_not,
        "why_not_extension": why_not,
        "longest": LONGEST.n,
    }


def _objection(request: OfficerRequest, petition: Petition, at: datetime) -> dict[str, Any]:
    officer, unit = request.officer, petition.handling_unit_id
    handled = petition.state == PetitionState.HANDLING
    right = duties.right_to_object(petition, today=clock.official_date(at)) if handled else None
    objection = duties.objection_of(petition) if Objection in beside(request, petition) else None
    waits = handled and objection is not None and objection.state == ObjectionState.RAISED
    may = officer.can(Action.OBJECTION_RAISE, unit_id=unit)
    return {
        "objection": objection,
        "right": right,
        "may_object": right is not None and right.open and may,
        "may_decide_objection": waits and officer.can(Action.OBJECTION_DECIDE, unit_id=unit),
    }


def _executions(request: OfficerRequest, petition: Petition, at: datetime) -> dict[str, Any]:
    if Execution not in beside(request, petition):
        return {"executions": []}
    officer, today = request.officer, clock.official_date(at)
    seen = duties.executions_of(petition, today=today, viewer=officer)
    newest = {row.execution.claim_id: row.execution.pk for row in seen}
    rows = []
    for row in seen:
        execution, state = row.execution, row.execution.state
        last = newest[execution.claim_id] == execution.pk
        reports = officer.can(Action.EXECUTION_REPORT, unit_id=execution.unit_id)
        verifies = officer.can(Action.EXECUTION_VERIFY) and execution.reported_by_id != officer.staff_id
        rows.append(
            {
                "seen": row,
                "execution": execution,
                "may_report": last and state == ExecutionState.OPEN and reports,
                "may_verify": last and state == ExecutionState.REPORTED and verifies,
            }
        )
    return {"executions": rows}


def _recusal(request: OfficerRequest, petition: Petition, at: datetime) -> dict[str, Any]:
    officer = request.officer
    if not officer.can(Action.PETITION_RECUSE, unit_id=petition.handling_unit_id):
        return {"recusals": (), "may_recuse": False}
    held = beside(request, petition)
    recused = duties.recusals_of(petition) if Recusal in held else ()
    return {
        "recusals": [(row, may_end(row, officer, at=at)) for row in recused],
        "recusals_ended": duties.recusals_ended_of(petition) if RecusalEnded in held else (),
        "may_recuse": True,
        **(_recusing(petition, officer, at) if "recuse" in opened(request) else {}),
    }


def _recusing(petition: Petition, officer: Officer, at: datetime) -> dict[str, Any]:
    """What the form for a recusal offers."""
    return {
        "recusable": [("", "—"), *duties.recusable_names(petition, officer, at=at)],
        "grounds": [{"value": ground.value, "label": ground.label} for ground in RecusalGround],
    }


def _class(request: OfficerRequest, petition: Petition) -> dict[str, Any]:
    officer = request.officer
    proposed = duties.unit_proposed(petition) if petition.state == PetitionState.ACCEPTED else None
    given: dict[str, Any] = {
        "proposed": proposed if officer.can(Action.PETITION_ASSIGN) else None,
        "may_classify": False,
    }
    if petition.state not in CLASSED or not officer.can(Action.PETITION_CLASSIFY):
        return given
    original = gate.may_see_original(officer, petition)
    given |= _classifying(petition, officer) if "classify" in opened(request) else {}
    return given | {
        "may_classify": True,
        "respondent": petition.respondent if original else petition.shielded_respondent,
        "confidential": petition.confidentiality == "confidential",
    }


def _classifying(petition: Petition, officer: Officer) -> dict[str, Any]:
    """What the form for the class offers."""
    categories = [
        (number, f"{Matter(matter).label} · {label}")
        for number, matter, label in sorted(category_choices(petition.body_id), key=_in_the_tree)
    ]
    return {
        "categories": [("", "—"), *categories],
        "about_units": [("", "—"), *unit_choices(officer.body_id)],
    }


def _in_the_tree(row: tuple[int, str, str]) -> int:
    """Where its field stands; within one the rows are in order already."""
    return FIELDS.index(row[1])


def _doubt(request: OfficerRequest, petition: Petition) -> dict[str, Any]:
    officer = request.officer
    mark = duties.spam_of(petition) if SpamMark in beside(request, petition) else None
    early = petition.state in BEFORE_DECISION
    concerns = officer.can(Action.SPAM_PROPOSE) or officer.can(Action.SPAM_CONFIRM)
    proposes = early and mark is None and officer.can(Action.SPAM_PROPOSE)
    judges = mark is not None and officer.can(Action.SPAM_CONFIRM)
    state = SpamState(mark.state) if mark else None
    return {
        "mark": mark if concerns else None,
        "doubts": duties.spam_suggested(officer, petition) if proposes else (),
        "may_doubt": proposes,
        "may_confirm_spam": judges
        and state is SpamState.PROPOSED
        and mark is not None
        and mark.proposed_by_id != officer.staff_id,
        "may_lift_spam": judges and state is not SpamState.LIFTED,
    }


def _after(request: OfficerRequest, petition: Petition) -> dict[str, Any]:
    officer = request.officer
    reopens = officer.can(Action.PETITION_REOPEN) and petition.state == PetitionState.SETTLED
    if Rating not in beside(request, petition):  # and nobody follows up what was not rated
        return {"may_reopen": reopens, "ratings": (), "follow_ups": ()}
    return {
        "may_reopen": reopens,
        "ratings": duties.ratings_of(officer, petition),
        "follow_ups": duties.follow_ups_of(officer, petition),
    }
