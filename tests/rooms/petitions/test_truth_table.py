"""Role × state × action for petitions: who may, from where, and everyone else not.

"yes": it happens. "state": the role may, the state does not. "no": the role may not, in any state.
"""

from collections import defaultdict
from collections.abc import Callable

import pytest

from huiying.petitions import actions
from huiying.petitions.models import Petition
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.matters import ServedHow
from huiying.rules.refusals import IllegalMove, NotPermitted, NotThere, Overtaken
from tests.cast import Cast
from tests.rooms.petitions.matters import IN_STATE, MONDAY, answer_all, approve, submit

S = PetitionState
STAFF = (
    "clerk",
    "officer_works",
    "officer_civil",
    "head_works",
    "head_civil",
    "supervisor",
    "duty_officer",
    "leader",
    "press_officer",
    "planner",
    "store_keeper",
    "auditor",
    "system_admin",
    "security_admin",
    "audit_admin",
    "outside_clerk",
    "outside_officer",
    "outside_leader",
)
Act = Callable[[Cast, Petition, Officer], object]


def _register(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.petition_register(petition=petition, by=by, at=MONDAY)


def _accept(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.petition_accept(petition=petition, by=by, at=MONDAY)


def _decline(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.petition_decline(petition=petition, reason="管辖", whereto="法院", by=by, at=MONDAY)


def _refer(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.petition_refer(petition=petition, reason="职责", whereto="水利局", by=by, at=MONDAY)


def _assign(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.petition_assign(petition=petition, unit=cast.units["works"], by=by, at=MONDAY)


def _notify(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.petition_notify(petition=petition, by=by, at=MONDAY)


def _answer(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.claim_answer(
        claim=petition.claims.get(number=1),
        outcome=ClaimOutcome.EXPLAINED,
        facts="事实",
        opinion="意见",
        basis="依据",
        remedy="途径",
        by=by,
        at=MONDAY,
    )


def _send(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.reply_send(petition=petition, by=by, at=MONDAY)


def _submit(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.draft_submit(petition=petition, by=by, at=MONDAY)


def _return(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.draft_return(petition=petition, words="请写明日期", by=by, at=MONDAY)


def _approve(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.draft_approve(petition=petition, by=by, at=MONDAY)


def _serve(cast: Cast, petition: Petition, by: Officer) -> object:
    return actions.reply_serve(petition=petition, how=ServedHow.HAND, by=by, at=MONDAY)


# action → (who may, from which states)
TABLE: dict[Act, tuple[set[str], set[PetitionState]]] = {
    _register: ({"clerk"}, {S.RECEIVED}),
    _accept: ({"clerk"}, {S.REGISTERED}),
    _decline: ({"clerk"}, {S.REGISTERED}),
    _refer: ({"clerk"}, {S.REGISTERED}),
    _assign: ({"clerk"}, {S.ACCEPTED}),
    _notify: ({"officer_works", "head_works"}, {S.HANDLING}),
    _answer: ({"officer_works", "head_works"}, {S.HANDLING}),
    _submit: ({"officer_works", "head_works"}, {S.HANDLING}),
    _return: ({"head_works"}, {S.HANDLING}),
    _approve: ({"head_works"}, {S.HANDLING}),
    _send: ({"officer_works", "head_works"}, {S.HANDLING}),
    _serve: ({"clerk", "officer_works"}, {S.REPLIED}),
}
# How far the draft must be for the act, where the matter is being handled: what each draft state admits has a table of
# its own in test_drafting.
READY: defaultdict[Act, Callable[[Cast, Petition], object]] = defaultdict(lambda: answer_all)
READY |= {_return: submit, _approve: submit, _send: approve}
# Unit roles reach a matter only once it lies in their unit: before that, even the right person may not.
UNIT_STATES = {S.HANDLING, S.REPLIED, S.SETTLED}


def expected(act: Act, who: str, state: PetitionState) -> str:
    """What the table says about one cell."""
    may, states = TABLE[act]
    if who.startswith("outside"):
        return "not there"
    in_unit = who in ("clerk",) or state in UNIT_STATES
    if who not in may or not in_unit:
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
    except (IllegalMove, Overtaken):
        return "state"
    return "yes"


@pytest.mark.parametrize("state", IN_STATE)
@pytest.mark.parametrize("act", TABLE)
def test_every_role_in_every_state_gets_what_the_table_says(
    cast: Cast, act: Act, state: PetitionState
) -> None:
    allowed, petition = None, IN_STATE[state](cast)
    if state == S.HANDLING:
        READY[act](cast, petition)
    for who in STAFF:
        wanted = expected(act, who, state)
        if wanted == "yes":
            allowed = who  # at the end, since it changes the state
            continue
        assert happened(act, cast, petition, getattr(cast, who)) == wanted, (who, state)
    if allowed:
        assert happened(act, cast, petition, getattr(cast, allowed)) == "yes"


def test_every_state_and_every_person_is_in_the_table(cast: Cast) -> None:
    assert set(IN_STATE) == set(PetitionState) - {S.CONCLUDED}
    missing = set(cast.officers) - set(STAFF)
    assert missing == {"second_clerk", "second_duty_officer", "deputy_leader"}  # doubles of listed roles


def test_every_move_of_the_lifecycle_has_its_row() -> None:
    from huiying.rules.lifecycle.petition import LIFECYCLE

    rows = {"petition_register", "petition_accept", "petition_decline", "petition_refer", "petition_assign"}
    rows |= {"reply_send", "reply_serve", "objection_agree", "petition_reopen"}
    rows |= {"enquiry_answer"}  # of enquiries alone: test_answering_on_the_spot has its rows
    rows |= {"petition_withdraw", "petition_resume"}  # these belong to the person alone
    assert {move.action for move in LIFECYCLE.moves} == rows
