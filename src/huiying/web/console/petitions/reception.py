"""Reception: a visit, a call or a letter taken down while the person speaks, read back, and the receipt they take home."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.petitions import actions, gate, selectors
from huiying.petitions.actions.filing import Filing, Receipt
from huiying.petitions.actions.papers import check_room, papers_add
from huiying.petitions.models import Petition
from huiying.records import clock
from huiying.records.files import Cleaned
from huiying.registry.models import Body
from huiying.registry.selectors import places_of, staff_of
from huiying.rules.crisis import speaks_of_self_harm
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import HelpNeeded, Spoken
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.reply import ON_THE_SPOT
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions import reception_drafts as drafts
from huiying.web.console.petitions import reception_form as forms
from huiying.web.console.petitions.answering import given_now
from huiying.web.console.petitions.reception_form import MOST_BOXES, Told
from huiying.web.console.petitions.views import whole_number
from huiying.web.shared import categories, sealed, uploads
from huiying.web.shared.qr import full_address, qr_of
from huiying.web.shared.typed import Typed

HELD = "reception_receipt"
CODE_SHOWN_FOR = timedelta(minutes=10)
MOST_COLLEAGUES = 500


@uploads.takes_files
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PETITION_REGISTER)
def reception(request: OfficerRequest) -> HttpResponse:
    """The form, and after it the page that is read back; sent from there, it files and registers in one step."""
    if request.method != "POST":
        # The key goes out with the form: of two clicks only the second answer may arrive.
        sealed.ready(request)
        told = drafts.held(request, request.GET.get("draft", "")) or forms.fresh()
        return sealed.with_key(request, _form(request, told))
    told = Told.of(request.POST)
    drafts.keep(request, told, at=clock.now())
    return sealed.with_key(request, _next(request, told))


def _next(request: OfficerRequest, told: Told) -> HttpResponse:
    try:
        if "more" in request.POST:
            return _form(request, told, boxes=told.boxes + 1)
        if "split" in request.POST:
            return _form(
                request, forms.with_mail(told, request.POST.get("mail", ""), today=clock.today()), split=True
            )
        if "back" in request.POST:
            return _form(request, told)
        if "checked" not in request.POST:
            _filing(request, told).cleaned()
            return _read_back(request, told)
    except Incomplete as refusal:
        return _form(request, told, refusal.fields)
    return _sent(request, told)


def _sent(request: OfficerRequest, told: Told) -> HttpResponse:
    read_back = bool(request.POST.get("read_back")) if told.oral else None
    try:
        papers = uploads.checked(request) if request.FILES.getlist(uploads.FIELD) else []
        check_room(papers)
    except Incomplete as refusal:
        return _read_back(request, told, refusal.fields)
    try:
        receipt = _take_down(request, told, _filing(request, told, read_back=read_back), papers)
    except Incomplete as refusal:
        return _refused(request, told, refusal.fields)
    drafts.forget(request, forms.key_of(told.words))
    _hold(request, receipt, forms.key_of(told.words))
    return HttpResponseRedirect(reverse("console:reception_receipt"), status=303)


def _refused(request: OfficerRequest, told: Told, fields: Mapping[str, str]) -> HttpResponse:
    """Back to where the field stands: an answer given on the spot is written on the page that is read back."""
    named = {f"answer_{n[:-8]}" if n.endswith(".opinion") else n: sentence for n, sentence in fields.items()}
    answering = any(name.startswith("answer") or name == "basis" for name in named)
    return (_read_back if answering else _form)(request, told, named)


def _filing(request: OfficerRequest, told: Told, *, read_back: bool | None = None) -> Filing:
    body = Body.objects.get(pk=request.officer.body_id)
    return forms.filing_of(body, told, at=clock.now(), read_back=read_back)


def _take_down(request: OfficerRequest, told: Told, filing: Filing, papers: list[Cleaned]) -> Receipt:
    body, now = Body.objects.get(pk=request.officer.body_id), clock.now()
    with transaction.atomic():
        receipt = actions.petition_file(filing=filing, body=body, by=request.officer, at=now)
        if receipt.code is not None:
            actions.petition_register(
                petition=receipt.petition,
                matter=filing.matter,
                danger=filing.danger,
                by=request.officer,
                at=now,
            )
            if papers:
                papers_add(petition=receipt.petition, papers=papers, by=request.officer, at=now)
            if told.answers:
                _answer_now(request, receipt.petition, told, now)
    return receipt


def _answer_now(request: OfficerRequest, petition: Petition, told: Told, at: datetime) -> None:
    number = whole_number(told.words["answered_by"]) or 0
    actions.enquiry_answer(
        petition=petition,
        answers=told.answers,
        basis=told.words["basis"],
        answered_by=staff_of(request.officer).filter(pk=number).first(),
        by=request.officer,
        at=at,
    )


def _hold(request: OfficerRequest, receipt: Receipt, key: str) -> None:
    """Keep the receipt for this browser alone; a second click must not take the code of the first away."""
    reference = receipt.petition.reference
    about = {"reference": reference, "petition_id": receipt.petition.pk, "key": key}
    if receipt.code is None:
        request.session = request.session.__class__(request.session.session_key)  # as the first click left it
        kept = sealed.load(request, HELD)
        first = kept if kept is not None and kept["reference"] == reference else {"code": "", "until": ""}
        sealed.keep(request, HELD, {**first, **about, "again": True})
        return
    until = (clock.now() + CODE_SHOWN_FOR).isoformat()
    fresh = {"code": receipt.code, "until": until, "again": False}
    sealed.keep(request, HELD, {**fresh, **about})


def _form(
    request: OfficerRequest,
    told: Told,
    errors: dict[str, str] | None = None,
    *,
    boxes: int | None = None,
    split: bool = False,
) -> HttpResponse:
    body = Body.objects.get(pk=request.officer.body_id)
    if not forms.key_of(told.words):
        told.words["filing_key"] = forms.fresh().words["filing_key"]
    context = {
        "typed": told.words,
        "answers": told.answer_pairs,
        "help_needed": told.help_needed,
        "errors": Typed(errors or {}),
        "boxes": min(boxes or told.boxes, MOST_BOXES),
        "split": split,
        "unsent": drafts.unsent(request, but=forms.key_of(told.words)),
        "channels": [(channel.value, label) for channel, label in forms.TAKEN.items()],
        "kinds": [(kind.value, kind.label) for kind in PetitionKind],
        "tree": categories.tree(body),
        "spoken": [(spoken.value, spoken.label) for spoken in Spoken],
        "helps": [{"value": each.value, "label": each.label} for each in HelpNeeded],
        "places": [(p.pk, p.name) for p in places_of(body.pk)[:200]],
    }
    return render(request, "console/petitions/reception.html", context, status=422 if errors else 200)


def _read_back(request: OfficerRequest, told: Told, errors: dict[str, str] | None = None) -> HttpResponse:
    """The words in large letters, to be read aloud; papers are added here, and the tick says that it was read."""
    claims = [claim.strip() for claim in told.claims if claim.strip()]
    context = {
        "told": told,
        "claims": claims,
        "errors": Typed(errors or {}),
        "accepted": uploads.ACCEPTED,
        "colleagues": _colleagues(request) if told.words["kind"] in ON_THE_SPOT else (),
        "answered_by": told.words["answered_by"] or str(request.officer.staff_id),
        "presses": bool(told.words["danger"]) or speaks_of_self_harm(told.words["text"], *claims),
    }
    return render(request, "console/petitions/reception_check.html", context, status=422 if errors else 200)


def _colleagues(request: OfficerRequest) -> list[tuple[str, str]]:
    """Who may have known the answer: oneself first, then everybody at work here."""
    rows = staff_of(request.officer).filter(is_active=True).order_by("name", "pk")[:MOST_COLLEAGUES]
    named = [(str(staff.pk), staff.name) for staff in rows]
    return sorted(named, key=lambda row: row[0] != str(request.officer.staff_id))


@sensitive_post_parameters()
@require_POST
@console_view(Action.PETITION_REGISTER)
def draft(request: OfficerRequest) -> HttpResponse:
    """Keep a form as typed, or throw one away; sent by the page itself while somebody types."""
    if "discard" in request.POST:
        drafts.forget(request, request.POST.get("discard", ""))
        return HttpResponseRedirect(reverse("console:reception"), status=303)
    drafts.keep(request, Told.of(request.POST), at=clock.now())
    return sealed.with_key(request, HttpResponse(status=204))


@require_safe
@console_view(Action.PETITION_REGISTER)
def receipt(request: OfficerRequest) -> HttpResponse:
    """The receipt of the last person received, to print or read out; the code goes after ten minutes, or with the next."""
    held = sealed.load(request, HELD)
    if held is None or "petition_id" not in held:  # none, or one of before the program was renewed
        return HttpResponseRedirect(reverse("console:reception"), status=303)
    body = Body.objects.get(pk=request.officer.body_id)
    petition = gate.petition_held(body, held["petition_id"], held["reference"])
    shown = bool(held["until"]) and clock.now() < datetime.fromisoformat(held["until"])
    address = full_address(request, reverse("portal:petition", args=[body.code, held["reference"]]))
    context = {
        "reference": held["reference"],
        "key": held.get("key", ""),
        "code": held["code"] if shown else "",
        "again": held["again"],
        "body": body,
        "dues": [seen.due for seen in selectors.clocks_of(petition, today=clock.today()) if seen.due.strict],
        "given": given_now(petition),
        "address": address,
        "qr": qr_of(address),
    }
    return render(request, "console/petitions/receipt.html", context)
