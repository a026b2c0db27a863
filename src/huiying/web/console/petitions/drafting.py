"""The draft through the unit, what is shown before it leaves, and the reply on paper."""

import hashlib
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.petitions import actions, gate, selectors
from huiying.petitions.actions.drafting import draft_of
from huiying.petitions.models import Petition, Reply
from huiying.records import clock
from huiying.rules.deadlines import execution_due
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.reply import REVIEWABLE, missing_parts
from huiying.rules.words import N_
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.answering import parts_of
from huiying.web.console.petitions.deciding import tried
from huiying.web.console.petitions.views import seen, workbench
from huiying.web.shared.sentences import translated

PAPERS = {PetitionKind.SUGGESTION: N_("建议答复书"), PetitionKind.ENQUIRY: N_("咨询答复书")}


@require_POST
@console_view(Action.DRAFT_SUBMIT)
def submit(request: OfficerRequest, reference: str) -> HttpResponse:
    """Lay the draft before the head."""
    petition = gate.petition_for(request.officer, reference)

    def act() -> object:
        return actions.draft_submit(petition=petition, by=request.officer, at=clock.now())

    return tried(request, petition, "submit", act, _("已送审。负责人同意后即可发出。"))


@require_POST
@console_view(Action.DRAFT_APPROVE)
def give_back(request: OfficerRequest, reference: str) -> HttpResponse:
    """Give the draft back with what to mend."""
    petition = gate.petition_for(request.officer, reference)

    def act() -> object:
        words = request.POST.get("words", "")
        return actions.draft_return(petition=petition, words=words, by=request.officer, at=clock.now())

    return tried(request, petition, "return", act, _("已退回，承办人会看到要改什么。"))


@require_POST
@console_view(Action.DRAFT_APPROVE)
def approve(request: OfficerRequest, reference: str) -> HttpResponse:
    """Approve the draft; it has not left yet."""
    petition = gate.petition_for(request.officer, reference)
    actions.draft_approve(petition=petition, by=request.officer, at=clock.now())
    messages.success(request, _("已同意。答复还没有发出，请接着发出。"))
    return seen(petition)


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.REPLY_SEND)
def send(request: OfficerRequest, reference: str) -> HttpResponse:
    """Show exactly what will leave; sent, it leaves. Whoever was shown something else meanwhile is shown it anew."""
    petition = gate.petition_for(request.officer, reference)
    if petition.state != PetitionState.HANDLING:
        return _sent(request, petition) if request.method == "POST" else seen(petition)
    shown = request.POST.get("shown", "")
    changed = bool(shown) and shown != _mark(petition)
    late = ""
    if request.method == "POST" and not changed:
        try:
            return _sent(request, petition, execute_by=_named_day(request))
        except _DayWrong as wrong:
            late = wrong.sentence
    if missing_parts(draft_of(petition), PetitionKind(petition.kind)):
        return workbench(request, petition)
    head = request.officer.can(Action.DRAFT_APPROVE, unit_id=petition.handling_unit_id)
    context = {
        **paper(request, petition),
        "shown": _mark(petition),
        "changed": changed,
        "approves": head and petition.draft_state != DraftState.APPROVED,
        "waits": not head and petition.draft_state != DraftState.APPROVED,
        "promised": petition.claims.filter(outcome=ClaimOutcome.SUPPORTED).exists(),
        "execute_by": request.POST.get("execute_by")
        or execution_due(sent_on=clock.today()).due_on.isoformat(),
        "day_wrong": late,
    }
    status = 409 if changed else 422 if late else 200
    return render(request, "console/petitions/sending.html", context, status=status)


class _DayWrong(Exception):
    """The last day for carrying out is none, or too far off; everything else is shown again as it was."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _named_day(request: OfficerRequest) -> date | None:
    """The last day for carrying out what is supported; None where none was asked for."""
    written = request.POST.get("execute_by", "").strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise _DayWrong(_("日期请写成 2025-03-21 这样。")) from None


def _sent(request: OfficerRequest, petition: Petition, *, execute_by: date | None = None) -> HttpResponse:
    def act() -> object:
        try:
            return actions.reply_send(
                petition=petition, execute_by=execute_by, by=request.officer, at=clock.now()
            )
        except Incomplete as refusal:
            if "execute_by" in refusal.fields:
                petition.refresh_from_db()
                raise _DayWrong(translated(refusal.fields["execute_by"])) from None
            raise

    return tried(request, petition, "send", act, _("答复已发出。"))


def _mark(petition: Petition) -> str:
    """A mark of the draft as it stands: the same words give the same mark."""
    return hashlib.sha256(repr(draft_of(petition)).encode()).hexdigest()[:32]


@require_safe
@console_view(Action.PETITION_LIST)
def printed(request: OfficerRequest, reference: str) -> HttpResponse:
    """The reply as it left, on paper; before that the draft, for those of the unit, and marked as one."""
    petition = gate.petition_for(request.officer, reference)
    reply = petition.replies.select_related("unit").order_by("number").last()
    if reply is None and not request.officer.can(Action.CLAIM_ANSWER, unit_id=petition.handling_unit_id):
        raise gate.not_there()
    return render(request, "console/petitions/reply.html", paper(request, petition, reply))


def paper(request: OfficerRequest, petition: Petition, reply: Reply | None = None) -> dict[str, Any]:
    """A reply as its paper shows it, claim by claim; without one the draft."""
    kind = PetitionKind(petition.kind)
    given = {row.claim_id: row for row in reply.answers.all()} if reply else {}
    answers = [
        {"number": c.claim.number, "text": c.text, "said": given.get(c.claim.pk, c.claim)}
        for c in selectors.words_for(request.officer, petition).claims
    ]
    return {
        "petition": petition,
        "reply": reply,
        "answers": answers,
        "parts": parts_of(kind),
        "reviewable": kind in REVIEWABLE,
        "body": petition.body,
        "unit": reply.unit if reply else petition.handling_unit,
        "name": PAPERS.get(kind, N_("信访事项处理意见书")),
    }
