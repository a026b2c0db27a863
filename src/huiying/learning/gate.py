"""The only way to an evaluation or a corrective action for a viewer; "not yours" and "not there" look the same."""

from typing import NoReturn

from django.db.models import QuerySet

from huiying.learning.models import ClauseChange, CorrectiveAction, Evaluation, Finding
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_


def absent() -> NoReturn:
    """Raise NotThere in the one wording this room has for it."""
    raise NotThere(N_("没有找到这项内容。"), remedy=N_("请核对编号，或回到列表查找。"))


def evaluations_for(viewer: Officer) -> QuerySet[Evaluation]:
    """The evaluations of the viewer's body, for whoever may read them."""
    if not can_somewhere(viewer.grants, Action.EVALUATION_READ):
        return Evaluation.objects.none()
    return Evaluation.objects.filter(body_id=viewer.body_id).select_related("incident").order_by("-id")


def evaluation_for(viewer: Officer, reference: str) -> Evaluation:
    """One evaluation by its reference, or NotThere."""
    return evaluations_for(viewer).filter(reference=reference).first() or absent()


def finding_for(viewer: Officer, reference: str, finding_id: int) -> Finding:
    """One finding of an evaluation the viewer may read, or NotThere."""
    evaluation = evaluation_for(viewer, reference)
    return evaluation.findings.filter(pk=finding_id).first() or absent()


def change_for(viewer: Officer, reference: str, change_id: int) -> ClauseChange:
    """One proposed change of an evaluation the viewer may read, or NotThere."""
    rows = ClauseChange.objects.filter(finding__evaluation=evaluation_for(viewer, reference), pk=change_id)
    return rows.select_related("plan_version", "finding__evaluation").first() or absent()


def correctives_for(viewer: Officer) -> QuerySet[CorrectiveAction]:
    """The body's corrective actions for readers of evaluations; for anyone else those they own."""
    rows = CorrectiveAction.objects.filter(body_id=viewer.body_id)
    rows = rows.select_related("owner", "finding__evaluation").order_by("due_on", "id")
    if can_somewhere(viewer.grants, Action.EVALUATION_READ):
        return rows
    return rows.filter(owner_id=viewer.staff_id)


def corrective_for(viewer: Officer, corrective_id: int) -> CorrectiveAction:
    """One corrective action, or NotThere."""
    return correctives_for(viewer).filter(pk=corrective_id).first() or absent()
