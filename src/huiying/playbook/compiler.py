"""From a plan document to a playbook: the steps for one level and one kind of incident, ready to run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from graphlib import CycleError, TopologicalSorter

from huiying.playbook.clauses import PlanRole, Step
from huiying.playbook.document import PlanDocument
from huiying.playbook.kinds import Anchor, FacetKind, Measure, PostKind, Product, ResponseLevel
from huiying.playbook.times import ParameterRef
from huiying.rules.refusals import Refusal


class PlanNotRunnable(Refusal):
    """The plan cannot be run as asked; the checker names the clauses."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The instant from which a step's time runs: an anchor, or the completion of a step."""

    anchor: Anchor | None = None
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Who plays a part: the kind of post, and the roles that stand in, in order."""

    id: str
    title: str
    team: str
    post_kind: PostKind
    alternates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaybookStep:
    """A step with everything resolved: no parameter, no branch, no reference to a step that is absent.

    `escalate_to` are asked one after another, each after `escalate_after`; without anybody to go on to, or
    without a time, neither is set.
    """

    id: str
    title: str
    text: str
    phase: str
    after_end: bool
    role: Role
    trigger: Trigger
    within: timedelta | None
    needs: tuple[str, ...]
    acknowledge_within: timedelta | None
    repeat_every: timedelta | None
    repeat_until: str | None
    produces: tuple[Product, ...]
    policy: bool
    basis: tuple[str, ...]
    uses: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    escalate_after: timedelta | None = None
    escalate_to: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Playbook:
    """What will be done at this level and for these facets; no step stands before what it needs.

    `incident_types` are those of the facets that the plan knows as types of incident, in the plan's order.
    """

    plan_id: str
    title: str
    level: ResponseLevel
    facets: frozenset[str]
    steps: tuple[PlaybookStep, ...]
    incident_types: tuple[str, ...] = ()

    def step(self, step_id: str) -> PlaybookStep | None:
        """The step with that id, or None where it does not apply."""
        return next((step for step in self.steps if step.id == step_id), None)


def applies(step: Step, *, level: ResponseLevel, facets: Iterable[str]) -> bool:
    """Say whether the step holds at that level for an incident with those facets."""
    return level.reaches(step.level) and (not step.when or not set(step.when).isdisjoint(facets))


def compile_plan(
    doc: PlanDocument,
    *,
    level: ResponseLevel,
    facets: Iterable[str] = (),
    parameters: Mapping[str, int] | None = None,
) -> Playbook:
    """Compile a checked plan for one level and the facets of one incident.

    A step that does not apply is left out, and whoever needed it needs what it needed. Facets the plan does
    not know open no branch. `parameters` overrides figures of the plan (the caller records why). Raises
    PlanNotRunnable for an unknown level or parameter, a reference that leads nowhere, or a circle.
    """
    if doc.level(level) is None:
        raise PlanNotRunnable(
            f"预案没有规定{level.label}。", rule="level", remedy="请选择预案已规定的响应级别。"
        )
    build = _Build(_overridden(doc, parameters or {}), level, frozenset(facets))
    return Playbook(doc.id, doc.title, level, build.facets, build.steps(), build.incident_types())


def _overridden(doc: PlanDocument, values: Mapping[str, int]) -> PlanDocument:
    unknown = set(values) - {parameter.id for parameter in doc.parameters}
    if unknown:
        raise PlanNotRunnable(
            f"预案没有参数“{min(unknown)}”。", rule="parameter", remedy="请只调整预案列出的参数。"
        )
    if any(value < 1 for value in values.values()):
        raise PlanNotRunnable("参数必须是正整数。", rule="parameter", remedy="请填写不小于 1 的整数。")
    changed = tuple(p.with_value(values[p.id]) if p.id in values else p for p in doc.parameters)
    return doc.model_copy(update={"parameters": changed})


class _Build:
    """One compilation: the document, the choice made, and the steps that apply."""

    def __init__(self, doc: PlanDocument, level: ResponseLevel, facets: frozenset[str]) -> None:
        self.doc = doc
        self.facets = facets
        self.all = {step.id: step for step in doc.steps}
        self.phases = {step.id: phase for phase in doc.phases for step in phase.steps}
        self.kept = {s.id: s for s in doc.steps if applies(s, level=level, facets=facets)}
        self.roles = {role.id: _role(team.id, role) for team in doc.teams for role in team.roles}

    def steps(self) -> tuple[PlaybookStep, ...]:
        order = self._order()
        return tuple(self._step(self.all[step_id]) for step_id in order if step_id in self.kept)

    def incident_types(self) -> tuple[str, ...]:
        types = (facet.id for facet in self.doc.facets if facet.kind is FacetKind.INCIDENT_TYPE)
        return tuple(kind for kind in types if kind in self.facets)

    def _order(self) -> tuple[str, ...]:
        """Document order, moved only as far as needs demand."""
        graph = {step.id: [self._known(need).id for need in step.waits_for] for step in self.doc.steps}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as found:
            circle = "→".join(found.args[1])
            raise PlanNotRunnable(
                f"步骤互相等待：{circle}。", rule="dependency-cycle", remedy="请去掉其中一个前置步骤。"
            ) from None
        done: dict[str, None] = {}
        for step_id in graph:
            _place(step_id, graph, done)
        return tuple(done)

    def _known(self, step_id: str) -> Step:
        if step_id not in self.all:
            raise PlanNotRunnable(
                f"找不到步骤“{step_id}”。", rule="unknown-reference", remedy="请改为已有步骤的编号。"
            )
        return self.all[step_id]

    def _step(self, step: Step) -> PlaybookStep:
        phase = self.phases[step.id]
        if step.who not in self.roles:
            raise PlanNotRunnable(
                f"步骤“{step.title}”没有责任角色。", rule="step-without-owner", remedy="请指定角色。"
            )
        ladder = self._ladder(step)
        return PlaybookStep(
            id=step.id,
            title=step.title,
            text=step.text,
            phase=phase.id,
            after_end=phase.after_end,
            role=self.roles[step.who],
            trigger=self._trigger(step),
            within=self._minutes(step),
            needs=self._needs(step),
            acknowledge_within=step.acknowledge_within,
            repeat_every=step.repeat_every,
            repeat_until=step.repeat_until if step.repeat_until in self.kept else None,
            produces=step.produces,
            policy=step.policy,
            basis=tuple(self.doc.cite(citation) for citation in step.basis),
            uses=step.uses,
            beside=tuple(other for other in step.beside if other in self.kept),
            escalate_after=(step.escalate_after or step.acknowledge_within) if ladder else None,
            escalate_to=ladder,
        )

    def _ladder(self, step: Step) -> tuple[Role, ...]:
        """Who is asked after the step's own role, each once; nobody where the plan gives no time for it."""
        for role in step.escalate_to:
            if role not in self.roles:
                raise PlanNotRunnable(
                    f"步骤“{step.title}”升级到的角色“{role}”不存在。",
                    rule="unknown-reference",
                    remedy="请改为已有角色的编号。",
                )
        if step.escalate_after is None and step.acknowledge_within is None:
            return ()
        return tuple(self.roles[role] for role in dict.fromkeys(step.escalate_to) if role != step.who)

    def _trigger(self, step: Step) -> Trigger:
        if step.anchor_step is None:
            return Trigger(anchor=Anchor(step.of))
        if step.anchor_step not in self.kept:
            raise PlanNotRunnable(
                f"步骤“{step.title}”的时限从“{step.anchor_step}”算起，但后者在这一情形下不存在。",
                rule="anchor-may-be-absent",
                remedy="请改从启动响应或另一个必有的步骤算起。",
            )
        return Trigger(step=step.anchor_step)

    def _minutes(self, step: Step) -> timedelta | None:
        if not isinstance(step.within, ParameterRef):
            return step.within
        parameter = self.doc.parameter(step.within.name)
        if parameter is None or parameter.unit is not Measure.MINUTES:
            raise PlanNotRunnable(
                f"找不到时限参数“{step.within.name}”。",
                rule="unknown-reference",
                remedy="请在参数中写明分钟数。",
            )
        return timedelta(minutes=parameter.value)

    def _needs(self, step: Step) -> tuple[str, ...]:
        """The kept steps it must wait for; a step left out hands its own needs on.

        A step of the time after the end waits for no step of the response: ending closed those.
        """
        found: dict[str, None] = {}
        seen: set[str] = set()
        waiting = list(step.waits_for)
        while waiting:
            need = waiting.pop(0)
            if need in seen:
                continue
            seen.add(need)
            if need in self.kept:
                found[need] = None
            else:
                waiting.extend(self.all[need].waits_for)
        late = self.phases[step.id].after_end
        return tuple(need for need in found if self.phases[need].after_end or not late)


def _place(step_id: str, graph: Mapping[str, list[str]], done: dict[str, None]) -> None:
    """Put the step after everything it waits for; a loop, because a plan's depth comes from outside."""
    stack = [step_id]
    while stack:
        top = stack[-1]
        missing = [need for need in graph[top] if need not in done]
        if missing:
            stack.append(missing[0])
            continue
        done.setdefault(stack.pop())


def _role(team: str, role: PlanRole) -> Role:
    return Role(role.id, role.title, team, role.post_kind, role.alternates)
