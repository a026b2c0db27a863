"""What one watch leaves to the next: the notes somebody has yet to read, and those they may read."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from huiying.registry.duty import posts_answered_for, posts_in_charge_of, watches_of
from huiying.registry.models import HandOver
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere

KEPT_IN_SIGHT = timedelta(days=7)  # an older note is history, not what the last watch left
LONGEST = 2000
MOST = 20
WRITTEN_WITHIN = timedelta(hours=12)  # after one's watch a note can still be written


def unread_notes(staff_id: int, posts: Collection[int], at: datetime) -> list[HandOver]:
    """The notes of the last week on these posts that this person neither wrote nor read, the oldest first."""
    recent = HandOver.objects.filter(post__in=posts, written_at__gte=at - KEPT_IN_SIGHT, written_at__lte=at)
    others = recent.exclude(written_by=staff_id).exclude(readings__staff=staff_id)
    return list(others.select_related("post", "written_by").order_by("pk")[:MOST])


def notes_to_read(viewer: Officer, at: datetime) -> list[HandOver]:
    """What this person has to read before anything else: they are on watch, or nobody is and they hold the post."""
    posts = posts_in_charge_of(viewer.staff_id, at)
    return unread_notes(viewer.staff_id, posts, at) if posts else []


def notes_for(viewer: Officer) -> QuerySet[HandOver]:
    """The notes of the viewer's body with posts and writers."""
    rows = HandOver.objects.filter(post__unit__body_id=viewer.body_id)
    return rows.select_related("post__unit", "written_by").order_by("-pk")


def notes_recent(viewer: Officer, posts: Collection[int], at: datetime) -> list[HandOver]:
    """The newest notes of the last week on these posts, read or not."""
    return list(notes_for(viewer).filter(post__in=posts, written_at__gte=at - KEPT_IN_SIGHT)[:MOST])


def posts_noted(viewer: Officer, at: datetime) -> frozenset[int]:
    """The posts whose notes this person may read and write: those they answer for, or left a short while ago.

    A planner of the duty reads none by that alone: a note is between watches.
    """
    if not can_somewhere(viewer.grants, Action.DUTY_KEEP):
        return frozenset()
    left = watches_of(viewer.staff_id, at - WRITTEN_WITHIN, at).values_list("post_id", flat=True)
    return posts_answered_for(viewer.staff_id, at) | frozenset(left)
