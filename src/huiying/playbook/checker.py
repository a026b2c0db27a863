"""The checker: one table of rules, held against a plan.

Each row says what is wrong, why (article or practice) and how to mend it. Bodies may pass rows of their own.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from huiying.playbook import checks_duties, checks_ready, checks_steps, checks_teams, checks_words, lexicon
from huiying.playbook import checks_parts as on_parts
from huiying.playbook import checks_steps as on_steps
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import AtHand, CheckRule, Finding, Hit, ReadyRule, Severity
from huiying.playbook.readiness import Readiness
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_

_E, _W, _A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

_Row = tuple[str, Severity, str, str, str, Callable[[PlanDocument], Iterable[Hit]]]

_PARTS: tuple[_Row, ...] = (
    (
        "article-28-incomplete",
        _E,
        N_("缺少法定内容：{name}。"),
        N_("突发事件应对法第28条"),
        N_("请补上这一部分。"),
        on_parts.article_28_incomplete,
    ),
    (
        "no-purpose",
        _E,
        N_("没有写明目的。"),
        N_("信访工作条例第1条"),
        N_("请写明人们将得到什么：被倾听、被告知、得到答复。"),
        on_parts.section_missing("purpose"),
    ),
    (
        "stability-only",
        _W,
        N_("“{name}”只讲稳定或秩序，没有讲人们应得的权利。"),
        N_("信访工作条例第1条；突发事件应对法第5条"),
        N_("请以权利得到实现为目的：被倾听、被告知、按期得到答复。"),
        on_parts.stability_only,
    ),
    (
        "no-rights",
        _W,
        N_("没有写明参与各方的权利。"),
        N_("突发事件应对法第5条、第9条、第11条"),
        N_("请列出在任何级别都不受影响的权利。"),
        on_parts.section_missing("rights"),
    ),
    (
        "no-legal-basis",
        _E,
        N_("没有编制依据。"),
        N_("突发事件应急预案管理办法第24条"),
        N_("请列出依据的法律文件及其施行日期。"),
        on_parts.section_missing("legal_bases"),
    ),
    (
        "no-level",
        _E,
        N_("没有规定响应级别。"),
        N_("突发事件应对法第71条"),
        N_("请规定级别、标准和依据。"),
        on_parts.section_missing("levels"),
    ),
    (
        "level-without-criterion",
        _E,
        N_("{name}没有启动标准。"),
        N_("突发事件应对法第71条"),
        N_("请按损害和受阻的权利写明标准。"),
        on_parts.level_without_criterion,
    ),
    (
        "level-without-basis",
        _W,
        N_("{name}没有注明依据。"),
        N_("突发事件应对法第3条、第71条"),
        N_("请引用依据；本单位自定的，请写 policy: true。"),
        on_parts.level_without_basis,
    ),
    (
        "level-without-steps",
        _E,
        N_("{name}没有任何步骤。"),
        N_("突发事件应对法第28条"),
        N_("请为这一级别安排步骤，或删去该级别。"),
        on_parts.level_without_steps,
    ),
    (
        "crowd-as-level",
        _E,
        N_("以“{name}”划分级别：反映诉求和人数都不是损害。"),
        N_("信访工作条例第18条、第20条；突发事件应对法第10条"),
        N_("改按伤害、生命危险、服务中断、渠道受阻划分；人数只用于准备饮水、医疗和出口。"),
        on_parts.crowd_as_level,
    ),
    (
        "no-first-report",
        _E,
        N_("没有首报规定，或没有在任何情形下都会执行的首报步骤。"),
        N_("突发事件应对法第17条、第69条"),
        N_("请写明首报时限，并安排一个产出 situation_report:first 的步骤。"),
        on_parts.first_report_missing,
    ),
    (
        "no-public-information",
        _E,
        N_("没有向公众告知的规定，或没有在任何情形下都会执行的通告步骤。"),
        N_("突发事件应对法第7条；国办发〔2016〕61号"),
        N_("请写明告知时限，并安排一个产出 notice 的步骤。"),
        on_parts.information_missing,
    ),
    (
        "figure-without-ground",
        _E,
        N_("“{name}”的数字没有注明依据。"),
        N_("法定数字与自定数字必须分清"),
        N_("请引用依据；本单位自定的，请写 policy: true。"),
        on_parts.figure_without_ground,
    ),
    (
        "policy-as-law",
        _W,
        N_("“{name}”把以分钟或小时计的上报时限写成法定时限。"),
        N_("突发事件应对法第17条只要求立即报告，没有给出数字"),
        N_("请写 policy: true，依据仍可引用。"),
        on_parts.policy_as_law,
    ),
    (
        "no-end-criterion",
        _E,
        N_("没有规定何时结束响应。"),
        N_("突发事件应对法第70条、第86条"),
        N_("请写明结束条件：危险消除，每个问题都有答复和责任人。"),
        on_parts.section_missing("end_criteria"),
    ),
    (
        "no-aftercare",
        _E,
        N_("没有善后安排。"),
        N_("突发事件应对法第28条、第87条"),
        N_("请写明承诺由谁落实、受影响的人得到什么帮助。"),
        on_parts.section_missing("aftercare"),
    ),
    (
        "no-evaluation",
        _E,
        N_("没有总结评估的内容或步骤。"),
        N_("突发事件应对法第92条"),
        N_("请写明评估什么，并安排一个产出 evaluation 的步骤。"),
        on_parts.evaluation_missing,
    ),
    (
        "no-revision-date",
        _W,
        N_("没有写明何时修订。"),
        N_("突发事件应急预案管理办法第34条、第35条"),
        N_("请写明日期或间隔月数，以及提前修订的情形。"),
        on_parts.revision_undated,
    ),
    (
        "risk-without-owner",
        _W,
        N_("风险“{name}”没有责任角色或预备措施。"),
        N_("突发事件应急预案管理办法第21条"),
        N_("请写明由谁负责、事先准备什么。"),
        on_parts.risk_without_owner,
    ),
)

_STEPS: tuple[_Row, ...] = (
    (
        "role-without-step",
        _W,
        N_("角色“{name}”没有任何步骤。"),
        N_("突发事件应急预案管理办法第24条"),
        N_("请给这个角色安排步骤，或删去该角色。"),
        on_steps.role_without_step,
    ),
    (
        "role-without-alternate",
        _A,
        N_("角色“{name}”没有替补。"),
        N_("二十四小时值守的做法"),
        N_("请写明由谁替补。"),
        on_steps.role_without_alternate,
    ),
    (
        "step-without-owner",
        _E,
        N_("步骤“{name}”没有责任角色。"),
        N_("突发事件应急预案管理办法第24条"),
        N_("请在 who 中写明已有角色的编号。"),
        on_steps.step_without_owner,
    ),
    (
        "step-without-time",
        _E,
        N_("步骤“{name}”没有时限。"),
        N_("没有时限的步骤无法督办"),
        N_("请写明 within（多久之内）和 of（从何时起算）。"),
        on_steps.step_without_time,
    ),
    (
        "step-unacknowledged",
        _A,
        N_("步骤“{name}”没有规定多久之内确认收到。"),
        N_("指令须有回音的做法"),
        N_("请写明 acknowledge_within。"),
        on_steps.step_unacknowledged,
    ),
    (
        "dependency-cycle",
        _E,
        N_("步骤互相等待：{name}。"),
        N_("互相等待的步骤永远不会开始"),
        N_("请去掉其中一个前置步骤。"),
        on_steps.dependency_cycle,
    ),
    (
        "unknown-reference",
        _E,
        N_("引用的“{name}”不存在。"),
        N_("引用必须有着落"),
        N_("请改为已有的编号，或补上所引用的内容。"),
        on_steps.unknown_reference,
    ),
    (
        "anchor-may-be-absent",
        _E,
        N_("步骤“{name}”的时限从一个不一定存在的步骤算起。"),
        N_("时限必须在任何情形下都能起算"),
        N_("请改从启动响应、结束响应或一个必有的步骤算起。"),
        on_steps.anchor_may_be_absent,
    ),
    (
        "waits-beyond-the-end",
        _E,
        N_("步骤“{name}”在响应期间，却要等结束之后的事。"),
        N_("互相等待的步骤永远不会开始"),
        N_("请把该步骤移到结束之后的阶段，或改变前置步骤。"),
        on_steps.waits_beyond_the_end,
    ),
    (
        "endless-repeat",
        _E,
        N_("结束后的重复步骤“{name}”没有停止条件。"),
        N_("每项工作都要有终点"),
        N_("请写明 repeat_until。"),
        on_steps.endless_repeat,
    ),
    (
        "special-without-condition",
        _E,
        N_("特殊条款“{name}”没有写明适用情形。"),
        N_("适用情形不明的条款无法执行"),
        N_("请在 when 中写明情形。"),
        on_steps.special_without_condition,
    ),
)

Rule = CheckRule | ReadyRule

RULES: tuple[Rule, ...] = (
    *(CheckRule(*row) for row in (*_PARTS, *_STEPS)),
    *checks_steps.ROWS,
    *checks_teams.ROWS,
    *checks_duties.ROWS,
    *checks_words.ROWS,
    *checks_ready.ROWS,
    *(
        CheckRule(
            thing.id,
            thing.severity,
            thing.reason,
            thing.practice,
            thing.instead,
            partial(lexicon.hits, thing),
        )
        for thing in lexicon.FORBIDDEN
    ),
)

_GRAVITY = {_E: 0, _W: 1, _A: 2}


def check(
    doc: PlanDocument,
    rules: Iterable[Rule] = RULES,
    *,
    given: Readiness | None = None,
    on: date | None = None,
) -> list[Finding]:
    """Hold every rule against the plan; the gravest findings first, then in the order of the table.

    `given` says who and what is at hand, `on` which day it is; rules that need either are silent without it.
    """
    at_hand = AtHand(given, on)
    found = [
        Finding(rule.id, rule.severity, hit.clause_id, rule.reason, hit.name, rule.practice, rule.mend)
        for rule in rules
        for hit in _hits(rule, doc, at_hand)
    ]
    return sorted(found, key=lambda finding: _GRAVITY[finding.severity])


def _hits(rule: Rule, doc: PlanDocument, at_hand: AtHand) -> Iterable[Hit]:
    return rule.finds(doc, at_hand) if isinstance(rule, ReadyRule) else rule.finds(doc)


def with_rules(rules: Iterable[Rule], own: Iterable[Rule]) -> tuple[Rule, ...]:
    """The table with a body's own rules after it. Raises Refusal where an id is taken: no rule is replaced."""
    together = (*rules, *own)
    taken = [name for name, times in Counter(rule.id for rule in together).items() if times > 1]
    if taken:
        raise Refusal(
            f"规则编号“{taken[0]}”已经用过。",
            rule="checker.rule_once",
            remedy="请给本单位的规则换一个编号；已有的规则不能替换。",
        )
    return together


def may_promulgate(findings: Iterable[Finding]) -> bool:
    """Say whether a plan with these findings may be put in force: not one of them is an error."""
    return all(finding.severity is not Severity.ERROR for finding in findings)
