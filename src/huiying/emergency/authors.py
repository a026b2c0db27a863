"""Who wrote a text, by the ledger: everyone who ever saved it, not only the last. Nobody approves what they wrote."""

from collections.abc import Iterator

from django.db.models import Model

from huiying.emergency.models import PlanAddendum, PlanVersion
from huiying.records.models import LedgerEvent
from huiying.rules.actors import ActorKind
from huiying.rules.events import EventKind


def savers_of(version: PlanVersion) -> frozenset[int]:
    """The staff who ever saved this version."""
    about = {"kind": EventKind.PLAN_SAVED, "facts__version": version.number}
    return frozenset({*_actors(version.plan, **about), *_known(version.saved_by_id)})


def writers_of(addendum: PlanAddendum) -> frozenset[int]:
    """The staff who ever wrote in this addition to a plan."""
    kinds = [EventKind.ADDENDUM_DRAFTED, EventKind.ADDENDUM_CHANGED]
    about = {"kind__in": kinds, "facts__addendum": addendum.pk}
    return frozenset({*_actors(addendum.plan, **about), *_known(addendum.drafted_by_id)})


def _actors(subject: Model, **about: object) -> Iterator[int]:
    events = LedgerEvent.objects.filter(
        subject_kind=subject._meta.model_name,
        subject_id=str(subject.pk),
        actor_kind=ActorKind.STAFF,
        **about,
    )
    return (int(ref) for ref in events.values_list("actor_ref", flat=True).distinct())


def _known(staff_id: int | None) -> set[int]:
    return set() if staff_id is None else {staff_id}
