"""An addition to a plan for a time (临时补充预案): drafted, in force until its last day, ended; or dropped as a draft."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class AddendumState(StrEnum):
    """Where an addendum stands; that its last day is over is a question to the clock."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    AddendumState.DRAFT: N_("拟写中"),
    AddendumState.IN_FORCE: N_("施行中"),
    AddendumState.ENDED: N_("已终止"),
}

_S = AddendumState

LIFECYCLE = Lifecycle(
    "addendum",
    AddendumState,
    (
        Move(_S.DRAFT, _S.IN_FORCE, "addendum_promulgate", N_("批准施行"), "国办发〔2024〕5号 art. 25"),
        Move(_S.DRAFT, _S.ENDED, "addendum_drop", N_("放弃草稿"), "POLICY"),
        Move(_S.IN_FORCE, _S.ENDED, "addendum_end", N_("提前终止"), "POLICY"),
    ),
    title=N_("临时补充预案"),
    initial=(_S.DRAFT,),
)
