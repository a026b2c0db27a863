"""The way in: every petition, from whichever channel, is filed here."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.petitions import codes
from huiying.petitions.actions.clocks import clock_row
from huiying.petitions.holders import holder_actor, letter_to
from huiying.petitions.models import Claim, Petition, PetitionClock, Submission
from huiying.petitions.words import check_lengths, clean, copy_key, first_line
from huiying.records import ledger, outbox, search, vault
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.registry.models import Body, Place
from huiying.rules import deadlines
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind, PetitionState
from huiying.rules.matters import Matter
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class Filing:
    """What a person says when they file, before anything is stored."""

    text: str
    claims: tuple[str, ...]
    kind: PetitionKind = PetitionKind.REQUEST
    confidentiality: Confidentiality = Confidentiality.ANONYMOUS
    channel: Channel = Channel.ONLINE
    matter: Matter = Matter.OTHER
    title: str = ""
    happened_where: str = ""
    happened_when: str = ""
    identity: Mapping[str, str] = field(default_factory=dict)  # name, phone, email, address: vault only
    place: Place | None = None
    said_at: datetime | None = None
    filing_key: uuid.UUID | None = None
    source_key: str | None = None

    def cleaned(self) -> "Filing":
        """The same, made safe to keep; raises Incomplete when a part is missing or too long."""
        text = clean(self.text)
        claims = tuple(c for c in (clean(claim) for claim in self.claims) if c)
        title = " ".join(clean(self.title).split()) or first_line(text)
        identity = {key: clean(value) for key, value in self.identity.items() if clean(value)}
        check_lengths(text=text, claims=claims, title=title)
        _check_identity(self.confidentiality, identity)
        return Filing(
            text=text,
            claims=claims,
            kind=self.kind,
            confidentiality=self.confidentiality,
            channel=self.channel,
            matter=self.matter,
            title=title,
            happened_where=clean(self.happened_where)[:200],
            happened_when=clean(self.happened_when)[:100],
            identity=identity,
            place=self.place,
            said_at=self.said_at,
            filing_key=self.filing_key,
            source_key=self.source_key,
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the person takes away: reference and secret code. The code is nowhere else; None on a repeat."""

    petition: Petition
    code: str | None


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


def petition_file(*, filing: Filing, body: Body, by: HasActor | None, at: datetime) -> Receipt:
    """File a petition and start the routing and notice clocks. 信访工作条例 art. 21, 22, 23.

    `by` is the clerk who takes it down, or None when the person files alone. The same `filing_key` files once:
    the second call returns the first petition without its code. Raises Incomplete for missing or too long text.
    """
    filing = filing.cleaned()
    earlier = _already_filed(filing)
    if earlier is not None:
        return Receipt(earlier, None)
    try:
        with transaction.atomic():
            return _write(filing, body, by, at)
    except IntegrityError:
        earlier = _already_filed(filing)  # two clicks in the same instant: the other one won
        if earlier is None:
            raise
        return Receipt(earlier, None)


def _already_filed(filing: Filing) -> Petition | None:
    if filing.filing_key is None:
        return None
    return Petition.objects.filter(filing_key=filing.filing_key).first()


def _write(filing: Filing, body: Body, by: HasActor | None, at: datetime) -> Receipt:
    code = codes.new_code()
    entry = vault.seal(filing.identity, at=at) if filing.identity else None
    petition = Petition.objects.create(
        body=body,
        reference=codes.new_reference(body.short, at),
        code_hash=codes.code_hash(code),
        filing_key=filing.filing_key,
        source_key=filing.source_key,
        copy_key=copy_key(filing.text),
        kind=filing.kind,
        state=PetitionState.RECEIVED,
        confidentiality=filing.confidentiality,
        channel=filing.channel,
        matter=filing.matter,
        vault_token=entry.token if entry else None,
        title=filing.title,
        happened_where=filing.happened_where,
        happened_when=filing.happened_when,
        received_at=at,
    )
    _write_words(petition, filing, by, at)
    _start_clocks(petition, at)
    if petition.confidentiality != Confidentiality.CONFIDENTIAL and petition.kind != PetitionKind.ACCUSATION:
        index(petition, f"{filing.text}\n" + "\n".join(filing.claims))
    facts = {
        "kind": filing.kind,
        "channel": filing.channel,
        "claims": len(filing.claims),
        "how": filing.confidentiality,
    }
    ledger.append(
        EventKind.PETITION_FILED,
        petition,
        by=by or holder_actor(petition),
        at=at,
        body_id=body.pk,
        facts=facts,
    )
    outbox.put("petition_received", petition, to=letter_to(petition, entry), at=at, body_id=body.pk)
    return Receipt(petition, code)


def _write_words(petition: Petition, filing: Filing, by: HasActor | None, at: datetime) -> None:
    Submission.objects.create(
        petition=petition,
        channel=filing.channel,
        text=filing.text,
        place=filing.place,
        taken_by_id=int(by.actor.ref) if by is not None else None,
        said_at=filing.said_at or at,
    )
    Claim.objects.bulk_create(
        Claim(petition=petition, number=number, text=text)
        for number, text in enumerate(filing.claims, start=1)
    )


def _start_clocks(petition: Petition, at: datetime) -> None:
    received_on = official_date(at)
    dues = [deadlines.route_due(received_on=received_on), deadlines.notice_due(received_on=received_on)]
    PetitionClock.objects.bulk_create(clock_row(petition, due) for due in dues)


def index(petition: Petition, text: str) -> None:
    """Put the words that the handling side may read into the search index, under the unit that handles it."""
    title = (
        petition.shielded_title
        if petition.confidentiality == Confidentiality.CONFIDENTIAL
        else petition.title
    )
    search.index(
        "petition",
        petition.pk,
        body_id=petition.body_id,
        unit_id=petition.handling_unit_id,
        text=f"{title}\n{petition.happened_where}\n{text}",
    )
