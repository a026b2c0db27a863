"""Following: reference and code open one petition's page for half an hour. 信访工作条例 art. 18, 21."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiying.petitions import actions, gate
from huiying.records import clock
from huiying.registry.models import Body
from huiying.registry.selectors import public_body
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_
from huiying.web.portal.following import holding
from huiying.web.portal.following.seen import seen_by_holder
from huiying.web.shared import errors, throttle

# One address may be a whole village's; one reference is tried by its own holder only.
TRIES_OF_A_SOURCE = 40
TRIES_OF_A_REFERENCE = 20
PER_SECONDS = 600
# No code is longer than this, dashes and blanks included; nothing longer is looked at.
LONGEST = 80
LONGEST_KEY = 19  # digits of a number the database can hold


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, body_code: str) -> HttpResponse:
    """Ask for reference and code; a wrong pair gets one sentence, whichever part was wrong."""
    body = public_body(body_code)
    if request.method != "POST":
        return ask(request, body)
    reference, code = request.POST.get("reference", ""), request.POST.get("code", "")
    missing = {name: EMPTY[name] for name in EMPTY if not request.POST.get(name, "").strip()}
    if missing:
        return ask(request, body, reference=reference, code=code, faults=missing, status=422)
    return _opened(request, body, reference, code)


EMPTY = {
    "reference": N_("请填写编号，在回执上。"),
    "code": N_("请填写查询码，在回执上。"),
}


@require_http_methods(["GET", "HEAD"])
def petition(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """One petition for its holder; for everyone else the form that asks for the code, whether it exists or not."""
    body = public_body(body_code)
    found = holding.held(request, body, reference)
    if found is None:
        return ask(request, body, reference=reference)
    at = clock.now()
    context = seen_by_holder(found, at=at, before=_key_in(request))
    page = render(request, "portal/following/petition.html", context)
    if request.method == "GET" and any(message["new"] for message in context["messages_shown"]):
        actions.messages_read(petition=found, at=at)
    return page


def _key_in(request: HttpRequest) -> int | None:
    """Where to page back to; anything that is no key shows the newest."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else None


def ask(
    request: HttpRequest,
    body: Body,
    *,
    reference: str = "",
    code: str = "",
    faults: dict[str, str] | None = None,
    typed: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form; `typed` is what a person wrote before their half hour was over, to copy."""
    context = {
        "body": body,
        "reference": reference,
        "code": code,
        "faults": faults or {},
        "typed": typed or [],
    }
    return render(request, "portal/following/ask.html", context, status=status)


def _opened(request: HttpRequest, body: Body, reference: str, code: str) -> HttpResponse:
    """The petition, or how it goes on after a wrong pair.

    Only wrong tries are counted, and a right code opens whatever was counted: whoever knows a reference could
    otherwise keep its holder out by trying. Nothing is lost by it: a thousand guesses a second for a century find
    one of 80 random bits with a chance below one in three hundred billion, and a comparison costs one indexed read
    and one hash.
    """
    tidy = holding.tidy_reference(reference[:LONGEST])
    try:
        found = gate.petition_for_code(body, tidy, holding.tidy_code(code[:LONGEST]))
    except NotThere as refusal:
        if not _may_miss(request, tidy):
            return errors.page(request, 429)
        faults = {"code": refusal.message}
        return ask(request, body, reference=reference, code=code, faults=faults, status=422)
    holding.hold(request, found)
    return HttpResponseRedirect(reverse("portal:petition", args=[body.code, found.reference]), status=303)


def _may_miss(request: HttpRequest, reference: str) -> bool:
    """Limits by source and by reference, the same whether such a petition exists or not."""
    at = clock.now()
    source = throttle.allow("follow", throttle.address_of(request), TRIES_OF_A_SOURCE, PER_SECONDS, at=at)
    return source and throttle.allow("follow-one", reference, TRIES_OF_A_REFERENCE, PER_SECONDS, at=at)
