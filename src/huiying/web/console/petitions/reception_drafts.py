"""What a clerk is still writing: kept at the server too, sealed under the browser's key, one draft a form.

Two people at one desk, or two tabs, never write over each other. All go with the session: by signing out, or after half
an hour of silence; what was typed since then lies in the browser.
"""

from dataclasses import dataclass
from datetime import datetime

from huiying.petitions.words import first_line
from huiying.web.console.access import OfficerRequest
from huiying.web.console.petitions.reception_form import TAKEN, Told, key_of
from huiying.web.shared import sealed
from huiying.web.shared.typed import Typed

MOST = 6
MOST_LETTERS = 100_000  # of one draft; a form with more is too long to be registered anyway
KEYS = "reception_drafts"


@dataclass(frozen=True, slots=True)
class Unsent:
    """One line of the list of drafts."""

    key: str
    at: datetime
    channel: str
    begins: str


def keep(request: OfficerRequest, told: Told, *, at: datetime) -> None:
    """Keep a form as typed; an empty one and one without a key leave nothing."""
    key = key_of(told.words)
    if not key or not _worth_keeping(told):
        return
    keys = [*(other for other in _keys(request) if other != key), key]
    for old in keys[:-MOST]:
        sealed.forget(request, _name(old))
    request.session[KEYS] = keys[-MOST:]
    kept = {"words": dict(told.words), "help_needed": told.help_needed, "at": at.isoformat()}
    sealed.keep(request, _name(key), kept)


def held(request: OfficerRequest, key: str) -> Told | None:
    """The draft of this key as it was typed, or None."""
    kept = sealed.load(request, _name(key)) if key in _keys(request) else None
    return Told(Typed(kept["words"]), kept["help_needed"]) if kept else None


def forget(request: OfficerRequest, key: str) -> None:
    """Drop a draft: it was registered, or thrown away."""
    if key in _keys(request):
        request.session[KEYS] = [other for other in _keys(request) if other != key]
        sealed.forget(request, _name(key))


def unsent(request: OfficerRequest, *, but: str = "") -> list[Unsent]:
    """The drafts of this session except one, the latest first."""
    found = []
    for key in reversed(_keys(request)):
        kept = sealed.load(request, _name(key)) if key != but else None
        if kept:
            words = Typed(kept["words"])
            begins = first_line(words["text"].strip() or words["claim_1"].strip(), 16)
            channel = next((label for taken, label in TAKEN.items() if taken == words["channel"]), "")
            found.append(Unsent(key, datetime.fromisoformat(kept["at"]), channel, begins))
    return found


def _worth_keeping(told: Told) -> bool:
    letters = len(told.words["text"]) + sum(map(len, told.claims))
    typed = any(told.words[name].strip() for name in ("text", "happened_where", "name", *_boxes(told)))
    return typed and letters <= MOST_LETTERS


def _boxes(told: Told) -> list[str]:
    return [f"claim_{n}" for n in range(1, told.boxes + 1)]


def _keys(request: OfficerRequest) -> list[str]:
    keys: list[str] = request.session.get(KEYS, [])
    return keys


def _name(key: str) -> str:
    return f"reception-{key}"
