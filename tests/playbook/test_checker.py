"""The checker: for every rule the small plan is clean, and one changed place makes the rule speak."""

from datetime import date

import pytest

from huiying.playbook import checks_ready
from huiying.playbook.checker import RULES, check, may_promulgate
from huiying.playbook.findings import CheckRule, Hit, Severity
from huiying.playbook.yaml_form import read
from tests.playbook.small import changed, findings, small

LONG = "接到报告的人要问清何时何地、有没有人受伤、缺什么、谁在现场、下次何时再报。"

CHANGES = [
    (
        "article-28-incomplete",
        "resources:\n  - {id: res-1, title: 饮用水, minimum: 10, unit: 瓶, owner: duty}\n",
        "",
    ),
    ("article-28-incomplete", "        duties:\n          - {id: duty-1, text: 接报和上报。}\n", ""),
    ("no-purpose", "purpose:\n  - {id: purpose-1, text: 让人们的诉求得到答复。}\n", ""),
    ("stability-only", "让人们的诉求得到答复。", "维护社会稳定和正常秩序。"),
    ("no-rights", "rights:\n  - {id: right-1, text: 各渠道照常开放。}\n", ""),
    (
        "no-legal-basis",
        "legal_bases:\n  - {id: erl, title: 《突发事件应对法》, in_force_on: 2024-11-01}\n",
        "",
    ),
    (
        "no-level",
        "levels:\n  - {id: level-3, level: III, criteria: [有人受轻伤。], basis: [erl:71]}\n"
        "  - {id: level-4, level: IV, criteria: [场所有安全隐患。], basis: [erl:71]}\n",
        "",
    ),
    ("level-without-criterion", "criteria: [有人受轻伤。]", "criteria: []"),
    ("level-without-basis", "criteria: [有人受轻伤。], basis: [erl:71]", "criteria: [有人受轻伤。]"),
    ("crowd-as-level", "有人受轻伤。", "五十人以上集体上访。"),
    ("crowd-as-level", "有人受轻伤。", "参与人数较多。"),
    ("no-first-report", "[situation_report:first]", "[]"),
    ("no-first-report", "kind: first, within", "kind: final, within"),
    ("no-public-information", "[notice]", "[]"),
    ("no-public-information", "        of: verify\n", "        of: verify\n        level: III\n"),
    (
        "no-public-information",
        "information:\n  - {id: inform-1, kind: answer, within: 48 小时, policy: true}\n",
        "",
    ),
    ("figure-without-ground", "within: 48 小时, policy: true", "within: 48 小时"),
    ("policy-as-law", "basis: [erl:17], policy: true", "basis: [erl:17]"),
    ("no-end-criterion", "end_criteria:\n  - {id: end-1, text: 危险消除，每个问题都有答复。}\n", ""),
    ("no-aftercare", "aftercare:\n  - {id: after-1, text: 回访受影响的人。}\n", ""),
    ("no-evaluation", "[evaluation]", "[]"),
    ("no-evaluation", "evaluation:\n  - {id: eval-1, text: 每一步是否按时。}\n", ""),
    ("no-revision-date", "every_months: 36", "owner: head"),
    ("risk-without-owner", "title: 接待点太热, owner: duty", "title: 接待点太热"),
    ("risk-without-owner", ", measure: 备好饮水和遮阳。", ""),
    (
        "role-without-step",
        "leading_group\n        alternates: [duty]\n",
        "leading_group\n        alternates: [duty]\n      - {id: idle, title: 闲人, post_kind: officer, alternates: [duty]}\n",
    ),
    ("role-without-alternate", "        alternates: [duty]\n", ""),
    ("step-without-owner", "title: 会商, who: head", "title: 会商"),
    ("step-without-owner", "title: 会商, who: head", "title: 会商, who: nobody"),
    ("step-without-time", "within: 2 小时, ", ""),
    ("step-unacknowledged", "needs: [treat], acknowledge_within: 5 分钟", "needs: [treat]"),
    (
        "dependency-cycle",
        "of: reported, acknowledge_within",
        "of: reported, needs: [tell], acknowledge_within",
    ),
    ("unknown-reference", "needs: [treat]", "needs: [tread]"),
    ("unknown-reference", "alternates: [duty]", "alternates: [dirty]"),
    ("unknown-reference", "when: [injured], steps", "when: [hurt], steps"),
    ("unknown-reference", "when: [injured], steps: [treat]", "when: [injured], steps: [treads]"),
    ("unknown-reference", "within: $first_report_minutes, basis", "within: $no_such_minutes, basis"),
    ("unknown-reference", "basis: [erl:17]", "basis: [old-law:17]"),
    ("anchor-may-be-absent", "        of: verify\n", "        of: treat\n"),
    ("anchor-may-be-absent", "        of: verify\n", "        of: meet\n"),
    ("anchor-may-be-absent", "        of: ended\n", "        of: verify\n"),
    ("waits-beyond-the-end", "needs: [treat]", "needs: [evaluate]"),
    ("waits-beyond-the-end", "within: 8 小时, ", "within: 8 小时, of: ended, "),
    ("endless-repeat", "        of: ended\n", "        of: ended\n        repeat_every: 7 天\n"),
    ("special-without-condition", "when: [injured], steps", "steps"),
    ("unknown-reference", "needs: [treat]", "uses: [res-9]"),
    ("unknown-reference", "needs: [treat]", "beside: [tread]"),
    ("unknown-reference", "escalate_to: [chief]", "escalate_to: [nobody]"),
    ("unknown-reference", "told_by: 当面告知。, owner: duty", "told_by: 当面告知。, owner: nobody"),
    ("unknown-reference", "special:\n", "watches:\n  - {id: watch-1, who: nobody}\nspecial:\n"),
    (
        "unknown-reference",
        "special:\n",
        "contacts:\n  - {id: contact-1, owner: nobody, reach: 电话}\nspecial:\n",
    ),
    ("no-leading-group", "    kind: leading_group\n", ""),
    ("no-headquarters", "    kind: headquarters\n", ""),
    ("no-office", "    kind: office\n", ""),
    ("team-without-role", "teams:\n", "teams:\n  - {id: team-9, title: 空组}\n"),
    (
        "no-stakeholders",
        "stakeholders:\n  - {id: party-1, title: 来访的人, told_by: 当面告知。, owner: duty}\n",
        "",
    ),
    ("stakeholder-not-told", "told_by: 当面告知。, owner: duty", "owner: duty"),
    ("stakeholder-not-told", "told_by: 当面告知。, owner: duty", "told_by: 当面告知。"),
    ("watch-without-role", "special:\n", "watches:\n  - {id: watch-1, title: 总机}\nspecial:\n"),
    ("contact-incomplete", "special:\n", "contacts:\n  - {id: contact-1, title: 医院}\nspecial:\n"),
    (
        "sentence-too-long",
        "title: 会商, who",
        "title: 会商, text: " + "各组组长到场说明各自看到的情况" * 5 + ", who",
    ),
    ("sentence-too-long", "text: 接报和上报。", "text: " + "接到报告的人要问清时间地点" * 6),
    ("step-bundles-actions", "title: 会商", "title: 会商并通知各组并报告上级"),
    ("step-bundles-actions", "title: 会商", "title: 会商，同时安排车辆"),
    ("step-bundles-actions", "title: 会商", "title: 会商, text: (1) 通知各组。(2) 安排车辆。"),
    ("step-bundles-actions", "[notice]", "[notice, 'situation_report:follow_up']"),
    ("duplicate-level", "level: III, criteria", "level: IV, criteria"),
    ("duplicate-step", "title: 核实", "title: 换班"),
    (
        "said-twice",
        "text: 接报和上报。",
        f"text: {LONG}}}\n          - {{id: duty-2, text: {LONG}",
    ),
    ("report-without-contents", ", contents: [时间和地点, 来源, 性质和范围, 伤亡, 趋势, 措施]", ""),
    ("first-report-incomplete", "伤亡, 趋势", "趋势"),
    ("first-report-too-slow", "title: 首报时限, value: 60", "title: 首报时限, value: 61"),
    ("first-report-too-slow", "kind: first, within", "kind: first, of: activation, within"),
    ("step-slower-than-duty", "        within: $first_report_minutes\n", "        within: 61 分钟\n"),
    ("information-too-slow", "within: 48 小时", "within: 49 小时"),
    ("law-superseded", "in_force_on: 2024-11-01", "in_force_on: 2007-11-01"),
    ("no-training", "training:\n  - {id: train-1, text: 练习登记和上报。, every_months: 6}\n", ""),
    ("no-drill", "drills:\n  - {id: drill-1, text: 走完全部步骤。, every_months: 12}\n", ""),
    ("exercise-without-interval", ", every_months: 6", ""),
    ("exercise-without-interval", ", every_months: 12", ""),
    ("drill-too-rare", ", every_months: 12", ", every_months: 37"),
    (
        "no-accountability",
        "accountability:\n  - {id: account-1, text: 对拖延、瞒报和打击报复追究责任；有利害关系的人回避。}\n",
        "",
    ),
    ("accountability-incomplete", "对拖延、瞒报和打击报复", "对拖延和瞒报"),
    ("no-recusal", "；有利害关系的人回避", ""),
    ("no-approval", "预案由镇长批准，印发后备案并公布", "印发后备案并公布"),
    ("no-approval", "预案由镇长批准，印发后备案并公布", "预案由镇长批准，并公布"),
    ("no-plan-publication", "预案由镇长批准，印发后备案并公布", "预案由镇长批准后备案"),
    ("too-many-representatives", "title: 会商", "title: 会商, text: 与推选的十名群众代表座谈。"),
    (
        "too-many-representatives",
        "parameters:\n",
        "parameters:\n  - {id: reps, title: 座谈代表人数, value: 6, unit: people, policy: true}\n",
    ),
    ("phase-without-step", "phases:\n", "phases:\n  - {id: phase-0, title: 准备}\n"),
    ("nothing-after-the-end", "    after_end: true\n", ""),
    ("escalation-to-self", "        escalate_to: [chief]\n", "        escalate_to: [head]\n"),
    ("escalation-to-self", "        escalate_to: [chief]\n", "        escalate_after: 1 天\n"),
    ("escalation-to-self", "        alternates: [duty]\n", "        alternates: [head]\n"),
    ("beside-what-it-needs", "needs: [treat]", "needs: [treat], beside: [verify]"),
    ("beside-what-it-needs", "needs: [treat]", "needs: [treat], beside: [meet]"),
]


def test_the_small_plan_is_clean():
    assert check(small()) == []


@pytest.mark.parametrize(
    ("rule", "old", "new"), CHANGES, ids=[f"{n}-{row[0]}" for n, row in enumerate(CHANGES)]
)
def test_one_changed_place_makes_the_rule_speak(rule, old, new):
    assert rule in {finding.rule for finding in findings(old, new)}


def test_a_level_at_which_nothing_is_done_is_found():
    plan = small()
    idle = [
        phase.model_copy(update={"steps": tuple(s for s in phase.steps if s.id == "meet")})
        for phase in plan.phases
    ]
    found = check(plan.model_copy(update={"phases": tuple(idle)}))
    assert [f.clause_id for f in found if f.rule == "level-without-steps"] == ["level-4"]


def test_steps_of_types_that_never_meet_cannot_both_be_waited_for():
    text = changed(
        "facets:\n",
        "facets:\n  - {id: flood, title: 积水, kind: incident_type}\n  - {id: outage, title: 停电, kind: incident_type}\n",
    )
    pumps = "      - {id: pump, title: 排水, who: duty, within: 1 小时, when: [flood], acknowledge_within: 5 分钟}\n"
    lamps = "      - {id: light, title: 照明, who: duty, within: 1 小时, when: [WHEN], acknowledge_within: 5 分钟}\n"
    text = changed("      - {id: meet,", pumps + lamps + "      - {id: meet,", text)
    text = changed("needs: [treat]", "needs: [pump, light]", text)
    apart = check(read(changed("WHEN", "outage", text)))
    together = check(read(changed("WHEN", "injured", text)))
    assert [f.clause_id for f in apart if f.rule == "needs-other-branch"] == ["meet"]
    assert "needs-other-branch" not in {f.rule for f in together}


def test_a_text_replaced_later_still_held_before_that_day():
    doc = small("in_force_on: 2024-11-01", "in_force_on: 2007-11-01")
    assert "law-superseded" not in {f.rule for f in check(doc, on=date(2024, 10, 31))}
    assert "law-superseded" in {f.rule for f in check(doc, on=date(2024, 11, 1))}


def test_a_role_that_is_gone_on_to_or_keeps_a_watch_is_not_idle():
    assert "role-without-step" not in {f.rule for f in findings()}
    alone = findings("        escalate_to: [chief]\n", "")
    assert [f.clause_id for f in alone if f.rule == "role-without-step"] == ["chief"]


def test_every_rule_is_shown_to_speak():
    shown = {rule for rule, _, _ in CHANGES} | {"level-without-steps", "needs-other-branch"}
    lexical = {rule.id for rule in RULES if rule.id.startswith(("forbidden-", "discouraged-"))}
    of_the_day = {row.id for row in checks_ready.ROWS} | {"law-not-in-force"}
    assert {rule.id for rule in RULES} - lexical - of_the_day == shown


def test_every_rule_has_an_id_of_its_own_and_says_why_and_how_to_mend():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.reason and rule.practice and rule.mend for rule in RULES)


def test_an_error_keeps_a_plan_from_being_promulgated_and_a_warning_does_not():
    warned = findings("让人们的诉求得到答复。", "维护社会稳定和正常秩序。")
    wrong = findings("[situation_report:first]", "[]")
    assert {f.severity for f in warned} == {Severity.WARNING}
    assert may_promulgate(warned)
    assert not may_promulgate(wrong)


def test_the_gravest_findings_come_first():
    found = findings("post_kind: leading_group\n        alternates: [duty]", "post_kind: leading_group")
    worse = check(small("within: 2 小时, ", "").model_copy(update={"rights": ()}))
    assert [f.severity for f in worse] == [Severity.ERROR, Severity.WARNING]
    assert [f.severity for f in found] == [Severity.ADVICE]


def test_a_finding_names_its_clause_in_a_whole_sentence():
    (found,) = findings("within: 2 小时, ", "")
    assert (found.clause_id, found.reason) == ("meet", "步骤“会商”没有时限。")


def test_words_of_a_plan_are_never_read_as_a_format():
    (found,) = findings("title: 会商, who: head, within: 2 小时,", "title: '{mend}{0}', who: head,")
    assert "{mend}{0}" in found.reason


def test_a_body_adds_rules_of_its_own():
    own = CheckRule(
        "own",
        Severity.ADVICE,
        "“{name}”太短。",
        "本单位做法",
        "请写长一些。",
        lambda doc: [Hit(doc.id, doc.title)],
    )
    assert [finding.reason for finding in check(small(), (*RULES, own))] == ["“小预案”太短。"]


def test_a_role_that_only_stands_in_is_not_idle():
    deputy = "      - {id: deputy, title: 副手, post_kind: officer, alternates: [duty]}\n"
    old = "leading_group\n        alternates: [duty]\n"
    rules = [finding.rule for finding in findings(old, old.replace("[duty]", "[duty, deputy]") + deputy)]
    assert rules == []


@pytest.mark.parametrize(
    "text", ["与不超过五名代表座谈。", "与五名代表座谈。", "十名工作人员分两班。", "代表不超过5人。"]
)
def test_five_representatives_and_fewer_are_as_the_law_has_it(text):
    assert findings("title: 会商", f"title: 会商, text: {text}") == []
