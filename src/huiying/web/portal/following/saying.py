"""What the holder says on the petition's page: a message, a correction, a fear of retaliation, an objection."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from huiying.petitions import actions
from huiying.petitions.actions.voice import (
    ANSWERED,
    CORRECTABLE,
    CORRECTION_MAX,
    RETALIATION_MAX,
)
from huiying.petitions.models import Petition, SpamMark
from huiying.records import clock
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.refusals import Incomplete
from huiying.web.portal.following.acting import back, for_holder, key_in, page
from huiying.web.portal.following.seen import seen_by_holder

MOST_REPORTS = 50  # shown


@require_POST
@for_holder
def say(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Leave a message, or answer a question."""
    text, at = request.POST.get("text", ""), clock.now()
    try:
        actions.message_say(petition=petition, text=text, said_key=key_in(request, "key"), at=at)
    except Incomplete as refused:
        context = seen_by_holder(petition, at=at, saying=text, fault=refused.fields["text"])
        return render(request, "portal/following/petition.html", context, status=422)
    return back(petition, "#messages")


@page
@for_holder
def correct(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Put a correction beside what was said."""
    more: dict[str, Any] = {
        "may": petition.state in CORRECTABLE,
        "answered": petition.state in ANSWERED,
        "told": list(petition.submissions.order_by("id").values_list("text", flat=True)),
        "most": CORRECTION_MAX,
    }
    if request.method == "POST":
        try:
            actions.petition_correct(
                petition=petition,
                text=request.POST.get("text", ""),
                said_key=key_in(request, "key"),
                at=clock.now(),
            )
        except Incomplete as refused:
            return _form(request, petition, "correct", refused.fields, **more)
        return back(petition, "#told")
    return _form(request, petition, "correct", {}, **more)


@page
@for_holder
def retaliation(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Tell supervision of retaliation, and read what it answered. 信访工作条例 art. 18, 46."""
    more: dict[str, Any] = {
        "reports": list(petition.retaliation_reports.order_by("id")[:MOST_REPORTS]),
        "most": RETALIATION_MAX,
    }
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            actions.retaliation_report(petition=petition, text=text, at=clock.now())
        except Incomplete as refused:
            return _form(request, petition, "retaliation", refused.fields, **more)
        return back(petition, "#safety")
    return _form(request, petition, "retaliation", {}, **more)


@page
@for_holder
def appeal(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Say that it is a petition after all, where it was taken for none."""
    mark = SpamMark.objects.filter(petition=petition).first()
    if mark is None or mark.state != SpamState.CONFIRMED:  # a second click finds it said
        return back(petition)
    if request.method == "POST":
        try:
            actions.spam_appeal(mark=mark, words=request.POST.get("words", ""), at=clock.now())
        except Incomplete as refused:
            return _form(request, petition, "appeal", refused.fields, doubt=mark)
        return back(petition)
    return _form(request, petition, "appeal", {}, doubt=mark)


def _form(
    request: HttpRequest, petition: Petition, name: str, faults: dict[str, str], **more: Any
) -> HttpResponse:
    """One form on a page of its own; what was typed stays in it, and so does its key."""
    context = {
        "petition": petition,
        "body": petition.body,
        "faults": faults,
        "text": request.POST.get("text", request.POST.get("words", "")),
        "key": key_in(request, "key") or uuid.uuid4(),
        **more,
    }
    return render(request, f"portal/following/{name}.html", context, status=422 if faults else 200)
