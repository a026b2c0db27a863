"""The body's own figures of a period: what was asked, how it was answered, how fast. Counts of matters, no person.

Raw counts, for the release gate only: nothing here is shown to anyone before publishing has withheld what is small.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from huiying.petitions.gate import not_spam
from huiying.petitions.models import Claim, Petition, PetitionClock
from huiying.records.clock import SHANGHAI, official_date
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import PetitionKind


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; a share of nothing is shown as "no cases", never as 100 %."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class PetitionFigures:
    """Raw counts of one period, from `since` (included) to `until` (excluded)."""

    since: date
    until: date
    received_by_channel: dict[str, int]
    received_by_matter: dict[str, int]
    received_by_kind: dict[str, int]
    routed_in_time: Share
    notice_in_time: Share
    reply_days: tuple[int, ...]
    replied_in_time: Share
    replied_overdue: int
    open_overdue: int
    outcomes: dict[str, int]
    answered_on_every_point: Share


def figures_for(body_id: int, *, since: date, until: date, at: datetime) -> PetitionFigures:
    """Count one period of one body as of `at`. Definitions: rules.figures."""
    received = Petition.objects.filter(not_spam(), body_id=body_id, **_between("received_at", since, until))
    replied = Petition.objects.filter(body_id=body_id, **_between("replied_at", since, until))
    handled = _clocks(body_id, Clock.HANDLE)
    overdue_open = handled.filter(met_at=None, stopped_at=None, due_on__lt=official_date(at)).count()
    late = _late(handled.filter(petition__in=replied))
    requests = replied.filter(kind=PetitionKind.REQUEST).count()
    return PetitionFigures(
        since=since,
        until=until,
        received_by_channel=_matters_by(received, "channel"),
        received_by_matter=_matters_by(received, "matter"),
        received_by_kind=_matters_by(received, "kind"),
        routed_in_time=_in_time(received, Clock.ROUTE, at),
        notice_in_time=_in_time(received, Clock.NOTICE, at),
        reply_days=_reply_days(replied),
        replied_in_time=Share(requests - late, requests + overdue_open),
        replied_overdue=late,
        open_overdue=overdue_open,
        outcomes=_outcomes(replied),
        answered_on_every_point=_on_every_point(replied),
    )


def _between(name: str, since: date, until: date) -> dict[str, datetime]:
    start, end = (datetime.combine(day, time(), tzinfo=SHANGHAI) for day in (since, until))
    return {f"{name}__gte": start, f"{name}__lt": end}


def _clocks(body_id: int, clock: Clock) -> QuerySet[PetitionClock]:
    return PetitionClock.objects.filter(body_id=body_id, clock=clock)


def _late(clocks: QuerySet[PetitionClock]) -> int:
    rows = clocks.filter(met_at__isnull=False).values_list("met_at", "due_on")
    return sum(met is not None and official_date(met) > due for met, due in rows.iterator())


def _matters_by(rows: QuerySet[Petition], column: str) -> dict[str, int]:
    """Matters by a column; near-copies count once."""
    counted = rows.values(column).annotate(n=Count("copy_key", distinct=True)).order_by(column)
    return {row[column]: row["n"] for row in counted}


def _in_time(received: QuerySet[Petition], clock: Clock, at: datetime) -> Share:
    """How many of the matters whose period is over or was met kept it. The office's own clocks, not the units'."""
    clocks = PetitionClock.objects.filter(petition__in=received, clock=clock, unit_id=None, stopped_at=None)
    rows = clocks.filter(Q(met_at__isnull=False) | Q(due_on__lt=official_date(at))).values_list(
        "met_at", "due_on"
    )
    kept = [met is not None and official_date(met) <= due for met, due in rows.iterator()]
    return Share(sum(kept), len(kept))


def _reply_days(replied: QuerySet[Petition]) -> tuple[int, ...]:
    rows = replied.filter(kind=PetitionKind.REQUEST, accepted_at__isnull=False).values_list(
        "accepted_at", "replied_at"
    )
    days = [
        (official_date(end) - official_date(start)).days for start, end in rows.iterator() if start and end
    ]
    return tuple(sorted(days))


def _outcomes(replied: QuerySet[Petition]) -> dict[str, int]:
    counted = (
        Claim.objects.filter(petition__in=replied)
        .values("outcome")
        .annotate(n=Count("id"))
        .order_by("outcome")
    )
    return {row["outcome"]: row["n"] for row in counted if row["outcome"]}


def _on_every_point(replied: QuerySet[Petition]) -> Share:
    request = Q(petition__kind=PetitionKind.REQUEST)
    lacking = request & (Q(outcome="") | Q(facts="") | Q(basis="") | Q(remedy=""))
    lacking |= ~request & Q(facts="", opinion="")  # a suggestion or an enquiry is owed less: rules.reply.OWED
    incomplete = (
        Claim.objects.filter(petition__in=replied).filter(lacking).values("petition").distinct().count()
    )
    whole = replied.count()
    return Share(whole - incomplete, whole)


def months_before(day: date, count: int) -> Iterable[tuple[date, date]]:
    """The last `count` whole months before a day, newest first, as (first day, first day of the next)."""
    end = day.replace(day=1)
    for _ in range(count):
        start = (end - timedelta(days=1)).replace(day=1)
        yield start, end
        end = start


def outcome_matters(body_id: int, *, since: date, until: date) -> dict[str, int]:
    """How many matters stand behind each outcome of a period: five claims of one matter are one matter."""
    replied = Petition.objects.filter(body_id=body_id, **_between("replied_at", since, until))
    claims = Claim.objects.filter(petition__in=replied).exclude(outcome="")
    counted = claims.values("outcome").annotate(n=Count("petition", distinct=True)).order_by("outcome")
    return {row["outcome"]: row["n"] for row in counted}
