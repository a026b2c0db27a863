"""A plan's way on one page: where it stands, what comes next, and the acts of submitting, deciding and issuing."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.emergency import actions, gate, selectors
from huiying.emergency.authors import savers_of
from huiying.emergency.filing_receivers import receivers_of
from huiying.emergency.models import PlanVersion
from huiying.emergency.plan_kinds import Position
from huiying.emergency.selectors.road import experts_to_ask, road_of
from huiying.records import clock
from huiying.records.clock import official_date
from huiying.records.moves import overtaken
from huiying.rules.permissions import Action, can_somewhere, units_for
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.plans.road_map import looked_at, steps_of
from huiying.web.console.plans.views import seen_at
from huiying.web.shared.sentences import translated


def back(version: PlanVersion, part: str = "") -> HttpResponse:
    """To the page of the way after an act, at the part where the act was done."""
    address = reverse("console:plan_road", args=[version.plan.code, version.number])
    return HttpResponseRedirect(address + (f"#{part}" if part else ""), status=303)


def acted(
    request: OfficerRequest,
    version: PlanVersion,
    act: Callable[[], object],
    *,
    said: str,
    form: str,
    part: str,
) -> HttpResponse:
    """Do an act and say so; what it refuses stands at the fields of the form it came from, with what was typed."""
    try:
        act()
    except Incomplete as refusal:
        wrong = {name: translated(sentence) for name, sentence in refusal.fields.items()}
        return shown(request, version, form=form, wrong=wrong)
    messages.success(request, said)
    return back(version, part)


@require_safe
@console_view(Action.PLAN_READ)
def road(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """The whole way of one version."""
    return shown(request, gate.plan_version_for(request.officer, code, number))


def shown(
    request: OfficerRequest, version: PlanVersion, *, form: str = "", wrong: dict[str, str] | None = None
) -> HttpResponse:
    """The page; `form` names the form that was refused, `wrong` what at which field."""
    now = clock.now()
    way = road_of(version, at=now)
    publish_by = selectors.publish_by(version)
    context: dict[str, Any] = {
        "version": version,
        "way": way,
        "steps": steps_of(way, publish_by),
        "looked_at": looked_at(way),
        "publish_by": publish_by,
        "today": clock.today(),
        "positions": [("", _("请选择")), *((each.value, _(each.label)) for each in Position)],
        "units_offered": [{"value": unit.pk, "label": unit.name} for unit in way.not_asked],
        "sent_on": {row.pk: row.sent_at and official_date(row.sent_at) for row in way.filings},
        "errors": [(_target(form, name), sentence) for name, sentence in (wrong or {}).items()],
        "form": form,
        "wrong": wrong or {},
        "typed": defaultdict(str, request.POST.dict()),  # a form that lacks a field has nothing in it
        **_may(request, version),
    }
    if context["may_edit"] and version.state == "draft":
        context["experts"] = [
            {"value": one.pk, "label": f"{one.name} · {_(one.get_field_display())}"}
            for one in experts_to_ask(version)
        ]
    return render(request, "console/plans/road.html", context, status=422 if wrong else 200)


def _target(form: str, name: str) -> str:
    """The id of the field that was refused; a form that stands on the page more than once has its number in it."""
    kind, _dash, pk = form.partition("-")
    if not pk:
        return f"id_{name}"
    return f"id_{'dealt' if (kind, name) == ('deal', 'text') else name}_{pk}"


def _may(request: OfficerRequest, version: PlanVersion) -> dict[str, Any]:
    """What this person may do here, so that nothing is offered that would be refused."""
    grants = request.officer.grants
    return {
        "may_edit": can_somewhere(grants, Action.PLAN_EDIT),
        "may_approve": can_somewhere(grants, Action.PLAN_APPROVE),
        "may_promulgate": can_somewhere(grants, Action.PLAN_PROMULGATE),
        "may_file": can_somewhere(grants, Action.PLAN_FILE),
        "opines_for": units_for(grants, Action.PLAN_OPINE) or frozenset(),
        "acknowledges_for": units_for(grants, Action.PLAN_ACKNOWLEDGE) or frozenset(),
        "may_withdraw": request.officer.staff_id == version.submitted_by_id,
        "is_own": version.state == "submitted"
        and request.officer.staff_id in {version.submitted_by_id, *savers_of(version)},
    }


@require_POST
@console_view(Action.PLAN_EDIT)
def submit(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Lay the draft before the leading group with its drafting note."""
    version = gate.plan_version_for(request.officer, code, number)
    note = request.POST.get("drafting_note", "")
    return acted(
        request,
        version,
        lambda: actions.plan_submit(version=version, drafting_note=note, by=request.officer, at=clock.now()),
        said=_("已送审，等待领导小组批准。"),
        form="submit",
        part="approval",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def withdraw(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Ask once more, then take the text back that one submitted."""
    version = gate.plan_version_for(request.officer, code, number)
    if request.method == "POST":
        actions.plan_withdraw(version=version, by=request.officer, at=clock.now())
        messages.success(request, _("已撤回，可以继续修改。"))
        return back(version, "submission")
    context = {
        "title": _("撤回送审？"),
        "message": _("文本回到草案，审批人不再看到它；改好以后要重新送审。"),
        "action": request.path,
        "confirm_label": _("撤回送审"),
        "cancel_url": reverse("console:plan_road", args=[code, number]),
    }
    return render(request, "shared/pages/confirm.html", context)


@require_POST
@console_view(Action.PLAN_APPROVE)
def send_back(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Send the text back to its planner."""
    version = gate.plan_version_for(request.officer, code, number)
    reason = request.POST.get("reason", "")
    return acted(
        request,
        version,
        lambda: actions.plan_return(version=version, reason=reason, by=request.officer, at=clock.now()),
        said=_("已退回修改。"),
        form="return",
        part="approval",
    )


@require_POST
@console_view(Action.PLAN_APPROVE)
def approve(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Approve exactly the text that was looked at."""
    version = gate.plan_version_for(request.officer, code, number)
    _check_seen(request, version)
    return acted(
        request,
        version,
        lambda: actions.plan_approve(version=version, by=request.officer, at=clock.now()),
        said=_("已批准，可以印发。"),
        form="approve",
        part="approval",
    )


def _check_seen(request: OfficerRequest, version: PlanVersion) -> None:
    """Raise Overtaken where the text is another one than that which was looked at."""
    if seen_at(request) != version.saved_at:
        raise overtaken()


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_PROMULGATE)
def promulgate(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """What putting it in force will do, then the act itself."""
    version = gate.plan_version_for(request.officer, code, number)
    plan = version.plan
    typed = {
        "document_number": request.POST.get("document_number", ""),
        "issued_on": request.POST.get("issued_on", clock.today().isoformat()),
        "receivers": request.POST.get(
            "receivers", "\n".join(receivers_of(plan.kind, plan.body.superior_name))
        ),
    }
    wrong: dict[str, str] = {}
    if request.method == "POST":
        _check_seen(request, version)
        try:
            actions.plan_promulgate(
                version=version,
                document_number=typed["document_number"],
                issued_on=day_typed("issued_on", typed["issued_on"]),
                receivers=typed["receivers"].splitlines(),
                by=request.officer,
                at=clock.now(),
            )
        except Incomplete as refusal:
            wrong = {name: translated(sentence) for name, sentence in refusal.fields.items()}
        else:
            messages.success(request, _("已印发施行。请在 20 个工作日内报送备案并公开。"))
            return back(version, "filing")
    context = {
        "version": version,
        "typed": typed,
        "wrong": wrong,
        "former": plan.versions.filter(state="promulgated").defer("text").first(),
        "rows": selectors.version_changes(version.base, version) if version.base else (),
    }
    return render(request, "console/plans/promulgate.html", context, status=422 if wrong else 200)


def day_typed(name: str, typed: str) -> date | None:
    """A day as the browser's picker gives it; None where nothing was typed. Raises Incomplete at the field."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        sentence = _("请填写日期，例如 2025-03-21。")
        raise Incomplete(sentence, fields={name: sentence}, rule="web.day") from None
