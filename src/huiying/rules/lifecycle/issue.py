"""A shared cause (共性问题): what many petitions have in common."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class IssueState(StrEnum):
    """Where a shared cause stands."""

    OPEN = "open"
    ANSWER_READY = "answer_ready"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    IssueState.OPEN: N_("处理中"),
    IssueState.ANSWER_READY: N_("待公开答复"),
    IssueState.CLOSED: N_("已解决"),
}

_S = IssueState

LIFECYCLE = Lifecycle(
    "issue",
    IssueState,
    (
        Move(_S.OPEN, _S.ANSWER_READY, "issue_answer", N_("拟好答复"), "YQ61"),
        Move(_S.OPEN, _S.CLOSED, "issue_close", N_("办结"), "POLICY"),
        # An answer that does not remove the cause goes back; nothing is closed to look tidy.
        Move(_S.ANSWER_READY, _S.OPEN, "issue_reopen", N_("退回继续处理"), "POLICY"),
        Move(_S.ANSWER_READY, _S.CLOSED, "issue_close", N_("办结"), "POLICY"),
    ),
    title=N_("共性问题"),
    initial=(IssueState.OPEN,),
)
