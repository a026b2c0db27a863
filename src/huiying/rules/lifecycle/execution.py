"""The duty to carry out a supported claim (执行): open, reported done, verified by the petition office."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class ExecutionState(StrEnum):
    """Where the carrying out of a supported claim stands."""

    OPEN = "open"
    REPORTED = "reported"
    VERIFIED = "verified"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    ExecutionState.OPEN: N_("执行中"),
    ExecutionState.REPORTED: N_("待核验"),
    ExecutionState.VERIFIED: N_("已执行"),
}

_S = ExecutionState

LIFECYCLE = Lifecycle(
    "execution",
    ExecutionState,
    (
        Move(_S.OPEN, _S.REPORTED, "execution_report", N_("报告执行情况"), "信访工作条例 art. 32"),
        Move(_S.REPORTED, _S.VERIFIED, "execution_verify", N_("核验属实"), "信访工作条例 art. 32, 40"),
        Move(_S.REPORTED, _S.OPEN, "execution_return", N_("没有落实，退回"), "信访工作条例 art. 40"),
    ),
    title=N_("执行"),
    initial=(_S.OPEN,),
)
