"""What makes a roster fair: like numbers of watches, nights, rest days and leads, and time between watches.

The numbers compare the load of watches, never people: they go into no record and rank nobody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from statistics import median_low

from huiying.registry.rostering.shapes import Keeper, Limits, Span, Tally, Task, Watch
from huiying.rules.calendar import ONE_DAY

# How much an uneven number of each weighs, and a day beyond the longest row, and two days in a row. POLICY.
WEIGHTS = Tally(watches=4, nights=3, rest_days=3, leads=2)
TOO_LONG, NEXT_DAY = 12, 2

Counts = tuple[int, int, int, int]
BY_KIND: Counts = (WEIGHTS.watches, WEIGHTS.nights, WEIGHTS.rest_days, WEIGHTS.leads)


def counts_of(watch: Watch) -> Counts:
    """What one watch adds: itself, and whether it is a night, on a rest day, leading."""
    return 1, int(watch.span.night), int(watch.rest_day), int(watch.is_lead)


def owed(keepers: Iterable[Keeper], limits: Limits) -> dict[int, Counts]:
    """What each starts from, by the last months: nobody more than `owed` from the middle, so no debt eats a month."""
    people = list(keepers)
    if not people:
        return {}
    past = [(k.past.watches, k.past.nights, k.past.rest_days, k.past.leads) for k in people]
    middle = [median_low(column) for column in zip(*past, strict=True)]
    return {
        keeper.ref: tuple(
            max(-limits.owed, min(limits.owed, number - half)) + limits.owed
            for number, half in zip(row, middle, strict=True)
        )
        for keeper, row in zip(people, past, strict=True)
    }


def uneven(counts: Iterable[int]) -> int:
    """The cost of one person's numbers: squares, so that the same total costs least where it is spread evenly."""
    return sum(weight * count * count for weight, count in zip(BY_KIND, counts, strict=True))


def crowded(days: Iterable[date], limits: Limits) -> int:
    """The cost of days with a watch that lie too close together."""
    held = set(days)
    beside = sum(day + ONE_DAY in held for day in held)
    beyond = sum(all(day + ONE_DAY * n in held for n in range(limits.row + 1)) for day in held)
    return NEXT_DAY * beside + TOO_LONG * beyond


def cost(task: Task, chosen: Mapping[int, int]) -> int:
    """How uneven a choice is, all told; the least is the fairest. Empty watches are not in it."""
    base = owed(task.keepers, task.limits)
    mine: dict[int, list[Watch]] = {ref: [] for ref in base}
    for watch in task.watches:
        if watch.ref in chosen:
            mine[chosen[watch.ref]].append(watch)
    kept = {keeper.ref: keeper.kept for keeper in task.keepers}
    return sum(cost_of(base[ref], watches, kept[ref], task.limits) for ref, watches in mine.items())


def cost_of(base: Counts, watches: list[Watch], kept: Iterable[Span], limits: Limits) -> int:
    """One person's part of the cost."""
    numbers = list(base)
    for watch in watches:
        for kind, one in enumerate(counts_of(watch)):
            numbers[kind] += one
    days = [watch.span.on for watch in watches] + [span.on for span in kept]
    return uneven(numbers) + crowded(days, limits)


def widest(task: Task, chosen: Mapping[int, int]) -> int:
    """How far apart the most and the fewest watches lie; for a measurement."""
    numbers = Counter(chosen.values())
    found = [numbers[keeper.ref] for keeper in task.keepers]
    return max(found, default=0) - min(found, default=0)
