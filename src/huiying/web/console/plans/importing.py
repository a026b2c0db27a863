"""A plan from a file: handed in, gone through clause by clause beside its lines, made a draft or given up."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiying.emergency import actions, gate, selectors
from huiying.emergency.models import PlanImport
from huiying.emergency.plan_files import plan_read
from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading.deciding import (
    Decision,
    Verdict,
    certain_left,
    confirmed,
    decisions_of,
    reading_of,
)
from huiying.playbook.reading.kind_words import KIND_WORDS, LEFT_OUT_WORDS, REPAIR_WORDS
from huiying.playbook.reading.parts import CannotRead, ReadKind
from huiying.playbook.reading.sources import MOST_BYTES
from huiying.records import clock
from huiying.records.files import most_bytes
from huiying.registry.models import Body
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared import uploads
from huiying.web.shared.sentences import translated
from huiying.web.shared.typed import Typed

ACCEPTED = ".docx,.pdf,.html,.htm,.md,.txt"
CHOOSE_FILE = N_("请先选择预案文件。")
REPAIRS_SHOWN = 30
TAKEN_BACK = "waits"


@uploads.takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def imports(request: OfficerRequest) -> HttpResponse:
    """Hand in a file; below it what was handed in before."""
    error = ""
    if request.method == "POST":
        try:
            imported = _read(request)
        except Incomplete as refusal:
            error = translated(refusal.message)
        except CannotRead as refusal:
            error = translated(refusal.message) + translated(refusal.remedy)
        else:
            return _to(imported, 1)
    context = {
        "error": error,
        "rows": selectors.imports_latest(request.officer),
        "megabytes": _most() >> 20,
        "accepted": ACCEPTED,
    }
    return render(request, "console/plans/imports.html", context, status=422 if error else 200)


def _most() -> int:
    return min(MOST_BYTES, most_bytes())


def _read(request: OfficerRequest) -> PlanImport:
    """What the file says, kept. It is read before anything is written: a long reading holds nobody up."""
    upload = request.FILES.get(uploads.FIELD)
    if upload is None:
        raise Incomplete(CHOOSE_FILE, fields={uploads.FIELD: CHOOSE_FILE})
    content: bytes = upload.read()
    if upload.size != len(content) or len(content) > _most():
        sentence = said(
            N_("文件超过 {megabytes} MB。请只留下正文，去掉图片和附件后再传。"), megabytes=_most() >> 20
        )
        raise Incomplete(sentence, fields={uploads.FIELD: sentence})
    name = upload.name or ""
    source, reading = plan_read(content, name)
    body = Body.objects.get(pk=request.officer.body_id)
    return actions.plan_import(
        body=body, name=name, source=source, reading=reading, by=request.officer, at=clock.now()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def page(request: OfficerRequest, import_id: int) -> HttpResponse:
    """The lines beside the clauses; POST keeps what was said to one clause and goes on to the next guess."""
    imported = gate.plan_import_for(request.officer, import_id)
    if request.method != "POST":
        return _shown(request, imported, _number(request.GET.get("page", "")))
    clause_id = request.POST.get("clause", "")
    try:
        actions.plan_import_confirm(
            imported=imported,
            decisions={clause_id: _decision(request)},
            by=request.officer,
            at=clock.now(),
        )
    except Incomplete as refusal:
        number = selectors.import_page_of(imported, clause_id)
        return _shown(request, imported, number, clause_id, refusal.fields)
    imported.refresh_from_db()
    stays = request.POST.get("verdict") in {TAKEN_BACK, Verdict.MENDED}
    target = clause_id if stays else selectors.guess_after(imported, clause_id) or clause_id
    return _to(imported, selectors.import_page_of(imported, target), target)


def _decision(request: OfficerRequest) -> Decision | None:
    """What was pressed; a kind that is not listed and an unknown verdict are refused."""
    pressed = request.POST.get("verdict", "")
    if pressed == TAKEN_BACK:
        return None
    try:
        if pressed != Verdict.MENDED:
            return Decision(Verdict(pressed))
        kind = ReadKind(request.POST.get("kind", ""))
    except ValueError:
        raise Refusal(
            N_("有一个选项不在列表中。"), rule="emergency.closed_list", remedy=N_("请重新选择。")
        ) from None
    return Decision(Verdict.MENDED, kind, request.POST.get("title", ""), request.POST.get("text", ""))


@require_POST
@console_view(Action.PLAN_EDIT)
def certain(request: OfficerRequest, import_id: int) -> HttpResponse:
    """Say of everything that was no guess that it is right."""
    imported = gate.plan_import_for(request.officer, import_id)
    left = certain_left(reading_of(imported.reading), decisions_of(imported.decisions))
    if left:
        actions.plan_import_confirm(
            imported=imported,
            decisions=dict(confirmed(left)),
            undecided_only=True,
            by=request.officer,
            at=clock.now(),
        )
        messages.success(request, _("%(count)s 条有把握的已全部确认。") % {"count": len(left)})
    return _to(imported, _number(request.POST.get("page", "")))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def finish(request: OfficerRequest, import_id: int) -> HttpResponse:
    """What the draft will be called and what it leaves out; then the draft."""
    imported = gate.plan_import_for(request.officer, import_id)
    typed, errors = Typed(request.POST.dict()), Typed()
    if request.method == "POST":
        try:
            version = actions.plan_import_finish(
                imported=imported,
                code=typed["code"],
                title=typed["title"],
                body_kind=_body_kind(typed["body_kind"]),
                by=request.officer,
                at=clock.now(),
            )
        except Incomplete as refusal:
            errors = Typed({name: translated(text) for name, text in refusal.fields.items()})
        except Refusal as refusal:
            if type(refusal) is not Refusal:
                raise
            errors = Typed(title=f"{translated(refusal.message)}{translated(refusal.remedy)}")
        else:
            messages.success(request, _("草案已生成并检查。"))
            return _seen("console:plan_version", version.plan.code, version.number)
    elif imported.version is None:
        typed = Typed(title=imported.reading.get("title", ""))
    kinds = [("", _("请选择")), *((kind.value, kind.label) for kind in BodyKind)]
    context = {**_progress(imported), "typed": typed, "errors": errors, "body_kinds": kinds}
    context["left_out"] = () if imported.version_id else selectors.left_out_of_draft(imported)
    context["kind_words"] = KIND_WORDS
    return render(request, "console/plans/import_finish.html", context, status=422 if errors else 200)


def _body_kind(word: str) -> BodyKind | None:
    return BodyKind(word) if word in set(BodyKind) else None


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def drop(request: OfficerRequest, import_id: int) -> HttpResponse:
    """Ask once more, then give the import up."""
    imported = gate.plan_import_for(request.officer, import_id)
    if request.method == "POST":
        actions.plan_import_drop(imported=imported, by=request.officer, at=clock.now())
        messages.success(request, _("已放弃这次导入，读到的内容已删除。"))
        return _seen("console:plan_imports")
    context = {
        "title": _("放弃导入“{name}”？").format(name=imported.name),
        "message": _("读到的内容和您的核对都会删除，不能恢复；原来的文件不受影响，可以重新导入。"),
        "action": request.path,
        "confirm_label": _("放弃导入"),
        "cancel_url": reverse("console:plan_import", args=[imported.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def _progress(imported: PlanImport, number: int = 1) -> dict[str, Any]:
    return {"imported": imported, "page": selectors.import_page(imported, number)}


def _shown(
    request: OfficerRequest,
    imported: PlanImport,
    number: int,
    wrong: str = "",
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    context = {
        **_progress(imported, number),
        "kinds": [(kind.value, label) for kind, label in KIND_WORDS.items()],
        "kind_words": KIND_WORDS,
        "repair_words": REPAIR_WORDS,
        "left_out_words": LEFT_OUT_WORDS,
        "repairs_shown": REPAIRS_SHOWN,
        "mending": wrong or request.GET.get("mend", ""),
        "typed": Typed(request.POST.dict()) if wrong else None,
        "errors": Typed({name: translated(text) for name, text in (errors or {}).items()}),
    }
    return render(request, "console/plans/import_page.html", context, status=422 if wrong else 200)


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 6 else 1


def _to(imported: PlanImport, number: int, clause_id: str = "") -> HttpResponseRedirect:
    place = f"#clause-{clause_id}" if clause_id else ""
    address = reverse("console:plan_import", args=[imported.pk])
    return HttpResponseRedirect(f"{address}?page={number}{place}", status=303)


def _seen(name: str, *args: object) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=args), status=303)
