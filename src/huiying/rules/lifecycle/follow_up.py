"""What the petition office does after a low rating (回访): open, then closed with what was done."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class FollowUpState(StrEnum):
    """Where the follow-up of a low rating stands."""

    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    FollowUpState.OPEN: N_("待跟进"),
    FollowUpState.CLOSED: N_("已跟进"),
}

_S = FollowUpState

LIFECYCLE = Lifecycle(
    "follow_up",
    FollowUpState,
    (Move(_S.OPEN, _S.CLOSED, "follow_up_close", N_("写明跟进情况"), "国信发〔2022〕11号"),),
    title=N_("回访"),
    initial=(_S.OPEN,),
)
