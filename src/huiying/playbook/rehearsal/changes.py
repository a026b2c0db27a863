"""What would help most: one more person, an earlier call, a role in two hands; each tried with the same luck, and ranked."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from huiying.playbook.rehearsal.results import Rehearsal, all_runs, told
from huiying.playbook.rehearsal.scenario import Person
from huiying.playbook.rehearsal.tables import Row, Tables, tables_of, with_crew
from huiying.rules.words import N_

TRIED = 5  # of each kind, the most loaded first
LEAST_STEPS = 4  # a role with fewer is not split


class ChangeKind(StrEnum):
    """The kinds of change that are tried."""

    ONE_MORE = "one_more"
    EARLIER_CALL = "earlier_call"
    SPLIT_ROLE = "split_role"

    @property
    def label(self) -> str:
        """The Chinese words for this change; `{name}` is the role."""
        return _LABELS[self]


_LABELS = {
    ChangeKind.ONE_MORE: N_("{name}增加一个人"),
    ChangeKind.EARLIER_CALL: N_("接报后用一半的时间决定启动"),
    ChangeKind.SPLIT_ROLE: N_("{name}的步骤分给两个人"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change tried: late steps a run with and without it, and how much sooner the milestones were reached (p90)."""

    kind: ChangeKind
    role: str
    late_before: float
    late_after: float
    sooner: tuple[tuple[str, int], ...]

    @property
    def fewer_late(self) -> float:
        """How many late steps it saves in a run."""
        return self.late_before - self.late_after


def ranked(tables: Tables, *, runs: int, seed: int) -> tuple[Change, ...]:
    """Try every change on so many runs; the one that saves most late steps first, then the one that is soonest."""
    before = _figures(tables, runs, seed)
    tried = [
        _tried(kind, role, before, _figures(made(), runs, seed)) for kind, role, made in _all(tables, before)
    ]
    return tuple(
        sorted(tried, key=lambda change: (-change.fewer_late, -sum(s for _, s in change.sooner), change.role))
    )


def _figures(tables: Tables, runs: int, seed: int) -> Rehearsal:
    return told(tables, all_runs(tables, runs=runs, seed=seed), seed=seed)


def _tried(kind: ChangeKind, role: str, before: Rehearsal, after: Rehearsal) -> Change:
    sooner = tuple(
        (was.name, was.reached.p90 - now.reached.p90)
        for was, now in zip(before.milestones, after.milestones, strict=True)
        if was.reached and now.reached
    )
    return Change(kind, role, before.late_each, after.late_each, sooner)


Made = Callable[[], Tables]


def _all(tables: Tables, before: Rehearsal) -> Iterator[tuple[ChangeKind, str, Made]]:
    yield ChangeKind.EARLIER_CALL, "", lambda: _earlier(tables)
    for role in _loaded(tables, before)[:TRIED]:
        yield ChangeKind.ONE_MORE, role, lambda role=role: _one_more(tables, role)  # type: ignore[misc]
        if sum(step.role.id == role for step in tables.playbook.steps) >= LEAST_STEPS:
            yield ChangeKind.SPLIT_ROLE, role, lambda role=role: _split(tables, role)  # type: ignore[misc]


def _loaded(tables: Tables, before: Rehearsal) -> list[str]:
    """The roles of the playbook, those whose steps are most often late first."""
    late: Counter[str] = Counter()
    for step in before.steps:
        late[step.role] += round(step.late * 1000)
    return [role for role, _ in sorted(late.items(), key=lambda found: (-found[1], found[0]))]


def _earlier(tables: Tables) -> Tables:
    scenario = tables.scenario
    return tables_of(tables.playbook, replace(scenario, decision=scenario.decision.times(0.5)))


def _one_more(tables: Tables, role: str) -> Tables:
    return with_crew(tables, (*tables.crew, Person(f"{role}+1", (role,))))


def _split(tables: Tables, role: str) -> Tables:
    """Every second step of the role goes to somebody who does nothing else."""
    new = len(tables.crew)
    larger = with_crew(tables, (*tables.crew, Person(f"{role}+2", ())))
    theirs = [step.role.id == role for step in tables.playbook.steps]
    handed = {place for order, place in enumerate(p for p, is_it in enumerate(theirs) if is_it) if order % 2}
    return replace(
        larger, rows=tuple(_handed(row, new) if row.place in handed else row for row in larger.rows)
    )


def _handed(row: Row, person: int) -> Row:
    return replace(row, own=(person,), asked=(person,))
