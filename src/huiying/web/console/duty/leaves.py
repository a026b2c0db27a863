"""Days on which somebody keeps no watch: one's own, and for whoever plans everybody's. Nobody is asked why."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.records import clock
from huiying.registry import actions, selectors
from huiying.registry import rosters as reads
from huiying.registry.models import Staff
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.duty.forms import LeaveForm, LeaveOfForm
from huiying.web.console.settings.acting import done
from huiying.web.shared.dates import full_date


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_KEEP)
def leaves(request: OfficerRequest) -> HttpResponse:
    """What is recorded from today on, and one more."""
    plans = reads.plans_duty(request.officer)
    form = _form(request, plans)
    own = {} if plans else {"staff": Staff.objects.get(pk=request.officer.staff_id)}
    if done(request, form, actions.leave_record, **own):
        messages.success(request, _("已登记。这些日子不会再排班；已经公布的班会提醒排班的人。"))
        return _back()
    context = {
        "rows": list(reads.leaves_of(request.officer, at=clock.now())),
        "form": form,
        "plans": plans,
        "viewer_id": request.officer.staff_id,
    }
    return render(request, "console/duty/leaves.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_KEEP)
def cancel(request: OfficerRequest, leave_id: int) -> HttpResponse:
    """Ask once more, then take the days back."""
    row = reads.leave_for(request.officer, leave_id)
    if request.method == "POST":
        actions.leave_cancel(leave=row, by=request.officer, at=clock.now())
        messages.success(request, _("已取消，这些日子可以排班。"))
        return _back()
    context = {
        "title": _("取消 {name} {first}至{last} 的登记？").format(
            name=row.staff.name, first=full_date(row.starts_on), last=full_date(row.ends_on)
        ),
        "message": _("取消后，这些日子可以排班。"),
        "action": request.path,
        "confirm_label": _("取消登记"),
        "cancel_url": reverse("console:duty_leave"),
    }
    return render(request, "shared/pages/confirm.html", context)


def _form(request: OfficerRequest, plans: bool) -> LeaveForm:
    sent = request.POST if request.method == "POST" else None
    if not plans:
        return LeaveForm(sent)
    form = LeaveOfForm(sent, initial={"staff": request.officer.staff_id})
    people = selectors.staff_of(request.officer).filter(is_active=True)
    form.fields["staff"].queryset = people  # type: ignore[attr-defined]
    return form


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:duty_leave"), status=303)
