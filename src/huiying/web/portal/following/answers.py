"""The written answers as they left, round by round and claim by claim, and whether what they promised was done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiying.petitions.models import Claim, Execution, Petition, Reply, ReplyAnswer
from huiying.rules.deadlines import days_left
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.execution import ExecutionState
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import ServedHow
from huiying.rules.reply import REVIEWABLE, ReplyPart
from huiying.rules.words import N_

TITLES = {
    PetitionKind.REQUEST: N_("信访事项处理意见书"),
    PetitionKind.SUGGESTION: N_("对建议意见的答复"),
    PetitionKind.ENQUIRY: N_("对咨询的答复"),
    PetitionKind.ACCUSATION: N_("答复"),
}
TEXTS = (ReplyPart.FACTS, ReplyPart.OPINION, ReplyPart.BASIS, ReplyPart.REMEDY)


@dataclass(frozen=True, slots=True)
class Carried:
    """The duty to carry out one supported claim, as the person reads it: where it stands, until when, how late."""

    execution: Execution
    state: ExecutionState
    late_days: int


@dataclass(frozen=True, slots=True)
class Answered:
    """One claim with its answer: the outcome, what is written under which heading, and whether it was done."""

    claim: Claim
    outcome: ClaimOutcome | None
    texts: tuple[tuple[str, str], ...]
    carried: Carried | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One written answer as it left."""

    reply: Reply
    number: int
    title: str
    served: ServedHow | None
    claims: tuple[Answered, ...]


def answers_of(petition: Petition, *, today: date) -> tuple[Answer, ...]:
    """Every answer that the person has opened, the newest first; what is not opened is not shown yet."""
    replies = petition.replies.filter(served_at__isnull=False).select_related("unit").order_by("-number")
    given: dict[int, list[ReplyAnswer]] = {}
    for row in (
        ReplyAnswer.objects.filter(reply__petition=petition).select_related("claim").order_by("claim__number")
    ):
        given.setdefault(row.reply_id, []).append(row)
    duties = {(each.claim_id, each.round): each for each in petition.executions.all()}
    kind = PetitionKind(petition.kind)
    return tuple(
        Answer(
            reply=reply,
            number=reply.number,
            title=TITLES[kind],
            served=ServedHow(reply.served_how) if reply.served_how else None,
            claims=tuple(
                _answered(row, kind, duties.get((row.claim_id, reply.number)), today)
                for row in given.get(reply.pk, [])
            ),
        )
        for reply in replies
    )


def _answered(row: ReplyAnswer, kind: PetitionKind, duty: Execution | None, today: date) -> Answered:
    # A review can be asked of the answer to a request alone: a remedy written into another leads nowhere. art. 35.
    parts = [part for part in TEXTS if part is not ReplyPart.REMEDY or kind in REVIEWABLE]
    told = [(part.label_in(kind), getattr(row, part.value)) for part in parts]
    return Answered(
        claim=row.claim,
        outcome=ClaimOutcome(row.outcome) if row.outcome else None,
        texts=tuple((label, text) for label, text in told if text),
        carried=_carried(duty, today) if duty else None,
    )


def _carried(duty: Execution, today: date) -> Carried:
    state = ExecutionState(duty.state)
    late = 0 if state is ExecutionState.VERIFIED else max(0, -days_left(duty.due_on, today))
    return Carried(duty, state, late)


def open_duties(answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
    """What was promised and is not done yet, for the line that says where the matter stands."""
    return [
        {"number": row.claim.number, "due": row.carried.execution.due_on, "late": row.carried.late_days}
        for answer in answers
        for row in answer.claims
        if row.carried and row.carried.state is not ExecutionState.VERIFIED
    ]
