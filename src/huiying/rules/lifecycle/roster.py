"""A duty roster (值班表): drafted, then published; only what is published counts as duty."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class RosterState(StrEnum):
    """Where a roster stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    RosterState.DRAFT: N_("编排中"),
    RosterState.PUBLISHED: N_("已公布"),
    RosterState.DROPPED: N_("已作废"),
}

_S = RosterState

LIFECYCLE = Lifecycle(
    "roster",
    RosterState,
    (
        Move(_S.DRAFT, _S.PUBLISHED, "roster_publish", N_("公布"), "POLICY"),
        Move(_S.DRAFT, _S.DROPPED, "roster_drop", N_("作废"), "POLICY"),
    ),
    title=N_("值班表"),
    initial=(_S.DRAFT,),
)
