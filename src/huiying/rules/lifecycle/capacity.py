"""A plan for more reception at a major event (接待保障方案): drafted, approved, over or dropped."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class CapacityState(StrEnum):
    """Where a capacity plan stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    CapacityState.DRAFT: N_("拟写中"),
    CapacityState.APPROVED: N_("已批准"),
    CapacityState.DROPPED: N_("已取消"),
}

_S = CapacityState

LIFECYCLE = Lifecycle(
    "capacity",
    CapacityState,
    (
        Move(_S.DRAFT, _S.APPROVED, "capacity_approve", N_("批准"), "POLICY"),
        Move(_S.DRAFT, _S.DROPPED, "capacity_drop", N_("取消"), "POLICY"),
        Move(_S.APPROVED, _S.DROPPED, "capacity_drop", N_("取消"), "POLICY"),
    ),
    title=N_("接待保障方案"),
    initial=(_S.DRAFT,),
)
