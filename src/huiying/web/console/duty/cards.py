"""On paper, for when the network is dead: a pocket card, and who rings whom."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiying.emergency.selectors import contacts_printed
from huiying.records import clock
from huiying.registry import duty, duty_day
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.registry.selectors import public_bodies
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view


@require_safe
@console_view(Action.DUTY_READ)
def card(request: OfficerRequest) -> HttpResponse:
    """The pocket card: numbers of posts, who leads, who comes next, the body above, whoever else must be reached."""
    return render(request, "console/duty/card.html", _told(request.officer))


@require_safe
@console_view(Action.DUTY_READ)
def tree(request: OfficerRequest) -> HttpResponse:
    """Who rings whom, on one sheet; with ?save=1 as a file that stands alone."""
    context = _told(request.officer)
    if request.GET.get("save") != "1":
        return render(request, "console/duty/tree.html", context)
    response = render(request, "console/duty/tree_saved.html", context)
    response["Content-Disposition"] = 'attachment; filename="phone-tree.html"'
    return response


def _told(viewer: Officer) -> dict[str, Any]:
    now = clock.now()
    rows = [row for row in duty.on_duty_rows(viewer.body_id, now) if row.staff]
    leads = duty.leads_at(viewer.body_id, now)
    deputies: dict[int, list[Any]] = {}
    for deputy in duty_day.deputies_listed(viewer):
        deputies.setdefault(deputy.post_id, []).append(deputy.staff)
    people = {staff.pk for row in rows for staff in (row.staff, *row.beside) if staff}
    people |= {shift.staff_id for shift in leads}
    people |= {staff.pk for held in deputies.values() for staff in held}
    body: Body = public_bodies().select_related("parent").get(pk=viewer.body_id)
    return {
        "now": now,
        "body": body,
        "rows": rows,
        "leads": leads,
        "deputies": deputies,
        "reach": duty_day.reach_of(people),
        "contacts": contacts_printed(viewer, clock.official_date(now)),
    }
