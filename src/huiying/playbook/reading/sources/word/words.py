"""The words of one paragraph: what a reader of the document sees, without deletions, notes and boxes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from huiying.playbook.reading.sources import limits, refusing
from huiying.playbook.reading.sources.word.package import W

DELETED = "deleted-text-left-out"
HIDDEN = "hidden-text-left-out"
BOX = "text-box-left-out"
NOTE = "note-left-out"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BOXED = f"{W}txbxContent"
TEXT = f"{W}t"
TEXTS = frozenset({TEXT, f"{M}t"})
VAL = f"{W}val"
# Seen through: what stands inside them is part of the line.
THROUGH = frozenset({
    f"{W}ins", f"{W}moveTo", f"{W}hyperlink", f"{W}smartTag", f"{W}sdt", f"{W}sdtContent", f"{W}customXml",
    f"{W}fldSimple", f"{W}dir", f"{W}bdo", f"{W}r", f"{W}ruby", f"{W}rubyBase", f"{M}oMath", f"{M}oMathPara", f"{M}r",
})  # fmt: skip
TAKEN_AWAY = frozenset({f"{W}del", f"{W}moveFrom"})
BREAKS = frozenset({f"{W}br", f"{W}cr"})
BOXES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"})
NOTES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
SIGNS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}


@dataclass
class Words:
    """The words of a paragraph with line ends in it, and what was left out, each with its sort."""

    said: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    pieces: int = 0

    def count(self) -> None:
        """One more piece. Raises CannotRead where one paragraph alone has more than a book."""
        self.pieces += 1
        if self.pieces > limits.MOST_PIECES:
            raise refusing.too_long()

    @property
    def text(self) -> str:
        """The words, lines apart."""
        return "".join(self.said)


def words_of(paragraph: etree._Element, into: Words | None = None) -> Words:
    """Read one paragraph, or go on with one whose end was deleted."""
    words = into or Words()
    waiting = [iter(paragraph)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in THROUGH:
            words.count()
            if not _is_hidden(element, words):
                waiting.append(iter(element))
        else:
            _read(element, words)
    return words


def ends_deleted(properties: etree._Element | None) -> bool:
    """Whether the end of this paragraph was deleted, so that the next one goes on in its line."""
    marks = properties.find(f"{W}rPr") if properties is not None else None
    return marks is not None and any(marks.find(tag) is not None for tag in TAKEN_AWAY)


def row_deleted(row: etree._Element) -> bool:
    """Whether this row of a table was deleted, and only stands there for comparison."""
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _read(element: etree._Element, words: Words) -> None:
    tag = element.tag
    if tag in TEXTS:
        words.said.append(element.text or "")
    elif tag in BREAKS:
        words.said.append("\n")
    elif tag in SIGNS:
        words.said.append(SIGNS[tag])
    elif tag == f"{W}sym":
        words.said.append(_symbol(element))
    elif tag in TAKEN_AWAY:
        _leave_out(words, DELETED, (each.text or "" for each in element.iter(f"{W}delText", TEXT)))
    elif tag in NOTES:
        words.left_out.append((NOTE, f"[{element.get(f'{W}id') or ''}]"))
    elif tag in BOXES:
        _read_boxes(element, words)


def _read_boxes(element: etree._Element, words: Words) -> None:
    """Say which words stand in a box beside the text; where there are two forms of it, those of the first."""
    choice = element.find(f"{MC}Choice") if element.tag == f"{MC}AlternateContent" else None
    for box in (choice if choice is not None else element).iter(BOXED):
        _leave_out(words, BOX, (each.text or "" for each in box.iter(TEXT)))


def _leave_out(words: Words, sort: str, texts: Iterator[str]) -> None:
    text = "".join(texts)
    if text.strip():
        words.left_out.append((sort, text))


def _is_hidden(run: etree._Element, words: Words) -> bool:
    marks = run.find(f"{W}rPr") if run.tag == f"{W}r" else None
    vanish = marks.find(f"{W}vanish") if marks is not None else None
    if vanish is None or vanish.get(VAL) in ("0", "false", "off"):
        return False
    _leave_out(words, HIDDEN, (each.text or "" for each in run.iter(TEXT)))
    return True


def _symbol(element: etree._Element) -> str:
    code = element.get(f"{W}char") or ""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
