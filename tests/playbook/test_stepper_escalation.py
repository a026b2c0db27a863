"""An order nobody answers goes on from role to role, and never back; what stops an order keeps it where it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.playbook.compiler import PlanNotRunnable, compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.happenings import (
    Activated,
    Ended,
    StepAcknowledged,
    StepDone,
    StepRefused,
    StepSent,
)
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.stepper import Situation, StepStatus, advance
from huiying.playbook.yaml_form import read, write
from tests.playbook.small import SMALL, changed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
VERIFY = "{id: verify, title: 核实, who: duty, within: 30 分钟, of: reported, acknowledge_within: 5 分钟}"
DEPUTY = "      - {id: deputy, title: 副手, post_kind: officer, alternates: [duty]}\n"
ROLES = "leading_group\n        alternates: [duty]\n"


def plan(escalation: str) -> PlanDocument:
    """The small plan with a third role, and with that said of the step `verify`."""
    text = changed(ROLES, ROLES + DEPUTY)
    return read(changed(VERIFY, VERIFY.replace("}", f", {escalation}}}"), text))


BOOK = compile_plan(
    plan("escalate_after: 10 分钟, escalate_to: [head, deputy]"),
    level=ResponseLevel.III,
    facets=["injured"],
)
SENT = StepSent("verify", NOON)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def at(minutes: float, *events, book=BOOK) -> Situation:
    return advance(book, [Activated(NOON), *events], after(minutes))


def asked(picture: Situation, step: str = "verify"):
    state = picture.state(step)
    return state.asked and state.asked.id, state.asked_since


def test_before_an_order_goes_out_the_steps_own_role_is_the_one_to_ask():
    assert asked(at(3)) == ("duty", NOON)


@pytest.mark.parametrize(
    ("minutes", "role", "since"),
    [(9.9, "duty", 0), (10, "head", 10), (19.9, "head", 10), (20, "deputy", 20), (600, "deputy", 20)],
)
def test_an_order_nobody_answers_goes_on_to_one_role_after_another(minutes, role, since):
    assert asked(at(minutes, SENT)) == (role, after(since))


def test_what_has_gone_on_is_listed():
    assert at(9, SENT).escalated == ()
    assert [state.step.id for state in at(12, SENT).escalated] == ["verify"]


def test_whoever_acknowledges_stops_it_and_then_nobody_is_asked():
    answered = at(60, SENT, StepAcknowledged("verify", after(13)))
    assert asked(answered) == (None, None)
    assert answered.state("verify").rung == 1


def test_after_a_refusal_the_own_role_is_asked_for_another_person_and_the_ladder_begins_anew():
    refused = [SENT, StepRefused("verify", after(13), "正在送医")]
    assert asked(at(14, *refused)) == ("duty", after(13))
    again = [*refused, StepSent("verify", after(15), attempt=2)]
    assert asked(at(16, *again)) == ("duty", after(15))
    assert asked(at(25, *again)) == ("head", after(25))


def test_the_next_instant_to_look_again_is_when_an_order_goes_on():
    acknowledged = StepAcknowledged("report", NOON), StepAcknowledged("relieve", NOON)
    assert at(6, SENT, *acknowledged).next_at == after(10)
    assert at(10, SENT, *acknowledged).next_at == after(20)
    assert at(20.5, SENT, *acknowledged).state("verify").escalates_at is None
    assert at(20.5, SENT, *acknowledged).next_at == after(30)


def test_without_a_time_of_its_own_an_order_goes_on_when_it_should_have_been_acknowledged():
    book = compile_plan(plan("escalate_to: [head]"), level=ResponseLevel.IV)
    assert book.step("verify").escalate_after == timedelta(minutes=5)
    assert asked(at(5, SENT, book=book)) == ("head", after(5))


def test_an_order_goes_on_to_each_role_once_and_never_to_the_one_who_had_it():
    book = compile_plan(
        plan("escalate_after: 10 分钟, escalate_to: [duty, head, head]"), level=ResponseLevel.IV
    )
    assert [role.id for role in book.step("verify").escalate_to] == ["head"]


def test_a_role_to_go_on_to_that_does_not_exist_cannot_run():
    with pytest.raises(PlanNotRunnable) as refused:
        compile_plan(plan("escalate_after: 10 分钟, escalate_to: [nobody]"), level=ResponseLevel.IV)
    assert refused.value.rule == "unknown-reference"


def test_the_end_of_the_response_stops_the_order_where_it_is():
    stopped = at(300, SENT, Ended(after(15))).state("verify")
    assert (stopped.status, stopped.rung, stopped.asked) == (StepStatus.STOPPED, 1, None)


def test_what_a_step_uses_and_what_runs_beside_it_comes_along():
    doc = plan("uses: [res-1], beside: [report, treat]")
    assert compile_plan(doc, level=ResponseLevel.IV).step("verify").uses == ("res-1",)
    assert compile_plan(doc, level=ResponseLevel.IV).step("verify").beside == ("report",)
    injured = compile_plan(doc, level=ResponseLevel.IV, facets=["injured"])
    assert injured.step("verify").beside == ("report", "treat")


def test_the_types_of_the_incident_are_known_apart_from_its_circumstances():
    text = changed(
        "- {id: injured, title: 有人受伤}",
        "- {id: injured, title: 有人受伤}\n  - {id: flood, title: 积水, kind: incident_type}",
    )
    book = compile_plan(read(text), level=ResponseLevel.IV, facets=["injured", "flood", "unheard-of"])
    assert book.incident_types == ("flood",)


def test_a_branch_for_a_type_of_incident_opens_for_that_type_alone():
    text = changed(
        "- {id: injured, title: 有人受伤}", "- {id: injured, title: 有人受伤, kind: incident_type}"
    )
    doc = read(text)
    assert compile_plan(doc, level=ResponseLevel.IV).step("treat") is None
    assert compile_plan(doc, level=ResponseLevel.IV, facets=["injured"]).step("treat")


def test_a_repetition_that_was_ordered_and_is_no_longer_needed_is_shown_as_stopped():
    text = changed("repeat_every: 8 小时", "repeat_every: 8 小时, repeat_until: tell")
    book = compile_plan(read(text), level=ResponseLevel.IV)
    events = [StepDone("relieve", after(1)), StepSent("relieve", after(2), occurrence=2)]
    assert at(5, *events, book=book).state("relieve", 2).status is StepStatus.OPEN
    done = [StepDone("verify", after(3)), StepDone("tell", after(4))]
    assert at(5, *events, *done, book=book).state("relieve", 2).status is StepStatus.STOPPED
    assert at(5, events[0], *done, book=book).state("relieve", 2) is None


minutes = st.integers(0, 200)
steps = st.sampled_from([*(step.id for step in BOOK.steps), "verify", "verify", "nowhere"])
counts = st.integers(1, 3)
histories = st.lists(
    st.one_of(
        st.builds(StepSent, steps, minutes.map(after), counts, counts),
        st.builds(StepAcknowledged, steps, minutes.map(after), counts, counts),
        st.builds(lambda s, m, o, a: StepRefused(s, after(m), "不在", o, a), steps, minutes, counts, counts),
        st.builds(StepDone, steps, minutes.map(after), counts),
        st.builds(lambda m: Activated(after(m)), st.integers(0, 20)),
        st.builds(Ended, minutes.map(after)),
    ),
    max_size=20,
)
_RANK = {StepStatus.WAITING: 0, StepStatus.OPEN: 1, StepStatus.STOPPED: 2, StepStatus.DONE: 3}


@settings(max_examples=80, deadline=None)
@given(histories, minutes, minutes)
def test_time_moves_states_forward_and_an_order_never_goes_back(events, one, other):
    early, late = (advance(BOOK, events, after(m)) for m in sorted((one, other)))
    later = {state.key: state for state in late.states}
    for state in early.states:
        then = later[state.key]
        assert _RANK[then.status] >= _RANK[state.status]
        assert (then.attempt, then.rung) >= (state.attempt, state.rung)
        assert then.late or not state.late or then.status is StepStatus.STOPPED


@settings(max_examples=80, deadline=None)
@given(histories, minutes, st.data())
def test_any_order_of_arrival_and_any_copies_ask_the_same_people(events, now, data):
    shuffled = data.draw(st.permutations([*events, *events]))
    assert advance(BOOK, shuffled, after(now)) == advance(BOOK, events, after(now))


@settings(max_examples=80, deadline=None)
@given(histories, minutes)
def test_somebody_is_asked_exactly_where_an_open_order_lacks_an_answer(events, now):
    for state in advance(BOOK, events, after(now)).states:
        waiting = state.status is StepStatus.OPEN and (
            state.acknowledged_at is None or state.refused_for is not None
        )
        assert (state.asked is not None) == waiting
        assert (state.asked_since is not None) == waiting
        assert state.asked_since is None or state.asked_since <= after(now)
        assert state.escalates_at is None or state.escalates_at > after(now)


@settings(max_examples=80, deadline=None)
@given(histories, minutes)
def test_between_now_and_the_next_instant_nothing_changes_but_the_clock(events, now):
    past = [event for event in events if event.at <= after(now)]
    before = advance(BOOK, past, after(now))
    end = before.next_at or after(now + 60)
    middle = advance(BOOK, past, after(now) + (end - after(now)) / 2)
    assert (middle.states, middle.next_at) == (before.states, before.next_at)


def test_a_plan_with_escalation_printed_read_and_compiled_gives_the_same_playbook():
    doc = plan("uses: [res-1], beside: [report], escalate_after: 10 分钟, escalate_to: [head, deputy]")
    again = read(write(doc))
    assert again == doc
    assert compile_plan(again, level=ResponseLevel.III) == compile_plan(doc, level=ResponseLevel.III)
    assert write(read(SMALL)) == write(read(write(read(SMALL))))
