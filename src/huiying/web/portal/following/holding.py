"""Which petition this browser has opened with its code. One at a time: two petitions are never seen side by side."""

import unicodedata

from django.http import HttpRequest

from huiying.petitions import codes, gate
from huiying.petitions.models import Petition
from huiying.petitions.renewal import mark_of
from huiying.registry.models import Body
from huiying.rules.refusals import NotThere

HELD = "held_petition"
MARK = "held_mark"  # of the code that opened it: a browser with a dead code is out
RANDOM = 8  # the random letters at the end of a reference


def hold(request: HttpRequest, petition: Petition) -> None:
    """Remember the petition until the session has been idle for half an hour, under a fresh session key."""
    request.session.cycle_key()
    request.session[HELD] = petition.pk
    request.session[MARK] = mark_of(bytes(petition.code_hash))


def held(request: HttpRequest, body: Body, reference: str) -> Petition | None:
    """The petition with this reference if this browser holds it by the code in force; None for any other, there or not."""
    petition = held_before(request, body, reference)
    if petition is None or mark_of(bytes(petition.code_hash)) != mark(request):
        return None
    return petition


def held_before(request: HttpRequest, body: Body, reference: str) -> Petition | None:
    """The petition that this browser opened, be its code dead since or not: nothing of it may be shown for this alone."""
    petition_id = request.session.get(HELD)
    if petition_id is None:
        return None
    try:
        return gate.petition_held(body, petition_id, reference)
    except NotThere:
        return None


def mark(request: HttpRequest) -> str:
    """The mark of the code with which this browser opened its petition."""
    return str(request.session.get(MARK, ""))


def let_go(request: HttpRequest) -> None:
    """Forget the petition here."""
    request.session.pop(HELD, None)
    request.session.pop(MARK, None)


def tidy_code(typed: str) -> str:
    """A code as typed on any keyboard: full-width letters become plain ones."""
    return unicodedata.normalize("NFKC", typed).strip()


def tidy_reference(typed: str) -> str:
    """A reference as it is stored, from one typed in small letters, with other dashes, blanks or none."""
    letters = "".join(ch for ch in tidy_code(typed).upper() if ch.isalnum())
    head, tail = letters[:-RANDOM], letters[-RANDOM:].translate(codes.LOOKALIKES)
    return f"{head}-{tail[:4]}-{tail[4:]}" if head else letters
