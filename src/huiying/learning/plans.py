"""What an evaluation asks of a plan: its clauses, and the next draft with one of them changed."""

from dataclasses import dataclass
from datetime import datetime

from huiying.emergency.actions import plan_draft_open_from_proposal
from huiying.emergency.models import Incident, PlanVersion
from huiying.emergency.running import document_read
from huiying.learning.gate import absent
from huiying.learning.models import ClauseChange
from huiying.registry.officers import Officer


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause of a plan as a choice in a list."""

    id: str
    heading: str
    text: str


def version_of(incident: Incident) -> PlanVersion | None:
    """The version of the plan that ran in this incident; None where no response was activated."""
    activation = getattr(incident, "activation", None)
    return activation.plan_version if activation else None


def clauses_of(version: PlanVersion | None) -> list[ClauseRow]:
    """The clauses of a version, in document order."""
    if version is None:
        return []
    return [
        ClauseRow(clause.id, clause.heading, clause.text) for clause in document_read(version.text).clauses()
    ]


def check_clause(version: PlanVersion | None, clause_id: str, *, body_id: int) -> None:
    """Raise NotThere unless the clause stands in that version and the version belongs to the body."""
    if version is None or version.plan.body_id != body_id:
        absent()
    if document_read(version.text).clause(clause_id) is None:
        absent()


def draft_with(change: ClauseChange, *, reference: str, by: Officer, at: datetime) -> PlanVersion:
    """The plan's next draft with the proposed text in it."""
    return plan_draft_open_from_proposal(
        plan=change.plan_version.plan,
        clause_id=change.clause_id,
        changes={"text": change.proposed_text},
        reason=change.reason,
        reference=reference,
        by=by,
        at=at,
    )
