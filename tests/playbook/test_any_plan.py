"""Whatever plan is written down, the checker answers; whatever sound plan, it compiles, runs and comes back the same."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.playbook.checker import check
from huiying.playbook.compiler import PlanNotRunnable, compile_plan
from huiying.playbook.happenings import Activated, Ended, StepDone, StepSent
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.readiness import Readiness
from huiying.playbook.stepper import StepStatus, advance
from huiying.playbook.yaml_form import read, write
from tests.playbook.any_plan import FACETS, RESOURCES, ROLES, any_plans

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
levels = st.sampled_from([ResponseLevel.I, ResponseLevel.III, ResponseLevel.IV])
facets = st.sets(st.sampled_from(FACETS))
people = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.integers(0, 4).map("p{}".format),
            "roles": st.lists(st.sampled_from([*ROLES, "stranger"]), max_size=3),
        }
    ),
    unique_by=lambda person: person["id"],
    max_size=5,
)
at_hand = st.builds(
    lambda people, stock, shifts: Readiness.model_validate(
        {"people": people, "stock": stock, "shifts": shifts}
    ),
    people,
    st.lists(
        st.fixed_dictionaries(
            {"resource": st.sampled_from([*RESOURCES, "wind"]), "quantity": st.integers(0, 9)}
        ),
        max_size=4,
    ),
    st.lists(
        st.builds(
            lambda role, person, hour: {
                "role": role,
                "person": person,
                "starts_at": f"2026-03-02T{hour:02d}:00",
                "ends_at": f"2026-03-03T{hour:02d}:00",
            },
            st.sampled_from(ROLES),
            st.sampled_from(["p0", "p1", "nobody"]),
            st.integers(0, 23),
        ),
        max_size=4,
    ),
)


@settings(max_examples=50, deadline=None)
@given(any_plans(), st.none() | at_hand, st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_checker_answers_whatever_is_written_down(doc, given_, on):
    found = check(doc, given=given_, on=on)
    known = {clause.id for clause in doc.clauses()}
    assert all(finding.clause_id in known | {""} for finding in found)
    assert check(doc, given=given_, on=on) == found


@settings(max_examples=50, deadline=None)
@given(any_plans(), levels, facets)
def test_a_plan_compiles_or_says_in_words_why_it_cannot_run(doc, level, chosen):
    try:
        playbook = compile_plan(doc, level=level, facets=chosen)
    except PlanNotRunnable as refused:
        assert refused.remedy
        assert refused.rule in {finding.rule for finding in check(doc)}
        return
    places = {step.id: place for place, step in enumerate(playbook.steps)}
    assert all(places[need] < places[step.id] for step in playbook.steps for need in step.needs)
    assert all(other in places for step in playbook.steps for other in step.beside)
    assert all(step.role not in step.escalate_to for step in playbook.steps)
    assert all(bool(step.escalate_to) == bool(step.escalate_after) for step in playbook.steps)


@settings(max_examples=30, deadline=None)
@given(any_plans(), levels, facets)
def test_a_plan_written_and_read_again_compiles_to_the_same_or_fails_the_same(doc, level, chosen):
    def compiled(plan):
        try:
            return compile_plan(plan, level=level, facets=chosen)
        except PlanNotRunnable as refused:
            return refused.message

    again = read(write(doc))
    assert again == doc
    assert compiled(again) == compiled(doc)


@settings(max_examples=30, deadline=None)
@given(any_plans(sound=True), levels, facets, st.randoms(use_true_random=False))
def test_a_sound_plan_runs_to_its_end_and_every_order_goes_out_once(doc, level, chosen, chance):
    playbook = compile_plan(doc, level=level, facets=chosen)
    events: list = [Activated(NOON)]
    sent: set = set()
    for turn in range(60):
        now = NOON + timedelta(minutes=turn)
        picture = advance(playbook, events, now)
        for state in picture.to_send:
            assert state.key not in sent
            sent.add(state.key)
            events.append(StepSent(state.step.id, now, state.occurrence))
        undone = [state for state in picture.open if state.occurrence == 1]
        if not undone:
            break
        events.append(StepDone(chance.choice(undone).step.id, now))
        chance.shuffle(events)
    last = advance(playbook, [*events, Ended(now)], now)
    assert last.finished
    assert {s.step.id for s in last.states if s.status is StepStatus.DONE} == {s.id for s in playbook.steps}
