"""Pure: what was read against what was marked, by three rules, kind by kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from bench.plan_reader.truth import Mark, Truth

Rule = Callable[[Mark, Mark], bool]


@dataclass
class Counts:
    """How many were marked, how many read, and how many of the marked were found by each rule.

    `lines`: a clause of the same kind on a common line. `spans`: and, where both have offsets, half of the
    shorter in common. `strict`: as `spans`, and no read clause serves twice. `places`: as `strict`, whatever
    the kind.
    """

    marked: int = 0
    read: int = 0
    lines: int = 0
    spans: int = 0
    strict: int = 0
    places: int = 0

    def __add__(self, other: Self) -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def share(self, name: str) -> float | None:
        """The share of the marked that was found by that rule, or None where nothing was marked."""
        return getattr(self, name) / self.marked if self.marked else None

    @property
    def precision(self) -> float | None:
        """The share of the read that was marked, by the strict rule, or None where nothing was read."""
        return self.strict / self.read if self.read else None


@dataclass(frozen=True)
class Score:
    """One document, or the total of several."""

    name: str
    counts: Counts
    kinds: dict[str, Counts]
    taken_for: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: tuple[tuple[Mark, str], ...] = ()


def read_marks(clauses: Iterable[Any]) -> tuple[Mark, ...]:
    """The clauses of a reader, whatever their class, as marks."""
    return tuple(
        Mark(str(getattr(clause.kind, "value", clause.kind)), tuple(clause.lines), _pair(clause.span))
        for clause in clauses
    )


def _pair(span: Sequence[int] | None) -> tuple[int, int] | None:
    return None if span is None else (span[0], span[1])


def score(truth: Truth, read: Sequence[Mark]) -> Score:
    """What was found of the marks of one document."""
    marks = truth.marks
    strict = set(_paired(marks, read, _same_span))
    spans = [any(_same_span(mark, clause) for clause in read) for mark in marks]
    kinds: dict[str, Counts] = {}
    for clause in read:
        kinds.setdefault(clause.kind, Counts()).read += 1
    for number, mark in enumerate(marks):
        counts = kinds.setdefault(mark.kind, Counts())
        counts.marked += 1
        counts.lines += any(_same_lines(mark, clause) for clause in read)
        counts.spans += spans[number]
        counts.strict += number in strict
    missed = tuple((mark, _taken_for(mark, read)) for mark, hit in zip(marks, spans, strict=True) if not hit)
    counts = sum(kinds.values(), Counts())
    counts.places = len(_paired(marks, read, _same_place))
    return Score(truth.name, counts, kinds, Counter((mark.kind, kind) for mark, kind in missed), missed)


def total(name: str, scores: Iterable[Score]) -> Score:
    """Several documents taken together."""
    counts, kinds, taken_for = Counts(), dict[str, Counts](), Counter[tuple[str, str]]()
    for one in scores:
        counts, taken_for = counts + one.counts, taken_for + one.taken_for
        for kind, found in one.kinds.items():
            kinds[kind] = kinds.get(kind, Counts()) + found
    return Score(name, counts, kinds, taken_for)


def _same_lines(mark: Mark, clause: Mark) -> bool:
    return mark.kind == clause.kind and _common(_after(mark.lines), _after(clause.lines)) > 0


def _same_span(mark: Mark, clause: Mark) -> bool:
    return mark.kind == clause.kind and _same_place(mark, clause)


def _same_place(mark: Mark, clause: Mark) -> bool:
    if _common(_after(mark.lines), _after(clause.lines)) <= 0:
        return False
    if mark.span is None or clause.span is None:
        return True
    common = _common(mark.span, clause.span)
    return common > 0 and common * 2 >= min(_length(mark.span), _length(clause.span))


def _common(one: tuple[int, int], other: tuple[int, int]) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _after(lines: tuple[int, int]) -> tuple[int, int]:
    return lines[0], lines[1] + 1


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


def _taken_for(mark: Mark, read: Sequence[Mark]) -> str:
    """The kind of the read clause that covers most of this mark, or "nothing"."""
    near = [clause for clause in read if _same_place(mark, clause)]
    if not near:
        return "nothing"
    return max(
        near, key=lambda clause: _common(mark.span, clause.span) if mark.span and clause.span else 0
    ).kind


def _paired(marks: Sequence[Mark], read: Sequence[Mark], rule: Rule) -> dict[int, int]:
    """The most marks that can each have a read clause of its own (augmenting paths), mark by its clause."""
    mark_of: dict[int, int] = {}
    could = [[number for number, clause in enumerate(read) if rule(mark, clause)] for mark in marks]

    def placed(mark: int, tried: set[int]) -> bool:
        for clause in could[mark]:
            if clause in tried:
                continue
            tried.add(clause)
            if clause not in mark_of or placed(mark_of[clause], tried):
                mark_of[clause] = mark
                return True
        return False

    for number in range(len(marks)):
        placed(number, set())
    return {mark: clause for clause, mark in mark_of.items()}
