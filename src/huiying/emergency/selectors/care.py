"""Reads of a plan's life after it is in force: what is due, additions, own figures, causes, suggestions, comments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from huiying.emergency.gate import plans_for
from huiying.emergency.models import (
    ParameterOverride,
    Plan,
    PlanAddendum,
    PlanComment,
    PlanSuggestion,
    PlanVersion,
    RevisionNote,
)
from huiying.emergency.plan_kinds import PlanKind
from huiying.emergency.running import document_read
from huiying.playbook.kinds import BodyKind, Measure
from huiying.records.clock import official_date
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules import plan_care
from huiying.rules.lifecycle.addendum import AddendumState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.lifecycle.suggestion import SuggestionState
from huiying.rules.plan_care import CareDue

WALL = 30
# Who counts as a government of a county or above, or one of its departments: art. 34.
COUNTY_OR_ABOVE = frozenset({BodyKind.CITY, BodyKind.DEPARTMENT, BodyKind.EXPROPRIATION_OFFICE})
EVERY_THREE_YEARS = frozenset({PlanKind.SPECIAL, PlanKind.DEPARTMENT})  # art. 32
OPEN = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED)
SOON = timedelta(days=60)  # from when a due look is shown among the duties of the day


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the plan, and what the body set instead, with its reason."""

    id: str
    label: str
    unit: Measure
    plan_value: int
    own: ParameterOverride | None

    @property
    def value(self) -> int:
        """The figure that counts."""
        return self.own.value if self.own else self.plan_value


@dataclass(frozen=True, slots=True)
class Care:
    """Everything of the page "after it is in force", each list at most thirty rows, newest first."""

    due: tuple[CareDue, ...]
    addenda: tuple[PlanAddendum, ...]
    figures: tuple[FigureRow, ...]
    notes_open: tuple[RevisionNote, ...]
    notes_settled: tuple[RevisionNote, ...]
    suggestions: tuple[PlanSuggestion, ...]
    answered: tuple[PlanSuggestion, ...]


@dataclass(frozen=True, slots=True)
class PlanToCareFor:
    """What one plan asks of the planner today: what is due, and how many things wait."""

    plan: Plan
    number: int  # of the version in force
    due: tuple[CareDue, ...]
    causes: int
    suggestions: int
    comments: int
    draft: int | None  # the open draft, where the comments stand


def care_of(version: PlanVersion) -> Care:
    """All of it for one plan, by the text in force (where there is none, by the text one is on)."""
    plan = version.plan
    notes = RevisionNote.objects.filter(plan=plan).select_related("version", "settled_by", "raised_by")
    suggestions = PlanSuggestion.objects.filter(plan=plan).order_by("-pk")
    addenda = PlanAddendum.objects.filter(plan=plan).select_related("drafted_by", "promulgated_by")
    return Care(
        due=care_due(version) if version.promulgated_at else (),
        addenda=tuple(addenda.order_by("-pk")[:WALL]),
        figures=figures_shown(version),
        notes_open=tuple(notes.filter(settled_at=None).order_by("-pk")[:WALL]),
        notes_settled=tuple(notes.exclude(settled_at=None).order_by("-settled_at", "-pk")[:WALL]),
        suggestions=tuple(suggestions.filter(state=SuggestionState.GIVEN)[:WALL]),
        answered=tuple(suggestions.exclude(state=SuggestionState.GIVEN)[:WALL]),
    )


def version_cared_for(plan: Plan) -> PlanVersion | None:
    """The text in force; where there is none, the newest."""
    versions = plan.versions.select_related("plan__body")
    return versions.filter(state=PlanState.PROMULGATED).first() or versions.first()


def care_due(version: PlanVersion) -> tuple[CareDue, ...]:
    """When the plan is evaluated and practised again, from the last time or from its promulgation."""
    plan, promulgated = version.plan, version.promulgated_at
    if promulgated is None:
        return ()
    begun = official_date(promulgated)
    county = document_read(version.text).body_kind in COUNTY_OR_ABOVE
    return (
        plan_care.evaluation_due(plan.evaluated_on or begun, county_or_above=county),
        plan_care.practice_due(
            plan.practised_on or begun, special_or_department=plan.kind in EVERY_THREE_YEARS
        ),
    )


def figures_shown(version: PlanVersion) -> tuple[FigureRow, ...]:
    """The plan's figures in its order, each with what the body set instead."""
    running = ParameterOverride.objects.filter(plan=version.plan_id, ended_at=None).select_related("set_by")
    own = {override.parameter: override for override in running}
    return tuple(
        FigureRow(each.id, each.heading, each.unit, each.value, own.get(each.id))
        for each in document_read(version.text).parameters
    )


def addenda_in_force(plan: Plan, on: date) -> tuple[PlanAddendum, ...]:
    """The additions that hold on that day, the one that ends first before the others."""
    rows = PlanAddendum.objects.filter(plan=plan, state=AddendumState.IN_FORCE)
    return tuple(rows.filter(starts_on__lte=on, ends_on__gte=on).order_by("ends_on", "pk")[:WALL])


def comments_of(version: PlanVersion) -> dict[str, list[PlanComment]]:
    """The comments on a version's clauses by clause, what is not settled first; at most two hundred."""
    rows = PlanComment.objects.filter(version=version).select_related("written_by", "settled_by")
    found: dict[str, list[PlanComment]] = {}
    for comment in rows.order_by("settled_at", "pk")[:200]:
        found.setdefault(comment.clause_id, []).append(comment)
    return found


def plans_to_care_for(viewer: Officer, on: date) -> list[PlanToCareFor]:
    """The plans in force with something to do on that day; five questions, however many plans."""
    versions = PlanVersion.objects.filter(plan__in=plans_for(viewer), state=PlanState.PROMULGATED)
    found = list(versions.select_related("plan").order_by("plan__code")[:WALL])
    plans = [version.plan_id for version in found]
    causes = _counted(RevisionNote.objects.filter(plan__in=plans, settled_at=None), "plan")
    waiting = _counted(PlanSuggestion.objects.filter(plan__in=plans, state=SuggestionState.GIVEN), "plan")
    open_drafts = PlanVersion.objects.filter(plan__in=plans, state__in=OPEN)
    drafts = dict(open_drafts.order_by("pk").values_list("plan", "number"))
    comments = _counted(PlanComment.objects.filter(version__in=open_drafts, settled_at=None), "version__plan")
    rows = (
        PlanToCareFor(
            version.plan,
            version.number,
            tuple(due for due in care_due(version) if due.due_on <= on + SOON),
            causes.get(version.plan_id, 0),
            waiting.get(version.plan_id, 0),
            comments.get(version.plan_id, 0),
            drafts.get(version.plan_id),
        )
        for version in found
    )
    return [row for row in rows if row.due or row.causes or row.suggestions or row.comments]


def addenda_waiting(viewer: Officer, on: date) -> tuple[PlanAddendum, ...]:
    """The drafted additions that can still be put in force."""
    return _addenda(viewer, Q(state=AddendumState.DRAFT, ends_on__gte=on))


def addenda_ending(viewer: Officer, on: date) -> tuple[PlanAddendum, ...]:
    """The additions in force whose last day is near."""
    last = on + timedelta(days=plan_care.WARN_BEFORE.n)
    return _addenda(viewer, Q(state=AddendumState.IN_FORCE, ends_on__gte=on, ends_on__lte=last))


def plans_open_to_suggestions(body: Body) -> list[tuple[str, str]]:
    """Code and title of the body's plans in force, for whoever wants to suggest something."""
    versions = PlanVersion.objects.filter(plan__body=body, state=PlanState.PROMULGATED)
    return list(versions.order_by("plan__title").values_list("plan__code", "plan__title")[:200])


def plan_open_to_suggestions(body: Body, code: str) -> Plan | None:
    """One of them."""
    plans = Plan.objects.filter(body=body, code=code, versions__state=PlanState.PROMULGATED)
    return plans.first()


def _addenda(viewer: Officer, which: Q) -> tuple[PlanAddendum, ...]:
    rows = PlanAddendum.objects.filter(which, plan__in=plans_for(viewer)).select_related("plan")
    return tuple(rows.order_by("ends_on", "pk")[:WALL])


def _counted(
    rows: "QuerySet[RevisionNote] | QuerySet[PlanSuggestion] | QuerySet[PlanComment]", by: str
) -> dict[int, int]:
    pairs: Iterable[tuple[int, int]] = rows.order_by().values_list(by).annotate(Count("pk"))
    return dict(pairs)
