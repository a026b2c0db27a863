"""What a person has answered so far. It lives between the first step and the sending, and nowhere else."""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.http import HttpRequest

from huiying.petitions.actions.filing import Filing, Receipt
from huiying.petitions.models import Petition
from huiying.registry.models import Body
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.web.shared import sealed

CODE_SHOWN_FOR = timedelta(minutes=10)
IDENTITY = ("name", "phone", "email", "address")


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers of all steps, as typed. `key` makes the sending happen once; `placed`: step two was passed."""

    key: str = ""
    kind: str = ""
    text: str = ""
    claims: tuple[str, ...] = ()
    where: str = ""
    when: str = ""
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

    def unnamed(self) -> "Draft":
        """The same without anything that says who the person is."""
        return replace(self, name="", phone="", email="", address="")

    def filing(self) -> Filing:
        """The finished draft as the petitions room takes it."""
        return Filing(
            text=self.text,
            claims=self.claims,
            kind=PetitionKind(self.kind),
            confidentiality=Confidentiality(self.confidentiality),
            happened_where=self.where,
            happened_when=self.when,
            identity=self.identity,
            filing_key=uuid.UUID(self.key),
        )


def held(request: HttpRequest, body: Body) -> Draft:
    """The draft of this browser for this body; an empty one where there is none or it ended."""
    kept = sealed.load(request, _draft(body))
    return Draft(**{**kept, "claims": tuple(kept["claims"])}) if kept else Draft()


def keep(request: HttpRequest, body: Body, draft: Draft) -> None:
    """Keep the draft until it is sent or the session ends."""
    sealed.keep(request, _draft(body), asdict(replace(draft, key=draft.key or str(uuid.uuid4()))))


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """What the receipt page shows. `code` is empty once its time is over."""

    key: str
    petition_id: int
    reference: str
    code: str


def exchange(request: HttpRequest, body: Body, receipt: Receipt, *, at: datetime) -> None:
    """Put the receipt in the place of the draft and write the session now, with the petition or not at all.

    So the code outlives an answer that never arrives: the same browser opens its receipt again for ten minutes.
    """
    petition: Petition = receipt.petition
    sealed.forget(request, _draft(body))
    held_for = {
        "key": str(petition.filing_key),
        "petition_id": petition.pk,
        "reference": petition.reference,
        "code": receipt.code or "",
        "until": (at + CODE_SHOWN_FOR).isoformat(),
    }
    sealed.keep(request, _receipt(body), held_for)
    request.session.save()


def receipt_of(request: HttpRequest, body: Body, *, at: datetime) -> KeptReceipt | None:
    """The receipt of what this browser filed last, if it was not put away."""
    kept = sealed.load(request, _receipt(body))
    if kept is None:
        return None
    until = datetime.fromisoformat(kept.pop("until"))
    return KeptReceipt(**{**kept, "code": kept["code"] if at < until else ""})


def put_away(request: HttpRequest, body: Body) -> None:
    """Forget the receipt and its code."""
    sealed.forget(request, _receipt(body))


def _draft(body: Body) -> str:
    return f"filing-{body.pk}"


def _receipt(body: Body) -> str:
    return f"receipt-{body.pk}"
