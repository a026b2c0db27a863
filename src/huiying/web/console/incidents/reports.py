"""Situation reports: the form with what the rules ask for, the telephone note, the report as it was sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.emergency import actions, gate
from huiying.emergency.kinds import Nature, Source
from huiying.emergency.models import Incident, SituationReport
from huiying.records import clock
from huiying.registry.selectors import staff_names
from huiying.rules.lifecycle.report import ReportKind, ReportState
from huiying.rules.permissions import Action
from huiying.rules.refusals import NotThere
from huiying.rules.reporting import ReportField, required_fields
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.incidents.forms import PhoneForm, SituationForm
from huiying.web.console.incidents.views import asked, done, seen
from huiying.web.shared.dates import moment


def _asked_for(kind: ReportKind) -> list[ReportField]:
    """The fields a person fills in; the number of a follow-up is counted by itself."""
    return [field for field in required_fields(kind) if field.name != "number"]


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SITUATION_REPORT_SEND)
def send(request: OfficerRequest, reference: str, kind: str) -> HttpResponse:
    """Write and send the report of that kind."""
    if kind not in set(ReportKind):
        raise gate.not_there()
    incident, which = gate.incident_for(request.officer, reference), ReportKind(kind)
    form = SituationForm(
        request.POST or None, asked=_asked_for(which), initial=_initial(request, incident, which)
    )
    if request.method == "POST" and done(form, lambda: _send(request, incident, which, form)):
        messages.success(request, _("已上报。"))
        return seen(incident)
    owed = SituationReport.objects.filter(incident=incident, kind=which, state=ReportState.DUE).first()
    context = {
        "incident": incident,
        "kind": which,
        "form": form,
        "owed": owed,
        "now": clock.now(),
        "phone": PhoneForm(initial={"phoned_at": timezone.localtime(clock.now())}),
        "before": _before(incident) if which is not ReportKind.FIRST else [],
    }
    return render(request, "console/incidents/situation.html", context, status=422 if form.errors else 200)


def _send(request: OfficerRequest, incident: Incident, kind: ReportKind, form: SituationForm) -> object:
    told = dict(form.cleaned_data)
    sent_to, stated_at = told.pop("sent_to"), told.pop("stated_at")
    return actions.situation_report_send(
        incident=incident,
        kind=kind,
        fields=told,
        sent_to=sent_to,
        stated_at=stated_at,
        by=request.officer,
        at=clock.now(),
    )


def _initial(request: OfficerRequest, incident: Incident, kind: ReportKind) -> dict[str, Any]:
    """What the program knows already, so that nobody types it again; a person checks it before it goes out."""
    known: dict[str, Any] = {
        "sent_to": incident.body.superior_name,
        "reporter": request.user.name,  # type: ignore[union-attr]
        "reporter_contact": incident.body.phone,
        "stated_at": timezone.localtime(clock.now()),
    }
    if kind is not ReportKind.FIRST:
        return known
    counts = _("死亡 %(dead)s 人，受伤 %(injured)s 人，失联 %(missing)s 人，受影响约 %(affected)s 人。")
    return {
        **known,
        "received_at": moment(incident.reported_at),
        "source": Source(incident.source).label,
        "happened_at": moment(incident.happened_at),
        "place": incident.place,
        "nature": Nature(incident.nature).label,
        "scope": incident.told,
        "casualties": counts
        % {name: getattr(incident, name) for name in ("dead", "injured", "missing", "affected")},
    }


def _before(incident: Incident) -> list[SituationReport]:
    return list(
        SituationReport.objects.filter(incident=incident, state=ReportState.SENT).order_by("-sent_at")
    )


@require_safe
@console_view(Action.INCIDENT_READ)
def page(request: OfficerRequest, reference: str, pk: int) -> HttpResponse:
    """A report as it was sent, with both times."""
    report = gate.report_for(request.officer, pk)
    if report.incident.reference != reference or report.state != ReportState.SENT:
        raise gate.not_there()
    labels = {field.name: field.label for field in required_fields(ReportKind(report.kind))}
    who = staff_names(report.incident.body_id, [report.sent_by_id] if report.sent_by_id else [])
    context = {
        "incident": report.incident,
        "report": report,
        "rows": [(_(label), report.fields.get(name, "")) for name, label in labels.items()],
        "who": who.get(report.sent_by_id or 0, ""),
        "late": report.is_late(clock.now()),
    }
    return render(request, "console/incidents/situation_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.SITUATION_REPORT_SEND)
def phone(request: OfficerRequest, reference: str, pk: int) -> HttpResponse:
    """Record that it was reported by telephone first."""
    report = gate.report_for(request.officer, pk)
    if report.incident.reference != reference:
        raise NotThere(_("没有找到这份报告。"))
    form = PhoneForm(request.POST or None, initial={"phoned_at": timezone.localtime(clock.now())})

    def act() -> object:
        return actions.situation_report_phone(
            report=report, **form.cleaned_data, by=request.officer, at=clock.now()
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("电话报告已记录；书面报告仍按时限上报。"))
        return seen(report.incident)
    return asked(request, report.incident, form, title=_("记录电话先报"), button=_("记录"))
