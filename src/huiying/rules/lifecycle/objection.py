"""The objection (异议) of a unit that holds itself not competent: raised, then agreed or refused."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class ObjectionState(StrEnum):
    """Where an objection stands."""

    RAISED = "raised"
    AGREED = "agreed"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    ObjectionState.RAISED: N_("待答复"),
    ObjectionState.AGREED: N_("已同意退回"),
    ObjectionState.REFUSED: N_("不同意，继续办理"),
}

_S = ObjectionState

LIFECYCLE = Lifecycle(
    "objection",
    ObjectionState,
    (
        Move(_S.RAISED, _S.AGREED, "objection_agree", N_("同意退回"), "信访工作条例 art. 23"),
        Move(_S.RAISED, _S.REFUSED, "objection_refuse", N_("不同意退回"), "信访工作条例 art. 23"),
    ),
    title=N_("异议"),
    initial=(_S.RAISED,),
)
