"""A draft edited by forms: section by section, clause by clause. Every save goes through the same act as the text's."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.emergency import actions, gate, selectors
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.playbook import editing
from huiying.playbook.clauses import Clause, Parameter
from huiying.playbook.document import SECTIONS, PlanDocument
from huiying.playbook.sections import SECTION_LABELS
from huiying.playbook.yaml_form import PlanUnreadable, write
from huiying.records import clock
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Overtaken, Refusal
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.plans.clause_fields import form_fields, held_values, typed_values
from huiying.web.console.plans.views import seen_at
from huiying.web.shared.sentences import translated

SEVERITIES = {"error": N_("必须修改"), "warning": N_("应当修改"), "advice": N_("建议")}
INSIDE = {
    "roles": N_("增加角色"),
    "duties": N_("增加职责"),
    "steps": N_("增加步骤"),
    "rules": N_("增加规定"),
}


@require_safe
@console_view(Action.PLAN_EDIT)
def section(request: OfficerRequest, code: str, number: int, section: str) -> HttpResponse:
    """The clauses of one section with what the checker says beside each, and the other sections."""
    version = gate.plan_version_for(request.officer, code, number)
    if section not in SECTIONS:
        raise gate.not_there()
    if version.state != PlanState.DRAFT:
        return _to("console:plan_version", code, number)
    doc = document_read(version.text)
    filled = {found.name: found for found in selectors.plan_clauses(version)}
    context = {
        "version": version,
        "name": section,
        "label": SECTION_LABELS[section],
        "section": filled.get(section),
        "sections": [(name, SECTION_LABELS[name], filled.get(name)) for name in SECTIONS],
        "inside": {clause.id: _inside(doc, clause) for clause in doc.clauses()} if section in filled else {},
        "severities": SEVERITIES,
        "can_undo": bool(version.previous_text),
        "has_remarks": any(line.lstrip().startswith("#") for line in version.text.split("\n")),
    }
    return render(request, "console/plans/section.html", context)


def _inside(doc: PlanDocument, clause: Clause) -> list[tuple[str, str]]:
    """The fields of a clause that hold further clauses, and what adding one is called."""
    return [(name, INSIDE.get(name, N_("增加一条"))) for name in editing.parts_of(type(clause))]


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def clause(request: OfficerRequest, code: str, number: int, clause_id: str) -> HttpResponse:
    """The form of one clause, or its text (?as=text)."""
    version = _draft(request, code, number)
    doc = document_read(version.text)
    found = doc.clause(clause_id)
    if found is None:
        raise gate.not_there()
    as_text = request.GET.get("as") == "text"
    kind = type(found)
    values = held_values(found)
    context = {"version": version, "clause": found, "section": editing.section_of(doc, clause_id)}
    if request.method != "POST":
        return _form(request, doc, kind, values, context=context, as_text=as_text)
    text = request.POST.get("text_of_clause", "").replace("\r\n", "\n")
    typed = typed_values(kind, request.POST)

    def changed() -> PlanDocument:
        if as_text:
            return editing.with_text(doc, clause_id, text)
        return editing.with_clause(doc, clause_id, typed)

    done = _kept(request, version, changed)
    if not isinstance(done, dict):
        return _to("console:plan_section", code, number, context["section"], place=clause_id)
    return _form(request, doc, kind, typed, context={**context, **done, "typed_text": text}, as_text=as_text)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def add(request: OfficerRequest, code: str, number: int, section: str) -> HttpResponse:
    """The form of a new clause: of a section, or inside a clause (?inside=id&name=field)."""
    version = _draft(request, code, number)
    doc = document_read(version.text)
    if section not in SECTIONS:
        raise gate.not_there()
    place = editing.place_in(doc, section, request.GET.get("inside", ""), request.GET.get("name", ""))
    kind = editing.kind_at(place)
    named = issubclass(kind, Parameter)
    id = request.POST.get("id", "").strip() if named else editing.new_id(doc, place)
    context: dict[str, Any] = {"version": version, "clause": None, "section": section, "named": named}
    if request.method != "POST":
        return _form(request, doc, kind, _empty(kind), context={**context, "id": ""})
    typed = typed_values(kind, request.POST)
    done = _kept(request, version, lambda: editing.with_new(doc, place, {"id": id, **typed}))
    if not isinstance(done, dict):
        return _to("console:plan_section", code, number, section, place=id)
    return _form(request, doc, kind, typed, context={**context, **done, "id": id})


def _empty(kind: type[Clause]) -> dict[str, Any]:
    """The defaults of a kind of clause."""
    return {name: field.default for name, field in kind.model_fields.items() if not field.is_required()}


def _form(
    request: OfficerRequest,
    doc: PlanDocument,
    kind: type[Clause],
    values: dict[str, Any],
    *,
    context: dict[str, Any],
    as_text: bool = False,
) -> HttpResponse:
    held = context.get("clause")
    errors = context.get("errors", {})
    told = {
        "errors": errors,
        "conflict": None,
        "named": False,
        "fields": [] if as_text else form_fields(doc, kind, values),
        "as_text": as_text,
        "text": context.get("typed_text") or (editing.clause_text(doc, held.id) if held and as_text else ""),
        "label": SECTION_LABELS[context["section"]],
        "now": editing.clause_text(doc, held.id) if held and context.get("conflict") else "",
        **context,
    }
    status = 409 if told["conflict"] else 422 if errors else 200
    return render(request, "console/plans/clause.html", told, status=status)


@require_POST
@console_view(Action.PLAN_EDIT)
def move(request: OfficerRequest, code: str, number: int, clause_id: str) -> HttpResponse:
    """One place up or down among its neighbours."""
    version = _draft(request, code, number)
    doc = document_read(version.text)
    by = -1 if request.POST.get("to") == "up" else 1
    _save(request, version, editing.moved(doc, clause_id, by))
    return _to("console:plan_section", code, number, editing.section_of(doc, clause_id), place=clause_id)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def delete(request: OfficerRequest, code: str, number: int, clause_id: str) -> HttpResponse:
    """Ask once more, naming what refers to it; then take it out. One press brings it back."""
    version = _draft(request, code, number)
    doc = document_read(version.text)
    found = doc.clause(clause_id)
    if found is None:
        raise gate.not_there()
    section = editing.section_of(doc, clause_id)
    if request.method == "POST":
        _save(request, version, editing.without(doc, clause_id))
        messages.success(request, _("已删去。可以按“撤销上一次保存”恢复。"))
        return _to("console:plan_section", code, number, section)
    inside = sum(1 for _part in found.parts()) - 1
    naming = [other.heading for other in editing.named_by(doc, clause_id)][:10]
    told = [_("“{heading}”会从草案中删去。").format(heading=found.heading)]
    told += [_("其中的 {count} 条一起删去。").format(count=inside)] if inside else []
    told += [_("这些条款引用了它，需要另外修改：{names}。").format(names="、".join(naming))] if naming else []
    context = {
        "title": _("删去这一条？"),
        "message": " ".join(told),
        "action": request.path,
        "confirm_label": _("删去"),
        "cancel_url": reverse("console:plan_section", args=[code, number, section]) + f"#clause-{clause_id}",
        "danger": True,
        "carried": [("seen", version.saved_at.isoformat())],
    }
    return render(request, "shared/pages/confirm.html", context)


@require_POST
@console_view(Action.PLAN_EDIT)
def undo(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Back to the text before it was saved last; pressed again, forward."""
    version = _draft(request, code, number)
    if not version.previous_text:
        raise Refusal(N_("没有可以撤销的保存。"), rule="emergency.plan_undo", remedy=N_("请返回继续修改。"))
    actions.plan_save(
        version=version, text=version.previous_text, by=request.officer, at=clock.now(), seen=seen_at(request)
    )
    messages.success(request, _("已撤销上一次保存；再按一次可以重做。"))
    name = request.POST.get("section", "")
    return _to("console:plan_section", code, number, name if name in SECTIONS else SECTIONS[0])


def _draft(request: OfficerRequest, code: str, number: int) -> PlanVersion:
    """The draft. Raises IllegalMove through the act where it is none any more; here a plain refusal is enough."""
    version = gate.plan_version_for(request.officer, code, number)
    if version.state != PlanState.DRAFT:
        raise Refusal(
            N_("这一版不是草案，文本不能改动。"),
            rule="lifecycle.plan",
            remedy=N_("请起草新版，或请审批人退回。"),
        )
    return version


def _save(request: OfficerRequest, version: PlanVersion, doc: PlanDocument) -> PlanVersion:
    return actions.plan_save(
        version=version, text=write(doc), by=request.officer, at=clock.now(), seen=seen_at(request)
    )


def _kept(
    request: OfficerRequest, version: PlanVersion, changed: Callable[[], PlanDocument]
) -> PlanVersion | dict[str, Any]:
    """The version saved, or what the form has to say: errors at fields, or that somebody else saved meanwhile."""
    try:
        saved = _save(request, version, changed())
    except Overtaken:
        return {"conflict": True}
    except Incomplete as refusal:
        return {"errors": {name: translated(text) for name, text in refusal.fields.items()}}
    except PlanUnreadable as refusal:
        told = " ".join(
            f"{_('第 %(n)s 行') % {'n': one.line}}{_('：')}{one.message}{one.remedy}"
            for one in refusal.problems
        )
        return {"errors": {"text_of_clause": told}}
    messages.success(request, _("已保存并检查。"))
    return saved


def _to(name: str, *args: object, place: str = "") -> HttpResponseRedirect:
    address = reverse(name, args=args) + (f"#clause-{place}" if place else "")
    return HttpResponseRedirect(address, status=303)
