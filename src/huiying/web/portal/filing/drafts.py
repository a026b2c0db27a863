"""What a person has answered so far. It lives between the first step and the sending, and nowhere else.

Every draft has a key of its own, which the forms and addresses of its steps carry: two tabs are two drafts. The key
opens nothing without the browser's own cookie.
"""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from huiying.petitions.actions.filing import Filing, Receipt
from huiying.petitions.intake import Beside
from huiying.petitions.models import Petition
from huiying.registry.models import Body, Category
from huiying.rules.crisis import speaks_of_self_harm
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.rules.matters import HelpNeeded, Spoken
from huiying.web.shared import sealed
from huiying.web.shared.categories import matter_of

CODE_SHOWN_FOR = timedelta(minutes=10)
IDENTITY = ("name", "phone", "email", "address")
MOST_DRAFTS = 8  # of one browser at one body; the one untouched longest goes
NEW = "new"


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers of all steps, as typed. `key` makes the sending happen once; `placed`: step two was passed."""

    key: str = ""
    kind: str = ""
    text: str = ""
    claims: tuple[str, ...] = ()
    category: str = ""  # a field of matters, perhaps with "/" and the code of one of the body's categories
    where: str = ""
    when: str = ""
    position: str = ""  # "latitude,longitude"
    respondent: str = ""
    danger: bool = False
    urgent_need: bool = False
    joint_count: str = ""
    spoken: str = Spoken.MANDARIN
    help_needed: tuple[str, ...] = ()
    placed: bool = False
    confidentiality: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""

    @property
    def identity(self) -> dict[str, str]:
        """What says who the person is, where something was said."""
        told = {field: getattr(self, field) for field in IDENTITY}
        return {field: value for field, value in told.items() if value}

    @property
    def presses(self) -> bool:
        """Whether help is named on the next page: the words speak of self-harm, or somebody is in danger."""
        return self.danger or speaks_of_self_harm(self.text, *self.claims)

    def unnamed(self) -> "Draft":
        """The same without anything that says who the person is."""
        return replace(self, name="", phone="", email="", address="")

    def filing(self, category: Category | None = None) -> Filing:
        """The finished draft as the petitions room takes it."""
        latitude, _, longitude = self.position.partition(",")
        return Filing(
            text=self.text,
            claims=self.claims,
            kind=PetitionKind(self.kind),
            confidentiality=Confidentiality(self.confidentiality),
            matter=matter_of(self.category),
            category=category,
            happened_where=self.where,
            happened_when=self.when,
            position=(float(latitude), float(longitude)) if longitude else None,
            respondent=self.respondent,
            danger=self.danger,
            urgent_need=self.urgent_need,
            joint_count=int(self.joint_count) if self.joint_count else None,
            spoken=Spoken(self.spoken),
            help_needed=tuple(map(HelpNeeded, self.help_needed)),
            identity=self.identity,
            filing_key=uuid.UUID(self.key),
        )


def asked(request: HttpRequest) -> str:
    """The draft that the form or the address names: a key, NEW, or empty where none is named."""
    named = request.POST.get("draft") or request.GET.get("draft", "")
    return named if named == NEW else _key(named)


def held(request: HttpRequest, body: Body) -> Draft:
    """The draft that is asked for, else the one touched last; an empty one where there is none or it ended."""
    keys, named = _keys(request, body), asked(request)
    key = named or (keys[-1] if keys else "")
    kept = sealed.load(request, _draft(body, key)) if key in keys else None
    if kept is None:
        return Draft()
    return Draft(**{**kept, "claims": tuple(kept["claims"]), "help_needed": tuple(kept["help_needed"])})


def stands(request: HttpRequest, body: Body, draft: Draft) -> bool:
    """Whether the draft still waits in this browser, and was not put away in another window."""
    return draft.key in _keys(request, body) and _draft(body, draft.key) in request.session


def keep(request: HttpRequest, body: Body, draft: Draft) -> None:
    """Keep the draft until it is sent or the session ends."""
    key = draft.key or _key(asked(request)) or str(uuid.uuid4())
    keys = [*(other for other in _keys(request, body) if other != key), key]
    for old in keys[:-MOST_DRAFTS]:
        sealed.forget(request, _draft(body, old))
    request.session[_drafts(body)] = keys[-MOST_DRAFTS:]
    sealed.keep(request, _draft(body, key), asdict(replace(draft, key=key)))


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """What the receipt page shows. `code` is empty once its time is over."""

    key: str
    petition_id: int
    reference: str
    code: str
    presses: bool = False


def exchange(request: HttpRequest, body: Body, receipt: Receipt, *, at: datetime) -> Beside:
    """Put the receipt in the place of the draft; the statement that writes the session, with the petition or not at all.

    So the code outlives an answer that never arrives: the same browser opens its receipt again for ten minutes. May be
    done again where the transaction was rolled back: the later receipt stands in the place of the earlier.
    """
    petition: Petition = receipt.petition
    key = str(petition.filing_key)
    sealed.forget(request, _draft(body, key))
    request.session[_drafts(body)] = [other for other in _keys(request, body) if other != key]
    held_for = {
        "key": key,
        "petition_id": petition.pk,
        "reference": petition.reference,
        "code": receipt.code or "",
        "presses": receipt.presses,
        "until": (at + CODE_SHOWN_FOR).isoformat(),
    }
    receipts = (other for other in request.session.get(_receipts(body), []) if other != key)
    request.session[_receipts(body)] = [*receipts, key][-MOST_DRAFTS:]
    sealed.keep(request, _receipt(body, key), held_for)
    session: Any = request.session
    return Beside(*session.statement())


def receipt_of(request: HttpRequest, body: Body, *, at: datetime, key: str = "") -> KeptReceipt | None:
    """The receipt of this draft, else of what this browser filed last, if it was not put away."""
    receipts = request.session.get(_receipts(body), [])
    key = key or (receipts[-1] if receipts else "")
    kept = sealed.load(request, _receipt(body, key)) if key in receipts else None
    if kept is None:
        return None
    until = datetime.fromisoformat(kept.pop("until"))
    return KeptReceipt(**{**kept, "code": kept["code"] if at < until else ""})


def put_away(request: HttpRequest, body: Body) -> None:
    """Forget the receipts of this browser and their codes."""
    for key in request.session.pop(_receipts(body), []):
        sealed.forget(request, _receipt(body, key))


def _key(text: str) -> str:
    """A draft's key in its one form; empty for anything else."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _keys(request: HttpRequest, body: Body) -> list[str]:
    keys: list[str] = request.session.get(_drafts(body), [])
    return keys


def _drafts(body: Body) -> str:
    return f"filings-{body.pk}"


def _draft(body: Body, key: str) -> str:
    return f"filing-{body.pk}-{key}"


def _receipts(body: Body) -> str:
    return f"receipts-{body.pk}"


def _receipt(body: Body, key: str) -> str:
    return f"receipt-{body.pk}-{key}"
