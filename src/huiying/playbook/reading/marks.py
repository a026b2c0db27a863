"""Ordinals: how Chinese documents number their parts, and which of those seen in a sentence are meant so."""

import re
from dataclasses import dataclass, field

_CN = "一二三四五六七八九十"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_CJK = "\u3400-\u9fff"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_STYLES = {
    "chapter": rf"第(?P<chapter>[{_CN}百零〇\d]{{1,5}})(?:[编篇章]|部分)[ \u3000、：:．.]*",
    "section": rf"第(?P<section>[{_CN}百零〇\d]{{1,5}})节[ \u3000、：:．.]*",
    "article": rf"第(?P<article>[{_CN}百零〇\d]{{1,5}})条[ \u3000、：:]*",
    "annex": rf"附(?P<annex>[件录表图][ \u3000]?[{_CN}\d]{{0,3}}(?:-\d)?)(?:(?<=\d)|(?<=[{_CN}])|(?=[\s：:]|"
    rf"$))[ \u3000：:、.]*",
    "cnp": rf"[（(](?P<cnp>[{_CN}]{{1,3}})[)）][、.．：:]?[ \u3000]*",
    "cn": rf"(?P<cn>[{_CN}]{{1,3}})(?:[ \u3000]?[、．.][ \u3000]*|[ \u3000]+(?=[{_CJK}]))",
    "dec": rf"(?P<dec>\d{{1,2}}(?:\.\d{{1,2}}){{1,5}})(?:[.、]?[ \t\u3000]+|[、.]|"
    rf"(?=[{_CJK}《“])(?![米吨元度倍万亿级平公千克厘毫小时天年月日以个])|$)",
    "num": r"(?P<num>\d{1,3})[.、][ \t\u3000]*(?!\d)",
    "plain": rf"(?P<plain>\d{{1,2}})[ \u3000]+(?=[{_CJK}])(?!\S{{1,4}}[ \u3000]\d)",
    "paren": r"[（(](?P<paren>\d{1,3})[)）][、.]?[ \u3000]*",
    "half": r"(?P<half>\d{1,3})[)）][、.]?[ \u3000]*",
    "circle": rf"(?P<circle>[{_CIRCLES}])[、.]?[ \u3000]*",
    "letter": r"(?P<letter>[a-zA-Z])[.)、）][ \u3000]*(?![a-zA-Z])",
    "dash": r"(?P<dash>[-–—•·●○■□◆◇▪►➢✓*＊§]{1,2})[ \t\u3000]*(?=[^\d\s-])",
}
_AT_LINE = re.compile("|".join(_STYLES.values()))
_INSIDE = re.compile(
    "|".join(
        _STYLES[style]
        for style in ("chapter", "section", "article", "cnp", "cn", "dec", "num", "plain", "paren", "circle")
    )
)
FINAL = "。；！？：”）〉》;:!?"
NOT_AN_ORDINAL = re.compile(r"[项款条种类级个点款年月日时分号楼层页%％]")
REFERS = "第按照据见如附在由从至到与和及、，（(-—~～"


@dataclass(frozen=True, slots=True)
class Mark:
    """An ordinal: its style, its value (0 for dashes), where it begins and ends; `lead` is the 1 of 1.2.3."""

    style: str
    value: int
    start: int
    end: int
    lead: int = 0

    @property
    def depth(self) -> int:
        """How many figures a decimal number has (1.2.3 has three); 0 for other styles."""
        return int(self.style[3:]) if self.style.startswith("dec") else 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A part that is open: how it is numbered, how far the numbering has come, and its title where it is a heading."""

    style: str
    value: int
    title: str = ""
    lead: int = 0

    @property
    def depth(self) -> int:
        """The figures of a decimal number; 0 for other styles."""
        return int(self.style[3:]) if self.style.startswith("dec") else 0


@dataclass(slots=True)
class Outline:
    """The parts open at a point of the document, outermost first."""

    open: list[Opened] = field(default_factory=list)
    articles: int = 0  # they are numbered through, whatever chapter they stand in

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above this point, outermost first."""
        return tuple(opened.title for opened in self.open if opened.title)

    def index_of(self, style: str) -> int | None:
        """Where the innermost numbering of that style is open."""
        return next((i for i in range(len(self.open) - 1, -1, -1) if self.open[i].style == style), None)

    def expects(self, mark: Mark) -> bool:
        """Whether the mark is the next of an open numbering, or the first of a new one."""
        if mark.style == "article":
            return mark.value == self.articles + 1
        index = self.index_of(mark.style)
        if index is None:
            return mark.value == 1 and mark.lead in (0, 1, *(opened.value for opened in self.open))
        opened = self.open[index]
        if mark.value == 1 and mark.depth > 1:
            return mark.lead >= opened.lead
        return mark.value == opened.value + 1 and (mark.depth < 2 or mark.lead == opened.lead)

    def take(self, mark: Mark, title: str = "") -> None:
        """Go to this mark: whatever was open inside its numbering is closed."""
        if mark.style == "article":
            self.articles = mark.value
        index = self.index_of(mark.style)
        if mark.style in OUTERMOST:
            self.open = [opened for opened in self.open if opened.style in _ABOVE.get(mark.style, ())]
        elif mark.depth:
            self._close_for_decimal(mark)
        elif index is not None and not self._is_nested_anew(mark, index):
            del self.open[index:]
        self.open.append(Opened(mark.style, mark.value, title, mark.lead))

    def _close_for_decimal(self, mark: Mark) -> None:
        while self.open and not (
            0 < self.open[-1].depth < mark.depth
            or (self.open[-1].style.startswith(("num", "file")) and self.open[-1].value == mark.lead)
        ):
            self.open.pop()

    def _is_nested_anew(self, mark: Mark, index: int) -> bool:
        """A list from 1 below a decimal heading, where the same style also numbers the chapters."""
        return mark.value == 1 and any(opened.depth for opened in self.open[index + 1 :])

    def close_to(self, style: str) -> None:
        """Close the innermost numbering of that style with all that is inside it."""
        index = self.index_of(style)
        if index is not None:
            del self.open[index:]


OUTERMOST = frozenset({"chapter", "annex"})
_ABOVE = {"article": ("chapter",)}


def number_of(words: str) -> int:
    """The value of 十二, 二十, 12 or ③."""
    if words.isdecimal() and words.isascii():
        return int(words)
    if words in _CIRCLES:
        return _CIRCLES.index(words) + 1 if words else 0
    total = 0
    digit = 0
    for char in words:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit


def mark_at(text: str, start: int, end: int) -> Mark | None:
    """The ordinal with which a line begins, or None."""
    found = _AT_LINE.match(text, start, end)
    return _mark(found) if found else None


def marks_inside(text: str, start: int, end: int) -> list[Mark]:
    """Everything in a line that looks like an ordinal, for the outline to judge."""
    return [_mark(found) for found in _INSIDE.finditer(text, start, end)]


def _mark(found: re.Match[str]) -> Mark:
    style = found.lastgroup or ""
    words = found[style]
    if style == "dec":
        figures = words.split(".")
        return Mark(f"dec{len(figures)}", int(figures[-1]), found.start(), found.end(), int(figures[0]))
    if style == "annex":
        return Mark(style, number_of(words[1:].strip().split("-")[0]), found.start(), found.end())
    if style == "plain":
        return Mark("dec1", int(words), found.start(), found.end(), int(words))
    if style == "letter":
        return Mark(style, ord(words.lower()) - ord("a") + 1, found.start(), found.end())
    return Mark(style, 0 if style == "dash" else number_of(words), found.start(), found.end())
