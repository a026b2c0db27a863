"""What the holder of a petition can do with it: read the answer, rate it, take it back and up again, close the page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from huiying.petitions import actions
from huiying.petitions.actions.after import resume_due
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import Petition
from huiying.records import clock
from huiying.registry.selectors import public_body
from huiying.rules.lifecycle.petition import LIFECYCLE, Confidentiality, PetitionState
from huiying.rules.matters import RatedSide, RatingScore, ServedHow
from huiying.rules.refusals import Incomplete
from huiying.web.portal.following import holding
from huiying.web.portal.following.acting import back, for_holder, page


@require_POST
@for_holder
def read(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Open the answer: this serves it, and the 30 days for a review of a request start. 信访工作条例 art. 35."""
    if petition.state == PetitionState.REPLIED:  # a second click finds it served and shows it
        at = clock.now()
        actions.reply_serve(petition=petition, how=ServedHow.PAGE, by=holder_actor(petition), at=at)
    return back(petition, "#answer")


@page
@for_holder
def rate(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Rate the petition office and the unit, each once. 信访工作条例 art. 21."""
    if request.method != "POST":
        return _rate_page(request, petition, {})
    given = {side: request.POST.get(side, "") for side in RatedSide}
    scores = {side: RatingScore(score) for side, score in given.items() if score in set(RatingScore)}
    words, shown = request.POST.get("words", ""), "shown_to_unit" in request.POST
    try:
        actions.petition_rate(
            petition=petition, scores=scores, words=words, shown_to_unit=shown, at=clock.now()
        )
    except Incomplete as missing:
        return _rate_page(request, petition, missing.fields, status=422)
    return back(petition, "#rating")


@page
@for_holder
def withdraw(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Take the petition back: GET asks, POST does it."""
    if request.method == "POST":
        actions.petition_withdraw(petition=petition, at=clock.now())
        return back(petition)
    LIFECYCLE.check(PetitionState(petition.state), PetitionState.WITHDRAWN)
    return render(request, "portal/following/withdraw.html", {"petition": petition, "body": petition.body})


@page
@for_holder
def resume(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Take the withdrawal back, within 30 days: GET asks, POST does it; a second click finds it done."""
    if petition.state != PetitionState.WITHDRAWN:
        return back(petition)
    if request.method == "POST":
        actions.petition_resume(petition=petition, at=clock.now())
        return back(petition)
    context = {"petition": petition, "body": petition.body, "window": resume_due(petition)}
    return render(request, "portal/following/resume.html", context)


@require_POST
def close(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """Close the page on this device: the code is asked for again."""
    body = public_body(body_code)
    holding.let_go(request)
    return HttpResponseRedirect(reverse("portal:follow", args=[body.code]), status=303)


def _rate_page(
    request: HttpRequest, petition: Petition, faults: dict[str, str], *, status: int = 200
) -> HttpResponse:
    context = {
        "petition": petition,
        "body": petition.body,
        "faults": faults,
        "sides": list(RatedSide),
        "scores": [{"value": score.value, "label": score.label} for score in RatingScore],
        "chosen": {side.value: request.POST.get(side, "") for side in RatedSide},
        "words": request.POST.get("words", ""),
        "shown_to_unit": "shown_to_unit" in request.POST,
        "confidential": petition.confidentiality == Confidentiality.CONFIDENTIAL,
        "may": petition.state == PetitionState.SETTLED
        and not petition.ratings.filter(round=petition.round).exists(),
    }
    return render(request, "portal/following/rate.html", context, status=status)
