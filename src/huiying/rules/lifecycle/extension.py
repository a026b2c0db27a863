"""The one extension of the handling period (延期): asked, then approved or refused."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class ExtensionState(StrEnum):
    """Where a request for more time stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    ExtensionState.ASKED: N_("待批准"),
    ExtensionState.APPROVED: N_("已延期"),
    ExtensionState.REFUSED: N_("不同意延期"),
}

_S = ExtensionState

LIFECYCLE = Lifecycle(
    "extension",
    ExtensionState,
    (
        Move(_S.ASKED, _S.APPROVED, "extension_approve", N_("批准延期"), "信访工作条例 art. 34"),
        Move(_S.ASKED, _S.REFUSED, "extension_refuse", N_("不同意延期"), "信访工作条例 art. 34"),
    ),
    title=N_("延期"),
    initial=(_S.ASKED,),
)
