"""An early warning (预警): about matters, proposed by a criterion, never about persons."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class WarningState(StrEnum):
    """Where an early warning stands."""

    PROPOSED = "proposed"
    VERIFIED = "verified"
    CONFIRMED = "confirmed"
    LIFTED = "lifted"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    WarningState.PROPOSED: N_("待核实"),
    WarningState.VERIFIED: N_("已核实"),
    WarningState.CONFIRMED: N_("已发布"),
    WarningState.LIFTED: N_("已解除"),
    WarningState.DISMISSED: N_("不予预警"),
}

_S = WarningState

LIFECYCLE = Lifecycle(
    "warning",
    WarningState,
    (
        Move(_S.PROPOSED, _S.VERIFIED, "warning_verify", N_("核实"), "突发事件应对法 art. 62"),
        Move(_S.PROPOSED, _S.DISMISSED, "warning_dismiss", N_("不予预警"), "POLICY"),
        Move(_S.VERIFIED, _S.CONFIRMED, "warning_confirm", N_("发布预警"), "突发事件应对法 art. 63, 64"),
        Move(_S.VERIFIED, _S.DISMISSED, "warning_dismiss", N_("不予预警"), "POLICY"),
        Move(_S.CONFIRMED, _S.LIFTED, "warning_lift", N_("解除"), "突发事件应对法 art. 70"),
    ),
    title=N_("预警"),
    initial=(WarningState.PROPOSED,),
)
