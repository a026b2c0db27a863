"""A suggestion to a plan (对预案的建议), by anyone: given, then answered."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class SuggestionState(StrEnum):
    """Where a suggestion stands."""

    GIVEN = "given"
    ADOPTED = "adopted"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    SuggestionState.GIVEN: N_("待答复"),
    SuggestionState.ADOPTED: N_("已采纳"),
    SuggestionState.DECLINED: N_("未采纳"),
}

_S = SuggestionState

LIFECYCLE = Lifecycle(
    "suggestion",
    SuggestionState,
    (
        Move(_S.GIVEN, _S.ADOPTED, "suggestion_answer", N_("采纳"), "国办发〔2024〕5号 art. 37"),
        Move(_S.GIVEN, _S.DECLINED, "suggestion_answer", N_("不采纳并说明理由"), "国办发〔2024〕5号 art. 37"),
    ),
    title=N_("对预案的建议"),
    initial=(_S.GIVEN,),
)
