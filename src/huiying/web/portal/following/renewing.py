"""A new secret code, shown this once; every other browser that had the page is put out. For who fears the old one is known."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from huiying.petitions import actions
from huiying.petitions.models import Petition
from huiying.records import clock
from huiying.registry.selectors import public_body
from huiying.rules.refusals import Overtaken
from huiying.web.portal.following import holding
from huiying.web.portal.following.acting import address, key_in, page
from huiying.web.portal.following.views import ask
from huiying.web.shared.qr import full_address, qr_of


@page
def renew(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """GET asks; POST makes the new code and is the one answer that shows it."""
    body = public_body(body_code)
    petition = holding.held(request, body, reference)
    key = key_in(request, "key")
    if request.method == "POST" and key is not None:
        # The second of two clicks comes with a code that the first one ended a moment ago.
        petition = petition or holding.held_before(request, body, reference)
        return _renewed(request, petition, key) if petition else ask(request, body, reference=reference)
    if petition is None:
        return ask(request, body, reference=reference)
    context = {"petition": petition, "body": body, "key": uuid.uuid4()}
    return render(request, "portal/following/renew.html", context)


@sensitive_variables("code")
def _renewed(request: HttpRequest, petition: Petition, key: uuid.UUID) -> HttpResponse:
    try:
        code = actions.code_renew(
            petition=petition, mark=holding.mark(request), renew_key=key, at=clock.now()
        )
    except Overtaken:  # another browser made a new code: this one is out, as any that never held the page
        return ask(request, petition.body, reference=petition.reference)
    petition.refresh_from_db(fields=["code_hash"])
    holding.hold(request, petition)
    where = full_address(request, address(petition))
    context = {
        "petition": petition,
        "body": petition.body,
        "code": code,
        "address": where,
        "qr": qr_of(where),
    }
    return render(request, "portal/following/renewed.html", context)
