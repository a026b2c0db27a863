"""Evaluations: the list, and one with its timeline and findings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.emergency.gate import incident_for
from huiying.learning import actions, selectors
from huiying.learning.gate import evaluation_for
from huiying.learning.models import Evaluation, EvaluationRow, FindingKind
from huiying.learning.plans import clauses_of, version_of
from huiying.records import clock
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.evaluations.forms import FindingForm, SummaryForm
from huiying.web.console.fields import hold_errors
from huiying.web.shared import dates
from huiying.web.shared.sentences import translated


def seen(reference: str, part: str = "") -> HttpResponse:
    """Back to an evaluation's page after an act."""
    response = redirect("console:evaluation_page", reference=reference)
    response.status_code = 303
    response["Location"] += part
    return response


def tell(request: OfficerRequest, refusal: Incomplete) -> None:
    """Say what is missing on the page the person comes back to."""
    for sentence in refusal.fields.values():
        messages.error(request, translated(sentence))


@require_safe
@console_view(Action.EVALUATION_READ)
def listing(request: OfficerRequest) -> HttpResponse:
    """The evaluations of the body, the ended incidents that wait for one, and what is overdue."""
    officer, today = request.officer, clock.today()
    context = {
        "evaluations": selectors.evaluations_list(officer),
        "waiting": selectors.incidents_to_evaluate(officer),
        "correctives": selectors.correctives_by_day(officer, today=today),
        "today": today,
    }
    return render(request, "console/evaluations/list.html", context)


@require_POST
@console_view(Action.EVALUATION_WRITE)
def open_new(request: OfficerRequest) -> HttpResponse:
    """Open the evaluation of an ended incident."""
    incident = incident_for(request.officer, request.POST.get("incident", "")[:40])
    evaluation = actions.evaluation_open(incident=incident, by=request.officer, at=clock.now())
    messages.success(request, _("已从台账整理出经过。"))
    return seen(evaluation.reference)


def row_words(row: EvaluationRow) -> str:
    """A row of the timeline as a choice: when, what, and whether it was late."""
    at = row.happened_at or row.promised_at
    late = _("（晚了）") if row.is_late else ""
    return f"{dates.day(at)} {dates.clock_time(at)} {_(row.label)} {_(row.what) if row.what else ''}{late}"


def finding_form(request: OfficerRequest, evaluation: Evaluation, *, is_sent: bool) -> FindingForm:
    """The form of a finding with the clauses of the plan that ran and the rows of this timeline."""
    clauses = [(row.id, row.heading) for row in clauses_of(version_of(evaluation.incident))]
    rows = [(str(row.pk), row_words(row)) for row in evaluation.rows.all()]
    return FindingForm(request.POST if is_sent else None, clauses=clauses, rows=rows)


@require_safe
@console_view(Action.EVALUATION_READ)
def page(request: OfficerRequest, reference: str) -> HttpResponse:
    """One evaluation: what was promised and what happened, findings, what follows."""
    evaluation = evaluation_for(request.officer, reference)
    return draw(request, evaluation)


def draw(
    request: OfficerRequest,
    evaluation: Evaluation,
    *,
    finding: FindingForm | None = None,
    summary: SummaryForm | None = None,
) -> HttpResponse:
    """The page of an evaluation, with a form that has errors held in it."""
    acts = selectors.acts_open(request.officer, evaluation)
    context = {
        "page": selectors.evaluation_page(evaluation),
        **_timeline(request, evaluation),
        "evaluation": evaluation,
        "acts": acts,
        "finding_form": finding or finding_form(request, evaluation, is_sent=False),
        "summary_form": summary or SummaryForm(initial={"summary": evaluation.summary}),
        "headings": {row.id: row.heading for row in clauses_of(version_of(evaluation.incident))},
        "today": clock.today(),
        "may_read_incident": can_somewhere(request.officer.grants, Action.INCIDENT_READ),
        "may_read_plan": can_somewhere(request.officer.grants, Action.PLAN_READ),
    }
    status = 422 if finding or summary else 200
    return render(request, "console/evaluations/page.html", context, status=status)


def _timeline(request: OfficerRequest, evaluation: Evaluation) -> dict[str, Any]:
    """The stretch of the timeline that was asked for: late rows or all, one post or all, from a row on."""
    start = request.GET.get("from", "")
    only_late, post = request.GET.get("show") == "late", request.GET.get("post", "")[:200]
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 19 else None
    found = selectors.timeline(evaluation, only_late=only_late, post=post, start=number)
    return {
        "timeline": found,
        "asked": {"only_late": only_late, "post": post},
        "post_choices": [(name, name) for name in found.posts],
    }


@require_http_methods(["POST"])
@console_view(Action.EVALUATION_WRITE)
def finding_record(request: OfficerRequest, reference: str) -> HttpResponse:
    """Record a finding."""
    evaluation = evaluation_for(request.officer, reference)
    form = finding_form(request, evaluation, is_sent=True)
    if form.is_valid():
        try:
            _record(request, evaluation, form)
        except Incomplete as refusal:
            hold_errors(form, refusal)
        else:
            messages.success(request, _("已记录。"))
            return seen(reference, "#findings")
    return draw(request, evaluation, finding=form)


def _record(request: OfficerRequest, evaluation: Evaluation, form: FindingForm) -> None:
    given = form.cleaned_data
    actions.finding_record(
        evaluation=evaluation,
        kind=FindingKind(given["kind"]),
        text=given["text"],
        clause_id=given["clause_id"],
        plan_version=version_of(evaluation.incident),
        evidence=given["evidence"],
        by=request.officer,
        at=clock.now(),
    )


@require_POST
@console_view(Action.EVALUATION_WRITE)
def summarise(request: OfficerRequest, reference: str) -> HttpResponse:
    """Write the summary."""
    evaluation = evaluation_for(request.officer, reference)
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return draw(request, evaluation, summary=form)
    try:
        summary = form.cleaned_data["summary"]
        actions.evaluation_summarise(
            evaluation=evaluation, summary=summary, by=request.officer, at=clock.now()
        )
    except Incomplete as refusal:
        hold_errors(form, refusal)
        return draw(request, evaluation, summary=form)
    messages.success(request, _("已保存。"))
    return seen(reference)


@require_POST
@console_view(Action.EVALUATION_WRITE)
def refresh(request: OfficerRequest, reference: str) -> HttpResponse:
    """Add what the ledger has gained."""
    evaluation = evaluation_for(request.officer, reference)
    added = actions.evaluation_refresh(evaluation=evaluation, by=request.officer, at=clock.now())
    messages.success(request, _("已从台账补充 %(count)s 行。") % {"count": added})
    return seen(reference)


@require_POST
@console_view(Action.EVALUATION_ADOPT)
def adopt(request: OfficerRequest, reference: str) -> HttpResponse:
    """Adopt an evaluation."""
    evaluation = evaluation_for(request.officer, reference)
    try:
        actions.evaluation_adopt(evaluation=evaluation, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        tell(request, refusal)
        return seen(reference)
    messages.success(request, _("已通过。"))
    return seen(reference)
