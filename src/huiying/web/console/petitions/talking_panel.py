"""What the workbench shows of what was established, of the messages with the person, and of questions to other units."""

import uuid
from collections.abc import Mapping

from huiying.petitions.actions.asking import ASKABLE, TALKABLE
from huiying.petitions.models import Assistance, Evidence, FactFinding, Message, Petition
from huiying.petitions.voices import messages_for
from huiying.registry.selectors import unit_choices
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.matters import FactFindingHow
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest
from huiying.web.console.petitions.beside import beside
from huiying.web.console.petitions.folds import opened
from huiying.web.shared.uploads import ACCEPTED

MOST = 200


def establishing_panel(request: OfficerRequest, petition: Petition) -> Mapping[str, object]:
    """Findings and the evidence list, and whether this viewer may add to them."""
    handled, held = petition.state == PetitionState.HANDLING, beside(request, petition)
    found = petition.fact_findings.select_related("claim", "noted_by").order_by("id")
    return {
        "found": list(found[:MOST]) if FactFinding in held else [],
        "evidence": list(petition.evidence.select_related("claim")[:MOST]) if Evidence in held else [],
        "establishing": {
            "may": handled
            and request.officer.can(Action.FACT_FINDING_NOTE, unit_id=petition.handling_unit_id),
            "accepted": ACCEPTED,
            "ways": [("", ""), *((how.value, how.label) for how in FactFindingHow)],
        },
    }


def talking_panel(request: OfficerRequest, petition: Petition) -> Mapping[str, object]:
    """The messages as this viewer may read them, and what they may write."""
    officer, unit = request.officer, petition.handling_unit_id
    rows = messages_for(officer, petition) if Message in beside(request, petition) else ()
    may = officer.can(Action.MESSAGE_WRITE, unit_id=unit)
    return {
        "talk": {
            "rows": rows,
            "unread": may and any(row.new for row in rows),
            "may_write": may and petition.state in TALKABLE,
            "may_ask": may and petition.state in ASKABLE,
            "may_pass": officer.can(Action.MESSAGE_PASS, unit_id=unit),
            "key": uuid.uuid4(),
        }
    }


def assistance_panel(request: OfficerRequest, petition: Petition) -> Mapping[str, object]:
    """The questions to other units with their answers, and the form for one more."""
    may = petition.state == PetitionState.HANDLING and request.officer.can(
        Action.ASSISTANCE_ASK, unit_id=petition.handling_unit_id
    )
    units = unit_choices(request.officer.body_id) if may and "assistance" in opened(request) else []
    others = [(number, name) for number, name in units if number != petition.handling_unit_id]
    rows = petition.assistances.select_related("unit").order_by("id")
    return {
        "assistance": {
            "rows": list(rows[:MOST]) if Assistance in beside(request, petition) else [],
            "may": may,
            "units": [("", ""), *others],
        }
    }
