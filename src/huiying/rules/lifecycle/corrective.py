"""A corrective action (整改): owned by one, verified by another."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class CorrectiveState(StrEnum):
    """Where a corrective action stands."""

    OPEN = "open"
    DONE = "done"
    VERIFIED = "verified"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    CorrectiveState.OPEN: N_("整改中"),
    CorrectiveState.DONE: N_("待核验"),
    CorrectiveState.VERIFIED: N_("已核验"),
    CorrectiveState.RETURNED: N_("退回重做"),
}

_S = CorrectiveState

LIFECYCLE = Lifecycle(
    "corrective",
    CorrectiveState,
    (
        Move(_S.OPEN, _S.DONE, "corrective_done", N_("完成"), "突发事件应对法 art. 87"),
        Move(_S.DONE, _S.VERIFIED, "corrective_verify", N_("核验通过"), "POLICY"),
        Move(_S.DONE, _S.RETURNED, "corrective_return", N_("退回"), "POLICY"),
        Move(_S.RETURNED, _S.DONE, "corrective_done", N_("完成"), "突发事件应对法 art. 87"),
    ),
    title=N_("整改"),
    initial=(CorrectiveState.OPEN,),
)
