"""The proof of one's own petition's events, to keep at home; nobody else's page gives it."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from huiying.petitions.proof import proof_of
from huiying.records import clock
from huiying.registry.selectors import public_body
from huiying.web.portal.following import holding, words
from huiying.web.portal.following.views import ask

FILE_NAME = "办理记录凭证.json"


@require_safe
def take(request: HttpRequest, body_code: str, reference: str) -> HttpResponse:
    """The events that the page tells, each with what proves it."""
    body = public_body(body_code)
    petition = holding.held(request, body, reference)
    if petition is None:
        return ask(request, body, reference=reference)
    given = proof_of(petition, kinds=frozenset(words.HAPPENED), at=clock.now())
    given["how_to_check"] = [gettext(sentence) for sentence in given["how_to_check"]]
    given["events"] = [{**event, "what": gettext(event["what"])} for event in given["events"]]
    text = json.dumps(given, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, FILE_NAME) or "attachment"
    return response
