"""Messages with the person and questions between units, at the workbench and on the page of the unit that is asked."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiying.petitions import actions, gate, voices
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.establishing import attempted, day_typed
from huiying.web.console.petitions.views import seen, unit_named, whole_number, workbench
from huiying.web.shared.typed import Typed


@require_POST
@console_view(Action.MESSAGE_WRITE)
def write(request: OfficerRequest, reference: str) -> HttpResponse:
    """Ask the person for something, or tell them something: two buttons of one form."""
    petition, question = gate.petition_for(request.officer, reference), "question" in request.POST
    say = actions.person_ask if question else actions.message_write

    def act() -> object:
        text = request.POST.get("messages_text", "")
        return say(petition=petition, text=text, said_key=_key(request), by=request.officer, at=clock.now())

    said = _("已请信访人补充。办理期限照常计算。") if question else _("已送出，信访人会在查询页面看到。")
    return attempted(request, petition, "messages", act, said)


@require_POST
@console_view(Action.MESSAGE_WRITE)
def noted(request: OfficerRequest, reference: str) -> HttpResponse:
    """Note that what the person said was read."""
    petition = gate.petition_for(request.officer, reference)
    actions.messages_noted(petition=petition, by=request.officer, at=clock.now())
    return seen(petition)


@require_POST
@console_view(Action.MESSAGE_PASS)
def pass_on(request: OfficerRequest, reference: str, pk: int) -> HttpResponse:
    """Pass a message on to the unit in words that tell nobody who it is."""
    petition = gate.petition_for(request.officer, reference)
    message = voices.message_for(request.officer, petition, pk)
    section, text = f"pass-{pk}", request.POST.get(f"pass_{pk}", "")
    try:
        actions.message_pass(message=message, shielded_text=text, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        errors = {f"pass_{pk}": refusal.fields["shielded_text"]}
        return workbench(request, petition, section=section, typed=request.POST.dict(), errors=errors)
    messages.success(request, _("已转给承办单位。"))
    return seen(petition)


@require_POST
@console_view(Action.ASSISTANCE_ASK)
def ask_unit(request: OfficerRequest, reference: str) -> HttpResponse:
    """Ask another unit."""
    petition, typed = gate.petition_for(request.officer, reference), request.POST

    def act() -> object:
        return actions.assistance_ask(
            petition=petition,
            unit=unit_named(request, whole_number(typed.get("assistance_unit", ""))),
            question=typed.get("assistance_question", ""),
            due_on=day_typed(typed.get("assistance_due_on", ""), "due_on"),
            by=request.officer,
            at=clock.now(),
        )

    return attempted(request, petition, "assistance", act, _("已请对方单位协办。"))


@require_safe
@console_view(Action.ASSISTANCE_ANSWER)
def assistances(request: OfficerRequest) -> HttpResponse:
    """What other units ask of the viewer's units: first what waits."""
    return _assistances(request)


@require_POST
@console_view(Action.ASSISTANCE_ANSWER)
def answer_unit(request: OfficerRequest, number: int) -> HttpResponse:
    """Answer one question."""
    asked = voices.assistance_for(request.officer, number)
    typed = request.POST.get(f"answer_{asked.pk}", "")
    try:
        actions.assistance_answer(assistance=asked, answer=typed, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        errors = {f"answer_{asked.pk}": refusal.fields["answer"]}
        return _assistances(request, typed=request.POST.dict(), errors=errors)
    messages.success(request, _("已答复。"))
    return HttpResponseRedirect(reverse("console:assistances"), status=303)


def _assistances(
    request: OfficerRequest, *, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> HttpResponse:
    context = {
        "rows": voices.assistances_for_unit(request.officer),
        "most": voices.WALL,
        "today": clock.today(),
        "typed": Typed(typed or {}),
        "errors": Typed(errors or {}),
    }
    return render(request, "console/petitions/assistances.html", context, status=422 if errors else 200)


def _key(request: OfficerRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
