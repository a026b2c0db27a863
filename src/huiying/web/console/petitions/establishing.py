"""Findings and evidence at the workbench, and the evidence list on paper."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiying.petitions import actions, gate, selectors
from huiying.petitions.models import Claim, Petition
from huiying.records import clock
from huiying.records.files import Cleaned
from huiying.rules.matters import FactFindingHow
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.talking_panel import establishing_panel
from huiying.web.console.petitions.views import seen, whole_number, workbench
from huiying.web.shared import uploads

PAPER = "evidence_file"


@require_POST
@console_view(Action.FACT_FINDING_NOTE)
def note(request: OfficerRequest, reference: str) -> HttpResponse:
    """Note one thing that was established."""
    petition, typed = gate.petition_for(request.officer, reference), request.POST

    def act() -> object:
        how = typed.get("finding_how", "")
        return actions.fact_finding_note(
            petition=petition,
            how=FactFindingHow(how) if how in set(FactFindingHow) else None,
            found_on=day_typed(typed.get("finding_found_on", ""), "found_on"),
            words=typed.get("finding_words", ""),
            claim=claim_typed(petition, typed.get("finding_claim", "")),
            by=request.officer,
            at=clock.now(),
        )

    return attempted(request, petition, "finding", act, _("已记录。"))


@uploads.takes_files
@require_POST
@console_view(Action.FACT_FINDING_NOTE)
def add(request: OfficerRequest, reference: str) -> HttpResponse:
    """Put one piece on the evidence list, perhaps with a paper that the viewer may see."""
    petition, typed = gate.petition_for(request.officer, reference), request.POST
    paper = _paper(request, reference, typed.get("evidence_paper", ""))

    def act() -> object:
        return actions.evidence_add(
            petition=petition,
            what=typed.get("evidence_what", ""),
            source=typed.get("evidence_source", ""),
            dated_on=day_typed(typed.get("evidence_dated_on", ""), "dated_on"),
            claim=claim_typed(petition, typed.get("evidence_claim", "")),
            file_id=paper,
            paper=_brought(request),
            by=request.officer,
            at=clock.now(),
        )

    return attempted(request, petition, "evidence", act, _("已列入证据清单。"))


@require_safe
@console_view(Action.PETITION_LIST)
def show(request: OfficerRequest, reference: str, number: int) -> HttpResponse:
    """The file of one piece of evidence, for whoever may see it."""
    return uploads.file_response(gate.evidence_file_for(request.officer, reference, number))


@require_safe
@console_view(Action.PETITION_LIST)
def printed(request: OfficerRequest, reference: str) -> HttpResponse:
    """Findings and evidence on paper."""
    petition = gate.petition_for(request.officer, reference)
    context = {
        "petition": petition,
        "words": selectors.words_for(request.officer, petition),
        "body": petition.body,
        "today": clock.today(),
        **establishing_panel(request, petition),
    }
    return render(request, "console/petitions/evidence.html", context)


def attempted(
    request: OfficerRequest, petition: Petition, section: str, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do an act of a form whose fields are named `section_field`; refused, it comes back as it was typed."""
    try:
        act()
    except Incomplete as refusal:
        petition.refresh_from_db()
        errors = _named(section, refusal.fields)
        return workbench(request, petition, section=section, typed=request.POST.dict(), errors=errors)
    messages.success(request, said)
    return HttpResponseRedirect(f"{seen(petition).url}#{section}", status=303)


def _named(section: str, fields: Mapping[str, str]) -> dict[str, str]:
    return {f"{section}_{name}": sentence for name, sentence in fields.items()}


def day_typed(text: str, field: str) -> date | None:
    """A day as a date field sends it; None for nothing. Raises Incomplete at `field` for anything else."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        sentence = _("请这样填写日期：2026-01-05。")
        raise Incomplete(sentence, fields={field: sentence}) from None


def claim_typed(petition: Petition, number: str) -> Claim | None:
    """The claim that was chosen; None where the thing is about all of them."""
    return petition.claims.filter(number=whole_number(number) or 0).first()


def _brought(request: OfficerRequest) -> Cleaned | None:
    """The file that comes with a piece, looked at and cleaned; None where the form brings none."""
    return uploads.checked(request, PAPER)[0] if request.FILES.get(PAPER) else None


def _paper(request: OfficerRequest, reference: str, typed: str) -> uuid.UUID | None:
    try:
        file_id = uuid.UUID(typed)
    except ValueError:
        return None
    return gate.paper_for(request.officer, reference, file_id)[1].pk
