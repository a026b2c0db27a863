"""Reads of plans: lists, clauses with their findings, changes between versions, what an activation would do."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from huiying.emergency.gate import plans_for
from huiying.emergency.models import PlanVersion
from huiying.emergency.posts import Filled, people_on, posts_filled
from huiying.emergency.running import document_read, figures_now, playbook_for, reporting_rule
from huiying.playbook import saying
from huiying.playbook.clauses import Clause
from huiying.playbook.compiler import PlaybookStep
from huiying.playbook.document import SECTIONS, PlanDocument
from huiying.playbook.sections import SECTION_LABELS
from huiying.playbook.times import length_write
from huiying.records.clock import official_date
from huiying.registry.calendars import calendar_for
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.plan import BEING_MADE, PlanState
from huiying.rules.lifecycle.report import ReportKind
from huiying.rules.plan_road import publication_due


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan in the list: what is in force, what is being drafted."""

    code: str
    title: str
    in_force: PlanVersion | None
    draft: PlanVersion | None


def plans_listed(viewer: Officer) -> list[PlanRow]:
    """The plans of the viewer's body, by code, each with its text in force and its draft."""
    live = PlanVersion.objects.exclude(state=PlanState.SUPERSEDED).defer("text")
    plans = plans_for(viewer).order_by("code").prefetch_related(Prefetch("versions", live, to_attr="live"))
    return [
        PlanRow(
            plan.code,
            plan.title,
            _of_state(plan.live, {PlanState.PROMULGATED}),
            _of_state(plan.live, BEING_MADE),
        )
        for plan in plans
    ]


def _of_state(versions: list[PlanVersion], states: Set[PlanState]) -> PlanVersion | None:
    return next((version for version in versions if version.state in states), None)


def versions_in_force(viewer: Officer) -> QuerySet[PlanVersion]:
    """The texts in force in the viewer's body: what may be activated."""
    found = PlanVersion.objects.filter(plan__in=plans_for(viewer), state=PlanState.PROMULGATED)
    return found.select_related("plan").order_by("plan__code")


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause as it is read: its depth, words, basis, and what the checker says beside it."""

    id: str
    depth: int
    heading: str
    is_titled: bool
    text: str
    details: tuple[str, ...]
    basis: tuple[str, ...]
    is_policy: bool
    findings: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """A clause of the first level with the clauses inside it: a team with its duties, a phase with its steps."""

    head: ClauseRow
    parts: tuple[ClauseRow, ...]

    @property
    def is_marked(self) -> bool:
        """Say whether the checker found something at a clause inside."""
        return any(row.findings for row in self.parts)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the document with its clauses."""

    name: str
    label: str
    rows: tuple[ClauseRow, ...]

    @property
    def groups(self) -> tuple[ClauseGroup, ...]:
        """Its clauses, those inside another under it."""
        starts = [place for place, row in enumerate(self.rows) if row.depth == 0]
        ends = [*starts[1:], len(self.rows)]
        return tuple(
            ClauseGroup(self.rows[start], self.rows[start + 1 : end])
            for start, end in zip(starts, ends, strict=True)
        )


def plan_clauses(version: PlanVersion) -> tuple[Section, ...]:
    """The document, section by section, each clause with the findings about it."""
    doc = document_read(version.text)
    titles = saying.titles_of(doc)  # once: every row names other clauses by their headings
    findings: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for found in version.findings:
        findings[found["clause"]].append(found)
    sections = ((name, getattr(doc, name)) for name in SECTIONS)
    return tuple(
        Section(name, SECTION_LABELS.get(name, name), tuple(_rows(doc, titles, clauses, findings)))
        for name, clauses in sections
        if clauses
    )


def _rows(
    doc: PlanDocument,
    titles: Mapping[str, str],
    clauses: tuple[Clause, ...],
    findings: Mapping[str, list[Mapping[str, str]]],
) -> list[ClauseRow]:
    rows: list[ClauseRow] = []
    waiting = [(0, clause) for clause in reversed(clauses)]
    while waiting:
        depth, clause = waiting.pop()
        rows.append(_row(doc, titles, clause, depth, tuple(findings.get(clause.id, ()))))
        waiting.extend((depth + 1, part) for part in reversed(_inside(clause)))
    return rows


def _inside(clause: Clause) -> list[Clause]:
    values = (getattr(clause, name) for name in type(clause).model_fields)
    return [
        part for value in values if isinstance(value, tuple) for part in value if isinstance(part, Clause)
    ]


def _row(
    doc: PlanDocument,
    titles: Mapping[str, str],
    clause: Clause,
    depth: int,
    findings: tuple[Mapping[str, str], ...],
) -> ClauseRow:
    text = clause.text if clause.title else ""
    return ClauseRow(
        id=clause.id,
        depth=depth,
        heading=clause.title or clause.text or clause.id,
        is_titled=bool(clause.title),
        text=text,
        details=tuple(_details(doc, titles, clause)),
        basis=tuple(doc.cite(citation) for citation in clause.basis),
        is_policy=clause.policy,
        findings=findings,
    )


def _details(doc: PlanDocument, titles: Mapping[str, str], clause: Clause) -> list[str]:
    """What a clause says beside its words: who, within what time, what it waits for."""
    return [f"{label}：{'、'.join(words)}" for label, words in saying.details(doc, clause, titles)]


def publish_by(version: PlanVersion) -> date | None:
    """The day by which a plan in force must be filed and public; None for a draft. Twenty working days after issue."""
    if version.promulgated_at is None:
        return None
    issued_on = version.issued_on or official_date(version.promulgated_at)
    return publication_due(issued_on, calendar_for(version.plan.body_id))


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One step as it would be ordered: to which post, who is on it, whether another post stands in."""

    step: PlaybookStep
    filled: Filled
    people: tuple[str, ...]
    within: str


@dataclass(frozen=True, slots=True)
class ActivationPreview:
    """What activating would do, shown before it is confirmed."""

    rows: tuple[PreviewRow, ...]
    missing: tuple[str, ...]
    empty_posts: tuple[str, ...]
    first_report: str


def activation_preview(
    version: PlanVersion, *, level: str, facets: list[str], body_id: int, at: datetime
) -> ActivationPreview:
    """Every order the plan would send, with the roles whose post is missing named. Raises PlanNotRunnable, Refusal."""
    figures = figures_now(version)
    playbook = playbook_for(version, level=level, facets=facets, figures=figures)
    filled = posts_filled(body_id, playbook)
    people = people_on((place.post.pk for place in filled.values()), at)
    rows = tuple(_preview_row(step, filled[step.role.id], people) for step in playbook.steps)
    rule = reporting_rule(version, ReportKind.FIRST, figures)
    return ActivationPreview(
        rows=rows,
        missing=tuple(place.role.title or place.role.id for place in filled.values() if place.stands_in),
        empty_posts=tuple(dict.fromkeys(row.filled.post.title for row in rows if not row.people)),
        first_report=length_write(rule[1]) if rule else "",
    )


def _preview_row(step: PlaybookStep, place: Filled, people: Mapping[int, tuple[str, ...]]) -> PreviewRow:
    return PreviewRow(
        step, place, people.get(place.post.pk, ()), length_write(step.within) if step.within else ""
    )
