"""The board of one incident: one frozen picture for wall, desk and phone, and the tag that says whether it changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, QuerySet

from huiying.emergency.gate import incident_for
from huiying.emergency.models import Activation, Decision, Incident, InformationDue, Order, SituationReport
from huiying.emergency.posts import people_on, posts_of
from huiying.emergency.running import situation_of
from huiying.playbook.stepper import Situation
from huiying.records.models import LedgerEvent
from huiying.records.statements import kept
from huiying.registry.models import Post
from huiying.registry.officers import Officer
from huiying.registry.selectors import staff_names
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.order import OrderState
from huiying.rules.lifecycle.report import ReportState
from huiying.rules.permissions import Action, can_somewhere


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order as it is shown: to which post, who is on it, where it stands. `late` is derived from the clock."""

    order: Order
    state: OrderState
    post: Post
    people: tuple[str, ...]
    late: bool
    silent: bool
    stopped: bool
    handed_on: bool
    is_mine: bool

    @property
    def needs_someone(self) -> bool:
        """Say whether it was refused and no other post has it yet."""
        return self.state is OrderState.REFUSED and not self.handed_on and not self.stopped


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision with the name of the colleague who took it."""

    at: datetime
    text: str
    legal_basis: str
    who: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows at one instant."""

    incident: Incident
    activation: Activation | None
    at: datetime
    open_orders: tuple[OrderRow, ...]
    refused_orders: tuple[OrderRow, ...]
    done_orders: tuple[OrderRow, ...]
    waiting_steps: tuple[str, ...]
    reports: tuple[SituationReport, ...]
    information_dues: tuple[InformationDue, ...]
    decisions: tuple[DecisionRow, ...]

    @property
    def report_owed(self) -> SituationReport | None:
        """The report that is owed next."""
        return next((report for report in self.reports if report.state == ReportState.DUE), None)

    @property
    def next_due(self) -> OrderRow | None:
        """The open order whose time runs out first."""
        timed = [row for row in self.open_orders if row.order.due_at]
        return min(timed, key=lambda row: row.order.due_at, default=None)  # type: ignore[arg-type,return-value]

    @property
    def stopped_count(self) -> int:
        """How many orders the end of the response stopped unanswered: they are not done."""
        return sum(row.state is not OrderState.DONE for row in self.done_orders)

    @property
    def late_count(self) -> int:
        """How many open orders are late."""
        return sum(row.late for row in self.open_orders)


def board_for(viewer: Officer, incident: Incident, at: datetime) -> Board:
    """The board of an incident of the viewer's body, in a bounded number of queries. Raises NotThere."""
    found = incident_for(viewer, incident.reference)
    activation: Activation | None = getattr(found, "activation", None)
    rows = _order_rows(_orders_of(activation), at, posts_of(viewer, at)) if activation else ()
    situation = situation_of(activation, at) if activation else None
    return Board(
        incident=found,
        activation=activation,
        at=at,
        open_orders=_by_deadline(row for row in rows if row.order.is_open and not row.stopped),
        refused_orders=tuple(row for row in rows if row.state is OrderState.REFUSED),
        done_orders=tuple(
            row for row in rows if row.state is OrderState.DONE or (row.stopped and row.order.is_open)
        ),
        waiting_steps=_waiting(situation),
        reports=tuple(SituationReport.objects.filter(incident=found)),
        information_dues=tuple(InformationDue.objects.filter(incident=found).order_by("due_at", "pk")),
        decisions=_decisions(found),
    )


def my_orders(viewer: Officer, at: datetime) -> tuple[OrderRow, ...]:
    """The open orders of running responses that this person answers for now, the most pressing first."""
    mine = posts_of(viewer, at)
    if not mine or not can_somewhere(viewer.grants, Action.INCIDENT_READ):
        return ()
    orders = _open_orders(viewer.body_id, tuple(sorted(mine)))
    return _by_deadline(row for row in _order_rows(orders, at, mine) if not row.stopped)


@kept()
def _open_orders(body_id: int, posts: tuple[int, ...]) -> QuerySet[Order]:
    orders = Order.objects.filter(
        activation__incident__body_id=body_id,
        post__in=posts,
        state__in=[OrderState.SENT, OrderState.ACKNOWLEDGED],
    )
    return orders.select_related("post__unit", "activation__incident")


def order_row(viewer: Officer, order: Order, at: datetime) -> OrderRow:
    """One order as it is shown; an earlier attempt knows that a later one exists."""
    same = Order.objects.filter(
        activation=order.activation, step_id=order.step_id, occurrence=order.occurrence
    )
    rows = _order_rows(_orders_of(order.activation, same), at, posts_of(viewer, at))
    return next(row for row in rows if row.order.pk == order.pk)


def board_tag(incident: Incident, at: datetime) -> str:
    """What changes exactly when the board does: the newest event about the incident, and the minute of its clocks."""
    newest = next((number for (number,) in _newest_event(ref=str(incident.pk))), None)
    return f"{newest}-{int(at.timestamp()) // 60}"


@kept(ref=CharField())
def _newest_event(*, ref: Any) -> QuerySet[LedgerEvent, Any]:
    """Three hundred people at a board ask it each second."""
    events = LedgerEvent.objects.filter(subject_kind="incident", subject_id=ref)
    return events.order_by("-id").values_list("id")[:1]


def _orders_of(activation: Activation, rows: QuerySet[Order] | None = None) -> list[Order]:
    rows = Order.objects.filter(activation=activation) if rows is None else rows
    orders = list(rows.select_related("post__unit").order_by("pk"))
    for order in orders:
        order.activation = activation
    return orders


def _order_rows(orders: list[Order], at: datetime, mine: Collection[int]) -> tuple[OrderRow, ...]:
    if not orders:
        return ()
    people = people_on((order.post_id for order in orders), at)
    last = {
        (o.activation_id, o.step_id, o.occurrence): o.attempt for o in sorted(orders, key=lambda o: o.attempt)
    }
    return tuple(
        OrderRow(
            order=order,
            state=OrderState(order.state),
            post=order.post,
            people=people.get(order.post_id, ()),
            late=order.is_late(at),
            silent=order.state == OrderState.SENT
            and order.acknowledge_due_at is not None
            and at > order.acknowledge_due_at
            and order.stopped_at is None,
            stopped=order.activation.incident.state == IncidentState.ENDED
            and not order.after_end
            and order.done_at is None,
            handed_on=order.attempt < last[(order.activation_id, order.step_id, order.occurrence)],
            is_mine=order.post_id in mine,
        )
        for order in orders
    )


def _by_deadline(rows: Iterable[OrderRow]) -> tuple[OrderRow, ...]:
    return tuple(
        sorted(
            rows,
            key=lambda row: (row.order.due_at is None, row.order.due_at or row.order.sent_at, row.order.pk),
        )
    )


def _waiting(situation: Situation | None) -> tuple[str, ...]:
    return tuple(state.step.title for state in situation.waiting) if situation else ()


def _decisions(incident: Incident) -> tuple[DecisionRow, ...]:
    rows = list(Decision.objects.filter(incident=incident).order_by("-decided_at", "-pk"))
    names = staff_names(incident.body_id, [row.decided_by_id for row in rows if row.decided_by_id])
    return tuple(
        DecisionRow(row.decided_at, row.text, row.legal_basis, names.get(row.decided_by_id or 0, ""))
        for row in rows
    )
