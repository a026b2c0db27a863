"""The stepper: one picture for one set of events, whatever their order; nothing early, nothing twice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.playbook.compiler import compile_plan
from huiying.playbook.happenings import Activated, Ended, StepAcknowledged, StepDone, StepRefused, StepSent
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.stepper import Situation, StepStatus, advance
from tests.playbook.small import small

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BOOK = compile_plan(small(), level=ResponseLevel.III, facets=["injured"])
STEPS = [step.id for step in BOOK.steps]


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def at(minutes: float, *events) -> Situation:
    return advance(BOOK, [Activated(NOON, reported_at=after(-10)), *events], after(minutes))


def keys(states) -> list[str]:
    return [state.step.id for state in states]


def test_before_activation_nothing_opens():
    picture = advance(BOOK, [], NOON)
    assert picture.open == ()
    assert not picture.finished


def test_activation_opens_what_waits_for_nothing():
    assert keys(at(0).open) == ["verify", "report", "relieve"]


def test_time_runs_from_the_report_and_not_from_activation_where_the_plan_says_so():
    assert at(0).state("report").due_at == after(50)
    assert at(0).state("relieve").due_at == after(480)


def test_a_step_opens_when_what_it_needs_is_done():
    assert at(5).state("treat").waits_for == ("verify",)
    assert at(5, StepDone("verify", after(3))).state("treat").opened_at == after(3)


def test_what_comes_next_is_what_only_open_steps_hold_back():
    assert keys(at(0).next) == ["treat"]
    assert keys(at(5, StepDone("verify", after(3))).next) == ["meet"]


def test_a_step_is_late_the_moment_after_its_deadline_and_not_before():
    assert "report" in keys(at(50).due)
    assert keys(at(50.1).late) == ["verify", "report"]


def test_what_was_done_late_stays_late():
    assert at(200, StepDone("report", after(60))).state("report").late
    assert not at(200, StepDone("report", after(50))).state("report").late


def test_the_nearest_deadline_comes_first():
    assert keys(at(0).due) == ["verify", "report", "relieve"]


def test_an_order_that_nobody_acknowledges_is_silent_after_its_limit():
    sent = StepSent("verify", after(0))
    assert at(5, sent).silent == ()
    assert keys(at(6, sent).silent) == ["verify"]
    assert at(6, sent, StepAcknowledged("verify", after(4))).silent == ()


def test_a_refused_step_stays_open_and_needs_another_person():
    refused = at(5, StepSent("verify", after(0)), StepRefused("verify", after(2), "正在送医"))
    state = refused.state("verify")
    assert (state.status, state.needs_reassign, state.refused_for) == (StepStatus.OPEN, True, "正在送医")
    assert "verify" in keys(refused.to_send)


def test_a_step_given_to_another_person_waits_for_that_person():
    again = at(
        5,
        StepSent("verify", after(0)),
        StepRefused("verify", after(2), "正在送医"),
        StepSent("verify", after(3), attempt=2),
    )
    state = again.state("verify")
    assert (state.needs_reassign, state.attempt, state.acknowledge_by) == (False, 2, after(8))
    assert "verify" not in keys(again.to_send)


def test_what_is_sent_is_not_sent_again():
    assert "verify" in keys(at(0).to_send)
    assert "verify" not in keys(at(1, StepSent("verify", after(0))).to_send)


def test_a_repeated_step_falls_due_again_after_it_was_done():
    once = at(120, StepDone("relieve", after(100)))
    assert [s.occurrence for s in once.states if s.step.id == "relieve"] == [1, 2]
    assert once.state("relieve", 2).due_at == after(580)


def test_a_repetition_stops_with_the_response():
    ended = at(200, StepDone("relieve", after(100)), Ended(after(150)))
    assert ended.state("relieve", 2).status is StepStatus.STOPPED


def test_a_repetition_stops_when_the_step_that_ends_it_is_done():
    book = compile_plan(
        small("acknowledge_within: 5 分钟, repeat_every: 8 小时", "repeat_every: 8 小时, repeat_until: tell"),
        level=ResponseLevel.IV,
    )
    events = [
        Activated(NOON),
        StepDone("relieve", after(1)),
        StepDone("verify", after(2)),
        StepDone("tell", after(3)),
    ]
    assert advance(book, events[:3], after(5)).state("relieve", 2) is not None
    assert advance(book, events, after(5)).state("relieve", 2) is None


def test_ending_stops_what_was_not_done_and_opens_what_comes_after():
    ended = at(200, StepDone("verify", after(3)), Ended(after(150)))
    assert keys(ended.open) == ["evaluate"]
    assert "report" in keys(ended.stopped)
    assert ended.state("evaluate").due_at == after(150) + timedelta(days=30)
    assert not ended.finished


def test_it_is_finished_when_the_response_ended_and_all_that_follows_is_done():
    assert at(200, Ended(after(150)), StepDone("evaluate", after(180))).finished
    assert not at(200, *(StepDone(step, after(1)) for step in STEPS)).finished


def test_what_has_not_happened_yet_does_not_count():
    assert at(2, StepDone("verify", after(3))).state("verify").status is StepStatus.OPEN


def test_events_about_steps_the_playbook_does_not_have_are_left_aside():
    assert at(5, StepDone("nowhere", after(1)), StepDone("verify", after(1), occurrence=7)) == at(5)


def test_a_change_of_level_keeps_what_was_done():
    events = [Activated(NOON), StepDone("verify", after(3))]
    lower = compile_plan(small(), level=ResponseLevel.IV)
    assert keys(advance(lower, events, after(5)).open) == ["report", "tell", "relieve"]
    assert keys(advance(compile_plan(small(), level=ResponseLevel.III), events, after(5)).waiting) == [
        "tell",
        "evaluate",
    ]


def test_the_next_instant_to_look_again_is_the_nearest_deadline_or_acknowledgement():
    assert at(0).next_at == after(20)
    assert at(0, StepSent("report", after(0))).next_at == after(5)


minutes = st.integers(0, 600)
step_ids = st.sampled_from([*STEPS, "nowhere"])
counts = st.integers(1, 3)
events_about_steps = st.one_of(
    st.builds(StepSent, step_ids, minutes.map(after), counts, counts),
    st.builds(StepAcknowledged, step_ids, minutes.map(after), counts, counts),
    st.builds(StepDone, step_ids, minutes.map(after), counts),
    st.builds(
        lambda s, m, o, a, r: StepRefused(s, after(m), r, o, a),
        step_ids,
        minutes,
        counts,
        counts,
        st.sampled_from("甲乙"),
    ),
)
histories = st.lists(
    st.one_of(
        events_about_steps,
        events_about_steps,
        st.builds(lambda m: Activated(after(m), reported_at=after(m - 9)), minutes),
        st.builds(Ended, minutes.map(after)),
    ),
    max_size=25,
)


@settings(max_examples=120, deadline=None)
@given(histories, minutes, st.data())
def test_any_order_of_arrival_and_any_number_of_copies_give_the_same_picture(events, now, data):
    shuffled = data.draw(st.permutations([*events, *events[: len(events) // 2]]))
    assert advance(BOOK, shuffled, after(now)) == advance(BOOK, events, after(now))


@settings(max_examples=120, deadline=None)
@given(histories, minutes)
def test_nothing_opens_before_what_it_needs_and_nothing_twice(events, now):
    picture = advance(BOOK, events, after(now))
    assert len({state.key for state in picture.states}) == len(picture.states)
    done = {state.step.id for state in picture.done}
    for state in picture.open:
        assert picture.activated_at is not None
        assert done.issuperset(state.step.needs)
        assert state.opened_at <= picture.now
        assert not state.step.after_end or picture.ended_at
    for need_of in (s for s in picture.open if s.occurrence == 1):
        assert all(picture.state(need).done_at <= need_of.opened_at for need in need_of.step.needs)


@settings(max_examples=120, deadline=None)
@given(histories, minutes, minutes)
def test_what_was_done_is_never_undone_by_time(events, one, other):
    early, late = sorted((one, other))
    before = {state.key for state in advance(BOOK, events, after(early)).done}
    assert before <= {state.key for state in advance(BOOK, events, after(late)).done}


@settings(max_examples=80, deadline=None)
@given(histories, minutes)
def test_an_order_goes_out_at_most_once_for_each_attempt(events, now):
    """A worker that sends what is to be sent, and looks again, has nothing left to send."""
    picture = advance(BOOK, events, after(now))
    sent = [StepSent(s.step.id, picture.now, s.occurrence, s.attempt + 1) for s in picture.to_send]
    assert advance(BOOK, [*events, *sent], after(now)).to_send == ()


@settings(max_examples=60, deadline=None)
@given(st.permutations(STEPS), st.lists(minutes, min_size=len(STEPS), max_size=len(STEPS)))
def test_doing_what_is_open_in_any_order_always_reaches_the_end(preference, _times):
    events: list = [Activated(NOON)]
    for turn in range(1, 40):
        opened = [state.step.id for state in advance(BOOK, events, after(turn)).open if state.occurrence == 1]
        if not opened:
            if any(isinstance(event, Ended) for event in events):
                break
            events.append(Ended(after(turn)))
            continue
        events.append(StepDone(min(opened, key=preference.index), after(turn)))
    assert advance(BOOK, events, after(50)).finished
