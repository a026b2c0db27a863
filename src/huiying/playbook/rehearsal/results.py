"""What many runs show: when the first report and the first notice go out, which step breaks first, who has too much."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiying.playbook.compiler import Playbook
from huiying.playbook.kinds import Product
from huiying.playbook.rehearsal.runs import Run, run
from huiying.playbook.rehearsal.scenario import RUNS_MAX, NotRehearsable, Scenario
from huiying.playbook.rehearsal.tables import Tables, tables_of
from huiying.rules.words import N_

BINS = 96
POWER = 0.45  # the first hours are drawn wide, the weeks after narrow
OVERLOADED = 0.8  # busy for more than this share of the response


@dataclass(frozen=True, slots=True)
class Spread90:
    """One time over all runs, in seconds after the activation: a tenth was faster than p10, a tenth slower than p90."""

    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step over all runs. Shares are of the runs in which it was done; `breaks_first`: of all runs."""

    id: str
    title: str
    role: str
    done: Spread90
    opened: Spread90
    due: int | None
    late: float
    breaks_first: float
    waited: int


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One person: share of the response in which they were busy, the wait for them (p90, seconds), and how often late."""

    id: str
    roles: tuple[str, ...]
    busy: float
    waited: int
    late: float

    @property
    def overloaded(self) -> bool:
        """Whether they had more than one person can do."""
        return self.busy > OVERLOADED


@dataclass(frozen=True, slots=True)
class Milestone:
    """A product that is owed: how long it took until it was there, and in how many runs that was in time."""

    name: str
    reached: Spread90 | None
    in_time: float | None


@dataclass(frozen=True, slots=True)
class Load:
    """How many of a role's people were busy, on average over the runs; part n of BINS begins at (n / BINS) ** (1 / POWER)."""

    seconds: int
    roles: dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The figures of a rehearsal; the same plan, scenario, seed and number of runs give the same figures."""

    plan_id: str
    title: str
    level: str
    facets: tuple[str, ...]
    runs: int
    seed: int
    steps: tuple[StepResult, ...]
    people: tuple[PersonResult, ...]
    milestones: tuple[Milestone, ...]
    load: Load
    roles: dict[str, str]  # what each role is called
    late_each: float

    @property
    def weakest(self) -> tuple[StepResult, ...]:
        """The steps that were the first to be late, the most frequent first."""
        broken = [step for step in self.steps if step.breaks_first > 0]
        return tuple(sorted(broken, key=lambda step: (-step.breaks_first, step.id)))


def rehearse(playbook: Playbook, scenario: Scenario, *, runs: int = 1000, seed: int = 1) -> Rehearsal:
    """Run the playbook so many times. Raises NotRehearsable for a step nobody can do, or for no or too many runs."""
    if not 1 <= runs <= RUNS_MAX:
        raise NotRehearsable(
            "演算次数不对。", rule="rehearsal-runs", remedy=f"请填写 1 到 {RUNS_MAX} 之间的整数。"
        )
    tables = tables_of(playbook, scenario)
    return told(tables, all_runs(tables, runs=runs, seed=seed), seed=seed)


def all_runs(tables: Tables, *, runs: int, seed: int) -> list[Run]:
    """Every run of a rehearsal."""
    return [run(tables, seed=seed, number=number) for number in range(runs)]


def told(tables: Tables, runs: Sequence[Run], *, seed: int) -> Rehearsal:
    """The figures of these runs."""
    playbook = tables.playbook
    return Rehearsal(
        plan_id=playbook.plan_id,
        title=playbook.title,
        level=playbook.level.value,
        facets=tuple(sorted(playbook.facets)),
        runs=len(runs),
        seed=seed,
        steps=tuple(_steps(tables, runs)),
        people=tuple(_people(tables, runs)),
        milestones=tuple(_milestones(tables, runs)),
        load=_load(tables, runs),
        roles={step.role.id: step.role.title for step in playbook.steps},
        late_each=late_each(runs),
    )


def late_each(runs: Sequence[Run]) -> float:
    """How many steps were late in a run, on average."""
    return sum(task.late for each in runs for task in each.tasks if task.occurrence == 1) / len(runs)


def spread_of(seconds: Iterable[float]) -> Spread90:
    """The three percentiles of at least one value."""
    ordered = sorted(seconds)
    last = len(ordered) - 1
    return Spread90(*(round(ordered[round(last * share)]) for share in (0.1, 0.5, 0.9)))


def _steps(tables: Tables, runs: Sequence[Run]) -> Iterable[StepResult]:
    found: dict[int, list[tuple[int, int, bool, int, int | None]]] = defaultdict(list)
    first: Counter[int] = Counter()
    for each in runs:
        late = None
        for task in each.tasks:
            if task.occurrence == 1:
                found[task.row.place].append((task.done, task.opened, task.late, task.waited, task.due))
            if late is None and task.late:
                late = task.row.place
        if late is not None:
            first[late] += 1
    for step, row in zip(tables.playbook.steps, tables.rows, strict=True):
        rows = found[row.place]
        dues = [due for *_, due in rows if due is not None]
        yield StepResult(
            id=step.id,
            title=step.title,
            role=step.role.id,
            done=spread_of(done for done, *_ in rows),
            opened=spread_of(opened for _, opened, *_ in rows),
            due=spread_of(dues).p50 if dues else None,
            late=sum(late for _, _, late, _, _ in rows) / len(rows),
            breaks_first=first[row.place] / len(runs),
            waited=spread_of(waited for *_, waited, _ in rows).p90,
        )


def _people(tables: Tables, runs: Sequence[Run]) -> Iterable[PersonResult]:
    busy = [0.0] * len(tables.crew)
    waits: list[list[int]] = [[] for _ in tables.crew]
    late = [0] * len(tables.crew)
    for each in runs:
        length = each.ended or 1
        for task in each.tasks:
            first, last = task.busy
            busy[task.person] += max(0, min(last, length) - first) / length
            waits[task.person].append(task.waited)
            late[task.person] += task.late
    for place, person in enumerate(tables.crew):
        count = len(waits[place])
        yield PersonResult(
            id=person.id,
            roles=person.roles,
            busy=min(1.0, busy[place] / len(runs)),
            waited=spread_of(waits[place]).p90 if count else 0,
            late=late[place] / count if count else 0.0,
        )


def _milestones(tables: Tables, runs: Sequence[Run]) -> Iterable[Milestone]:
    owed = ((N_("首报"), Product.FIRST_REPORT), (N_("第一份通告"), Product.NOTICE))
    for name, product in owed:
        places = {
            row.place
            for row, step in zip(tables.rows, tables.playbook.steps, strict=True)
            if product in step.produces
        }
        yield _milestone(name, runs, frozenset(places))
    yield Milestone(N_("响应结束"), spread_of(each.ended for each in runs), None)


def _milestone(name: str, runs: Sequence[Run], places: frozenset[int]) -> Milestone:
    """The first of these steps in each run; no such step, nothing reached."""
    found = (next((task for task in each.tasks if task.row.place in places), None) for each in runs)
    firsts = [task for task in found if task]
    if not firsts:
        return Milestone(name, None, None)
    return Milestone(
        name, spread_of(task.done for task in firsts), sum(not task.late for task in firsts) / len(runs)
    )


def _load(tables: Tables, runs: Sequence[Run]) -> Load:
    """Busy people by role until nine of ten runs have ended."""
    shown = max(spread_of(each.ended for each in runs).p90, 1)
    changes: dict[str, list[float]] = {step.role.id: [0.0] * (BINS + 1) for step in tables.playbook.steps}
    roles = [step.role.id for step in tables.playbook.steps]
    for each in runs:
        for task in each.tasks:
            first, last = task.busy
            if first < shown:
                of_role = changes[roles[task.row.place]]
                of_role[_bin(first, shown)] += 1
                of_role[_bin(last, shown) + 1] -= 1
    return Load(shown, {role: tuple(_summed(steps, len(runs))) for role, steps in changes.items()})


def _bin(second: float, shown: int) -> int:
    return min(BINS - 1, int((max(second, 0) / shown) ** POWER * BINS))


def _summed(steps: Sequence[float], runs: int) -> Iterable[float]:
    total = 0.0
    for change in steps[:BINS]:
        total += change
        yield round(total / runs, 3)
