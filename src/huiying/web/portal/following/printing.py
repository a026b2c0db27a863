"""What the holder takes to paper: a receipt on A5, the written answer on A4. Neither holds the code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiying.petitions import selectors
from huiying.petitions.models import Petition
from huiying.records import clock
from huiying.web.portal.following.acting import address, for_holder
from huiying.web.portal.following.answers import answers_of
from huiying.web.portal.following.journey import journey_of
from huiying.web.portal.following.promises import longest_of
from huiying.web.shared.qr import full_address, qr_of


@require_safe
@for_holder
def receipt(request: HttpRequest, petition: Petition) -> HttpResponse:
    """The receipt again, without the code, which nobody has."""
    where = full_address(request, address(petition))
    context = {
        "petition": petition,
        "body": petition.body,
        "address": where,
        "qr": qr_of(where),
        "journey": journey_of(petition, selectors.clocks_of(petition, today=clock.today())),
        "longest": longest_of(petition) if petition.accepted_at is None else None,
    }
    return render(request, "portal/following/receipt.html", context)


@require_safe
@for_holder
def answer(request: HttpRequest, petition: Petition, number: int) -> HttpResponse:
    """One written answer as a document; only one that the person has opened. 信访工作条例 art. 32."""
    today = clock.today()
    found = next((row for row in answers_of(petition, today=today) if row.number == number), None)
    if found is None:
        raise Http404
    context = {"petition": petition, "body": petition.body, "answer": found, "today": today}
    return render(request, "portal/following/answer.html", context)
