"""What the petition office does from the workbench. A refused form comes back with what was typed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiying.petitions import actions, gate
from huiying.petitions.identity import identity_open
from huiying.petitions.models import Petition
from huiying.records import clock, vault
from huiying.registry.models import Staff
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.views import seen, unit_named, whole_number, workbench
from huiying.web.shared.typed import Typed


def tried(
    request: OfficerRequest, petition: Petition, section: str, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do an act and go back to the petition; where something is missing, show the form again as it was typed."""
    try:
        act()
    except Incomplete as refusal:
        petition.refresh_from_db()
        return workbench(request, petition, section=section, typed=request.POST.dict(), errors=refusal.fields)
    messages.success(request, said)
    return seen(petition)


@require_POST
@console_view(Action.PETITION_REGISTER)
def register(request: OfficerRequest, reference: str) -> HttpResponse:
    """Register what arrived."""
    petition = gate.petition_for(request.officer, reference)
    matter = request.POST.get("matter", "")
    actions.petition_register(
        petition=petition,
        matter=Matter(matter) if matter in set(Matter) else None,
        danger=bool(request.POST.get("danger")),
        by=request.officer,
        at=clock.now(),
    )
    messages.success(request, _("已登记。"))
    return seen(petition)


@require_POST
@console_view(Action.PETITION_ACCEPT)
def accept(request: OfficerRequest, reference: str) -> HttpResponse:
    """Accept, and tell the person."""
    petition = gate.petition_for(request.officer, reference)
    actions.petition_accept(petition=petition, by=request.officer, at=clock.now())
    messages.success(request, _("已受理，并已告知信访人。"))
    return seen(petition)


@require_POST
@console_view(Action.PETITION_DECLINE)
def decline(request: OfficerRequest, reference: str) -> HttpResponse:
    """Decline, with where to go."""
    petition = gate.petition_for(request.officer, reference)

    def act() -> object:
        return actions.petition_decline(
            petition=petition,
            reason=request.POST.get("reason", ""),
            whereto=request.POST.get("whereto", ""),
            by=request.officer,
            at=clock.now(),
        )

    return tried(request, petition, "decline", act, _("已告知不予受理，以及应当向哪里提出。"))


@require_POST
@console_view(Action.PETITION_REFER)
def refer(request: OfficerRequest, reference: str) -> HttpResponse:
    """Refer to the competent body."""
    petition = gate.petition_for(request.officer, reference)

    def act() -> object:
        return actions.petition_refer(
            petition=petition,
            reason=request.POST.get("reason", ""),
            whereto=request.POST.get("whereto", ""),
            by=request.officer,
            at=clock.now(),
        )

    return tried(request, petition, "refer", act, _("已转送，并已告知信访人去向。"))


@require_POST
@console_view(Action.PETITION_ASSIGN)
def assign(request: OfficerRequest, reference: str) -> HttpResponse:
    """Assign to a unit, or to one of its officers."""
    petition = gate.petition_for(request.officer, reference)
    unit_part, _slash, staff_part = request.POST.get("to", "").partition("/")
    unit = unit_named(request, whole_number(unit_part))
    handler = Staff.objects.filter(pk=whole_number(staff_part) or 0, body_id=petition.body_id).first()

    def act() -> object:
        if unit is None:
            raise Incomplete(_("请选择承办单位。"), fields={"to": _("请选择承办单位或承办人。")})
        return actions.petition_assign(
            petition=petition, unit=unit, handler=handler, by=request.officer, at=clock.now()
        )

    return tried(request, petition, "assign", act, _("已分办。"))


@require_POST
@console_view(Action.PETITION_FACET)
def danger(request: OfficerRequest, reference: str) -> HttpResponse:
    """Say, or take back, that somebody is in danger in this matter."""
    petition = gate.petition_for(request.officer, reference)
    actions.petition_facet(
        petition=petition, danger=bool(request.POST.get("danger")), by=request.officer, at=clock.now()
    )
    messages.success(request, _("已更新。"))
    return seen(petition)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.IDENTITY_OPEN)
def identity(request: OfficerRequest, reference: str) -> HttpResponse:
    """Open an identity for a stated reason; the look is recorded and the person sees it."""
    petition = gate.petition_for(request.officer, reference)
    context: dict[str, object] = {
        "petition": petition,
        "typed": Typed(request.POST.dict()),
        "errors": Typed(),
        "fields": None,
        "purposes": [
            {"value": p.value, "label": p.label} for p in vault.Purpose if p is not vault.Purpose.DELIVERY
        ],
    }
    if request.method == "POST":
        try:
            context["fields"] = Typed(
                identity_open(
                    petition=petition,
                    purpose=request.POST.get("purpose", ""),
                    reason=request.POST.get("reason", ""),
                    by=request.officer,
                    at=clock.now(),
                )
            )
        except Incomplete as refusal:
            context["errors"] = Typed(refusal.fields)
    response = render(
        request, "console/petitions/identity.html", context, status=422 if context["errors"] else 200
    )
    response["Cache-Control"] = "no-store"
    return response
