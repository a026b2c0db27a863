"""The unit's work: give notice, answer claim by claim, send the reply, see that it is served."""

from datetime import date, datetime

from django.db import transaction

from huiying.petitions.actions import drafting, executing, objecting
from huiying.petitions.actions.clocks import clock_row, meet
from huiying.petitions.findable import reindex
from huiying.petitions.gate import check_may
from huiying.petitions.holders import letter_to
from huiying.petitions.models import Claim, Petition, Reply, ReplyAnswer
from huiying.petitions.words import clean
from huiying.records import ledger, outbox
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state, overtaken
from huiying.registry import calendars
from huiying.registry.officers import Officer
from huiying.rules import deadlines, reply
from huiying.rules.actors import ActorKind
from huiying.rules.clocks import Clock
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.matters import ServedHow
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_

ANSWER_MAX = 20_000
ANSWER_PARTS = ("outcome", "facts", "opinion", "basis", "remedy")


@transaction.atomic
def petition_notify(*, petition: Petition, by: Officer, at: datetime) -> Petition:
    """The unit's written notice (C3): received here, who is the contact, which route and procedure. art. 23."""
    check_may(by, Action.PETITION_NOTIFY, petition)
    rows = Petition.objects.filter(pk=petition.pk, state=PetitionState.HANDLING, notified_at=None)
    if not rows.update(notified_at=at):
        raise overtaken()
    petition.notified_at = at
    meet(petition, Clock.NOTICE, at=at)
    ledger.append(EventKind.PETITION_NOTIFIED, petition, by=by, at=at, body_id=petition.body_id)
    outbox.put("petition_notified", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return petition


@transaction.atomic
def claim_answer(
    *,
    claim: Claim,
    outcome: ClaimOutcome | None,
    facts: str = "",
    opinion: str = "",
    basis: str = "",
    remedy: str = "",
    by: Officer,
    at: datetime,
) -> Claim:
    """Keep the draft answer to one claim; it may be incomplete until the reply leaves. 信访工作条例 art. 32."""
    petition = claim.petition
    check_may(by, Action.CLAIM_ANSWER, petition)
    _check_handling(petition)
    texts = {"facts": clean(facts), "opinion": clean(opinion), "basis": clean(basis), "remedy": clean(remedy)}
    _check_short_enough(texts)

    # The petition's row is held, so that no reply leaves between the look at its state and the writing.
    still = Petition.objects.select_for_update().filter(pk=petition.pk, state=PetitionState.HANDLING)
    held = still.first()
    if held is None:
        raise overtaken()
    petition.draft_state = held.draft_state
    fields = {**texts, "outcome": outcome or "", "answered_at": at, "answered_by_id": by.staff_id}
    Claim.objects.filter(pk=claim.pk).update(**fields)
    for name, value in fields.items():
        setattr(claim, name, value)
    drafting.take_back(petition)
    told = {"claim": claim.number, "outcome": outcome}
    ledger.append(EventKind.CLAIM_ANSWERED, petition, by=by, at=at, body_id=petition.body_id, facts=told)
    return claim


def _check_handling(petition: Petition) -> None:
    if petition.state != PetitionState.HANDLING:
        raise IllegalMove(
            N_("只有办理中的信访事项可以填写答复。"),
            rule="petition.handling",
            article="信访工作条例 art. 32",
            remedy=N_("请查看该事项现在的状态。"),
        )


def _check_short_enough(texts: dict[str, str]) -> None:
    fields = {name: N_("不超过 20000 字。") for name, text in texts.items() if len(text) > ANSWER_MAX}
    if fields:
        raise Incomplete(N_("内容太长，没有保存。"), fields=fields)


@transaction.atomic
def reply_send(*, petition: Petition, by: Officer, at: datetime, execute_by: date | None = None) -> Reply:
    """Send the reply, of a request the written handling opinion (处理意见书): every claim on every part. art. 32, 34.

    `execute_by` is the last day for carrying out what is supported, 30 days if not named. An officer sends what the
    head approved; the head's sending approves. Raises Incomplete naming each part that
    is missing. The clock of this kind of matter is met now, early or late.
    """
    check_may(by, Action.REPLY_SEND, petition)
    move = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.REPLIED, action="reply_send"
    )
    change_state(petition, move, replied_at=at)  # first: from here no draft can change beneath the check
    kind = PetitionKind(petition.kind)
    reply.check_complete(drafting.draft_of(petition), kind)
    drafting.approved_to_leave(petition, by=by, at=at)

    objecting.right_end(petition, at=at)
    meet(petition, reply.MET_BY_REPLY[kind], at=at)
    meet(petition, Clock.NOTICE, at=at)
    assert petition.handling_unit_id is not None  # no petition is handled without a unit
    sent = Reply.objects.create(
        petition=petition,
        number=petition.round,
        unit_id=petition.handling_unit_id,
        sent_at=at,
        sent_by_id=by.staff_id,
    )
    outcomes = answers_freeze(sent, petition)
    reindex(petition)
    ledger.append(
        EventKind.REPLY_SENT, petition, by=by, at=at, body_id=petition.body_id, facts={"outcomes": outcomes}
    )
    executing.execution_open(petition=petition, due_on=execute_by, by=by, at=at)
    outbox.put("reply_sent", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return sent


def answers_freeze(reply: Reply, petition: Petition) -> list[str]:
    """Keep each claim's answer as it leaves; the outcomes, in the order of the claims."""
    claims = list(petition.claims.all())
    ReplyAnswer.objects.bulk_create(
        ReplyAnswer(reply=reply, claim=claim, **{part: getattr(claim, part) for part in ANSWER_PARTS})
        for claim in claims
    )
    return [claim.outcome for claim in claims]


@transaction.atomic
def reply_serve(*, petition: Petition, how: ServedHow, by: HasActor, at: datetime) -> Reply:
    """Record that the reply reached the person; of a request, their 30 days for a review start. 信访工作条例 art. 35.

    The person's own reading serves it; staff record hand or post with what proves it.
    """
    if isinstance(by, Officer):
        check_may(by, Action.REPLY_SERVE, petition)
    elif by.actor.kind != ActorKind.PETITIONER or how is not ServedHow.PAGE:
        raise IllegalMove(N_("送达方式不符。"), rule="reply.serve")
    move = lifecycle.LIFECYCLE.check(PetitionState(petition.state), PetitionState.SETTLED)
    window = _review_window(petition, served_on=official_date(at))

    change_state(petition, move, settled_at=at)
    Reply.objects.filter(petition=petition, number=petition.round).update(
        served_at=at, served_how=how, review_due_on=window.due_on if window else None
    )
    facts: dict[str, object] = {"how": how}
    if window is not None:
        clock_row(petition, window).save(force_insert=True)
        facts["review_due_on"] = window.due_on.isoformat()
    ledger.append(EventKind.REPLY_SERVED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return petition.replies.latest("number")


def _review_window(petition: Petition, *, served_on: date) -> deadlines.Due | None:
    """The 30 days in which a review can be asked for; none for a suggestion or an enquiry."""
    if petition.kind not in reply.REVIEWABLE:
        return None
    calendar = calendars.calendar_for(petition.body_id, years=range(served_on.year, served_on.year + 2))
    return deadlines.review_window(reply_received_on=served_on, calendar=calendar)
