"""What an auditor reads: the newest events of the own body, with the words to understand them."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from huiying.records.models import LedgerEvent
from huiying.registry.models import Post, Staff, Unit
from huiying.registry.officers import Officer
from huiying.rules.calendar import ONE_DAY, end_of_day
from huiying.rules.permissions import Action

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the auditor filters by; an empty value does not narrow. `day` is a day in Asia/Shanghai."""

    kind: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Names for the numbers of registry rows that events mention; of the viewer's body only."""

    staff: dict[str, str]
    units: dict[str, str]
    posts: dict[str, str]


def events_asked(
    viewer: Officer,
    asked: Asked,
    *,
    before: uuid.UUID | None = None,
    limit: int = PAGE,
    recused: Collection[int] = (),
) -> list[LedgerEvent]:
    """The newest events of the viewer's body that fit, newest first; `before` is the key of the page above.

    `recused` are petitions that the viewer has nothing to do with: their events are left out (信访工作条例 art. 28).
    Raises NotPermitted without Action.LEDGER_READ.
    """
    viewer.check(Action.LEDGER_READ)
    events = LedgerEvent.objects.filter(body_id=viewer.body_id)
    for field in ("kind", "subject_kind", "subject_id"):
        if wanted := getattr(asked, field):
            events = events.filter(**{field: wanted})
    if asked.day:
        events = events.filter(at__gte=end_of_day(asked.day - ONE_DAY), at__lt=end_of_day(asked.day))
    if recused:
        events = events.exclude(subject_kind="petition", subject_id__in=[str(each) for each in recused])
    if before:
        events = events.filter(pk__lt=before)
    return list(events.order_by("-pk")[:limit])


def names_for(viewer: Officer) -> Named:
    """Names of the viewer's staff, units and posts by number, in three queries however many events there are."""
    return Named(
        staff=_by_number(Staff.objects.filter(body_id=viewer.body_id).values_list("pk", "name")),
        units=_by_number(Unit.objects.filter(body_id=viewer.body_id).values_list("pk", "name")),
        posts=_by_number(Post.objects.filter(unit__body_id=viewer.body_id).values_list("pk", "title")),
    )


def _by_number(rows: Iterable[tuple[int, str]]) -> dict[str, str]:
    return {str(number): name for number, name in rows}
