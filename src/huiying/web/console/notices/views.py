"""The publishing desk: what is owed, facts, the editor with its fact sheet, and the second person's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.emergency.gate import incidents_for
from huiying.publishing import actions, selectors
from huiying.publishing.duties import duties_answered
from huiying.publishing.gate import facts_for, notice_for
from huiying.publishing.models import Notice
from huiying.records import clock
from huiying.registry.models import Unit
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.fields import hold_errors
from huiying.web.console.notices import choices
from huiying.web.console.notices.forms import (
    FactForm,
    NewNoticeForm,
    NoticeForm,
    ReturnForm,
    WithdrawForm,
    initial_of,
)
from huiying.web.shared.sentences import translated


def seen(reference: str) -> HttpResponse:
    """Back to the page of a notice after an act."""
    response = redirect("console:notice_page", reference=reference)
    response.status_code = 303
    return response


@require_safe
@console_view(Action.NOTICE_READ)
def desk(request: OfficerRequest) -> HttpResponse:
    """What must be told by when, what waits for a signature, drafts, and what is out."""
    now = clock.now()
    context = {"desk": selectors.desk_for(request.officer, at=now), "now": now, "officer": request.officer}
    return render(request, "console/notices/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.NOTICE_READ)
def facts(request: OfficerRequest) -> HttpResponse:
    """The fact sheet, and the form that adds to it."""
    incidents = choices.incident_choices(request.officer)
    form = FactForm(request.POST or None, incidents=incidents)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, form)
        except Incomplete as refusal:
            hold_errors(form, refusal)
        else:
            return _answered("console:notice_facts")
    context = {"form": form, "facts": facts_for(request.officer).select_related("incident")[:60]}
    status = 422 if form.errors else 200
    return render(request, "console/notices/facts.html", context, status=status)


def _answered(name: str) -> HttpResponse:
    response = redirect(name)
    response.status_code = 303
    return response


def _record(request: OfficerRequest, form: FactForm) -> None:
    given = form.cleaned_data
    actions.fact_record(
        text=given["text"],
        source=given["source"],
        established_at=given["established_at"],
        incident_id=given["incident"],
        by=request.officer,
        at=clock.now(),
    )
    messages.success(request, _("已记录。"))


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.NOTICE_DRAFT)
def new(request: OfficerRequest) -> HttpResponse:
    """The editor for a notice that does not exist yet."""
    officer, now = request.officer, clock.now()
    facts = selectors.facts_to_cite(officer)
    form = NewNoticeForm(
        request.POST or None,
        facts=choices.fact_choices(facts),
        answers=choices.duty_choices(officer, at=now),
        issuers=choices.issuer_choices(officer),
        incidents=choices.incident_choices(officer),
        initial=_asked(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            notice = _draft(request, form)
        except Incomplete as refusal:
            hold_errors(form, refusal)
        else:
            return _saved(request, notice, form)
    return _editor(request, form, facts, None)


def _asked(request: OfficerRequest) -> dict[str, Any]:
    """What the link that led here already knows: the duty to answer and its incident."""
    due = request.GET.get("due", "")
    incident = request.GET.get("incident", "")
    return {"answers": [due] if due else [], "incident": incident}


def _draft(request: OfficerRequest, form: NewNoticeForm) -> Notice:
    given = form.cleaned_data
    return actions.notice_draft(
        text=form.value(),
        issuer=Unit.objects.get(pk=given["issuer"], body_id=request.officer.body_id),
        incident_id=given["incident"],
        answers=given["answers"],
        by=request.officer,
        at=clock.now(),
    )


def _saved(request: OfficerRequest, notice: Notice, form: NoticeForm) -> HttpResponse:
    """After saving: submit at once when that button was pressed, and say where it stands."""
    if request.POST.get("then") != "submit":
        messages.success(request, _("草稿已保存。"))
        return seen(notice.reference)
    try:
        actions.notice_submit(notice=notice, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        hold_errors(form, refusal)
        return _editor(request, form, selectors.facts_to_cite(request.officer, notice=notice), notice)
    messages.success(request, _("已提交，等另一个人审核。"))
    return seen(notice.reference)


def _editor(
    request: OfficerRequest, form: NoticeForm, facts: list[Any], notice: Notice | None
) -> HttpResponse:
    context = {"form": form, "facts": facts, "fact_rows": choices.fact_rows(facts), "notice": notice}
    return render(request, "console/notices/editor.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.NOTICE_DRAFT)
def edit(request: OfficerRequest, reference: str) -> HttpResponse:
    """The editor for a draft."""
    officer, now = request.officer, clock.now()
    notice = notice_for(officer, reference)
    assert notice.current is not None
    facts = selectors.facts_to_cite(officer, notice=notice)
    form = NoticeForm(
        request.POST or None,
        facts=choices.fact_choices(facts),
        answers=choices.duty_choices(officer, at=now),
        initial=initial_of(notice.current, notice),
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data["answers"]
            notice = actions.notice_save(notice=notice, text=form.value(), answers=given, by=officer, at=now)
        except Incomplete as refusal:
            hold_errors(form, refusal)
        else:
            return _saved(request, notice, form)
    return _editor(request, form, facts, notice)


@require_safe
@console_view(Action.NOTICE_READ)
def page(request: OfficerRequest, reference: str) -> HttpResponse:
    """One notice: its text, its facts, every version, and the acts that are open to this officer."""
    now = clock.now()
    notice = notice_for(request.officer, reference)
    assert notice.current is not None
    context = {
        "notice": notice,
        "version": notice.current,
        "facts": notice.current.facts.all(),
        "versions": notice.versions.select_related("written_by").order_by("-number"),
        "corrections": notice.corrections.select_related("frm", "to", "proposed_by").order_by("-id"),
        "duties": duties_answered(notice, at=now),
        "acts": selectors.acts_open(request.officer, notice),
        "officer": request.officer,
        "return_form": ReturnForm(),
        "withdraw_form": WithdrawForm(),
        "now": now,
        "incident": _incident_shown(request, notice),
    }
    return render(request, "console/notices/page.html", context)


def _incident_shown(request: OfficerRequest, notice: Notice) -> str:
    """The reference of the notice's incident, for whoever may know of it."""
    if notice.incident_id is None:
        return ""
    found = incidents_for(request.officer).filter(pk=notice.incident_id).first()
    return found.reference if found else ""


@require_POST
@console_view(Action.NOTICE_DRAFT)
def submit(request: OfficerRequest, reference: str) -> HttpResponse:
    """Ask for the second signature."""
    notice = notice_for(request.officer, reference)
    try:
        actions.notice_submit(notice=notice, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        for sentence in refusal.fields.values():
            messages.error(request, translated(sentence))
        return seen(reference)
    messages.success(request, _("已提交，等另一个人审核。"))
    return seen(reference)
