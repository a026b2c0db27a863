"""Who stands in for which post, and what people are qualified for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from huiying.records import clock
from huiying.registry import actions, duty_day, gate, selectors
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors

CHOOSE = {"required": gettext_lazy("请选择一项。"), "invalid_choice": gettext_lazy("请从列表中选择。")}
NUMBER = {"required": gettext_lazy("请填一个数字。"), "invalid": gettext_lazy("请填一个数字。")}
DATE = {"required": gettext_lazy("请填写日期。"), "invalid": gettext_lazy("请填写日期，例如 2025-03-21。")}
MOST = 300


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), error_messages=DATE, **options
    )


class OfBody(forms.Form):
    """A form that chooses among the people and posts of the viewer's body."""

    def __init__(self, viewer: Officer, *args: Any) -> None:
        super().__init__(*args)
        people = selectors.staff_of(viewer).filter(is_active=True)[:MOST]
        self.fields["staff"].choices = [("", _("请选择")), *((row.pk, row.name) for row in people)]  # type: ignore[attr-defined]
        if "post" in self.fields:
            posts = selectors.posts_of(viewer)[:MOST]
            rows = [(post.pk, f"{post.unit.name} · {post.title}") for post in posts]
            self.fields["post"].choices = [("", _("请选择")), *rows]  # type: ignore[attr-defined]


class DeputyForm(OfBody):
    """Who stands in for which post, in which place."""

    post = forms.TypedChoiceField(label=gettext_lazy("岗位"), coerce=int, error_messages=CHOOSE)
    staff = forms.TypedChoiceField(label=gettext_lazy("代理人"), coerce=int, error_messages=CHOOSE)
    order = forms.IntegerField(label=gettext_lazy("第几位"), initial=1, error_messages=NUMBER)


class QualificationForm(OfBody):
    """Who is qualified for what."""

    staff = forms.TypedChoiceField(label=gettext_lazy("人员"), coerce=int, error_messages=CHOOSE)
    what = forms.CharField(label=gettext_lazy("资格"), required=False, max_length=60)
    obtained_on = _day(label=gettext_lazy("取得日期"))
    expires_on = _day(label=gettext_lazy("有效期至"), required=False)


@require_safe
@console_view(Action.DUTY_READ)
def deputies(request: OfficerRequest) -> HttpResponse:
    """The deputies of every post, and what people are qualified for."""
    return _page(request, DeputyForm(request.officer), QualificationForm(request.officer))


@require_POST
@console_view(Action.DUTY_PLAN)
def name(request: OfficerRequest) -> HttpResponse:
    """Name a deputy."""
    form = DeputyForm(request.officer, request.POST)
    if _named(request.officer, form):
        messages.success(request, _("已保存。"))
        return _back()
    return _page(request, form, QualificationForm(request.officer))


@require_POST
@console_view(Action.DUTY_PLAN)
def qualification(request: OfficerRequest) -> HttpResponse:
    """Record what somebody is qualified for."""
    form = QualificationForm(request.officer, request.POST)
    if _recorded(request.officer, form):
        messages.success(request, _("已保存。"))
        return _back()
    return _page(request, DeputyForm(request.officer), form)


def _page(request: OfficerRequest, deputy: DeputyForm, held: QualificationForm) -> HttpResponse:
    viewer, now = request.officer, clock.now()
    listed = duty_day.qualifications_listed(viewer)
    context = {
        "deputy": deputy,
        "held": held,
        "rows": duty_day.deputies_listed(viewer),
        "qualifications": [(row, duty_day.expired(row, now)) for row in listed],
        "may_plan": viewer.can(Action.DUTY_PLAN),
    }
    wrong = deputy.errors or held.errors
    return render(request, "console/duty/deputies.html", context, status=422 if wrong else 200)


def _named(viewer: Officer, form: DeputyForm) -> bool:
    if not form.is_valid():
        return False
    chosen = form.cleaned_data
    post, staff = gate.post_for(viewer, chosen["post"]), gate.staff_for(viewer, chosen["staff"])
    try:
        actions.deputy_name(post=post, staff=staff, order=chosen["order"], by=viewer, at=clock.now())
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    return True


def _recorded(viewer: Officer, form: QualificationForm) -> bool:
    if not form.is_valid():
        return False
    typed = {**form.cleaned_data, "staff": gate.staff_for(viewer, form.cleaned_data["staff"])}
    try:
        actions.qualification_record(**typed, by=viewer, at=clock.now())
    except Incomplete as wrong:
        hold_errors(form, wrong)
        return False
    return True


@require_POST
@console_view(Action.DUTY_PLAN)
def deputy_end(request: OfficerRequest, deputy_id: int) -> HttpResponse:
    """This person stands in no more."""
    deputy = gate.deputy_for(request.officer, deputy_id)
    actions.deputy_end(deputy=deputy, by=request.officer, at=clock.now())
    return _back()


@require_POST
@console_view(Action.DUTY_PLAN)
def qualification_end(request: OfficerRequest, qualification_id: int) -> HttpResponse:
    """It holds no more."""
    held = gate.qualification_for(request.officer, qualification_id)
    actions.qualification_end(qualification=held, by=request.officer, at=clock.now())
    return _back()


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("console:duty_deputies"), status=303)
