"""What the workbench shows of a petition's papers: those that the viewer may see, and what may be done with them."""

from collections.abc import Mapping

from huiying.petitions import gate
from huiying.petitions.actions import papers
from huiying.petitions.models import Petition
from huiying.records import files
from huiying.rules.lifecycle.petition import Confidentiality
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest
from huiying.web.shared.uploads import ACCEPTED, shown_size

SECTION = "papers"


def papers_panel(request: OfficerRequest, petition: Petition) -> Mapping[str, object]:
    """The papers in the order they came; how many of a confidential petition stay with the petition office is not told."""
    officer, unit = request.officer, petition.handling_unit_id
    confidential = petition.confidentiality == Confidentiality.CONFIDENTIAL
    rows = gate.papers_for(officer, petition)
    may_pass = confidential and officer.can(Action.PETITION_SHIELD, unit_id=unit)
    return {
        "papers": {
            "rows": [{"file": row, "size": shown_size(row.size)} for row in rows],
            "confidential": confidential,
            "may_pass": may_pass,
            "may_add": petition.state in papers.TAKING
            and officer.can(Action.PETITION_REGISTER, unit_id=unit),
            "megabytes": files.most_bytes() >> 20,
            "most": papers.MOST_PAPERS,
            "accepted": ACCEPTED,
        }
    }
