"""The second person's acts, publication, correction and withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiying.publishing import actions, selectors
from huiying.publishing.figures import Month
from huiying.publishing.gate import correction_for, notice_for
from huiying.publishing.reasons import ReturnReason, WithdrawReason
from huiying.records import clock
from huiying.registry.models import Body
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, NotThere
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.console.notices import choices
from huiying.web.console.notices.forms import (
    CorrectionForm,
    ReturnForm,
    WithdrawForm,
    initial_of,
)
from huiying.web.console.notices.views import seen


def _given(form: ReturnForm | WithdrawForm, fields: str) -> dict[str, Any]:
    """The form's values, or Incomplete in the room's own words."""
    if not form.is_valid():
        raise Incomplete(_("还没有选择理由。"), fields={fields: _("请选择一条理由。")})
    return form.cleaned_data


@require_POST
@console_view(Action.NOTICE_APPROVE)
def approve(request: OfficerRequest, reference: str) -> HttpResponse:
    """Sign a notice."""
    notice = notice_for(request.officer, reference)
    actions.notice_approve(notice=notice, by=request.officer, at=clock.now())
    messages.success(request, _("已审核通过，可以发布。"))
    return seen(reference)


@require_POST
@console_view(Action.NOTICE_APPROVE)
def send_back(request: OfficerRequest, reference: str) -> HttpResponse:
    """Send a notice back to its writer."""
    notice = notice_for(request.officer, reference)
    given = _given(ReturnForm(request.POST), "reason")
    actions.notice_return(
        notice=notice,
        reason=ReturnReason(given["reason"]),
        remark=given["remark"],
        by=request.officer,
        at=clock.now(),
    )
    messages.success(request, _("已退回起草人。"))
    return seen(reference)


@require_POST
@console_view(Action.NOTICE_DRAFT)
def recall(request: OfficerRequest, reference: str) -> HttpResponse:
    """Take a signed notice back to write on."""
    notice = notice_for(request.officer, reference)
    actions.notice_recall(notice=notice, by=request.officer, at=clock.now())
    messages.success(request, _("已收回为草稿，原来的审核作废；改好后重新提交。"))
    return seen(reference)


@require_POST
@console_view(Action.NOTICE_PUBLISH)
def publish(request: OfficerRequest, reference: str) -> HttpResponse:
    """Put a signed notice out."""
    notice = notice_for(request.officer, reference)
    actions.notice_publish(notice=notice, by=request.officer, at=clock.now())
    messages.success(request, _("已发布，所有人都能看到。"))
    return seen(reference)


@require_POST
@console_view(Action.NOTICE_PUBLISH)
def withdraw(request: OfficerRequest, reference: str) -> HttpResponse:
    """Take a notice down; its page stays with the reason."""
    notice = notice_for(request.officer, reference)
    given = _given(WithdrawForm(request.POST), "reason")
    actions.notice_withdraw(
        notice=notice,
        reason=WithdrawReason(given["reason"]),
        remark=given["remark"],
        by=request.officer,
        at=clock.now(),
    )
    messages.success(request, _("已撤下，页面保留并写明原因。"))
    return seen(reference)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.NOTICE_DRAFT)
def correct(request: OfficerRequest, reference: str) -> HttpResponse:
    """Write the right text beside the published one."""
    notice = notice_for(request.officer, reference)
    assert notice.current is not None
    facts = selectors.facts_to_cite(request.officer, notice=notice)
    form = CorrectionForm(
        request.POST or None, facts=choices.fact_choices(facts), initial=initial_of(notice.current, notice)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.correction_propose(
                notice=notice,
                text=form.value(),
                reason=form.cleaned_data["reason"],
                by=request.officer,
                at=clock.now(),
            )
        except Incomplete as refusal:
            hold_errors(form, refusal)
        else:
            messages.success(request, _("更正已提交，等另一个人审核。"))
            return seen(reference)
    context = {
        "form": form,
        "fact_rows": choices.fact_rows(facts),
        "notice": notice,
        "version": notice.current,
    }
    return render(request, "console/notices/correct.html", context, status=422 if form.errors else 200)


@require_POST
@console_view(Action.NOTICE_APPROVE)
def correction_approve(request: OfficerRequest, reference: str, correction_id: int) -> HttpResponse:
    """Sign a correction; with it the correction is public."""
    correction = correction_for(request.officer, reference, correction_id)
    actions.correction_approve(correction=correction, by=request.officer, at=clock.now())
    messages.success(request, _("更正已公开，与原文并列。"))
    return seen(reference)


@require_POST
@console_view(Action.NOTICE_APPROVE)
def correction_return(request: OfficerRequest, reference: str, correction_id: int) -> HttpResponse:
    """Send a correction back to its writer."""
    correction = correction_for(request.officer, reference, correction_id)
    given = _given(ReturnForm(request.POST), "reason")
    actions.correction_return(
        correction=correction,
        reason=ReturnReason(given["reason"]),
        remark=given["remark"],
        by=request.officer,
        at=clock.now(),
    )
    messages.success(request, _("更正已退回起草人。"))
    return seen(reference)


@require_POST
@console_view(Action.NOTICE_PUBLISH)
def release(request: OfficerRequest) -> HttpResponse:
    """Release the figures of a month that is over."""
    try:
        month = Month.read(request.POST.get("period", ""))
    except ValueError as wrong:
        raise NotThere(_("没有这个月份。")) from wrong
    body = Body.objects.get(pk=request.officer.body_id)
    actions.figures_release(body=body, month=month, by=request.officer, at=clock.now())
    messages.success(request, _("这个月的数据已公开。"))
    response = redirect("console:figures")
    response.status_code = 303
    return response
