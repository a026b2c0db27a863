"""A run held against the stepper itself: what the tables did must be what the stepper allows, in the same order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from huiying.playbook.happenings import Activated, Ended, Event, StepAcknowledged, StepDone, StepSent
from huiying.playbook.rehearsal.runs import Run, Task
from huiying.playbook.rehearsal.tables import Tables
from huiying.playbook.stepper import StepStatus, advance

LOOKS = (
    12  # at so many tasks of a run the stepper is asked whether they were open: each look is a whole advance
)
BASE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where a run and the stepper differ: the step, its occurrence, and what differs."""

    step: str
    occurrence: int
    what: str


def disagreements(tables: Tables, run: Run) -> tuple[Disagreement, ...]:
    """Every place where the stepper, fed with this run's events, sees another picture than the tables had."""
    return tuple(_compared(tables, run))


def events_of(tables: Tables, run: Run) -> list[Event]:
    """The run as the stepper's events."""
    events: list[Event] = [Activated(at=BASE, reported_at=_at(run.reported)), Ended(at=_at(run.ended))]
    for task in run.tasks:
        step, number = tables.playbook.steps[task.row.place].id, task.occurrence
        events += [
            StepSent(step, _at(task.sent), number),
            StepAcknowledged(step, _at(task.acknowledged), number),
            StepDone(step, _at(task.done), number),
        ]
    return events


def _compared(tables: Tables, run: Run) -> Iterator[Disagreement]:
    events = events_of(tables, run)
    last = max((task.done for task in run.tasks), default=0)
    at_end = advance(tables.playbook, events, _at(last))
    for task in run.tasks:
        step = tables.playbook.steps[task.row.place].id
        yield from _of_task(step, task, at_end.state(step, task.occurrence))
    done = sorted(state.key for state in at_end.done)
    ours = sorted((tables.playbook.steps[task.row.place].id, task.occurrence) for task in run.tasks)
    if done != ours:
        yield Disagreement("", 0, "what was done")
    if unfinished := [
        state for state in at_end.states if state.status in {StepStatus.OPEN, StepStatus.WAITING}
    ]:
        yield Disagreement(unfinished[0].step.id, unfinished[0].occurrence, "never done")
    yield from _in_order(tables, run, events)


def _of_task(step: str, task: Task, state: object) -> Iterator[Disagreement]:
    seen = (
        getattr(state, "opened_at", None),
        getattr(state, "due_at", None),
        getattr(state, "done_at", None),
        getattr(state, "late", None),
    )
    had = (_at(task.opened), None if task.due is None else _at(task.due), _at(task.done), task.late)
    for name, theirs, ours in zip(("opened", "due", "done", "late"), seen, had, strict=True):
        if theirs != ours:
            yield Disagreement(step, task.occurrence, name)


def _in_order(tables: Tables, run: Run, events: list[Event]) -> Iterator[Disagreement]:
    """When an order was sent, the stepper had the step open: nothing before what it needs."""
    for task in run.tasks[:: max(1, len(run.tasks) // LOOKS)]:
        step = tables.playbook.steps[task.row.place].id
        state = advance(tables.playbook, events, _at(task.sent)).state(step, task.occurrence)
        if state is None or state.status is StepStatus.WAITING:
            yield Disagreement(step, task.occurrence, "sent before it was open")


def _at(second: int) -> datetime:
    return BASE + timedelta(seconds=second)
