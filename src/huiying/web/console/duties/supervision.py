"""Supervision: what was promised and not carried out, fear of retaliation, doubts that wait for a second look."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiying.petitions import actions, waiting
from huiying.petitions.gate import not_there
from huiying.petitions.selectors import title_for
from huiying.records import clock
from huiying.rules.calendar import ONE_DAY
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.shared.sentences import translated
from huiying.web.shared.typed import Typed


@require_safe
@console_view(Action.RETALIATION_READ)
def supervision(request: OfficerRequest) -> HttpResponse:
    """What is late, and what waits for supervision itself."""
    return _shown(request)


def _shown(
    request: OfficerRequest, *, number: int = 0, typed: str = "", errors: dict[str, str] | None = None
) -> HttpResponse:
    officer, today = request.officer, clock.today()
    context = {
        "late": waiting.executions_owed(officer, until=today - ONE_DAY),
        "reported": waiting.executions_reported(officer),
        "retaliations": waiting.retaliations_waiting(officer),
        "marks": waiting.spam_to_look_at(officer),
        "extensions": waiting.extensions_headless(officer, at=clock.now()),
        "number": number,
        "typed": typed,
        "errors": Typed(errors or {}),
        "limit": waiting.LIMIT,
        "title_of": partial(title_for, request.officer),
        "today": today,
    }
    return render(request, "console/duties/supervision.html", context, status=422 if errors else 200)


@require_POST
@console_view(Action.RETALIATION_READ)
def answer(request: OfficerRequest, number: int) -> HttpResponse:
    """Answer a report of retaliation; the person reads it on their page."""
    report = waiting.retaliation_for(request.officer, number)
    if report is None:
        raise not_there()
    words = request.POST.get("answer", "")
    try:
        actions.retaliation_answer(report=report, answer=words, by=request.officer, at=clock.now())
    except Incomplete as refusal:
        errors = {f"answer_{number}": translated(refusal.fields["answer"])}
        return _shown(request, number=number, typed=words, errors=errors)
    messages.success(request, _("已答复；本人会在查询页面看到。"))
    return HttpResponseRedirect(reverse("console:supervision"), status=303)
