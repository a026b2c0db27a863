"""What is missing for the plans in force: each thing with who mends it and where; filtered by plan, by who."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiying.emergency.lacks import Lack, Where
from huiying.emergency.selectors.readiness import plans_ready_for, readiness_of_body
from huiying.records import clock
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared.frames import address

# Where it is mended: the page, and the permission that opens it.
PAGES = {
    Where.UNITS: ("console:settings_units", Action.REGISTRY_EDIT),
    Where.STAFF: ("console:staff", Action.GRANT_EDIT),
    Where.DUTY: ("console:duty", Action.DUTY_READ),
    Where.SUPPLIES: ("console:supplies", Action.SUPPLY_READ),
    Where.CONTACTS: ("console:contacts", Action.CONTACT_READ),
    Where.ROAD: ("console:plan_road", Action.PLAN_READ),
    Where.CARE: ("console:plan_care", Action.PLAN_READ),
    Where.TEXT: ("console:plan_version", Action.PLAN_READ),
}
OF_A_PLAN = {Where.ROAD, Where.CARE, Where.TEXT}


@require_safe
@console_view(Action.READINESS_READ)
def readiness(request: OfficerRequest) -> HttpResponse:
    """Every row; `plan` and `mine` leave some out."""
    plans = plans_ready_for(request.officer)
    chosen = request.GET.get("plan", "")
    code = chosen if chosen in {code for code, _title in plans} else ""
    mine = request.GET.get("mine") == "1"
    lacks = readiness_of_body(request.officer, at=clock.now(), plan=code, mine=mine)
    context: dict[str, Any] = {
        "plans": plans,
        "chosen": code,
        "mine": mine,
        "groups": [(kind, list(_rows(request.officer, rows))) for kind, rows in groupby(lacks, _kind)],
        "count": len(lacks),
        "today": clock.today(),
    }
    return render(request, "console/plans/readiness.html", context)


def _kind(lack: Lack) -> Any:
    return lack.kind


def _rows(officer: Officer, lacks: Iterable[Lack]) -> Iterable[tuple[Lack, str, bool]]:
    """Each row with the address where it is mended, for whoever may open it, and whether it is the viewer's."""
    for lack in lacks:
        yield lack, _address(officer, lack), lack.is_for(officer.grants)


def _address(officer: Officer, lack: Lack) -> str:
    name, action = PAGES[lack.where]
    if not can_somewhere(officer.grants, action):
        return ""
    if lack.where in OF_A_PLAN:
        return address(name, lack.plans[0].code, lack.plans[0].number)
    return address(name)
