"""A report of retaliation (打击报复): received above the unit, then answered."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class RetaliationState(StrEnum):
    """Where a report of retaliation stands."""

    RECEIVED = "received"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    RetaliationState.RECEIVED: N_("待处理"),
    RetaliationState.ANSWERED: N_("已处理"),
}

_S = RetaliationState

LIFECYCLE = Lifecycle(
    "retaliation",
    RetaliationState,
    (Move(_S.RECEIVED, _S.ANSWERED, "retaliation_answer", N_("答复"), "信访工作条例 art. 18, 46"),),
    title=N_("打击报复"),
    initial=(_S.RECEIVED,),
)
