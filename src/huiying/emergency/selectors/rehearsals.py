"""Reads of rehearsals at the desk: those kept of a plan, one with its figures, two beside each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huiying.emergency.crew import Filling
from huiying.emergency.gate import plan_version_for, plans_for
from huiying.emergency.models import PlanRehearsal, PlanVersion
from huiying.emergency.tabletop import Asked, asked_read, changes_read, digest_of, result_read
from huiying.playbook.rehearsal import Rehearsal
from huiying.playbook.rehearsal.changes import Change
from huiying.playbook.rehearsal.results import Milestone, StepResult
from huiying.registry.models import Staff
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_

SHOWN = 30
DIFFERENT = 15


def rehearsals_kept(viewer: Officer, version: PlanVersion) -> QuerySet[PlanRehearsal]:
    """The newest rehearsals of a plan, of whichever text."""
    rows = _for(viewer).filter(version__plan_id=version.plan_id).select_related("version", "ran_by")
    return rows.order_by("-pk")[:SHOWN]


def rehearsal_for(viewer: Officer, code: str, number: int, pk: int) -> PlanRehearsal:
    """One rehearsal of a version. Raises NotThere."""
    version = plan_version_for(viewer, code, number)
    return _one(_for(viewer).filter(version=version), pk)


def _for(viewer: Officer) -> QuerySet[PlanRehearsal]:
    may = can_somewhere(viewer.grants, Action.PLAN_REHEARSE)
    rows = PlanRehearsal.objects.filter(version__plan__in=plans_for(viewer))
    return rows if may else rows.none()


def _one(rows: QuerySet[PlanRehearsal], pk: int) -> PlanRehearsal:
    found = rows.filter(pk=pk).select_related("version__plan__body", "ran_by").first()
    if found is None:
        raise NotThere(N_("没有找到这次演算。请回到“演算”页，从列表中打开。"), rule="gate.emergency")
    return found


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One role as it was filled: by which post, by how many, and who they are for whoever may see it."""

    title: str
    post: str
    count: int
    names: tuple[str, ...]
    by: Filling


@dataclass(frozen=True, slots=True)
class LoadRow:
    """The people of one role in the calculation: how many, how busy the busiest, how long others waited for them."""

    title: str
    count: int
    busy: float
    waited: int
    overloaded: bool


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """One rehearsal with everything a page tells of it."""

    row: PlanRehearsal
    asked: Asked
    result: Rehearsal
    changes: tuple[Change, ...]
    crew: tuple[MemberRow, ...]
    loads: tuple[LoadRow, ...]
    tried: int
    is_current: bool  # the text is still the one that was run


def rehearsal_page(viewer: Officer, row: PlanRehearsal) -> RehearsalPage:
    """What came out, read again; names are looked up now and are not part of what is kept."""
    result = result_read(row.result)
    return RehearsalPage(
        row=row,
        asked=asked_read(row.scenario),
        result=result,
        changes=changes_read(row.result),
        crew=tuple(_crew(viewer, row)),
        loads=tuple(_loads(result)),
        tried=row.result["tried"],
        is_current=row.text_digest == digest_of(row.version.text),
    )


def _crew(viewer: Officer, row: PlanRehearsal) -> Iterator[MemberRow]:
    members: list[Mapping[str, Any]] = row.result["crew"]
    numbers = {staff for member in members for staff in member["people"]}
    names = _names(viewer, numbers)
    for member in members:
        people = [names[staff] for staff in member["people"] if staff in names]
        yield MemberRow(
            member["title"], member["post"], len(member["people"]), tuple(people), Filling(member["by"])
        )


def _names(viewer: Officer, numbers: set[int]) -> dict[int, str]:
    """The names behind the numbers, for whoever reads the roster anyway."""
    if not can_somewhere(viewer.grants, Action.DUTY_READ):
        return {}
    found = Staff.objects.filter(pk__in=numbers, body_id=viewer.body_id)
    return dict(found.values_list("pk", "name"))


def _loads(result: Rehearsal) -> Iterator[LoadRow]:
    for role, title in result.roles.items():
        people = [person for person in result.people if role in person.roles]
        yield LoadRow(
            title=title,
            count=len(people),
            busy=max((person.busy for person in people), default=0.0),
            waited=max((person.waited for person in people), default=0),
            overloaded=any(person.overloaded for person in people),
        )


@dataclass(frozen=True, slots=True)
class StepPair:
    """One step in two rehearsals; None where a text or level does not have it."""

    title: str
    before: StepResult | None
    after: StepResult | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rehearsals beside each other: what was assumed otherwise, and what came out otherwise."""

    one: RehearsalPage
    other: RehearsalPage
    assumed: tuple[tuple[str, Any, Any], ...]
    milestones: tuple[tuple[str, Milestone | None, Milestone | None], ...]
    steps: tuple[StepPair, ...]
    loads: tuple[tuple[str, LoadRow | None, LoadRow | None], ...]


def rehearsals_compared(viewer: Officer, version: PlanVersion, one: int, other: int) -> Comparison:
    """Two kept rehearsals of one plan. Raises NotThere."""
    rows = _for(viewer).filter(version__plan_id=version.plan_id)
    left, right = (rehearsal_page(viewer, _one(rows, pk)) for pk in (one, other))
    return Comparison(
        one=left,
        other=right,
        assumed=tuple(_assumed(left, right)),
        milestones=tuple(_pairs(_by(left.result.milestones, "name"), _by(right.result.milestones, "name"))),
        steps=tuple(_steps(left.result, right.result)),
        loads=tuple(row for row in _pairs(_by(left.loads, "title"), _by(right.loads, "title"))),
    )


def _assumed(one: RehearsalPage, other: RehearsalPage) -> Iterator[tuple[str, Any, Any]]:
    if one.row.version_id != other.row.version_id or one.row.text_digest != other.row.text_digest:
        yield "version", one.row.version.number, other.row.version.number
    for name in Asked.__slots__:
        before, after = getattr(one.asked, name), getattr(other.asked, name)
        if before != after:
            yield name, before, after


def _by(rows: tuple[Any, ...], name: str) -> dict[str, Any]:
    return {getattr(row, name): row for row in rows}


def _pairs(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for key in {**one, **other}:
        yield key, one.get(key), other.get(key)


def _steps(one: Rehearsal, other: Rehearsal) -> list[StepPair]:
    """The steps that came out most differently, the greatest difference first."""
    both = _pairs(_by(one.steps, "id"), _by(other.steps, "id"))
    pairs = [
        StepPair((after or before).title, before, after) for _id, before, after in both if before != after
    ]
    return sorted(pairs, key=_difference, reverse=True)[:DIFFERENT]


def _difference(pair: StepPair) -> float:
    if pair.before is None or pair.after is None:
        return 2.0
    return abs(pair.before.late - pair.after.late)
