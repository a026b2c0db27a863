"""The compiled form of a playbook for many runs: numbers in tuples, nothing looked up by name."""

from dataclasses import dataclass, replace

from huiying.playbook.compiler import Playbook, PlaybookStep
from huiying.playbook.kinds import Anchor
from huiying.playbook.rehearsal.scenario import NotRehearsable, Person, Scenario, Spread, uncovered

DAY = 86_400
SILENCE = 600  # how long an order may lie where a plan does not say it, in seconds
REPORTED, ACTIVATION, ENDED = -3, -2, -1
_ANCHORS = {Anchor.REPORTED: REPORTED, Anchor.ACTIVATION: ACTIVATION, Anchor.ENDED: ENDED}


# A triangular spread as it is drawn from: least, longest, the chance where it turns, and the two areas.
Curve = tuple[float, float, float, float, float]


def curve_of(spread: Spread) -> Curve:
    """The numbers by which a spread is drawn from; they are the same for all runs."""
    width, rise = spread.longest - spread.least, spread.usual - spread.least
    turn = rise / width if width else 0.0
    return (spread.least, spread.longest, turn, width * rise, width * (spread.longest - spread.usual))


@dataclass(frozen=True, slots=True)
class Row:
    """One step as numbers: whom to ask, how long they may and will take, from what it runs, what waits for it.

    `own` are the role's people, `asked` these and its stand-ins. `anchor` is a step's place or one of the negative
    marks; `within` and the others are seconds, -1 where there is none. `patience` is how long an order may lie.
    """

    place: int
    own: tuple[int, ...]
    asked: tuple[int, ...]
    anchor: int
    within: int
    patience: int
    work: Curve
    hands_on: float
    needs: tuple[int, ...]
    after_end: bool
    repeat_every: int
    repeat_until: int


@dataclass(frozen=True, slots=True)
class Tables:
    """All rows, who follows whom, the crew in places, and the scenario's spreads."""

    playbook: Playbook
    scenario: Scenario
    crew: tuple[Person, ...]
    rows: tuple[Row, ...]
    followers: tuple[tuple[int, ...], ...]
    decision: Curve
    answer: Curve
    travel: Curve
    silent: float


def tables_of(playbook: Playbook, scenario: Scenario) -> Tables:
    """Compile once for all runs. Raises NotRehearsable where a step has nobody who could do it."""
    missing = uncovered(playbook, scenario.crew)
    if missing:
        raise NotRehearsable(
            f"没有人担任：{'、'.join(missing)}。",
            rule="rehearsal-crew",
            remedy="请在人员中给这些角色安排人，或在预案中写明替补。",
        )
    places = {step.id: place for place, step in enumerate(playbook.steps)}
    rows = tuple(_row(step, places, scenario) for step in playbook.steps)
    followers: list[list[int]] = [[] for _ in rows]
    for row in rows:
        for need in row.needs:
            followers[need].append(row.place)
    return Tables(
        playbook,
        scenario,
        scenario.crew,
        rows,
        tuple(map(tuple, followers)),
        decision=curve_of(scenario.decision),
        answer=curve_of(scenario.answer),
        travel=curve_of(scenario.travel),
        silent=scenario.silent,
    )


def _row(step: PlaybookStep, places: dict[str, int], scenario: Scenario) -> Row:
    within = int(step.within.total_seconds()) if step.within else -1
    length = within if within > 0 else int(scenario.unlimited.total_seconds())
    patience = int(step.acknowledge_within.total_seconds()) if step.acknowledge_within else SILENCE
    return Row(
        place=places[step.id],
        own=tuple(place for place, person in enumerate(scenario.crew) if step.role.id in person.roles),
        asked=_asked(step, scenario.crew),
        anchor=places[step.trigger.step]
        if step.trigger.step
        else _ANCHORS[step.trigger.anchor or Anchor.ACTIVATION],
        within=within,
        patience=patience,
        work=curve_of(scenario.steps.get(step.id) or scenario.work.times(length)),
        hands_on=scenario.hands_on if length > DAY else 1.0,
        needs=tuple(places[need] for need in step.needs),
        after_end=step.after_end,
        repeat_every=int(step.repeat_every.total_seconds()) if step.repeat_every else -1,
        repeat_until=places.get(step.repeat_until or "", -1),
    )


def _asked(step: PlaybookStep, crew: tuple[Person, ...]) -> tuple[int, ...]:
    """The people who may be asked: those of the role first, then its stand-ins in their order."""
    order = (step.role.id, *step.role.alternates)
    found = [place for role in order for place, person in enumerate(crew) if role in person.roles]
    return tuple(dict.fromkeys(found))


def with_crew(tables: Tables, crew: tuple[Person, ...]) -> Tables:
    """The same with another crew."""
    return tables_of(tables.playbook, replace(tables.scenario, crew=crew))
