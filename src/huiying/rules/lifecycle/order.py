"""An order (指令) to a post. Late is derived from its due instant and never stored as a state."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class OrderState(StrEnum):
    """Where an order stands."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    OrderState.SENT: N_("已下达"),
    OrderState.ACKNOWLEDGED: N_("已接收"),
    OrderState.DONE: N_("已完成"),
    OrderState.REFUSED: N_("已说明不能执行"),
}

_S = OrderState

LIFECYCLE = Lifecycle(
    "order",
    OrderState,
    (
        Move(_S.SENT, _S.ACKNOWLEDGED, "order_acknowledge", N_("接收"), "突发事件应对法 art. 72"),
        # Someone on site may act first and answer once: done says that it was received too.
        Move(_S.SENT, _S.DONE, "order_done", N_("完成"), "突发事件应对法 art. 72"),
        Move(_S.SENT, _S.REFUSED, "order_refuse", N_("说明不能执行"), "POLICY"),
        Move(_S.ACKNOWLEDGED, _S.DONE, "order_done", N_("完成"), "突发事件应对法 art. 72"),
        Move(_S.ACKNOWLEDGED, _S.REFUSED, "order_refuse", N_("说明不能执行"), "POLICY"),
    ),
    title=N_("指令"),
    initial=(OrderState.SENT,),
)
