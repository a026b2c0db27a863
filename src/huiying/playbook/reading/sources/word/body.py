"""The body of a Word file from its first paragraph to its last, tables where they stand."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from lxml import etree  # type: ignore[import-untyped]

from huiying.playbook.reading.parts import Source
from huiying.playbook.reading.sources import limits, refusing
from huiying.playbook.reading.sources.gathering import Gathered
from huiying.playbook.reading.sources.word import words as wording
from huiying.playbook.reading.sources.word.numbers import Numbers
from huiying.playbook.reading.sources.word.package import WORD, Package, W
from huiying.playbook.reading.sources.word.styles import (
    NO_STYLE,
    VAL,
    Style,
    numbering_of,
    outline_of,
    styles_of,
)

CONTENTS = "contents-left-out"
PART = "embedded-part-left-out"
PARAGRAPH, TABLE, ROW, CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
# Around paragraphs and tables; what is deleted with its mark is not gone into.
AROUND = frozenset(f"{W}{name}" for name in ["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"])


def source_of(data: bytes, name: str) -> Source:
    """The lines of a Word file. Raises CannotRead: no Word file, damaged, locked, with macros, too large, no words."""
    package = Package(data)
    body = package.main_tree().find(f"{W}body")
    if body is None:
        raise refusing.damaged(WORD)
    styles = styles_of(package.side_tree("styles"))
    reader = _Reader(styles, Numbers(package.side_tree("numbering"), styles))
    reader.read(body)
    return reader.gathered.source(name)


class _Reader:
    """One pass through the document; numbers are counted as it goes, so everything is read in order and once."""

    def __init__(self, styles: dict[str, Style], numbers: Numbers) -> None:
        self.gathered = Gathered()
        self._styles, self._numbers = styles, numbers
        self._pieces = 0
        self._going_on: wording.Words | None = None  # of a paragraph whose end was deleted

    def read(self, container: etree._Element) -> None:
        """Add every paragraph and table of a container."""
        for block in _blocks(container):
            if block.tag == TABLE:
                self._table(block)
            else:
                self._paragraph(block)

    def _paragraph(self, paragraph: etree._Element) -> None:
        text, heading = self._line(paragraph)
        if not text:
            return
        lines = ["".join(text.split("\n"))] if heading else text.split("\n")
        for line in lines:
            self.gathered.add(line, heading=heading)

    def _table(self, table: etree._Element) -> None:
        for row in _inner(table, ROW):
            cells = [] if wording.row_deleted(row) else list(_inner(row, CELL))
            if len(cells) == 1:  # a frame around words rather than a table
                self.read(cells[0])
            else:
                self.gathered.add("\t".join(self._cell(cell) for cell in cells))

    def _cell(self, cell: etree._Element) -> str:
        """The words of a cell in one line; a table within it is read through."""
        words = [
            self._line(block)[0] if block.tag == PARAGRAPH else self._inner_table(block)
            for block in _blocks(cell)
        ]
        return " ".join(" ".join(words).split())

    def _inner_table(self, table: etree._Element) -> str:
        return " ".join(self._cell(cell) for row in _inner(table, ROW) for cell in _inner(row, CELL))

    def _line(self, paragraph: etree._Element) -> tuple[str, int]:
        """The words of a paragraph with its number before them, and its depth as a heading."""
        properties = paragraph.find(f"{W}pPr")
        words, self._going_on = wording.words_of(paragraph, self._going_on), None
        self._pieces += 1 + words.pieces
        if self._pieces > limits.MOST_PIECES:
            raise refusing.too_long()
        if wording.ends_deleted(properties):
            self._going_on = words
            return "", 0
        for sort, texts in groupby(sorted(words.left_out, key=itemgetter(0)), key=itemgetter(0)):
            self.gathered.note(sort, " ".join(text for _, text in texts))
        return self._with_number(words.text, properties)

    def _with_number(self, text: str, properties: etree._Element | None) -> tuple[str, int]:
        named = properties.find(f"{W}pStyle") if properties is not None else None
        identifier = (named.get(VAL) or "") if named is not None else ""
        style = self._styles.get(identifier, NO_STYLE)
        if style.is_contents:
            if text.strip():
                self.gathered.note(CONTENTS, text)
            return "", 0
        marker = self._numbers.marker(_number(numbering_of(properties), style), identifier)
        if not text.strip():
            return "", 0  # a number alone counts, but is no line
        outline = outline_of(properties)
        return marker + text.strip(), style.heading if outline is None else outline


def _number(own: tuple[str, int | None] | None, style: Style) -> tuple[str, int | None] | None:
    """The list and level: the paragraph's own, and what it leaves open from its style."""
    if own is None:
        return style.number
    inherited = style.number or ("", None)
    return own[0] or inherited[0], own[1] if own[1] is not None else (0 if own[0] else inherited[1])


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, through what only stands around them."""
    return _found(container, {PARAGRAPH, TABLE})


def _inner(container: etree._Element, tag: str) -> Iterator[etree._Element]:
    return _found(container, {tag})


def _found(container: etree._Element, tags: set[str]) -> Iterator[etree._Element]:
    waiting = [iter(container)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in tags:
            yield element
        elif element.tag in AROUND:
            waiting.append(iter(element))
