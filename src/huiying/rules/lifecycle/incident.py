"""An incident (突发事件). Assembling and petitioning are lawful and are never one by themselves."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class IncidentState(StrEnum):
    """Where an incident stands."""

    REPORTED = "reported"
    VERIFIED = "verified"
    ACTIVE = "active"
    ENDED = "ended"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    IncidentState.REPORTED: N_("已报告"),
    IncidentState.VERIFIED: N_("已核实"),
    IncidentState.ACTIVE: N_("响应中"),
    IncidentState.ENDED: N_("已结束"),
    IncidentState.DISMISSED: N_("不是突发事件"),
}

_S = IncidentState

LIFECYCLE = Lifecycle(
    "incident",
    IncidentState,
    (
        Move(_S.REPORTED, _S.VERIFIED, "incident_verify", N_("核实"), "突发事件应对法 art. 60, 61"),
        Move(_S.REPORTED, _S.DISMISSED, "incident_dismiss", N_("认定不是突发事件"), "POLICY"),
        Move(_S.VERIFIED, _S.ACTIVE, "incident_activate", N_("启动响应"), "突发事件应对法 art. 71, 72"),
        Move(_S.VERIFIED, _S.DISMISSED, "incident_dismiss", N_("认定不是突发事件"), "POLICY"),
        Move(_S.ACTIVE, _S.ENDED, "incident_end", N_("结束响应"), "突发事件应对法 art. 86"),
    ),
    title=N_("突发事件"),
    initial=(
        IncidentState.REPORTED,
        IncidentState.VERIFIED,
    ),
)
