"""The list: searched, narrowed, page by page; and the views that an officer keeps."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiying.petitions import actions
from huiying.petitions.listing import ListFilter, petitions_listed
from huiying.petitions.models import SavedView
from huiying.records import clock
from huiying.registry.selectors import category_choices, unit_choices
from huiying.rules.lifecycle.petition import Channel, PetitionKind, PetitionState
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.views import whole_number

T = TypeVar("T")
TICKS = ("late", "danger", "urgent", "joint")
ASKED = ("q", "state", "unit", "matter", "category", "kind", "channel", "from", "to", *TICKS)


@require_safe
@console_view(Action.PETITION_LIST)
def petitions(request: OfficerRequest) -> HttpResponse:
    """The newest petitions that the viewer may know of, narrowed by words, state, unit, field and more."""
    return _page(request, request.GET, {})


@require_POST
@console_view(Action.PETITION_LIST)
def view_save(request: OfficerRequest) -> HttpResponse:
    """Keep the present search under a name; back to it."""
    query = _asked_of(request.POST)
    try:
        actions.view_save(name=request.POST.get("name", ""), query=query, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        return _page(request, request.POST, refusal.fields)
    messages.success(request, _("已保存为常用筛选。"))
    return HttpResponseRedirect(_list_url(query), status=303)


@require_POST
@console_view(Action.PETITION_LIST)
def view_drop(request: OfficerRequest, number: int) -> HttpResponse:
    """Drop one of one's own kept searches."""
    actions.view_drop(view_id=number, by=request.officer, at=clock.now())
    messages.success(request, _("已删去这个常用筛选。"))
    return HttpResponseRedirect(reverse("console:petitions"), status=303)


def _page(request: OfficerRequest, asked: QueryDict, errors: dict[str, str]) -> HttpResponse:
    officer, today = request.officer, clock.today()
    wanted = wanted_in(asked)
    after = whole_number(asked.get("after", ""))
    listing = petitions_listed(officer, wanted, today=today, before=after)
    query = _asked_of(asked)
    context = {
        "rows": listing.rows,
        "next_key": listing.next_key,
        "partial": listing.partial,
        "wanted": wanted,
        "narrowed": bool(query),
        "more_asked": any(asked.get(name) for name in ("category", "kind", "channel", "from", "to", *TICKS)),
        "asked": [(name, asked.get(name, "")) for name in ASKED if asked.get(name)],
        "query": query,
        "today": today,
        "errors": errors,
        "may_register": officer.can(Action.PETITION_REGISTER),
        **_choices(officer),
        **_kept(officer.staff_id, query),
    }
    return render(request, "console/petitions/list.html", context, status=422 if errors else 200)


def _choices(officer: Any) -> dict[str, Any]:
    categories = category_choices(officer.body_id)
    return {
        "states": [(s.value, s.label) for s in PetitionState if s is not PetitionState.CONCLUDED],
        "matters": [(matter.value, matter.label) for matter in Matter],
        "kinds": [(kind.value, kind.label) for kind in PetitionKind],
        "channels": [(channel.value, channel.label) for channel in Channel],
        "units": unit_choices(officer.body_id),
        "categories": [
            (number, f"{_(Matter(matter).label)} · {label}") for number, matter, label in categories
        ],
    }


def _kept(staff_id: int, query: str) -> dict[str, Any]:
    """The officer's own views, and which of them is open."""
    views = list(SavedView.objects.filter(staff_id=staff_id)[: actions.VIEWS_MAX])
    return {
        "views": [(view, _list_url(view.query)) for view in views],
        "open_view": next((view for view in views if view.query == query), None),
    }


def _list_url(query: str) -> str:
    address = reverse("console:petitions")
    return f"{address}?{query}" if query else address


def _asked_of(given: QueryDict) -> str:
    """The search as a query string: the known parts alone, in one order."""
    return urlencode([(name, given.get(name, "").strip()) for name in ASKED if given.get(name, "").strip()])


def wanted_in(given: QueryDict) -> ListFilter:
    """What a query string asks for; what cannot be understood asks for nothing."""
    return ListFilter(
        query=given.get("q", "").strip()[:200],
        state=_member(PetitionState, given.get("state", "")),
        unit_id=whole_number(given.get("unit", "")),
        matter=_member(Matter, given.get("matter", "")),
        category_id=whole_number(given.get("category", "")),
        kind=_member(PetitionKind, given.get("kind", "")),
        channel=_member(Channel, given.get("channel", "")),
        received_from=_day(given.get("from", "")),
        received_to=_day(given.get("to", "")),
        **{name: bool(given.get(name)) for name in TICKS},
    )


def _member(values: Callable[[str], T], text: str) -> T | None:
    try:
        return values(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None
