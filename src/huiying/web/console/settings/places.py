"""Reception places: where people are received, and when. The portal shows them as they stand here."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.records import clock
from huiying.registry import actions, gate, selectors
from huiying.registry.models import Place
from huiying.rules.calendar import WEEKDAYS
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.settings.acting import done
from huiying.web.console.settings.forms import PlaceForm, written_hours
from huiying.web.console.settings.views import body_of


@require_safe
@console_view(Action.REGISTRY_EDIT)
def places(request: OfficerRequest) -> HttpResponse:
    """Every open place with its hours."""
    rows = [
        (place, _lines(place))
        for place in selectors.places_of(request.officer.body_id).prefetch_related("hours")
    ]
    return render(request, "console/settings/places.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def add(request: OfficerRequest) -> HttpResponse:
    """Open a place."""
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if done(request, form, actions.place_open, body=body_of(request)):
        messages.success(request, _("接待场所已公布。"))
        return _back()
    context = {"form": form, "place": None}
    return render(request, "console/settings/place.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def place(request: OfficerRequest, place_id: int) -> HttpResponse:
    """Change what the public reads of a place."""
    row = gate.place_for(request.officer, place_id)
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=_held(row))
    if done(request, form, actions.place_change, place=row):
        messages.success(request, _("接待场所已保存，公众看到的就是新的内容。"))
        return _back()
    context = {"form": form, "place": row}
    return render(request, "console/settings/place.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def close(request: OfficerRequest, place_id: int) -> HttpResponse:
    """Ask once more, then close a place."""
    row = gate.place_for(request.officer, place_id)
    if request.method == "POST":
        actions.place_close(place=row, by=request.officer, at=clock.now())
        messages.success(request, _("接待场所已关闭，不再公布。"))
        return _back()
    context = {
        "title": _("关闭“{name}”？").format(name=row.name),
        "message": _("关闭后公众看不到它，登记时也选不到；过去在那里登记的事项仍写着它。"),
        "action": request.path,
        "confirm_label": _("关闭"),
        "cancel_url": reverse("console:settings_place", args=[row.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def _lines(place: Place) -> list[tuple[str, str]]:
    """Weekday and spans, for the days on which the place receives."""
    held = _held(place)
    return [(WEEKDAYS[day], held[f"day{day}"]) for day in range(7) if held[f"day{day}"]]


def _held(place: Place) -> dict[str, Any]:
    rows = sorted(place.hours.all(), key=lambda row: row.opens)
    days = {
        f"day{day}": written_hours([(row.opens, row.closes) for row in rows if row.weekday == day])
        for day in range(7)
    }
    return {"name": place.name, "address": place.address, "phone": place.phone, **days}


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:settings_places"), status=303)
