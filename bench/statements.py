"""Statements by themselves: what a search and the look for due clocks cost the database."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from bench.figures import Figure, spread
from bench.pages import QUERIES
from bench.places import Place

if TYPE_CHECKING:
    from tests.cast import Cast

TIMES = 200
SEARCH_TARGETS = {"SQLite": (3.0, 20.0), "PostgreSQL": (10.0, 50.0)}
SINGLE = ("水渠", "补助", "困难补助", "加工点", "石桥", "第4711号")
DUE = 1000


def measure(here: Place, cast: "Cast") -> list[Figure]:
    """Searches for the newest fifty; a day's due clocks; a desk."""
    p50, p99 = SEARCH_TARGETS[here.engine]
    return [
        *spread(here.engine, "search: one word, two and four characters", _searches(cast, SINGLE), p50, p99),
        *spread(here.engine, "search: several terms, place and word", _searches(cast, QUERIES), p50, p99),
        _sweep(here),
        _desk(here, cast),
    ]


def _searches(cast: "Cast", queries: Iterable[str]) -> list[float]:
    from huiying.records import search

    asked = list(queries)

    def one(number: int) -> None:
        search.find(asked[number % len(asked)], kind="petition", body_id=cast.body.pk, unit_ids=None)

    return _timed(one)


def _sweep(here: Place) -> Figure:
    """The thousand clocks due first, as the desk finds them: by the index over running clocks."""
    from huiying.petitions.models import PetitionClock
    from huiying.petitions.selectors import IS_OWED
    from huiying.records import clock

    last = clock.today() + timedelta(days=60)
    running = PetitionClock.objects.filter(IS_OWED, met_at=None, stopped_at=None, due_on__lte=last)
    body_id = running.values_list("body_id", flat=True)[0]
    due = running.filter(body_id=body_id).order_by("due_on", "id")

    def one(_: int) -> None:
        assert len(due.values_list("id", "petition_id", "due_on")[:DUE]) == DUE

    slowest = max(_timed(one, 20))
    return Figure(here.engine, f"clock sweep: {DUE:,} due, the slowest of 20", slowest * 1000, "ms", 50)


def _desk(here: Place, cast: "Cast") -> Figure:
    from huiying.petitions.selectors import desk_for
    from huiying.records import clock

    today = clock.today()

    def one(_: int) -> None:
        desk_for(cast.clerk, today=today, soon=today + timedelta(days=1))

    return Figure(here.engine, "a clerk's desk, the slowest of 20", max(_timed(one, 20)) * 1000, "ms")


def _timed(act: Callable[[int], None], times: int = TIMES) -> list[float]:
    for number in range(10):
        act(number)
    seconds = []
    for number in range(times):
        began = perf_counter()
        act(number)
        seconds.append(perf_counter() - began)
    return seconds
