"""One run after another: who is asked, when they answer, come, work and finish; in whole seconds after the activation.

Every chance of a run is drawn beforehand, by the step it belongs to. So two crews meet the same luck, and a difference
between them is the crew's. People take what they are asked in the order in which it is asked.
"""

import heapq
import random
from dataclasses import dataclass, field
from math import sqrt

from huiying.playbook.rehearsal.tables import ACTIVATION, ENDED, REPORTED, Curve, Row, Tables

DRAWS = 5  # a step's own chances: silence, answer, travel, work, when a repetition begins
FIRST = 1  # the first chance is the decision's; after the steps' come the people's
REPEATS_MAX = 60


@dataclass(slots=True)
class Task:
    """One occurrence of a step as it went: by whom, and the seconds at which it opened, was taken, begun, done."""

    row: Row
    occurrence: int
    person: int
    opened: int
    sent: int
    acknowledged: int
    done: int
    due: int | None
    busy: tuple[int, int]
    waited: int

    @property
    def late(self) -> bool:
        """Whether it was done after its time."""
        return self.due is not None and self.done > self.due


@dataclass(slots=True)
class Run:
    """One run: when the report came (before 0), when the response ended, and every task in the order it was done."""

    reported: int
    ended: int = 0
    tasks: list[Task] = field(default_factory=list)


def draw(curve: Curve, chance: float) -> float:
    """The value of a triangular spread at this chance between 0 and 1."""
    least, longest, turn, rise, fall = curve
    return least + sqrt(chance * rise) if chance < turn else longest - sqrt((1.0 - chance) * fall)


def run(tables: Tables, *, seed: int, number: int) -> Run:
    """Run number `number` of a rehearsal with this seed; the same two give the same run."""
    chance = random.Random(f"{seed}/{number}").random  # noqa: S311  (chance of a rehearsal, no secret)
    draws = [chance() for _ in range(FIRST + DRAWS * len(tables.rows) + len(tables.crew))]
    return _Course(tables, draws).whole()


class _Course:
    """The state of one run while it runs."""

    __slots__ = (
        "busy_until",
        "done_at",
        "draws",
        "ended",
        "heap",
        "last_done",
        "left",
        "missing",
        "reached",
        "run",
        "tables",
    )

    def __init__(self, tables: Tables, draws: list[float]) -> None:
        self.tables, self.draws = tables, draws
        self.run = Run(reported=-round(draw(tables.decision, draws[0])))
        self.busy_until = [0] * len(tables.crew)
        people = draws[FIRST + DRAWS * len(tables.rows) :]
        # Who has come once is there.
        self.reached = [
            not person.on and chance >= tables.scenario.away
            for person, chance in zip(tables.crew, people, strict=True)
        ]
        self.done_at: list[int | None] = [None] * len(tables.rows)
        self.last_done = [0] * len(tables.rows)
        self.missing = [len(row.needs) for row in tables.rows]
        # The response ends when all that is done once is done; what repeats stops then.
        self.left = sum(not row.after_end for row in tables.rows)
        self.ended = False
        # (second, step, occurrence, the task that is done then; None: the second at which a repetition begins)
        self.heap: list[tuple[int, int, int, Task | None]] = []

    def whole(self) -> Run:
        for row in self.tables.rows:
            if not row.after_end and not row.needs:
                self._open(row, 1, 0, 0)
        if not self.left:
            self._end(0)
        while self.heap:
            at, place, occurrence, task = heapq.heappop(self.heap)
            if task is None:
                self._begin_again(self.tables.rows[place], occurrence, at)
            else:
                self._done(task)
        return self.run

    def _open(self, row: Row, occurrence: int, start: int, opened: int) -> None:
        """Ask whoever of the role is free first; a stand-in only where that would take longer than an order may lie."""
        busy_until = self.busy_until
        person = min(row.own, key=busy_until.__getitem__, default=-1)
        if person < 0 or busy_until[person] > start + row.patience:
            person = min(row.asked, key=busy_until.__getitem__)
        draws, base = self.draws, FIRST + row.place * DRAWS
        tables = self.tables
        sent = max(start, busy_until[person])
        waited = sent - start
        taken = sent + draw(tables.answer, draws[base + 1])
        if draws[base] < tables.silent:
            taken += row.patience
        began = taken if self._is_here(person, sent) else taken + draw(tables.travel, draws[base + 2])
        self.reached[person] = True
        work = draw(row.work, draws[base + 3])
        done = round(began + work)
        hands_off = round(began + work * row.hands_on)
        self.busy_until[person] = hands_off
        due = self._due(row, occurrence, opened)
        task = Task(row, occurrence, person, opened, sent, round(taken), done, due, (sent, hands_off), waited)
        heapq.heappush(self.heap, (done, row.place, occurrence, task))

    def _is_here(self, person: int, at: int) -> bool:
        on = self.tables.crew[person].on
        return self.reached[person] or any(first <= at < last for first, last in on)

    def _due(self, row: Row, occurrence: int, opened: int) -> int | None:
        if occurrence > 1:
            return opened + row.repeat_every
        if row.within < 0:
            return None
        return self._anchor(row.anchor) + row.within

    def _anchor(self, anchor: int) -> int:
        if anchor >= 0:
            return self.done_at[anchor] or 0
        return {REPORTED: self.run.reported, ACTIVATION: 0, ENDED: self.run.ended}[anchor]

    def _done(self, task: Task) -> None:
        row = task.row
        if task.occurrence > 1 and self._is_stopped(row):
            return
        self.run.tasks.append(task)
        if task.occurrence == 1:
            self._first_done(row, task.done)
        if row.repeat_every > 0 and task.occurrence < REPEATS_MAX and not self._is_stopped(row):
            # Begun in the last third of its time, as people do.
            share = 0.7 + 0.25 * self.draws[FIRST + row.place * DRAWS + 4]
            begin = task.done + int(row.repeat_every * share)
            heapq.heappush(self.heap, (begin, row.place, task.occurrence + 1, None))
            self.last_done[row.place] = task.done

    def _is_stopped(self, row: Row) -> bool:
        """Whether nothing of this is repeated any more."""
        if self.ended and not row.after_end:
            return True
        return row.repeat_until >= 0 and self.done_at[row.repeat_until] is not None

    def _begin_again(self, row: Row, occurrence: int, at: int) -> None:
        if not self._is_stopped(row):
            self._open(row, occurrence, at, self.last_done[row.place])

    def _first_done(self, row: Row, at: int) -> None:
        self.done_at[row.place] = at
        for place in self.tables.followers[row.place]:
            self.missing[place] -= 1
            follower = self.tables.rows[place]
            if not self.missing[place] and (self.ended or not follower.after_end):
                self._open(follower, 1, at, at)
        if not row.after_end:
            self.left -= 1
            if not self.left:
                self._end(at)

    def _end(self, at: int) -> None:
        self.ended, self.run.ended = True, at
        for row in self.tables.rows:
            if row.after_end and not self.missing[row.place]:
                self._open(row, 1, at, at)
