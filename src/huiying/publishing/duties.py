"""What the public is owed by when: stored one room below, listed and met here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from huiying.emergency.actions import information_due_satisfy
from huiying.emergency.models import Incident, InformationDue
from huiying.publishing.models import Notice, PressConference
from huiying.registry.officers import Officer
from huiying.rules.publication import MET_BY_NOTICE, DutyKind, kind_of
from huiying.rules.refusals import NotThere, Refusal
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed to the public, with how it stands at a moment."""

    due: InformationDue
    at: datetime

    @property
    def is_conference(self) -> bool:
        """Say whether it is met by talking to the press, and not by a notice."""
        return kind_of(self.due.code) is DutyKind.PRESS_CONFERENCE

    @property
    def conference(self) -> PressConference | None:
        """The press conference that met it."""
        return getattr(self.due, "conference", None)

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


OPEN_AT_MOST = 200  # three to an incident that runs; more than a body can ever have
MET_SHOWN = 30


def _of(body_id: int) -> QuerySet[InformationDue]:
    return InformationDue.objects.filter(incident__body_id=body_id).select_related(
        "incident", "conference__speaker"
    )


def duties_of(viewer: Officer, *, at: datetime) -> list[Duty]:
    """What the viewer's body owes, the soonest first; then the last that were met, in the order of their limits."""
    rows = _of(viewer.body_id)
    still_owed = rows.filter(satisfied_at=None).order_by("due_at", "pk")[:OPEN_AT_MOST]
    met = rows.exclude(satisfied_at=None).order_by("-satisfied_at", "-pk")[:MET_SHOWN]
    return [Duty(due, at) for due in (*still_owed, *sorted(met, key=lambda due: due.due_at))]


def duties_answered(notice: Notice, *, at: datetime) -> list[Duty]:
    """The duties a notice answers, with how early or late it was."""
    rows = _of(notice.body_id).filter(pk__in=notice.answers)
    return [Duty(due, at) for due in rows.order_by("due_at", "pk")]


def check_answerable(by: Officer, answers: Sequence[int]) -> None:
    """Raise NotThere unless every number is a duty of the officer's own body, Refusal where a notice cannot meet it."""
    known = list(_of(by.body_id).filter(pk__in=answers))
    if set(answers) - {due.pk for due in known}:
        raise NotThere(N_("没有找到要回应的发布时限。"), remedy=N_("请从列表中勾选。"))
    if any(kind_of(due.code) not in MET_BY_NOTICE for due in known):
        raise Refusal(
            N_("新闻发布会的义务不能用一条信息来履行。"),
            rule="publishing.met_by_notice",
            article="国办发〔2016〕61号",
            remedy=N_("请在举行以后，记录新闻发布会。"),
        )


def check_incident(by: Officer, incident_id: int | None) -> None:
    """Raise NotThere unless nothing, or an incident of the officer's own body, is named."""
    if incident_id is None or Incident.objects.filter(pk=incident_id, body_id=by.body_id).exists():
        return
    raise NotThere(N_("没有找到这起突发事件。"), remedy=N_("请从列表中选择。"))


def satisfy(notice: Notice, *, by: Officer, at: datetime) -> None:
    """Meet the open duties that a notice answers; one that was met earlier keeps its first time."""
    for due in _of(notice.body_id).filter(pk__in=notice.answers, satisfied_at=None).order_by("due_at", "pk"):
        if kind_of(due.code) in MET_BY_NOTICE:
            information_due_satisfy(due=due, publication_ref=notice.reference, by=by, at=at)
