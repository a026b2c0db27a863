"""My day: what is due, what is late, what is new, what waits for others; each role sees its own duties."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiying.petitions import gate, selectors
from huiying.records import clock
from huiying.registry import calendars
from huiying.registry.officers import Officer
from huiying.rules.deadlines import near_until
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import NotThere
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.desk.tasks import tasks_for

LIMIT = 30


@require_safe
@console_view()
def home(request: OfficerRequest) -> HttpResponse:
    """The officer's own day."""
    officer, now = request.officer, clock.now()
    today = clock.official_date(now)
    handles = can_somewhere(officer.grants, Action.PETITION_LIST)
    context = {
        "desk": _desk(officer, today) if handles else None,
        "tasks": tasks_for(officer, at=now),
        "limit": LIMIT,
        "today": today,
        "may_register": officer.can(Action.PETITION_REGISTER),
    }
    return render(request, "console/desk/home.html", context)


def _desk(officer: Officer, today: date) -> selectors.Desk:
    calendar = calendars.calendar_for(officer.body_id, years=range(today.year, today.year + 2))
    return selectors.desk_for(officer, today=today, soon=near_until(today, calendar), limit=LIMIT)


@require_safe
@console_view(Action.PETITION_LIST)
def search(request: OfficerRequest) -> HttpResponse:
    """The box on top: a reference leads to its petition, words lead to the list."""
    asked = request.GET.get("q", "").strip()
    try:
        petition = gate.petition_for(request.officer, asked.upper())
    except NotThere:
        return HttpResponseRedirect(f"{reverse('console:petitions')}?{urlencode({'q': asked})}")
    return HttpResponseRedirect(reverse("console:petition_page", args=[petition.reference]))
