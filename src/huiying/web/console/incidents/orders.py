"""Orders, on a phone first: those of my posts, one order, and the three answers."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiying.emergency import actions, gate, selectors
from huiying.emergency.models import Order
from huiying.records import clock
from huiying.registry.gate import post_for
from huiying.registry.selectors import posts_of
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared.sentences import translated


@require_safe
@console_view(Action.ORDER_ANSWER)
def mine(request: OfficerRequest) -> HttpResponse:
    """The open orders that wait for this person, the most pressing first."""
    now = clock.now()
    context = {"rows": selectors.my_orders(request.officer, now), "now": now}
    return render(request, "console/incidents/my_orders.html", context)


@require_safe
@console_view(Action.INCIDENT_READ)
def page(request: OfficerRequest, pk: int) -> HttpResponse:
    """One order with what can be answered."""
    return _shown(request, gate.order_for(request.officer, pk))


def _shown(request: OfficerRequest, order: Order, *, wrong: str = "", typed: str = "") -> HttpResponse:
    row = selectors.order_row(request.officer, order, clock.now())
    may_reassign = can_somewhere(request.officer.grants, Action.INCIDENT_ACTIVATE) and row.needs_someone
    context = {
        "row": row,
        "order": order,
        "incident": order.activation.incident,
        "now": clock.now(),
        "posts": [(post.pk, f"{post.unit.name} · {post.title}") for post in posts_of(request.officer)]
        if may_reassign
        else [],
        "wrong": wrong,
        "typed": typed,
    }
    return render(request, "console/incidents/order.html", context, status=422 if wrong else 200)


def _answered(
    request: OfficerRequest, order: Order, act: Callable[[], object], said: str, field: str
) -> HttpResponse:
    try:
        act()
    except Incomplete as refusal:
        return _shown(
            request,
            order,
            wrong=translated(next(iter(refusal.fields.values()))),
            typed=request.POST.get(field, ""),
        )
    messages.success(request, said)
    response = redirect("console:my_orders")
    response.status_code = 303
    return response


@require_POST
@console_view(Action.ORDER_ANSWER)
def acknowledge(request: OfficerRequest, pk: int) -> HttpResponse:
    """Received."""
    order = gate.order_for(request.officer, pk)
    return _answered(
        request,
        order,
        lambda: actions.order_acknowledge(order=order, by=request.officer, at=clock.now()),
        _("已接收。"),
        "",
    )


@require_POST
@console_view(Action.ORDER_ANSWER)
def done(request: OfficerRequest, pk: int) -> HttpResponse:
    """Carried out."""
    order, note = gate.order_for(request.officer, pk), request.POST.get("note", "")
    return _answered(
        request,
        order,
        lambda: actions.order_done(order=order, note=note, by=request.officer, at=clock.now()),
        _("已完成。后面的指令已自动下达。"),
        "note",
    )


@require_POST
@console_view(Action.ORDER_ANSWER)
def refuse(request: OfficerRequest, pk: int) -> HttpResponse:
    """Cannot, and why."""
    order, reason = gate.order_for(request.officer, pk), request.POST.get("reason", "")
    return _answered(
        request,
        order,
        lambda: actions.order_refuse(order=order, reason=reason, by=request.officer, at=clock.now()),
        _("已说明。领导小组会改派。"),
        "reason",
    )


@require_POST
@console_view(Action.INCIDENT_ACTIVATE)
def reassign(request: OfficerRequest, pk: int) -> HttpResponse:
    """To another post."""
    order = gate.order_for(request.officer, pk)
    chosen = request.POST.get("post", "")
    post = post_for(request.officer, int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0)
    actions.order_reassign(order=order, post=post, by=request.officer, at=clock.now())
    messages.success(request, _("已改派给%(post)s。") % {"post": post.title})
    response = redirect("console:incident_board", reference=order.activation.incident.reference)
    response.status_code = 303
    return response
