"""What the holder of a petition can do: read the answer, rate it, take the petition back, close the page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from huiying.petitions import actions
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import Petition
from huiying.records import clock
from huiying.registry.models import Body
from huiying.registry.selectors import public_body
from huiying.rules.lifecycle.petition import LIFECYCLE, PetitionState
from huiying.rules.matters import RatedSide, RatingScore, ServedHow
from huiying.rules.refusals import Incomplete
from huiying.web.portal.following import holding
from huiying.web.portal.following.views import ask

page = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def read(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """Open the answer: this serves it, and the 30 days for a review start. 信访工作条例 art. 35."""
    body = public_body(body_code)
    petition = holding.held(request, body, reference)
    if petition is None:
        return ask(request, body, reference=reference)
    if petition.state == PetitionState.REPLIED:  # a second click finds it served and shows it
        at = clock.now()
        actions.reply_serve(petition=petition, how=ServedHow.PAGE, by=holder_actor(petition), at=at)
    return _back(body, petition, "#answer")


@page
def rate(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """Rate the petition office and the unit, each once. 信访工作条例 art. 21."""
    body = public_body(body_code)
    petition = holding.held(request, body, reference)
    words = request.POST.get("words", "")
    if petition is None:
        return ask(request, body, reference=reference, typed=[("words", words)] if words.strip() else [])
    if request.method != "POST":
        return _rate_page(request, petition, {})
    given = {side: request.POST.get(side, "") for side in RatedSide}
    scores = {side: RatingScore(score) for side, score in given.items() if score in set(RatingScore)}
    try:
        actions.petition_rate(petition=petition, scores=scores, words=words, at=clock.now())
    except Incomplete as missing:
        return _rate_page(request, petition, missing.fields, status=422)
    return _back(body, petition, "#rating")


@page
def withdraw(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """Take the petition back: GET asks, POST does it."""
    body = public_body(body_code)
    petition = holding.held(request, body, reference)
    if petition is None:
        return ask(request, body, reference=reference)
    if request.method == "POST":
        actions.petition_withdraw(petition=petition, at=clock.now())
        return _back(body, petition)
    LIFECYCLE.check(PetitionState(petition.state), PetitionState.WITHDRAWN)
    return render(request, "portal/following/withdraw.html", {"petition": petition, "body": body})


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
        "may": petition.state == PetitionState.SETTLED and not petition.ratings.exists(),
    }
    return render(request, "portal/following/rate.html", context, status=status)


def _back(body: Body, petition: Petition, part: str = "") -> HttpResponse:
    return HttpResponseRedirect(
        reverse("portal:petition", args=[body.code, petition.reference]) + part, status=303
    )
