"""What a person says to a reading: this clause is right, this one is mended, dropped, or part of the one before it.

The reading stays as it was read; `decided` is the reading that the decisions make of it. It is kept as JSON by
`kept_of` and comes back the same by `reading_of`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from huiying.playbook.reading.parts import ReadClause, Reading, ReadKind

_READING = TypeAdapter(Reading)


class Verdict(StrEnum):
    """What a person said to one clause."""

    KEPT = "kept"
    MENDED = "mended"
    DROPPED = "dropped"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict; a mended clause has its new kind and words."""

    verdict: Verdict
    kind: ReadKind | None = None
    title: str = ""
    text: str = ""


Decisions = Mapping[str, Decision]
_DECISIONS = TypeAdapter(dict[str, Decision])


def kept_of(reading: Reading) -> dict[str, Any]:
    """The whole reading as plain values, from which it is built again."""
    kept: dict[str, Any] = _READING.dump_python(reading, mode="json", exclude_defaults=True)
    return kept


def reading_of(kept: Mapping[str, Any]) -> Reading:
    """The reading that was kept."""
    return _READING.validate_python(dict(kept))


def decisions_kept(decisions: Decisions) -> dict[str, Any]:
    """Decisions as plain values."""
    kept: dict[str, Any] = _DECISIONS.dump_python(dict(decisions), mode="json", exclude_defaults=True)
    return kept


def decisions_of(kept: Mapping[str, Any]) -> dict[str, Decision]:
    """The decisions that were kept."""
    return _DECISIONS.validate_python(dict(kept))


def guesses_left(reading: Reading, decisions: Decisions) -> tuple[ReadClause, ...]:
    """The guesses that nobody has decided, in document order."""
    return tuple(clause for clause in reading.clauses if clause.is_guess and clause.id not in decisions)


def certain_left(reading: Reading, decisions: Decisions) -> tuple[ReadClause, ...]:
    """The clauses that were no guess and that nobody has said anything to."""
    return tuple(clause for clause in reading.clauses if not clause.is_guess and clause.id not in decisions)


def decided(reading: Reading, decisions: Decisions) -> Reading:
    """The reading with every decision carried out; a heading stays before the clause that it stood before."""
    clauses: list[ReadClause] = []
    before = [0]  # how many clauses are left of the first n
    for clause in reading.clauses:
        _carried_out(clause, decisions.get(clause.id), clauses)
        before.append(len(clauses))
    headings = tuple(replace(heading, before=before[heading.before]) for heading in reading.headings)
    return replace(reading, clauses=tuple(clauses), headings=headings)


def _carried_out(clause: ReadClause, decision: Decision | None, clauses: list[ReadClause]) -> None:
    if decision is None:
        clauses.append(clause)
    elif decision.verdict is Verdict.JOINED and clauses:
        clauses[-1] = _joined(clauses[-1], clause)
    elif decision.verdict is Verdict.MENDED:
        kind = decision.kind or clause.kind
        clauses.append(
            replace(clause, kind=kind, title=decision.title, text=decision.text, written="", confidence=1.0)
        )
    elif decision.verdict is not Verdict.DROPPED:
        clauses.append(replace(clause, confidence=1.0))


def _joined(first: ReadClause, second: ReadClause) -> ReadClause:
    lines = min(first.lines[0], second.lines[0]), max(first.lines[1], second.lines[1])
    return replace(first, text=f"{first.text}\n{second.text}", lines=lines, written="")


def confirmed(clauses: tuple[ReadClause, ...]) -> Iterator[tuple[str, Decision]]:
    """That each of these is right."""
    return ((clause.id, Decision(Verdict.KEPT)) for clause in clauses)
