"""A situation report (情况报告): first, follow-up, final."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class ReportKind(StrEnum):
    """Which of the three reports it is."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"
    FINAL = "final"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return KIND_LABELS[self]


KIND_LABELS = {
    ReportKind.FIRST: N_("首报"),
    ReportKind.FOLLOW_UP: N_("续报"),
    ReportKind.FINAL: N_("终报"),
}


class ReportState(StrEnum):
    """A report is owed, then sent; a sent report is never edited. What nobody waits for any more is dropped."""

    DUE = "due"
    SENT = "sent"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    ReportState.DUE: N_("待报"),
    ReportState.SENT: N_("已报"),
    ReportState.DROPPED: N_("不再需要"),
}

_S = ReportState

LIFECYCLE = Lifecycle(
    "report",
    ReportState,
    (
        Move(_S.DUE, _S.SENT, "situation_report_send", N_("上报"), "突发事件应对法 art. 17, 61"),
        # When the response ends the final report says what a follow-up would have said; what proved to be no
        # incident is reported no further. What was late by then stays told as late.
        Move(
            _S.DUE, _S.DROPPED, "reports_drop", N_("由终报代替或不再上报"), "突发事件应对法 art. 86; POLICY"
        ),
    ),
    title=N_("情况报告"),
    initial=(ReportState.DUE,),
)
