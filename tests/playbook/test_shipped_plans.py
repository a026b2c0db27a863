"""The shipped plan: clean, complete against what the source plan asks for, and runnable from first to last."""

from datetime import UTC, datetime, timedelta

import pytest

from huiying.playbook.checker import check
from huiying.playbook.compiler import compile_plan
from huiying.playbook.happenings import Activated, Ended, StepDone
from huiying.playbook.kinds import InformationKind, Product, ReportKind, ResponseLevel
from huiying.playbook.shipped import shipped_plans
from huiying.playbook.stepper import advance
from huiying.playbook.yaml_form import read, write

NAME = "city-petition-incidents"
PLAN = read(shipped_plans()[NAME])
FACETS = [facet.id for facet in PLAN.facets]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def text_of(clause_id: str) -> str:
    return "".join(word for part in PLAN.clause(clause_id).parts() for word in part.sentences())


@pytest.mark.parametrize("name", shipped_plans())
def test_a_shipped_plan_is_clean_and_stable_in_print(name):
    plan = read(shipped_plans()[name])
    assert plan.id == name
    assert check(plan) == []
    assert read(write(plan)) == plan


def test_every_requirement_of_the_source_plan_is_served_by_a_clause():
    served = {requirement for clause in PLAN.clauses() for requirement in clause.serves}
    assert served == {f"S1-{number:02d}" for number in range(1, 52)}


@pytest.mark.parametrize(
    ("requirement", "alternative"),
    [
        ("S1-03", "不看来了多少人"),
        ("S1-05", "单凭这些不启动"),
        ("S1-07", "不接触事项内容和身份"),
        ("S1-09", "逾期的职责"),
        ("S1-10", "汇总数"),
        ("S1-11", "不针对谁会来反映"),
        ("S1-14", "座位"),
        ("S1-16", "不向其他地方查询"),
        ("S1-23", "事实"),
        ("S1-37", "不看、不收、不存"),
        ("S1-38", "不是谁说的|不核实是谁说的"),
        ("S1-42", "权利不减"),
    ],
)
def test_where_a_right_is_touched_the_alternative_is_written(requirement, alternative):
    serving = [clause for clause in PLAN.clauses() if requirement in clause.serves]
    assert any(words in text_of(clause.id) for clause in serving for words in alternative.split("|"))


def test_the_first_report_is_sixty_minutes_by_the_plans_own_choice_and_never_by_law():
    rule = PLAN.reporting_rule(ReportKind.FIRST)
    figure = PLAN.parameter("first_report_minutes")
    assert (rule.policy, figure.policy, figure.value, figure.basis) == (True, True, 60, ())
    assert PLAN.clause("first-report").policy


def test_the_public_is_told_within_5_24_and_48_hours():
    owed = {duty.kind: duty.within for duty in PLAN.information}
    assert owed == {
        InformationKind.AUTHORITATIVE: timedelta(hours=5),
        InformationKind.PRESS_CONFERENCE: timedelta(hours=24),
        InformationKind.ANSWER: timedelta(hours=48),
    }
    assert all(
        PLAN.clause(step).within == timedelta(hours=h)
        for step, h in (("first-notice", 5), ("public-answer", 48))
    )


def test_a_meeting_has_at_most_five_representatives():
    assert PLAN.parameter("representatives").value == 5
    assert "不超过五名" in PLAN.clause("meeting").text


@pytest.mark.parametrize("level", ResponseLevel)
@pytest.mark.parametrize(
    "facets", [[], FACETS, *([facet] for facet in FACETS)], ids=lambda facets: "+".join(facets) or "none"
)
def test_the_plan_runs_to_its_end_at_every_level_and_for_every_circumstance(level, facets):
    playbook = compile_plan(PLAN, level=level, facets=facets)
    assert 30 <= len(playbook.steps) <= 50
    events = [Activated(NOON)]
    while opened := [s for s in advance(playbook, events, NOON).open if s.occurrence == 1]:
        events += [StepDone(state.step.id, NOON) for state in opened]
    events.append(Ended(NOON))
    while opened := [s for s in advance(playbook, events, NOON).open if s.occurrence == 1]:
        events += [StepDone(state.step.id, NOON) for state in opened]
    ended = advance(playbook, events, NOON)
    assert not ended.waiting
    assert ended.finished


def test_every_step_has_an_owner_a_time_and_a_limit_to_acknowledge():
    assert all(step.who and step.within and step.acknowledge_within for step in PLAN.steps)


def test_the_reports_notices_meeting_promises_and_evaluation_are_produced():
    produced = {product for step in PLAN.steps for product in step.produces}
    assert produced >= {
        Product.FIRST_REPORT,
        Product.FOLLOW_UP_REPORT,
        Product.FINAL_REPORT,
        Product.NOTICE,
        Product.MEETING_RECORD,
        Product.COMMITMENT,
        Product.EVALUATION,
        Product.PLAN_CHANGE,
    }


def test_every_facet_opens_a_branch_and_every_special_clause_is_carried_out_by_steps():
    assert {facet for step in PLAN.steps for facet in step.when} == set(FACETS)
    assert all(clause.steps for clause in PLAN.special)
