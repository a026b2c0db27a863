"""The only way to a plan, an incident, an order or a duty for a viewer; "not yours" and "not there" look the same."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import CharField, Model, QuerySet

from huiying.emergency.models import (
    Incident,
    InformationDue,
    Order,
    ParameterOverride,
    Plan,
    PlanAddendum,
    PlanComment,
    PlanImport,
    PlanSuggestion,
    PlanVersion,
    RevisionNote,
    SituationReport,
)
from huiying.records.statements import kept
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, GrantRef, can_somewhere, check
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_

M = TypeVar("M", bound=Model)


def not_there() -> NotThere:
    """The one answer to whoever may not know whether there is something."""
    return NotThere(N_("没有找到。可能是链接不完整，或者它不属于您所在的机构。"), rule="gate.emergency")


def check_may(by: Officer, action: Action, *, body_id: int, unit_id: int | None = None) -> None:
    """Raise NotThere for another body's matter, NotPermitted where the own grants do not reach."""
    if by.body_id != body_id:
        raise not_there()
    if unit_id is None and can_somewhere(by.grants, action):
        return
    check(by.grants, action, unit_id=unit_id)


def plans_for(viewer: Officer) -> QuerySet[Plan]:
    """The plans of the viewer's body, if their grants open plans at all."""
    plans = Plan.objects.filter(body_id=viewer.body_id)
    return plans if can_somewhere(viewer.grants, Action.PLAN_READ) else plans.none()


def plan_for(viewer: Officer, code: str) -> Plan:
    """One plan by its code."""
    return _one(plans_for(viewer).select_related("body").filter(code=code))


def plan_version_for(viewer: Officer, code: str, number: int) -> PlanVersion:
    """One version of a plan."""
    return _one(
        PlanVersion.objects.select_related("plan__body").filter(plan=plan_for(viewer, code), number=number)
    )


def plan_imports_for(viewer: Officer) -> QuerySet[PlanImport]:
    """What was read of files in the viewer's body and not given up, if their grants write plans."""
    found = PlanImport.objects.filter(body_id=viewer.body_id, dropped_at=None)
    return found if can_somewhere(viewer.grants, Action.PLAN_EDIT) else found.none()


def plan_import_for(viewer: Officer, pk: int) -> PlanImport:
    """One of them."""
    return _one(plan_imports_for(viewer).select_related("body", "version__plan").filter(pk=pk))


def addendum_for(viewer: Officer, code: str, pk: int) -> PlanAddendum:
    """One addition to a plan."""
    rows = PlanAddendum.objects.select_related("plan__body")
    return _one(rows.filter(plan__in=plans_for(viewer), plan__code=code, pk=pk))


def override_for(viewer: Officer, code: str, pk: int) -> ParameterOverride:
    """One figure that the body set otherwise than a plan."""
    rows = ParameterOverride.objects.select_related("plan__body")
    return _one(rows.filter(plan__in=plans_for(viewer), plan__code=code, pk=pk))


def revision_note_for(viewer: Officer, code: str, pk: int) -> RevisionNote:
    """One cause to look at a plan again."""
    rows = RevisionNote.objects.select_related("plan__body")
    return _one(rows.filter(plan__in=plans_for(viewer), plan__code=code, pk=pk))


def suggestion_for(viewer: Officer, code: str, pk: int) -> PlanSuggestion:
    """One suggestion to a plan."""
    rows = PlanSuggestion.objects.select_related("plan__body")
    return _one(rows.filter(plan__in=plans_for(viewer), plan__code=code, pk=pk))


def suggestion_at(body: Body, reference: UUID) -> PlanSuggestion:
    """A suggestion by the address that came with its receipt; whoever has the address may read it."""
    rows = PlanSuggestion.objects.select_related("plan")
    return _one(rows.filter(plan__body=body, reference=reference))


def plan_comment_for(viewer: Officer, code: str, pk: int) -> PlanComment:
    """One comment on a clause of a draft."""
    rows = PlanComment.objects.select_related("version__plan__body")
    return _one(rows.filter(version__plan__in=plans_for(viewer), version__plan__code=code, pk=pk))


def incidents_for(viewer: Officer) -> QuerySet[Incident]:
    """The incidents of the viewer's body, if their grants open incidents at all."""
    incidents = Incident.objects.filter(body_id=viewer.body_id)
    return incidents if can_somewhere(viewer.grants, Action.INCIDENT_READ) else incidents.none()


def incident_for(viewer: Officer, reference: str) -> Incident:
    """One incident by its reference."""
    found = incidents_for(viewer).filter(reference=reference)
    return _one(found.select_related("body", "activation__plan_version__plan"))


def incident_known(viewer: Officer, reference: str) -> Incident:
    """The same with its number alone, for whoever only asks whether something happened; the plan is long to read."""
    for incident in _known(viewer.body_id, viewer.grants, reference=reference):
        return incident
    raise not_there()


@kept(reference=CharField())
def _known(body_id: int, grants: frozenset[GrantRef], *, reference: Any) -> QuerySet[Incident]:
    return incidents_for(Officer(0, body_id, grants)).filter(reference=reference).only("id")


def order_for(viewer: Officer, pk: int) -> Order:
    """One order of an incident of the viewer's body."""
    rows = Order.objects.filter(activation__incident__in=incidents_for(viewer), pk=pk)
    return _one(
        rows.select_related("post__unit", "activation__incident__body", "activation__plan_version__plan")
    )


def report_for(viewer: Officer, pk: int) -> SituationReport:
    """One situation report, owed or sent, of an incident of the viewer's body."""
    return _one(
        SituationReport.objects.filter(incident__in=incidents_for(viewer), pk=pk).select_related(
            "incident__body"
        )
    )


def information_due_for(viewer: Officer, pk: int) -> InformationDue:
    """One duty to inform the public about an incident of the viewer's body."""
    return _one(
        InformationDue.objects.filter(incident__in=incidents_for(viewer), pk=pk).select_related(
            "incident__body"
        )
    )


def _one(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise not_there()
    return found
