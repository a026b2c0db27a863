"""How I am reached: my own ways, their order, a message to try one. Nobody else sees them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiying.records import clock, ringing
from huiying.registry import actions, call_gate
from huiying.registry.models import Staff
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.calls.forms import WayForm
from huiying.web.console.settings.acting import done


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CALL_OUT_ANSWER)
def mine(request: OfficerRequest) -> HttpResponse:
    """My ways in order, and one more."""
    form = WayForm(request.POST if request.method == "POST" else None)
    if done(request, form, actions.contact_way_set):
        messages.success(request, _("联系方式已保存；请发一条试试能不能收到。"))
        return _back()
    context = {
        "form": form,
        "rows": call_gate.ways_of(request.officer, at=clock.now()),
        "possible": ringing.possible_ways(),
        "email": Staff.objects.values_list("email", flat=True).get(pk=request.officer.staff_id),
    }
    return render(request, "console/calls/ways.html", context, status=422 if form.errors else 200)


@require_POST
@console_view(Action.CALL_OUT_ANSWER)
def first(request: OfficerRequest, way_id: int) -> HttpResponse:
    """Have it tried first."""
    return _acted(request, way_id, actions.contact_way_first, _("呼叫时会先用它。"))


@require_POST
@console_view(Action.CALL_OUT_ANSWER)
def test(request: OfficerRequest, way_id: int) -> HttpResponse:
    """Send me one message by it."""
    return _acted(request, way_id, actions.contact_way_test, _("测试消息几秒后发出；收到后请按提示确认。"))


@require_POST
@console_view(Action.CALL_OUT_ANSWER)
def drop(request: OfficerRequest, way_id: int) -> HttpResponse:
    """Take it away; it can be typed again."""
    return _acted(request, way_id, actions.contact_way_drop, _("联系方式已删除。"))


def _acted(request: OfficerRequest, way_id: int, act: Callable[..., object], said: str) -> HttpResponse:
    own = call_gate.contact_way_for(request.officer, way_id)
    act(contact_way=own, by=request.officer, at=clock.now())
    messages.success(request, said)
    return _back()


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:contact_ways"), status=303)
