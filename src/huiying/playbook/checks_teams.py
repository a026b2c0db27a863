"""Checks on who is there: teams, stakeholders, watches, contacts."""

from collections.abc import Callable, Iterable, Iterator

from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import CheckRule, Hit, Severity
from huiying.playbook.kinds import TeamKind
from huiying.rules.words import N_


def team_missing(kind: TeamKind) -> Callable[[PlanDocument], Iterable[Hit]]:
    """A check that the plan has a team of that kind."""

    def find(doc: PlanDocument) -> Iterable[Hit]:
        return () if any(team.kind is kind for team in doc.teams) else (Hit(),)

    return find


def team_without_role(doc: PlanDocument) -> Iterator[Hit]:
    """A team in which nobody has a part."""
    return (Hit(team.id, team.heading) for team in doc.teams if not team.roles)


def stakeholders_missing(doc: PlanDocument) -> Iterator[Hit]:
    """A plan that does not say whom it concerns."""
    if not doc.stakeholders:
        yield Hit()


def stakeholder_not_told(doc: PlanDocument) -> Iterator[Hit]:
    """A stakeholder whom nobody tells, or nobody knows how to tell."""
    return (Hit(one.id, one.heading) for one in doc.stakeholders if not (one.told_by and one.owner))


def watch_without_role(doc: PlanDocument) -> Iterator[Hit]:
    """A watch that nobody keeps."""
    return (Hit(watch.id, watch.heading) for watch in doc.watches if watch.who is None)


def contact_incomplete(doc: PlanDocument) -> Iterator[Hit]:
    """A contact that cannot be reached, or that nobody keeps right."""
    return (Hit(one.id, one.heading) for one in doc.contacts if not (one.reach and one.owner))


_MEASURES_24 = N_("突发事件应急预案管理办法第24条")

ROWS = (
    CheckRule(
        "no-leading-group",
        Severity.WARNING,
        N_("没有写明领导机构。"),
        _MEASURES_24,
        N_("请把作决定的组写上 kind: leading_group。"),
        team_missing(TeamKind.LEADING_GROUP),
    ),
    CheckRule(
        "no-headquarters",
        Severity.ADVICE,
        N_("没有写明指挥机构。"),
        _MEASURES_24,
        N_("请把响应时指挥的组写上 kind: headquarters。"),
        team_missing(TeamKind.HEADQUARTERS),
    ),
    CheckRule(
        "no-office",
        Severity.ADVICE,
        N_("没有写明办事机构。"),
        _MEASURES_24,
        N_("请把平时负责值守和日常工作的组写上 kind: office。"),
        team_missing(TeamKind.OFFICE),
    ),
    CheckRule(
        "team-without-role",
        Severity.WARNING,
        N_("“{name}”没有任何角色。"),
        _MEASURES_24,
        N_("请写明这个组由哪些角色组成，或删去该组。"),
        team_without_role,
    ),
    CheckRule(
        "no-stakeholders",
        Severity.ADVICE,
        N_("没有写明涉及哪些人和单位。"),
        N_("突发事件应急预案管理办法第22条"),
        N_("请列出有关各方、他们应得到什么、由谁告知。"),
        stakeholders_missing,
    ),
    CheckRule(
        "stakeholder-not-told",
        Severity.WARNING,
        N_("没有写明怎样告知“{name}”，或由谁告知。"),
        N_("突发事件应对法第7条"),
        N_("请写明 told_by（怎样告知）和 owner（责任角色）。"),
        stakeholder_not_told,
    ),
    CheckRule(
        "watch-without-role",
        Severity.ERROR,
        N_("值守“{name}”没有角色。"),
        N_("二十四小时值守的做法"),
        N_("请在 who 中写明已有角色的编号。"),
        watch_without_role,
    ),
    CheckRule(
        "contact-incomplete",
        Severity.WARNING,
        N_("联络“{name}”没有联系方式或责任角色。"),
        N_("联络表须有人维护的做法"),
        N_("请写明 reach（怎样联系）和 owner（责任角色）。"),
        contact_incomplete,
    ),
)
