"""The way in: every petition, from whichever channel, is filed here."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypedDict

from huiying.petitions import calling, codes, intake
from huiying.petitions.actions.clocks import clock_values, days_told, first_dues, received_as_of
from huiying.petitions.holders import holder_of, reached_by
from huiying.petitions.models import Petition
from huiying.petitions.words import check_lengths, clean, copy_key, first_line
from huiying.records import outbox, search, vault
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.registry.models import Body, Category, Place
from huiying.rules.crisis import speaks_of_self_harm
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind, PetitionState
from huiying.rules.matters import HelpNeeded, Matter, Spoken
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

JOINT_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class Filing:
    """What a person says when they file, before anything is stored."""

    text: str
    claims: tuple[str, ...]
    kind: PetitionKind = PetitionKind.REQUEST
    confidentiality: Confidentiality = Confidentiality.ANONYMOUS
    channel: Channel = Channel.ONLINE
    matter: Matter = Matter.OTHER
    category: Category | None = None
    title: str = ""
    happened_where: str = ""
    happened_when: str = ""
    respondent: str = ""  # whom or what unit it is about
    position: tuple[float, float] | None = None  # latitude, longitude in degrees
    danger: bool = False  # somebody is in danger now, as told: calls the duty post; the clerk sets the facet
    urgent_need: bool = False
    joint_count: int | None = None  # asked by so many together; never who
    spoken: Spoken = Spoken.MANDARIN
    help_needed: tuple[HelpNeeded, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict)  # name, phone, email, address: vault only
    place: Place | None = None
    said_at: datetime | None = None
    received_on: date | None = None  # the day it reached the body, where it is typed in later; None: now
    read_back: bool | None = (
        None  # what was taken down was read to the person; None: they wrote it themselves
    )
    filing_key: uuid.UUID | None = None
    source_key: str | None = None

    def cleaned(self) -> "Filing":
        """The same, made safe to keep; raises Incomplete when a part is missing or too long."""
        text = clean(self.text)
        kept = replace(
            self,
            text=text,
            claims=tuple(claim for claim in map(clean, self.claims) if claim),
            title=" ".join(clean(self.title).split()) or first_line(text),
            happened_where=clean(self.happened_where),
            happened_when=clean(self.happened_when),
            respondent=clean(self.respondent),
            identity={key: clean(value) for key, value in self.identity.items() if clean(value)},
        )
        check_lengths(
            text=kept.text,
            claims=kept.claims,
            title=kept.title,
            where=kept.happened_where,
            when=kept.happened_when,
            respondent=kept.respondent,
        )
        _check_matter(kept)
        _check_identity(kept.confidentiality, kept.identity)
        return kept

    @property
    def presses(self) -> bool:
        """Whether somebody may be in danger: said so, or the words speak of self-harm."""
        return self.danger or speaks_of_self_harm(self.text, *self.claims)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person takes away: reference and secret code. The code is nowhere else; None on a repeat."""

    petition: Petition
    code: str | None
    presses: bool = False  # as Filing.presses: the page that follows names where help is


class _Findable(TypedDict):
    body_id: int
    unit_id: int | None
    text: str


def _check_matter(filing: Filing) -> None:
    fields = {}
    if filing.position and not (abs(filing.position[0]) <= 90 and abs(filing.position[1]) <= 180):
        fields["where"] = N_("坐标不对：纬度在 ±90 之间，经度在 ±180 之间。")
    if filing.joint_count is not None and not 2 <= filing.joint_count <= JOINT_MAX:
        fields["joint_count"] = N_("共同提出的人数请填 2 到 1000000 之间的整数。")
    if fields:
        raise Incomplete(N_("有几处需要改一下。"), fields=fields)


def _check_identity(confidentiality: Confidentiality, identity: Mapping[str, str]) -> None:
    if confidentiality is Confidentiality.ANONYMOUS:
        if identity:
            raise Incomplete(
                N_("匿名提出时不保存任何身份信息。"),
                fields={"confidentiality": N_("要留下姓名或电话，请选择实名或要求保密。")},
            )
    elif not identity.get("name"):
        raise Incomplete(
            N_("还差您的姓名。"),
            fields={"name": N_("请填写姓名；不想留姓名，可以选择匿名。")},
            article="信访工作条例 art. 19",
        )


def petition_file(
    *,
    filing: Filing,
    body: Body,
    by: HasActor | None,
    at: datetime,
    beside: Callable[[Receipt], intake.Beside] | None = None,
) -> Receipt:
    """File a petition and start the routing and notice clocks. 信访工作条例 art. 21, 22, 23.

    `by` is the clerk who takes it down, or None when the person files alone. The same `filing_key` files once:
    the second call returns the first petition without its code. What `beside` makes of the receipt (the door's own
    row) is written with it or neither is. Raises Incomplete for missing or too long text.
    """
    filing = filing.cleaned()
    if filing.said_at and filing.said_at > at:
        raise Incomplete(N_("时间不对。"), fields={"said_at": N_("反映的时间不能晚于现在。")})
    received_at = received_as_of(filing.received_on, said_at=filing.said_at, at=at)
    code, entry = codes.new_code(), vault.sealed_values(filing.identity, at=at) if filing.identity else None
    told = _told(filing, body, at, code_hash=codes.code_hash(code), entry=entry)
    told["received_at"], presses = received_at, filing.presses
    petition = intake.write(
        told,
        lambda number: _rows(number, filing, told, by=by, at=at, entry=entry, presses=presses),
        beside=beside and (lambda petition: beside(Receipt(petition, code, presses))),
    )
    if petition is not None:
        petition.body = body
        return Receipt(petition, code, presses)
    # A second click: the first one is written, or was being written and is now.
    return Receipt(Petition.objects.get(filing_key=filing.filing_key), None)


def _told(
    filing: Filing, body: Body, at: datetime, *, code_hash: bytes, entry: vault.Sealed | None
) -> dict[str, Any]:
    """The columns of the petition itself."""
    return {
        "body_id": body.pk,
        "reference": codes.reference_for(body, at),
        "code_hash": code_hash,
        "filing_key": filing.filing_key,
        "source_key": filing.source_key,
        "copy_key": copy_key(filing.text),
        "kind": filing.kind,
        "state": PetitionState.RECEIVED,
        "confidentiality": filing.confidentiality,
        "channel": filing.channel,
        "matter": filing.matter,
        "category_id": filing.category.pk if filing.category else None,
        "vault_token": entry.token if entry else None,
        "title": filing.title,
        "happened_where": filing.happened_where,
        "happened_when": filing.happened_when,
        "respondent": filing.respondent,
        "latitude": filing.position[0] if filing.position else None,
        "longitude": filing.position[1] if filing.position else None,
        "urgent_need": filing.urgent_need,
        "joint": filing.joint_count is not None,
        "joint_count": filing.joint_count,
        "spoken": filing.spoken,
        "help_needed": ",".join(filing.help_needed),
    }


def _rows(
    number: int,
    filing: Filing,
    told: Mapping[str, Any],
    *,
    by: HasActor | None,
    at: datetime,
    entry: vault.Sealed | None,
    presses: bool,
) -> Iterator[intake.Row]:
    """Everything else that a filing leaves: identity, words, clocks, index entry, ledger event, letter."""
    body_id: int = told["body_id"]
    about, actor = ("petition", str(number)), by or holder_of(number)
    received_on, filed_on = official_date(told["received_at"]), official_date(at)
    if entry:
        yield intake.IDENTITIES, entry
    yield from _words(number, filing, by, told["received_at"])
    for due in first_dues(received_on, filing.kind, body_id, filed_on=filed_on):
        yield intake.CLOCKS, clock_values(number, due, body_id=body_id)
    if filing.confidentiality != Confidentiality.CONFIDENTIAL and filing.kind != PetitionKind.ACCUSATION:
        text = _found_by(filing.title, filing.happened_where, "\n".join((filing.text, *filing.claims)))
        found = search.entry_values("petition", number, body_id=body_id, unit_id=None, text=text)
        yield intake.ENTRIES, found
    facts = {**_facts(filing), **days_told(received_on, filed_on)}
    yield from intake.event_rows(
        EventKind.PETITION_FILED, about, by=actor, at=at, body_id=body_id, facts=facts
    )
    to = reached_by(entry) if entry else None
    if to:
        yield intake.LETTERS, outbox.new_values("petition_received", about, to=to, at=at, body_id=body_id)
    if presses:
        yield from calling.call_out(number, filing.kind, body_id=body_id, by=actor, at=at)


def _words(number: int, filing: Filing, by: HasActor | None, at: datetime) -> Iterator[intake.Row]:
    taken_by = int(by.actor.ref) if by is not None else None
    place = filing.place.pk if filing.place else None
    yield intake.WORDS, (number, filing.channel, filing.text, place, taken_by, filing.said_at or at)
    for which, text in enumerate(filing.claims, start=1):
        yield intake.CLAIMS, (number, which, text)


def _facts(filing: Filing) -> dict[str, object]:
    # Not the kind: the auditor may be of the unit that is accused, and must not learn that an accusation exists.
    told: dict[str, object] = {
        "channel": filing.channel.value,
        "claims": len(filing.claims),
        "how": filing.confidentiality.value,
    }
    return told if filing.read_back is None else {**told, "read_back": filing.read_back}


def index(petition: Petition, text: str) -> None:
    """Put the words that the handling side may read into the search index, under the unit that handles it."""
    search.index("petition", petition.pk, **_findable(petition, text))


def _findable(petition: Petition, text: str) -> _Findable:
    shielded = petition.confidentiality == Confidentiality.CONFIDENTIAL
    # The place is in the person's own words, so of a confidential petition it is not findable.
    title, where = petition.title, petition.happened_where
    return {
        "body_id": petition.body_id,
        "unit_id": petition.handling_unit_id,
        "text": f"{petition.shielded_title}\n{text}" if shielded else _found_by(title, where, text),
    }


def _found_by(title: str, where: str, text: str) -> str:
    """The words by which what is not confidential is found."""
    return f"{title}\n{where}\n{text}"
