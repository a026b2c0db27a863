"""Two engines with one contract: no rule is broken, what cannot be filled is named, the same task gives the same answer."""

from enum import StrEnum
from importlib.util import find_spec

from huiying.registry.rostering import exact, greedy
from huiying.registry.rostering.hard import gaps, settled
from huiying.registry.rostering.shapes import Proposal, Task
from huiying.rules.words import N_


class Engine(StrEnum):
    """What proposed a roster."""

    GREEDY = "greedy"
    SOLVER = "solver"

    @property
    def label(self) -> str:
        """The Chinese words for this engine."""
        return ENGINE_LABELS[self]


ENGINE_LABELS = {Engine.GREEDY: N_("逐班编排"), Engine.SOLVER: N_("求解器")}


def has_solver() -> bool:
    """Whether ortools is installed here."""
    return find_spec("ortools") is not None


def propose(task: Task, engine: Engine | None = None) -> Proposal:
    """Who keeps which watch. Without a choice of engine the solver where it is installed."""
    chosen_engine = engine or (Engine.SOLVER if has_solver() else Engine.GREEDY)
    kept, released = settled(task)
    found = greedy.solve(task, kept)
    if chosen_engine is Engine.SOLVER:
        found = exact.solve(task, kept, found)
    found = greedy.filled(task, found)
    return Proposal(found, gaps(task, found), released, chosen_engine)
