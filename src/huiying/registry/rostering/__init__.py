"""A fair roster: which watches there are, who may keep them, and who keeps which. Pure: no Django, no clock, no I/O."""

from huiying.registry.rostering.engines import Engine, has_solver, propose
from huiying.registry.rostering.hard import clash, holds_back, reasons, short_rests
from huiying.registry.rostering.shapes import (
    DEFAULT,
    Gap,
    Keeper,
    Limits,
    Proposal,
    Span,
    Tally,
    Task,
    Watch,
    Why,
)

__all__ = [
    "DEFAULT",
    "Engine",
    "Gap",
    "Keeper",
    "Limits",
    "Proposal",
    "Span",
    "Tally",
    "Task",
    "Watch",
    "Why",
    "clash",
    "has_solver",
    "holds_back",
    "propose",
    "reasons",
    "short_rests",
]
