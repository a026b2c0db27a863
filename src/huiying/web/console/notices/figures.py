"""The figures of the body, for its own staff: what is out, and what can be released."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiying.publishing.figures import Month
from huiying.publishing.open_figures import figures_page, periods_released
from huiying.records import clock
from huiying.registry.models import Body
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view


@require_safe
@console_view(Action.FIGURES_READ)
def page(request: OfficerRequest) -> HttpResponse:
    """The released months, and the last month if it is not out yet."""
    body = Body.objects.get(pk=request.officer.body_id)
    released = periods_released(body)
    month = Month.before(clock.today())
    asked = request.GET.get("month", "")
    context = {
        "body": body,
        "released": released,
        "page": figures_page(body, asked if asked in released else None),
        "waiting": month if month.period not in released else None,
        "may_release": request.officer.can(Action.NOTICE_PUBLISH),
    }
    return render(request, "console/notices/figures.html", context)
