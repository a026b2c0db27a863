"""The whole plan document and the questions one can ask of it."""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from huiying.playbook.clauses import (
    Clause,
    Contact,
    EvaluationMeasure,
    Exercise,
    Facet,
    InformationDuty,
    LegalBasis,
    Level,
    Many,
    Parameter,
    Phase,
    PlanRole,
    Ref,
    ReportingRule,
    Resource,
    Revision,
    Risk,
    SpecialClause,
    Stakeholder,
    Step,
    Team,
    Title,
    WatchDuty,
    Words,
)
from huiying.playbook.kinds import BodyKind, Product, ReportKind, ResponseLevel


class PlanDocument(BaseModel):
    """An emergency plan as data: frozen, with every clause under a stable id that is used once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["huiying-plan/1"] = "huiying-plan/1"
    id: Ref
    title: Title
    gloss: Words = ""
    body_kind: BodyKind
    purpose: tuple[Clause, ...] = Many
    scope: tuple[Clause, ...] = Many
    definitions: tuple[Clause, ...] = Many
    principles: tuple[Clause, ...] = Many
    rights: tuple[Clause, ...] = Many
    stakeholders: tuple[Stakeholder, ...] = Many
    legal_bases: tuple[LegalBasis, ...] = Many
    risks: tuple[Risk, ...] = Many
    warning: tuple[Clause, ...] = Many
    teams: tuple[Team, ...] = Many
    watches: tuple[WatchDuty, ...] = Many
    parameters: tuple[Parameter, ...] = Many
    facets: tuple[Facet, ...] = Many
    levels: tuple[Level, ...] = Many
    phases: tuple[Phase, ...] = Many
    end_criteria: tuple[Clause, ...] = Many
    special: tuple[SpecialClause, ...] = Many
    reporting: tuple[ReportingRule, ...] = Many
    information: tuple[InformationDuty, ...] = Many
    resources: tuple[Resource, ...] = Many
    contacts: tuple[Contact, ...] = Many
    funds: tuple[Clause, ...] = Many
    aftercare: tuple[Clause, ...] = Many
    evaluation: tuple[EvaluationMeasure, ...] = Many
    training: tuple[Exercise, ...] = Many
    drills: tuple[Exercise, ...] = Many
    accountability: tuple[Clause, ...] = Many
    revision: tuple[Revision, ...] = Many

    @model_validator(mode="after")
    def _ids_used_once(self) -> "PlanDocument":
        seen: set[str] = set()
        for clause in self.clauses():
            if clause.id in seen:
                raise PydanticCustomError("duplicate_id", "duplicate id", {"id": clause.id})
            seen.add(clause.id)
        return self

    def clauses(self) -> Iterator[Clause]:
        """Every clause at every depth, in document order."""
        for name in SECTIONS:
            for clause in getattr(self, name):
                yield from clause.parts()

    def clause(self, clause_id: str) -> Clause | None:
        """The clause with that id, or None."""
        return next((clause for clause in self.clauses() if clause.id == clause_id), None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps of all phases, in document order."""
        return tuple(step for phase in self.phases for step in phase.steps)

    @property
    def roles(self) -> tuple[PlanRole, ...]:
        """All plan roles of all teams, in document order."""
        return tuple(role for team in self.teams for role in team.roles)

    def phase_of(self, step_id: str) -> Phase | None:
        """The phase that holds the step, or None."""
        return next((phase for phase in self.phases if any(s.id == step_id for s in phase.steps)), None)

    def level(self, level: ResponseLevel) -> Level | None:
        """The plan's own definition of a response level, or None where it does not use it."""
        return next((found for found in self.levels if found.level is level), None)

    def reporting_rule(self, kind: ReportKind) -> ReportingRule | None:
        """The first rule for that kind of situation report, or None."""
        return next((rule for rule in self.reporting if rule.kind is kind), None)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, or None."""
        return next((found for found in self.parameters if found.id == name), None)

    def steps_producing(self, product: Product) -> tuple[Step, ...]:
        """The steps that leave this product behind."""
        return tuple(step for step in self.steps if product in step.produces)

    def cite(self, citation: str) -> str:
        """A citation in words: "erl:72" becomes 《突发事件应对法》第72条; an unknown one stays as it is."""
        source, _, article = citation.partition(":")
        basis = next((found for found in self.legal_bases if found.id == source), None)
        if basis is None:
            return citation
        return f"{basis.heading}第{article}条" if article else basis.heading


SECTIONS = tuple(
    name for name in PlanDocument.model_fields if name not in {"format", "id", "title", "gloss", "body_kind"}
)
