"""A plan as plain values with a place for every clause: what comparing and merging work on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from huiying.playbook.document import SECTIONS, PlanDocument

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """One clause: its id, the section and the clause it stands in, its number among its neighbours, its own fields."""

    id: str
    section: str
    parent: str
    number: int
    own: Values

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands, whatever its number there."""
        return self.section, self.parent

    @property
    def words(self) -> str:
        """All its free words, for comparing clauses whose ids differ."""
        return "\n".join(str(value) for value in self.own.values() if isinstance(value, str))


def plain(doc: PlanDocument) -> Values:
    """The document as it would stand in YAML, without what is only a default."""
    return doc.model_dump(mode="json", exclude_defaults=True)


def nodes_of(doc: PlanDocument) -> dict[str, Node]:
    """Every clause by its id, in document order."""
    tree = plain(doc)
    return {node.id: node for name in SECTIONS for node in _nodes(tree.get(name, ()), name, "")}


def is_clauses(value: object) -> bool:
    """Whether a field holds clauses: a list of mappings that have an id."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and "id" in item for item in value)
    )


def _nodes(items: list[Values], section: str, parent: str) -> Iterator[Node]:
    for number, item in enumerate(items):
        own = {name: value for name, value in item.items() if name != "id" and not is_clauses(value)}
        yield Node(item["id"], section, parent, number, own)
        for value in item.values():
            if is_clauses(value):
                yield from _nodes(value, section, item["id"])
