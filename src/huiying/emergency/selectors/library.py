"""The library of plans: the body's own, found by kind, state and title, and those that come with the program."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from huiying.emergency.gate import plans_for
from huiying.emergency.models import Plan, PlanVersion
from huiying.emergency.plan_kinds import PLAN_KIND_LABELS, PlanKind
from huiying.playbook.kinds import BodyKind
from huiying.playbook.shipped import shipped_plan, shipped_plans
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.plan import BEFORE_THE_LEADERS, PlanState
from huiying.rules.plan_care import evaluation_due
from huiying.rules.words import N_

A_PAGE = 30
LONGEST_SEARCH = 40
_STATES = {
    "in_force": (PlanState.PROMULGATED,),
    "draft": (PlanState.DRAFT,),
    "under_approval": tuple(BEFORE_THE_LEADERS),
}
LIBRARY_STATES = (
    ("in_force", N_("施行中")),
    ("draft", N_("有草案")),
    ("under_approval", N_("审批中")),
)
SHIPPED_WORDS = {
    "city-petition-incidents": N_("信访中有人受伤、生命受到威胁或通道受阻时怎样办；市和乡镇通用。"),
    "group-visits": N_("多人一起来访时怎样接待、答复，有人遇险时怎样办。"),
    "housing-expropriation": N_("房屋征收中怎样告知、听取和补偿，出现危险时怎样办。"),
    "township-public-concerns": N_("乡镇怎样及时、如实、署名回应公众关心的事。"),
    "university": N_("高等学校怎样听取学生和教职工，出现危险时怎样办。"),
}


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """One plan: what is in force, what is being made, who answers for it, when it is next looked at."""

    code: str
    title: str
    kind: str
    owner: str
    in_force: PlanVersion | None
    being_made: PlanVersion | None
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Library:
    """One page of the body's plans, by code."""

    rows: tuple[LibraryRow, ...]
    next_key: str | None


@dataclass(frozen=True, slots=True)
class ShippedRow:
    """A plan that comes with the program: its name, what it is for, for which kind of body."""

    name: str
    title: str
    words: str
    body_kind: str


def library(viewer: Officer, *, kind: str = "", state: str = "", words: str = "", after: str = "") -> Library:
    """The plans of the viewer's body that match; an unknown kind or state narrows nothing."""
    found = _matching(plans_for(viewer), kind, state, words.strip()[:LONGEST_SEARCH])
    live = PlanVersion.objects.exclude(state=PlanState.SUPERSEDED).defer("text", "previous_text", "findings")
    page = found.filter(code__gt=after[:64]) if after else found
    page = page.select_related("owner_post").prefetch_related(Prefetch("versions", live, to_attr="live"))
    plans = list(page.order_by("code")[: A_PAGE + 1])
    more = len(plans) > A_PAGE
    rows = tuple(_row(plan) for plan in plans[:A_PAGE])
    return Library(rows, rows[-1].code if more else None)


def shipped_listed(viewer: Officer, body_kind: str = "") -> tuple[ShippedRow, ...]:
    """The shipped plans that the body has not taken yet, of one kind of body where one is chosen."""
    taken = set(plans_for(viewer).filter(code__in=shipped_plans()).values_list("code", flat=True))
    rows = (_shipped(name) for name in shipped_plans() if name not in taken)
    chosen = body_kind if body_kind in set(BodyKind) else ""
    label = BodyKind(chosen).label if chosen else ""
    return tuple(row for row in rows if not label or row.body_kind == label)


def _shipped(name: str) -> ShippedRow:
    doc = shipped_plan(name)
    return ShippedRow(name, doc.title, SHIPPED_WORDS.get(name, ""), doc.body_kind.label)


def _matching(plans: QuerySet[Plan], kind: str, state: str, words: str) -> QuerySet[Plan]:
    if kind in set(PlanKind):
        plans = plans.filter(kind=kind)
    if state in _STATES:
        there = PlanVersion.objects.filter(plan=OuterRef("pk"), state__in=_STATES[state])
        plans = plans.filter(Exists(there))
    return plans.filter(title__icontains=words) if words else plans


def _row(plan: Plan) -> LibraryRow:
    versions: list[PlanVersion] = plan.live  # type: ignore[attr-defined]
    in_force = next((one for one in versions if one.state == PlanState.PROMULGATED), None)
    return LibraryRow(
        code=plan.code,
        title=plan.title,
        kind=PLAN_KIND_LABELS[PlanKind(plan.kind)],
        owner=plan.owner_post.title if plan.owner_post else "",
        in_force=in_force,
        being_made=next((one for one in versions if one.state != PlanState.PROMULGATED), None),
        next_due=_next_due(plan, in_force),
    )


def _next_due(plan: Plan, in_force: PlanVersion | None) -> date | None:
    """When the plan in force is evaluated again; whether law or the body asks for it, the day is the same."""
    if in_force is None or in_force.promulgated_at is None:
        return None
    since = plan.evaluated_on or official_date(in_force.promulgated_at)
    return evaluation_due(since, county_or_above=False).due_on
