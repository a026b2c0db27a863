"""One watch: who keeps it in a draft, and calling off a published one."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.records import clock
from huiying.registry import actions, gate
from huiying.registry import rosters as reads
from huiying.registry.actions.calling_off import span_of, substitutes
from huiying.registry.models import Staff
from huiying.registry.rostering import Span
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared.sentences import translated


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def line(request: OfficerRequest, line_id: int) -> HttpResponse:
    """Choose who keeps one watch of a draft; whoever cannot stands there with the reason."""
    row = reads.line_for(request.officer, line_id)
    error, back = "", reverse("console:duty_roster", args=[row.roster_id])
    if request.method == "POST":
        try:
            actions.roster_line_set(line=row, staff=_chosen(request), by=request.officer, at=clock.now())
        except Incomplete as wrong:
            error = translated(wrong.fields["staff"])
        else:
            messages.success(request, _("这一班已改。"))
            return HttpResponseRedirect(back, status=303)
    context = {
        "span": Span(row.starts_at, row.ends_at),
        "label": row.pattern.label,
        "post": row.pattern.post,
        "held": row.staff,
        "rows": reads.candidates_for(row, at=clock.now()),
        "empty_label": _("先空着，下次编排时再补"),
        "error": error,
        "back": back,
        "heading": _("谁值这一班"),
        "button": _("保存"),
        "chosen": request.POST.get("staff", str(row.staff_id or "")),
    }
    return render(request, "console/duty/roster_line.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def shift_cancel(request: OfficerRequest, shift_id: int) -> HttpResponse:
    """Call a published watch off, with a substitute or as a gap that everybody who plans sees."""
    row, error = reads.shift_for(request.officer, shift_id), ""
    back = (
        reverse("console:duty_roster", args=[row.roster_id])
        if row.roster_id
        else reverse("console:duty_rosters")
    )
    if request.method == "POST":
        try:
            actions.shift_cancel(shift=row, substitute=_chosen(request), by=request.officer, at=clock.now())
        except Incomplete as wrong:
            error = translated(wrong.fields["substitute"])
        else:
            messages.success(request, _("这一班已取消，有关的人都会收到提醒。"))
            return HttpResponseRedirect(back, status=303)
    found = substitutes(row, request.officer.body_id, clock.now())
    context = {
        "span": span_of(row),
        "label": row.post.title,
        "post": row.post,
        "held": row.staff,
        "rows": reads.named({keeper.ref: why for keeper, why in found}),
        "empty_label": _("没有人替，空着"),
        "error": error,
        "back": back,
        "heading": _("取消这一班，由谁替"),
        "button": _("取消这一班"),
        "danger": True,
        "chosen": request.POST.get("staff", ""),
    }
    return render(request, "console/duty/roster_line.html", context, status=422 if error else 200)


def _chosen(request: OfficerRequest) -> Staff | None:
    typed = request.POST.get("staff", "")
    return gate.staff_for(request.officer, int(typed)) if typed.isdecimal() else None
