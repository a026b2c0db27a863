"""One watch: who keeps it in a draft, calling off a published one, putting a substitute in."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.records import clock
from huiying.registry import actions, gate
from huiying.registry import rosters as reads
from huiying.registry.actions.calling_off import left_of, span_of, substitutes
from huiying.registry.actions.gaps import able_for, gap_of
from huiying.registry.models import DutyShift, ShiftPattern, Staff
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


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def substitute(request: OfficerRequest, watch_id: int) -> HttpResponse:
    """Put somebody else in for a watch, or for what is left of it; whoever cannot stands there with the reason."""
    shift, now, error = gate.watch_for(request.officer, watch_id), clock.now(), ""
    if request.method == "POST":
        error = _substituted(request, shift)
        if not error:
            messages.success(request, _("替班已安排，两人都会收到通知。"))
            return HttpResponseRedirect(reverse("console:duty"), status=303)
    found = substitutes(shift, request.officer.body_id, now)
    context = {
        "span": left_of(shift, now),
        "label": shift.post.title,
        "post": shift.post,
        "held": shift.staff,
        "rows": reads.named({keeper.ref: why for keeper, why in found}),
        "empty_label": _("请选择"),
        "error": error,
        "back": reverse("console:duty"),
        "back_label": _("值班"),
        "heading": _("安排替班"),
        "button": _("安排替班"),
        "otherwise": reverse("console:duty_shift_cancel", args=[shift.pk]) if shift.starts_at > now else "",
        "chosen": request.POST.get("staff", ""),
    }
    return render(request, "console/duty/roster_line.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_PLAN)
def gap(request: OfficerRequest, pattern_id: int, day: int) -> HttpResponse:
    """Give a watch that nobody keeps to somebody; whoever cannot stands there with the reason."""
    pattern, now, error = reads.pattern_for(request.officer, pattern_id), clock.now(), ""
    need = gap_of(pattern, _day_of(day), at=now)
    if need is None:
        raise gate.not_there()
    if request.method == "POST":
        error = _filled(request, pattern, need.span.on)
        if not error:
            messages.success(request, _("这一班已排上人，对方会收到通知。"))
            return HttpResponseRedirect(reverse("console:duty"), status=303)
    found = able_for(need, request.officer.body_id, now)
    context = {
        "span": need.span,
        "label": pattern.label,
        "post": pattern.post,
        "held": None,
        "rows": reads.named({keeper.ref: why for keeper, why in found}),
        "empty_label": _("请选择"),
        "error": error,
        "back": reverse("console:duty"),
        "back_label": _("值班"),
        "heading": _("给空着的一班排上人"),
        "button": _("排上"),
        "chosen": request.POST.get("staff", ""),
    }
    return render(request, "console/duty/roster_line.html", context, status=422 if error else 200)


def _day_of(number: int) -> date:
    """The day that a number such as 20250321 names. Raises NotThere."""
    try:
        return datetime.strptime(str(number), "%Y%m%d").replace(tzinfo=clock.SHANGHAI).date()
    except ValueError:
        raise gate.not_there() from None


def _filled(request: OfficerRequest, pattern: ShiftPattern, on: date) -> str:
    """Why not, in words; empty: it is done."""
    staff = _chosen(request)
    if staff is None:
        return _("请选择一位同事。")
    try:
        actions.gap_fill(pattern=pattern, on=on, staff=staff, by=request.officer, at=clock.now())
    except Incomplete as wrong:
        return translated(wrong.fields["staff"])
    return ""


def _substituted(request: OfficerRequest, shift: DutyShift) -> str:
    """Why not, in words; empty: it is done."""
    staff = _chosen(request)
    if staff is None:
        return _("请选择一位同事。")
    try:
        actions.duty_substitute(shift=shift, staff=staff, by=request.officer, at=clock.now())
    except Incomplete as wrong:
        return translated(wrong.fields["staff"])
    return ""


def _chosen(request: OfficerRequest) -> Staff | None:
    typed = request.POST.get("staff", "")
    return gate.staff_for(request.officer, int(typed)) if typed.isdecimal() else None
