"""The unit for its head: late and soon by duty, what waits for a decision, ratings in sums. No score of a person."""

from datetime import timedelta
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiying.petitions import duties, waiting
from huiying.petitions.selectors import title_for
from huiying.records import clock
from huiying.registry.models import Unit
from huiying.registry.selectors import units_of
from huiying.rules.matters import RatingScore
from huiying.rules.permissions import Action, units_for
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.views import whole_number

SOON = timedelta(days=7)


@require_safe
@console_view(Action.DRAFT_APPROVE)
def unit(request: OfficerRequest) -> HttpResponse:
    """The head's own unit; whoever heads several chooses one."""
    today = clock.today()
    own = _own(request)
    chosen = next((each for each in own if each.pk == whole_number(request.GET.get("unit", ""))), own[0])
    context = {
        "unit": chosen,
        "own": [(each.pk, each.name) for each in own],
        "day": waiting.unit_day(request.officer, chosen, today=today, soon=today + SOON),
        "sums": duties.ratings_of_unit(request.officer, chosen.pk, today=today),
        "scores": list(RatingScore),
        "counted": waiting.COUNTED,
        "title_of": partial(title_for, request.officer),
        "today": today,
    }
    return render(request, "console/duties/unit.html", context)


def _own(request: OfficerRequest) -> list[Unit]:
    reached = units_for(request.officer.grants, Action.DRAFT_APPROVE)
    units = units_of(request.officer)
    return list(units if reached is None else units.filter(pk__in=sorted(reached)))
