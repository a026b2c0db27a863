"""Two drafts of one plan made one: what only one of them changed is taken, what both changed differently is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from huiying.playbook.document import PlanDocument
from huiying.playbook.versions.trees import Values, is_clauses, plain
from huiying.rules.refusals import Refusal

DELETED = "（删去）"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place where both drafts say something else: the clause, its field, and what each says. Ours was kept."""

    clause_id: str
    field: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The one draft, and what a person still has to decide."""

    doc: PlanDocument
    conflicts: tuple[Conflict, ...]


def merge(ours: PlanDocument, theirs: PlanDocument, base: PlanDocument | None = None) -> Merged:
    """Merge two drafts over the version both came from; without it every difference is theirs to add or to be decided.

    A clause that one removed and the other changed stays and is named. Raises Refusal where the drafts do not make
    one plan (an id used for two things).
    """
    work = _Merge()
    tree = work.mapping("", plain(base) if base else {}, plain(ours), plain(theirs), known=base is not None)
    tree = {"format": ours.format, **_once(tree, work)}
    try:
        return Merged(PlanDocument.model_validate(tree), tuple(work.conflicts))
    except ValidationError as wrong:
        raise Refusal(
            "两份草案合不成一份预案。",
            rule="plan-merge",
            remedy=f"请先改正其中一份再合并：{wrong.errors()[0]['msg']}。",
        ) from None


@dataclass(slots=True)
class _Merge:
    """The conflicts of one merge as they are met."""

    conflicts: list[Conflict] = field(default_factory=list)

    def mapping(self, clause_id: str, base: Values, ours: Values, theirs: Values, *, known: bool) -> Values:
        """One clause (or the document) from three."""
        merged: Values = {}
        for name in dict.fromkeys((*ours, *theirs)):
            values = base.get(name), ours.get(name), theirs.get(name)
            if any(map(is_clauses, values)):
                lists = [value or [] for value in values]
                merged[name] = self._clauses(lists[0], lists[1], lists[2], known=known)
                continue
            value = self._value(clause_id, name, *values, known=known)
            if value is not None:
                merged[name] = value
        return merged

    def _value(self, clause_id: str, name: str, base: Any, ours: Any, theirs: Any, *, known: bool) -> Any:
        if ours == theirs or (known and theirs == base):
            return ours
        if known and ours == base:
            return theirs
        if not known and (ours is None or theirs is None):
            return theirs if ours is None else ours
        self.conflicts.append(Conflict(clause_id, name, base, ours, theirs))
        return ours

    def _clauses(
        self, base: Sequence[Values], ours: Sequence[Values], theirs: Sequence[Values], *, known: bool
    ) -> list[Values]:
        """The clauses of one list: in our order, theirs after the clause that they follow there."""
        was, here, there = ({item["id"]: item for item in items} for items in (base, ours, theirs))
        order = [item["id"] for item in ours]
        _insert(order, [item["id"] for item in theirs])
        merged = []
        for clause_id in order:
            item = self._clause(
                clause_id, was.get(clause_id), here.get(clause_id), there.get(clause_id), known=known
            )
            if item is not None:
                merged.append(item)
        return merged

    def _clause(
        self, clause_id: str, was: Values | None, here: Values | None, there: Values | None, *, known: bool
    ) -> Values | None:
        if here is not None and there is not None:
            return self.mapping(clause_id, was or {}, here, there, known=known and was is not None)
        kept = here if here is not None else there
        if was is None or kept is None:
            return kept
        if kept == was:
            return None  # removed by one, left as it was by the other
        ours, theirs = (kept, DELETED) if here is not None else (DELETED, kept)
        self.conflicts.append(Conflict(clause_id, "", was, ours, theirs))
        return kept


def _insert(order: list[str], others: Sequence[str]) -> None:
    """Put what only the other list has behind the one it follows there."""
    before: str | None = None
    for clause_id in others:
        if clause_id not in order:
            order.insert(order.index(before) + 1 if before in order else 0, clause_id)
        before = clause_id


def _once(tree: Values, work: _Merge) -> Values:
    """Each clause once: where both moved it, to different places, it stays at its first place and is named."""
    seen: set[str] = set()

    def keep(item: Values) -> bool:
        if item["id"] not in seen:
            seen.add(item["id"])
            return True
        work.conflicts.append(Conflict(item["id"], "", None, "", "移到了两处"))
        return False

    return _walked(tree, keep)


def _walked(tree: Values, keep: Callable[[Values], bool]) -> Values:
    walked: Values = {}
    for name, value in tree.items():
        walked[name] = [_walked(item, keep) for item in value if keep(item)] if is_clauses(value) else value
    return walked
