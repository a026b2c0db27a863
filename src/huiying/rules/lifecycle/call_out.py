"""A call to whoever must come (呼叫): calling until somebody acknowledges, nobody is left, or it is called off."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class CallOutState(StrEnum):
    """Where a call stands."""

    CALLING = "calling"
    ACKNOWLEDGED = "acknowledged"
    EXHAUSTED = "exhausted"
    CALLED_OFF = "called_off"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    CallOutState.CALLING: N_("呼叫中"),
    CallOutState.ACKNOWLEDGED: N_("已应答"),
    CallOutState.EXHAUSTED: N_("无人应答"),
    CallOutState.CALLED_OFF: N_("已取消"),
}

_S = CallOutState

LIFECYCLE = Lifecycle(
    "call_out",
    CallOutState,
    (
        Move(_S.CALLING, _S.ACKNOWLEDGED, "call_out_acknowledge", N_("应答"), "POLICY"),
        Move(_S.CALLING, _S.EXHAUSTED, "call_out_exhaust", N_("逐级呼叫后无人应答"), "POLICY"),
        Move(_S.CALLING, _S.CALLED_OFF, "call_out_call_off", N_("取消呼叫"), "POLICY"),
        Move(_S.EXHAUSTED, _S.ACKNOWLEDGED, "call_out_acknowledge", N_("应答"), "POLICY"),
    ),
    title=N_("呼叫"),
    initial=(_S.CALLING,),
)
