"""Markdown: the lines of the file as they stand, freed of marks; headings give depth, list items keep their marker.

A line stays a line, also where Markdown would run several into one paragraph: those who write plans this way mean
each line for itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from huiying.playbook.reading.parts import Source
from huiying.playbook.reading.sources import limits, refusing
from huiying.playbook.reading.sources.gathering import Gathered

# Two signs of Markdown that plain Chinese text has no use for; bullets and numbers stand in both.
SIGNS = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$|\*\*[^*\s][^*\n]{0,200}\*\*|^ {0,3}```",
    re.MULTILINE,
)
SETEXT_LONGEST = 60
INLINE_LONGEST = 20_000  # characters; the marks within a longer line stay, because some nest without end
ENDS = re.compile("\r\n|[\n\r]")
FRONT = re.compile(r"---[ \t]*(\r\n|\n|\r)(?:[^\n\r]{0,500}\1){0,60}?(?:---|\.\.\.)[ \t]*\1")
TAG = re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z][^<>]*>", re.DOTALL)
LEFT_BOLD = re.compile(r"\*\*([^*]+)\*\*")
# No code by indent: Chinese paragraphs are indented. No references: "[说明]: …" is text here. Marks within lines: below.
PARSER = MarkdownIt("commonmark").enable("table").disable(["code", "reference", "inline"])
SENTENCE_END = ("。", "；", "，", "！", "？", ";", ",")


def is_markdown(text: str) -> bool:
    """Whether a text shows signs of Markdown."""
    return SIGNS.search(text) is not None


def source_of(text: str, name: str) -> Source:
    """The lines of a Markdown file, under the numbers of the file."""
    raw = _raw_lines(text)
    if len(raw) > limits.MOST_LINES:
        raise refusing.too_long()
    front = FRONT.match(text)
    skipped = text.count("\n", 0, front.end()) or text.count("\r", 0, front.end()) if front else 0
    found = _Page([line for _, line in raw], skipped).lines()
    gathered = Gathered()
    for number, (start, line) in enumerate(raw):
        shown, heading = found.get(number, ("", 0))
        gathered.add_raw(shown, start=start + _indent(line, shown), heading=heading)
    return gathered.source(name)


def _raw_lines(text: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for end in ENDS.finditer(text):
        lines.append((start, text[start : end.start()]))
        start = end.end()
    return [*lines, (start, text[start:])] if start < len(text) else lines


def _indent(raw: str, shown: str) -> int:
    """How far into the raw line the shown text begins."""
    return max(raw.find(shown[:8]), raw.find(shown[:1]), 0) if shown else 0


@dataclass
class _Page:
    """One pass over the blocks of a page."""

    raw: list[str]
    skipped: int
    _found: dict[int, tuple[str, int]] = field(default_factory=dict)
    _lists: list[str] = field(default_factory=list)
    _marker: tuple[int, str] | None = None
    _depth: int = 0
    _row: int = 0
    _cells: list[str] | None = None

    def lines(self) -> dict[int, tuple[str, int]]:
        """What is shown of each raw line, counted from 0, with its depth as a heading."""
        blocks = "\n".join([""] * self.skipped + self.raw[self.skipped :])
        for token in PARSER.parse(blocks):
            step = getattr(self, f"_on_{token.type}", None)
            if step is not None:
                step(token)
        return self._found

    def _on_heading_open(self, token: Token) -> None:
        self._depth = int(token.tag[1])
        if token.markup in ("=", "-") and self._is_paragraph(token):
            self._depth = 0

    def _is_paragraph(self, token: Token) -> bool:
        """A ruler drawn right under a paragraph makes no heading of it."""
        text = "".join(self.raw[slice(*(token.map or (0, 0)))][:-1]).strip()
        return len(text) > SETEXT_LONGEST or text.endswith(SENTENCE_END)

    def _on_heading_close(self, _: Token) -> None:
        self._depth = 0

    def _on_list_item_open(self, token: Token) -> None:
        self._marker = ((token.map or [0])[0], f"{token.info}{token.markup} ")

    def _on_tr_open(self, token: Token) -> None:
        self._cells, self._row = [], (token.map or [0])[0]

    def _on_tr_close(self, _: Token) -> None:
        cells, self._cells = self._cells or [], None
        self._put(self._row, "\t".join(cells))

    def _on_inline(self, token: Token) -> None:
        first = (token.map or [0])[0]
        shown = _inline(token.content)
        if self._cells is not None:
            self._cells.append(" ".join(shown).strip())
            return
        for number, text in enumerate(shown, first):
            self._put(number, text)

    def _on_fence(self, token: Token) -> None:
        for number, text in enumerate(token.content.split("\n")[:-1], (token.map or [0])[0] + 1):
            self._put(number, text)

    def _on_html_block(self, token: Token) -> None:
        text = TAG.sub(lambda tag: "\n" * tag[0].count("\n"), token.content)
        for number, line in enumerate(text.split("\n"), (token.map or [0])[0]):
            self._put(number, line.strip())

    def _put(self, number: int, text: str) -> None:
        if self._marker is not None and self._marker[0] == number:
            text, self._marker = self._marker[1] + text, None
        if text.strip() and number < len(self.raw):
            self._found[number] = (LEFT_BOLD.sub(r"\1", text), self._depth)


def _inline(content: str) -> list[str]:
    """The words of a paragraph, line by line, without the marks."""
    if len(content) <= INLINE_LONGEST:
        return _shown(_children(content))
    lines = content.split("\n")
    return [line if len(line) > INLINE_LONGEST else " ".join(_shown(_children(line))) for line in lines]


def _children(content: str) -> list[Token]:
    children: list[Token] = []
    PARSER.inline.parse(content, PARSER, {}, children)
    return children


def _shown(children: Sequence[Token]) -> list[str]:
    lines = [""]
    for piece in _pieces(children):
        if piece == "\n":
            lines.append("")
        else:
            lines[-1] += piece
    return lines


def _pieces(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type in ("text", "code_inline", "text_special"):
            yield child.content.replace("\n", " ")
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            yield " "
