"""Whether something is no petition at all (垃圾信息): proposed by one person, looked at by another, open to appeal."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class SpamState(StrEnum):
    """Where the doubt about a message stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    APPEALED = "appealed"
    LIFTED = "lifted"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    SpamState.PROPOSED: N_("待复核"),
    SpamState.CONFIRMED: N_("已认定"),
    SpamState.APPEALED: N_("本人有异议"),
    SpamState.LIFTED: N_("已恢复"),
}

_S = SpamState

LIFECYCLE = Lifecycle(
    "spam",
    SpamState,
    (
        Move(_S.PROPOSED, _S.CONFIRMED, "spam_confirm", N_("第二人认定"), "POLICY"),
        Move(_S.PROPOSED, _S.LIFTED, "spam_lift", N_("恢复办理"), "POLICY"),
        Move(_S.CONFIRMED, _S.APPEALED, "spam_appeal", N_("本人提出异议"), "POLICY"),
        Move(_S.CONFIRMED, _S.LIFTED, "spam_lift", N_("恢复办理"), "POLICY"),
        Move(_S.APPEALED, _S.LIFTED, "spam_lift", N_("恢复办理"), "POLICY"),
    ),
    title=N_("垃圾信息"),
    initial=(_S.PROPOSED,),
)
