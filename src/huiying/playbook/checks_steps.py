"""Checks on whether the steps can be carried out: owners, times, references, circles."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from huiying.playbook.clauses import (
    Clause,
    InformationDuty,
    Phase,
    ReportingRule,
    SpecialClause,
    Step,
    WatchDuty,
)
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import CheckRule, Hit, Severity
from huiying.playbook.kinds import Anchor, FacetKind, Measure
from huiying.playbook.times import ParameterRef
from huiying.rules.words import N_


def role_without_step(doc: PlanDocument) -> Iterator[Hit]:
    """A role that never has anything to do: no step, no watch, not even in another's place."""
    busy = {step.who for step in doc.steps} | {watch.who for watch in doc.watches}
    standing_in = {other for role in doc.roles if role.id in busy for other in role.alternates}
    standing_in |= {other for step in doc.steps for other in step.escalate_to}
    return (Hit(role.id, role.heading) for role in doc.roles if role.id not in busy | standing_in)


def role_without_alternate(doc: PlanDocument) -> Iterator[Hit]:
    """A role for which nobody stands in."""
    return (Hit(role.id, role.heading) for role in doc.roles if not role.alternates)


def step_without_owner(doc: PlanDocument) -> Iterator[Hit]:
    """A step that is nobody's, or belongs to a role the plan does not have."""
    roles = {role.id for role in doc.roles}
    return (Hit(step.id, step.title) for step in doc.steps if step.who not in roles)


def step_without_time(doc: PlanDocument) -> Iterator[Hit]:
    """A step that may take for ever."""
    return (Hit(step.id, step.title) for step in doc.steps if step.within is None)


def step_unacknowledged(doc: PlanDocument) -> Iterator[Hit]:
    """A step whose order may lie unread."""
    return (Hit(step.id, step.title) for step in doc.steps if step.acknowledge_within is None)


def dependency_cycle(doc: PlanDocument) -> Iterator[Hit]:
    """Steps that wait for each other; nothing would ever start."""
    try:
        TopologicalSorter({step.id: step.waits_for for step in doc.steps}).prepare()
    except CycleError as found:
        circle = [str(step_id) for step_id in found.args[1]]
        yield Hit(circle[0], "→".join(circle))


def unknown_reference(doc: PlanDocument) -> Iterator[Hit]:
    """A name that leads nowhere: step, role, facet, parameter, resource or legal basis."""
    known = _Known(doc)
    for clause in doc.clauses():
        for missing in known.missing_in(clause):
            yield Hit(clause.id, missing)


class _Known:
    """The names a plan defines, and which names of a clause are not among them."""

    def __init__(self, doc: PlanDocument) -> None:
        self.steps = {step.id for step in doc.steps}
        self.roles = {role.id for role in doc.roles}
        self.facets = {facet.id for facet in doc.facets}
        self.minutes = {p.id for p in doc.parameters if p.unit is Measure.MINUTES}
        self.laws = {basis.id for basis in doc.legal_bases}
        self.resources = {resource.id for resource in doc.resources}

    def missing_in(self, clause: Clause) -> Iterator[str]:
        yield from (cited for cited in clause.basis if cited.partition(":")[0] not in self.laws)
        yield from (role for role in _roles_named(clause) if role not in self.roles)
        yield from (step for step in _steps_named(clause) if step not in self.steps)
        if isinstance(clause, Step | SpecialClause):
            yield from (facet for facet in clause.when if facet not in self.facets)
        if isinstance(clause, Step):
            yield from (resource for resource in clause.uses if resource not in self.resources)
        within = getattr(clause, "within", None)
        if isinstance(within, ParameterRef) and within.name not in self.minutes:
            yield f"${within.name}"


def _roles_named(clause: Clause) -> tuple[str, ...]:
    one = clause.who if isinstance(clause, WatchDuty) else getattr(clause, "owner", None)
    others = (*getattr(clause, "alternates", ()), *getattr(clause, "escalate_to", ()))
    return (*others, *((one,) if one else ()))


def _steps_named(clause: Clause) -> tuple[str, ...]:
    if isinstance(clause, SpecialClause):
        return clause.steps
    if isinstance(clause, Step):
        return (*clause.waits_for, *clause.beside, *((clause.repeat_until,) if clause.repeat_until else ()))
    if isinstance(clause, ReportingRule | InformationDuty):
        return () if clause.of in set(Anchor) else (clause.of,)
    return ()


def anchor_may_be_absent(doc: PlanDocument) -> Iterator[Hit]:
    """A time that runs from a step which, in some incident where the time is needed, is not there."""
    steps = {step.id: step for step in doc.steps}
    for step in doc.steps:
        anchor = steps.get(step.of)
        if anchor and not (_covers(anchor, step) and _lives_on(doc, anchor, step)):
            yield Hit(step.id, step.title)


def _covers(anchor: Step, step: Step) -> bool:
    """Say whether the anchor holds wherever the step does."""
    always = not anchor.when or (bool(step.when) and set(step.when) <= set(anchor.when))
    return always and step.level.reaches(anchor.level)


def _lives_on(doc: PlanDocument, anchor: Step, step: Step) -> bool:
    """Say whether the anchor is still expected when the step's phase runs."""
    return _after_end(doc, anchor) or not _after_end(doc, step)


def _after_end(doc: PlanDocument, step: Step) -> bool:
    phase: Phase | None = doc.phase_of(step.id)
    return phase is not None and phase.after_end


def waits_beyond_the_end(doc: PlanDocument) -> Iterator[Hit]:
    """A step of the response that waits for something which only begins after the response."""
    steps = {step.id: step for step in doc.steps}
    for step in doc.steps:
        if _after_end(doc, step):
            continue
        needs_later = any(_after_end(doc, steps[need]) for need in step.waits_for if need in steps)
        if needs_later or step.of == Anchor.ENDED:
            yield Hit(step.id, step.title)


def endless_repeat(doc: PlanDocument) -> Iterator[Hit]:
    """A repeated step after the end of the response that nothing ever stops."""
    for step in doc.steps:
        if step.repeat_every and not step.repeat_until and _after_end(doc, step):
            yield Hit(step.id, step.title)


def special_without_condition(doc: PlanDocument) -> Iterator[Hit]:
    """A special clause that does not say when it holds."""
    return (Hit(clause.id, clause.heading) for clause in doc.special if not clause.when)


def escalation_to_self(doc: PlanDocument) -> Iterator[Hit]:
    """An order that goes on to the role that has it already, or to nobody, or without a time; or a role in its own place."""
    for step in doc.steps:
        to_self = step.who is not None and step.who in step.escalate_to
        to_nobody = step.escalate_after is not None and not step.escalate_to
        timeless = bool(step.escalate_to) and not (step.escalate_after or step.acknowledge_within)
        if to_self or to_nobody or timeless:
            yield Hit(step.id, step.title)
    for role in doc.roles:
        if role.id in role.alternates:
            yield Hit(role.id, role.heading)


def needs_of_other_branches(doc: PlanDocument) -> Iterator[Hit]:
    """A step that needs steps of types of incident that never meet, so that what it needs is never all done.

    Only types exclude each other; several circumstances may hold at once.
    """
    types = {facet.id for facet in doc.facets if facet.kind is FacetKind.INCIDENT_TYPE}
    steps = {step.id: step for step in doc.steps}
    for step in doc.steps:
        branches = [set(step.when)] + [set(steps[need].when) for need in step.waits_for if need in steps]
        apart = [branch for branch in branches if branch and branch <= types]
        if any(one.isdisjoint(other) for one in apart for other in apart):
            yield Hit(step.id, step.title)


def beside_what_it_needs(doc: PlanDocument) -> Iterator[Hit]:
    """A step said to run beside itself, or beside one that must be done first."""
    before = _everything_before(doc) if any(step.beside for step in doc.steps) else {}
    for step in doc.steps:
        for other in step.beside:
            if other == step.id or other in before[step.id] or step.id in before.get(other, ()):
                yield Hit(step.id, step.title)
                break


def _everything_before(doc: PlanDocument) -> dict[str, set[str]]:
    """For each step all that must be done before it, however far back; circles end where they begin."""
    waits = {step.id: step.waits_for for step in doc.steps}
    found: dict[str, set[str]] = {}
    for start, needs in waits.items():
        seen: set[str] = set()
        ahead = list(needs)
        while ahead:
            need = ahead.pop()
            if need not in seen:
                seen.add(need)
                ahead.extend(waits.get(need, ()))
        found[start] = seen
    return found


ROWS = (
    CheckRule(
        "escalation-to-self",
        Severity.WARNING,
        N_("“{name}”升级或替补到自己，或没有写明升级给谁、多久之后。"),
        N_("无人确认的指令必须有去处"),
        N_("请在 escalate_to 中写明别的角色，并写明 escalate_after。"),
        escalation_to_self,
    ),
    CheckRule(
        "needs-other-branch",
        Severity.ERROR,
        N_("步骤“{name}”等待的步骤分属不会同时发生的事件类型。"),
        N_("永远等不齐的步骤不会照所写的开始"),
        N_("请按事件类型拆成几个步骤，各等各的前置步骤。"),
        needs_of_other_branches,
    ),
    CheckRule(
        "beside-what-it-needs",
        Severity.WARNING,
        N_("步骤“{name}”要与它的前置步骤同时进行。"),
        N_("先后与同时只能取一"),
        N_("请从 beside 或 needs 中去掉其中一处。"),
        beside_what_it_needs,
    ),
)
