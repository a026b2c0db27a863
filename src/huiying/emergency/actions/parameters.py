"""A body's own figure in place of a plan's (POLICY): set with its reason, and taken back."""

from datetime import datetime, timedelta

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.actions.plans import findings_of
from huiying.emergency.caring import version_in_force
from huiying.emergency.gate import check_may, not_there
from huiying.emergency.models import ParameterOverride, Plan
from huiying.emergency.running import document_read, figures_set
from huiying.playbook.clauses import Parameter
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Severity
from huiying.playbook.kinds import Measure
from huiying.playbook.times import LONGEST
from huiying.records import ledger
from huiying.records.moves import overtaken
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said

RULE = "emergency.parameter"
LARGEST = 1_000_000  # as in playbook's parameter
LONGEST_MINUTES = LONGEST // timedelta(minutes=1)


@transaction.atomic
def parameter_set(
    *, plan: Plan, parameter: str, value: int | None, reason: str, by: Officer, at: datetime
) -> ParameterOverride:
    """Set a figure of the plan otherwise for this body, with its reason; it counts for responses activated from now on.

    Refused where the checker would find more wrong in the plan with that figure: a limit of law is not loosened here.
    """
    check_may(by, Action.PLAN_PROMULGATE, body_id=plan.body_id)
    doc = document_read(version_in_force(plan).text)
    own = doc.parameter(parameter)
    if own is None:
        raise not_there()
    words = texts.taken({"reason": reason}, {"reason": N_("理由")}, most=2000, rule=RULE)
    figure = _check_value(doc, own, value)
    Plan.objects.select_for_update().get(pk=plan.pk)
    ParameterOverride.objects.filter(plan=plan, parameter=own.id, ended_at=None).update(
        ended_at=at, ended_by_id=by.staff_id
    )
    override = ParameterOverride.objects.create(
        plan=plan, parameter=own.id, value=figure, set_at=at, set_by_id=by.staff_id, **words
    )
    facts = {"parameter": own.id, "value": figure, "plan_value": own.value}
    ledger.append(EventKind.PARAMETER_SET, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return override


@transaction.atomic
def parameter_restore(*, override: ParameterOverride, by: Officer, at: datetime) -> ParameterOverride:
    """End a body's own figure; the plan's counts again for responses activated from now on."""
    plan = override.plan
    check_may(by, Action.PLAN_PROMULGATE, body_id=plan.body_id)
    running = ParameterOverride.objects.filter(pk=override.pk, ended_at=None)
    if not running.update(ended_at=at, ended_by_id=by.staff_id):
        raise overtaken()
    override.refresh_from_db()
    facts = {"parameter": override.parameter, "value": override.value}
    ledger.append(EventKind.PARAMETER_RESTORED, plan, by=by, at=at, body_id=plan.body_id, facts=facts)
    return override


def _check_value(doc: PlanDocument, own: Parameter, value: int | None) -> int:
    most = LONGEST_MINUTES if own.unit is Measure.MINUTES else LARGEST
    if value is None or not 1 <= value <= most:
        raise _wrong(said(N_("请填写 1 到 {most} 的整数。"), most=most))
    if value == own.value:
        raise _wrong(N_("与预案的数值相同，不必另定。"))
    changed = tuple(each.with_value(value) if each.id == own.id else each for each in doc.parameters)
    before = set(_wrong_with(doc))
    for found in _wrong_with(doc.model_copy(update={"parameters": changed})):
        if found not in before:
            raise _wrong(found)
    return value


def check_figures_fit(plan: Plan, doc: PlanDocument) -> None:
    """Raise Refusal where a figure that the body set otherwise no longer fits this text, so that none is loosened by it."""
    held = figures_set([plan.pk]).get(plan.pk, {})
    changed = tuple(each.with_value(held[each.id]) if each.id in held else each for each in doc.parameters)
    before = set(_wrong_with(doc))
    for found in _wrong_with(doc.model_copy(update={"parameters": changed})) if held else ():
        if found not in before:
            raise Refusal(
                said(N_("本机构另定的参数与这一版文本不合：{found}"), found=found),
                rule=RULE,
                remedy=N_("请先在“施行以后”里恢复预案的数值，印发以后再另定。"),
            )


def _wrong_with(doc: PlanDocument) -> list[str]:
    return [
        found["reason"] + found["mend"] for found in findings_of(doc) if found["severity"] != Severity.ADVICE
    ]


def _wrong(sentence: str) -> Incomplete:
    return Incomplete(N_("这个数值不能用。"), fields={"value": sentence}, rule=RULE)
