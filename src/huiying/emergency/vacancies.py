"""The alarm for posts that a plan in force needs and nobody holds: one neutral letter a post and week."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from huiying.emergency.crew import standing_of
from huiying.emergency.lacking import posts_vacant
from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.records import outbox
from huiying.records.clock import official_date
from huiying.records.outbox import Recipient, RecipientKind
from huiying.registry.granting import running_at
from huiying.registry.models import Grant, Post
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.permissions import Role

LETTER = "post_vacant"
PATH = "/console/readiness/?mine=1"


def tell_of_vacant_posts(at: datetime) -> int:
    """Tell the head of the unit, or the planner where it has none; how many posts are vacant."""
    texts: dict[int, list[str]] = {}
    versions = PlanVersion.objects.filter(state=PlanState.PROMULGATED)
    for body, text in versions.order_by("plan__body", "pk").values_list("plan__body", "text"):
        texts.setdefault(body, []).append(text)
    return sum(_tell(body, found, at) for body, found in texts.items())


def _tell(body_id: int, texts: Iterable[str], at: datetime) -> int:
    standing = standing_of(body_id, on=official_date(at))
    vacant = {pk: post for text in texts for pk, post in posts_vacant(document_read(text), standing).items()}
    if vacant:
        heads, planners = _heads(vacant.values(), at), _holders(Role.PLANNER, at).filter(unit__body=body_id)
        planner = planners.values_list("staff", flat=True).first()
        for post in vacant.values():
            _write(post, heads.get(post.unit_id, planner), body_id, at)
    return len(vacant)


def _heads(posts: Iterable[Post], at: datetime) -> dict[int, int]:
    """The head of each of these units; of several the one who has been it for longest."""
    rows = _holders(Role.UNIT_HEAD, at).filter(unit__in={post.unit_id for post in posts})
    found: dict[int, int] = {}
    for unit, staff in rows.values_list("unit_id", "staff_id"):
        found.setdefault(unit, staff)
    return found


def _holders(role: Role, at: datetime) -> QuerySet[Grant]:
    return Grant.objects.filter(running_at(at), role=role, staff__is_active=True).order_by("given_at", "pk")


def _write(post: Post, staff_id: int | None, body_id: int, at: datetime) -> None:
    outbox.put(
        LETTER,
        post,
        to=Recipient(RecipientKind.STAFF, str(staff_id)) if staff_id else None,
        at=at,
        body_id=body_id,
        context={"path": PATH},
        dedupe=f"{LETTER}:{post.pk}:{official_date(at):%G-%V}",
    )
