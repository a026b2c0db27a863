"""Experts and interpreters from outside who agreed to be called."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.records import clock
from huiying.registry import actions, duty_day, gate
from huiying.registry.actions import ExpertEntry
from huiying.registry.duty_kinds import ExpertField
from huiying.registry.models import Expert
from huiying.registry.selectors import public_bodies
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors

INVALID = {"invalid": gettext_lazy("请填写日期，例如 2025-03-21。")}
CHOOSE = {"required": gettext_lazy("请选择一项。"), "invalid_choice": gettext_lazy("请从列表中选择。")}


class ExpertForm(forms.Form):
    """One person of the pool; what is missing is said by the act."""

    field = forms.TypedChoiceField(
        label=gettext_lazy("专业"),
        choices=[(field.value, field.label) for field in ExpertField],
        coerce=ExpertField,
        error_messages=CHOOSE,
    )
    name = forms.CharField(label=gettext_lazy("姓名"), required=False)
    phone = forms.CharField(label=gettext_lazy("电话"), required=False)
    languages = forms.CharField(
        label=gettext_lazy("语言"), required=False, help_text=gettext_lazy("例如：吴语、英语、手语。")
    )
    note = forms.CharField(
        label=gettext_lazy("什么时候能来"),
        required=False,
        help_text=gettext_lazy("例如：工作日晚上，半小时内到。"),
    )
    agreed_on = forms.DateField(
        label=gettext_lazy("本人同意入库的日期"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=INVALID,
    )


@require_safe
@console_view(Action.POOL_READ)
def pool(request: OfficerRequest) -> HttpResponse:
    """The pool, narrowed by field and language."""
    field, language = request.GET.get("field", ""), request.GET.get("language", "").strip()[:40]
    field = field if field in list(ExpertField) else ""
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 18 else 0
    rows = duty_day.experts_listed(request.officer, field=field, language=language, after=start)
    page = rows[: duty_day.POOL_PAGE]
    context = {
        "rows": page,
        "next_key": page[-1].pk if len(rows) > len(page) else None,
        "field": field,
        "language": language,
        "fields": [(each.value, _(each.label)) for each in ExpertField],
        "may_edit": request.officer.can(Action.POOL_EDIT),
    }
    return render(request, "console/duty/pool.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.POOL_EDIT)
def add(request: OfficerRequest) -> HttpResponse:
    """Take somebody in."""
    form = ExpertForm(request.POST if request.method == "POST" else None)
    body = public_bodies().get(pk=request.officer.body_id)
    if _done(request, form, actions.expert_add, body=body):
        return _back(request, _("已入库。"))
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.POOL_EDIT)
def expert(request: OfficerRequest, expert_id: int) -> HttpResponse:
    """Write somebody's entry anew."""
    row = gate.expert_for(request.officer, expert_id)
    form = ExpertForm(request.POST if request.method == "POST" else None, initial=_held(row))
    if _done(request, form, actions.expert_change, expert=row):
        return _back(request, _("已保存。"))
    return _page(request, form, row)


@require_POST
@console_view(Action.POOL_EDIT)
def verify(request: OfficerRequest, expert_id: int) -> HttpResponse:
    """The number works."""
    row = gate.expert_for(request.officer, expert_id)
    actions.expert_verify(expert=row, by=request.officer, at=clock.now())
    return _back(request, _("已记下今天打通过。"))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.POOL_EDIT)
def end(request: OfficerRequest, expert_id: int) -> HttpResponse:
    """Ask once more, then take somebody out."""
    row = gate.expert_for(request.officer, expert_id)
    if request.method == "POST":
        actions.expert_end(expert=row, by=request.officer, at=clock.now())
        return _back(request, _("已出库，姓名和电话已删除。"))
    context = {
        "title": _("让{name}出库？").format(name=row.name),
        "message": _("出库后不再呼叫，姓名、电话和说明一并删除，不能恢复。"),
        "action": request.path,
        "confirm_label": _("出库"),
        "cancel_url": reverse("console:duty_expert", args=[row.pk]),
        "danger": True,
    }
    return render(request, "shared/pages/confirm.html", context)


def _done(request: OfficerRequest, form: ExpertForm, act: Any, **subject: Any) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(**subject, entry=ExpertEntry(**form.cleaned_data), by=request.officer, at=clock.now())
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    return True


def _held(row: Expert) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ExpertForm.base_fields}


def _page(request: OfficerRequest, form: ExpertForm, row: Expert | None) -> HttpResponse:
    context = {"form": form, "row": row}
    return render(request, "console/duty/expert.html", context, status=422 if form.errors else 200)


def _back(request: OfficerRequest, said: str) -> HttpResponseRedirect:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("console:duty_pool"), status=303)
