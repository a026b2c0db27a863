"""Orders: opened by the stepper once and only once, answered by whoever holds the post, handed on after a refusal."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from huiying.emergency import calls, texts
from huiying.emergency.gate import check_may
from huiying.emergency.models import Activation, Incident, Order
from huiying.emergency.posts import Filled, posts_filled, posts_of
from huiying.emergency.running import playbook_of, situation_of
from huiying.playbook.kinds import Product
from huiying.playbook.stepper import StepState
from huiying.records import ledger, outbox
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state, overtaken
from huiying.registry.models import Post
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.order import OrderState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, NotPermitted, Refusal
from huiying.rules.words import N_, said

ANSWER_ARTICLE = "突发事件应对法 art. 72"


@transaction.atomic
def orders_open_due(*, activation: Activation, by: HasActor, at: datetime) -> list[Order]:
    """Send the orders that are open by the plan and were never sent; running it again sends nothing twice."""
    return orders_open(activation, by=by, at=at)


def orders_open(activation: Activation, *, by: HasActor, at: datetime) -> list[Order]:
    """The same inside a caller's transaction.

    The activation's row is locked first: of two who finish steps at once the second sees what the first did, so
    no step that waited for both is forgotten. The unique key would refuse a second order anyway.
    """
    Activation.objects.select_for_update().get(pk=activation.pk)
    fresh = [state for state in situation_of(activation, at).to_send if state.attempt == 0]
    if not fresh:
        return []
    filled = posts_filled(activation.incident.body_id, playbook_of(activation))
    orders = Order.objects.bulk_create(_order(activation, state, filled, at) for state in fresh)
    _tell(activation.incident, orders, by=by, at=at)
    return orders


def _order(activation: Activation, state: StepState, filled: dict[str, Filled], at: datetime) -> Order:
    step, place = state.step, filled[state.step.role.id]
    return Order(
        activation=activation,
        step_id=step.id,
        occurrence=state.occurrence,
        attempt=1,
        post=place.post,
        stands_in=place.stands_in,
        title=step.title,
        text=step.text,
        after_end=step.after_end,
        sent_at=at,
        due_at=state.due_at,
        acknowledge_due_at=at + step.acknowledge_within if step.acknowledge_within else None,
    )


def _tell(incident: Incident, orders: Iterable[Order], *, by: HasActor, at: datetime) -> None:
    """One event for the batch, naming every order, and one neutral letter for each post."""
    sent = [
        {"order": order.pk, "step": order.step_id, "post": order.post_id, "due": order.due_at}
        for order in orders
    ]
    ledger.append(
        EventKind.ORDER_SENT, incident, by=by, at=at, body_id=incident.body_id, facts={"orders": sent}
    )
    for post in dict.fromkeys(order["post"] for order in sent):
        count = sum(order["post"] == post for order in sent)
        to = outbox.Recipient(outbox.RecipientKind.POST, str(post))
        outbox.put("order_sent", incident, to=to, at=at, body_id=incident.body_id, context={"orders": count})


@transaction.atomic
def order_acknowledge(*, order: Order, by: Officer, at: datetime) -> Order:
    """Say that the order was received."""
    _check_answers(order, by, at)
    move = lifecycle.ORDER.check(OrderState(order.state), OrderState.ACKNOWLEDGED)
    change_state(order, move, acknowledged_at=at, acknowledged_by_id=by.staff_id)
    _answered(EventKind.ORDER_ACKNOWLEDGED, order, by=by, at=at)
    return order


@transaction.atomic
def order_done(*, order: Order, note: str = "", by: Officer, at: datetime) -> Order:
    """Say that the order was carried out; what waited for it is sent in the same moment."""
    _check_answers(order, by, at)
    note = texts.cleaned(note)
    texts.check_short_enough({"note": note}, {"note": texts.LONG}, rule="emergency.order_done")
    return _done(order, note, by=by, at=at)


@transaction.atomic
def order_refuse(*, order: Order, reason: str, by: Officer, at: datetime) -> Order:
    """Say that it cannot be carried out, and why; the leading group gives it to another post. No blame attaches."""
    _check_answers(order, by, at)
    move = lifecycle.ORDER.check(OrderState(order.state), OrderState.REFUSED)
    reason = texts.cleaned(reason)
    texts.check_filled({"reason": reason}, {"reason": N_("不能执行的原因")}, rule="emergency.order_refuse")
    texts.check_short_enough({"reason": reason}, {"reason": texts.LONG}, rule="emergency.order_refuse")
    change_state(order, move, refused_at=at, refused_by_id=by.staff_id, refused_for=reason)
    _answered(EventKind.ORDER_REFUSED, order, by=by, at=at)
    return order


@transaction.atomic
def order_reassign(*, order: Order, post: Post, by: Officer, at: datetime) -> Order:
    """Give a refused order to another post; the refusal stays as it is and the next attempt is a row of its own."""
    incident = order.activation.incident
    check_may(by, Action.INCIDENT_ACTIVATE, body_id=incident.body_id)
    _check_running(order)
    if order.state != OrderState.REFUSED:
        raise IllegalMove(
            N_("这项指令没有被说明不能执行，不需要改派。"),
            rule="lifecycle.order",
            remedy=N_("请等待接收人答复，或电话催办。"),
        )
    if post.unit.body_id != incident.body_id:
        raise Refusal(
            N_("岗位不属于本机构。"), rule="emergency.order_post", remedy=N_("请选择本机构的岗位。")
        )
    Activation.objects.select_for_update().get(pk=order.activation_id)
    if _next_attempt(order).exists():
        raise overtaken()
    again = _handed_on(order, post, at)
    facts = {
        "order": again.pk,
        "step": order.step_id,
        "from": order.post_id,
        "to": post.pk,
        "attempt": again.attempt,
    }
    ledger.append(EventKind.ORDER_REASSIGNED, incident, by=by, at=at, body_id=incident.body_id, facts=facts)
    to = outbox.Recipient(outbox.RecipientKind.POST, str(post.pk))
    outbox.put("order_sent", incident, to=to, at=at, body_id=incident.body_id, context={"orders": 1})
    return again


def _next_attempt(order: Order) -> QuerySet[Order]:
    same = Order.objects.filter(
        activation=order.activation, step_id=order.step_id, occurrence=order.occurrence
    )
    return same.filter(attempt__gt=order.attempt)


def _handed_on(order: Order, post: Post, at: datetime) -> Order:
    """The next attempt: same step, same due instant, and as long to acknowledge as the first had."""
    grace = order.acknowledge_due_at - order.sent_at if order.acknowledge_due_at else None
    return Order.objects.create(
        activation=order.activation,
        step_id=order.step_id,
        occurrence=order.occurrence,
        attempt=order.attempt + 1,
        post=post,
        title=order.title,
        text=order.text,
        after_end=order.after_end,
        sent_at=at,
        due_at=order.due_at,
        acknowledge_due_at=at + grace if grace else None,
    )


def orders_stopped(incident: Incident) -> list[int]:
    """The numbers of the unanswered orders that the end of the response stops. 突发事件应对法 art. 86."""
    waiting = [OrderState.SENT, OrderState.ACKNOWLEDGED]
    rows = Order.objects.filter(activation__incident=incident, after_end=False, state__in=waiting)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def orders_done_by_product(incident: Incident, product: Product, *, by: Officer, at: datetime) -> None:
    """Close the open orders whose step leaves this product behind: the report that was sent is the work itself."""
    activation = (
        Activation.objects.filter(incident=incident).select_related("plan_version__plan", "incident").first()
    )
    if activation is None:
        return
    steps = [step.id for step in playbook_of(activation).steps if product in step.produces]
    waiting = [OrderState.SENT, OrderState.ACKNOWLEDGED]
    for order in Order.objects.filter(activation=activation, step_id__in=steps, state__in=waiting):
        order.activation = activation
        _done(order, "", by=by, at=at)


def _done(order: Order, note: str, *, by: Officer, at: datetime) -> Order:
    move = lifecycle.ORDER.check(OrderState(order.state), OrderState.DONE)
    # Done without a word before says that it was received, too.
    received = {} if order.acknowledged_at else {"acknowledged_at": at, "acknowledged_by_id": by.staff_id}
    change_state(order, move, done_at=at, done_by_id=by.staff_id, done_note=note, **received)
    _answered(EventKind.ORDER_DONE, order, by=by, at=at)
    orders_open(order.activation, by=by, at=at)
    return order


def _answered(kind: EventKind, order: Order, *, by: Officer, at: datetime) -> None:
    incident = order.activation.incident
    facts = {"order": order.pk, "step": order.step_id, "post": order.post_id, "late": order.is_late(at)}
    ledger.append(kind, incident, by=by, at=at, body_id=incident.body_id, facts=facts)
    calls.order_answered(order, by=by, at=at)


def _check_answers(order: Order, by: Officer, at: datetime) -> None:
    """Only who holds the post or is on watch there answers for it."""
    check_may(by, Action.ORDER_ANSWER, body_id=order.activation.incident.body_id)
    if order.post_id not in posts_of(by, at):
        raise NotPermitted(
            said(N_("这项指令是下达给“{post}”的。"), post=order.post.title),
            rule="emergency.order_post",
            article=ANSWER_ARTICLE,
            remedy=N_("请由该岗位的人员或当班人员答复。"),
        )
    _check_running(order)


def _check_running(order: Order) -> None:
    if order.activation.incident.state == IncidentState.ENDED and not order.after_end:
        raise IllegalMove(
            N_("响应已经结束，这项指令随之停止。"),
            rule="lifecycle.incident",
            article="突发事件应对法 art. 86",
        )
