"""Incidents before a response: the list, the report form, verifying, dismissing, keeping the facts current."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.emergency import actions, gate, selectors
from huiying.emergency.kinds import Hazard, Nature, Need, Source
from huiying.emergency.models import Incident
from huiying.records import clock
from huiying.registry.models import Body
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.console.incidents.forms import FactsForm, GroundsForm, ReportForm, facts_of

PAGE = 50


def seen(incident: Incident) -> HttpResponse:
    """To the board after an act."""
    response = redirect("console:incident_board", reference=incident.reference)
    response.status_code = 303
    return response


def done(form: Form, act: Callable[[], object]) -> bool:
    """Do the act if the form can be read; where something is missing, its sentences go to the fields."""
    if not form.is_valid():
        return False
    try:
        act()
    except Incomplete as refusal:
        hold_errors(form, refusal)
        return False
    return True


@require_safe
@console_view(Action.INCIDENT_REPORT)
def incidents(request: OfficerRequest) -> HttpResponse:
    """The newest incidents of the body, and the orders that wait for the person who looks."""
    now, state = clock.now(), request.GET.get("state", "")
    before = request.GET.get("after", "")
    last = int(before) if before.isdecimal() and len(before) < 18 else None
    rows = selectors.incidents_recent(request.officer, state=state, before=last, limit=PAGE + 1)
    context = {
        "rows": rows[:PAGE],
        "next_key": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "state": state,
        "states": [(member.value, member.label) for member in IncidentState],
        "mine": len(selectors.my_orders(request.officer, now)),
    }
    return render(request, "console/incidents/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.INCIDENT_REPORT)
def report(request: OfficerRequest) -> HttpResponse:
    """The report form: what harms or endangers people, where, since when."""
    initial = {"happened_at": timezone.localtime(clock.now()).replace(second=0, microsecond=0)}
    form = ReportForm(request.POST or None, initial=initial)
    found: list[Incident] = []
    if request.method == "POST" and done(form, lambda: found.append(_report(request, form))):
        messages.success(
            request, _("已收到报告，编号 %(ref)s。值班岗位已得到通知。") % {"ref": found[0].reference}
        )
        if can_somewhere(request.officer.grants, Action.INCIDENT_READ):
            return seen(found[0])
        response = redirect("console:incident_report")
        response.status_code = 303
        return response
    return render(
        request, "console/incidents/report.html", {"form": form}, status=422 if form.errors else 200
    )


def _report(request: OfficerRequest, form: ReportForm) -> Incident:
    told = form.cleaned_data
    return actions.incident_report(
        body=Body.objects.get(pk=request.officer.body_id),
        nature=Nature(told["nature"]),
        place=told["place"],
        told=told["told"],
        happened_at=told["happened_at"],
        source=Source(told["source"]),
        counts=form.counts(),
        hazards=[Hazard(value) for value in told["hazards"]],
        needs=[Need(value) for value in told["needs"]],
        by=request.officer,
        at=clock.now(),
    )


@require_POST
@console_view(Action.INCIDENT_VERIFY)
def verify(request: OfficerRequest, reference: str) -> HttpResponse:
    """Say that it is so."""
    incident = gate.incident_for(request.officer, reference)
    actions.incident_verify(incident=incident, by=request.officer, at=clock.now())
    messages.success(request, _("已核实。"))
    return seen(incident)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.INCIDENT_VERIFY)
def dismiss(request: OfficerRequest, reference: str) -> HttpResponse:
    """Say that it is not an incident, with grounds."""
    incident = gate.incident_for(request.officer, reference)
    form = GroundsForm(request.POST or None)

    def act() -> object:
        return actions.incident_dismiss(
            incident=incident, grounds=form.cleaned_data["grounds"], by=request.officer, at=clock.now()
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("已认定不是突发事件，理由已记录。"))
        return seen(incident)
    return asked(request, incident, form, title=_("认定不是突发事件"), button=_("认定不是突发事件"))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.INCIDENT_VERIFY)
def facts(request: OfficerRequest, reference: str) -> HttpResponse:
    """Bring counts, dangers and needs up to date."""
    incident = gate.incident_for(request.officer, reference)
    form = FactsForm(request.POST or None, initial=facts_of(incident))

    def act() -> object:
        return actions.incident_update(
            incident=incident,
            counts=form.counts(),
            hazards=[Hazard(value) for value in form.cleaned_data["hazards"]],
            needs=[Need(value) for value in form.cleaned_data["needs"]],
            by=request.officer,
            at=clock.now(),
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("已更新。"))
        return seen(incident)
    return asked(request, incident, form, title=_("更新人数、危险和需要"), button=_("保存"))


def asked(request: OfficerRequest, incident: Incident, form: Form, **words: Any) -> HttpResponse:
    """A form about an incident on a page of its own; refused input comes back as it was typed."""
    context = {"incident": incident, "form": form, **words}
    return render(request, "console/incidents/ask.html", context, status=422 if form.errors else 200)
