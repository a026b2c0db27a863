"""The clauses a plan is made of: each has a stable id, may cite a legal basis, and is never changed."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from huiying.playbook.kinds import (
    Anchor,
    FacetKind,
    InformationKind,
    Measure,
    PostKind,
    Product,
    ReportKind,
    ResponseLevel,
    TeamKind,
)
from huiying.playbook.times import Length, Limit

_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
# What turns the reading direction round makes words look like others; U+FFFE and U+FFFF no document can hold.
_FORBIDDEN = frozenset("\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _plain(text: str) -> str:
    """Refuse characters that print as nothing; they hide words from people and from the checker."""
    for char in text:
        if (unicodedata.category(char) in _FORBIDDEN_CATEGORIES and char != "\n") or char in _FORBIDDEN:
            raise PydanticCustomError("control_character", "control character")
    return text.strip()


Words = Annotated[str, Field(max_length=4000), AfterValidator(_plain)]
Title = Annotated[str, Field(max_length=200), AfterValidator(_plain), Field(min_length=1)]
Ref = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=64)]
Citation = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*(:[0-9A-Za-z.,()-]{1,40})?$", max_length=100)]
SourceLines = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?$")]
RequirementId = Annotated[str, Field(pattern=r"^[A-Z][0-9]+-[0-9]+$")]
Many = Field(default=(), max_length=400)


class Clause(BaseModel):
    """One clause: a stable id, its words, the legal basis it cites, and the requirements it serves.

    `basis` cites the plan's own legal bases as "id:article" ("erl:72"). `policy` marks a figure or rule as
    the body's own choice; what is so marked is never shown as law. `lines` are the lines of the document
    that it was read from ("12" or "12-15").
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Ref
    title: Words = ""
    text: Words = ""
    basis: tuple[Citation, ...] = Many
    policy: bool = False
    serves: tuple[RequirementId, ...] = Many
    lines: SourceLines | None = None

    def parts(self) -> Iterator["Clause"]:
        """The clause itself and every clause inside it, in order."""
        yield self
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, tuple):
                for part in value:
                    if isinstance(part, Clause):
                        yield from part.parts()

    def sentences(self) -> Iterator[str]:
        """The free text of this clause alone, field by field, for whoever reads it."""
        for name in type(self).model_fields:
            if name in _NOT_PROSE:
                continue
            value = getattr(self, name)
            for part in value if isinstance(value, tuple) else (value,):
                if type(part) is str and part:
                    yield part

    @property
    def heading(self) -> str:
        """The title, or the beginning of the text where there is none, or the id."""
        return self.title or self.text[:24] or self.id


_NOT_PROSE = frozenset(
    {
        "id",
        "basis",
        "serves",
        "lines",
        "who",
        "owner",
        "of",
        "needs",
        "alternates",
        "when",
        "steps",
        "repeat_until",
        "uses",
        "beside",
        "escalate_to",
        "reach",
    }
)


class LegalBasis(Clause):
    """A law or document relied on, with the day from which the cited text is in force."""

    in_force_on: date


class Stakeholder(Clause):
    """Who has a stake: what they are owed (text), how they are told, and the role that answers for it."""

    told_by: Words = ""
    owner: Ref | None = None


class Risk(Clause):
    """A risk, the role that answers for it, and the measure prepared beforehand."""

    owner: Ref | None = None
    measure: Words = ""


class Facet(Clause):
    """A type or circumstance of an incident that opens a branch. It describes the situation, never a person."""

    kind: FacetKind = FacetKind.CIRCUMSTANCE


class Level(Clause):
    """A response level and what must be the case for it; criteria speak of harm and blocked rights."""

    level: ResponseLevel
    criteria: tuple[Words, ...] = Many


class PlanRole(Clause):
    """A part to be played, the kind of post it is filled from, and who stands in, in order."""

    post_kind: PostKind
    alternates: tuple[Ref, ...] = Many
    duties: tuple[Clause, ...] = Many


class Team(Clause):
    """Leading group, headquarters, office or working group, with its roles."""

    kind: TeamKind = TeamKind.WORKING_GROUP
    roles: tuple[PlanRole, ...] = Many


class WatchDuty(Clause):
    """A watch that is always filled: by which role, by how many at once, in shifts of which length."""

    who: Ref | None = None
    people: Annotated[int, Field(ge=1, le=1000)] = 1
    around_the_clock: bool = True
    shift: Length | None = None


class Contact(Clause):
    """How a post or another unit is reached, and when somebody last tried: of offices, not of persons."""

    owner: Ref | None = None
    reach: Words = ""
    verified_on: date | None = None


class Step(Clause):
    """One thing somebody does within a time.

    `within` runs from `of`: an anchor (reported, activation, ended) or the completion of a step, which is
    then also needed. `level`: applies at this level and above. `when`: applies if the incident has any of
    these facets; empty means always. A repeated step falls due again `repeat_every` after it was last done,
    until the step `repeat_until` is done or the response ends. `uses` names resources, `beside` steps that
    are done at the same time by others. An order that nobody acknowledges goes on to the roles of
    `escalate_to`, one after another, each after `escalate_after`. All times are elapsed time.
    """

    title: Title
    who: Ref | None = None
    within: Limit | None = None
    of: Ref = Anchor.ACTIVATION.value
    needs: tuple[Ref, ...] = Many
    when: tuple[Ref, ...] = Many
    level: ResponseLevel = ResponseLevel.IV
    acknowledge_within: Length | None = None
    repeat_every: Length | None = None
    repeat_until: Ref | None = None
    uses: tuple[Ref, ...] = Many
    beside: tuple[Ref, ...] = Many
    escalate_after: Length | None = None
    escalate_to: tuple[Ref, ...] = Many
    produces: tuple[Product, ...] = Many

    @property
    def anchor_step(self) -> str | None:
        """The step from whose completion the time runs, or None where it runs from an anchor."""
        return None if self.of in _ANCHORS else self.of

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Every step that must be done first: those it needs and the one its time runs from."""
        return tuple(dict.fromkeys((*self.needs, *((self.of,) if self.anchor_step else ()))))


_ANCHORS = frozenset(anchor.value for anchor in Anchor)


class Phase(Clause):
    """A phase and its steps. Steps of a phase marked `after_end` open when the response is declared ended."""

    title: Title
    after_end: bool = False
    steps: tuple[Step, ...] = Many


class SpecialClause(Clause):
    """Rules for a circumstance: the facets it holds for, its rules, and the steps that carry them out."""

    when: tuple[Ref, ...] = Many
    rules: tuple[Clause, ...] = Many
    steps: tuple[Ref, ...] = Many


class ReportingRule(Clause):
    """When a situation report is owed to the superior body and what it holds (突发事件应对法 art. 17, 69)."""

    kind: ReportKind
    within: Limit
    of: Ref = Anchor.REPORTED.value
    to: Words = ""
    contents: tuple[Words, ...] = Many


class InformationDuty(Clause):
    """What the public must be told, within which time of what."""

    kind: InformationKind
    within: Limit
    of: Ref = Anchor.REPORTED.value
    level: ResponseLevel = ResponseLevel.IV


class Resource(Clause):
    """A thing or service kept ready, with the least quantity and the role that keeps it."""

    minimum: Annotated[int, Field(ge=0, le=1_000_000)]
    unit: Words
    owner: Ref | None = None


class EvaluationMeasure(Clause):
    """What an evaluation looks at: the body's own conduct, never people."""

    how: Words = ""


class Exercise(Clause):
    """Training or a drill: for whom, and at least every how many months."""

    audience: Words = ""
    every_months: Annotated[int, Field(ge=1, le=60)] | None = None


class Revision(Clause):
    """How the plan is kept current: the day by which it is looked at again, and what brings that forward."""

    due_on: date | None = None
    every_months: Annotated[int, Field(ge=1, le=60)] | None = None
    owner: Ref | None = None
    triggers: tuple[Words, ...] = Many


class Parameter(Clause):
    """A figure of the plan that a body may override with a reason."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=64)]
    value: Annotated[int, Field(ge=1, le=1_000_000)]
    unit: Measure = Measure.MINUTES

    def with_value(self, value: int) -> Self:
        """The same parameter with another value."""
        return self.model_copy(update={"value": value})
