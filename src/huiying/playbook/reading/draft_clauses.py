"""What every clause of a draft is made from: its id, title, words and lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from huiying.playbook.reading.parts import ReadClause, ReadHeading, Reading

LONGEST_WORDS = 4000
LONGEST_TITLE = 200
SHORT = 30
_ONLY_WHEN = re.compile(
    r"(?:后|时|前|期间|情况下)$|^(?:根据|按照|如|若|当|随后|同时|必要时|一旦|其中|此外|在)"
)


def in_order(reading: Reading) -> Iterator[ReadClause]:
    """The clauses, and between them the headings that are parts of a plan themselves."""
    headings = [heading for heading in reading.headings if heading.kind]
    at = 0
    for count in range(len(reading.clauses) + 1):
        while at < len(headings) and headings[at].before == count:
            yield _as_clause(headings[at])
            at += 1
        if count < len(reading.clauses):
            yield reading.clauses[count]


def _as_clause(heading: ReadHeading) -> ReadClause:
    assert heading.kind is not None
    title = heading.text.rstrip("：: ")
    return ReadClause(heading.id, heading.kind, title, heading.lines, heading.span, title, path=heading.path)


def of_bearable_length(clause: ReadClause) -> Iterable[ReadClause]:
    """The clause, cut behind a sentence where it is longer than a clause of a plan may be."""
    if len(clause.text) <= LONGEST_WORDS:
        return (clause,)
    cuts = [0]
    while len(clause.text) - cuts[-1] > LONGEST_WORDS:
        end = clause.text.rfind("。", cuts[-1] + LONGEST_WORDS // 2, cuts[-1] + LONGEST_WORDS) + 1
        cuts.append(end or cuts[-1] + LONGEST_WORDS)
    pieces = [clause.text[start:end] for start, end in zip(cuts, [*cuts[1:], None], strict=True)]
    return [
        replace(clause, id=clause.id if not n else f"{clause.id}-{n + 1}", text=piece)
        for n, piece in enumerate(pieces)
        if piece.strip()
    ]


def base_of(clause: ReadClause) -> dict[str, Any]:
    """What every clause has: id, title, text, lines."""
    text = plain(clause.text)
    return {
        "id": clause.id,
        "title": plain(clause.title)[:LONGEST_TITLE],
        "text": text,
        "lines": lines_of(clause),
    }


def plain(words: str) -> str:
    """The words without tabs, which a plan may not hold."""
    return re.sub(r"\s*\t\s*", "　", words).strip()


def lines_of(clause: ReadClause) -> str:
    """The source lines as a clause of a plan writes them: 12 or 12-15."""
    first, last = clause.lines
    return str(first) if first == last else f"{first}-{last}"


def short_of(text: str) -> str:
    """The first words of a sentence that say what is done, as a title: 接到报告后 says only when."""
    parts = [part.strip() for part in re.split(r"[，。；：、\t]", text) if part.strip()]
    telling = next(
        (part for part in parts if not _ONLY_WHEN.search(part)), parts[0] if parts else text.strip()
    )
    return telling[:SHORT]


def is_heading(clause: ReadClause) -> bool:
    """Whether the clause is a heading: its text is its title."""
    return bool(clause.title) and clause.text == clause.title
