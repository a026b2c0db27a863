"""To which units a plan gives a duty, and who leads them: whose written opinion is asked, who acknowledges."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from huiying.emergency.models import PlanVersion
from huiying.emergency.posts import own_post, posts_by_code
from huiying.emergency.running import document_read
from huiying.playbook.clauses import PlanRole
from huiying.registry.granting import running_at
from huiying.registry.models import Grant, Post, Unit
from huiying.rules.permissions import Role


def units_with_a_duty(version: PlanVersion) -> list[Unit]:
    """The units of the posts that the plan's roles fall to, in order of founding. 国办发〔2024〕5号 art. 22."""
    roles = document_read(version.text).roles
    posts = posts_by_code(version.plan.body_id)
    known = {role.id: role for role in roles}
    found = (_post_of(role, known, posts) for role in roles)
    units = {post.unit_id: post.unit for post in found if post is not None}
    return [units[pk] for pk in sorted(units)]


def _post_of(role: PlanRole, roles: dict[str, PlanRole], posts: dict[str, Post]) -> Post | None:
    """The role's own post, otherwise that of the first who stands in and has one."""
    line = (role, *(roles[other] for other in role.alternates if other in roles))
    return next((post for each in line if (post := own_post(each, posts)) is not None), None)


def heads_of(units: Collection[int], at: datetime) -> dict[int, tuple[int, ...]]:
    """The members of staff who lead each unit at that moment."""
    grants = Grant.objects.filter(running_at(at), role=Role.UNIT_HEAD, unit__in=units, staff__is_active=True)
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for unit, staff in grants.order_by("pk").values_list("unit_id", "staff_id"):
        found[unit][staff] = None
    return {unit: tuple(staff) for unit, staff in found.items()}


def planners_of(body_id: int, at: datetime) -> tuple[int, ...]:
    """The members of staff who write the body's plans at that moment."""
    grants = Grant.objects.filter(
        running_at(at), role=Role.PLANNER, unit__body_id=body_id, staff__is_active=True
    )
    return tuple(dict.fromkeys(grants.order_by("pk").values_list("staff_id", flat=True)))
