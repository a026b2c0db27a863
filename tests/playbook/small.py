"""A small plan without a single finding; each test changes one line of it."""

from functools import cache

from huiying.playbook.checker import check
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Finding
from huiying.playbook.yaml_form import read

SMALL = """\
id: small-plan
title: 小预案
body_kind: township
purpose:
  - {id: purpose-1, text: 让人们的诉求得到答复。}
rights:
  - {id: right-1, text: 各渠道照常开放。}
stakeholders:
  - {id: party-1, title: 来访的人, told_by: 当面告知。, owner: duty}
legal_bases:
  - {id: erl, title: 《突发事件应对法》, in_force_on: 2024-11-01}
risks:
  - {id: risk-1, title: 接待点太热, owner: duty, measure: 备好饮水和遮阳。}
warning:
  - {id: warning-1, text: 逾期职责达到标准时提出预警。}
teams:
  - id: team-0
    title: 领导小组
    kind: leading_group
    roles:
      - {id: chief, title: 总负责人, post_kind: leading_group, alternates: [head]}
  - id: team-1
    title: 值班组
    kind: office
    roles:
      - id: duty
        title: 值班员
        post_kind: duty_officer
        alternates: [head]
        duties:
          - {id: duty-1, text: 接报和上报。}
  - id: team-2
    title: 指挥组
    kind: headquarters
    roles:
      - id: head
        title: 组长
        post_kind: leading_group
        alternates: [duty]
parameters:
  - {id: first_report_minutes, title: 首报时限, value: 60, policy: true}
facets:
  - {id: injured, title: 有人受伤}
levels:
  - {id: level-3, level: III, criteria: [有人受轻伤。], basis: [erl:71]}
  - {id: level-4, level: IV, criteria: [场所有安全隐患。], basis: [erl:71]}
phases:
  - id: phase-1
    title: 处置
    steps:
      - {id: verify, title: 核实, who: duty, within: 30 分钟, of: reported, acknowledge_within: 5 分钟}
      - id: report
        title: 首报
        who: duty
        within: $first_report_minutes
        of: reported
        acknowledge_within: 5 分钟
        produces: [situation_report:first]
      - {id: treat, title: 送医, who: head, within: 20 分钟, when: [injured], needs: [verify], acknowledge_within: 5 分钟}
      - {id: meet, title: 会商, who: head, within: 2 小时, level: III, needs: [treat], acknowledge_within: 5 分钟}
      - id: tell
        title: 通告
        who: head
        within: 5 小时
        of: verify
        needs: [meet]
        acknowledge_within: 5 分钟
        produces: [notice]
      - {id: relieve, title: 换班, who: duty, within: 8 小时, acknowledge_within: 5 分钟, repeat_every: 8 小时}
  - id: phase-2
    title: 善后
    after_end: true
    steps:
      - id: evaluate
        title: 评估
        who: head
        within: 30 天
        of: ended
        acknowledge_within: 1 天
        escalate_to: [chief]
        produces: [evaluation]
end_criteria:
  - {id: end-1, text: 危险消除，每个问题都有答复。}
special:
  - {id: special-1, title: 有人受伤时, when: [injured], steps: [treat]}
reporting:
  - {id: report-rule, kind: first, within: $first_report_minutes, basis: [erl:17], policy: true, contents: [时间和地点, 来源, 性质和范围, 伤亡, 趋势, 措施]}
information:
  - {id: inform-1, kind: answer, within: 48 小时, policy: true}
resources:
  - {id: res-1, title: 饮用水, minimum: 10, unit: 瓶, owner: duty}
aftercare:
  - {id: after-1, text: 回访受影响的人。}
evaluation:
  - {id: eval-1, text: 每一步是否按时。}
training:
  - {id: train-1, text: 练习登记和上报。, every_months: 6}
drills:
  - {id: drill-1, text: 走完全部步骤。, every_months: 12}
accountability:
  - {id: account-1, text: 对拖延、瞒报和打击报复追究责任；有利害关系的人回避。}
revision:
  - {id: revision-1, text: 预案由镇长批准，印发后备案并公布。, every_months: 36}
"""  # noqa: E501  (one clause a line, so that a test can change one)


def changed(old: str, new: str, text: str = SMALL) -> str:
    """The small plan with one place changed; fails where the place is not there exactly once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


@cache
def small(old: str = "", new: str = "") -> PlanDocument:
    """The small plan as a document, with one place changed if asked."""
    return read(changed(old, new) if old else SMALL)


def findings(old: str = "", new: str = "") -> list[Finding]:
    """What the checker says of the small plan with one place changed."""
    return check(small(old, new))
