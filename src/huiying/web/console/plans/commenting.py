"""Comments on a clause of a draft: a small page a clause, so that the plan's own page stays light."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.emergency import actions, gate
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.emergency.selectors import care as reads
from huiying.rules.permissions import Action, can_somewhere
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.plans.care import DRAFTS
from huiying.web.console.plans.care_forms import CommentForm, SettleCommentForm
from huiying.web.console.settings.acting import done

LONGEST_KEY = 19
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@console_view(Action.PLAN_COMMENT)
def comment(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """A clause with what was said of it, and the form for one more."""
    version = gate.plan_version_for(request.officer, code, number)
    clause_id = request.GET.get("clause", "")
    clause = document_read(version.text).clause(clause_id) if clause_id else None
    if clause_id and clause is None:
        raise gate.not_there()
    form = CommentForm(request.POST if request.method == "POST" else None, version=version)
    if done(request, form, actions.plan_comment, version=version, clause_id=clause_id):
        messages.success(request, _("已提交，预案管理岗处理后写在旁边。"))
        return _back(version, clause_id)
    context = {
        "version": version,
        "clause": clause,
        "clause_id": clause_id,
        "form": form,
        "is_open": version.state in DRAFTS,
        "said": reads.comments_of(version).get(clause_id, []),
        "may_settle": can_somewhere(request.officer.grants, Action.PLAN_EDIT),
    }
    return render(request, "console/plans/comment.html", context, status=422 if form.errors else 200)


@page
@console_view(Action.PLAN_EDIT)
def settle(request: OfficerRequest, code: str, number: int) -> HttpResponse:
    """Say what was done about a comment."""
    version = gate.plan_version_for(request.officer, code, number)
    row = gate.plan_comment_for(request.officer, code, _key(request))
    form = SettleCommentForm(request.POST if request.method == "POST" else None, version=version)
    if done(request, form, actions.plan_comment_settle, comment=row):
        messages.success(request, _("已处理。"))
        return _back(version, row.clause_id)
    context = {"version": version, "comment": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "console/plans/comment_settle.html", context, status=status)


def _key(request: OfficerRequest) -> int:
    text = request.GET.get("which", "")
    if not (text.isascii() and text.isdigit() and len(text) < LONGEST_KEY):
        raise Http404
    return int(text)


def _back(version: PlanVersion, clause_id: str) -> HttpResponseRedirect:
    address = reverse("console:plan_version", args=[version.plan.code, version.number])
    return HttpResponseRedirect(f"{address}#clause-{clause_id}" if clause_id else address, status=303)
