"""What was learned from the fall: an evaluation from the ledger, adopted; corrections; a clause that should change."""

from datetime import datetime

from huiying.config.demo import Story
from huiying.config.demo.fall import DAYS_AGO, the_fall
from huiying.config.demo.town import Town
from huiying.learning import actions
from huiying.learning.models import Evaluation, Finding, FindingKind
from huiying.records.clock import official_date
from huiying.registry.officers import Officer

OPENED, WRITTEN, ADOPTED, HANDED_IN, VERIFIED = 45, 38, 33, 20, 16
SUMMARY = (
    "现场十分钟内清空，伤者二十分钟内得到包扎，当天下午在文化站恢复接待，没有一件登记遗失。"
    "首报晚了十八分钟：值班员等核实完全部情况才动笔。临时接待点的桌椅没有预先备好，开设比计划晚。"
    "屋面漏水三年前就有人反映，没有列入维修，这是根本原因。"
)


def story(town: Town) -> Story:
    """Opened by the planner, adopted by the leading group, followed up by the supervisor."""
    assert DAYS_AGO > OPENED, "an evaluation comes after the end"
    planner, leader = town.officers["planner"], town.officers["leader"]
    at = town.day(OPENED, 9, 30)
    yield at
    evaluation = actions.evaluation_open(incident=the_fall(town), by=planner, at=at)
    at = town.day(WRITTEN, 15)
    yield at
    late, slow = _findings(evaluation, planner, at)
    actions.evaluation_summarise(evaluation=evaluation, summary=SUMMARY, by=planner, at=at)
    at = town.day(ADOPTED, 10)
    yield at
    actions.evaluation_adopt(evaluation=evaluation, by=leader, at=at)
    at = town.day(ADOPTED, 16)
    yield at
    _orders(late, slow, planner, town, at)
    yield from _followed_up(late, town)


def _findings(evaluation: Evaluation, planner: Officer, at: datetime) -> tuple[Finding, Finding]:
    """One thing that went well, two that did not, each tied to its clause and the rows that show it."""
    told = (
        ("treat-injured", FindingKind.STRENGTH, "伤者二十分钟内得到包扎，陪同到卫生院，有人一直守着。"),
        ("first-report", FindingKind.GAP, "首报晚于六十分钟：步骤要求写全各项，值班员等到核实完才报。"),
        ("open-reception", FindingKind.GAP, "临时接待点没有预先备好桌椅和标识，开设晚于一小时。"),
    )
    version = evaluation.incident.activation.plan_version
    findings = []
    for clause, kind, text in told:
        rows = list(evaluation.rows.filter(clause_id=clause).values_list("pk", flat=True)[:3])
        found = actions.finding_record(
            evaluation=evaluation,
            kind=kind,
            text=text,
            clause_id=clause,
            plan_version=version,
            evidence=rows,
            by=planner,
            at=at,
        )
        findings.append(found)
    return findings[1], findings[2]


def _orders(late: Finding, slow: Finding, planner: Officer, town: Town, at: datetime) -> None:
    """One correction that will be handed in, one whose day is near; and the clause that should change."""
    actions.corrective_order(
        finding=late,
        text="值班室备好首报的空白格式，不清楚的写“待核实”，接报半小时内先报。",
        owner=town.staff["duty_officer"],
        due_on=official_date(town.day(HANDED_IN)),
        by=planner,
        at=at,
    )
    actions.corrective_order(
        finding=slow,
        text="在文化站存放接待用的桌椅二十套和指引牌，每季清点。",
        owner=town.staff["officer_civil"],
        due_on=official_date(town.day(-6)),
        by=planner,
        at=at,
    )
    actions.change_propose(
        finding=late,
        proposed_text="先打电话再补书面。接报三十分钟内报出已知的部分，不清楚的写“待核实”，随后续报补齐："
        "时间、地点、来源、性质、范围、伤亡估计、趋势、已采取的措施、需要的支援。不写来访人的姓名。",
        reason="这次首报晚了十八分钟，原因是原文让人以为必须写全才能报。",
        by=planner,
        at=at,
    )


def _followed_up(late: Finding, town: Town) -> Story:
    action = late.corrective_actions.get()
    at = town.day(HANDED_IN, 14)
    yield at
    evidence = "空白格式已放在值班台和手机相册，三名值班员各演练一次，最快十一分钟报出。"
    actions.corrective_done(action=action, evidence=evidence, by=town.officers["duty_officer"], at=at)
    at = town.day(VERIFIED, 10)
    yield at
    actions.corrective_verify(action=action, by=town.officers["supervisor"], at=at)
