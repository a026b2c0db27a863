"""The only way to a cause or a warning for a viewer; "not yours" and "not there" look the same."""

from django.db.models import QuerySet

from huiying.issues.models import EarlyWarning, Issue
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere, units_for
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_


def not_there() -> NotThere:
    """The one answer to whoever may not know whether there is something."""
    return NotThere(N_("没有找到。可能是链接不完整，或者它不属于您所在的机构。"), rule="gate.issues")


def issues_for(viewer: Officer) -> QuerySet[Issue]:
    """The causes that the viewer may know of: own body; a unit's head sees those of the own unit."""
    issues = Issue.objects.filter(body_id=viewer.body_id)
    if not can_somewhere(viewer.grants, Action.ISSUE_READ):
        return issues.none()
    units = units_for(viewer.grants, Action.ISSUE_READ)
    return issues if units is None else issues.filter(unit_id__in=sorted(units))


def issue_for(viewer: Officer, reference: str) -> Issue:
    """One cause by its reference."""
    issue = issues_for(viewer).filter(reference=reference).select_related("unit").first()
    if issue is None:
        raise not_there()
    return issue


def warnings_for(viewer: Officer) -> QuerySet[EarlyWarning]:
    """The warnings that the viewer may know of: own body; a unit's head sees those of the own unit."""
    warnings = EarlyWarning.objects.filter(body_id=viewer.body_id)
    if not can_somewhere(viewer.grants, Action.WARNING_READ):
        return warnings.none()
    units = units_for(viewer.grants, Action.WARNING_READ)
    return warnings if units is None else warnings.filter(issue__unit_id__in=sorted(units))


def warning_for(viewer: Officer, reference: str) -> EarlyWarning:
    """One warning by its reference."""
    warning = warnings_for(viewer).filter(reference=reference).select_related("issue").first()
    if warning is None:
        raise not_there()
    return warning


def check_may(by: Officer, action: Action, *, body_id: int, unit_id: int | None = None) -> None:
    """Raise NotThere for another body's matter, NotPermitted where the officer's own grants do not reach."""
    if by.body_id != body_id:
        raise not_there()
    by.check(action, unit_id=unit_id)
