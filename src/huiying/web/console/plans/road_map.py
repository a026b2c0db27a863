"""The way of a plan as a map of steps, and what whoever approves has to look at (国办发〔2024〕5号 art. 24)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiying.emergency.plan_kinds import Procedure
from huiying.emergency.selectors.road import Road
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Role

ORDER = [
    PlanState.DRAFT,
    PlanState.SUBMITTED,
    PlanState.APPROVED,
    PlanState.PROMULGATED,
    PlanState.SUPERSEDED,
]


def steps_of(way: Road, publish_by: date | None) -> list[dict[str, Any]]:
    """Every step in order: done, the one that is now, those that come; by whom, by when, under which article."""
    steps = [*_before_issue(way), *_after_issue(way, publish_by)]
    ahead = [step for step in steps if step["state"] == "next"]
    if ahead and way.version.state != PlanState.SUPERSEDED:
        ahead[0]["state"] = "now"
    return steps


def _before_issue(way: Road) -> list[dict[str, Any]]:
    version, planner, leaders = way.version, _(Role.PLANNER.label), _(Role.LEADING_GROUP.label)
    passed = ORDER.index(PlanState(version.state))
    waited = [row.opinion.due_on for row in way.opinions if row.waited_for]
    opinions = _step(_("征求书面意见"), way.opinions_settled or passed > 0, _("单位负责人"), 22)
    if way.procedure is Procedure.SIMPLIFIED and not way.opinions:
        opinions["state"] = "skipped"
    return [
        _step(_("起草并检查"), not way.errors or passed > 0, planner, 21),
        {**opinions, "due": max(waited) if waited else None},
        _step(_("送审"), passed > 0, planner, 24, version.submitted_at if passed > 0 else None),
        _step(_("批准"), passed > 1, leaders, 24, version.approved_at if passed > 1 else None),
        _step(_("印发施行"), passed > 2, leaders, 25, version.issued_on),
    ]


def _after_issue(way: Road, publish_by: date | None) -> list[dict[str, Any]]:
    issued = way.version.promulgated_at is not None
    unsent = [filing.due_on for filing in way.filings if not filing.sent_at]
    all_signed = issued and way.acknowledged == len(way.acknowledgements)
    filing = _step(_("报送备案"), issued and way.filed, _(Role.PLANNER.label), 26)
    if issued and not way.filings:
        filing["state"] = "skipped"
    return [
        {**filing, "due": max(unsent) if unsent else None},
        {
            **_step(_("各单位签收"), all_signed, _("单位负责人"), 29),
            "due": None if all_signed else way.acknowledge_by,
        },
        {**_step(_("公开"), False, _("另行办理"), 28), "due": publish_by},
    ]


def _step(name: str, done: bool, who: str, article: int, when: Any = None) -> dict[str, Any]:
    return {
        "state": "done" if done else "next",
        "name": name,
        "when": when if done else None,
        "due": None,
        "article": _("国办发〔2024〕5号第%(n)s条") % {"n": article},
        "note": who,
    }


def looked_at(way: Road) -> list[tuple[str, str]]:
    """What is examined before a plan is approved, each point with what the program can say about it."""
    answered = sum(bool(row.opinion.given_at) for row in way.opinions)
    opinions = _("征求 %(asked)s 份，收到 %(given)s 份，见下面的意见表。") % {
        "asked": len(way.opinions),
        "given": answered,
    }
    found = _("检查发现 %(n)s 处，都不妨碍送审。") % {"n": len(way.version.findings)}
    return [
        (_("合法"), _("符合法律、法规、规章和上级规定；看文本里的编制依据。")),
        (_("衔接"), _("与上级预案和相邻地区、部门的预案接得上。")),
        (_("完整"), found),
        (_("可行"), _("指挥体系和职责分工清楚，响应级别合理，措施具体能做。")),
        (_("意见一致"), opinions),
        (_("其他"), _("需要审核的其他内容；看编制说明。")),
    ]
