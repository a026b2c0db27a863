"""A question of the handling unit to another unit (协办): asked, then answered."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class AssistanceState(StrEnum):
    """Where a question to another unit stands."""

    ASKED = "asked"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    AssistanceState.ASKED: N_("待回复"),
    AssistanceState.ANSWERED: N_("已回复"),
}

_S = AssistanceState

LIFECYCLE = Lifecycle(
    "assistance",
    AssistanceState,
    (Move(_S.ASKED, _S.ANSWERED, "assistance_answer", N_("回复"), "POLICY"),),
    title=N_("协办"),
    initial=(_S.ASKED,),
)
