"""What the public is owed by when: stored one room below, listed and met here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from huiying.emergency.actions import information_due_satisfy
from huiying.emergency.models import Incident, InformationDue
from huiying.publishing.models import Notice
from huiying.registry.officers import Officer
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed to the public, with how it stands at a moment."""

    due: InformationDue
    at: datetime

    @property
    def is_met(self) -> bool:
        """Say whether the public has been told."""
        return self.due.satisfied_at is not None

    @property
    def is_late(self) -> bool:
        """Say whether the public was, or still is, told later than owed."""
        return self.due.is_late(self.at)

    @property
    def hours(self) -> float:
        """Hours between the limit and the telling (or now): how early, or how late. Never negative."""
        told = self.due.satisfied_at or self.at
        return round(abs((told - self.due.due_at).total_seconds()) / 3600, 1)


def _of(body_id: int) -> "Iterable[InformationDue]":
    return (
        InformationDue.objects.filter(incident__body_id=body_id).select_related("incident").order_by("due_at")
    )


def duties_of(viewer: Officer, *, at: datetime) -> list[Duty]:
    """Everything owed by the viewer's body: what is open first, the soonest first; then what was met."""
    duties = [Duty(due, at) for due in _of(viewer.body_id)]
    return sorted(duties, key=lambda duty: (duty.is_met, duty.due.due_at))


def duties_answered(notice: Notice, *, at: datetime) -> list[Duty]:
    """The duties a notice answers, with how early or late it was."""
    return [Duty(due, at) for due in _of(notice.body_id) if due.pk in notice.answers]


def check_answerable(by: Officer, answers: Sequence[int]) -> None:
    """Raise NotThere unless every number is a duty of the officer's own body."""
    known = {due.pk for due in _of(by.body_id)}
    if set(answers) - known:
        raise NotThere(N_("没有找到要回应的发布时限。"), remedy=N_("请从列表中勾选。"))


def check_incident(by: Officer, incident_id: int | None) -> None:
    """Raise NotThere unless nothing, or an incident of the officer's own body, is named."""
    if incident_id is None or Incident.objects.filter(pk=incident_id, body_id=by.body_id).exists():
        return
    raise NotThere(N_("没有找到这起突发事件。"), remedy=N_("请从列表中选择。"))


def satisfy(notice: Notice, *, by: Officer, at: datetime) -> None:
    """Meet the open duties that a notice answers; one that was met earlier keeps its first time."""
    for due in _of(notice.body_id):
        if due.pk in notice.answers and due.satisfied_at is None:
            information_due_satisfy(due=due, publication_ref=notice.reference, by=by, at=at)
