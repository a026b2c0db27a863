"""Duty on a phone: who is on now and how to reach them, my next watches, taking over, notes between watches."""

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
from huiying.registry import actions, duty, duty_day, gate, hand_overs
from huiying.registry.duty import Standing
from huiying.registry.models import DutyShift, HandOver, Post
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.duty.rosters import gaps_of
from huiying.web.console.fields import Instant, hold_errors


class TakeOverForm(forms.Form):
    """Until when, and that the notes shown were read; the watch and the newest note as they were shown."""

    relieved = forms.IntegerField(required=False, widget=forms.HiddenInput)
    read_up_to = forms.IntegerField(required=False, widget=forms.HiddenInput)
    until = Instant(label=gettext_lazy("值到什么时候"), required=False)
    read = forms.BooleanField(label=gettext_lazy("以上交接记录我已看过"), required=False)


class NoteForm(forms.Form):
    """What is left to the next watch."""

    text = forms.CharField(
        label=gettext_lazy("交给下一班的事"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text=gettext_lazy("不要写信访人的姓名、电话和住址，写编号就够了。"),
    )


@require_safe
@console_view(Action.DUTY_READ)
def today(request: OfficerRequest) -> HttpResponse:
    """The whole day of duty on one page."""
    return render(request, "console/duty/today.html", {**_day(request.officer), **gaps_of(request)})


def _day(viewer: Officer) -> dict[str, Any]:
    now = clock.now()
    rows = duty.on_duty_rows(viewer.body_id, now)
    people = {staff.pk for row in rows for staff in (row.staff, row.lead) if staff}
    return {
        "now": now,
        "watched": [row for row in rows if row.standing is Standing.WATCH],
        "others": [row for row in rows if row.standing is not Standing.WATCH],
        "leads": duty.leads_at(viewer.body_id, now),
        "reach": duty_day.reach_of(people),
        "unread": hand_overs.notes_to_read(viewer, now),
        "mine": duty_day.my_watches(viewer, now)[:3],
        "offers": duty_day.offers_to(viewer, now),
        "takes": duty_day.posts_to_take(viewer, now),
        "noted": hand_overs.posts_noted(viewer, now),
        "me": viewer.staff_id,
        "may_plan": viewer.can(Action.DUTY_PLAN),
        "may_pool": can_somewhere(viewer.grants, Action.POOL_READ),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_KEEP)
def take_over(request: OfficerRequest, post_id: int) -> HttpResponse:
    """Show who is on and what they left, then take over."""
    post, now = gate.post_for(request.officer, post_id), clock.now()
    running = duty.shifts_at(request.officer.body_id, now).filter(post=post).first()
    notes = hand_overs.unread_notes(request.officer.staff_id, [post.pk], now)
    form = TakeOverForm(
        request.POST if request.method == "POST" else None,
        initial={"relieved": running.pk if running else None, "read_up_to": notes[-1].pk if notes else 0},
    )
    if request.method == "POST" and form.is_valid() and _taken(request, post, form):
        messages.success(request, _("您已接替值班，被接替的人和带班领导会收到通知。"))
        return HttpResponseRedirect(reverse("console:duty"), status=303)
    context = {"form": form, "post": post, "running": running, "notes": notes, "now": now}
    return render(request, "console/duty/take_over.html", context, status=422 if form.errors else 200)


def _taken(request: OfficerRequest, post: Post, form: TakeOverForm) -> bool:
    typed = form.cleaned_data
    try:
        actions.duty_take_over(
            post=post,
            relieved=_shown(request.officer, typed["relieved"]),
            until=typed["until"],
            read_up_to=(typed["read_up_to"] or 0) if typed["read"] else 0,
            by=request.officer,
            at=clock.now(),
        )
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    return True


def _shown(viewer: Officer, watch_id: int | None) -> DutyShift | None:
    return gate.watch_for(viewer, watch_id) if watch_id else None


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.DUTY_KEEP)
def note(request: OfficerRequest, post_id: int) -> HttpResponse:
    """Write a note for the next watch of a post, under those of the last days."""
    post, now = gate.post_for(request.officer, post_id), clock.now()
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over_write(post=post, text=form.cleaned_data["text"], by=request.officer, at=now)
        except Incomplete as wrong:
            hold_errors(form, wrong)
        else:
            messages.success(request, _("交接记录已保存，下一班会先看到。"))
            return HttpResponseRedirect(reverse("console:duty"), status=303)
    context = {"form": form, "post": post, "notes": _readable(request.officer, post)}
    return render(request, "console/duty/note.html", context, status=422 if form.errors else 200)


def _readable(viewer: Officer, post: Post) -> list[HandOver]:
    now = clock.now()
    posts = hand_overs.posts_noted(viewer, now) & {post.pk}
    return hand_overs.notes_recent(viewer, posts, now)


@require_POST
@console_view(Action.DUTY_KEEP)
def note_read(request: OfficerRequest, note_id: int) -> HttpResponse:
    """Confirm a note."""
    now = clock.now()
    found = gate.hand_over_for(request.officer, note_id, at=now)
    actions.hand_over_read(hand_over=found, by=request.officer, at=now)
    return HttpResponseRedirect(reverse("console:duty"), status=303)
