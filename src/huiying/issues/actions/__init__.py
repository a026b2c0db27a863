"""Writes of this room, a file a noun; every verb is re-exported here."""

from huiying.issues.actions.issue import issue_close, issue_open, issue_tie, issue_untie
from huiying.issues.actions.warning import (
    warning_confirm,
    warning_dismiss,
    warning_lift,
    warning_propose,
    warning_verify,
)

__all__ = [
    "issue_close",
    "issue_open",
    "issue_tie",
    "issue_untie",
    "warning_confirm",
    "warning_dismiss",
    "warning_lift",
    "warning_propose",
    "warning_verify",
]
