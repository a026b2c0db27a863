"""What every act of a holder has in common: the petition this browser holds, or the form that asks for the code."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from huiying.petitions.models import Petition
from huiying.registry.selectors import public_body
from huiying.web.portal.following import holding
from huiying.web.portal.following.views import ask

page = require_http_methods(["GET", "HEAD", "POST"])
TYPED = ("text", "words")  # what people write on these pages; given back to copy where the half hour was over

Act = Callable[..., HttpResponse]


def for_holder(view: Act) -> Act:
    """Give a view the petition of its address; a browser that does not hold it gets the form, whether it exists or not."""

    @wraps(view)
    def wrapped(request: HttpRequest, body_code: str, reference: str, **parts: Any) -> HttpResponse:
        body = public_body(body_code)
        petition = holding.held(request, body, reference)
        if petition is None:
            return ask(request, body, reference=reference, typed=typed_in(request))
        return view(request, petition, **parts)

    return wrapped


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into the form that was sent."""
    told = [(name, request.POST.get(name, "")) for name in TYPED]
    return [(name, text) for name, text in told if text.strip()]


def key_in(request: HttpRequest, name: str) -> uuid.UUID | None:
    """The form's own key, by which a double click is known; None where it is none."""
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def address(petition: Petition, name: str = "petition", *more: Any) -> str:
    """The address of a page of this petition."""
    return reverse(f"portal:{name}", args=[petition.body.code, petition.reference, *more])


def back(petition: Petition, part: str = "") -> HttpResponse:
    """Return to the petition's page, at the part that has changed."""
    return HttpResponseRedirect(address(petition) + part, status=303)
