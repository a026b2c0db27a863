"""The engine that searches for the fairest roster: CP-SAT of ortools, an extra (`requirements/roster.txt`).

One worker, a fixed seed and a limit counted in the solver's own steps: the same task gives the same answer on every
machine. It begins from what the other engine found and gives that back where it found nothing fairer.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiying.registry.rostering.hard import fit, free_at
from huiying.registry.rostering.shapes import Keeper, Task, Watch
from huiying.registry.rostering.soft import BY_KIND, NEXT_DAY, TOO_LONG, cost, counts_of, owed
from huiying.rules.calendar import ONE_DAY

STEPS, SECONDS = 1.0, 20.0  # the steps end a search; the seconds only where a machine stands still
EMPTY = 100_000  # an empty watch costs more than any unfairness


@dataclass
class _Search:
    """The model in the making: a yes or no for each watch and person who may keep it, and where the search begins."""

    task: Task
    model: Any
    begin: dict[int, int]
    takes: dict[tuple[int, int], Any] = field(default_factory=dict)
    begun: dict[int, bool] = field(default_factory=dict)  # variable → its value at the beginning

    def decision(self, value: bool) -> Any:
        """A yes or no with its value at the beginning; a complete beginning is taken up, half of one is not."""
        one = self.model.new_bool_var("")
        self.model.add_hint(one, value)
        self.begun[one.index] = value
        return one

    def at_first(self, literal: Any) -> bool:
        """Its value at the beginning; a watch that stands already is there."""
        return literal == 1 if isinstance(literal, int) else self.begun[literal.index]

    def of_watch(self, watch: Watch) -> list[Any]:
        """Who may keep it."""
        return [self.takes[watch.ref, k.ref] for k in self.task.keepers if (watch.ref, k.ref) in self.takes]

    def of_keeper(self, keeper: Keeper) -> list[tuple[Watch, Any]]:
        """What they may keep."""
        pairs = ((watch, self.takes.get((watch.ref, keeper.ref))) for watch in self.task.watches)
        return [(watch, taken) for watch, taken in pairs if taken is not None]


def solve(task: Task, settled: dict[int, int], begin: dict[int, int]) -> dict[int, int]:
    """Fill what can be filled, as fairly as is found within the limit; never less than at the beginning."""
    # Imported here: it takes a second, which every start of the program would pay.
    from ortools.sat.python import cp_model

    search = _Search(task, cp_model.CpModel(), begin)
    _choices(search, settled)
    _never_two(search)
    search.model.minimize(sum(_costs(search)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 20250102
    solver.parameters.max_deterministic_time = STEPS
    solver.parameters.max_time_in_seconds = SECONDS
    if solver.solve(search.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return begin
    found = {watch: keeper for (watch, keeper), taken in search.takes.items() if solver.boolean_value(taken)}
    return min(begin, found, key=lambda one: (-len(one), cost(task, one)))


def _choices(search: _Search, settled: dict[int, int]) -> None:
    task = search.task
    for watch in task.watches:
        for keeper in task.keepers:
            if settled.get(watch.ref, keeper.ref) == keeper.ref and fit(keeper, watch, task.limits):
                taken = search.decision(search.begin.get(watch.ref) == keeper.ref)
                search.takes[watch.ref, keeper.ref] = taken
        search.model.add_at_most_one(search.of_watch(watch))
    for pair in settled.items():
        search.model.add(search.takes[pair] == 1)


def _never_two(search: _Search) -> None:
    """Of watches whose spans with the rest after them reach over one beginning, nobody keeps two."""
    task = search.task
    for watch in task.watches:
        at = watch.span.starts_at
        near = [w for w in task.watches if w.span.starts_at <= at < free_at(w.span, task.limits)]
        for keeper in task.keepers:
            literals = [search.takes[w.ref, keeper.ref] for w in near if (w.ref, keeper.ref) in search.takes]
            if len(literals) > 1:
                search.model.add_at_most_one(literals)


def _costs(search: _Search) -> list[Any]:
    base = owed(search.task.keepers, search.task.limits)
    costs = [EMPTY * (1 - sum(search.of_watch(watch))) for watch in search.task.watches]
    for keeper in search.task.keepers:
        mine = search.of_keeper(keeper)
        for kind, start in enumerate(base[keeper.ref]):
            literals = [taken for watch, taken in mine if counts_of(watch)[kind]]
            costs += _squares(search, literals, start, BY_KIND[kind])
        costs += _crowding(search, keeper, mine)
    return costs


def _squares(search: _Search, literals: list[Any], start: int, weight: int) -> list[Any]:
    """weight × (start + number)²: each one more costs more than the one before, so they fill up in order."""
    first = sum(search.at_first(literal) for literal in literals)
    steps = [search.decision(n < first) for n in range(len(literals))]
    if steps:
        search.model.add(sum(steps) == sum(literals))
    return [weight * (2 * (start + n) + 1) * step for n, step in enumerate(steps)]


def _crowding(search: _Search, keeper: Keeper, mine: list[tuple[Watch, Any]]) -> list[Any]:
    by_day: dict[date, list[Any]] = {}
    for watch, taken in mine:
        by_day.setdefault(watch.span.on, []).append(taken)
    days: dict[date, Any] = {on: _any_of(search, literals) for on, literals in by_day.items()}
    days |= {span.on: 1 for span in keeper.kept}
    return [
        weight * _all_of(search, window)
        for length, weight in ((2, NEXT_DAY), (search.task.limits.row + 1, TOO_LONG))
        for window in _windows(days, length)
    ]


def _windows(days: dict[date, Any], length: int) -> list[list[Any]]:
    """Runs of so many days on each of which there may be a watch."""
    runs = [[on + ONE_DAY * n for n in range(length)] for on in days]
    return [[days[on] for on in run] for run in runs if days.keys() >= set(run)]


def _any_of(search: _Search, literals: list[Any]) -> Any:
    if len(literals) == 1:
        return literals[0]
    one = search.decision(any(map(search.at_first, literals)))
    for literal in literals:
        search.model.add_implication(literal, one)
    return one


def _all_of(search: _Search, window: list[Any]) -> Any:
    every = search.decision(all(map(search.at_first, window)))
    search.model.add(every >= sum(window) - (len(window) - 1))
    return every
