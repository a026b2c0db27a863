"""A draft out of what was read: every clause in its section with its lines, nothing guessed."""

from datetime import date, timedelta

from huiying.playbook.document import PlanDocument
from huiying.playbook.kinds import Anchor, BodyKind, InformationKind, ReportKind, ResponseLevel, TeamKind
from huiying.playbook.reading import as_json, draft_of, not_in_draft
from huiying.playbook.yaml_form import read as read_yaml
from huiying.playbook.yaml_form import write as write_yaml
from tests.playbook.reading.invented import PLANS
from tests.playbook.reading.lines import read

PLAN = """燃气泄漏应急预案
一、编制依据
《城镇燃气管理条例》（2011年3月1日起施行）。
二、响应分级
一级：有人中毒。
四级：只有一户漏气。
三、组织机构
（一）抢修组
组长：燃气公司值班经理
职责：关闭阀门，查找漏点。
四、信息报告
抢修组接报后30分钟内向住建局报告。
值班员及时告知物业。
五、处置措施
1.居民家中泄漏事件：
（1）抢修组在接报后20分钟内到场。
（2）开窗通风。
六、信息发布
燃气公司在启动响应后2小时内发布停气范围。
七、物资
检漏仪4台，每半年校准。
八、值守
调度室24小时值班。
九、演练
每年组织一次演练。
十、预案修订
每两年修订一次。"""


def draft(text: str = PLAN) -> PlanDocument:
    return draft_of(read(text), id="gas", body_kind=BodyKind.DEPARTMENT)


def test_the_draft_carries_title_id_and_kind_of_body() -> None:
    found = draft()
    assert (found.id, found.title, found.body_kind) == ("gas", "燃气泄漏应急预案", BodyKind.DEPARTMENT)


def test_a_law_with_its_day_is_a_legal_basis() -> None:
    assert [(each.title, each.in_force_on, each.lines) for each in draft().legal_bases] == [
        ("《城镇燃气管理条例》", date(2011, 3, 1), "3")
    ]


def test_a_law_without_its_day_is_left_to_a_person() -> None:
    reading = read(PLAN.replace("（2011年3月1日起施行）", ""))
    found = draft_of(reading, id="gas", body_kind=BodyKind.DEPARTMENT)
    left = not_in_draft(reading, found)
    assert found.legal_bases == ()
    assert [clause.text for clause in left] == ["《城镇燃气管理条例》。"]
    assert all(clause.is_guess for clause in left)


def test_levels_have_their_criteria() -> None:
    assert [(each.level, each.criteria) for each in draft().levels] == [
        (ResponseLevel.I, ("有人中毒。",)),
        (ResponseLevel.IV, ("只有一户漏气。",)),
    ]


def test_a_team_has_its_roles_and_its_own_duties() -> None:
    (team,) = draft().teams
    assert (team.title, team.kind, team.lines) == ("抢修组", TeamKind.WORKING_GROUP, "8")
    assert [(role.title, [duty.text for duty in role.duties]) for role in team.roles] == [
        ("组长", []),
        ("抢修组", ["职责：关闭阀门，查找漏点。"]),
    ]


def test_a_report_with_a_limit_is_a_rule_and_one_without_is_a_step() -> None:
    (rule,) = draft().reporting
    assert (rule.kind, rule.within, rule.of) == (ReportKind.FIRST, timedelta(minutes=30), Anchor.REPORTED)
    assert "值班员及时告知物业。" in [step.text for step in draft().steps]


def test_what_the_public_is_told_within_a_time_is_a_duty() -> None:
    (duty,) = draft().information
    assert (duty.kind, duty.within, duty.of) == (
        InformationKind.AUTHORITATIVE,
        timedelta(hours=2),
        Anchor.ACTIVATION,
    )


def test_a_step_has_its_owner_and_time_only_where_the_sentence_names_them() -> None:
    steps = {step.text: step for step in draft().steps}
    named, unnamed = steps["抢修组在接报后20分钟内到场。"], steps["开窗通风。"]
    assert (named.who, named.within, named.of) == (
        "role-of-" + draft().teams[0].id,
        timedelta(minutes=20),
        "reported",
    )
    assert (unnamed.who, unnamed.within) == (None, None)


def test_steps_for_a_type_of_incident_are_taken_only_for_it() -> None:
    (facet,) = draft().facets
    steps = [step for step in draft().steps if step.when]
    assert facet.title == "居民家中泄漏事件"
    assert [step.when for step in steps] == [(facet.id,), (facet.id,)]


def test_steps_under_a_level_of_response_are_taken_from_that_level_on() -> None:
    found = draft(
        "预案\n一、分级响应\n1.Ⅰ级响应\n（1）总经理到场。\n2.Ⅲ级响应\n（1）班长到场。\n3.通用措施\n（1）登记。"
    )
    assert [step.level.value for step in found.steps] == ["I", "III", "IV"]


def test_a_resource_has_its_quantity_and_none_where_none_is_given() -> None:
    (resource,) = draft().resources
    assert (resource.title, resource.minimum, resource.unit) == ("检漏仪", 4, "台")
    assert draft(PLAN.replace("检漏仪4台", "检漏仪")).resources[0].minimum == 0


def test_watches_drills_and_revisions_have_their_rhythm() -> None:
    found = draft()
    assert found.watches[0].around_the_clock
    assert found.drills[0].every_months == 12
    assert found.revision[0].every_months == 24


def test_special_cases_hold_their_rules() -> None:
    found = draft("预案\n一、特殊情形\n1.夜间\n-条款：双人值班。\n2.台风天\n-条款：停止户外作业。")
    assert [(case.title, [rule.text for rule in case.rules]) for case in found.special] == [
        ("夜间", ["条款：双人值班。"]),
        ("台风天", ["条款：停止户外作业。"]),
    ]


def test_ids_can_be_read_and_stay_when_the_text_is_read_again() -> None:
    ids = [clause.id for clause in draft().clauses()]
    assert "step-1" in ids
    assert ids == [clause.id for clause in draft().clauses()]


def test_what_is_written_reads_back_as_the_same_plan() -> None:
    for title, rows in PLANS.values():
        found = draft("\n".join([title, *(line for _, line in rows)]))
        assert read_yaml(write_yaml(found)) == found


def test_a_clause_longer_than_a_plan_may_hold_is_cut_behind_a_sentence_and_loses_nothing() -> None:
    words = "保洁员撒盐，" * 1500 + "收工。"
    found = draft(f"预案\n一、处置措施\n{words}\n二、演练\n每年一次。")
    assert "".join(step.text for step in found.steps) == words
    assert all(len(step.text) <= 4000 for step in found.steps)


def test_the_plain_form_for_machines_has_exactly_its_fields() -> None:
    plain = as_json(read(PLAN))
    assert list(plain) == [
        "title",
        "truncated",
        "cut_off",
        "repairs",
        "clauses",
        "teams",
        "levels",
        "phases",
        "missing",
    ]
    assert list(plain["clauses"][0]) == ["id", "kind", "title", "text", "lines", "confidence"]
    assert plain["teams"][0]["roles"] == ["组长", "抢修组"]
    assert plain["levels"][0]["level"] == "I"
