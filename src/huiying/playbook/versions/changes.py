"""What changed from one version to the next, clause by clause: added, removed, moved, changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz, process

from huiying.playbook.document import PlanDocument
from huiying.playbook.versions.marking import Piece, marked
from huiying.playbook.versions.trees import Node, nodes_of
from huiying.rules.words import N_

ALIKE = 72.0  # of 100: clauses of one section with other ids are taken for the same from here on
FEWEST = 8  # characters below which likeness says nothing


class ClauseMove(StrEnum):
    """What happened to a clause as a whole."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return _LABELS[self]


_LABELS = {
    ClauseMove.ADDED: N_("新增"),
    ClauseMove.REMOVED: N_("删去"),
    ClauseMove.MOVED: N_("移动"),
    ClauseMove.CHANGED: N_("修改"),
}


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a clause that differs; `pieces` marks the words where both are text."""

    name: str
    before: Any
    after: Any
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """One clause that differs: what happened, where it stands (section and clause above), what it was called before.

    A clause that moved and changed is CHANGED with `moved_from`.
    """

    move: ClauseMove
    id: str
    section: str
    heading: str
    fields: tuple[ChangedField, ...] = ()
    moved_from: str | None = None
    was_called: str | None = None


def changes_between(before: PlanDocument, after: PlanDocument) -> tuple[ChangedClause, ...]:
    """Every difference, in the order of the later version; what was removed comes where it stood, at the end of its section."""
    old, new = nodes_of(before), nodes_of(after)
    called = _renamed(old, new)
    pairs = {now: old[was] for now, was in called.items()} | {id: old[id] for id in new if id in old}
    moved = _moved(pairs, new)
    found = [change for node in new.values() if (change := _change(node, pairs.get(node.id), moved))]
    gone = [node for node in old.values() if node.id not in new and node.id not in called.values()]
    found += [
        ChangedClause(ClauseMove.REMOVED, node.id, node.section, _heading(node), tuple(_all(node)))
        for node in gone
    ]
    order = {
        section: place
        for place, section in enumerate(dict.fromkeys(n.section for n in (*new.values(), *old.values())))
    }
    return tuple(sorted(found, key=lambda change: order[change.section]))


def _renamed(old: Mapping[str, Node], new: Mapping[str, Node]) -> dict[str, str]:
    """Clauses of the same section whose words are so much alike that only the id is new."""
    left = {node.id: node for node in old.values() if node.id not in new and len(node.words) >= FEWEST}
    found: dict[str, str] = {}
    for node in new.values():
        if node.id in old or len(node.words) < FEWEST:
            continue
        choices = {other.id: other.words for other in left.values() if other.section == node.section}
        best = process.extractOne(node.words, choices, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if best:
            found[node.id] = best[2]
            del left[best[2]]
    return found


def _moved(pairs: Mapping[str, Node], new: Mapping[str, Node]) -> frozenset[str]:
    """The clauses that stand elsewhere: under another clause or section, or out of the order that most have kept."""
    elsewhere = {now for now, was in pairs.items() if was.section != new[now].section}
    elsewhere |= {
        now
        for now, was in pairs.items()
        if was.parent != new[now].parent and pairs.get(new[now].parent, was).id != was.parent
    }
    by_place: dict[tuple[str, str], list[str]] = {}
    for now in pairs:
        if now not in elsewhere:
            by_place.setdefault(new[now].place, []).append(now)
    for ids in by_place.values():
        ids.sort(key=lambda id: new[id].number)
        kept = _longest_rising([pairs[id].number for id in ids])
        elsewhere |= {id for place, id in enumerate(ids) if place not in kept}
    return frozenset(elsewhere)


def _longest_rising(numbers: list[int]) -> set[int]:
    """The places of a longest rising run of numbers: what stayed in order; the fewest others have moved."""
    best: list[list[int]] = []  # for each length, the places of the run with the smallest end
    for place, number in enumerate(numbers):
        length = sum(numbers[run[-1]] < number for run in best)
        run = [*(best[length - 1] if length else []), place]
        if length == len(best):
            best.append(run)
        elif number < numbers[best[length][-1]]:
            best[length] = run
    return set(best[-1]) if best else set()


def _change(node: Node, was: Node | None, moved: frozenset[str]) -> ChangedClause | None:
    heading = _heading(node)
    if was is None:
        return ChangedClause(ClauseMove.ADDED, node.id, node.section, heading, tuple(_all(node)))
    fields = tuple(_fields(was, node))
    origin = (was.parent or was.section) if node.id in moved else None
    called = was.id if was.id != node.id else None
    if fields or called:
        return ChangedClause(ClauseMove.CHANGED, node.id, node.section, heading, fields, origin, called)
    if origin is not None:
        return ChangedClause(ClauseMove.MOVED, node.id, node.section, heading, (), origin)
    return None


def _fields(was: Node, now: Node) -> Iterator[ChangedField]:
    for name in dict.fromkeys((*was.own, *now.own)):
        before, after = was.own.get(name), now.own.get(name)
        if before == after or name == "lines":
            continue
        both = isinstance(before or "", str) and isinstance(after or "", str)
        yield ChangedField(name, before, after, marked(before or "", after or "") if both else ())


def _all(node: Node) -> Iterator[ChangedField]:
    for name, value in node.own.items():
        if isinstance(value, str) and name in {"title", "text"}:
            yield ChangedField(name, None, value)


def _heading(node: Node) -> str:
    words = node.own.get("title") or node.own.get("text") or node.id
    return str(words)[:40]
