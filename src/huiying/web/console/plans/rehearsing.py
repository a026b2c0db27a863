"""Rehearsing a plan at the desk: what is assumed, what came out as picture and table, what would help, two compared."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiying.emergency import actions, gate
from huiying.emergency.models import PlanRehearsal, PlanVersion
from huiying.emergency.running import document_read
from huiying.emergency.selectors import rehearsals
from huiying.emergency.tabletop import Asked, Crew
from huiying.playbook.compiler import PlanNotRunnable
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.rehearsal import pictures
from huiying.playbook.rehearsal.changes import Change
from huiying.playbook.rehearsal.results import Rehearsal
from huiying.playbook.rehearsal.scenario import NotRehearsable
from huiying.records import clock
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.console.plans.rehearse_forms import FIRST, MORE, THREES, RehearseForm, written_three
from huiying.web.shared.dates import moment
from huiying.web.shared.sentences import translated

PAGE = "console/plans/rehearse.html"
MOST_STEPS = 12
HELPS = 0.005  # fewer late steps in a rehearsal; less is nothing
UNITS = ((86_400, N_("{n} 天")), (3600, N_("{n} 小时")), (60, N_("{n} 分钟")))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_REHEARSE)
def rehearse(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """The form with what is usual, and the rehearsals that were kept; sent, one more is run and kept."""
    version = gate.plan_version_for(request.officer, code, number)
    doc = document_read(version.text)
    form = RehearseForm(doc, clock.today(), request.POST if request.method == "POST" else None)
    row = _rehearsed(request, version, form)
    if row is not None:
        return HttpResponseRedirect(_address(row), status=303)
    context = {
        "version": version,
        "form": form,
        "first": FIRST,
        "more": MORE,
        "more_wrong": any(name in form.errors for name in MORE),
        "rows": [(kept, _named(kept)) for kept in rehearsals.rehearsals_kept(request.officer, version)],
    }
    return render(request, PAGE, context, status=422 if form.errors else 200)


def _rehearsed(request: OfficerRequest, version: PlanVersion, form: RehearseForm) -> PlanRehearsal | None:
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return actions.plan_rehearse(version=version, asked=form.asked(), by=request.officer, at=clock.now())
    except Incomplete as wrong:
        hold_errors(form, wrong)
    except (PlanNotRunnable, NotRehearsable) as wrong:
        form.add_error(None, f"{translated(wrong.message)}{translated(wrong.remedy)}")
    return None


def _address(row: PlanRehearsal) -> str:
    return reverse("console:plan_rehearsal", args=[row.version.plan.code, row.version.number, row.pk])


def _named(row: PlanRehearsal) -> str:
    """What a kept rehearsal is called in a list: its level, day and people."""
    asked = row.scenario
    level = translated(ResponseLevel(asked["level"]).label)
    crew = _("本机构的人") if asked["crew"] == Crew.OWN else _("每个角色都有人")
    return f"{level} · {asked['starts_at'][:13].replace('T', ' ')}:00 · {crew}"


@require_safe
@console_view(Action.PLAN_REHEARSE)
def rehearsal(request: OfficerRequest, code: str, number: int, rehearsal_id: int) -> HttpResponse:
    """One kept rehearsal: pictures, the same as tables, and what would help."""
    row = rehearsals.rehearsal_for(request.officer, code, number, rehearsal_id)
    page = rehearsals.rehearsal_page(request.officer, row)
    tried = [
        (place, change, _said(change, page.result), list(_reasons(change)))
        for place, change in enumerate(page.changes)
    ]
    context = {
        "version": row.version,
        "page": page,
        "named": _named(row),
        "gantt": _drawn(pictures.gantt(page.result)),
        "load": _drawn(pictures.load(page.result)),
        "assumed": list(_assumptions(page.asked)),
        "weakest": page.result.weakest[:MOST_STEPS],
        "steps": sorted(page.result.steps, key=lambda step: (step.done.p50, step.id)),
        "useful": [row for row in tried if row[1].fewer_late >= HELPS],
        "useless": [row for row in tried if row[1].fewer_late < HELPS],
        "length": length,
        "percent": percent,
        "may_edit": can_somewhere(request.officer.grants, Action.PLAN_EDIT),
    }
    return render(request, "console/plans/rehearsal.html", context)


def _drawn(svg: str) -> SafeString:
    """The playbook's own picture; it escapes every word of a plan and holds no script, style or link."""
    return mark_safe(svg)  # noqa: S308


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PLAN_EDIT)
def change(request: OfficerRequest, code: str, number: int, rehearsal_id: int, place: int) -> HttpResponse:
    """Ask once, then write one suggested change into the next draft."""
    row = rehearsals.rehearsal_for(request.officer, code, number, rehearsal_id)
    page = rehearsals.rehearsal_page(request.officer, row)
    if place >= len(page.changes):
        raise gate.not_there()
    if request.method == "POST":
        draft = actions.rehearsal_change_draft(rehearsal=row, place=place, by=request.officer, at=clock.now())
        messages.success(request, _("已写进草案，请在草案里核对。"))
        back = reverse("console:plan_version", args=[draft.plan.code, draft.number])
        return HttpResponseRedirect(back, status=303)
    what = _said(page.changes[place], page.result)
    context = {
        "title": _("把这处改动写进草案？"),
        "message": _("“{change}”会写进下一版草案；还没有草案时先按施行的文本起草。施行中的文本不变。").format(
            change=what
        ),
        "action": request.path,
        "confirm_label": _("写进草案"),
        "cancel_url": _address(row),
    }
    return render(request, "shared/pages/confirm.html", context)


@require_safe
@console_view(Action.PLAN_REHEARSE)
def compare(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Two kept rehearsals beside each other."""
    version = gate.plan_version_for(request.officer, code, number)
    chosen = [value for value in request.GET.getlist("with") if value.isdecimal() and len(value) < 18]
    if len(chosen) != 2:
        messages.info(request, _("请选两次演算再对照。"))
        return HttpResponseRedirect(reverse("console:plan_rehearse", args=[code, number]), status=303)
    first, second = sorted(map(int, chosen))
    found = rehearsals.rehearsals_compared(request.officer, version, first, second)
    context = {
        "version": version,
        "found": found,
        "names": (_named(found.one.row), _named(found.other.row)),
        "assumed": [
            (_label(name), _value(name, before), _value(name, after)) for name, before, after in found.assumed
        ],
        "verdict": _verdict(found.one.result, found.other.result),
        "length": length,
        "percent": percent,
    }
    return render(request, "console/plans/rehearsals_compared.html", context)


def _verdict(one: Rehearsal, other: Rehearsal) -> str:
    """The difference in one sentence."""
    before, after = f"{one.late_each:.1f}", f"{other.late_each:.1f}"
    if before == after:
        return _("两次平均逾期的步骤一样多：{before} 个。").format(before=before)
    return _("平均每次逾期的步骤从 {before} 个变为 {after} 个。").format(before=before, after=after)


def _assumptions(asked: Asked) -> Iterator[tuple[str, str]]:
    """Every assumption with its plain label."""
    for name in Asked.__slots__:
        if name not in {"facets", "each"} or getattr(asked, name):
            yield _label(name), _value(name, getattr(asked, name))


def _label(name: str) -> str:
    if name == "version":
        return _("预案文本")
    if name == "starts_at":
        return _("什么时候接报")
    return str(RehearseForm.base_fields[name].label)


def _value(name: str, value: Any) -> str:
    if name == "version":
        return _("第 %(n)s 版") % {"n": value}
    if name == "starts_at":
        return moment(value)
    if name == "level":
        return translated(ResponseLevel(value).label)
    if name == "crew":
        return translated(Crew(value).label)
    if name in THREES:
        return written_three(value)
    return "、".join(value) or _("没有") if isinstance(value, tuple) else str(value)


def _said(one: Change, result: Rehearsal) -> str:
    return translated(one.kind.label).replace("{name}", result.roles.get(one.role, one.role))


def _reasons(one: Change) -> Iterator[tuple[str, str]]:
    """Why it is suggested, in numbers."""
    yield _("平均每次逾期的步骤，现在"), f"{one.late_before:.2f}"
    yield _("平均每次逾期的步骤，改动以后"), f"{one.late_after:.2f}"
    for name, seconds in one.sooner:
        if abs(seconds) >= 60:
            label = _("{what}提前（十次里九次）") if seconds > 0 else _("{what}推迟（十次里九次）")
            yield label.format(what=translated(name)), length(abs(seconds))


def length(seconds: float) -> str:
    """A length of time in the largest unit that says it well."""
    sign, left = ("−" if seconds < 0 else ""), abs(seconds)
    for unit, words in UNITS:
        if left >= unit * (2 if unit == 86_400 else 1):
            return sign + _(words).format(n=f"{left / unit:.1f}".removesuffix(".0"))
    return sign + _("{n} 秒").format(n=round(left))


def percent(share: float | None) -> str:
    """A share in hundredths."""
    return "—" if share is None else f"{share:.0%}"
