"""The draft of a reply on its way through the unit: submitted, returned with words, approved."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from huiying.petitions.gate import check_may
from huiying.petitions.models import Claim, DraftStep, Petition
from huiying.petitions.words import clean
from huiying.records import ledger
from huiying.records.moves import overtaken
from huiying.registry.officers import Officer
from huiying.rules import reply
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import Move, draft
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_

WORDS_MAX = 2_000


@transaction.atomic
def draft_submit(*, petition: Petition, by: Officer, at: datetime) -> Petition:
    """Lay the complete draft before the unit's head (送审). Raises Incomplete naming each part that is missing."""
    check_may(by, Action.DRAFT_SUBMIT, petition)
    move = _move(petition, DraftState.SUBMITTED, action="draft_submit")
    _change(petition, move)  # first: from here an answer that changes takes the draft back
    reply.check_complete(draft_of(petition), PetitionKind(petition.kind))

    _record(petition, EventKind.DRAFT_SUBMITTED, by=by, at=at)
    return petition


@transaction.atomic
def draft_return(*, petition: Petition, words: str, by: Officer, at: datetime) -> Petition:
    """Give the draft back with what to mend (退回修改). Raises Incomplete without words."""
    check_may(by, Action.DRAFT_APPROVE, petition)
    move = _move(petition, DraftState.RETURNED, action="draft_return")
    words = clean(words)
    if not words or len(words) > WORDS_MAX:
        sentence = N_("不超过 2000 字。") if words else N_("请写明要改什么。")
        raise Incomplete(N_("退回时要写明要改什么。"), fields={"words": sentence}, rule="draft.return")

    _change(petition, move)
    _record(petition, EventKind.DRAFT_RETURNED, by=by, at=at, words=words)
    return petition


@transaction.atomic
def draft_approve(*, petition: Petition, by: Officer, at: datetime) -> Petition:
    """Approve the submitted draft (审核同意): from here an officer of the unit may send it."""
    check_may(by, Action.DRAFT_APPROVE, petition)
    move = _move(petition, DraftState.APPROVED, action="draft_approve")

    _change(petition, move)
    _record(petition, EventKind.DRAFT_APPROVED, by=by, at=at)
    return petition


def approved_to_leave(petition: Petition, *, by: Officer, at: datetime) -> None:
    """See that the draft is approved, or approve it now where the sender is the unit's head. Raises IllegalMove.

    Called by `reply_send` within its own transaction, once nothing can change the draft any more.
    """
    petition.refresh_from_db(fields=["draft_state"])
    if petition.draft_state == DraftState.APPROVED:
        return
    if not by.can(Action.DRAFT_APPROVE, unit_id=petition.handling_unit_id):
        raise IllegalMove(
            N_("答复还没有经单位负责人审核同意，不能发出。"),
            rule="draft.approved",
            remedy=N_("请先送审；负责人同意后即可发出。"),
        )
    move = draft.LIFECYCLE.check(DraftState(petition.draft_state), DraftState.APPROVED)
    _write(petition, move, PetitionState.REPLIED)
    _record(petition, EventKind.DRAFT_APPROVED, by=by, at=at)


def take_back(petition: Petition) -> None:
    """An answer has changed: what was submitted or approved is no longer what was read. The caller holds the row."""
    if petition.draft_state in (DraftState.SUBMITTED, DraftState.APPROVED):
        state = DraftState(petition.draft_state)
        move = draft.LIFECYCLE.check(state, DraftState.WRITING, action="claim_answer")
        _write(petition, move, PetitionState.HANDLING)


def draft_of(petition: Petition, claims: Iterable[Claim] | None = None) -> list[reply.ClaimAnswer]:
    """The draft as the rules read it, claim by claim; `claims` where they have been read already."""
    return [
        reply.ClaimAnswer(
            claim=str(claim.number),
            outcome=ClaimOutcome(claim.outcome) if claim.outcome else None,
            facts=claim.facts,
            opinion=claim.opinion,
            basis=claim.basis,
            remedy=claim.remedy,
        )
        for claim in (petition.claims.all() if claims is None else claims)
    ]


def _move(petition: Petition, to: DraftState, *, action: str) -> Move[DraftState]:
    if petition.state != PetitionState.HANDLING:
        raise IllegalMove(
            N_("只有办理中的信访事项有答复草稿。"),
            rule="petition.handling",
            article=reply.ARTICLE,
            remedy=N_("请查看该事项现在的状态。"),
        )
    return draft.LIFECYCLE.check(DraftState(petition.draft_state), to, action=action)


def _change(petition: Petition, move: Move[DraftState]) -> None:
    _write(petition, move, PetitionState.HANDLING)


def _write(petition: Petition, move: Move[DraftState], state: PetitionState) -> None:
    """Move the draft only where both the matter and the draft still stand as they were read."""
    rows = Petition.objects.filter(pk=petition.pk, state=state, draft_state=move.frm)
    if not rows.update(draft_state=move.to):
        raise overtaken()
    petition.draft_state = move.to


def _record(petition: Petition, kind: EventKind, *, by: Officer, at: datetime, words: str = "") -> None:
    DraftStep.objects.create(
        petition=petition,
        round=petition.round,
        state=petition.draft_state,
        words=words,
        taken_at=at,
        taken_by_id=by.staff_id,
    )
    ledger.append(kind, petition, by=by, at=at, body_id=petition.body_id, facts={"round": petition.round})
