"""Who is on duty: one bounded query each, so that an alarm at night never waits for a roster to be computed."""

from datetime import datetime

from django.db.models import Min, Q, QuerySet

from huiying.registry.granting import running_at
from huiying.registry.models import DutyShift, Post, Staff
from huiying.rules.permissions import Role


def on_duty(body_id: int, post_code: str, at: datetime) -> Staff | None:
    """Whoever answers for a post at that moment: the running watch, else the first who holds the post.

    Where watches overlap, the one that began last counts (a swap is entered later than the plan). None: nobody.
    """
    return _on_watch(body_id, post_code, at) or post_holders(body_id, post_code, at).first()


def post_holders(body_id: int, post_code: str, at: datetime) -> QuerySet[Staff]:
    """Active staff who hold a post of that code in the body at that moment, longest first; each once."""
    return _holding(Q(grants__post__code=post_code, grants__post__unit__body_id=body_id), at)


def holders_of(post: Post, at: datetime) -> QuerySet[Staff]:
    """Active staff who hold this one post at that moment, longest first; each once."""
    return _holding(Q(grants__post=post), at)


def role_holders(body_id: int, role: Role, at: datetime) -> QuerySet[Staff]:
    """Active staff of the body who hold a role at that moment, longest first; each once."""
    return _holding(Q(grants__role=role, body_id=body_id), at)


def shifts_at(body_id: int, at: datetime) -> QuerySet[DutyShift]:
    """The watches that run at that moment in a body, with their people and posts; the latest begun first."""
    running = DutyShift.objects.filter(post__unit__body_id=body_id, starts_at__lte=at, ends_at__gt=at)
    return running.select_related("staff", "post").order_by("-starts_at", "-pk")


def _on_watch(body_id: int, post_code: str, at: datetime) -> Staff | None:
    shift = shifts_at(body_id, at).filter(post__code=post_code, staff__is_active=True).first()
    return shift.staff if shift else None


def _holding(where: Q, at: datetime) -> QuerySet[Staff]:
    since = Min("grants__given_at", filter=where & running_at(at, "grants__"))
    return (
        Staff.objects.filter(is_active=True).annotate(since=since).exclude(since=None).order_by("since", "pk")
    )
