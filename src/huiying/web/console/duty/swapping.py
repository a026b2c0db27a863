"""My watches: offering one to a colleague, answering an offer, a substitute, my calendar."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.records import clock
from huiying.registry import actions, duty_day, gate
from huiying.registry.models import DutyShift, ShiftSwap, Staff
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.shared.dates import moment
from huiying.web.shared.qr import full_address

CHOOSE = {"required": gettext_lazy("请选择一位同事。"), "invalid_choice": gettext_lazy("请从列表中选择。")}


class SwapForm(forms.Form):
    """To whom, and for which of their watches."""

    offered_to = forms.TypedChoiceField(label=gettext_lazy("换给谁"), coerce=int, error_messages=CHOOSE)
    in_return = forms.TypedChoiceField(
        label=gettext_lazy("换对方的哪一班"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("不选就是只请对方替这一班。"),
    )

    def __init__(self, people: list[Staff], watches: list[DutyShift], *args: Any) -> None:
        super().__init__(*args)
        self.fields["offered_to"].choices = _people(people)  # type: ignore[attr-defined]
        rows = [
            (shift.pk, f"{shift.staff.name} · {shift.post.title} · {moment(shift.starts_at)}")
            for shift in watches
        ]
        self.fields["in_return"].choices = [("", _("不换回")), *rows]  # type: ignore[attr-defined]


def _people(people: list[Staff]) -> list[tuple[Any, str]]:
    return [("", _("请选择")), *((staff.pk, staff.name) for staff in people)]


@require_safe
@console_view(Action.DUTY_READ)
def mine(request: OfficerRequest) -> HttpResponse:
    """My watches, the offers I made and received, my calendar."""
    now, viewer = clock.now(), request.officer
    asked = duty_day.offers_by(viewer, now)
    context = {
        "now": now,
        "watches": duty_day.my_watches(viewer, now),
        "offers": duty_day.offers_to(viewer, now),
        "asked": asked,
        "waiting": {swap.shift_id for swap in asked},
        "feed_made": duty_day.feed_made(viewer),
    }
    return render(request, "console/duty/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_KEEP)
def swap(request: OfficerRequest, watch_id: int) -> HttpResponse:
    """Offer one of my watches."""
    shift, now = gate.watch_for(request.officer, watch_id), clock.now()
    if shift.staff_id != request.officer.staff_id:
        raise gate.not_there()
    people = duty_day.colleagues_on(shift.post, now, without=shift.staff_id)
    form = SwapForm(people, duty_day.watches_in_return(people, now), *_typed(request))
    if request.method == "POST" and form.is_valid() and _asked(request, shift, form):
        messages.success(request, _("已提出换班，等对方答复。"))
        return _back()
    context = {"form": form, "shift": shift, "people": people}
    return render(request, "console/duty/swap.html", context, status=422 if form.errors else 200)


def _typed(request: OfficerRequest) -> list[Any]:
    return [request.POST] if request.method == "POST" else []


def _asked(request: OfficerRequest, shift: DutyShift, form: SwapForm) -> bool:
    viewer, chosen = request.officer, form.cleaned_data
    in_return = gate.watch_for(viewer, chosen["in_return"]) if chosen["in_return"] else None
    offered_to = gate.staff_for(viewer, chosen["offered_to"])
    try:
        actions.swap_ask(shift=shift, offered_to=offered_to, in_return=in_return, by=viewer, at=clock.now())
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    return True


@require_POST
@console_view(Action.DUTY_KEEP)
def agree(request: OfficerRequest, swap_id: int) -> HttpResponse:
    """Take the watch."""
    return _answered(request, swap_id, actions.swap_agree, _("已换班。"))


@require_POST
@console_view(Action.DUTY_KEEP)
def decline(request: OfficerRequest, swap_id: int) -> HttpResponse:
    """Leave it."""
    return _answered(request, swap_id, actions.swap_decline, _("已告诉对方您不换。"))


@require_POST
@console_view(Action.DUTY_KEEP)
def withdraw(request: OfficerRequest, swap_id: int) -> HttpResponse:
    """Take my offer back."""
    return _answered(request, swap_id, actions.swap_withdraw, _("换班请求已撤回。"))


def _answered(
    request: OfficerRequest, swap_id: int, act: Callable[..., ShiftSwap], said: str
) -> HttpResponse:
    found = gate.swap_for(request.officer, swap_id)
    try:
        act(swap=found, by=request.officer, at=clock.now())
    except Incomplete as wrong:  # what stood when it was offered stands no more
        for sentence in wrong.fields.values():
            messages.error(request, str(_(sentence)))
    else:
        messages.success(request, said)
    return _back()


@require_POST
@console_view(Action.DUTY_KEEP)
def calendar(request: OfficerRequest) -> HttpResponse:
    """Open my calendar and show its address this once: it is kept nowhere, so there is no page to go back to."""
    staff = gate.staff_for(request.officer, request.officer.staff_id)
    key = actions.calendar_feed_make(staff=staff, by=request.officer, at=clock.now())
    address = full_address(request, reverse("shared:calendar_feed", args=[key]))
    return render(request, "console/duty/calendar.html", {"address": address})


@require_POST
@console_view(Action.DUTY_KEEP)
def calendar_end(request: OfficerRequest) -> HttpResponse:
    """Close my calendar."""
    staff = gate.staff_for(request.officer, request.officer.staff_id)
    actions.calendar_feed_end(staff=staff, by=request.officer, at=clock.now())
    messages.success(request, _("值班日历已停用，原来的地址不再有内容。"))
    return _back()


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:duty_mine"), status=303)
