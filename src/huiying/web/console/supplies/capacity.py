"""More reception for the days of a major event: points, desks, hours; channels stay open and clocks run on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huiying.emergency import actions, selectors, supply_gate
from huiying.emergency.actions.capacity import PointTold, minutes_open
from huiying.emergency.models import CapacityPlan
from huiying.records import clock
from huiying.registry.models import Place
from huiying.registry.selectors import places_of
from huiying.rules.lifecycle.capacity import CapacityState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.supplies import MINUTES
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.settings.acting import done
from huiying.web.console.settings.views import body_of
from huiying.web.console.supplies.acting import posted, tab_rows
from huiying.web.console.supplies.forms import Whole, day_field, line
from huiying.web.shared.sentences import translated

TEMPORARY = 3
MOST_PLACES = 20


class CapacityForm(forms.Form):
    """The days, the people expected, and a row for each ordinary place and for three temporary points."""

    title = line(gettext_lazy("名称"))
    starts_on = day_field(gettext_lazy("开始日期"))
    ends_on = day_field(gettext_lazy("结束日期"))
    expected_a_day = Whole(gettext_lazy("预计每天来访人数"))
    minutes_each = Whole(gettext_lazy("每次接待需要几分钟"), initial=30)
    notes = forms.CharField(
        label=gettext_lazy("说明"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, places: list[Place], **options: Any) -> None:
        super().__init__(*args, **options)
        self.points: list[tuple[str, Place | None]] = [(f"place{place.pk}", place) for place in places]
        self.points += [(f"extra{n}", None) for n in range(TEMPORARY)]
        for key, place in self.points:
            if place is None:
                self.fields[f"{key}_name"] = line(gettext_lazy("临时接待点"))
            self.fields[f"{key}_desks"] = Whole(gettext_lazy("窗口"), required=False)
            self.fields[f"{key}_hours"] = Whole(gettext_lazy("每天小时"), required=False)
            self.fields[f"{key}_seats"] = Whole(gettext_lazy("座位"), required=False)

    def clean(self) -> dict[str, Any]:
        """The rows that hold something, under `points`."""
        typed = super().clean() or {}
        own = ("title", "starts_on", "ends_on", "expected_a_day", "minutes_each", "notes")
        told = {name: typed[name] for name in own if name in typed}
        points = [point for key, place in self.points if (point := _point(typed, key, place))]
        return {**told, "points": points}


def _point(typed: dict[str, Any], key: str, place: Place | None) -> PointTold | None:
    name = place.name if place else typed.get(f"{key}_name", "")
    desks, hours, seats = (typed.get(f"{key}_{part}") or 0 for part in ("desks", "hours", "seats"))
    if not (desks or hours or (place is None and name)):
        return None
    return PointTold(name=name, desks=desks, hours=hours, seats=seats, place=place)


@require_safe
@console_view(Action.CAPACITY_READ)
def capacities(request: OfficerRequest) -> HttpResponse:
    """Every plan with its arithmetic."""
    context = {
        "tab_rows": tab_rows(request),
        "rows": selectors.capacities_listed(request.officer),
        "may_edit": request.officer.can(Action.CAPACITY_EDIT),
    }
    return render(request, "console/supplies/capacities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CAPACITY_EDIT)
def add(request: OfficerRequest) -> HttpResponse:
    """Draft a plan; every ordinary place stands in it already with its usual hours."""
    places = list(places_of(request.officer.body_id)[:MOST_PLACES])
    form = CapacityForm(posted(request), places=places, initial=_usual(request.officer.body_id))
    if done(request, form, actions.capacity_draft, body=body_of(request)):
        messages.success(request, _("方案已保存，等待领导小组批准。"))
        return HttpResponseRedirect(reverse("console:capacities"), status=303)
    return _form(request, form, _("起草接待保障方案"), reverse("console:capacities"))


@require_safe
@console_view(Action.CAPACITY_READ)
def page(request: OfficerRequest, capacity_id: int) -> HttpResponse:
    """One plan: points, how many can be received, what is missing."""
    capacity = supply_gate.capacity_for(request.officer, capacity_id)
    return _shown(request, capacity)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CAPACITY_EDIT)
def edit(request: OfficerRequest, capacity_id: int) -> HttpResponse:
    """Change a draft."""
    capacity = supply_gate.capacity_for(request.officer, capacity_id)
    back = reverse("console:capacity_page", args=[capacity.pk])
    places = list(places_of(request.officer.body_id)[:MOST_PLACES])
    form = CapacityForm(posted(request), places=places, initial=_held(capacity))
    if done(request, form, actions.capacity_save, capacity=capacity):
        messages.success(request, _("已保存。"))
        return HttpResponseRedirect(back, status=303)
    return _form(request, form, capacity.title, back)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CAPACITY_APPROVE)
def approve(request: OfficerRequest, capacity_id: int) -> HttpResponse:
    """Approve a plan; what it would take away is said on the plan's page."""
    capacity = supply_gate.capacity_for(request.officer, capacity_id)
    if request.method == "POST":
        try:
            actions.capacity_approve(capacity=capacity, by=request.officer, at=clock.now())
        except Incomplete as refusal:
            return _shown(request, capacity, error=translated(refusal.fields["points"]), status=422)
        messages.success(request, _("方案已批准。"))
        return HttpResponseRedirect(_address(capacity), status=303)
    words = (_("批准“{name}”？"), _("批准后不再改动，可以取消。平时的渠道和办理期限都不变。"), _("批准"))
    return _confirm(request, capacity, words)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.CAPACITY_READ)
def drop(request: OfficerRequest, capacity_id: int) -> HttpResponse:
    """Drop a plan; the ordinary hours hold. Who may depends on how far it is; the act says."""
    capacity = supply_gate.capacity_for(request.officer, capacity_id)
    if request.method == "POST":
        actions.capacity_drop(capacity=capacity, by=request.officer, at=clock.now())
        messages.success(request, _("方案已取消，按平时的时间接待。"))
        return HttpResponseRedirect(_address(capacity), status=303)
    words = (_("取消“{name}”？"), _("取消后按平时的时间接待。"), _("取消方案"))
    return _confirm(request, capacity, words, danger=True)


def _shown(
    request: OfficerRequest, capacity: CapacityPlan, *, error: str = "", status: int = 200
) -> HttpResponse:
    officer, draft = request.officer, capacity.state == CapacityState.DRAFT
    drop_needs = Action.CAPACITY_EDIT if draft else Action.CAPACITY_APPROVE
    row = selectors.capacity_row(capacity)
    context = {
        "row": row,
        "error": error,
        "hours": max((point.hours for point in row.points), default=8),
        "may_edit": draft and officer.can(Action.CAPACITY_EDIT),
        "may_approve": draft and officer.can(Action.CAPACITY_APPROVE),
        "may_drop": capacity.state != CapacityState.DROPPED and officer.can(drop_needs),
    }
    return render(request, "console/supplies/capacity.html", context, status=status)


def _form(request: OfficerRequest, form: CapacityForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "console/supplies/capacity_form.html", context, status=422 if form.errors else 200)


def _confirm(
    request: OfficerRequest, capacity: CapacityPlan, words: tuple[str, str, str], *, danger: bool = False
) -> HttpResponse:
    title, message, label = words
    context = {
        "title": title.format(name=capacity.title),
        "message": message,
        "action": request.path,
        "confirm_label": label,
        "cancel_url": _address(capacity),
        "danger": danger,
    }
    return render(request, "shared/pages/confirm.html", context)


def _address(capacity: CapacityPlan) -> str:
    return reverse("console:capacity_page", args=[capacity.pk])


def _usual(body_id: int) -> dict[str, Any]:
    """Each ordinary place with its longest usual day, in whole hours, and one desk."""
    held: dict[str, Any] = {}
    for place, days in minutes_open(body_id).items():
        held |= {f"place{place}_desks": 1, f"place{place}_hours": -(-max(days.values()) // MINUTES)}
    return held


def _held(capacity: CapacityPlan) -> dict[str, Any]:
    names = ("title", "starts_on", "ends_on", "expected_a_day", "minutes_each", "notes")
    held: dict[str, Any] = {name: getattr(capacity, name) for name in names}
    extra = iter(range(TEMPORARY))
    for point in capacity.points.order_by("pk"):
        key = f"place{point.place_id}" if point.place_id else f"extra{next(extra, TEMPORARY)}"
        parts = {"name": point.name, "desks": point.desks, "hours": point.hours, "seats": point.seats}
        held |= {f"{key}_{part}": value for part, value in parts.items()}
    return held
