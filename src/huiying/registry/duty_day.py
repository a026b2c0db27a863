"""What the pages of a duty officer show beside who is on duty: offers, colleagues, ways to reach people, the pool."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from huiying.records.clock import official_date
from huiying.registry import duty
from huiying.registry.models import (
    CalendarFeed,
    ContactWay,
    Deputy,
    DutyShift,
    Expert,
    Post,
    Qualification,
    ShiftSwap,
    Staff,
)
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.swap import SwapState
from huiying.rules.permissions import Action, can_somewhere, check

AHEAD = timedelta(days=60)
MOST = 30
MOST_PEOPLE = 50
POOL_PAGE = 50


@dataclass(frozen=True, slots=True)
class Reach:
    """The numbers and addresses of one person in the order in which they want to be tried."""

    voice: tuple[str, ...] = ()
    email: tuple[str, ...] = ()


def reach_of(people: Collection[int]) -> dict[int, Reach]:
    """How each of these people is reached, in one query; a number for messages rings too."""
    rows = ContactWay.objects.filter(staff__in=people).order_by("order", "pk")
    found: dict[int, Reach] = {}
    for staff, way, address in rows.values_list("staff_id", "way", "address")[: 4 * MOST_PEOPLE]:
        held = found.get(staff, Reach())
        if way == "email":
            found[staff] = Reach(held.voice, (*held.email, address))
        elif address not in held.voice:
            found[staff] = Reach((*held.voice, address), held.email)
    return found


def my_watches(viewer: Officer, at: datetime) -> list[DutyShift]:
    """The viewer's running and coming watches."""
    return list(duty.watches_of(viewer.staff_id, at, at + AHEAD)[:MOST])


def offers_to(viewer: Officer, at: datetime) -> list[ShiftSwap]:
    """Watches that colleagues offer to the viewer and that have not begun."""
    return list(_offers(at).filter(offered_to=viewer.staff_id)[:MOST])


def offers_by(viewer: Officer, at: datetime) -> list[ShiftSwap]:
    """The viewer's own offers that wait for an answer."""
    return list(_offers(at).filter(shift__staff=viewer.staff_id)[:MOST])


def _offers(at: datetime) -> QuerySet[ShiftSwap]:
    rows = ShiftSwap.objects.filter(state=SwapState.ASKED, shift__starts_at__gt=at)
    about = rows.select_related("shift__post", "shift__staff", "offered_to", "in_return__post")
    return about.order_by("shift__starts_at", "pk")


def colleagues_on(post: Post, at: datetime, *, without: int) -> list[Staff]:
    """Who else holds the post or is its deputy: those to whom a watch can be offered."""
    held = list(duty.holders_of(post, at)[:MOST_PEOPLE])
    people = dict.fromkeys([*held, *duty.deputies_of(post, at)])
    return [staff for staff in people if staff.pk != without]


def watches_in_return(people: Collection[Staff], at: datetime) -> list[DutyShift]:
    """The coming watches of these colleagues, any of which can be asked for in return."""
    rows = DutyShift.objects.filter(staff__in=people, cancelled_at=None, starts_at__gt=at)
    near = rows.filter(starts_at__lt=at + AHEAD).select_related("staff", "post")
    return list(near.order_by("starts_at", "pk")[:MOST_PEOPLE])


def posts_to_take(viewer: Officer, at: datetime) -> frozenset[int]:
    """The posts the viewer could take over now; a planner of duty every one of the body."""
    if not can_somewhere(viewer.grants, Action.DUTY_KEEP):
        return frozenset()
    if viewer.can(Action.DUTY_PLAN):
        posts = Post.objects.filter(unit__body_id=viewer.body_id)
        return frozenset(posts.values_list("pk", flat=True)[: duty.MOST_POSTS])
    return duty.posts_answered_for(viewer.staff_id, at)


def deputies_listed(viewer: Officer) -> list[Deputy]:
    """The running deputies of the body by post, in their order."""
    rows = Deputy.objects.filter(post__unit__body_id=viewer.body_id, ended_at=None)
    return list(rows.select_related("post__unit", "staff").order_by("post_id", "order", "pk")[:200])


def qualifications_listed(viewer: Officer) -> list[Qualification]:
    """What the body's staff are qualified for, those that end first on top."""
    rows = Qualification.objects.filter(staff__body_id=viewer.body_id, staff__is_active=True, ended_at=None)
    return list(rows.select_related("staff").order_by("expires_on", "staff__name", "pk")[:200])


def experts_listed(viewer: Officer, *, field: str = "", language: str = "", after: int = 0) -> list[Expert]:
    """One page of the pool by number, with one row more when there are more; narrowed by field and language.

    Raises NotPermitted without POOL_READ.
    """
    if not can_somewhere(viewer.grants, Action.POOL_READ):
        check((), Action.POOL_READ)
    rows = Expert.objects.filter(body_id=viewer.body_id, ended_at=None, pk__gt=after)
    rows = rows.filter(field=field) if field else rows
    rows = rows.filter(languages__icontains=language) if language else rows
    return list(rows.order_by("pk")[: POOL_PAGE + 1])


def feed_made(viewer: Officer) -> datetime | None:
    """When the viewer opened their calendar; None: they have none."""
    return CalendarFeed.objects.filter(staff=viewer.staff_id).values_list("made_at", flat=True).first()


def expired(qualification: Qualification, at: datetime) -> bool:
    """Whether its last day is over."""
    return qualification.expires_on is not None and qualification.expires_on < official_date(at)
