"""Two versions of a plan: what changed clause by clause with the words marked, and two drafts made one."""

from huiying.playbook.versions.changes import ChangedClause, ClauseMove, changes_between
from huiying.playbook.versions.merging import Conflict, Merged, merge

__all__ = ["ChangedClause", "ClauseMove", "Conflict", "Merged", "changes_between", "merge"]
