"""Calling people out for what happens in this room: a report nobody on duty made, an order nobody acknowledges.

Who is called learns that there is something, never what. The call of an order goes the way its step escalates: its own
post as long as the plan allows, then the roles that the step names, then the leading group.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from huiying.emergency.models import Incident, Order
from huiying.emergency.posts import DUTY_POST, own_post, posts_by_code
from huiying.emergency.running import playbook_of
from huiying.playbook.compiler import PlaybookStep
from huiying.records import calling
from huiying.records.calling import About, Rung
from huiying.records.ledger import HasActor
from huiying.records.models import CallOut
from huiying.registry import calling_out
from huiying.registry.duty import on_duty_at
from huiying.registry.models import Post
from huiying.registry.officers import Officer
from huiying.rules.actors import SYSTEM
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.order import OrderState

SINCE = timedelta(
    days=1
)  # an order that was silent for longer is on the board; ringing for it now helps nobody
MOST = 50
SILENT = "order_unanswered"
MOST_TIMES = 10  # POLICY: how often one post is rung for an order, however long the plan lets it be silent


def call_duty_post(incident: Incident, *, by: HasActor, at: datetime) -> CallOut | None:
    """Call the duty post out for a report, unless whoever reports is on duty; then the leading group, rung by rung."""
    post = posts_by_code(incident.body_id).get(DUTY_POST)
    if post is None:
        return None
    reporter = by.staff_id if isinstance(by, Officer) else None
    on_watch = on_duty_at(post.pk, at)
    if reporter is not None and on_watch is not None and on_watch.pk == reporter:
        return None
    about = About("incident_reported", ("incident", str(incident.pk)))
    without = [reporter] if reporter is not None else []
    return calling_out.call_post(post, about, by=by, at=at, dedupe=_of_incident(incident), without=without)


def incident_seen_to(incident: Incident, *, by: HasActor, at: datetime) -> None:
    """Somebody verified or dismissed it: nobody needs to be called any more."""
    calling.acknowledge_subject(_of_incident(incident), by=by, at=at)


def order_answered(order: Order, *, by: HasActor, at: datetime) -> None:
    """Somebody answered for the order: nobody needs to be called any more."""
    calling.acknowledge_subject(_of_order(order.pk), by=by, at=at)


def call_for_silent_orders(at: datetime) -> int:
    """Call the post of every order whose time to acknowledge is over, once for each order; how many."""
    silent = Order.objects.filter(
        Q(activation__incident__state=IncidentState.ACTIVE) | Q(after_end=True),
        state=OrderState.SENT,
        acknowledge_due_at__lte=at,
        acknowledge_due_at__gt=at - SINCE,
    )
    # No call is begun before its order is due; those that were called must not stand in the way of those that were not.
    calls = CallOut.objects.filter(letter=SILENT, started_at__gt=at - SINCE)
    known = [int(ref) for ref in calls.values_list("subject_id", flat=True)]
    about_orders = silent.select_related("post__unit", "activation__plan_version__plan")
    fresh = list(about_orders.exclude(pk__in=known).order_by("pk")[:MOST])
    for order in fresh:
        about = About(SILENT, ("order", str(order.pk)))
        ladder = _ladder(order, at)
        calling_out.call_post(order.post, about, by=SYSTEM, at=at, dedupe=_of_order(order.pk), ladder=ladder)
    return len(fresh)


def _ladder(order: Order, at: datetime) -> list[Rung]:
    """The post's own ladder; where the step escalates, its roles one after another instead."""
    step = next((step for step in playbook_of(order.activation).steps if step.id == order.step_id), None)
    if step is None or not step.escalate_to:
        return calling_out.ladder_of(order.post, at)
    return calling_out.ladder_of_posts([(post, _times(step)) for post in _posts(order, step)], at)


def _posts(order: Order, step: PlaybookStep) -> list[Post]:
    posts = posts_by_code(order.post.unit.body_id)
    higher = [own_post(role, posts) for role in step.escalate_to]
    return list(dict.fromkeys([order.post, *filter(None, higher)]))


def _times(step: PlaybookStep) -> int:
    """How often a post is rung before the next role: as long as the plan lets it be silent."""
    after = step.escalate_after or timedelta(0)
    return max(1, min(int(after.total_seconds()) // calling_out.EVERY, MOST_TIMES))


def _of_incident(incident: Incident) -> str:
    return f"incident:{incident.pk}"


def _of_order(order_id: int) -> str:
    return f"order:{order_id}"
