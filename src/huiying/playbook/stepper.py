"""Where a running playbook stands: a pure function of the playbook, what has happened, and the instant."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from huiying.playbook.compiler import Playbook, PlaybookStep
from huiying.playbook.happenings import (
    Activated,
    Ended,
    Event,
    StepAcknowledged,
    StepDone,
    StepEvent,
    StepSent,
)
from huiying.playbook.kinds import Anchor
from huiying.rules.words import N_


class StepStatus(StrEnum):
    """Where one step stands; whether it is late is asked of the clock, not stored."""

    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The Chinese word for this status."""
        return _LABELS[self]


_LABELS = {
    StepStatus.WAITING: N_("等待前置步骤"),
    StepStatus.OPEN: N_("进行中"),
    StepStatus.DONE: N_("已完成"),
    StepStatus.STOPPED: N_("随响应结束而停止"),
}


@dataclass(frozen=True, slots=True)
class StepState:
    """One occurrence of one step, at the instant asked about.

    `due_at` is known as soon as the instant it runs from is. `waits_for` lists what is still missing.
    `attempt` counts the persons ordered so far; `refused_for` is the last refusal's reason while nobody else
    has been ordered.
    """

    step: PlaybookStep
    occurrence: int
    status: StepStatus
    opened_at: datetime | None = None
    due_at: datetime | None = None
    waits_for: tuple[str, ...] = ()
    attempt: int = 0
    sent_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledge_by: datetime | None = None
    refused_for: str | None = None
    done_at: datetime | None = None
    late: bool = False
    silent: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """Step id and occurrence: what is ordered once and only once."""
        return self.step.id, self.occurrence

    @property
    def needs_reassign(self) -> bool:
        """Say whether the person ordered refused and nobody else has been ordered yet."""
        return self.status is StepStatus.OPEN and self.refused_for is not None

    @property
    def unsent(self) -> bool:
        """Say whether an order must go out now: open, and never sent or refused by the last person."""
        return self.status is StepStatus.OPEN and (self.attempt == 0 or self.needs_reassign)


@dataclass(frozen=True, slots=True)
class Situation:
    """The whole picture at `now`, in the playbook's order; `due` and `late` by deadline."""

    now: datetime
    activated_at: datetime | None
    ended_at: datetime | None
    states: tuple[StepState, ...]
    next_at: datetime | None
    finished: bool

    def _with(self, status: StepStatus) -> tuple[StepState, ...]:
        return tuple(state for state in self.states if state.status is status)

    @property
    def open(self) -> tuple[StepState, ...]:
        """What may and should be worked on now."""
        return self._with(StepStatus.OPEN)

    @property
    def due(self) -> tuple[StepState, ...]:
        """Open steps whose deadline is still ahead, the nearest first."""
        return _by_deadline(state for state in self.open if state.due_at and not state.late)

    @property
    def late(self) -> tuple[StepState, ...]:
        """Open steps whose deadline has passed, the longest overdue first."""
        return _by_deadline(state for state in self.open if state.late)

    @property
    def waiting(self) -> tuple[StepState, ...]:
        """Steps that wait for others, or for the end of the response."""
        return self._with(StepStatus.WAITING)

    @property
    def next(self) -> tuple[StepState, ...]:
        """Waiting steps for which only open steps are missing: what comes as soon as those are done."""
        opened = {state.step.id for state in self.open}
        return tuple(s for s in self.waiting if s.waits_for and opened.issuperset(s.waits_for))

    @property
    def done(self) -> tuple[StepState, ...]:
        """What was done; `late` on each says whether after its deadline."""
        return self._with(StepStatus.DONE)

    @property
    def stopped(self) -> tuple[StepState, ...]:
        """Steps of the response that were not done when it was ended."""
        return self._with(StepStatus.STOPPED)

    @property
    def silent(self) -> tuple[StepState, ...]:
        """Open steps whose order nobody acknowledged within its limit."""
        return tuple(state for state in self.open if state.silent)

    @property
    def to_send(self) -> tuple[StepState, ...]:
        """Open steps for which an order must go out now, to a first or to another person."""
        return tuple(state for state in self.open if state.unsent)

    def state(self, step_id: str, occurrence: int = 1) -> StepState | None:
        """One occurrence of one step, or None where the playbook has none."""
        return next((state for state in self.states if state.key == (step_id, occurrence)), None)


def advance(playbook: Playbook, events: Iterable[Event], now: datetime) -> Situation:
    """Say where the playbook stands at `now`, given everything that has happened.

    Promises: the same set of events gives the same picture in any order and any number of copies; events
    after `now` and events about steps the playbook does not have are left aside (so a change of level is a
    new playbook over the same events); nothing opens before what it needs is done, and nothing opens twice.
    All instants must carry a zone.
    """
    past = _Past(events, now)
    states: list[StepState] = []
    for step in playbook.steps:
        states.extend(_states(step, past, now))
    return Situation(
        now=now,
        activated_at=past.activated_at,
        ended_at=past.ended_at,
        states=tuple(states),
        next_at=_next_instant(states, now),
        finished=past.ended_at is not None and not any(_unfinished(state) for state in states),
    )


@dataclass(slots=True)
class _Trace:
    """What is known of one occurrence; of several copies of a fact the earliest counts."""

    done_at: datetime | None = None
    sent: dict[int, datetime] = field(default_factory=dict)
    acknowledged: dict[int, datetime] = field(default_factory=dict)
    refused: dict[int, tuple[datetime, str]] = field(default_factory=dict)

    def take(self, event: StepEvent) -> None:
        if isinstance(event, StepDone):
            self.done_at = _earlier(self.done_at, event.at)
        elif isinstance(event, StepSent):
            self.sent[event.attempt] = _earlier(self.sent.get(event.attempt), event.at)
        elif isinstance(event, StepAcknowledged):
            self.acknowledged[event.attempt] = _earlier(self.acknowledged.get(event.attempt), event.at)
        else:
            refusal = (event.at, event.reason)
            self.refused[event.attempt] = min(self.refused.get(event.attempt, refusal), refusal)

    @property
    def attempt(self) -> int:
        return max((*self.sent, *self.acknowledged, *self.refused), default=0)


class _Past:
    """The events up to `now`, gathered by what they are about."""

    def __init__(self, events: Iterable[Event], now: datetime) -> None:
        self.activated_at: datetime | None = None
        self.reported_at: datetime | None = None
        self.ended_at: datetime | None = None
        self.traces: dict[tuple[str, int], _Trace] = {}
        for event in events:
            if event.at <= now:
                self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, Activated):
            self.activated_at = _earlier(self.activated_at, event.at)
            self.reported_at = _earlier(self.reported_at, event.reported_at or event.at)
        elif isinstance(event, Ended):
            self.ended_at = _earlier(self.ended_at, event.at)
        else:
            self.traces.setdefault((event.step, event.occurrence), _Trace()).take(event)

    def trace(self, step_id: str, occurrence: int) -> _Trace:
        return self.traces.get((step_id, occurrence)) or _Trace()

    def done_at(self, step_id: str) -> datetime | None:
        """When the step was first done; that is what others wait for, also where it repeats."""
        return self.trace(step_id, 1).done_at

    def began(self, step: PlaybookStep) -> datetime | None:
        """The instant before which the step cannot open."""
        if self.activated_at is None or not step.after_end:
            return self.activated_at
        return self.ended_at and max(self.ended_at, self.activated_at)

    def anchor(self, step: PlaybookStep) -> datetime | None:
        """The instant the step's time runs from, or None while that is unknown."""
        if self.activated_at is None:
            return None
        if step.trigger.step is not None:
            return self.done_at(step.trigger.step)
        instants = {
            Anchor.ACTIVATION: self.activated_at,
            Anchor.REPORTED: self.reported_at,
            Anchor.ENDED: self.ended_at,
        }
        return instants[step.trigger.anchor or Anchor.ACTIVATION]


def _states(step: PlaybookStep, past: _Past, now: datetime) -> list[StepState]:
    """The first occurrence, and for a repeated step each later one up to the first that is not done."""
    needed = {need: past.done_at(need) for need in step.needs}
    missing = tuple(need for need, done_at in needed.items() if done_at is None)
    began, anchor = past.began(step), past.anchor(step)
    opened_at = None if began is None or missing else max(began, *filter(None, needed.values()), began)
    due_at = anchor + step.within if anchor and step.within else None
    states = [_state(step, 1, past, now, opened_at=opened_at, due_at=due_at, missing=missing)]
    if step.repeat_every is None:
        return states
    until = past.done_at(step.repeat_until) if step.repeat_until else None
    while (last := states[-1]).done_at is not None:
        occurrence = last.occurrence + 1
        if (until or past.began(step) is None) and past.trace(step.id, occurrence).done_at is None:
            break
        due_at = last.done_at + step.repeat_every
        states.append(_state(step, occurrence, past, now, opened_at=last.done_at, due_at=due_at, missing=()))
    return states


def _state(
    step: PlaybookStep,
    occurrence: int,
    past: _Past,
    now: datetime,
    *,
    opened_at: datetime | None,
    due_at: datetime | None,
    missing: tuple[str, ...],
) -> StepState:
    trace = past.trace(step.id, occurrence)
    status = _status(step, trace, past, opened=opened_at is not None)
    attempt = trace.attempt
    sent_at, acknowledged_at = trace.sent.get(attempt), trace.acknowledged.get(attempt)
    refusal = trace.refused.get(attempt)
    acknowledge_by = sent_at + step.acknowledge_within if sent_at and step.acknowledge_within else None
    unanswered = acknowledged_at is None and refusal is None
    return StepState(
        step=step,
        occurrence=occurrence,
        status=status,
        opened_at=opened_at,
        due_at=due_at,
        waits_for=missing if status is StepStatus.WAITING else (),
        attempt=attempt,
        sent_at=sent_at,
        acknowledged_at=acknowledged_at,
        acknowledge_by=acknowledge_by,
        refused_for=refusal[1] if refusal else None,
        done_at=trace.done_at,
        late=due_at is not None and (trace.done_at or now) > due_at and status is not StepStatus.STOPPED,
        silent=status is StepStatus.OPEN
        and unanswered
        and acknowledge_by is not None
        and now > acknowledge_by,
    )


def _status(step: PlaybookStep, trace: _Trace, past: _Past, *, opened: bool) -> StepStatus:
    if trace.done_at is not None:
        return StepStatus.DONE
    if past.ended_at is not None and not step.after_end:
        return StepStatus.STOPPED
    return StepStatus.OPEN if opened else StepStatus.WAITING


def _unfinished(state: StepState) -> bool:
    return state.status in {StepStatus.OPEN, StepStatus.WAITING}


def _next_instant(states: Iterable[StepState], now: datetime) -> datetime | None:
    """The next instant at which something becomes late or silent if nobody acts; when to look again."""
    instants = [state.due_at for state in states if _unfinished(state)]
    instants += [
        s.acknowledge_by for s in states if s.status is StepStatus.OPEN and s.acknowledged_at is None
    ]
    return min((instant for instant in instants if instant and instant >= now), default=None)


def _by_deadline(states: Iterable[StepState]) -> tuple[StepState, ...]:
    dated = [(state.due_at, state.key, state) for state in states if state.due_at is not None]
    return tuple(state for _, _, state in sorted(dated, key=lambda row: row[:2]))


def _earlier(known: datetime | None, found: datetime) -> datetime:
    return found if known is None else min(known, found)
