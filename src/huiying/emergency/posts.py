"""Which post a plan role falls to, who is on it now, and whether a person may answer for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from huiying.playbook.clauses import PlanRole
from huiying.playbook.compiler import Playbook, Role
from huiying.registry import duty
from huiying.registry.models import Grant, Post
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
    own = own_post(role, posts)
    if own is not None:
        return Filled(role, own, stands_in=False)
    stand_ins = (own_post(roles[other], posts) for other in role.alternates if other in roles)
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


def own_post(role: Role | PlanRole, posts: Mapping[str, Post]) -> Post | None:
    """The post a role falls to by its own id or by its kind, or None where the body has neither."""
    return posts.get(role.id.replace("-", "_")) or posts.get(role.post_kind)


def people_on(posts: Iterable[int], at: datetime) -> dict[int, tuple[str, ...]]:
    """The names of who is on each post at that moment, as registry's duty says."""
    return duty.names_on(posts, at)


def posts_of(viewer: Officer, at: datetime) -> frozenset[int]:
    """The posts this person answers for at that moment: held by a grant, on watch, or as deputy."""
    return duty.posts_answered_for(viewer.staff_id, at)
