"""Where a running playbook stands: a pure function of the playbook, what has happened, and the instant."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from huiying.playbook.compiler import Playbook, PlaybookStep, Role
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
    has been ordered. `rung` counts how far the order of this attempt has gone on for want of an answer: 0 is
    the step's own role. `asked` is who must answer now, since `asked_since`: nobody once the order was
    acknowledged. `escalates_at` is when the order goes on to the next role.
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
    rung: int = 0
    asked: Role | None = None
    asked_since: datetime | None = None
    escalates_at: datetime | None = None

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
    def escalated(self) -> tuple[StepState, ...]:
        """Open steps whose order has gone on to another role because nobody answered."""
        return tuple(state for state in self.open if state.rung and state.asked)

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
        trace = past.trace(step.id, occurrence)
        sent_in_vain = until is not None and began is not None and bool(trace.sent)
        if (until or began is None) and trace.done_at is None and not sent_in_vain:
            break
        due_at, opened_at = last.done_at + step.repeat_every, last.done_at
        states.append(
            _state(step, occurrence, past, now, opened_at=opened_at, due_at=due_at, missing=(), until=until)
        )
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
    until: datetime | None = None,
) -> StepState:
    trace = past.trace(step.id, occurrence)
    ended_at = until if step.after_end else _earliest(past.ended_at, until)
    status = _status(trace, stopped=ended_at is not None, opened=opened_at is not None)
    attempt = trace.attempt
    sent_at, acknowledged_at = trace.sent.get(attempt), trace.acknowledged.get(attempt)
    refusal = trace.refused.get(attempt)
    acknowledge_by = sent_at + step.acknowledge_within if sent_at and step.acknowledge_within else None
    overdue = due_at is not None and (trace.done_at or now) > due_at
    unheard = acknowledge_by is not None and now > acknowledge_by and not (acknowledged_at or refusal)
    asking = _asking(step, trace, status, opened_at, min(now, ended_at) if ended_at else now)
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
        late=overdue and status is not StepStatus.STOPPED,
        silent=unheard and status is StepStatus.OPEN,
        rung=asking.rung,
        asked=asking.role,
        asked_since=asking.since,
        escalates_at=asking.next_at,
    )


def _status(trace: _Trace, *, stopped: bool, opened: bool) -> StepStatus:
    if trace.done_at is not None:
        return StepStatus.DONE
    if stopped:
        return StepStatus.STOPPED
    return StepStatus.OPEN if opened else StepStatus.WAITING


@dataclass(frozen=True, slots=True)
class _Asking:
    """How far an order has gone on, who must answer it now and since when, and when it goes on again."""

    rung: int = 0
    role: Role | None = None
    since: datetime | None = None
    next_at: datetime | None = None


def _asking(
    step: PlaybookStep, trace: _Trace, status: StepStatus, opened_at: datetime | None, now: datetime
) -> _Asking:
    """An answer, the step's completion and its end stop the order where it is; time alone never takes it back."""
    sent_at, refusal = trace.sent.get(trace.attempt), trace.refused.get(trace.attempt)
    acknowledged_at = trace.acknowledged.get(trace.attempt)
    until = min(filter(None, (now, acknowledged_at, refusal and refusal[0], trace.done_at)))
    began_at = max(sent_at, opened_at) if sent_at and opened_at else None
    rung = _rung(step, began_at, until)
    if status is not StepStatus.OPEN or (acknowledged_at and not refusal):
        return _Asking(rung)
    if refusal or began_at is None:
        return _Asking(rung, step.role, refusal[0] if refusal else opened_at)
    after = step.escalate_after or timedelta(0)
    higher = rung < len(step.escalate_to)
    role = (step.role, *step.escalate_to)[rung]
    return _Asking(rung, role, began_at + rung * after, began_at + (rung + 1) * after if higher else None)


def _rung(step: PlaybookStep, began_at: datetime | None, until: datetime) -> int:
    if began_at is None or step.escalate_after is None:
        return 0
    return max(0, min((until - began_at) // step.escalate_after, len(step.escalate_to)))


def _unfinished(state: StepState) -> bool:
    return state.status in {StepStatus.OPEN, StepStatus.WAITING}


def _next_instant(states: Iterable[StepState], now: datetime) -> datetime | None:
    """The next instant at which something becomes late or silent or goes on if nobody acts; when to look again."""
    instants = [state.due_at for state in states if _unfinished(state)]
    instants += [
        s.acknowledge_by for s in states if s.status is StepStatus.OPEN and s.acknowledged_at is None
    ]
    instants += [state.escalates_at for state in states]
    return min((instant for instant in instants if instant and instant >= now), default=None)


def _by_deadline(states: Iterable[StepState]) -> tuple[StepState, ...]:
    dated = [(state.due_at, state.key, state) for state in states if state.due_at is not None]
    return tuple(state for _, _, state in sorted(dated, key=lambda row: row[:2]))


def _earliest(*instants: datetime | None) -> datetime | None:
    return min((instant for instant in instants if instant), default=None)


def _earlier(known: datetime | None, found: datetime) -> datetime:
    return found if known is None else min(known, found)
