"""What the workbench shows of the answer: each claim with its draft, what is still missing, and whose turn it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from huiying.petitions.actions import drafting
from huiying.petitions.models import Claim, DraftStep, Petition, Reply, ReplyAnswer
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.permissions import Action
from huiying.rules.reply import OWED, ReplyPart, missing_parts
from huiying.web.console.access import OfficerRequest
from huiying.web.console.petitions.beside import beside

ROWS = {ReplyPart.FACTS: 5, ReplyPart.OPINION: 3, ReplyPart.BASIS: 2, ReplyPart.REMEDY: 2}
MOST_STEPS = 20
IN_WRITING = frozenset({DraftState.WRITING, DraftState.RETURNED})


def answering_panel(
    request: OfficerRequest, petition: Petition, claims: Sequence[Claim]
) -> Mapping[str, object]:
    """The draft with its state; of a matter that is not being handled only what was answered."""
    kind, state = PetitionKind(petition.kind), DraftState(petition.draft_state)
    handled = petition.state == PetitionState.HANDLING
    missing = missing_parts(drafting.draft_of(petition, claims), kind)
    may = _acts(request, petition, state, complete=not missing) if handled else {}
    held = beside(request, petition)
    steps = _steps(petition) if handled and DraftStep in held else ()
    reply = petition.replies.order_by("number").last() if Reply in held else None
    return {
        "reply": reply,
        "answer": {
            "parts": parts_of(kind),
            "asks_outcome": ReplyPart.OUTCOME in OWED[kind],
            "outcomes": [(outcome.value, outcome.label) for outcome in ClaimOutcome],
            "meanings": [(outcome.label, outcome.meaning) for outcome in ClaimOutcome],
            "lacking": {c.number: [m.part for m in missing if m.claim == str(c.number)] for c in claims},
            "missing": [(m.claim, m.part.label_in(kind)) for m in missing],
            "state": state,
            "handled": handled,
            "said": _said(claims, reply),
            "may": may,
            "steps": steps,
        },
    }


def given_now(petition: Petition) -> list[ReplyAnswer]:
    """What the counter answered on the spot, for the receipt; nothing of what a unit answered."""
    if petition.assigned_at is not None:
        return []
    rows = ReplyAnswer.objects.filter(reply__petition=petition, reply__number=petition.round)
    return list(rows.select_related("claim").order_by("claim__number"))


def _steps(petition: Petition) -> list[DraftStep]:
    """The steps of the present round, newest first."""
    steps = petition.draft_steps.filter(round=petition.round).select_related("taken_by")
    return list(steps.order_by("-id")[:MOST_STEPS])


def _said(claims: Sequence[Claim], reply: Reply | None) -> dict[int, Claim | ReplyAnswer | None]:
    """What the latest reply said, by the claim's number; an imported reply has it at the claim itself."""
    given = {row.claim_id: row for row in reply.answers.all()} if reply else {}
    return {claim.number: given.get(claim.pk, claim) if reply else None for claim in claims}


def parts_of(kind: PetitionKind) -> list[dict[str, Any]]:
    """The written parts of an answer in their order; those that this kind does not owe may be left out."""
    owed = OWED[kind]
    shown = [part for part in ROWS if part in owed or part in (ReplyPart.FACTS, ReplyPart.BASIS)]
    return [
        {"name": part.value, "label": part.label_in(kind), "rows": ROWS[part], "owed": part in owed}
        for part in shown
    ]


def _acts(
    request: OfficerRequest, petition: Petition, state: DraftState, *, complete: bool
) -> dict[str, bool]:
    """Which buttons are offered: by the grants, and by how far the draft is."""
    officer, unit = request.officer, petition.handling_unit_id
    head = officer.can(Action.DRAFT_APPROVE, unit_id=unit)
    sends = complete and officer.can(Action.REPLY_SEND, unit_id=unit)
    return {
        "see": officer.can(Action.CLAIM_ANSWER, unit_id=unit),
        "submit": complete and state in IN_WRITING and officer.can(Action.DRAFT_SUBMIT, unit_id=unit),
        "decide": head and state is DraftState.SUBMITTED,
        "send": sends and (head or state is DraftState.APPROVED),
        "approves": head and state is not DraftState.APPROVED,
    }
