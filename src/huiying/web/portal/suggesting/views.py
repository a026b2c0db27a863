"""Anyone may suggest a change to a plan (国办发〔2024〕5号 art. 37). No name, no contact, nothing of the visit is kept."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from huiying.emergency import actions, gate
from huiying.emergency.actions.suggesting import MOST
from huiying.emergency.selectors.care import plan_open_to_suggestions, plans_open_to_suggestions
from huiying.records import clock
from huiying.registry.models import Body
from huiying.registry.selectors import public_body
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_
from huiying.web.shared import errors, throttle
from huiying.web.shared.qr import full_address

# One address may be a whole village's.
SENT_AN_HOUR = 20
HOUR = 3600
LONGEST_CODE = 64


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, body_code: str) -> HttpResponse:
    """The form, and what it sends: a plan by its title, and the words."""
    body = public_body(body_code)
    if request.method == "POST":
        return _sent(request, body)
    return _form(request, body, {})


@require_safe
def suggestion(request: HttpRequest, body_code: str, suggestion_ref: UUID) -> HttpResponse:
    """One suggestion with its answer, for whoever holds the address."""
    body = public_body(body_code)
    found = gate.suggestion_at(body, suggestion_ref)
    address = full_address(request, request.path)
    context = {"body": body, "suggestion": found, "address": address}
    return _unlisted(render(request, "portal/suggesting/page.html", context))


def _sent(request: HttpRequest, body: Body) -> HttpResponse:
    at, code = clock.now(), request.POST.get("plan", "").replace("\0", "")[:LONGEST_CODE]
    plan = plan_open_to_suggestions(body, code) if code else None
    if plan is None:
        return _form(request, body, {"plan": N_("请从列表中选择预案。")})
    if not throttle.allow("suggest", throttle.address_of(request), SENT_AN_HOUR, HOUR, at=at):
        return errors.page(request, 429)
    try:
        given = actions.suggestion_send(plan=plan, text=request.POST.get("text", ""), at=at)
    except Incomplete as refused:
        return _form(request, body, refused.fields)
    address = reverse("portal:plan_suggestion", args=[body.code, given.reference])
    return HttpResponseRedirect(address, status=303)


def _form(request: HttpRequest, body: Body, faults: dict[str, str]) -> HttpResponse:
    plans = plans_open_to_suggestions(body)
    context = {
        "body": body,
        "plans": plans,
        "chosen": request.POST.get("plan", plans[0][0] if len(plans) == 1 else ""),
        "text": request.POST.get("text", ""),
        "faults": faults,
        "most": MOST,
    }
    status = 422 if faults else 200
    return _unlisted(render(request, "portal/suggesting/form.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it: whoever has the address of an answer got it with the receipt."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
