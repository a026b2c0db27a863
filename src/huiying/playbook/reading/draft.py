"""A draft plan out of what was read: every clause in its section with its lines, nothing guessed and nothing left out unsaid.

What a section demands and the text does not say (the day a law came into force, the level of a level) is not made up:
such a clause stays in the reading for a person, and `not_in_draft` names it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from huiying.playbook.clauses import (
    Clause,
    EvaluationMeasure,
    Exercise,
    Facet,
    InformationDuty,
    LegalBasis,
    Level,
    Phase,
    PlanRole,
    ReportingRule,
    Resource,
    Revision,
    Risk,
    SpecialClause,
    Stakeholder,
    Step,
    Team,
    WatchDuty,
)
from huiying.playbook.document import PlanDocument
from huiying.playbook.kinds import Anchor, BodyKind, FacetKind, InformationKind, ResponseLevel
from huiying.playbook.reading import facts
from huiying.playbook.reading.draft_clauses import (
    LONGEST_TITLE,
    SHORT,
    base_of,
    in_order,
    is_heading,
    lines_of,
    of_bearable_length,
    plain,
    short_of,
)
from huiying.playbook.reading.parts import ReadClause, Reading
from huiying.playbook.reading.parts import ReadKind as K
from huiying.playbook.times import LONGEST

MOST = 400
_PLAIN_SECTIONS = {
    K.PURPOSE: "purpose",
    K.SCOPE: "scope",
    K.DEFINITION: "definitions",
    K.PRINCIPLE: "principles",
    K.RIGHT: "rights",
    K.WARNING: "warning",
    K.END_CRITERION: "end_criteria",
    K.FUNDS: "funds",
    K.AFTERCARE: "aftercare",
    K.ACCOUNTABILITY: "accountability",
}
_NAME_OF_TEAM = re.compile(
    r"(?:成立|设立|组建|下设)(?:了)?(?!以下|如下|下列|相应)([^，。（、]{2,30}?(?:领导小组|指挥部|办公室|小组|机构|中心|组|部|队))"
)
_AFTER = re.compile(r"事后|善后|后期|总结")
_REPORTED = re.compile(r"接(?:到)?(?:报|警)|报告后|事发|发生后|获悉|发现后")
_ACTIVATED = re.compile(r"启动[^。，]{0,10}后|响应后")
_ENDED = re.compile(r"(?:结束|终止|解除)后")


@dataclass(slots=True)
class _Holder:
    """A team or a phase while it is being filled: who it is, and the clauses it holds."""

    id: str
    title: str
    text: str
    lines: str
    path: tuple[str, ...]
    held: list[ReadClause] = field(default_factory=list)


def draft_of(reading: Reading, *, id: str, body_kind: BodyKind) -> PlanDocument:
    """The draft plan. Owners and times that the text does not name stay empty; it writes and reads back as the same plan."""
    return _Drafting(reading).plan(id, body_kind)


def not_in_draft(reading: Reading, draft: PlanDocument) -> tuple[ReadClause, ...]:
    """The clauses that no section took, because it asks for what the text does not say."""
    placed = {clause.id for clause in draft.clauses()}
    parts = (part for clause in reading.clauses for part in of_bearable_length(clause))
    return tuple(part for part in parts if part.id not in placed)


class _Drafting:
    """One reading on its way into the sections of a plan."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.clauses = [part for clause in in_order(reading) for part in of_bearable_length(clause)]
        self.sections: dict[str, list[Clause]] = defaultdict(list)
        self.facets = {
            (*clause.path, clause.title): clause.id
            for clause in self.clauses
            if clause.kind is K.INCIDENT_TYPE and clause.title
        }
        self.owners: dict[str, str] = {}

    def plan(self, id: str, body_kind: BodyKind) -> PlanDocument:
        """Fill the sections and put them together."""
        self._teams()
        self._phases()
        self._special()
        for clause in self.clauses:
            if made := self._one(clause):
                section, part = made
                self.sections[section].append(part)
        parts: dict[str, Any] = {name: tuple(found[:MOST]) for name, found in self.sections.items()}
        title = self.reading.title[:LONGEST_TITLE].strip() or id
        return PlanDocument(id=id, title=title, body_kind=body_kind, **parts)

    def _one(self, clause: ReadClause) -> tuple[str, Clause] | None:
        """The section and the clause for a kind that stands alone."""
        base = base_of(clause)
        if clause.kind in _PLAIN_SECTIONS:
            return _PLAIN_SECTIONS[clause.kind], Clause(**base)
        if made := _MADE.get(clause.kind):
            section, make = made
            return section, make(clause, base)
        return _with_demands(clause, base)

    def _teams(self) -> None:
        """Teams with their roles; the duties of a team are those of a role that bears its name."""
        holders = self._held_by({K.TEAM}, {K.ROLE, K.DUTY}, "team")
        for holder in holders[:MOST]:
            roles = tuple(self._roles(holder))[:MOST]
            self.sections["teams"].append(
                Team(
                    id=holder.id,
                    title=holder.title,
                    text=holder.text,
                    lines=holder.lines,
                    kind=facts.team_kind_of(holder.title or holder.text[:SHORT]),
                    roles=roles,
                )
            )

    def _roles(self, team: _Holder) -> Iterator[PlanRole]:
        own: list[ReadClause] = []
        for clause in team.held:
            if clause.kind is K.ROLE:
                post = facts.post_kind_of(clause.title or clause.text[:SHORT], team.title)
                yield PlanRole(**base_of(clause), post_kind=post)
            elif clause.title and "职责" not in clause.title:
                yield self._unit(clause, clause.title, (clause,), f"role-of-{clause.id}")
            else:
                own.append(clause)
        if own:
            yield self._unit(own[0], team.title or own[0].title, tuple(own), f"role-of-{team.id}")

    def _unit(self, first: ReadClause, title: str, duties: tuple[ReadClause, ...], id: str) -> PlanRole:
        """A role that is a whole team or unit, with its duties."""
        if title:
            self.owners.setdefault(title, id)
        return PlanRole(
            id=id,
            title=title[:LONGEST_TITLE],
            lines=lines_of(first),
            post_kind=facts.post_kind_of("", title),
            duties=tuple(Clause(**base_of(duty)) for duty in duties[:MOST]),
        )

    def _phases(self) -> None:
        """Phases with their steps; a report or notice without a time limit is a step as well."""
        untimed = {K.STEP, K.REPORTING, K.INFORMATION}
        for holder in self._held_by({K.PHASE}, untimed, "phase")[:MOST]:
            steps = tuple(self._step(clause) for clause in holder.held[:MOST])
            self.sections["phases"].append(
                Phase(
                    id=holder.id,
                    title=(holder.title or holder.text or self.reading.title or holder.id)[:LONGEST_TITLE],
                    text=holder.text,
                    lines=holder.lines,
                    after_end=bool(_AFTER.search(holder.title)),
                    steps=steps,
                )
            )

    def _step(self, clause: ReadClause) -> Step:
        base = base_of(clause)
        base["title"] = base["title"] or short_of(clause.text)
        within, of = _time_of(clause.text)
        every = facts.every_of(clause.text)
        facet = self.facets.get(clause.path)
        return Step(
            **base,
            who=self._owner(clause.text),
            within=within,
            of=of.value,
            when=(facet,) if facet else (),
            level=_level_of(clause.path),
            repeat_every=every if every and every <= LONGEST else None,
        )

    def _owner(self, text: str) -> str | None:
        """The role of the team with whose name the sentence begins; none where it names none or another unit."""
        named = [title for title in self.owners if len(title) > 2 and text.startswith(title)]
        return self.owners[max(named, key=len)] if named else None

    def _held_by(self, heads: set[K], inside: set[K], name: str) -> list[_Holder]:
        """Holders in document order, each with the clauses that stand under its heading or right behind it."""
        holders: list[_Holder] = []
        at: dict[tuple[str, ...], _Holder] = {}
        for clause in self.clauses:
            if clause.kind in heads:
                holder = _holder_of(clause)
                holders.append(holder)
                at[holder.path] = holder
                if not is_heading(clause):
                    at[clause.path] = holder
            elif clause.kind in inside and not _is_timed(clause):
                if clause.path not in at:
                    at[clause.path] = _container(clause, name)
                    holders.append(at[clause.path])
                at[clause.path].held.append(clause)
        return holders

    def _special(self) -> None:
        """Special cases with the rules that stand under each."""
        heads: dict[tuple[str, ...], list[ReadClause]] = {}
        for clause in (each for each in self.clauses if each.kind is K.SPECIAL):
            key = (*clause.path, clause.title) if is_heading(clause) else clause.path
            if is_heading(clause) or key not in heads:
                heads[key] = [clause]
            else:
                heads[key].append(clause)
        for first, *rules in list(heads.values())[:MOST]:
            made = SpecialClause(
                **base_of(first), rules=tuple(Clause(**base_of(rule)) for rule in rules[:MOST])
            )
            self.sections["special"].append(made)


def _is_day_and_night(clause: ReadClause) -> bool:
    return bool(re.search(r"24|二十四|昼夜", clause.text))


def _with_demands(clause: ReadClause, base: dict[str, Any]) -> tuple[str, Clause] | None:
    """Clauses whose section demands a level, a day or a time limit: made only where the words say it."""
    if clause.kind is K.LEVEL and (level := facts.level_of(clause.text)):
        words = plain(re.sub(r"^[^：\t]{1,20}[：\t]", "", clause.text))
        return "levels", Level(**base, level=level, criteria=() if is_heading(clause) else (words,))
    if clause.kind is K.LEGAL_BASIS:
        laws = list(facts.laws_of(clause.text))
        if len(laws) == 1 and laws[0][1] is not None:
            return "legal_bases", LegalBasis(**{**base, "title": f"《{laws[0][0]}》"}, in_force_on=laws[0][1])
    if clause.kind in (K.REPORTING, K.INFORMATION) and _is_timed(clause):
        return _timed(clause, base)
    return None


def _timed(clause: ReadClause, base: dict[str, Any]) -> tuple[str, Clause]:
    within, of = _time_of(clause.text)
    report = facts.report_kind_of(clause.text)
    if clause.kind is K.REPORTING and report:
        return "reporting", ReportingRule(**base, kind=report, within=within, of=of.value)
    return "information", InformationDuty(
        **base, kind=_information_kind(clause.text), within=within, of=of.value
    )


def _is_timed(clause: ReadClause) -> bool:
    """Whether a report or a notice says within which time, and of what kind it is."""
    if clause.kind not in (K.REPORTING, K.INFORMATION) or _time_of(clause.text)[0] is None:
        return False
    return clause.kind is K.INFORMATION or facts.report_kind_of(clause.text) is not None


def _time_of(text: str) -> tuple[Any, Anchor]:
    """The one time limit and what it runs from; no limit where the words leave open what it runs from."""
    limit = facts.limit_of(text)
    anchors = [
        anchor
        for anchor, pattern in (
            (Anchor.REPORTED, _REPORTED),
            (Anchor.ACTIVATION, _ACTIVATED),
            (Anchor.ENDED, _ENDED),
        )
        if pattern.search(text)
    ]
    if limit is None or len(anchors) != 1 or limit > LONGEST:
        return None, Anchor.ACTIVATION
    return limit, anchors[0]


def _level_of(path: tuple[str, ...]) -> ResponseLevel:
    """The level under whose heading a step stands: Ⅱ级响应; the lowest where none is named, that is, always."""
    named = (facts.level_of(title) for title in reversed(path) if "响应" in title)
    return next(filter(None, named), ResponseLevel.IV)


def _information_kind(text: str) -> InformationKind:
    if re.search(r"发布会|通气会", text):
        return InformationKind.PRESS_CONFERENCE
    if re.search(r"后续|动态|进展|滚动", text):
        return InformationKind.UPDATE
    return InformationKind.ANSWER if re.search(r"回应|答复", text) else InformationKind.AUTHORITATIVE


def _resource(clause: ReadClause, base: dict[str, Any]) -> Resource:
    """A resource with the one quantity that its words give, else none."""
    found = list(facts.quantities_of(clause.text))
    if len(found) != 1:
        return Resource(**base, minimum=0, unit="")
    return Resource(
        **{**base, "title": base["title"] or found[0].name}, minimum=found[0].count, unit=found[0].unit
    )


def _holder_of(clause: ReadClause) -> _Holder:
    named = _NAME_OF_TEAM.search(clause.text)
    title = clause.title or (named[1] if named else "")
    path = (*clause.path, clause.title) if is_heading(clause) else clause.path
    return _Holder(clause.id, plain(title)[:LONGEST_TITLE], plain(clause.text), lines_of(clause), path)


def _container(clause: ReadClause, name: str) -> _Holder:
    """A holder for clauses under a heading that is no team or phase itself."""
    title = clause.path[-1] if clause.path else ""
    return _Holder(f"{name}-of-{clause.id}", plain(title)[:LONGEST_TITLE], "", lines_of(clause), clause.path)


_Make = Callable[[ReadClause, dict[str, Any]], Clause]
_MADE: dict[K, tuple[str, _Make]] = {
    K.RISK: ("risks", lambda _clause, base: Risk(**base)),
    K.STAKEHOLDER: ("stakeholders", lambda _clause, base: Stakeholder(**base)),
    K.WATCH: ("watches", lambda clause, base: WatchDuty(**base, around_the_clock=_is_day_and_night(clause))),
    K.INCIDENT_TYPE: ("facets", lambda _clause, base: Facet(**base, kind=FacetKind.INCIDENT_TYPE)),
    K.RESOURCE: ("resources", _resource),
    K.EVALUATION: ("evaluation", lambda _clause, base: EvaluationMeasure(**base)),
    K.TRAINING: (
        "training",
        lambda clause, base: Exercise(**base, every_months=facts.months_of(clause.text)),
    ),
    K.DRILL: ("drills", lambda clause, base: Exercise(**base, every_months=facts.months_of(clause.text))),
    K.REVISION: (
        "revision",
        lambda clause, base: Revision(**base, every_months=facts.months_of(clause.text)),
    ),
}
