"""The rules that no roster breaks, whichever engine proposes it, and the reasons in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise

from huiying.registry.rostering.shapes import Gap, Keeper, Limits, Span, Task, Watch, Why


def free_at(span: Span, limits: Limits) -> datetime:
    """When whoever keeps that watch may begin another."""
    return span.ends_at + limits.rest_after(span)


def clash(one: Span, other: Span, limits: Limits) -> bool:
    """Whether nobody can keep both: they run at once, or leave too little rest between them."""
    return one.starts_at < free_at(other, limits) and other.starts_at < free_at(one, limits)


def at_once(one: Span, other: Span) -> bool:
    """Whether two watches run at the same time."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def holds_back(keeper: Keeper, watch: Watch, taken: Iterable[Span], limits: Limits) -> Why | None:
    """Why this person cannot keep the watch beside those already taken; None: they can."""
    return unfit(keeper, watch) or _in_the_way(watch.span, [*keeper.kept, *taken], limits)


def unfit(keeper: Keeper, watch: Watch) -> Why | None:
    """What stands against it whatever else they keep: the post, leading, leave."""
    until = keeper.posts_until.get(watch.post)
    if watch.post not in keeper.posts or (until is not None and until < watch.span.last_day):
        return Why.NOT_ON_POST
    if watch.is_lead and not keeper.may_lead:
        return Why.CANNOT_LEAD
    span = watch.span
    away = any(first <= span.last_day and last >= span.on for first, last in keeper.away)
    return Why.ON_LEAVE if away else None


def fit(keeper: Keeper, watch: Watch, limits: Limits) -> bool:
    """Whether nothing that stands already is against it."""
    return holds_back(keeper, watch, (), limits) is None


def _in_the_way(span: Span, taken: Iterable[Span], limits: Limits) -> Why | None:
    found = [other for other in taken if clash(span, other, limits)]
    if not found:
        return None
    return Why.ON_WATCH if any(at_once(span, other) for other in found) else Why.NO_REST


def settled(task: Task) -> tuple[dict[int, int], tuple[int, ...]]:
    """The fixed choices that break no rule, and the watches whose fixed choice had to be given up; earlier ones win."""
    people = {keeper.ref: keeper for keeper in task.keepers}
    kept: dict[int, int] = {}
    taken: dict[int, list[Span]] = {}
    released = []
    for watch in sorted(task.watches, key=lambda one: (one.span.starts_at, one.ref)):
        if watch.fixed is None:
            continue
        keeper = people.get(watch.fixed)
        mine = taken.setdefault(watch.fixed, [])
        if keeper is None or holds_back(keeper, watch, mine, task.limits):
            released.append(watch.ref)
        else:
            kept[watch.ref] = watch.fixed
            mine.append(watch.span)
    return kept, tuple(released)


def reasons(task: Task, watch: Watch, chosen: Mapping[int, int]) -> tuple[tuple[Why, int], ...]:
    """How many of those who hold the post could not keep the watch, by reason; empty: nobody holds it."""
    spans = spans_of(task, chosen, without=watch.ref)
    held = [keeper for keeper in task.keepers if unfit(keeper, watch) is not Why.NOT_ON_POST]
    found = Counter(holds_back(keeper, watch, spans.get(keeper.ref, ()), task.limits) for keeper in held)
    return tuple((why, found[why]) for why in Why if found[why])


def spans_of(task: Task, chosen: Mapping[int, int], *, without: int | None = None) -> dict[int, list[Span]]:
    """What each person keeps by this choice."""
    spans: dict[int, list[Span]] = {}
    for watch in task.watches:
        if watch.ref in chosen and watch.ref != without:
            spans.setdefault(chosen[watch.ref], []).append(watch.span)
    return spans


def gaps(task: Task, chosen: Mapping[int, int]) -> tuple[Gap, ...]:
    """The watches that stay empty, in order of time, each with its reasons."""
    empty = [watch for watch in task.watches if watch.ref not in chosen]
    ordered = sorted(empty, key=lambda one: (one.span.starts_at, one.ref))
    return tuple(Gap(watch, reasons(task, watch, chosen)) for watch in ordered)


def short_rests(spans: Iterable[Span], limits: Limits) -> list[tuple[Span, Span]]:
    """One person's watches that follow one another too closely, or run at once."""
    ordered = sorted(spans, key=lambda one: (one.starts_at, one.ends_at))
    return [(one, other) for one, other in pairwise(ordered) if clash(one, other, limits)]
