"""A file that holds somebody's plan: read into lines and clauses, outside any transaction, within a bounded time."""

from typing import Any

from huiying.playbook.reading import Reading, Source, read_source
from huiying.playbook.reading.parts import CannotRead, Line
from huiying.playbook.reading.sources import source_of
from huiying.playbook.yaml_tree import LONGEST_TEXT
from huiying.rules.words import N_, said

LONGEST_NAME = 120


def plan_read(content: bytes, name: str) -> tuple[Source, Reading]:
    """The lines of a file and what they mean. Raises CannotRead with one sentence and what to do.

    A document longer than any plan may be is refused before it is understood: reading it would take too long.
    """
    source = source_of(content, name[-LONGEST_NAME:])
    if sum(len(line.text) for line in source.lines) > LONGEST_TEXT:
        raise CannotRead(
            said(N_("文字太多了：一份预案最多 {characters} 个字。"), characters=LONGEST_TEXT),
            remedy=N_("请只留下一份预案的正文，附件分开保存，再来导入。"),
            rule="plan-file-too-long",
        )
    return source, read_source(source)


def lines_kept(source: Source) -> list[dict[str, Any]]:
    """The numbered lines as they are stored with what was read."""
    return [{"number": line.number, "text": line.text, "start": line.start} for line in source.lines]


def lines_of(kept: list[dict[str, Any]]) -> list[Line]:
    """The lines that were stored."""
    return [Line(line["number"], line["text"], line["start"]) for line in kept]
