"""Web pages: each block a line, a table row a line with its cells apart; scripts, styles and the way around left out."""

import re
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from huiying.playbook.reading.parts import Source
from huiying.playbook.reading.sources import numerals, refusing
from huiying.playbook.reading.sources.gathering import Gathered
from huiying.rules.words import N_

PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--(?:(?!-->).){0,2000}+-->\s*+)*+<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
FRAGMENT = re.compile(
    r"\s*+<(?:div|p|table|h[1-6]|span|article|section|main|center|font|ul|ol|br|style|script|strong|b)\b[^<>]*>",
    re.IGNORECASE,
)
DECLARATION = re.compile(r"^\s*+<\?xml[^>]*>")
BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "tr", "ul", "td", "th", "html",
})  # fmt: skip
LEFT_OUT = frozenset({
    "head", "script", "style", "noscript", "template", "nav", "aside", "footer", "button", "select",
    "option", "input", "textarea", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map",
    "rp", "rt", "menu", "datalist", "title",
})  # fmt: skip
HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十百〇零\d]{1,4}[)）、.．]|第.{1,4}[条章节]|[•·●▪■◆\-–—]")
CHINESE_COUNT = re.compile(r"cjk-ideographic|simp-chinese|trad-chinese|cjk-decimal", re.IGNORECASE)
COUNTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
WRAPPED = re.compile(rf"(?<={WIDE})[ \t]*+[\r\n]\s*+(?={WIDE})")
BLANKS = re.compile(r"[ \t\r\n\f]+")
# What the parser says when it gives up within a page; what it mends without loss is no matter.
GAVE_UP = re.compile(r"excessive depth|too deep|huge|out of memory", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Whether a text is a web page from its beginning."""
    return PAGE.match(text) is not None


def is_fragment(text: str) -> bool:
    """Whether a text begins with a tag of a web page, as a copied part of one does."""
    return FRAGMENT.match(text) is not None


def source_of(text: str, name: str) -> Source:
    """The lines of a web page. Raises CannotRead: nothing in it, or nested beyond reading."""
    walk = _Walk()
    for event, element in etree.iterwalk(_root(text), events=("start", "end", "comment", "pi")):
        if event == "start":
            walk.enter(element)
        elif event == "end":
            walk.leave(element)
        else:
            walk.say(element.tail)
    walk.end_line()
    return walk.gathered.source(name)


def _root(text: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    content = DECLARATION.sub("", text).encode("utf-8", "replace")
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError:
        raise refusing.damaged(N_("网页")) from None
    if root is None:
        raise refusing.without_text()
    if any(GAVE_UP.search(entry.message) for entry in parser.error_log):
        raise refusing.damaged(N_("网页"))
    return root


@dataclass
class _List:
    """A list on its way: how its items are counted, and how far."""

    count: str
    number: int
    step: int = 1

    def marker(self, element: etree._Element) -> str:
        """The marker of the next item, with the blank after it."""
        if not self.count:
            return "• "
        self.number = _whole(element.get("value"), self.number)
        marker = numerals.written(self.number, self.count)
        self.number += self.step
        return marker + ("、" if self.count == numerals.CHINESE else ". ")


@dataclass
class _Walk:
    """One pass over the page from tag to tag."""

    gathered: Gathered = field(default_factory=Gathered)
    _words: list[str] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _marker: str = ""
    _depth: int = 0
    _skipped: etree._Element | None = None
    _row: list[str] | None = None
    _literal: int = 0

    def enter(self, element: etree._Element) -> None:
        """A tag opens."""
        if self._skipped is not None:
            return
        if _is_left_out(element):
            self._skipped = element
            return
        if element.tag in BLOCKS:
            self.end_line()
        self._open(element)
        self.say(element.text)

    def leave(self, element: etree._Element) -> None:
        """A tag closes."""
        if self._skipped is None:
            self._close(element)
        elif self._skipped is element:
            self._skipped = None
        self.say(element.tail)

    def say(self, words: str | None) -> None:
        """Words between tags."""
        if words and self._skipped is None:
            self._words.append(words)

    def end_line(self) -> None:
        """What was said so far is a line, or a part of a cell."""
        if self._row is not None:
            self._words.append(" ")
            return
        words, self._words = "".join(self._words), []
        for line in words.split("\n") if self._literal else [words]:
            self._put(_even(line))

    def _put(self, text: str) -> None:
        if not text:
            return
        marker, self._marker = self._marker, ""
        self.gathered.add(text if ORDINAL.match(text) else marker + text, heading=self._depth)

    def _open(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in ("ol", "ul"):
            self._lists.append(_list(element))
        elif tag == "li":
            self._marker = self._lists[-1].marker(element) if self._lists else "• "
        elif tag in HEADINGS:
            self._depth = HEADINGS[tag]
        elif tag == "pre":
            self._literal += 1
        elif tag == "tr" and self._row is None and _is_row(element):
            self._row = []

    def _close(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in ("td", "th") and self._row is not None:
            self._row.append(_even("".join(self._words)))
            self._words = []
        elif tag == "tr" and self._row is not None:
            cells, self._row, self._words = self._row, None, []
            self._put("\t".join(cells) if any(cells) else "")
        elif tag in BLOCKS:
            self.end_line()
        if tag in ("ol", "ul") and self._lists:
            self._lists.pop()
        elif tag in HEADINGS:
            self._depth = 0
        elif tag == "pre":
            self._literal -= 1
        elif tag == "li":
            self._marker = ""


def _is_left_out(element: etree._Element) -> bool:
    tag = element.tag
    if tag in LEFT_OUT or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.get("role") in ("navigation", "search") or HIDDEN.search(element.get("style") or ""):
        return True
    return tag == "header" and next(element.iterdescendants(*HEADINGS), None) is None


def _is_row(element: etree._Element) -> bool:
    """Whether a table row holds cells of words; pages were once laid out by tables, and those rows hold everything."""
    cells = sum(child.tag in ("td", "th") for child in element)
    return cells > 1 and next(element.iterdescendants("table", *HEADINGS), None) is None


def _list(element: etree._Element) -> _List:
    if element.tag == "ul":
        return _List("", 0)
    style = f"{element.get('style') or ''} {element.get('type') or ''}"
    count = (
        numerals.CHINESE if CHINESE_COUNT.search(style) else COUNTS.get(element.get("type") or "", "decimal")
    )
    step = -1 if element.get("reversed") is not None else 1
    first = len(element.findall("li")) if step < 0 else 1
    return _List(count, _whole(element.get("start"), first), step)


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", said) else otherwise


def _even(words: str) -> str:
    """Blanks made one; a line end of the page's source between two Chinese characters is none."""
    return BLANKS.sub(" ", WRAPPED.sub("", words)).strip()
