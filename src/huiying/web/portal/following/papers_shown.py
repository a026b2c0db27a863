"""What the page of a petition shows its holder of the papers."""

from typing import Any

from huiying.petitions.actions import papers
from huiying.petitions.models import Petition
from huiying.records import files
from huiying.records.models import StoredFile
from huiying.rules.actors import ActorKind
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.rules.words import N_
from huiying.web.shared.uploads import ACCEPTED, shown_size

OFFICE_ALONE = N_("只有信访部门能看到")
UNIT_TOO = N_("核对过没有身份信息，已转给承办单位")
SUPERVISION_ALONE = N_("只有监督人员能看到")


def papers_part(petition: Petition, *, fault: str = "") -> dict[str, Any]:
    """The papers in the order they came, who can see each, and whether more may be added."""
    rows = papers.papers_of(petition)
    return {
        "papers": {
            "rows": [{"file": row, "size": shown_size(row.size), "seen": _seen_by(petition, row),
                      "own": row.stored_by_kind == ActorKind.PETITIONER} for row in rows],
            "may_add": petition.state in papers.TAKING and len(rows) < papers.MOST_PAPERS,
            "may_erase": petition.state in papers.TAKING_BACK,
            "most": papers.MOST_PAPERS,
            "megabytes": files.most_bytes() >> 20,
            "accepted": ACCEPTED,
            "fault": fault,
        }
    }  # fmt: skip


def _seen_by(petition: Petition, row: StoredFile) -> str:
    """Who can see a paper, in words; nothing where it is everybody who handles the matter."""
    if petition.kind == PetitionKind.ACCUSATION:
        return SUPERVISION_ALONE
    if petition.confidentiality != Confidentiality.CONFIDENTIAL:
        return ""
    return UNIT_TOO if row.shown_to_unit else OFFICE_ALONE
