"""The shipped plans: clean, complete against what their source plans ask for, runnable from first to last."""

from datetime import UTC, datetime, timedelta

import pytest

from huiying.playbook import lexicon
from huiying.playbook.checker import check
from huiying.playbook.compiler import compile_plan
from huiying.playbook.happenings import Activated, Ended, StepDone
from huiying.playbook.kinds import InformationKind, Product, ReportKind, ResponseLevel
from huiying.playbook.shipped import shipped_plans
from huiying.playbook.stepper import advance
from huiying.playbook.yaml_form import read, write

PLANS = {name: read(text) for name, text in shipped_plans().items()}
ASKED = {"S0": 49, "S1": 51, "S2": 46, "S3": 42, "S4": 60}
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

each_plan = pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)


def words_of(clause) -> str:
    return "".join(word for part in clause.parts() for word in part.sentences())


def asked_for(plan) -> list[str]:
    """All that the source plan asks for, by the prefix of whatever the shipped plan serves first."""
    prefix = next(wanted for clause in plan.clauses() for wanted in clause.serves)[:2]
    return [f"{prefix}-{number:02d}" for number in range(1, ASKED[prefix] + 1)]


def circumstances(plan) -> list[list[str]]:
    """No facet, all of them at once, and each alone."""
    facets = [facet.id for facet in plan.facets]
    return [[], facets, *([facet] for facet in facets)]


@pytest.mark.parametrize("name", shipped_plans())
def test_a_shipped_plan_is_clean_and_stable_in_print(name):
    plan = read(shipped_plans()[name])
    assert plan.id == name
    assert check(plan) == []
    assert read(write(plan)) == plan


@each_plan
def test_nothing_that_must_not_be_ordered_stands_in_a_shipped_plan(plan):
    assert [hit for thing in lexicon.FORBIDDEN for hit in lexicon.hits(thing, plan)] == []


@each_plan
def test_every_requirement_of_the_source_plan_is_served_by_a_clause(plan):
    served = {requirement for clause in plan.clauses() for requirement in clause.serves}
    assert sorted(served) == asked_for(plan)


@pytest.mark.parametrize(
    ("requirement", "alternative"),
    [
        ("S0-03", "先得到补偿，后搬迁"),
        ("S0-05", "单凭这些不启动"),
        ("S0-06", "不追问是谁说的"),
        ("S0-18", "不看、不收、不存"),
        ("S0-20", "不足五件的不单列"),
        ("S0-24", "自愿参加。只记问题和需要，不记态度"),
        ("S0-34", "用不用都不影响办理，也不留记录"),
        ("S0-35", "居民和工作人员同样照看"),
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
        ("S2-01", "预防的是没有解决的问题，不是来访"),
        ("S2-05", "它是一种反映方式，不是事件"),
        ("S2-06", "只记录已经看到的伤害和险情"),
        ("S2-08", "都不作为风险，也不记录"),
        ("S2-09", "单位的形象不在其中"),
        ("S2-19", "不评论任何人"),
        ("S2-20", "不推测谁会来"),
        ("S2-21", "哪个单位补办"),
        ("S2-22", "不设传话的人，不记心情，不给一群人立档"),
        ("S2-26", "险情一过，马上撤除"),
        ("S2-40", "用不用都不影响办理"),
        ("S3-06", "师生一起反映是渠道，不是风险"),
        ("S3-08", "不以名声作考虑"),
        ("S3-13", "前一位也有关系的，跳到下一位"),
        ("S3-17", "校园形象不是审批的理由"),
        ("S3-19", "写人数和需要，不写任何师生的姓名"),
        ("S3-20", "表上没有姓名一栏"),
        ("S3-25", "不拍摄师生"),
        ("S4-01", "按时得到真实、完整、署名的答复"),
        ("S4-04", "不靠看人"),
        ("S4-05", "议论多少不是目标"),
        ("S4-14", "没有提问的人"),
        ("S4-19", "不做宣传造势"),
        ("S4-20", "不上门动员，不摸底"),
        ("S4-21", "提问、批评和转发不是证据"),
        ("S4-23", "不看、不收、不存"),
        ("S4-24", "只接不找"),
        ("S4-25", "不足五件的不单列"),
        ("S4-26", "法律没有规定"),
        ("S4-27", "受到伤害"),
        ("S4-28", "答复已经逾期"),
        ("S4-29", "几个相同的问题没有答复"),
        ("S4-30", "收到一个新的公众关切"),
        ("S4-31", "写明用的是哪条标准、为什么"),
        ("S4-40", "只有答复和证据，没有叫好的稿子"),
        ("S4-41", "批评报道不影响采访"),
        ("S4-44", "不按人多人少增派力量"),
        ("S4-45", "写明依据、负责岗位和撤除的时间"),
        ("S4-46", "议论停了不算理由"),
        ("S4-52", "事情传得广、报道得多，不是追责的理由"),
        ("S4-54", "学习不得报复"),
    ],
)
def test_where_a_right_is_touched_the_alternative_is_written(requirement, alternative):
    every = (clause for plan in PLANS.values() for clause in plan.clauses())
    serving = [clause for clause in every if requirement in clause.serves]
    assert any(words in words_of(clause) for clause in serving for words in alternative.split("|"))


@each_plan
def test_the_first_report_is_sixty_minutes_by_the_plans_own_choice_and_never_by_law(plan):
    rule = plan.reporting_rule(ReportKind.FIRST)
    figure = plan.parameter("first_report_minutes")
    assert (rule.policy, figure.policy, figure.value, figure.basis) == (True, True, 60, ())
    assert plan.clause("first-report").policy


@each_plan
def test_the_public_is_told_within_5_24_and_48_hours(plan):
    owed = {duty.kind: duty.within for duty in plan.information if duty.kind is not InformationKind.UPDATE}
    assert owed == {
        InformationKind.AUTHORITATIVE: timedelta(hours=5),
        InformationKind.PRESS_CONFERENCE: timedelta(hours=24),
        InformationKind.ANSWER: timedelta(hours=48),
    }
    assert all(
        plan.clause(step).within == timedelta(hours=h)
        for step, h in (("first-notice", 5), ("public-answer", 48))
    )


@each_plan
def test_a_meeting_has_at_most_five_representatives(plan):
    assert plan.parameter("representatives").value == 5
    assert "不超过五名" in plan.clause("meeting").text


@pytest.mark.parametrize("level", ResponseLevel)
@pytest.mark.parametrize(
    ("plan", "facets"),
    [
        pytest.param(plan, facets, id=f"{name}:{'+'.join(facets) or 'none'}")
        for name, plan in PLANS.items()
        for facets in circumstances(plan)
    ],
)
def test_the_plan_runs_to_its_end_at_every_level_and_for_every_circumstance(plan, level, facets):
    playbook = compile_plan(plan, level=level, facets=facets)
    assert 30 <= len(playbook.steps) <= 70
    events = [Activated(NOON)]
    while opened := [s for s in advance(playbook, events, NOON).open if s.occurrence == 1]:
        events += [StepDone(state.step.id, NOON) for state in opened]
    events.append(Ended(NOON))
    while opened := [s for s in advance(playbook, events, NOON).open if s.occurrence == 1]:
        events += [StepDone(state.step.id, NOON) for state in opened]
    ended = advance(playbook, events, NOON)
    assert not ended.waiting
    assert ended.finished


@each_plan
def test_every_step_has_an_owner_a_time_and_a_limit_to_acknowledge(plan):
    assert all(step.who and step.within and step.acknowledge_within for step in plan.steps)


@each_plan
def test_every_role_has_steps_and_somebody_who_stands_in(plan):
    assert {role.id for role in plan.roles} == {step.who for step in plan.steps}
    assert all(role.alternates and role.id not in role.alternates for role in plan.roles)


@each_plan
def test_the_reports_notices_meeting_promises_and_evaluation_are_produced(plan):
    produced = {product for step in plan.steps for product in step.produces}
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


@each_plan
def test_every_facet_opens_a_branch_and_every_special_clause_is_carried_out_by_steps(plan):
    assert {facet for step in plan.steps for facet in step.when} == {facet.id for facet in plan.facets}
    assert all(clause.steps for clause in plan.special)


def test_where_a_source_plan_breaks_off_nothing_is_invented():
    clauses = [clause for clause in PLANS["township-public-concerns"].clauses() if "S4-60" in clause.serves]
    assert [clause.id for clause in clauses] == ["account-source-cut"]
    assert "看不到的内容不补写" in words_of(clauses[0])


def test_no_level_of_a_township_rises_with_attention_or_with_how_many_came():
    written = "".join(words_of(level) for level in PLANS["township-public-concerns"].levels)
    assert not any(word in written for word in ("关注", "传播", "转发", "人数", "聚集", "稳定", "可控"))


def test_no_household_is_moved_before_its_payment_is_checked():
    plan = PLANS["housing-expropriation"]
    checked = plan.clause("check-payment")
    assert set(checked.when) >= {"moving-day", "payment-late"}
    assert "差一样，当天不搬" in plan.clause("moving-paid").text


@pytest.mark.parametrize(
    ("complained_of", "takes_over", "waiting"),
    [
        ("student-affairs-complained", "take-over-lead", "verify"),
        ("student-affairs-complained", "take-over-lead", "student-life"),
        ("student-affairs-complained", "take-over-lead", "study-relief"),
        ("security-complained", "take-over-safety", "security-post"),
    ],
)
def test_nobody_who_is_complained_of_leads_on_site_before_another_has_taken_over(
    complained_of, takes_over, waiting
):
    plan = PLANS["university"]
    branch = [complained_of, "students-matter", "mental-crisis"]
    playbook = compile_plan(plan, level=ResponseLevel.III, facets=branch)
    replaced, other = playbook.step(waiting).role, playbook.step(takes_over).role
    assert takes_over in playbook.step(waiting).needs
    assert replaced.alternates[0] == other.id
    assert replaced.post_kind is not other.post_kind
    assert compile_plan(plan, level=ResponseLevel.III).step(takes_over) is None
