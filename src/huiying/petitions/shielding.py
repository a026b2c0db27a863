"""What is proposed for the shielded copy of one petition: from patterns, the body's own people, the person's own record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from huiying.petitions.gate import check_may
from huiying.petitions.models import Petition
from huiying.records import vault
from huiying.registry.models import Staff
from huiying.registry.officers import Officer
from huiying.rules import shielding
from huiying.rules.permissions import MAY, Action
from huiying.rules.shielding import Hit
from huiying.rules.words import N_

LEXICON_MAX = 5_000  # staff whose names are looked for
COMPARED = N_("制作脱敏副本时，由程序与登记的信息比对，文字不另行显示。")


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a petition with what was found in it and the copy that is proposed."""

    name: str
    text: str
    hits: tuple[Hit, ...]
    copy: str

    def pieces(self) -> Iterable[tuple[str, Hit | None]]:
        """The text cut at its hits, so that a page can mark them."""
        at = 0
        for hit in self.hits:
            yield self.text[at : hit.start], None
            yield hit.words(self.text), hit
            at = hit.end
        yield self.text[at:], None

    def key(self, hit: Hit) -> str:
        """What a form calls this hit."""
        return f"{self.name}:{hit.start}"


def texts_of(petition: Petition) -> dict[str, str]:
    """What the copy has to cover, as told: title, account, each claim."""
    told = "\n\n".join(petition.submissions.order_by("id").values_list("text", flat=True))
    claims = {f"claim_{claim.number}": claim.text for claim in petition.claims.all()}
    return {"title": petition.title, "text": told, **claims, **_respondent(petition)}


def _respondent(petition: Petition) -> dict[str, str]:
    return {"respondent": petition.respondent} if petition.respondent else {}


def proposal_for(
    viewer: Officer, petition: Petition, *, own: Iterable[str] = (), kept: Iterable[str] = ()
) -> tuple[Part, ...]:
    """Each text with its hits and the copy without them, but for the hits whose keys are among `kept`."""
    check_may(viewer, Action.PETITION_SHIELD, petition)
    people = Staff.objects.filter(body_id=petition.body_id).values_list("name", flat=True)[:LEXICON_MAX]
    own, staff, kept = tuple(own), tuple(people), frozenset(kept)
    return tuple(_part(name, text, own, staff, kept) for name, text in texts_of(petition).items())


def _part(name: str, text: str, own: tuple[str, ...], staff: tuple[str, ...], kept: frozenset[str]) -> Part:
    found = shielding.hits(text, own=own, staff=staff)
    starts = frozenset(hit.start for hit in found if f"{name}:{hit.start}" in kept)
    return Part(name, text, found, shielding.copied(text, found, starts))


def own_terms(petition: Petition, *, by: Officer, at: datetime) -> tuple[str, ...]:
    """What the person left of themselves, to compare with: one look at the vault, recorded and shown to the person.

    Nothing of it is returned to a page; only places in the person's own text are. Empty for an unsigned petition.
    """
    check_may(by, Action.PETITION_SHIELD, petition)
    if petition.vault_token is None:
        return ()
    role = next((role for role in sorted(by.roles) if role in MAY[Action.PETITION_SHIELD]), "")
    record = vault.open_entry(
        petition.vault_token,
        subject=petition,
        body_id=petition.body_id,
        by=by,
        at=at,
        purpose=vault.Purpose.SHIELD,
        reason=COMPARED,
        role=role,
    )
    return shielding.own_terms(record)


def left_behind(copies: Mapping[str, str], own: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Which of these copies still carry something of the person's own record, and what."""
    own = tuple(own)
    found = {name: shielding.remains(text, own) for name, text in copies.items()}
    return {
        name: tuple(dict.fromkeys(hit.words(copies[name]) for hit in here))
        for name, here in found.items()
        if here
    }
