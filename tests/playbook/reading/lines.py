"""Lines of a text as the reader takes them, for tests that need no file."""

import re

from huiying.playbook.reading import Reading, read_source
from huiying.playbook.reading.parts import Line, ReadClause, Source


def source_of(text: str, name: str = "plan.txt") -> Source:
    """The lines of a plain text; `# ` begins a heading, as in Markdown."""
    lines = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        marks = re.match(r"(#{1,6}) ", line)
        begin = marks.end() if marks else 0
        lines.append(Line(number, line[begin:], start + begin, len(marks[1]) if marks else 0))
        start += len(line) + 1
    return Source(name, tuple(lines))


def read(text: str) -> Reading:
    """What is understood of a text."""
    return read_source(source_of(text))


def clause_with(reading: Reading, words: str) -> ReadClause:
    """The one clause that holds these words."""
    found = [clause for clause in reading.clauses if words in clause.text]
    assert len(found) == 1, (words, found)
    return found[0]


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and first words of each clause."""
    return [(clause.kind.value, clause.text[:12]) for clause in read(text).clauses]
