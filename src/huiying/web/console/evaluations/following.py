"""What follows from a finding: corrective actions, and changes of the plan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.learning import actions, selectors
from huiying.learning.gate import absent, change_for, corrective_for, finding_for
from huiying.learning.models import CorrectiveAction
from huiying.learning.plans import clauses_of
from huiying.records import clock
from huiying.registry.models import Staff
from huiying.registry.selectors import staff_of
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.evaluations.forms import ChangeForm, CorrectiveForm, DoneForm, RemarkForm
from huiying.web.console.evaluations.views import seen
from huiying.web.console.fields import hold_errors


def _owners(request: OfficerRequest) -> list[tuple[str, str]]:
    rows = staff_of(request.officer).filter(is_active=True)
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.EVALUATION_WRITE)
def order(request: OfficerRequest, reference: str, finding_id: int) -> HttpResponse:
    """Order a corrective action."""
    finding = finding_for(request.officer, reference, finding_id)
    form = CorrectiveForm(request.POST or None, owners=_owners(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        owner = Staff.objects.filter(pk=given["owner"], body_id=request.officer.body_id).first() or absent()
        try:
            actions.corrective_order(
                finding=finding,
                text=given["text"],
                owner=owner,
                due_on=given["due_on"],
                by=request.officer,
                at=clock.now(),
            )
        except Incomplete as refusal:
            hold_errors(form, refusal)
        else:
            messages.success(request, _("整改已布置。"))
            return seen(reference, f"#finding-{finding.pk}")
    context = {"form": form, "finding": finding, "evaluation": finding.evaluation}
    return render(request, "console/evaluations/order.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.EVALUATION_WRITE)
def propose(request: OfficerRequest, reference: str, finding_id: int) -> HttpResponse:
    """Propose a new text for the clause of a finding."""
    finding = finding_for(request.officer, reference, finding_id)
    clause = next((row for row in clauses_of(finding.plan_version) if row.id == finding.clause_id), None)
    start = {"proposed_text": clause.text if clause else "", "reason": finding.text}
    form = ChangeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_propose(finding=finding, **form.cleaned_data, by=request.officer, at=clock.now())
        except Incomplete as refusal:
            hold_errors(form, refusal)
        else:
            messages.success(request, _("修改建议已提出。"))
            return seen(reference, f"#finding-{finding.pk}")
    context = {"form": form, "finding": finding, "clause": clause, "evaluation": finding.evaluation}
    return render(request, "console/evaluations/propose.html", context, status=422 if form.errors else 200)


@require_POST
@console_view(Action.PLAN_EDIT)
def draft(request: OfficerRequest, reference: str, change_id: int) -> HttpResponse:
    """Write a proposed text into the next version of the plan."""
    change = change_for(request.officer, reference, change_id)
    actions.change_draft(change=change, by=request.officer, at=clock.now())
    messages.success(request, _("已写入预案新版草案，仍须修改、检查和印发。"))
    return seen(reference, f"#finding-{change.finding_id}")


@require_safe
@console_view()
def correctives(request: OfficerRequest) -> HttpResponse:
    """The corrective actions: overdue, running, handed in, verified; the owner's own for everyone else."""
    today = clock.today()
    context = {"correctives": selectors.correctives_by_day(request.officer, today=today), "today": today}
    return render(request, "console/evaluations/correctives.html", context)


@require_safe
@console_view()
def corrective(request: OfficerRequest, corrective_id: int) -> HttpResponse:
    """One corrective action with the acts that are open."""
    return _draw(request, corrective_for(request.officer, corrective_id))


def _draw(
    request: OfficerRequest,
    action: CorrectiveAction,
    *,
    done: DoneForm | None = None,
    remark: RemarkForm | None = None,
) -> HttpResponse:
    finding = action.finding
    context = {
        "action": action,
        "clause": next(
            (row.heading for row in clauses_of(finding.plan_version) if row.id == finding.clause_id), ""
        ),
        "acts": selectors.corrective_acts(request.officer, action),
        "done_form": done or DoneForm(initial={"evidence": action.evidence}),
        "remark_form": remark or RemarkForm(),
        "may_read_evaluation": request.officer.can(Action.EVALUATION_READ),
        "today": clock.today(),
    }
    return render(
        request, "console/evaluations/corrective.html", context, status=422 if done or remark else 200
    )


def _back(corrective_id: int) -> HttpResponse:
    response = redirect("console:corrective_page", corrective_id=corrective_id)
    response.status_code = 303
    return response


@require_POST
@console_view(Action.CORRECTIVE_DO)
def done(request: OfficerRequest, corrective_id: int) -> HttpResponse:
    """Hand in the work with its evidence."""
    action = corrective_for(request.officer, corrective_id)
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _draw(request, action, done=form)
    try:
        evidence = form.cleaned_data["evidence"]
        actions.corrective_done(action=action, evidence=evidence, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        hold_errors(form, refusal)
        return _draw(request, action, done=form)
    messages.success(request, _("已提交，等另一个人核验。"))
    return _back(corrective_id)


@require_POST
@console_view(Action.CORRECTIVE_VERIFY)
def verify(request: OfficerRequest, corrective_id: int) -> HttpResponse:
    """Confirm the work."""
    action = corrective_for(request.officer, corrective_id)
    actions.corrective_verify(action=action, by=request.officer, at=clock.now())
    messages.success(request, _("已核验。"))
    return _back(corrective_id)


@require_POST
@console_view(Action.CORRECTIVE_VERIFY)
def send_back(request: OfficerRequest, corrective_id: int) -> HttpResponse:
    """Send the work back with what is still missing."""
    action = corrective_for(request.officer, corrective_id)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _draw(request, action, remark=form)
    try:
        remark = form.cleaned_data["remark"]
        actions.corrective_return(action=action, remark=remark, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        hold_errors(form, refusal)
        return _draw(request, action, remark=form)
    messages.success(request, _("已退回责任人。"))
    return _back(corrective_id)
