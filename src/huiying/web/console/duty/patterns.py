"""Which watches each post needs."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.records import clock
from huiying.registry import actions, selectors
from huiying.registry import rosters as reads
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.duty.forms import PatternForm
from huiying.web.console.settings.acting import done


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def patterns(request: OfficerRequest) -> HttpResponse:
    """The running patterns, and one more."""
    form = PatternForm(
        request.POST if request.method == "POST" else None, initial={"begins_on": clock.today()}
    )
    form.fields["post"].queryset = selectors.posts_of(request.officer)  # type: ignore[attr-defined]
    if done(request, form, actions.pattern_set):
        messages.success(request, _("班次已保存，下次编排时按它排班。"))
        return _back()
    context = {"rows": list(reads.patterns_of(request.officer)), "form": form}
    return render(request, "console/duty/patterns.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def end(request: OfficerRequest, pattern_id: int) -> HttpResponse:
    """Ask once more, then end a pattern."""
    row = reads.pattern_for(request.officer, pattern_id)
    if request.method == "POST":
        actions.pattern_end(pattern=row, by=request.officer, at=clock.now())
        messages.success(request, _("班次已停用。"))
        return _back()
    context = {
        "title": _("停用“{post} · {label}”？").format(post=row.post.title, label=row.label),
        "message": _("从明天起不再按它排班。已经公布的班仍然有效，要取消请在值班表里逐班取消。"),
        "action": request.path,
        "confirm_label": _("停用"),
        "cancel_url": reverse("console:duty_patterns"),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:duty_patterns"), status=303)
