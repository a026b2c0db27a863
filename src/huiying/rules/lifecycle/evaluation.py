"""An evaluation (总结评估) of an incident or a drill, assembled from the ledger."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class EvaluationState(StrEnum):
    """Where an evaluation stands."""

    OPEN = "open"
    ADOPTED = "adopted"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    EvaluationState.OPEN: N_("评估中"),
    EvaluationState.ADOPTED: N_("已通过"),
}

_S = EvaluationState

LIFECYCLE = Lifecycle(
    "evaluation",
    EvaluationState,
    (Move(_S.OPEN, _S.ADOPTED, "evaluation_adopt", N_("通过"), "突发事件应对法 art. 87, 92"),),
    title=N_("总结评估"),
    initial=(EvaluationState.OPEN,),
)
