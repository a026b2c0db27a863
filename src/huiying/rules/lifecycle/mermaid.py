"""Draw a lifecycle as a Mermaid state diagram, so that the documents are printed from the table."""

from enum import StrEnum
from typing import Any

from huiying.rules.lifecycle.machine import Lifecycle, word_of


def diagram(lifecycle: Lifecycle[Any]) -> str:
    """The table as Mermaid `stateDiagram-v2` text; reserved states are shown as notes, never as reachable."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {_node(state)}" for state in lifecycle.states]
    lines += [f"    [*] --> {state.value}" for state in lifecycle.initial]
    lines += [f"    {move.frm.value} --> {move.to.value}: {move.label}" for move in lifecycle.moves]
    ends = [state for state in lifecycle.states if state in lifecycle.terminal - lifecycle.reserved]
    lines += [f"    {state.value} --> [*]" for state in ends]
    return "\n".join(lines)


def _node(state: StrEnum) -> str:
    return f'state "{word_of(state)}" as {state.value}'
