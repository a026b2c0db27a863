"""The papers of one's own petition: what is there, adding some, opening one, taking one back."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiying.petitions import actions, gate
from huiying.petitions.models import Petition
from huiying.records import clock
from huiying.registry.models import Body
from huiying.registry.selectors import public_body
from huiying.rules.refusals import Incomplete
from huiying.web.portal.following import holding
from huiying.web.portal.following.papers_shown import papers_part
from huiying.web.portal.following.seen import seen_by_holder
from huiying.web.portal.following.views import ask
from huiying.web.shared import errors, throttle, uploads

ADDED_AN_HOUR = 120  # of one address, which may be a whole village's


@uploads.takes_files
@require_POST
def add(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """Add papers to the petition: all that were chosen, or none with the reason at the field."""
    body = public_body(body_code)
    petition = holding.held(request, body, reference)
    if petition is None:
        return ask(request, body, reference=reference)
    at = clock.now()
    if not throttle.allow("papers", throttle.address_of(request), ADDED_AN_HOUR, 3600, at=at):
        return errors.page(request, 429)
    try:
        actions.papers_add(petition=petition, papers=uploads.checked(request), by=None, at=at)
    except Incomplete as refused:
        petition.refresh_from_db()
        context = seen_by_holder(petition, at=at) | papers_part(petition, fault=refused.fields[uploads.FIELD])
        return render(request, "portal/following/petition.html", context, status=422)
    return _back(body, petition)


@require_safe
def show(request: HttpRequest, body_code: str, reference: str, file_id: uuid.UUID) -> HttpResponse:
    """One paper of the own petition."""
    body = public_body(body_code)
    petition = holding.held(request, body, reference)
    if petition is None:
        return ask(request, body, reference=reference)
    return uploads.file_response(gate.paper_held(petition, file_id))


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, body_code: str, reference: str, file_id: uuid.UUID) -> HttpResponse:
    """Take a paper back: GET asks, POST does it. 个人信息保护法 art. 47."""
    body = public_body(body_code)
    petition = holding.held(request, body, reference)
    if petition is None:
        return ask(request, body, reference=reference)
    paper = gate.paper_held(petition, file_id)
    if request.method == "POST":
        actions.paper_erase(petition=petition, paper=paper, at=clock.now())
        return _back(body, petition)
    return render(request, "shared/pages/confirm.html", _question(body, petition, paper.pk, paper.name))


def _question(body: Body, petition: Petition, file_id: uuid.UUID, name: str) -> dict[str, Any]:
    return {
        "frame": "shared/portal_base.html",
        "body": body,
        "title": _("删除%(name)s？") % {"name": name},
        "message": _("删除以后找不回来，办理的人也看不到它。"),
        "action": reverse("portal:petition_paper_erase", args=[body.code, petition.reference, file_id]),
        "confirm_label": _("删除"),
        "cancel_url": reverse("portal:petition", args=[body.code, petition.reference]) + "#papers",
        "danger": True,
    }


def _back(body: Body, petition: Petition) -> HttpResponse:
    return HttpResponseRedirect(
        reverse("portal:petition", args=[body.code, petition.reference]) + "#papers", status=303
    )
