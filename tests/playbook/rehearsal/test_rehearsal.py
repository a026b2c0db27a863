"""A rehearsal at the desk: the figures follow from plan, crew and seed, and agree with the stepper."""

from dataclasses import replace
from datetime import datetime
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiying.playbook.compiler import Playbook, compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.readiness import read as read_readiness
from huiying.playbook.rehearsal import Person, Rehearsal, Scenario, crew_at, crew_of, rehearse
from huiying.playbook.rehearsal.changes import ChangeKind, ranked
from huiying.playbook.rehearsal.pictures import gantt, load, spoken
from huiying.playbook.rehearsal.replay import disagreements
from huiying.playbook.rehearsal.results import all_runs
from huiying.playbook.rehearsal.runs import draw, run
from huiying.playbook.rehearsal.scenario import NotRehearsable, Spread
from huiying.playbook.rehearsal.tables import curve_of, tables_of
from huiying.playbook.rehearsal.written import as_json, as_text
from huiying.playbook.shipped import shipped_plan, shipped_plans
from huiying.playbook.yaml_form import read
from tests.playbook.small import changed, small

EXACT = Spread(0, 0, 0)
# Nobody dawdles: an order is answered at once, nobody has to come, and a step takes four tenths of its time.
BRISK = {
    "answer": EXACT,
    "travel": EXACT,
    "decision": EXACT,
    "work": Spread(0.4, 0.4, 0.4),
    "silent": 0.0,
    "away": 0.0,
}


def playbook_of(doc: PlanDocument, level: ResponseLevel | None = None) -> Playbook:
    return compile_plan(doc, level=level or doc.levels[0].level, facets=[facet.id for facet in doc.facets])


def brisk(doc: PlanDocument, **other) -> Scenario:
    return Scenario(crew_of(doc), **{**BRISK, **other})


def of_step(result: Rehearsal, step: str):
    return next(each for each in result.steps if each.id == step)


def test_the_same_seed_gives_the_same_figures_and_another_seed_gives_others():
    playbook, scenario = playbook_of(small()), Scenario(crew_of(small()))
    first = rehearse(playbook, scenario, runs=40, seed=7)
    assert rehearse(playbook, scenario, runs=40, seed=7) == first
    assert rehearse(playbook, scenario, runs=40, seed=8) != first


@pytest.mark.slow
def test_fifty_runs_of_every_shipped_plan_are_what_the_stepper_sees_too():
    for doc in map(shipped_plan, shipped_plans()):
        tables = tables_of(playbook_of(doc), Scenario(crew_of(doc)))
        for each in all_runs(tables, runs=50, seed=3):
            assert disagreements(tables, each) == ()


def test_three_runs_of_the_city_plan_are_what_the_stepper_sees_too():
    doc = shipped_plan("city-petition-incidents")
    tables = tables_of(playbook_of(doc), Scenario(crew_of(doc)))
    assert [disagreements(tables, each) for each in all_runs(tables, runs=3, seed=4)] == [(), (), ()]


def test_a_run_that_was_tampered_with_is_found_by_the_stepper():
    tables = tables_of(playbook_of(small()), Scenario(crew_of(small())))
    wrong = run(tables, seed=1, number=0)
    # The meeting needs the treatment, which takes minutes: as if it had been held at once.
    meeting = next(task for task in wrong.tasks if tables.playbook.steps[task.row.place].id == "meet")
    meeting.sent = meeting.acknowledged = meeting.opened = 0
    assert {found.what for found in disagreements(tables, wrong)} >= {"opened", "sent before it was open"}


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    level=st.sampled_from([ResponseLevel.III, ResponseLevel.IV]),
    silent=st.floats(0, 0.9),
    away=st.floats(0, 1),
    each=st.integers(1, 3),
)
def test_whatever_is_assumed_the_stepper_agrees(seed, level, silent, away, each):
    scenario = Scenario(crew_of(small(), each=each), silent=silent, away=away)
    tables = tables_of(playbook_of(small(), level), scenario)
    assert disagreements(tables, run(tables, seed=seed, number=0)) == ()


def test_a_step_takes_its_share_of_its_time_where_nothing_else_delays_it():
    result = rehearse(playbook_of(small()), brisk(small(), work=Spread(0.1, 0.1, 0.1)), runs=3)
    assert of_step(result, "verify").done.p50 == 3 * 60  # a tenth of 30 minutes
    assert result.late_each == 0
    assert result.weakest == ()


def test_a_stand_in_is_asked_only_where_waiting_would_take_longer_than_an_order_may_lie():
    quick = rehearse(playbook_of(small()), brisk(small(), work=Spread(0.1, 0.1, 0.1)), runs=1)
    assert of_step(quick, "report").done.p50 == 9 * 60  # the same person, one thing after the other
    long = rehearse(playbook_of(small()), brisk(small()), runs=1)
    assert of_step(long, "report").done.p50 == 24 * 60  # somebody else, at once: 12 minutes are more than 5


def test_one_person_needed_twice_at_once_makes_the_second_step_wait_and_a_second_person_mends_it():
    doc = read(
        changed("within: 20 分钟, when: [injured], needs: [verify]", "within: 20 分钟, when: [injured]")
    )
    doc = read(changed("who: head, within: 20 分钟", "who: duty, within: 20 分钟", _text(doc)))
    alone = [Person("one", ("duty", "head"))]
    scenario = Scenario(tuple(alone), **BRISK)
    result = rehearse(playbook_of(doc), scenario, runs=2)
    assert of_step(result, "treat").late == 1
    assert of_step(result, "treat").waited > 0
    more = replace(
        scenario,
        crew=(*alone, Person("two", ("duty",)), Person("three", ("duty",)), Person("four", ("duty",))),
    )
    assert of_step(rehearse(playbook_of(doc), more, runs=2), "treat").late == 0


def _text(doc: PlanDocument) -> str:
    from tests.playbook.small import SMALL

    return SMALL.replace(
        "within: 20 分钟, when: [injured], needs: [verify]", "within: 20 分钟, when: [injured]"
    )


def test_a_role_that_nobody_fills_is_named_before_anything_is_run():
    with pytest.raises(NotRehearsable) as refused:
        rehearse(playbook_of(small()), Scenario((Person("one", ("planner",)),)))
    assert "duty" in str(refused.value)


def test_a_stand_in_does_the_work_of_a_role_that_has_nobody():
    only_head = Scenario((Person("one", ("head",)),), **BRISK)
    assert rehearse(playbook_of(small()), only_head, runs=1).people[0].busy > 0


@pytest.mark.parametrize("runs", [0, -1, 10_000_000])
def test_no_runs_or_far_too_many_are_refused(runs):
    with pytest.raises(NotRehearsable):
        rehearse(playbook_of(small()), Scenario(crew_of(small())), runs=runs)


@pytest.mark.parametrize("spread", [(2, 1, 3), (-1, 0, 1), (0, 4, 3)])
def test_a_spread_that_is_none_is_refused(spread):
    with pytest.raises(NotRehearsable):
        Spread(*spread)


def test_a_triangular_draw_stays_inside_and_its_middle_is_where_it_belongs():
    spread = Spread(10, 20, 60)
    values = [draw(curve_of(spread), number / 1000) for number in range(1001)]
    assert values[0] == 10
    assert values[-1] == 60
    assert values == sorted(values)
    assert abs(sum(values) / len(values) - 30) < 0.5  # (10 + 20 + 60) / 3


def test_whoever_is_off_duty_comes_first_and_whoever_is_on_duty_does_not():
    slow = Spread(600, 600, 600)
    there = Scenario((Person("one", ("duty", "head"), on=((0, 10**6),)),), **{**BRISK, "travel": slow})
    far = Scenario((Person("one", ("duty", "head"), on=((10**6, 2 * 10**6),)),), **{**BRISK, "travel": slow})
    late = [of_step(rehearse(playbook_of(small()), each, runs=1), "verify").done.p50 for each in (there, far)]
    assert late[1] - late[0] == 600


READY = """\
format: huiying-readiness/1
people:
  - {id: night, roles: [duty]}
  - {id: day, roles: [duty, head]}
  - {id: gone, roles: [head], away: [{starts_on: 2026-05-01, ends_on: 2026-05-03}]}
shifts:
  - {role: duty, person: night, starts_at: 2026-05-01T20:00:00, ends_at: 2026-05-02T08:00:00}
"""


def test_turns_of_duty_count_from_the_activation_and_whoever_is_away_is_not_asked():
    crew = crew_at(read_readiness(READY), datetime(2026, 5, 1, 21, 0))
    assert [person.id for person in crew] == ["night", "day"]
    assert crew[0].on == ((-3600, 11 * 3600),)
    at_night = Scenario(crew, **{**BRISK, "travel": Spread(900, 900, 900)})
    result = rehearse(playbook_of(small()), at_night, runs=1)
    assert of_step(result, "verify").done.p50 == 12 * 60  # on duty: at once
    assert of_step(result, "treat").done.p50 > 12 * 60 + 900  # called in


def test_an_order_nobody_answers_is_asked_again_after_its_limit():
    heard = rehearse(playbook_of(small()), brisk(small()), runs=1)
    silent = rehearse(playbook_of(small()), brisk(small(), silent=0.999), runs=1)
    delay = of_step(silent, "verify").done.p50 - of_step(heard, "verify").done.p50
    assert delay == 5 * 60  # acknowledge_within


def test_an_earlier_call_helps_what_counts_from_the_report():
    slow = Scenario(crew_of(small()), decision=Spread(2400, 2400, 2400))
    changes = ranked(tables_of(playbook_of(small()), slow), runs=60, seed=1)
    earlier = next(change for change in changes if change.kind is ChangeKind.EARLIER_CALL)
    assert earlier.fewer_late > 0.2


def test_changes_are_ranked_by_the_late_steps_they_save():
    tables = tables_of(playbook_of(shipped_plan("city-petition-incidents")), _shipped_crew())
    changes = ranked(tables, runs=30, seed=1)
    assert {change.kind for change in changes} == set(ChangeKind)
    saved = [change.fewer_late for change in changes]
    assert saved == sorted(saved, reverse=True)


def _shipped_crew() -> Scenario:
    return Scenario(crew_of(shipped_plan("city-petition-incidents")))


def test_a_repeated_step_is_done_again_until_the_response_ends_and_not_after():
    tables = tables_of(playbook_of(small()), brisk(small(), work=Spread(0.95, 0.95, 0.95)))
    relieved = [
        task
        for task in run(tables, seed=1, number=0).tasks
        if tables.playbook.steps[task.row.place].id == "relieve"
    ]
    assert len(relieved) >= 1
    ended = run(tables, seed=1, number=0).ended
    assert all(task.done <= ended for task in relieved)


def test_the_tables_in_words_name_the_weakest_step_the_milestones_and_what_helps():
    doc = shipped_plan("city-petition-incidents")
    scenario = Scenario(crew_of(doc))
    result = rehearse(playbook_of(doc), scenario, runs=50)
    text = as_text(result, ranked(tables_of(playbook_of(doc), scenario), runs=20, seed=1))
    assert result.weakest[0].title in text
    for words in ("首报", "第一份通告", "什么最有用"):
        assert words in text


def test_the_json_holds_the_same_figures():
    result = rehearse(playbook_of(small()), Scenario(crew_of(small())), runs=20)
    told = as_json(result)
    assert told["steps"][0]["late"] == result.steps[0].late
    assert told["breaks_first"] == [step.id for step in result.weakest]


def test_the_pictures_are_well_formed_hold_no_script_and_say_what_they_show():
    result = rehearse(
        playbook_of(small("title: 核实", "title: 核实 <b>&")), Scenario(crew_of(small())), runs=20
    )
    for picture in (gantt(result), load(result)):
        root = fromstring(picture)
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert {"title", "desc"} <= names
        assert not names & {"script", "style", "foreignObject", "image", "a"}
    assert "核实 &lt;b&gt;&amp;" in gantt(result)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (45, "45 秒"),
        (90, "1.5 分钟"),
        (3600, "1 小时"),
        (90_000, "25 小时"),
        (172_800, "2 天"),
        (-120, "-2 分钟"),
    ],
)
def test_lengths_are_told_in_the_unit_that_says_them_best(seconds, words):
    assert spoken(seconds) == words
