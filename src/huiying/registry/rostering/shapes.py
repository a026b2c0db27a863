"""What a roster is proposed from and what comes of it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from huiying.rules.calendar import ONE_DAY, SHANGHAI, day_in_shanghai
from huiying.rules.words import N_

DEEP_NIGHT = time(2)  # a watch that runs at this hour is a night


class Why(StrEnum):
    """Why somebody cannot keep one watch."""

    NOT_ON_POST = "not_on_post"
    CANNOT_LEAD = "cannot_lead"
    ON_LEAVE = "on_leave"
    ON_WATCH = "on_watch"
    NO_REST = "no_rest"

    @property
    def label(self) -> str:
        """The reason in words."""
        return WHY_LABELS[self]


WHY_LABELS = {
    Why.NOT_ON_POST: N_("不在这个岗位"),
    Why.CANNOT_LEAD: N_("不能带班"),
    Why.ON_LEAVE: N_("请假"),
    Why.ON_WATCH: N_("同一时间已有一班"),
    Why.NO_REST: N_("两班之间休息不够"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a roster keeps to. POLICY: no law gives these numbers; 劳动法 art. 38 asks for rest in general words."""

    rest: timedelta = timedelta(hours=11)
    long_watch: timedelta = timedelta(hours=24)  # after a watch as long as this one,
    long_rest: timedelta = timedelta(hours=24)  # a whole day is free
    row: int = 3  # more days with a watch in a row than this are avoided
    owed: int = 2  # of what the last months left uneven, so many watches are made up in one month

    def rest_after(self, span: "Span") -> timedelta:
        """How long whoever kept that watch is free."""
        return self.long_rest if span.ends_at - span.starts_at >= self.long_watch else self.rest


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant to another."""

    starts_at: datetime
    ends_at: datetime

    @property
    def on(self) -> date:
        """The day on which it begins, in Shanghai."""
        return day_in_shanghai(self.starts_at)

    @property
    def last_day(self) -> date:
        """The last day it touches; one that ends at midnight does not touch the next."""
        return day_in_shanghai(self.ends_at - timedelta(microseconds=1))

    @property
    def night(self) -> bool:
        """Whether it runs in the depth of a night."""
        deep = datetime.combine(self.on, DEEP_NIGHT, SHANGHAI)
        return any(self.starts_at <= at < self.ends_at for at in (deep, deep + ONE_DAY))


@dataclass(frozen=True, slots=True)
class Watch:
    """One place to be filled: a watch that needs two people is two of these. `fixed`: whom a person chose for it."""

    ref: int
    post: int
    span: Span
    is_lead: bool = False
    rest_day: bool = False  # it begins on a rest day or holiday
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many watches somebody kept, and of what kind."""

    watches: int = 0
    nights: int = 0
    rest_days: int = 0
    leads: int = 0


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who can be on duty: on which posts, away on which days, which watches they have already."""

    ref: int
    posts: frozenset[int]
    may_lead: bool = False
    away: tuple[tuple[date, date], ...] = ()  # first and last day, both included
    kept: tuple[Span, ...] = ()  # published watches in and around the span; they stay
    past: Tally = field(default_factory=Tally)  # of the last months
    posts_until: Mapping[int, date] = field(default_factory=dict)  # the last day on a post, where one is set


@dataclass(frozen=True, slots=True)
class Task:
    """All of it: watches to fill, people, limits."""

    watches: tuple[Watch, ...]
    keepers: tuple[Keeper, ...]
    limits: Limits = DEFAULT


@dataclass(frozen=True, slots=True)
class Gap:
    """A watch nobody keeps, and how many people could not for which reason; no reasons: nobody holds the post."""

    watch: Watch
    because: tuple[tuple[Why, int], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who keeps which watch (watch → keeper), what stays empty and why, which fixed choices had to be given up."""

    chosen: Mapping[int, int]
    gaps: tuple[Gap, ...]
    released: tuple[int, ...]
    engine: str
