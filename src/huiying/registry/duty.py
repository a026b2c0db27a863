"""Who is on duty: the one place where that is decided, in bounded queries, so that an alarm at night never waits.

1. The running watch of the post. A cancelled watch counts for nobody, nor does one of an account that was closed.
   Where watches overlap the one entered last counts: a substitute is entered later than the roster.
2. Nobody on watch: who holds the post by a grant, longest first.
3. Nobody holds it: the deputies of the post in their order. They come last because what is known here is who holds a
   post, not who can be reached; whoever calls and reaches nobody goes on to them.

A lead watch (带班) is not the watch: it says which leader answers for it, see `leads_at`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, DateField, DateTimeField, F, Min, Q, QuerySet

from huiying.records.clock import official_date
from huiying.records.statements import kept
from huiying.registry.granting import running_at, running_between
from huiying.registry.models import Deputy, DutyShift, Grant, Post, Staff
from huiying.rules.permissions import Role
from huiying.rules.words import N_

MOST_POSTS = 100
LATEST = (F("entered_at").desc(nulls_last=True), "-pk")


class Standing(StrEnum):
    """Why somebody answers for a post."""

    WATCH = "watch"
    HOLDER = "holder"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        """The Chinese word for this standing."""
        return STANDING_LABELS[self]


STANDING_LABELS = {
    Standing.WATCH: N_("值班"),
    Standing.HOLDER: N_("在岗"),
    Standing.DEPUTY: N_("代理"),
}


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who answers for one post now: `staff` first, `beside` on the same watch; until when; the leader; which watch."""

    post: Post
    staff: Staff | None = None
    standing: Standing | None = None
    until: datetime | None = None
    beside: tuple[Staff, ...] = ()
    lead: Staff | None = None
    watch_id: int | None = None


def on_duty(body_id: int, post_code: str, at: datetime) -> Staff | None:
    """Whoever answers for a post of that code in the body at that moment, by the rules above. None: nobody."""
    return _answering(at, post__code=post_code, post__unit__body_id=body_id)


def on_duty_at(post_id: int, at: datetime) -> Staff | None:
    """The same for one post: of several with one code, such as the heads of units, this one."""
    return _answering(at, post_id=post_id)


def on_duty_rows(body_id: int, at: datetime) -> tuple[OnDuty, ...]:
    """Every post of the body with who answers for it, those on watch first; four queries, however many posts."""
    posts = Post.objects.filter(unit__body_id=body_id).select_related("unit").order_by("unit_id", "pk")
    standing = _Standing(body_id, at)
    rows = [standing.of(post) for post in posts[:MOST_POSTS]]
    return tuple(sorted(rows, key=lambda row: row.standing is not Standing.WATCH))


def leads_at(body_id: int, at: datetime) -> tuple[DutyShift, ...]:
    """The lead watches that run at that moment, the one entered last first. `lead_of` says which is a post's."""
    return tuple(shift for shift in _shifts_of(body_id, at) if shift.is_lead)


def lead_of(leads: Iterable[DutyShift], post_id: int) -> Staff | None:
    """The leader in charge of a post: on a lead watch of its own, else of the body's; None: nobody leads."""
    ordered = sorted(leads, key=lambda shift: shift.post_id != post_id)
    return ordered[0].staff if ordered else None


def shifts_at(body_id: int, at: datetime) -> QuerySet[DutyShift]:
    """The watches that run at that moment in a body, leads left out, with people and posts; entered last first."""
    return _shifts_of(body_id, at).filter(is_lead=False)


def watches_of(
    staff_id: int, begins: datetime, ends: datetime, *, cancelled: bool = False
) -> QuerySet[DutyShift]:
    """The watches of one person that touch a span, leads included, the nearest first; `cancelled`: those too."""
    rows = DutyShift.objects.filter(staff_id=staff_id, ends_at__gt=begins, starts_at__lt=ends)
    rows = rows if cancelled else rows.filter(cancelled_at=None)
    return rows.select_related("post__unit").order_by("starts_at", "pk")


def watches_on(posts: Iterable[int], begins: datetime, ends: datetime) -> QuerySet[DutyShift]:
    """The watches on these posts that touch a span and count, leads included, by their beginning."""
    rows = DutyShift.objects.filter(post__in=list(posts), starts_at__lt=ends, ends_at__gt=begins)
    return rows.filter(cancelled_at=None, staff__is_active=True).order_by("starts_at", "pk")


def names_on(posts: Iterable[int], at: datetime) -> dict[int, tuple[str, ...]]:
    """The names of who is on each of the posts: those on watch, else those who hold it, else its deputies."""
    wanted = set(posts)
    watch = _watches(at).filter(post__in=wanted).order_by(*LATEST)
    holders = Grant.objects.filter(running_at(at), staff__is_active=True, post__in=wanted)
    found = _named(holders.values_list("post_id", "staff__name"))
    found |= _named(watch.values_list("post_id", "staff__name"))
    if bare := wanted - set(found):
        found |= _named(_deputies(at).filter(post__in=bare).values_list("post_id", "staff__name"))
    return found


def posts_answered_for(staff_id: int, at: datetime) -> frozenset[int]:
    """The posts one person may answer for: held by a grant, on watch, or as deputy. Nothing of a lead watch."""
    rows = _answered_for(staff=staff_id, at=at, on=official_date(at))
    return frozenset(post for (post,) in rows)


@kept(staff=BigIntegerField(), at=DateTimeField(), on=DateField())
def _answered_for(*, staff: Any, at: Any, on: Any) -> QuerySet[Post, tuple[int]]:
    """In one statement: every board and every day asks it."""
    grants = Grant.objects.filter(running_between(at, on), staff__is_active=True, staff_id=staff)
    held = grants.exclude(post=None).values_list("post_id")
    watched = _watches(at).filter(staff_id=staff).values_list("post_id")
    return held.union(watched, _deputies(at).filter(staff_id=staff).order_by().values_list("post_id"))  # type: ignore[return-value]


def posts_in_charge_of(staff_id: int, at: datetime) -> frozenset[int]:
    """The posts this person is on watch for, and those they hold while nobody is on watch; no deputies."""
    grants = Grant.objects.filter(running_at(at), staff_id=staff_id, staff__is_active=True)
    held = set(grants.exclude(post=None).values_list("post_id", flat=True))
    watches = _watches(at).filter(Q(staff_id=staff_id) | Q(post__in=held))
    rows = list(watches.values_list("post_id", "staff_id"))
    return frozenset(held - {post for post, _ in rows}) | {post for post, staff in rows if staff == staff_id}


def post_holders(body_id: int, post_code: str, at: datetime) -> QuerySet[Staff]:
    """Active staff who hold a post of that code in the body at that moment, longest first; each once."""
    return _holding(Q(grants__post__code=post_code, grants__post__unit__body_id=body_id), at)


def holders_of(post: Post, at: datetime) -> QuerySet[Staff]:
    """Active staff who hold this one post at that moment, longest first; each once."""
    return _holding(Q(grants__post=post), at)


def deputies_of(post: Post, at: datetime) -> list[Staff]:
    """Active staff who stand in for this post at that moment, in their order."""
    return [deputy.staff for deputy in _deputies(at).filter(post=post).select_related("staff")]


def deputies_at(posts: Iterable[int], at: datetime) -> list[tuple[int, int]]:
    """Post and person of everybody who stands in for one of these posts at that moment."""
    return list(_deputies(at).filter(post__in=list(posts)).values_list("post_id", "staff_id"))


def role_holders(body_id: int, role: Role, at: datetime) -> QuerySet[Staff]:
    """Active staff of the body who hold a role at that moment, longest first; each once."""
    return _holding(Q(grants__role=role, body_id=body_id), at)


def _answering(at: datetime, **where: Any) -> Staff | None:
    shift = _watches(at).filter(**where).select_related("staff").order_by(*LATEST).first()
    if shift:
        return shift.staff
    holder = _holding(Q(**{f"grants__{name}": value for name, value in where.items()}), at).first()
    if holder:
        return holder
    deputy = _deputies(at).filter(**where).select_related("staff").first()
    return deputy.staff if deputy else None


def _running(at: Any) -> QuerySet[DutyShift]:
    running = DutyShift.objects.filter(starts_at__lte=at, ends_at__gt=at, cancelled_at=None)
    return running.filter(staff__is_active=True)


def _watches(at: Any) -> QuerySet[DutyShift]:
    return _running(at).filter(is_lead=False)


def _shifts_of(body_id: int, at: datetime) -> QuerySet[DutyShift]:
    running = _running(at).filter(post__unit__body_id=body_id)
    return running.select_related("staff", "post__unit").order_by(*LATEST)


def _deputies(at: Any) -> QuerySet[Deputy]:
    named = Deputy.objects.filter(named_at__lte=at, staff__is_active=True)
    return named.filter(Q(ended_at=None) | Q(ended_at__gt=at)).order_by("order", "pk")


def _named(rows: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = {}
    for post, name in rows:
        found.setdefault(post, {})[name] = None
    return {post: tuple(names) for post, names in found.items()}


def _holding(where: Q, at: datetime) -> QuerySet[Staff]:
    since = Min("grants__given_at", filter=where & running_at(at, "grants__"))
    return (
        Staff.objects.filter(is_active=True).annotate(since=since).exclude(since=None).order_by("since", "pk")
    )


class _Standing:
    """What is needed to say who answers for each post of a body, read once."""

    def __init__(self, body_id: int, at: datetime) -> None:
        shifts = list(_shifts_of(body_id, at))
        self._leads = [shift for shift in shifts if shift.is_lead]
        self._watches = _by_post(shift for shift in shifts if not shift.is_lead)
        grants = Grant.objects.filter(running_at(at), staff__is_active=True, post__unit__body_id=body_id)
        self._grants = _by_post(grants.select_related("staff").order_by("given_at", "pk"))
        deputies = _deputies(at).filter(post__unit__body_id=body_id)
        self._deputies = _by_post(deputies.select_related("staff"))

    def of(self, post: Post) -> OnDuty:
        """Who answers for one post."""
        lead = lead_of(self._leads, post.pk)
        for standing, rows in (
            (Standing.WATCH, self._watches),
            (Standing.HOLDER, self._grants),
            (Standing.DEPUTY, self._deputies),
        ):
            if found := rows.get(post.pk):
                first, *beside = dict.fromkeys(row.staff for row in found)
                watch = found[0] if isinstance(found[0], DutyShift) else None
                until, watch_id = (watch.ends_at, watch.pk) if watch else (None, None)
                return OnDuty(post, first, standing, until, tuple(beside), lead, watch_id)
        return OnDuty(post, lead=lead)


def _by_post(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.post_id, []).append(row)
    return found
