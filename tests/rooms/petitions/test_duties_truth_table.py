"""Role × state × action for what stands beside the answer: who may, from where, and everyone else not.

The same words as in the petitions' own table: "yes", "state" (the role may, the state does not), "no", "not there".
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from huiying.petitions import actions
from huiying.petitions.actions.classifying import Classing
from huiying.petitions.models import (
    Execution,
    Extension,
    FollowUp,
    Objection,
    Petition,
    RetaliationReport,
    SpamMark,
)
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.matters import RatedSide, RatingScore, RecusalGround
from huiying.rules.refusals import IllegalMove, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import IN_STATE, MONDAY
from tests.rooms.petitions.test_truth_table import STAFF, UNIT_STATES

S = PetitionState
Act = Callable[[Cast, Petition, Officer], object]
LATER = MONDAY + timedelta(hours=1)
WHOLE_BODY = {"clerk", "supervisor"}


def _ask(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.extension_ask(petition=petition, days=10, reason="复杂", by=by, at=MONDAY)


def _raise(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.objection_raise(petition=petition, reason="不属", by=by, at=MONDAY)


def _reopen(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.petition_reopen(petition=petition, reason="新情况", by=by, at=LATER)


def _spam(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.spam_propose(petition=petition, reason="推销", by=by, at=MONDAY)


def _classify(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.petition_classify(petition=petition, classing=Classing(), by=by, at=MONDAY)


def _recuse(cast: Cast, petition: Petition, by: Officer) -> object:
    staff = cast.staff["officer_works"]
    return actions.petition_recuse(
        petition=petition, staff=staff, ground=RecusalGround.INTEREST, by=by, at=MONDAY
    )


ALL = set(PetitionState) - {S.CONCLUDED}
# action → (who may, from which states)
TABLE: dict[Act, tuple[set[str], set[PetitionState]]] = {
    _ask: ({"officer_works", "head_works"}, {S.HANDLING}),
    _raise: ({"officer_works", "head_works"}, {S.HANDLING}),
    _reopen: ({"clerk"}, {S.SETTLED}),
    _spam: ({"clerk"}, {S.RECEIVED, S.REGISTERED}),
    _classify: ({"clerk", "supervisor"}, ALL),
    _recuse: ({"clerk", "supervisor", "head_works"}, ALL),
}


def expected(act: Act, who: str, state: PetitionState) -> str:
    """What the table says about one cell."""
    may, states = TABLE[act]
    if who.startswith("outside"):
        return "not there"
    if who not in may or (who not in WHOLE_BODY and state not in UNIT_STATES):
        return "no"
    return "yes" if state in states else "state"


def happened(act: Act, cast: Cast, petition: Petition, by: Officer) -> str:
    """What the product says about the same cell."""
    try:
        act(cast, petition, by)
    except NotThere:
        return "not there"
    except NotPermitted:
        return "no"
    except (IllegalMove, Overtaken, Refusal):
        return "state"
    return "yes"


@pytest.mark.parametrize("state", IN_STATE)
@pytest.mark.parametrize("act", TABLE)
def test_every_role_in_every_state_gets_what_the_table_says(
    cast: Cast, act: Act, state: PetitionState
) -> None:
    allowed, petition = None, IN_STATE[state](cast)
    for who in STAFF:
        wanted = expected(act, who, state)
        if wanted == "yes":
            allowed = who  # at the end, since it changes the state
            continue
        assert happened(act, cast, petition, getattr(cast, who)) == wanted, (who, state)
    if allowed:
        assert happened(act, cast, petition, getattr(cast, allowed)) == "yes"


# What follows acts on a row of its own, which stands ready in its first state.
def _extension(cast: Cast) -> Extension:
    return actions.extension_ask(
        petition=IN_STATE[S.HANDLING](cast), days=5, reason="复杂", by=cast.officer_works, at=MONDAY
    )


def _objection(cast: Cast) -> Objection:
    return actions.objection_raise(
        petition=IN_STATE[S.HANDLING](cast), reason="不属", by=cast.officer_works, at=MONDAY
    )


def _execution(cast: Cast) -> Execution:
    found = IN_STATE[S.REPLIED](cast).executions.first()
    assert found is not None
    return found


def _reported(cast: Cast) -> Execution:
    return actions.execution_report(
        execution=_execution(cast), report="已做", by=cast.officer_works, at=MONDAY
    )


def _mark(cast: Cast) -> SpamMark:
    return actions.spam_propose(
        petition=IN_STATE[S.RECEIVED](cast), reason="推销", by=cast.second_clerk, at=MONDAY
    )


def _follow_up(cast: Cast) -> FollowUp:
    scores = dict.fromkeys(RatedSide, RatingScore.DISSATISFIED)
    petition = IN_STATE[S.SETTLED](cast)
    actions.petition_rate(petition=petition, scores=scores, at=MONDAY)
    return petition.follow_ups.latest("id")


def _report(cast: Cast) -> RetaliationReport:
    return actions.retaliation_report(petition=IN_STATE[S.HANDLING](cast), text="威胁", at=MONDAY)


# name → (how the row is made, the act, who may)
ROWS: dict[str, tuple[Callable[[Cast], object], Callable[..., object], set[str]]] = {
    "extension_approve": (
        _extension,
        lambda row, by: actions.extension_approve(extension=row, by=by, at=MONDAY),
        {"head_works"},
    ),
    "extension_refuse": (
        _extension,
        lambda row, by: actions.extension_refuse(extension=row, words="不必", by=by, at=MONDAY),
        {"head_works"},
    ),
    "objection_agree": (
        _objection,
        lambda row, by: actions.objection_agree(objection=row, by=by, at=MONDAY),
        {"clerk"},
    ),
    "objection_refuse": (
        _objection,
        lambda row, by: actions.objection_refuse(objection=row, words="属", by=by, at=MONDAY),
        {"clerk"},
    ),
    "execution_report": (
        _execution,
        lambda row, by: actions.execution_report(execution=row, report="已做", by=by, at=MONDAY),
        {"officer_works", "head_works"},
    ),
    "execution_verify": (
        _reported,
        lambda row, by: actions.execution_verify(execution=row, by=by, at=MONDAY),
        {"clerk", "supervisor"},
    ),
    "execution_return": (
        _reported,
        lambda row, by: actions.execution_return(execution=row, verdict="没做", by=by, at=MONDAY),
        {"clerk", "supervisor"},
    ),
    "spam_confirm": (
        _mark,
        lambda row, by: actions.spam_confirm(mark=row, by=by, at=MONDAY),
        {"supervisor"},
    ),
    "spam_lift": (_mark, lambda row, by: actions.spam_lift(mark=row, by=by, at=MONDAY), {"supervisor"}),
    "follow_up_close": (
        _follow_up,
        lambda row, by: actions.follow_up_close(follow_up=row, words="已办", by=by, at=MONDAY),
        {"clerk", "supervisor"},
    ),
    "retaliation_answer": (
        _report,
        lambda row, by: actions.retaliation_answer(report=row, answer="已办", by=by, at=MONDAY),
        {"supervisor"},
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_every_role_gets_what_the_row_says_and_nothing_twice(cast: Cast, name: str) -> None:
    made, act, may = ROWS[name]
    row = made(cast)

    def tried(_cast: Cast, _petition: Petition, by: Officer) -> object:
        return act(row, by)

    petition: Petition = row.petition  # type: ignore[attr-defined]
    for who in STAFF:
        if who in may:
            continue
        wanted = {"not there"} if who.startswith("outside") else {"no", "state"}
        assert happened(tried, cast, petition, getattr(cast, who)) in wanted, who
    doer = getattr(cast, sorted(may)[0])
    assert happened(tried, cast, petition, doer) == "yes"
    assert happened(tried, cast, petition, doer) == "state", "the first one counts"


def test_every_action_beside_the_answer_has_its_row() -> None:
    from huiying.rules import lifecycle

    machines = (
        lifecycle.EXTENSION,
        lifecycle.OBJECTION,
        lifecycle.EXECUTION,
        lifecycle.SPAM,
        lifecycle.FOLLOW_UP,
        lifecycle.RETALIATION,
    )
    moves = {move.action for machine in machines for move in machine.moves}
    assert moves - set(ROWS) == {"spam_appeal"}, "which is the holder's alone"
