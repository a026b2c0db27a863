"""The first page of the settings: what there is to set, and how it stands."""

from django.conf import settings as django_settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiying.records import clock
from huiying.registry import selectors
from huiying.registry.calendars import calendar_for
from huiying.registry.models import Body
from huiying.registry.openness import missing_of
from huiying.rules import numbering
from huiying.rules.openness import TO_DO
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view


def body_of(request: OfficerRequest) -> Body:
    """The officer's own body."""
    return Body.objects.get(pk=request.officer.body_id)


def public_address() -> str:
    """Where the public finds this installation; outside production its own address will do."""
    options = django_settings.HUIYING["options"]
    return str(options.public_url if options.production else options.address_shown)


@require_safe
@console_view(Action.REGISTRY_EDIT)
def settings(request: OfficerRequest) -> HttpResponse:
    """Each setting with one line on how it stands."""
    body = body_of(request)
    context = {
        "rows": [
            (reverse(f"console:{name}"), icon, label, state)
            for name, icon, label, state in _rows(request, body)
        ],
        "owed": [TO_DO[part] for part in missing_of(body, online=public_address())],
    }
    return render(request, "console/settings/home.html", context)


def _rows(request: OfficerRequest, body: Body) -> list[tuple[str, str, str, str]]:
    """Address, icon, label and how it stands, in the order of the page."""
    today = clock.today()
    known = calendar_for(body.pk).knows(today.year + 1)
    units = _("{count} 个单位").format(count=selectors.units_of(request.officer).count())
    categories = _("{count} 个").format(count=len(selectors.categories_of(body)))
    places = _("{count} 处").format(count=selectors.places_of(body.pk).count())
    people = _("{count} 人在用").format(
        count=selectors.staff_of(request.officer).filter(is_active=True).count()
    )
    example = numbering.example(body.numbering, body.short, today)
    next_year = _("明年安排已公布") if known else _("明年安排尚未公布")
    return [
        ("settings_body", "landmark", _("机构信息"), body.name),
        ("settings_units", "network", _("单位和岗位"), units),
        ("settings_calendar", "calendar-days", _("工作日历"), next_year),
        ("settings_categories", "list-tree", _("事项类别"), categories),
        ("settings_places", "map-pin", _("接待场所"), places),
        ("settings_numbering", "hash", _("事项编号"), example),
        ("settings_people", "users", _("人员账号"), people),
    ]
