"""The shielded copy: the words as told with every trace marked, and beside them the copy that a person confirms."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiying.petitions import actions, gate, shielding
from huiying.petitions.models import Petition
from huiying.petitions.shielding import Part
from huiying.records import clock
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.shielding import Hit
from huiying.web.console.access import OfficerRequest, console_view
from huiying.web.console.petitions.views import seen
from huiying.web.shared.typed import Typed


@require_http_methods(["GET", "HEAD", "POST"])
@console_view(Action.PETITION_SHIELD)
def shield(request: OfficerRequest, reference: str) -> HttpResponse:
    """Propose a copy, let a person change it, and confirm it; every proposal says why."""
    petition = gate.petition_for(request.officer, reference)
    if request.method != "POST":
        return _page(request, petition, _held(petition), {})
    typed = request.POST.dict()
    if "propose" in typed:
        return _proposed(request, petition)
    try:
        _confirm(request, petition, typed)
    except Incomplete as refusal:
        return _page(request, petition, typed, refusal.fields)
    messages.success(request, _("脱敏副本已确认，承办单位只会看到这一份。"))
    return seen(petition)


def _confirm(request: OfficerRequest, petition: Petition, typed: Mapping[str, str]) -> None:
    numbers = petition.claims.values_list("number", flat=True)
    actions.petition_shield(
        petition=petition,
        title=typed.get("title", ""),
        text=typed.get("text", ""),
        claims={number: typed.get(f"claim_{number}", "") for number in numbers},
        respondent=typed.get("respondent", ""),
        despite=bool(typed.get("despite")),
        by=request.officer,
        at=clock.now(),
    )


def _proposed(request: OfficerRequest, petition: Petition) -> HttpResponse:
    """The copy made anew from the ticks, compared with the person's own record where that was asked for."""
    now, own = clock.now(), tuple[str, ...]()
    if request.POST.get("propose") == "own":
        own = shielding.own_terms(petition, by=request.officer, at=now)
    parts = shielding.proposal_for(request.officer, petition, own=own, kept=request.POST.getlist("kept"))
    return _page(request, petition, {part.name: part.copy for part in parts}, {}, parts=parts)


def _held(petition: Petition) -> dict[str, str]:
    """The copy as it stands; empty before the first one, so that the proposal fills it."""
    if petition.shielded_at is None:
        return {}
    first = petition.submissions.order_by("id").first()
    held = {"title": petition.shielded_title, "text": first.shielded_text if first else ""}
    held["respondent"] = petition.shielded_respondent
    return held | {f"claim_{c.number}": c.shielded_text for c in petition.claims.all()}


def _page(
    request: OfficerRequest,
    petition: Petition,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    parts: tuple[Part, ...] = (),
) -> HttpResponse:
    parts = parts or shielding.proposal_for(request.officer, petition)
    kept, labels = set(request.POST.getlist("kept")), _labels(parts)
    context = {
        "petition": petition,
        "parts": parts,
        "typed": Typed({**{part.name: part.copy for part in parts}, **typed}),
        "errors": Typed(errors),
        "kept": kept,
        "found": [_choice(part, hit, labels) for part in parts for hit in part.hits],
        "labels": labels,
        "refused": bool(errors),
        "signed": petition.vault_token is not None,
    }
    return render(request, "console/petitions/shield.html", context, status=422 if errors else 200)


def _choice(part: Part, hit: Hit, labels: Mapping[str, str]) -> dict[str, str]:
    """One trace as a tick: what it is, where it stands, why it was found."""
    return {
        "value": part.key(hit),
        "label": hit.words(part.text),
        "hint": f"{labels[part.name]} · {_(hit.trace.label)}",
    }


def _labels(parts: tuple[Part, ...]) -> dict[str, str]:
    fixed = {"title": _("标题"), "text": _("经过"), "respondent": _("反映的人或单位")}
    return {
        part.name: fixed.get(part.name) or _("第 %(n)s 项诉求") % {"n": part.name.removeprefix("claim_")}
        for part in parts
    }
