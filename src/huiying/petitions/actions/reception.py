"""The petition office's first steps: register what arrived; answer an enquiry on the spot."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from huiying.petitions.actions.clocks import meet
from huiying.petitions.actions.handling import ANSWER_MAX, answers_freeze, reply_serve
from huiying.petitions.actions.recusing import ART_28
from huiying.petitions.calling import danger_seen_to
from huiying.petitions.findable import reindex
from huiying.petitions.gate import check_may
from huiying.petitions.holders import letter_to
from huiying.petitions.models import Claim, Petition, Reply
from huiying.petitions.words import clean
from huiying.records import ledger, outbox
from huiying.records.clock import official_date
from huiying.records.moves import change_state
from huiying.registry.models import Staff
from huiying.registry.officers import Officer
from huiying.rules import reply
from huiying.rules.clocks import Clock
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.petition import Channel, PetitionKind, PetitionState
from huiying.rules.matters import Matter, ServedHow
from huiying.rules.permissions import Action, Role
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_

FIRST_PERIODS = (Clock.ROUTE, Clock.NOTICE, Clock.ENQUIRY)


@transaction.atomic
def petition_register(
    *, petition: Petition, matter: Matter | None = None, danger: bool = False, by: Officer, at: datetime
) -> Petition:
    """Register (登记) what arrived: read it, name its field, say whether somebody is in danger. art. 22."""
    check_may(by, Action.PETITION_REGISTER, petition)
    move = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.REGISTERED, action="petition_register"
    )

    fields = {"registered_at": at, "danger": danger, "matter": matter or petition.matter}
    change_state(petition, move, **fields)
    facts = {"matter": petition.matter, "danger": danger}
    ledger.append(
        EventKind.PETITION_REGISTERED, petition, by=by, at=at, body_id=petition.body_id, facts=facts
    )
    danger_seen_to(petition, by=by, at=at)
    return petition


@transaction.atomic
def enquiry_answer(
    *,
    petition: Petition,
    answers: Mapping[int, str],
    basis: str = "",
    answered_by: Staff | None,
    by: Officer,
    at: datetime,
) -> Reply:
    """Answer a registered enquiry (咨询) at the counter: each question by its number; its periods are met now. POLICY.

    `answered_by` knew the answer and is whom the person may ask later; `by` writes it down. Whoever is in the room takes
    it home on the receipt; anybody else opens it by the code. Raises Incomplete at `1.opinion`, `basis`, `answered_by`.
    """
    check_may(by, Action.ENQUIRY_ANSWER, petition)
    reply.check_on_the_spot(PetitionKind(petition.kind))
    move = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.REPLIED, action="enquiry_answer"
    )
    who = _who_answered(petition, answered_by)
    claims = _answered(petition, answers, basis)

    told = {"accepted_at": at, "notified_at": at, "replied_at": at}
    change_state(petition, move, handling_unit_id=_own_unit(by), liaison=who, **told)
    sent = _written(petition, claims, by, at)
    for clock in FIRST_PERIODS:
        meet(petition, clock, at=at)
    _tell(petition, by, at)
    return sent


def _who_answered(petition: Petition, staff: Staff | None) -> Staff:
    if staff is None or staff.body_id != petition.body_id or not staff.is_active:
        wrong = N_("请选择是谁答复的。")
        raise Incomplete(wrong, fields={"answered_by": wrong}, rule="enquiry.answer")
    if petition.recusals.filter(staff=staff).exists():
        wrong = N_("这位工作人员在本事项中须回避，不能承办。")
        raise Incomplete(wrong, fields={"answered_by": wrong}, rule="petition.recusal", article=ART_28)
    return staff


def _answered(petition: Petition, answers: Mapping[int, str], basis: str) -> list[Claim]:
    """The claims with their answers, not saved yet; whole or refused."""
    claims, basis = list(petition.claims.all()), clean(basis)
    for claim in claims:
        claim.opinion, claim.basis = clean(answers.get(claim.number, "")), basis
    kind = PetitionKind(petition.kind)
    reply.check_complete([reply.ClaimAnswer(str(c.number), opinion=c.opinion) for c in claims], kind)
    texts = {f"{c.number}.opinion": c.opinion for c in claims} | {"basis": basis}
    if fields := {name: N_("不超过 20000 字。") for name, text in texts.items() if len(text) > ANSWER_MAX}:
        raise Incomplete(N_("内容太长，没有保存。"), fields=fields)
    return claims


def _own_unit(by: Officer) -> int:
    """The unit of the counter: what it answers is its own reply."""
    unit_id = next((grant.unit_id for grant in by.grants if grant.role is Role.CLERK and grant.unit_id), None)
    if unit_id is None:
        raise Refusal(
            N_("您的接待员职责没有写明单位，不能当场答复。"),
            rule="enquiry.answer",
            remedy=N_("请先分给承办单位；或者请安全管理员改写授权。"),
        )
    return unit_id


def _written(petition: Petition, claims: list[Claim], by: Officer, at: datetime) -> Reply:
    unit_id, who = petition.handling_unit_id, petition.liaison
    assert unit_id is not None  # set by the move, as is who answered
    assert who is not None
    for claim in claims:
        claim.answered_at, claim.answered_by = at, who
    Claim.objects.bulk_update(claims, ["opinion", "basis", "answered_at", "answered_by"])
    sent = Reply.objects.create(
        petition=petition, number=petition.round, unit_id=unit_id, sent_at=at, sent_by_id=by.staff_id
    )
    answers_freeze(sent, petition)
    reindex(petition)
    facts = {"on_the_spot": True, "staff": who.pk}
    ledger.append(EventKind.REPLY_SENT, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return sent


def _tell(petition: Petition, by: Officer, at: datetime) -> None:
    """Served where the person stands at the counter; otherwise a letter says that there is an answer."""
    received_on = official_date(petition.received_at)
    here = reply.handed_over(
        Channel(petition.channel), received_on=received_on, answered_on=official_date(at)
    )
    if here:
        reply_serve(petition=petition, how=ServedHow.HAND, by=by, at=at)
    else:
        outbox.put("reply_sent", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
