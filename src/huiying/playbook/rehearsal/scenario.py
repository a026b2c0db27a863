"""What is assumed in a rehearsal: who is there, how long they take to answer, to come and to work."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from huiying.playbook.compiler import Playbook
from huiying.playbook.document import PlanDocument
from huiying.playbook.readiness import Readiness
from huiying.rules.refusals import Refusal

MINUTE = 60
HOUR = 60 * MINUTE
RUNS_MAX = 100_000
NEVER = ((0, 0),)


class NotRehearsable(Refusal):
    """The rehearsal cannot be run as asked."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A time that varies: least, most usual and longest, in seconds; drawn from the triangle between them."""

    least: float
    usual: float
    longest: float

    def __post_init__(self) -> None:
        """Raise NotRehearsable unless least ≤ usual ≤ longest and nothing is negative."""
        if not 0 <= self.least <= self.usual <= self.longest:
            raise NotRehearsable(
                "时间的写法不对。", rule="rehearsal-spread", remedy="请按“最短 ≤ 通常 ≤ 最长”填写，不能为负。"
            )

    def times(self, factor: float) -> "Spread":
        """The same, so many times as long."""
        return Spread(self.least * factor, self.usual * factor, self.longest * factor)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be asked: under a number or post, never a name; the roles they can fill, and when they are on.

    `on` lists (from, to) in seconds after the activation: outside these they have to come first. Empty: nothing is
    known of their hours, and the scenario's `away` says how often they have to come.
    """

    id: str
    roles: tuple[str, ...]
    on: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One rehearsal's assumptions. Times in seconds; shares between 0 and 1.

    `decision`: from the report to the activation. `silent`: how often somebody does not answer the first call.
    `away`: how often they have to come first. `work`: of a step, as a share of its time limit (`unlimited` where it
    has none). `hands_on`: how much of a step that may take longer than a day somebody is really busy with it.
    `steps`: what is known better of single steps.
    """

    crew: tuple[Person, ...]
    decision: Spread = Spread(5 * MINUTE, 12 * MINUTE, 30 * MINUTE)
    answer: Spread = Spread(20, 90, 8 * MINUTE)
    travel: Spread = Spread(3 * MINUTE, 12 * MINUTE, 40 * MINUTE)
    work: Spread = Spread(0.15, 0.45, 1.1)
    silent: float = 0.06
    away: float = 0.3
    unlimited: timedelta = timedelta(hours=1)
    hands_on: float = 0.1
    steps: dict[str, Spread] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise NotRehearsable for an empty crew or a share that is none."""
        if not self.crew:
            raise NotRehearsable(
                "没有可以派的人。", rule="rehearsal-crew", remedy="请至少给一个角色安排一个人。"
            )
        if not (0 <= self.silent < 1 and 0 <= self.away <= 1 and 0 < self.hands_on <= 1):
            raise NotRehearsable(
                "比例的写法不对。", rule="rehearsal-share", remedy="请填写 0 到 1 之间的数。"
            )


def crew_of(doc: PlanDocument, *, each: int = 1) -> tuple[Person, ...]:
    """A crew where nothing is known of the real one: so many people for each role, who do nothing else."""
    return tuple(
        Person(role.id if each == 1 else f"{role.id}-{number}", (role.id,))
        for role in doc.roles
        for number in range(1, each + 1)
    )


def crew_at(ready: Readiness, at: datetime) -> tuple[Person, ...]:
    """The crew of those who are not away on the day of `at` (local time, without a zone), with their turns of duty.

    Where turns are known at all, whoever has none is called in.
    """
    return tuple(
        Person(person.id, tuple(person.roles), _turns(ready, person.id, at))
        for person in ready.people
        if person.there(at.date())
    )


def _turns(ready: Readiness, person: str, at: datetime) -> tuple[tuple[int, int], ...]:
    if not ready.shifts:
        return ()
    mine = [shift for shift in ready.shifts if shift.person == person]
    turns = [
        tuple(round((end - at).total_seconds()) for end in (shift.starts_at, shift.ends_at)) for shift in mine
    ]
    return tuple((first, last) for first, last in turns) or NEVER


def uncovered(playbook: Playbook, crew: Iterable[Person]) -> tuple[str, ...]:
    """The roles with steps that nobody of the crew can fill, not even as a stand-in."""
    held = {role for person in crew for role in person.roles}
    needed = {step.role.id: step.role for step in playbook.steps}
    return tuple(
        role.id for role in needed.values() if role.id not in held and held.isdisjoint(role.alternates)
    )
