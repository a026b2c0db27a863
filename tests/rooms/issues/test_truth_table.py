"""Role × state × action for causes and warnings."""

from collections.abc import Callable

import pytest

from huiying.issues import actions
from huiying.issues.models import EarlyWarning, Issue
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.issue import IssueState
from huiying.rules.lifecycle.warning import LIFECYCLE, WarningState
from huiying.rules.refusals import IllegalMove, NotPermitted, NotThere, Overtaken
from tests.cast import Cast
from tests.rooms.issues.test_issues import cause, matters, warned
from tests.rooms.petitions.matters import MONDAY

W = WarningState
Act = Callable[[EarlyWarning, Officer], object]


def _verify(warning: EarlyWarning, by: Officer) -> object:
    return actions.warning_verify(warning=warning, words="属实", by=by, at=MONDAY)


def _confirm(warning: EarlyWarning, by: Officer) -> object:
    return actions.warning_confirm(warning=warning, by=by, at=MONDAY)


def _dismiss(warning: EarlyWarning, by: Officer) -> object:
    return actions.warning_dismiss(warning=warning, words="已解决", by=by, at=MONDAY)


def _lift(warning: EarlyWarning, by: Officer) -> object:
    return actions.warning_lift(warning=warning, words="已解决", by=by, at=MONDAY)


VERIFIERS = {"supervisor", "duty_officer", "second_duty_officer"}
LEADERS = {"leader", "deputy_leader"}
# action → state → who may
TABLE: dict[Act, dict[WarningState, set[str]]] = {
    _verify: {W.PROPOSED: VERIFIERS},
    _confirm: {W.VERIFIED: LEADERS},
    _dismiss: {W.PROPOSED: VERIFIERS, W.VERIFIED: LEADERS},
    _lift: {W.CONFIRMED: LEADERS},
}
# Whom the action is for at all; in a state where it is not open they are told so, everyone else may not.
ROLES = {_verify: VERIFIERS, _confirm: LEADERS, _dismiss: LEADERS, _lift: LEADERS}


def in_state(cast: Cast, state: WarningState) -> EarlyWarning:
    """A warning that stands there, by the shortest lawful way."""
    warning = warned(cast)
    if state in (W.VERIFIED, W.CONFIRMED, W.LIFTED):
        _verify(warning, cast.duty_officer)
    if state in (W.CONFIRMED, W.LIFTED):
        _confirm(warning, cast.leader)
    if state is W.LIFTED:
        _lift(warning, cast.leader)
    if state is W.DISMISSED:
        _dismiss(warning, cast.supervisor)
    return warning


def happened(act: Act, warning: EarlyWarning, by: Officer) -> str:
    """What the product says."""
    try:
        act(warning, by)
    except NotThere:
        return "not there"
    except NotPermitted:
        return "no"
    except (IllegalMove, Overtaken):
        return "state"
    return "yes"


def expected(act: Act, state: WarningState, who: str) -> str:
    """What the table says."""
    if who.startswith("outside"):
        return "not there"
    if who in TABLE[act].get(state, set()):
        return "yes"
    asked = TABLE[act].get(state) or ROLES[act]
    return "state" if state not in TABLE[act] and who in asked else "no"


@pytest.mark.parametrize("state", list(WarningState))
@pytest.mark.parametrize("act", TABLE)
def test_every_role_in_every_state_gets_what_the_table_says(
    cast: Cast, act: Act, state: WarningState
) -> None:
    warning, allowed = in_state(cast, state), ""
    for who, officer in cast.officers.items():
        wanted = expected(act, state, who)
        if wanted == "yes":
            allowed = who  # at the end, since it changes the state
            continue
        assert happened(act, warning, officer) == wanted, (who, state)
    if allowed:
        assert happened(act, warning, cast.officers[allowed]) == "yes"


def test_every_move_of_a_warning_has_its_row() -> None:
    rows = {act.__name__.replace("_", "warning_", 1) for act in TABLE}
    assert {move.action for move in LIFECYCLE.moves} == rows


def _open(cast: Cast, issue: Issue, by: Officer) -> object:
    return cause(cast, by)


def _tie(cast: Cast, issue: Issue, by: Officer) -> object:
    return actions.issue_tie(issue=issue, petitions=matters(cast, 1), by=by, at=MONDAY)


def _untie(cast: Cast, issue: Issue, by: Officer) -> object:
    return actions.issue_untie(issue=issue, petition=matters(cast, 1)[0], by=by, at=MONDAY)


def _propose(cast: Cast, issue: Issue, by: Officer) -> object:
    actions.issue_tie(issue=issue, petitions=matters(cast, 5), by=cast.clerk, at=MONDAY)
    return actions.warning_propose(issue=issue, by=by, at=MONDAY)


def _close(cast: Cast, issue: Issue, by: Officer) -> object:
    return actions.issue_close(issue=issue, words="已疏通", by=by, at=MONDAY)


TIERS = {"clerk", "second_clerk", "supervisor"}


@pytest.mark.parametrize("act", [_open, _tie, _untie, _propose, _close])
def test_only_the_petition_office_and_supervision_work_on_a_cause(
    cast: Cast, act: Callable[..., object]
) -> None:
    for who, officer in cast.officers.items():
        issue = cause(cast)
        if who in TIERS:
            act(cast, issue, officer)
            continue
        with pytest.raises(NotThere if who.startswith("outside") else NotPermitted):
            act(cast, issue, officer)


@pytest.mark.parametrize("act", [_tie, _propose, _close])
def test_a_closed_cause_takes_nothing_more(cast: Cast, act: Callable[..., object]) -> None:
    issue = cause(cast)
    actions.issue_close(issue=issue, words="已疏通", by=cast.clerk, at=MONDAY)
    assert issue.state == IssueState.CLOSED
    with pytest.raises(IllegalMove):
        act(cast, issue, cast.clerk)
