"""Calls: those that ask me, those of my body, one with its course; calling a post out and calling it off."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.records import clock
from huiying.records.calling import OPEN
from huiying.registry import actions, call_gate, gate, selectors
from huiying.rules.lifecycle.call_out import CallOutState
from huiying.rules.permissions import Action, can_somewhere
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared.frames import address

MOST_POSTS = 100
# Where the matter of a call is seen to, for whoever may open it there.
WHERE = {
    "incident_reported": ("console:incidents", Action.INCIDENT_READ),
    "order_unanswered": ("console:my_orders", Action.ORDER_ANSWER),
}


@require_safe
@console_view(Action.CALL_OUT_ANSWER)
def calls(request: OfficerRequest) -> HttpResponse:
    """Calls that ask me, first of all; then those of the body, and a call by hand."""
    now, officer = clock.now(), request.officer
    may_call = officer.can(Action.CALL_OUT)
    context = {
        "mine": [(call, call_gate.word_of(call)) for call in call_gate.calls_now(officer, at=now)],
        "listed": [(call, call_gate.word_of(call)) for call in call_gate.calls_listed(officer, at=now)],
        "posts": _posts(request) if may_call else [],
        "may_call": may_call,
        "may_test": officer.can(Action.COMMUNICATION_TEST),
    }
    return render(request, "console/calls/list.html", context)


@require_safe
@console_view(Action.CALL_OUT_ANSWER)
def call(request: OfficerRequest, call_id: int) -> HttpResponse:
    """One call: its rungs, what was tried, and the button to answer or to call off."""
    row = call_gate.call_for(request.officer, call_id, at=clock.now())
    name, needs = WHERE.get(row.letter, ("console:home", Action.CALL_OUT_ANSWER))
    asked = call_gate.was_asked(request.officer, row)
    context = {
        "course": call_gate.course_of(request.officer, row),
        "call": row,
        "may_answer": row.state in OPEN and asked,
        "may_call_off": row.state == CallOutState.CALLING and request.officer.can(Action.CALL_OUT),
        "where": address(name) if asked and can_somewhere(request.officer.grants, needs) else "",
    }
    return render(request, "console/calls/page.html", context)


@require_POST
@console_view(Action.CALL_OUT_ANSWER)
def answer(request: OfficerRequest, call_id: int) -> HttpResponse:
    """I come."""
    now = clock.now()
    row = call_gate.call_for(request.officer, call_id, at=now)
    actions.call_out_acknowledge(call=row, by=request.officer, at=now)
    messages.success(request, _("已应答，不再呼叫。"))
    return HttpResponseRedirect(reverse("console:call", args=[row.pk]), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CALL_OUT)
def start(request: OfficerRequest) -> HttpResponse:
    """Ask once more, then call a post out."""
    chosen = (request.POST if request.method == "POST" else request.GET).get("post", "")
    post = gate.post_for(request.officer, int(chosen) if chosen.isdecimal() else 0)
    if request.method == "POST":
        row = actions.call_out_start(post=post, by=request.officer, at=clock.now())
        messages.success(request, _("已开始呼叫“{post}”。").format(post=post.title))
        return HttpResponseRedirect(reverse("console:call", args=[row.pk]), status=303)
    context = {
        "title": _("呼叫“{post}”？").format(post=post.title),
        "message": _(
            "会马上打电话、发短信或邮件给当班的人，两分钟一次；没有人应答就依次找其他人、代理人、带班领导和领导小组，直到有人应答。内容只是“您有一项值班提醒”。"
        ),
        "action": request.path,
        "carried": [("post", post.pk)],
        "confirm_label": _("开始呼叫"),
        "cancel_url": reverse("console:calls"),
    }
    return render(request, "shared/pages/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CALL_OUT)
def off(request: OfficerRequest, call_id: int) -> HttpResponse:
    """Ask once more, then call it off."""
    row = call_gate.call_for(request.officer, call_id, at=clock.now())
    if request.method == "POST":
        actions.call_out_call_off(call=row, by=request.officer, at=clock.now())
        messages.success(request, _("已取消呼叫。"))
        return HttpResponseRedirect(reverse("console:call", args=[row.pk]), status=303)
    context = {
        "title": _("取消对“{post}”的呼叫？").format(post=row.title),
        "message": _("取消后不再呼叫任何人；已经收到消息的人不会另行得到通知。"),
        "action": request.path,
        "confirm_label": _("取消呼叫"),
        "cancel_url": reverse("console:call", args=[row.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def _posts(request: OfficerRequest) -> list[tuple[int, str]]:
    rows = selectors.posts_of(request.officer)[:MOST_POSTS]
    return [(post.pk, f"{post.unit.name} · {post.title}") for post in rows]
