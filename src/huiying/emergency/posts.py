"""Which post a plan role falls to, who is on it now, and whether a person may answer for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, DateField, DateTimeField, Exists, OuterRef, QuerySet

from huiying.playbook.compiler import Playbook, Role
from huiying.records.clock import official_date
from huiying.records.statements import kept
from huiying.registry.granting import running_at, running_between
from huiying.registry.models import DutyShift, Grant, Post
from huiying.registry.officers import Officer
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_, said

DUTY_POST = "duty_officer"


@dataclass(frozen=True, slots=True)
class Filled:
    """The post a role falls to. `stands_in`: the plan's own post is missing, and this one takes its orders."""

    role: Role
    post: Post
    stands_in: bool


def posts_by_code(body_id: int) -> dict[str, Post]:
    """The body's posts by code; of several with one code the oldest that somebody holds."""
    held = Exists(Grant.objects.filter(post=OuterRef("pk"), ended_at=None, staff__is_active=True))
    posts = Post.objects.filter(unit__body_id=body_id).select_related("unit").order_by(held.asc(), "-pk")
    return {post.code.replace("-", "_"): post for post in posts}


def posts_filled(body_id: int, playbook: Playbook) -> dict[str, Filled]:
    """Each role of the playbook with the post it falls to: its own, an alternate's, or the duty post.

    Raises Refusal where a post is missing and there is no duty post to take over.
    """
    posts = posts_by_code(body_id)
    roles = {step.role.id: step.role for step in playbook.steps}
    return {role_id: _filled(role, roles, posts) for role_id, role in roles.items()}


def _filled(role: Role, roles: Mapping[str, Role], posts: Mapping[str, Post]) -> Filled:
    own = _own_post(role, posts)
    if own is not None:
        return Filled(role, own, stands_in=False)
    stand_ins = (_own_post(roles[other], posts) for other in role.alternates if other in roles)
    found = next((post for post in stand_ins if post is not None), posts.get(DUTY_POST))
    if found is None:
        raise Refusal(
            said(
                N_("预案中的“{role}”在本机构没有对应岗位，也没有值班岗位可以代收。"),
                role=role.title or role.id,
            ),
            rule="emergency.post_missing",
            remedy=said(N_("请先设立岗位，代码写作 {code}。"), code=role.post_kind),
        )
    return Filled(role, found, stands_in=True)


def _own_post(role: Role, posts: Mapping[str, Post]) -> Post | None:
    return posts.get(role.id.replace("-", "_")) or posts.get(role.post_kind)


def people_on(posts: Iterable[int], at: datetime) -> dict[int, tuple[str, ...]]:
    """The names of who is on each post at that moment: those on watch, otherwise those who hold it."""
    wanted = set(posts)
    watch = DutyShift.objects.filter(post__in=wanted, starts_at__lte=at, ends_at__gt=at)
    holders = _running(at).filter(post__in=wanted)
    found = _named(watch.values_list("post_id", "staff__name"))
    return {**_named(holders.values_list("post_id", "staff__name")), **found}


def _named(rows: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = {}
    for post, name in rows:
        found.setdefault(post, {})[name] = None
    return {post: tuple(names) for post, names in found.items()}


def _running(at: datetime) -> QuerySet[Grant]:
    return Grant.objects.filter(running_at(at), staff__is_active=True)


def posts_of(viewer: Officer, at: datetime) -> frozenset[int]:
    """The posts this person answers for at that moment: held by a grant, or on watch."""
    rows = _answered_for(staff=viewer.staff_id, at=at, on=official_date(at))
    return frozenset(post for (post,) in rows)


@kept(staff=BigIntegerField(), at=DateTimeField(), on=DateField())
def _answered_for(*, staff: Any, at: Any, on: Any) -> QuerySet[Post, tuple[int]]:
    """In one statement: every board and every day asks it."""
    grants = Grant.objects.filter(running_between(at, on), staff__is_active=True, staff_id=staff)
    watches = DutyShift.objects.filter(staff_id=staff, starts_at__lte=at, ends_at__gt=at)
    held = grants.exclude(post=None).values_list("post_id")
    return held.union(watches.values_list("post_id"))  # type: ignore[return-value]
