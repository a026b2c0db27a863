"""The leading group's acts: activate, decide, end."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.emergency import actions, gate, selectors
from huiying.emergency.actions.incidents import open_matters
from huiying.emergency.models import Incident, PlanVersion
from huiying.emergency.running import document_read
from huiying.issues.selectors import WarningSummary
from huiying.playbook.kinds import ResponseLevel
from huiying.records import clock
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.incidents.board import reasons_of, shown, warning_of
from huiying.web.console.incidents.forms import ActivationForm, DecisionForm, EndForm
from huiying.web.console.incidents.views import asked, done, seen


@dataclass(frozen=True)
class Choice:
    """Plan, level and circumstances, as they were chosen or suggested so far."""

    versions: list[PlanVersion]
    version: PlanVersion | None
    suggested: ResponseLevel | None
    level: str
    facets: list[str]

    @property
    def levels(self) -> list[tuple[str, str, str]]:
        """The plan's levels: code, word, when it is reached."""
        found = document_read(self.version.text).levels if self.version else ()
        return [(row.level.value, row.level.label, "".join(row.criteria) or row.text) for row in found]

    @property
    def known_facets(self) -> list[tuple[str, str]]:
        """The circumstances that the plan knows."""
        found = document_read(self.version.text).facets if self.version else ()
        return [(facet.id, facet.heading) for facet in found]

    @property
    def is_complete(self) -> bool:
        """Say whether there is a plan in force and one of its levels was chosen."""
        return self.level in {code for code, _word, _text in self.levels}

    def preview(self, body_id: int) -> selectors.ActivationPreview | None:
        """Every order that would be sent; nothing while plan or level is open."""
        if self.version is None or not self.is_complete:
            return None
        return selectors.activation_preview(
            self.version, level=self.level, facets=self.facets, body_id=body_id, at=clock.now()
        )


def _chosen(request: OfficerRequest, warning: WarningSummary | None) -> Choice:
    given = request.POST if request.method == "POST" else request.GET
    versions = list(selectors.versions_in_force(request.officer))
    version = next(
        (v for v in versions if v.plan.code == given.get("plan")), versions[0] if versions else None
    )
    suggested = selectors.level_suggested(warning.level) if warning else None
    level = given.get("level") or (suggested.value if suggested else "")
    return Choice(versions, version, suggested, level, given.getlist("facets"))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.INCIDENT_ACTIVATE)
def activate(request: OfficerRequest, reference: str) -> HttpResponse:
    """Choose plan, level and circumstances; see every order and every missing post; then say the four contents."""
    incident = gate.incident_for(request.officer, reference)
    if incident.state != IncidentState.VERIFIED:
        return seen(incident)
    warning = warning_of(request.officer, incident)
    choice = _chosen(request, warning)
    posted = request.method == "POST" and choice.is_complete
    form = ActivationForm(request.POST if posted else None, initial={"matter": incident.told})
    if posted and done(form, lambda: _activate(request, incident, choice, form)):
        messages.success(request, _("已启动响应，指令已下达。"))
        return seen(incident)
    context = {
        "incident": incident,
        "reasons": reasons_of(warning),
        "choice": choice,
        "preview": choice.preview(incident.body_id),
        "form": form,
    }
    return render(request, "console/incidents/activate.html", context, status=422 if form.errors else 200)


def _activate(request: OfficerRequest, incident: Incident, choice: Choice, form: ActivationForm) -> object:
    if choice.version is None:
        raise gate.not_there()
    return actions.activation_open(
        incident=incident,
        version=choice.version,
        level=ResponseLevel(choice.level),
        facets=choice.facets,
        matter=form.cleaned_data["matter"],
        expected_until=form.cleaned_data["expected_duration"],
        measures=form.cleaned_data["measures"],
        by=request.officer,
        at=clock.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.INCIDENT_ACTIVATE)
def decide(request: OfficerRequest, reference: str) -> HttpResponse:
    """Record a decision."""
    incident = gate.incident_for(request.officer, reference)
    form = DecisionForm(request.POST or None)

    def act() -> object:
        return actions.decision_record(
            incident=incident, **form.cleaned_data, by=request.officer, at=clock.now()
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("决定已记录。"))
        return seen(incident)
    return asked(request, incident, form, title=_("记录决定"), button=_("记录决定"))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.INCIDENT_END)
def end(request: OfficerRequest, reference: str) -> HttpResponse:
    """What is still open, which criteria are met, and the grounds."""
    incident = gate.incident_for(request.officer, reference)
    if incident.state != IncidentState.ACTIVE:
        return seen(incident)
    clauses = document_read(incident.activation.plan_version.text).end_criteria
    form = EndForm(request.POST or None, criteria=[(clause.id, clause.heading) for clause in clauses])

    def act() -> object:
        return actions.incident_end(
            incident=incident, **form.cleaned_data, by=request.officer, at=clock.now()
        )

    if request.method == "POST" and done(form, act):
        messages.success(request, _("响应已结束。"))
        return seen(incident)
    known = [clause.id for clause in clauses]
    context = {**shown(request, incident), "form": form, "open_matters": open_matters(incident, known)}
    return render(request, "console/incidents/end.html", context, status=422 if form.errors else 200)
