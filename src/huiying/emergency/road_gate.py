"""The only way to an opinion, a filing or an acknowledgement of a plan for a viewer."""

from typing import TypeVar

from django.db.models import QuerySet

from huiying.emergency.gate import not_there, plans_for
from huiying.emergency.models import PlanAcknowledgement, PlanFiling, PlanOpinion
from huiying.registry.officers import Officer

M = TypeVar("M", PlanOpinion, PlanFiling, PlanAcknowledgement)


def opinion_for(viewer: Officer, code: str, number: int, pk: int) -> PlanOpinion:
    """One written opinion on a version of a plan of the viewer's body."""
    return _one(PlanOpinion.objects.select_related("unit", "expert"), viewer, code, number, pk)


def filing_for(viewer: Officer, code: str, number: int, pk: int) -> PlanFiling:
    """One filing of a version of a plan of the viewer's body."""
    return _one(PlanFiling.objects.all(), viewer, code, number, pk)


def acknowledgement_for(viewer: Officer, code: str, number: int, pk: int) -> PlanAcknowledgement:
    """One unit's acknowledgement of a version of a plan of the viewer's body."""
    return _one(PlanAcknowledgement.objects.select_related("unit"), viewer, code, number, pk)


def _one(rows: QuerySet[M], viewer: Officer, code: str, number: int, pk: int) -> M:
    """The row under that address: an identifier of another plan finds nothing."""
    found = rows.filter(version__plan__in=plans_for(viewer), version__plan__code=code, version__number=number)
    row = found.select_related("version__plan__body").filter(pk=pk).first()
    if row is None:
        raise not_there()
    return row
