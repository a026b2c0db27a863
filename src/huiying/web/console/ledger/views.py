"""The auditor's ledger and the administrator's system page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiying.petitions.duties import recused_from
from huiying.records import clock, jobs, selectors
from huiying.records.models import OutboxState
from huiying.registry import audit
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.ledger import reading
from huiying.web.console.ledger.forms import LedgerFilter

LETTERS_SHOWN = 20


@require_safe
@console_view(Action.LEDGER_READ)
def ledger(request: OfficerRequest) -> HttpResponse:
    """The newest events of the own body, filtered, by key; ?verify=1 checks those of the page again."""
    form = LedgerFilter(request.GET)
    recused = recused_from(request.officer)
    events = audit.events_asked(
        request.officer, form.asked(), before=form.key(), limit=audit.PAGE + 1, recused=recused
    )
    page, more = events[: audit.PAGE], len(events) > audit.PAGE
    lines = reading.lines(page, audit.names_for(request.officer), verified=form.verifies())
    context = {
        "form": form,
        "lines": lines,
        "next_key": str(page[-1].pk) if more else None,
        "verified": form.verifies(),
        "broken": [line for line in lines if line.holds is False],
        "kinds": reading.kind_options(),
        "subjects": reading.subject_options(),
    }
    return render(request, "console/ledger/ledger.html", context)


@require_safe
@console_view(Action.SYSTEM_READ)
def system(request: OfficerRequest) -> HttpResponse:
    """Whether work gets done: the queue, the worker's last sign of life, the letters by state. No matter is shown."""
    at = clock.now()
    letters = {
        state: selectors.letters_in_state(request.officer, state, limit=LETTERS_SHOWN)
        for state in (OutboxState.FAILED, OutboxState.WAITING)
    }
    health = jobs.health(at=at)
    context = {
        "health": health,
        "waiting_since": at - health.oldest_waiting if health.oldest_waiting else None,
        "letters": letters,
        "most": LETTERS_SHOWN,
    }
    return render(request, "console/ledger/system.html", context)
