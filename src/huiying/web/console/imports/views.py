"""The import page: a file is looked at first, and nothing is written before somebody has seen what would be."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.petitions.importing import Part, steps, waiting, written
from huiying.petitions.importing.maps import KINDS
from huiying.petitions.importing.waiting import Step, Waiting
from huiying.records import clock
from huiying.records.files import most_bytes
from huiying.registry.selectors import units_of
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared import uploads
from huiying.web.shared.sentences import translated
from huiying.web.shared.typed import Typed

BAD_SHOWN = 100
AGAIN_AFTER = 3  # seconds until a page that waits for work looks again
LEFT_OUT = ""
ASKED = ("source", "kind", "matter", "unit")
CHOOSE_FILE = N_("请先选择要导入的文件。")
WORKING = (Step.CHECKING, Step.IMPORTING)


@uploads.takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PETITION_IMPORT)
def imports(request: OfficerRequest) -> HttpResponse:
    """Hand in a file; below it what waits."""
    errors: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            state = steps.hand_in(_content(request), by=request.officer, at=clock.now())
        except Incomplete as refusal:
            errors = refusal.fields
        except Refusal as refusal:
            errors = {uploads.FIELD: refusal.message + refusal.remedy}
        else:
            return seen(state)
    context = {
        "errors": Typed({name: translated(text) for name, text in errors.items()}),
        "waiting": [shown(state) for state in waiting.waiting_of(request.officer.staff_id)[:20]],
        "megabytes": most_bytes() >> 20,
        "rows_most": steps.rows_most(),
        "hours": int(waiting.KEPT.total_seconds() // 3600),
    }
    return render(request, "console/imports/list.html", context, status=422 if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PETITION_IMPORT)
def page(request: OfficerRequest, token: str) -> HttpResponse:
    """What would come of a file; POST takes other columns and checks again."""
    state = mine(request, token)
    if request.method == "POST":
        typed = Typed(request.POST.dict())
        parts = {
            name.removeprefix("column_"): value
            for name, value in typed.items()
            if name.startswith("column_") and value != LEFT_OUT
        }
        try:
            changed = steps.choose(
                state,
                parts,
                source=typed["source"],
                kind=typed["kind"],
                matter=typed["matter"],
                unit=typed["unit"],
                at=clock.now(),
            )
        except Incomplete as refusal:
            return _page(
                request, state, refusal.fields, {**dict.fromkeys(ASKED, ""), **typed, "parts": parts}
            )
        return seen(changed)
    return _page(request, state)


@require_POST
@console_view(Action.PETITION_IMPORT)
def confirm(request: OfficerRequest, token: str) -> HttpResponse:
    """Import what was shown."""
    state = steps.confirm(mine(request, token), by=request.officer, at=clock.now())
    if state.step is Step.DONE:
        messages.success(request, _("导入完成。"))
    return seen(state)


@require_safe
@console_view(Action.PETITION_IMPORT)
def bad(request: OfficerRequest, token: str) -> HttpResponse:
    """Every row that cannot be imported, with its reason, for whoever mends the file."""
    state = mine(request, token)
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([_("行"), _("原因")])
    lines.writerows((row.line, _guarded(translated(row.reason))) for row in steps.bad_rows(state))
    # The mark tells spreadsheet programs that it is UTF-8.
    return _saved("\ufeff" + out.getvalue(), "text/csv", "rows-to-mend.csv")


@require_safe
@console_view(Action.PETITION_IMPORT)
def column_map(request: OfficerRequest, token: str) -> HttpResponse:
    """The chosen columns as a map for `huiying import --map`."""
    state = mine(request, token)
    return _saved(
        written(steps.map_for(state, steps.guess_of(waiting.content_of(state)))), "text/plain", "map.toml"
    )


@require_POST
@console_view(Action.PETITION_IMPORT)
def erase(request: OfficerRequest, token: str) -> HttpResponse:
    """Do not import it: the file is erased now."""
    state = mine(request, token)
    if state.step is not Step.IMPORTING:
        waiting.erase(state.token)
        messages.success(
            request, _("文件已删除，什么都没有导入。") if state.step is not Step.DONE else _("记录已移除。")
        )
    return HttpResponseRedirect(reverse("console:imports"), status=303)


def mine(request: OfficerRequest, token: str) -> Waiting:
    """One's own waiting file, or not there."""
    return waiting.waiting_for(request.officer.staff_id, request.officer.body_id, token)


def seen(state: Waiting) -> HttpResponseRedirect:
    """To the file's page after an act."""
    return HttpResponseRedirect(reverse("console:import_page", args=[state.token]), status=303)


def shown(state: Waiting) -> dict[str, Any]:
    """A waiting file as the list tells of it; its name was never kept."""
    return {
        "token": state.token,
        "put_at": datetime.fromisoformat(state.put_at),
        "size": uploads.shown_size(state.size),
        "step": state.step.value,
        "word": STEP_WORDS[state.step],
        "petitions": state.found.get("petitions"),
    }


STEP_WORDS = {
    Step.CHECKING: N_("正在检查"),
    Step.CHECKED: N_("已检查，等您确认"),
    Step.REFUSED: N_("需要处理"),
    Step.IMPORTING: N_("正在导入"),
    Step.DONE: N_("已导入"),
}


def _page(
    request: OfficerRequest,
    state: Waiting,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    found = state.found
    chosen = typed or {
        "parts": state.parts,
        "source": state.source,
        "kind": state.kind,
        "matter": state.matter,
        "unit": state.unit,
    }
    told = {**chosen, "parts": Typed(chosen["parts"])}
    context = {
        "state": shown(state),
        "sentence": translated(state.sentence),
        "found": found,
        "columns": [column for column in found.get("columns", []) if not column["person"]],
        "persons": [column["heading"] for column in found.get("columns", []) if column["person"]],
        "left_out": _left_out(found, chosen["parts"]),
        "chosen": told,
        "first": [_first(row) for row in found.get("first", [])],
        "bad": [(row.line, translated(row.reason)) for row in steps.bad_rows(state)[:BAD_SHOWN]],
        "fresh": found.get("rows", 0) - found.get("known", 0),
        "errors": Typed({name: translated(text) for name, text in (errors or {}).items()}),
        "again_after": AGAIN_AFTER if state.step in WORKING else 0,
        "quiet": state.step is Step.IMPORTING and steps.is_quiet(state, clock.now()),
        "written": state.written,
        **_choices(request),
    }
    return render(request, "console/imports/page.html", context, status=422 if errors else 200)


def _choices(request: OfficerRequest) -> dict[str, Any]:
    return {
        "part_choices": [(LEFT_OUT, N_("不导入"))] + [(part.value, part.label) for part in Part],
        "kinds": [(kind.value, kind.label) for kind in KINDS],
        "matters": [(matter.value, matter.label) for matter in Matter],
        "units": [("", N_("信访办"))] + [(unit.code, unit.name) for unit in units_of(request.officer)],
    }


def _left_out(found: Mapping[str, Any], parts: Mapping[str, str]) -> list[str]:
    return [
        column["heading"]
        for column in found.get("columns", [])
        if not column["person"] and str(column["at"]) not in parts
    ]


def _first(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the preview, its times as times."""
    replied = row["replied_at"]
    return {
        **row,
        "received_at": datetime.fromisoformat(row["received_at"]),
        "replied_at": datetime.fromisoformat(replied) if replied else None,
        "matter": Matter(row["matter"]).label if row["matter"] else "",
    }


def _content(request: OfficerRequest) -> bytes:
    upload = request.FILES.get(uploads.FIELD)
    if upload is None:
        raise Incomplete(CHOOSE_FILE, fields={uploads.FIELD: CHOOSE_FILE})
    content: bytes = upload.read()
    if upload.size != len(content):  # above the limit: the rest was never kept
        sentence = said(
            N_("文件超过 {megabytes} MB。请拆成几个文件，或请管理员用命令行导入。"),
            megabytes=most_bytes() >> 20,
        )
        raise Incomplete(sentence, fields={uploads.FIELD: sentence})
    return content


def _guarded(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _saved(text: str, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
