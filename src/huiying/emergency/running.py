"""A running response seen by the playbook: the compiled plan, what has happened, and where it stands."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from huiying.emergency.models import Activation, Order, ParameterOverride, PlanVersion
from huiying.playbook.clauses import ReportingRule
from huiying.playbook.compiler import Playbook, compile_plan
from huiying.playbook.document import PlanDocument
from huiying.playbook.happenings import (
    Activated,
    Ended,
    Event,
    StepAcknowledged,
    StepDone,
    StepRefused,
    StepSent,
)
from huiying.playbook.kinds import ReportKind as PlanReportKind
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.stepper import Situation, advance
from huiying.playbook.times import ParameterRef
from huiying.playbook.yaml_form import read
from huiying.rules.lifecycle.report import ReportKind


@lru_cache(maxsize=64)
def document_read(text: str) -> PlanDocument:
    """The document of a text; a text never changes its meaning, so reading it once is enough."""
    return read(text)


@lru_cache(maxsize=64)
def _compiled(
    text: str, level: ResponseLevel, facets: frozenset[str], figures: tuple[tuple[str, int], ...]
) -> Playbook:
    return compile_plan(document_read(text), level=level, facets=facets, parameters=dict(figures))


def figures_set(plan_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """The figures that bodies set otherwise than their plans and that hold now, by plan and parameter."""
    rows = ParameterOverride.objects.filter(plan__in=list(plan_ids), ended_at=None)
    found: dict[int, dict[str, int]] = {}
    for plan, parameter, value in rows.values_list("plan_id", "parameter", "value"):
        found.setdefault(plan, {})[parameter] = value
    return found


def figures_now(version: PlanVersion) -> dict[str, int]:
    """What the body set otherwise, of the figures that this text has; a figure the text no longer has counts nowhere."""
    held = figures_set([version.plan_id]).get(version.plan_id, {})
    return {name: held[name] for name in held if document_read(version.text).parameter(name)} if held else {}


def playbook_for(
    version: PlanVersion, *, level: str, facets: list[str], figures: Mapping[str, int] | None = None
) -> Playbook:
    """What the version asks for at that level and for those facets, with the body's own figures. Raises PlanNotRunnable."""
    own = tuple(sorted((figures or {}).items()))
    return _compiled(version.text, ResponseLevel(level), frozenset(facets), own)


def playbook_of(activation: Activation) -> Playbook:
    """The playbook that was activated: the text and the figures in force then, whatever came later."""
    return playbook_for(
        activation.plan_version,
        level=activation.level,
        facets=activation.facets,
        figures=activation.parameters,
    )


def happened(activation: Activation) -> Iterator[Event]:
    """Everything that happened in this response, as the stepper reads it."""
    incident = activation.incident
    yield Activated(activation.activated_at, reported_at=incident.reported_at)
    if incident.ended_at is not None:
        yield Ended(incident.ended_at)
    for order in Order.objects.filter(activation=activation):
        yield from _of_order(order)


def _of_order(order: Order) -> Iterator[Event]:
    which = (order.occurrence, order.attempt)
    yield StepSent(order.step_id, order.sent_at, *which)
    if order.acknowledged_at is not None:
        yield StepAcknowledged(order.step_id, order.acknowledged_at, *which)
    if order.refused_at is not None:
        yield StepRefused(order.step_id, order.refused_at, order.refused_for, *which)
    if order.done_at is not None:
        yield StepDone(order.step_id, order.done_at, order.occurrence)


def situation_of(activation: Activation, at: datetime) -> Situation:
    """Where the response stands at that instant."""
    return advance(playbook_of(activation), happened(activation), at)


def reporting_rule(
    version: PlanVersion, kind: ReportKind, figures: Mapping[str, int] | None = None
) -> tuple[ReportingRule, timedelta] | None:
    """The plan's rule for that kind of report and its limit, with the body's own figure; None where it has none."""
    doc = document_read(version.text)
    rule = doc.reporting_rule(PlanReportKind(kind.value))
    if rule is None:
        return None
    if not isinstance(rule.within, ParameterRef):
        return rule, rule.within
    parameter = doc.parameter(rule.within.name)
    if parameter is None:
        return None
    return rule, timedelta(minutes=(figures or {}).get(parameter.id, parameter.value))
