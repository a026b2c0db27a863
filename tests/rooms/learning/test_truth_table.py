"""Role × state × action of the learning room."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from huiying.learning import actions
from huiying.learning.models import ChangeState, CorrectiveAction, FindingKind
from huiying.registry.officers import Officer
from huiying.rules.lifecycle import CorrectiveState, EvaluationState
from huiying.rules.refusals import Refusal
from tests.cast import QINGXI_PEOPLE, Cast
from tests.rooms.learning import scenes

PEOPLE = [*QINGXI_PEOPLE, "outside_leader", "outside_clerk", "outside_officer"]
E, C = EvaluationState, CorrectiveState
AT = scenes.OPENED + timedelta(days=6)
ON_EVALUATION: dict[str, tuple[set[EvaluationState], set[str]]] = {
    "evaluation_refresh": ({E.OPEN}, {"planner"}),
    "evaluation_summarise": ({E.OPEN}, {"planner"}),
    "finding_record": ({E.OPEN}, {"planner"}),
    "evaluation_adopt": ({E.OPEN}, {"leader", "deputy_leader"}),
    "corrective_order": ({E.OPEN, E.ADOPTED}, {"planner"}),
    "change_propose": ({E.OPEN, E.ADOPTED}, {"planner"}),
}
# The corrective action of the scene belongs to the press officer.
ON_CORRECTIVE: dict[str, tuple[set[CorrectiveState], set[str]]] = {
    "corrective_done": ({C.OPEN, C.RETURNED}, {"press_officer"}),
    "corrective_verify": ({C.DONE}, {"supervisor"}),
    "corrective_return": ({C.DONE}, {"supervisor"}),
}
APART = {"evaluation_open": {"planner"}, "change_draft": {"planner"}}
CORRECTIVES: dict[CorrectiveState, Callable[[Cast], CorrectiveAction]] = {
    C.OPEN: scenes.ordered,
    C.DONE: scenes.handed_in,
    C.RETURNED: scenes.sent_back,
    C.VERIFIED: scenes.verified,
}


def test_every_action_and_every_state_stands_in_the_table() -> None:
    assert {*ON_EVALUATION, *ON_CORRECTIVE, *APART} == set(actions.__all__)
    assert set(CORRECTIVES) == set(CorrectiveState)
    assert {state for states, _ in ON_EVALUATION.values() for state in states} == set(EvaluationState)


def tried(act: Callable[[Officer], object], by: Officer, *, lawful: bool) -> None:
    """Do it and take it back, or see it refused."""
    with transaction.atomic():
        if lawful:
            act(by)
        else:
            with pytest.raises(Refusal):
                act(by)
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", list(EvaluationState))
def test_only_the_named_people_write_an_evaluation(cast: Cast, state: EvaluationState) -> None:
    evaluation = scenes.opened(cast)
    finding = scenes.gap(cast, evaluation)
    actions.evaluation_summarise(evaluation=evaluation, summary="总结。", by=cast.planner, at=scenes.OPENED)
    if state is E.ADOPTED:
        actions.evaluation_adopt(evaluation=evaluation, by=cast.leader, at=scenes.OPENED)
    owner = cast.staff["press_officer"]
    given: dict[str, dict[str, object]] = {
        "evaluation_refresh": {"evaluation": evaluation},
        "evaluation_summarise": {"evaluation": evaluation, "summary": "再写。"},
        "finding_record": {"evaluation": evaluation, "kind": FindingKind.GAP, "text": "不足。"},
        "evaluation_adopt": {"evaluation": evaluation},
        "corrective_order": {"finding": finding, "text": "改。", "owner": owner, "due_on": scenes.DUE_ON},
        "change_propose": {"finding": finding, "proposed_text": "新文字。", "reason": "因。"},
    }
    for name, (states, people) in ON_EVALUATION.items():
        for person in PEOPLE:
            evaluation.refresh_from_db()
            tried(
                lambda by, name=name: getattr(actions, name)(**given[name], by=by, at=AT),  # type: ignore[misc]
                cast.officers[person],
                lawful=state in states and person in people,
            )


@pytest.mark.parametrize("state", list(CorrectiveState))
def test_only_the_owner_hands_in_and_only_another_verifies(cast: Cast, state: CorrectiveState) -> None:
    action = CORRECTIVES[state](cast)
    extra = {"corrective_done": {"evidence": "凭据。"}, "corrective_return": {"remark": "还缺。"}}
    for name, (states, people) in ON_CORRECTIVE.items():
        for person in PEOPLE:
            action.refresh_from_db()
            tried(
                lambda by, name=name: getattr(actions, name)(
                    action=action, by=by, at=AT, **extra.get(name, {})
                ),  # type: ignore[misc]
                cast.officers[person],
                lawful=state in states and person in people,
            )


def test_only_the_planner_opens_an_evaluation_and_drafts_a_change(cast: Cast) -> None:
    incident = scenes.ended_incident(cast)
    for person in PEOPLE:
        tried(
            lambda by: actions.evaluation_open(incident=incident, by=by, at=AT),
            cast.officers[person],
            lawful=person in APART["evaluation_open"],
        )
    evaluation = actions.evaluation_open(incident=incident, by=cast.planner, at=AT)
    change = actions.change_propose(
        finding=scenes.gap(cast, evaluation), proposed_text="新文字。", reason="因。", by=cast.planner, at=AT
    )
    for person in PEOPLE:
        change.refresh_from_db()
        assert change.state == ChangeState.PROPOSED
        tried(
            lambda by: actions.change_draft(change=change, by=by, at=AT),
            cast.officers[person],
            lawful=person in APART["change_draft"],
        )
