"""What can happen to a running playbook: facts, each with its instant; order of arrival means nothing."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Activated:
    """The response was activated; `reported_at` is when the incident was reported, if that is known."""

    at: datetime
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StepSent:
    """The order for a step went out. `attempt` 2 and above: to another person after a refusal."""

    step: str
    at: datetime
    occurrence: int = 1
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class StepAcknowledged:
    """The person ordered said they have it."""

    step: str
    at: datetime
    occurrence: int = 1
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class StepRefused:
    """The person ordered said they cannot, and why; the step stays open and needs another person."""

    step: str
    at: datetime
    reason: str
    occurrence: int = 1
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class StepDone:
    """The step was done."""

    step: str
    at: datetime
    occurrence: int = 1


@dataclass(frozen=True, slots=True)
class Ended:
    """The response was declared ended (突发事件应对法 art. 86)."""

    at: datetime


StepEvent = StepSent | StepAcknowledged | StepRefused | StepDone
Event = Activated | Ended | StepEvent
