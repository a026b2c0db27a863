"""What is missing for the plans in force of the viewer's body, in a number of statements that no plan adds to."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from huiying.emergency.crew import standing_of
from huiying.emergency.gate import plans_for
from huiying.emergency.lacking import AtDesk, Reached, lacks_of_plan
from huiying.emergency.lacks import Lack, LackKind, PlanRef, Where, merged
from huiying.emergency.models import (
    Contact,
    Fund,
    PlanAcknowledgement,
    PlanFiling,
    PlanOpinion,
    PlanVersion,
    SupplyLot,
)
from huiying.playbook.readiness import Stock
from huiying.records.clock import official_date
from huiying.registry.calendars import calendar_for
from huiying.registry.models import Grant, Qualification
from huiying.registry.officers import Officer
from huiying.rules.calendar import WorkCalendar
from huiying.rules.lifecycle.opinion import OpinionState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Action, Role, can_somewhere
from huiying.rules.plan_road import acknowledgement_due
from huiying.rules.words import N_, said

MOST_PLANS = 50
MOST_PAPERS = 200
MOST_LOTS = 2000


def readiness_of_body(viewer: Officer, *, at: datetime, plan: str = "", mine: bool = False) -> list[Lack]:
    """Everything that is missing, for all plans in force or for one; `mine` leaves what the viewer can mend."""
    rows = _lacks(viewer, at, plan, deep=True)
    return [lack for lack in rows if not mine or lack.is_for(viewer.grants)]


def readiness_mine(viewer: Officer, *, at: datetime) -> list[Lack]:
    """What the viewer can mend, without the checks that take longer: for the line of one's day."""
    return [lack for lack in _lacks(viewer, at, "", deep=False) if lack.is_for(viewer.grants)]


def plans_ready_for(viewer: Officer) -> list[tuple[str, str]]:
    """Code and title of every plan in force, to choose one."""
    return list(_in_force(viewer).values_list("plan__code", "plan__title"))


def _in_force(viewer: Officer) -> QuerySet[PlanVersion]:
    may = can_somewhere(viewer.grants, Action.READINESS_READ)
    rows = PlanVersion.objects.filter(plan__in=plans_for(viewer), state=PlanState.PROMULGATED)
    return (rows if may else rows.none()).select_related("plan").order_by("plan__code")[:MOST_PLANS]


def _lacks(viewer: Officer, at: datetime, plan: str, *, deep: bool) -> list[Lack]:
    versions = [row for row in _in_force(viewer) if plan in ("", row.plan.code)]
    if not versions:
        return []
    calendar = calendar_for(viewer.body_id)
    desk = _at_desk(viewer.body_id, at, calendar)
    return merged(_all(versions, desk, calendar, deep=deep))


def _all(
    versions: list[PlanVersion], desk: AtDesk, calendar: WorkCalendar, *, deep: bool
) -> Iterator[tuple[PlanRef, Lack]]:
    for version in versions:
        for lack in lacks_of_plan(version, desk, deep=deep):
            yield _ref(version), lack
    yield from _papers({version.plan_id for version in versions}, desk.on, calendar)


def _ref(version: PlanVersion) -> PlanRef:
    return PlanRef(version.plan.code, version.number, version.plan.title)


def _at_desk(body_id: int, at: datetime, calendar: WorkCalendar) -> AtDesk:
    on = official_date(at)
    standing = standing_of(body_id, on=on, calendar=calendar)
    empty = [post.pk for post in standing.posts.values() if not standing.holders.get(post.pk)]
    return AtDesk(
        now=at,
        on=on,
        standing=standing,
        last_held=_last_held(empty),
        skills=_skills(body_id),
        stock=tuple(_stock(body_id)),
        contacts=_contacts(body_id),
        has_fund=Fund.objects.filter(body=body_id, year=on.year).exists(),
    )


def _last_held(posts: list[int]) -> dict[int, date]:
    """The day on which each of these posts was last held."""
    found: dict[int, date] = {}
    rows = Grant.objects.filter(post__in=posts).values("post_id")
    for row in rows.annotate(ended=Max("ended_at"), expired=Max("expires_on")):
        days = [official_date(row["ended"]) if row["ended"] else None, row["expired"]]
        found[row["post_id"]] = max((day for day in days if day), default=date.min)
    return {post: day for post, day in found.items() if day > date.min}


def _skills(body_id: int) -> dict[int, tuple[tuple[str, date | None], ...]]:
    rows = Qualification.objects.filter(staff__body_id=body_id, ended_at=None)
    found: dict[int, list[tuple[str, date | None]]] = defaultdict(list)
    for staff, what, last in rows.values_list("staff_id", "what", "expires_on"):
        found[staff].append((what, last))
    return {staff: tuple(held) for staff, held in found.items()}


def _stock(body_id: int) -> Iterator[Stock]:
    lots = SupplyLot.objects.filter(item__body_id=body_id, item__ended_at=None, quantity__gt=0)
    rows = lots.exclude(item__resource="").order_by("pk")[:MOST_LOTS]
    for resource, quantity, last in rows.values_list("item__resource", "quantity", "expires_on"):
        yield Stock.model_construct(resource=resource, quantity=quantity, expires_on=last)


def _contacts(body_id: int) -> dict[str, tuple[Reached, ...]]:
    rows = Contact.objects.filter(body=body_id, ended_at=None).exclude(plan_contact="")
    found: dict[str, list[Reached]] = defaultdict(list)
    for name, verified, wrong in rows.values_list("plan_contact", "verified_on", "wrong_since"):
        found[name].append(Reached(verified, wrong))
    return {name: tuple(reached) for name, reached in found.items()}


def _papers(plans: set[int], on: date, calendar: WorkCalendar) -> Iterator[tuple[PlanRef, Lack]]:
    """Opinions, filings and acknowledgements whose day is over."""
    yield from _opinions(plans, on)
    yield from _filings(plans, on)
    yield from _acknowledgements(plans, on, calendar)


def _opinions(plans: set[int], on: date) -> Iterator[tuple[PlanRef, Lack]]:
    making = Q(version__state__in=[PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED])
    rows = PlanOpinion.objects.filter(
        making, version__plan__in=plans, state=OpinionState.ASKED, due_on__lt=on
    )
    for row in rows.select_related("version__plan", "unit")[:MOST_PAPERS]:
        if row.unit is None:
            words, roles = said(N_("一位专家的书面意见逾期。")), (Role.PLANNER,)
        else:
            words, roles = said(N_("{unit}的书面意见逾期。"), unit=row.unit.name), (Role.UNIT_HEAD,)
        lack = _paper(f"opinion{row.pk}", words, roles, row.due_on)
        yield (
            _ref(row.version),
            replace(lack, unit_id=row.unit_id, unit=row.unit.name if row.unit else ""),
        )


def _filings(plans: set[int], on: date) -> Iterator[tuple[PlanRef, Lack]]:
    rows = PlanFiling.objects.filter(
        version__plan__in=plans, version__state=PlanState.PROMULGATED, sent_at=None, due_on__lt=on
    )
    for row in rows.select_related("version__plan")[:MOST_PAPERS]:
        words = said(N_("还没有向{receiver}报送备案。"), receiver=row.receiver)
        yield _ref(row.version), _paper(f"filing{row.pk}", words, (Role.PLANNER,), row.due_on)


def _acknowledgements(plans: set[int], on: date, calendar: WorkCalendar) -> Iterator[tuple[PlanRef, Lack]]:
    rows = PlanAcknowledgement.objects.filter(
        version__plan__in=plans, version__state=PlanState.PROMULGATED, acknowledged_at=None
    )
    for row in rows.select_related("version__plan", "unit")[:MOST_PAPERS]:
        due_on = acknowledgement_due(official_date(row.asked_at), calendar)
        if due_on < on:
            words = said(N_("{unit}还没有确认已读并会执行。"), unit=row.unit.name)
            lack = _paper(f"acknowledgement{row.pk}", words, (Role.UNIT_HEAD,), due_on)
            yield _ref(row.version), replace(lack, unit_id=row.unit_id, unit=row.unit.name)


def _paper(key: str, words: str, roles: tuple[Role, ...], due_on: date) -> Lack:
    return Lack(LackKind.PAPER, key, words, Where.ROAD, roles, since=due_on)
