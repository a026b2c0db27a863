"""Something lent from a store (借用): out, then returned or written off."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class LoanState(StrEnum):
    """Where a loan stands."""

    OUT = "out"
    RETURNED = "returned"
    LOST = "lost"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    LoanState.OUT: N_("借出"),
    LoanState.RETURNED: N_("已归还"),
    LoanState.LOST: N_("未能归还"),
}

_S = LoanState

LIFECYCLE = Lifecycle(
    "loan",
    LoanState,
    (
        Move(_S.OUT, _S.RETURNED, "loan_return", N_("归还"), "POLICY"),
        Move(_S.OUT, _S.LOST, "loan_write_off", N_("注明未能归还"), "POLICY"),
    ),
    title=N_("物资借用"),
    initial=(_S.OUT,),
)
