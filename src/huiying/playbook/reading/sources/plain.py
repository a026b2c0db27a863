"""Plain text: every line as it stands, with the number an editor shows and the place where it begins."""

import re
from collections.abc import Iterator

from huiying.playbook.reading.parts import Source
from huiying.playbook.reading.sources import wrapped
from huiying.playbook.reading.sources.gathering import Gathered

JOINED = "rows-joined"
# LINE SEPARATOR and PARAGRAPH SEPARATOR end a line as well; a form feed does not, it stands before one.
ENDS = re.compile("\r\n|[\n\r\u2028\u2029]")


def source_of(text: str, name: str) -> Source:
    """The lines of a plain text, the empty ones too; rows of a broken paragraph stand in its first line."""
    gathered, rows = Gathered(), list(raw_lines(text))
    whole = wrapped.joined(rows)
    for (start, row), (_, line) in zip(rows, whole, strict=True):
        if line and line != row and not gathered.has(JOINED):
            gathered.note(JOINED, row, now=line)
        gathered.add_raw(line, start=start)
    return gathered.source(name)


def raw_lines(text: str) -> Iterator[tuple[int, str]]:
    """Where each line begins, and the line without its end; nothing after the last end."""
    start = 0
    for end in ENDS.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    if start < len(text):
        yield start, text[start:]
