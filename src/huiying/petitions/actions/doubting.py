"""The doubt whether a message is a petition at all (垃圾信息): one proposes, another looks, the person may object."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.petitions.actions.clocks import stop_all
from huiying.petitions.gate import check_may
from huiying.petitions.holders import holder_actor, letter_to
from huiying.petitions.models import Petition, SpamMark
from huiying.petitions.words import needed
from huiying.records import ledger, outbox
from huiying.records.moves import change_state, overtaken
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.lifecycle.spam import LIFECYCLE, SpamState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, NotPermitted
from huiying.rules.words import N_

BEFORE_DECISION = frozenset({PetitionState.RECEIVED, PetitionState.REGISTERED})


@transaction.atomic
def spam_propose(*, petition: Petition, reason: str, by: Officer, at: datetime) -> SpamMark:
    """Say that a message is no petition, and why. Nothing changes until another person has looked. POLICY."""
    check_may(by, Action.SPAM_PROPOSE, petition)
    if petition.state not in BEFORE_DECISION:
        raise IllegalMove(N_("决定受理以后，不能再认定为垃圾信息。"), rule="spam", remedy=N_("请照常办理。"))
    reason = needed(reason, field="reason", missing=N_("请写明为什么不是信访事项；本人会看到。"))
    try:
        with transaction.atomic():
            mark = SpamMark.objects.create(
                petition=petition,
                body_id=petition.body_id,
                reason=reason,
                proposed_at=at,
                proposed_by_id=by.staff_id,
            )
    except IntegrityError:
        raise overtaken() from None
    ledger.append(EventKind.SPAM_PROPOSED, petition, by=by, at=at, body_id=petition.body_id)
    return mark


@transaction.atomic
def spam_confirm(*, mark: SpamMark, by: Officer, at: datetime) -> SpamMark:
    """Agree, as the second person: it leaves the lists, its clocks stop, its holder is told how to object. POLICY."""
    petition = mark.petition
    check_may(by, Action.SPAM_CONFIRM, petition)
    move = LIFECYCLE.check(SpamState(mark.state), SpamState.CONFIRMED)
    if mark.proposed_by_id == by.staff_id:
        raise NotPermitted(
            N_("提出的人不能自己认定。"), rule="spam.second", remedy=N_("请由另一位督办员复核。")
        )
    if not Petition.objects.select_for_update().filter(pk=petition.pk, state__in=BEFORE_DECISION).exists():
        raise overtaken()

    change_state(mark, move, confirmed_at=at, confirmed_by_id=by.staff_id)
    stop_all(petition, at=at)
    ledger.append(EventKind.SPAM_CONFIRMED, petition, by=by, at=at, body_id=petition.body_id)
    outbox.put("spam_confirmed", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    return mark


@transaction.atomic
def spam_appeal(*, mark: SpamMark, words: str, at: datetime) -> SpamMark:
    """The holder says that it is a petition after all; it is laid before the supervisor again. POLICY."""
    petition = mark.petition
    move = LIFECYCLE.check(SpamState(mark.state), SpamState.APPEALED)
    words = needed(words, field="words", missing=N_("请写一句您要解决什么事。"))

    change_state(mark, move, appeal=words, appealed_at=at)
    ledger.append(
        EventKind.SPAM_APPEALED, petition, by=holder_actor(petition), at=at, body_id=petition.body_id
    )
    return mark


@transaction.atomic
def spam_lift(*, mark: SpamMark, by: Officer, at: datetime) -> SpamMark:
    """Take the doubt back: the matter is in the lists again, and its clocks run on as if they had never stopped.

    The days in between were the body's error and buy it no time.
    """
    petition = mark.petition
    check_may(by, Action.SPAM_CONFIRM, petition)
    move = LIFECYCLE.check(SpamState(mark.state), SpamState.LIFTED)

    change_state(mark, move, lifted_at=at)
    if mark.confirmed_at is not None and petition.state in BEFORE_DECISION:
        petition.clocks.filter(stopped_at=mark.confirmed_at).update(stopped_at=None)
        outbox.put("spam_lifted", petition, to=letter_to(petition), at=at, body_id=petition.body_id)
    ledger.append(EventKind.SPAM_LIFTED, petition, by=by, at=at, body_id=petition.body_id)
    return mark
