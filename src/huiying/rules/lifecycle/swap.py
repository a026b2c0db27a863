"""A watch offered to a colleague (换班): asked, then agreed to, declined or taken back."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class SwapState(StrEnum):
    """Where an offer stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    SwapState.ASKED: N_("待对方答复"),
    SwapState.AGREED: N_("已换班"),
    SwapState.DECLINED: N_("对方不同意"),
    SwapState.WITHDRAWN: N_("已撤回"),
}

_S = SwapState

LIFECYCLE = Lifecycle(
    "swap",
    SwapState,
    (
        Move(_S.ASKED, _S.AGREED, "swap_agree", N_("同意换班"), "POLICY"),
        Move(_S.ASKED, _S.DECLINED, "swap_decline", N_("不同意换班"), "POLICY"),
        Move(_S.ASKED, _S.WITHDRAWN, "swap_withdraw", N_("撤回换班"), "POLICY"),
    ),
    title=N_("换班"),
    initial=(_S.ASKED,),
)
