"""People at work during a response: each order is received, and carried out in its time, too late, or not yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from huiying.config.demo import Story
from huiying.config.demo.town import Town
from huiying.emergency import actions
from huiying.emergency.models import Activation, Incident, Order
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.order import OrderState

RECEIVED_AFTER = timedelta(minutes=2)
WITHOUT_LIMIT = timedelta(minutes=30)
# Their orders are closed by the report itself.
REPORTS = frozenset({"first-report", "follow-up-report", "final-report"})
# Done on the spot already, or done at the end of its time by its nature.
SHARES = {"verify": 0.08, "handover": 0.97, "update-notice": 0.9, "track-commitments": 0.97}


@dataclass(frozen=True, slots=True)
class Pace:
    """How a response is worked on: the part of its time that a step takes (more than 1: too late), what stays undone."""

    usual: float = 0.55
    steps: Mapping[str, float] = field(default_factory=dict)
    only_received: frozenset[str] = frozenset()
    untouched: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)


def work(town: Town, activation: Activation, pace: Pace, *, until: datetime) -> Story:
    """Answer the orders of a response one after the other, each by whoever holds its post."""
    at = activation.activated_at
    while (following := _next(activation, pace)) and following[0] <= until:
        instant, order = following
        at = max(at, instant)
        yield at
        _answer(town, order.pk, pace, at)


def _next(activation: Activation, pace: Pace) -> tuple[datetime, Order] | None:
    """The next thing to do, and when; the first of those that are planned for the same instant."""
    waiting = [OrderState.SENT, OrderState.ACKNOWLEDGED]
    rows = Order.objects.filter(activation=activation, state__in=waiting).exclude(step_id__in=pace.untouched)
    if Incident.objects.filter(pk=activation.incident_id, state=IncidentState.ENDED).exists():
        rows = rows.filter(after_end=True)
    planned = [(instant, order.pk, order) for order in rows if (instant := _planned(order, pace)) is not None]
    return (min(planned)[0], min(planned)[2]) if planned else None


def _planned(order: Order, pace: Pace) -> datetime | None:
    if order.state == OrderState.SENT:
        return order.sent_at + RECEIVED_AFTER
    if order.step_id in REPORTS or order.step_id in pace.only_received:
        return None
    if order.due_at is None:
        return order.sent_at + WITHOUT_LIMIT
    given = max(order.due_at - order.sent_at, WITHOUT_LIMIT)
    return order.sent_at + given * pace.steps.get(order.step_id, SHARES.get(order.step_id, pace.usual))


def _answer(town: Town, order_id: int, pace: Pace, at: datetime) -> None:
    """Nothing, where the response ended in between."""
    rows = Order.objects.select_related(
        "post", "activation__incident__body", "activation__plan_version__plan"
    )
    order = rows.get(pk=order_id)
    if not order.is_open or (order.activation.incident.state == IncidentState.ENDED and not order.after_end):
        return
    by = town.holder(order.post)
    if order.state == OrderState.SENT:
        actions.order_acknowledge(order=order, by=by, at=at)
    else:
        actions.order_done(order=order, note=pace.notes.get(order.step_id, ""), by=by, at=at)
