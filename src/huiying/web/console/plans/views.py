"""Plans: the list, a version with findings beside its clauses, the text in an editor."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.emergency import actions, gate, selectors
from huiying.emergency.models import PlanVersion
from huiying.emergency.plan_kinds import PlanKind
from huiying.playbook.kinds import BodyKind
from huiying.playbook.shipped import shipped_plans
from huiying.playbook.yaml_form import PlanUnreadable
from huiying.records import clock
from huiying.records.moves import overtaken
from huiying.registry.models import Body
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import Overtaken, Refusal
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.plans.care import beside
from huiying.web.shared.sentences import translated
from huiying.web.shared.typed import Typed


def seen(version: PlanVersion) -> HttpResponse:
    """To the page of a version after an act."""
    response = redirect("console:plan_version", code=version.plan.code, number=version.number)
    response.status_code = 303
    return response


@require_safe
@console_view(Action.PLAN_READ)
def plans(request: OfficerRequest) -> HttpResponse:
    """The library: the body's plans, and those that come with the program to begin from."""
    asked = Typed(request.GET.dict())
    found = selectors.library(
        request.officer,
        kind=asked["kind"],
        state=asked["state"],
        words=asked["q"],
        after=asked["after"],
    )
    may_edit = can_somewhere(request.officer.grants, Action.PLAN_EDIT)
    context = {
        "found": found,
        "asked": asked,
        "filtered": bool(asked["kind"] or asked["state"] or asked["q"]),
        "kinds": [("", _("全部")), *((kind.value, kind.label) for kind in PlanKind)],
        "states": [("", _("全部")), *selectors.LIBRARY_STATES],
        "shipped": selectors.shipped_listed(request.officer, asked["body_kind"]) if may_edit else (),
        "body_kinds": [("", _("全部")), *((kind.value, kind.label) for kind in BodyKind)],
        "may_edit": may_edit,
        "today": clock.today(),
    }
    return render(request, "console/plans/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def new(request: OfficerRequest) -> HttpResponse:
    """A new plan: from a shipped one, or from a text of one's own."""
    known = {row.code for row in selectors.plans_listed(request.officer)}
    offered = {name: text for name, text in shipped_plans().items() if name not in known}
    if request.method == "POST":
        text = request.POST.get("text", "")
        body = Body.objects.get(pk=request.officer.body_id)
        return _kept(
            request,
            text,
            lambda: actions.plan_open(body=body, text=text, by=request.officer, at=clock.now()),
            {},
        )
    text = offered.get(request.GET.get("from", ""), "")
    return render(
        request,
        "console/plans/edit.html",
        {"version": None, "text": text, "offered": list(offered), "problems": []},
    )


@require_safe
@console_view(Action.PLAN_READ)
def page(request: OfficerRequest, code: str) -> HttpResponse:
    """The version in force; where there is none, the newest."""
    plan = gate.plan_for(request.officer, code)
    versions = plan.versions.select_related("plan__body")
    version = versions.filter(state=PlanState.PROMULGATED).first() or versions.first()
    if version is None:
        raise gate.not_there()
    return _shown(request, version)


@require_safe
@console_view(Action.PLAN_READ)
def version_page(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """One version."""
    return _shown(request, gate.plan_version_for(request.officer, code, number))


def _shown(request: OfficerRequest, version: PlanVersion) -> HttpResponse:
    grants = request.officer.grants
    sections = selectors.plan_clauses(version)
    rows = [row for section in sections for row in section.rows]
    placed = {row.id for row in rows}
    context = {
        "version": version,
        "sections": sections,
        "marked": [row for row in rows if row.findings],
        "general": [found for found in version.findings if found["clause"] not in placed],
        "errors": sum(found["severity"] == "error" for found in version.findings),
        "versions": version.plan.versions.defer("text"),
        "publish_by": selectors.publish_by(version),
        "today": clock.today(),
        "may_edit": can_somewhere(grants, Action.PLAN_EDIT),
        "may_promulgate": can_somewhere(grants, Action.PLAN_PROMULGATE),
        "severities": {"error": _("必须修改"), "warning": _("应当修改"), "advice": _("建议")},
    }
    context |= beside(request, version)
    return render(request, "console/plans/page.html", context)


@require_POST
@console_view(Action.PLAN_EDIT)
def draft(request: OfficerRequest, code: str) -> HttpResponse:
    """Open the next draft, or go on with the one there is."""
    plan = gate.plan_for(request.officer, code)
    version = actions.plan_draft_open(plan=plan, by=request.officer, at=clock.now())
    response = redirect("console:plan_edit", code=code, number=version.number)
    response.status_code = 303
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def edit(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """The text of a draft. A text that cannot be read comes back as it was typed, each line at fault named."""
    version = gate.plan_version_for(request.officer, code, number)
    if version.state != PlanState.DRAFT:
        return seen(version)
    if request.method == "POST":
        text = request.POST.get("text", "")
        return _kept(
            request,
            text,
            lambda: actions.plan_save(
                version=version, text=text, by=request.officer, at=clock.now(), seen=seen_at(request)
            ),
            {"version": version},
        )
    context = {"version": version, "text": version.text, "problems": [], "offered": []}
    return render(request, "console/plans/edit.html", {**context, **beside(request, version)})


def seen_at(request: OfficerRequest) -> datetime:
    """When the text that is written over had been saved. A form that does not say so writes over nothing: Overtaken."""
    try:
        found = datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        raise overtaken() from None
    if found.tzinfo is None:
        raise overtaken()
    return found


def _kept(
    request: OfficerRequest, text: str, act: Callable[[], PlanVersion], context: dict[str, Any]
) -> HttpResponse:
    """Save and show the version, or show the editor again with the text as it was typed."""
    try:
        version = act()
    except PlanUnreadable as refusal:
        problems = [(problem.line, problem.message, problem.remedy) for problem in refusal.problems]
    except Overtaken:
        saved = N_("就在刚才，别人保存了这份草案，现在的文本在最下面。")
        problems = [(0, translated(saved), _("先比较一下；仍要用您的，请再按一次保存。"))]
        context = {**context, "now": context["version"].text}
    except Refusal as refusal:
        problems = [(0, refusal.message, refusal.remedy)]
    else:
        messages.success(request, _("已保存并检查。"))
        return seen(version)
    context = {"version": None, **context, "text": text, "problems": problems, "offered": []}
    return render(request, "console/plans/edit.html", context, status=422)


@require_safe
@console_view(Action.PLAN_READ)
def changes(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """What changed against the version it was drafted from, clause by clause."""
    version = gate.plan_version_for(request.officer, code, number)
    rows = selectors.version_changes(version.base, version) if version.base else ()
    return render(request, "console/plans/changes.html", {"version": version, "rows": rows})
