"""Which changes of a plan ask for the whole procedure again: command, procedure, measures, grading. 国办发〔2024〕5号 art. 36."""

from huiying.playbook.document import PlanDocument
from huiying.playbook.versions.changes import ChangedClause, changes_between

# Command bodies and their duties; grading; procedure and main measures with the times that they run by.
WEIGHTY_SECTIONS = frozenset(
    {
        "teams",
        "watches",
        "levels",
        "facets",
        "parameters",
        "warning",
        "phases",
        "end_criteria",
        "special",
        "reporting",
    }
)


def weighty_changes(before: PlanDocument, after: PlanDocument) -> tuple[ChangedClause, ...]:
    """The changes for which drafting, approval, filing and publication are gone through again; empty: simplified."""
    return tuple(change for change in changes_between(before, after) if change.section in WEIGHTY_SECTIONS)
