"""A written opinion on a draft plan (书面意见): asked of a unit with a duty or of an expert, given, dealt with."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class OpinionState(StrEnum):
    """Where an asked opinion stands."""

    ASKED = "asked"
    GIVEN = "given"
    DEALT_WITH = "dealt_with"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    OpinionState.ASKED: N_("待提出意见"),
    OpinionState.GIVEN: N_("已提出意见"),
    OpinionState.DEALT_WITH: N_("已处理"),
}

_S = OpinionState

LIFECYCLE = Lifecycle(
    "opinion",
    OpinionState,
    (
        Move(_S.ASKED, _S.GIVEN, "opinion_give", N_("提出书面意见"), "国办发〔2024〕5号 art. 22"),
        Move(_S.GIVEN, _S.DEALT_WITH, "opinion_deal", N_("说明采纳情况"), "国办发〔2024〕5号 art. 24"),
        Move(
            _S.DEALT_WITH,
            _S.ASKED,
            "opinion_ask_again",
            N_("文本改动后重新征求"),
            "国办发〔2024〕5号 art. 22",
        ),
    ),
    title=N_("预案书面意见"),
    initial=(_S.ASKED,),
)
