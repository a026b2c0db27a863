"""The release gate for figures about petitions: no number below k, not even by subtraction. POLICY, k = 5.

A table is a set of named counts and the sums that tie them together (a row's total is the sum of its cells).
Before a count goes out, the gate asks what a careful reader could work out from all that is published, this table
and the earlier ones: whatever the published numbers fix by adding and subtracting. Where that gives a count of
1 to k-1, further cells are withheld until it does not. A count that moved by less than k since an earlier release
is such a number too. Zero is shown: it tells of nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from huiying.rules.elimination import Equation, reduced, without

K = 5

# A count is (name, value, value): the same name with another value is another state of it. What it moved by between
# two states is (name, lower, higher).
Quantity = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """A total that a reader knows to be the sum of its parts."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by name, and the sums among them. One name means one quantity in every table."""

    cells: Mapping[str, int]
    sums: tuple[Sum, ...] = ()

    def __post_init__(self) -> None:
        for tie in self.sums:
            if self.cells[tie.total] != sum(self.cells[part] for part in tie.parts):
                raise ValueError(f"{tie.total} is not the sum of its parts")


@dataclass(frozen=True, slots=True)
class Released:
    """A table as published: `shown` goes out, `withheld` does not; the true counts stay with the body."""

    table: Table
    withheld: frozenset[str]

    @property
    def shown(self) -> dict[str, int]:
        """The counts that may be published."""
        return {name: count for name, count in self.table.cells.items() if name not in self.withheld}

    def value(self, name: str) -> int | None:
        """A count as published; None where it is withheld."""
        return None if name in self.withheld else self.table.cells[name]


def count_once(copy_groups: Iterable[str]) -> int:
    """How many matters there are when near-copies count once; each matter is given as its near-copy group."""
    return len(set(copy_groups))


def listing(counts: Mapping[str, int], *, total: str = "*") -> Table:
    """A one-way table with its total."""
    names = tuple(counts)
    return Table({**counts, total: sum(counts.values())}, (Sum(total, names),))


def crosstab(counts: Mapping[tuple[str, str], int]) -> Table:
    """A two-way table with all its totals, named `row|column`, `row|*`, `*|column` and `*|*`."""
    rows = tuple(dict.fromkeys(row for row, _ in counts))
    columns = tuple(dict.fromkeys(column for _, column in counts))
    cells = {f"{row}|{column}": counts.get((row, column), 0) for row in rows for column in columns}
    sums = [Sum(f"{row}|*", tuple(f"{row}|{column}" for column in columns)) for row in rows]
    sums += [Sum(f"*|{column}", tuple(f"{row}|{column}" for row in rows)) for column in columns]
    sums.append(Sum("*|*", tuple(f"{row}|*" for row in rows)))
    sums.append(Sum("*|*", tuple(f"*|{column}" for column in columns)))
    for tie in sums:
        cells[tie.total] = sum(cells[part] for part in tie.parts)
    return Table(cells, tuple(sums))


def release(table: Table, *, k: int = K, already_released: Sequence[Released] = ()) -> Released:
    """Withhold what must be withheld so that this table, with all earlier ones, gives no count of 1 to k-1.

    Raises ValueError where the earlier tables alone already give one: then no choice here can help.
    """
    withheld = {name for name, count in table.cells.items() if 0 < count < k}
    withheld |= _moved_a_little(table, k, already_released)
    while leak := _first_leak([*already_released, Released(table, frozenset(withheld))], k):
        withheld.add(_next_to_withhold(table, withheld, leak))
    return Released(table, frozenset(withheld))


def is_safe(releases: Sequence[Released], *, k: int = K) -> bool:
    """Say whether some published tables together give no count of 1 to k-1."""
    shown = [count for each in releases for count in each.shown.values()]
    return not any(0 < count < k for count in shown) and _first_leak(releases, k) is None


def _moved_a_little(table: Table, k: int, earlier: Sequence[Released]) -> set[str]:
    return {
        name
        for each in earlier
        for name, before in each.shown.items()
        if name in table.cells and 0 < abs(table.cells[name] - before) < k
    }


def _first_leak(releases: Sequence[Released], k: int) -> set[str] | None:
    """The names in the first sum of withheld counts that the published numbers fix to 1 to k-1."""
    published = {(name, count, count): count for each in releases for name, count in each.shown.items()}
    hidden = [without(equation, published) for equation in _equations(releases)]
    for terms, value in [*hidden, *reduced(hidden)]:
        if terms and 0 < value < k and all(factor > 0 for factor in terms.values()):
            return {name for name, _, _ in terms}
    return None


def _equations(releases: Sequence[Released]) -> list[Equation[Quantity]]:
    """Every sum of every table, and every movement of a count between two tables, as `terms = 0`."""
    equations: list[Equation[Quantity]] = []
    for each in releases:
        cells = each.table.cells
        for tie in each.table.sums:
            parts = {(part, cells[part], cells[part]): Fraction(1) for part in tie.parts}
            total = (tie.total, cells[tie.total], cells[tie.total])
            equations.append(Equation({**parts, total: Fraction(-1)}, Fraction(0)))
    for name, low, high in _movements(releases):
        terms = {(name, low, low): 1, (name, low, high): 1, (name, high, high): -1}
        equations.append(Equation({each: Fraction(sign) for each, sign in terms.items()}, Fraction(0)))
    return equations


def _movements(releases: Sequence[Released]) -> list[Quantity]:
    seen: dict[str, set[int]] = {}
    for each in releases:
        for name, count in each.table.cells.items():
            seen.setdefault(name, set()).add(count)
    return [(name, *pair) for name, counts in seen.items() for pair in combinations(sorted(counts), 2)]


def _next_to_withhold(table: Table, withheld: set[str], leak: set[str]) -> str:
    """The shown cell whose loss helps most: in sums that lack one cell only, near the leak, not a total, small."""
    shown = [name for name, count in table.cells.items() if count and name not in withheld]
    if not shown:
        raise ValueError("the earlier tables together give a count below k")
    members = [frozenset((tie.total, *tie.parts)) for tie in table.sums]
    lonely = [names for names in members if len(names & withheld) == 1]
    near = frozenset().union(leak, *(names for names in members if names & leak))
    totals = {tie.total for tie in table.sums}

    def cost(name: str) -> tuple[int, bool, bool, int, str]:
        mends = sum(name in names for names in lonely)
        return -mends, name not in near, name in totals, table.cells[name], name

    return min(shown, key=cost)
