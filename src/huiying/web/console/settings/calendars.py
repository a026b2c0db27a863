"""The year as this body works it: national holidays and make-up days, its own departures, and changing one day."""

import calendar as almanac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.petitions.moving import periods_over
from huiying.records import clock
from huiying.registry import actions, gate, selectors
from huiying.registry.calendars import YEARS, calendar_for
from huiying.registry.models import HolidayOverride
from huiying.rules.calendar import Day, DayKind, WorkCalendar
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.console.settings.forms import DayForm
from huiying.web.console.settings.views import body_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the year page; `own`: this body departs from the national arrangement."""

    day: Day
    own: bool

    @property
    def marked(self) -> bool:
        """Whether the day is other than its weekday says."""
        return self.own or self.day.kind in (DayKind.HOLIDAY, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday; None stands for a day of another month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]


@require_safe
@console_view(Action.REGISTRY_EDIT)
def calendar(request: OfficerRequest) -> HttpResponse:
    """A year in months, with what this body set itself."""
    year = _year(request.GET.get("year", ""))
    days = calendar_for(request.officer.body_id)
    context = {
        "year": year,
        "years": (YEARS[0], YEARS[-1]),
        "known": days.knows(year),
        "tail_known": days.knows(year + 1),
        "months": list(months_of(days, year)),
        "overrides": list(selectors.overrides_of(request.officer.body_id, year)),
        "today": clock.today(),
    }
    return render(request, "console/settings/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def day(request: OfficerRequest, day: str) -> HttpResponse:
    """One day: what it is, what a change does, and the change."""
    on = _day(day)
    own = HolidayOverride.objects.filter(body_id=request.officer.body_id, on=on).first()
    form = DayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _overridden(request, on, form):
        messages.success(request, _("已调整。受影响的期限会在一两分钟内重新计算。"))
        return _back(on.year)
    days = calendar_for(request.officer.body_id)
    context = {
        "on": on,
        "own": own,
        "today": days.day(on),
        "national": WorkCalendar(days.known, days.holidays, days.make_up_days).day(on),
        "form": form,
        "periods": periods_over(request.officer, on),
        "past": on < clock.today(),
    }
    return render(request, "console/settings/day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REGISTRY_EDIT)
def restore(request: OfficerRequest, override_id: int) -> HttpResponse:
    """Ask once more, then let the national arrangement hold again for a day."""
    override = gate.override_for(request.officer, override_id)
    if request.method == "POST":
        actions.calendar_restore(override=override, by=request.officer, at=clock.now())
        messages.success(request, _("已撤销，这一天按全国安排。受影响的期限会在一两分钟内重新计算。"))
        return _back(override.on.year)
    periods = periods_over(request.officer, override.on)
    context = {"override": override, "periods": periods}
    return render(request, "console/settings/day_restore.html", context)


def months_of(days: WorkCalendar, year: int) -> Iterator[Month]:
    """The twelve months of a year."""
    for number in range(1, 13):
        weeks = almanac.Calendar().monthdatescalendar(year, number)
        yield Month(
            date(year, number, 1),
            tuple(
                tuple(Cell(days.day(on), on in days.overrides) if on.month == number else None for on in week)
                for week in weeks
            ),
        )


def _overridden(request: OfficerRequest, on: date, form: DayForm) -> bool:
    try:
        actions.calendar_override(
            body=body_of(request), on=on, by=request.officer, at=clock.now(), **form.cleaned_data
        )
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    return True


def _back(year: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('console:settings_calendar')}?year={year}", status=303)


def _year(typed: str) -> int:
    asked = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else clock.today().year
    return min(max(asked, YEARS[0]), YEARS[-1])


def _day(typed: str) -> date:
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        raise gate.not_there() from None
    if on.year not in YEARS:
        raise gate.not_there()
    return on
