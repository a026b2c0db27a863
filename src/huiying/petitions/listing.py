"""Lists and searches: the newest petitions that a viewer may know of, narrowed, page by page by key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    OuterRef,
    QuerySet,
)

from huiying.petitions import gate
from huiying.petitions.models import Petition, PetitionClock
from huiying.petitions.selectors import IN_A_LIST, OF_A_CLOCK, STAFF_CLOCKS, title_for
from huiying.records import search
from huiying.records.clock import start_of_day
from huiying.records.statements import kept, one_of
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.petition import Channel, PetitionKind, PetitionState
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action, GrantRef, units_for

PAGE = 50
CHUNK = 400  # references asked of the index at a time
CHUNKS = 3  # so many times, where filters leave few of them: at a million each costs as much as a page
HITS = PAGE + 1  # petitions named in one statement
LATE = "late"


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What a list is narrowed to; empty means all. `query`: words; in quotation marks they stand side by side."""

    query: str = ""
    state: PetitionState | None = None
    unit_id: int | None = None
    matter: Matter | None = None
    category_id: int | None = None
    kind: PetitionKind | None = None
    channel: Channel | None = None
    received_from: date | None = None
    received_to: date | None = None
    late: bool = False  # a duty of the body is late
    danger: bool = False
    urgent: bool = False
    joint: bool = False


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """One line of a list."""

    petition: Petition
    title: str
    due: PetitionClock | None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. `next_key` leads to older ones; `searched_to`: the page is not full, older ones were not read."""

    rows: tuple[PetitionRow, ...]
    next_key: int | None
    partial: bool = False


def petitions_listed(
    viewer: Officer, wanted: ListFilter, *, today: date, before: int | None = None, limit: int = PAGE
) -> Listing:
    """The newest petitions that the viewer may know of; `before` is the key of the page before."""
    if wanted.query:
        found, next_key, partial = _searched(viewer, wanted, today, before, limit)
    else:
        found = _newest(viewer, wanted, today, before, limit)
        next_key, partial = (found[limit - 1].pk if len(found) > limit else None), False
    dues = next_clocks(p.pk for p in found[:limit])
    lines = tuple(PetitionRow(p, title_for(viewer, p), dues.get(p.pk)) for p in found[:limit])
    return Listing(lines, next_key, partial)


def _searched(
    viewer: Officer, wanted: ListFilter, today: date, before: int | None, limit: int
) -> tuple[list[Petition], int | None, bool]:
    """Ask the index chunk by chunk, newest first, until the page is full; the work is bounded, never the answer's truth."""
    units = units_for(viewer.grants, Action.PETITION_READ)
    asked = _asked(wanted, today)
    found: list[Petition] = []
    # Most searches have no filter: a page full of hits is a page. Only where filters leave few is more asked for.
    for chunk in (min(limit + 1, CHUNK), *[CHUNK] * (CHUNKS - 1)):
        hits = search.find(
            wanted.query, kind="petition", body_id=viewer.body_id, unit_ids=units, limit=chunk, before=before
        )
        found += _of_hits(viewer, asked, hits, limit + 1 - len(found))
        if len(found) > limit:
            return found, found[limit - 1].pk, False
        if len(hits) < chunk:
            return found, None, False
        before = hits[-1]
    return found, before, True


def _newest(
    viewer: Officer, wanted: ListFilter, today: date, before: int | None, limit: int
) -> list[Petition]:
    asked = _asked(wanted, today)
    if before is not None:
        asked["pk__lt"] = before
    return _rows(
        viewer.body_id, viewer.grants, frozenset(asked), limit + 1, 0, **_values(viewer, asked), hits=[0]
    )


def _of_hits(viewer: Officer, asked: dict[str, Any], hits: list[int], limit: int) -> list[Petition]:
    """Those of the hits that the viewer may know of and the filters leave, in batches that the statement takes."""
    found: list[Petition] = []
    for at in range(0, len(hits), HITS):
        found += _rows(
            viewer.body_id,
            viewer.grants,
            frozenset(asked),
            limit,
            HITS,
            **_values(viewer, asked),
            hits=hits[at : at + HITS],
        )
        if len(found) >= limit:
            break
    return found[:limit]


def _asked(wanted: ListFilter, today: date) -> dict[str, Any]:
    """The filters that are set, by the condition that each is."""
    asked = {
        "state": wanted.state,
        "handling_unit_id": wanted.unit_id,
        "matter": wanted.matter,
        "category_id": wanted.category_id,
        "kind": wanted.kind,
        "channel": wanted.channel,
        "received_at__gte": start_of_day(wanted.received_from) if wanted.received_from else None,
        "received_at__lt": (
            start_of_day(wanted.received_to + timedelta(days=1)) if wanted.received_to else None
        ),
        "danger": wanted.danger or None,
        "urgent_need": wanted.urgent or None,
        "joint": wanted.joint or None,
        LATE: today if wanted.late else None,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _values(viewer: Officer, asked: dict[str, Any]) -> dict[str, Any]:
    return {"staff": viewer.staff_id, **asked}


_NUMBER, _WORD, _FLAG, _INSTANT = BigIntegerField(), CharField(), BooleanField(), DateTimeField()
_PLACES: dict[str, Any] = {
    "pk__lt": _NUMBER,
    "state": _WORD,
    "handling_unit_id": _NUMBER,
    "matter": _WORD,
    "category_id": _NUMBER,
    "kind": _WORD,
    "channel": _WORD,
    "received_at__gte": _INSTANT,
    "received_at__lt": _INSTANT,
    "danger": _FLAG,
    "urgent_need": _FLAG,
    "joint": _FLAG,
    LATE: DateField(),
}


@kept(staff=_NUMBER, hits=(_NUMBER, HITS), **_PLACES)
def _rows(
    body_id: int, grants: frozenset[GrantRef], asked: frozenset[str], limit: int, among: int, **places: Any
) -> QuerySet[Petition]:
    """The newest petitions that these grants open and that meet what is asked; `among` > 0: of the hits alone."""
    viewer = Officer(places["staff"], body_id, grants)
    rows = gate.petitions_for(viewer).filter(gate.not_spam())
    rows = rows.filter(**{name: places[name] for name in sorted(asked) if name != LATE})
    if LATE in asked:
        rows = rows.filter(_late(places[LATE]))
    if among:
        rows = rows.filter(one_of("id", places["hits"]))
    return rows.select_related("handling_unit").only(*IN_A_LIST).order_by("-pk")[:limit]


def _late(today: Any) -> Exists:
    """A duty of the body that runs and was due before today."""
    running = PetitionClock.objects.filter(
        petition=OuterRef("pk"), met_at=None, stopped_at=None, clock__in=STAFF_CLOCKS, due_on__lt=today
    )
    return Exists(running)


def next_clocks(petition_ids: Iterable[int]) -> dict[int, PetitionClock]:
    """The running duty that is due first, petition by petition."""
    ids, first = list(petition_ids), dict[int, PetitionClock]()
    for at in range(0, len(ids), HITS):
        for row in _running(petitions=ids[at : at + HITS]):
            first.setdefault(row.petition_id, row)
    return first


@kept(petitions=(_NUMBER, HITS))
def _running(*, petitions: Any) -> QuerySet[PetitionClock]:
    rows = PetitionClock.objects.filter(
        one_of("petition_id", petitions), met_at=None, stopped_at=None, clock__in=STAFF_CLOCKS
    )
    return rows.only(*OF_A_CLOCK).order_by("due_on", "id")
