"""The viewer of the console: a member of staff with the grants that run now, as one frozen value."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, DateField, DateTimeField, QuerySet

from huiying.records.clock import official_date
from huiying.records.statements import kept
from huiying.registry.granting import running_between
from huiying.registry.models import Grant, Staff
from huiying.rules import permissions
from huiying.rules.actors import ActorKind, ActorRef
from huiying.rules.permissions import Action, GrantRef, Role


@dataclass(frozen=True, slots=True)
class Officer:
    """Who looks or acts, from which body, with which grants."""

    staff_id: int
    body_id: int
    grants: frozenset[GrantRef]

    @property
    def actor(self) -> ActorRef:
        """The officer as the ledger knows them: a number, no name."""
        return ActorRef(ActorKind.STAFF, str(self.staff_id))

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held anywhere in the body."""
        return frozenset(grant.role for grant in self.grants)

    def can(self, action: Action, *, unit_id: int | None = None) -> bool:
        """Say whether this officer may do the action on a matter of that unit."""
        return permissions.can(self.grants, action, unit_id=unit_id)

    def check(self, action: Action, *, unit_id: int | None = None) -> None:
        """Raise NotPermitted unless this officer may do the action there."""
        permissions.check(self.grants, action, unit_id=unit_id)


def officer_for(staff: Staff, *, at: datetime) -> Officer:
    """The officer that this account is at that moment; an inactive account has no grants."""
    running = _running(staff=staff.pk, at=at, on=official_date(at))
    grants = frozenset(GrantRef(Role(role), unit) for role, unit in running)
    return Officer(
        staff_id=staff.pk, body_id=staff.body_id, grants=grants if staff.is_active else frozenset()
    )


@kept(staff=BigIntegerField(), at=DateTimeField(), on=DateField())
def _running(*, staff: Any, at: Any, on: Any) -> "QuerySet[Grant, tuple[str, int | None]]":
    """Role and unit of the grants of one account that run; every page of the console asks this first."""
    return Grant.objects.filter(running_between(at, on), staff_id=staff).values_list("role", "unit_id")
