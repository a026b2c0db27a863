"""Headings and what stands under them: each piece of the text becomes headings and blocks with a heading path."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from huiying.playbook.reading.furniture import furniture_of
from huiying.playbook.reading.headings import meaning
from huiying.playbook.reading.marks import FINAL, Mark, Opened, Outline
from huiying.playbook.reading.parts import Line
from huiying.playbook.reading.pieces import Piece, line_ranges, pieces_of
from huiying.playbook.reading.runon import title_length
from huiying.playbook.reading.sentences import sentences
from huiying.playbook.reading.wording import is_duty_line, is_role_line

LONGEST_HEADING = 40
_INSIDE_SENTENCE = re.compile(r"[。；;，！？!]")
_INTRODUCES = re.compile(r"(?:包括|如下|以下[^：]{0,12}|下列[^：]{0,12}|为|有)：$")
_DANGLING = re.compile(r"(?:(?<=[。；！])|(?<=^))\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）]?[.、]?)\s*$")
_LIST_FOLLOWS = re.compile(r"(?:包括|以下[^，]{0,8}|下列[^，]{0,8}|如下|问题及[^，]{0,6})：$")
_SAYS = re.compile(r"适用|成立|设立|做好|准备|建立|负责|组织|[应需要须](?!急)|启动|进行")
_ANNEX = re.compile(r"附件|附录|附则|注意事项|特殊|特别|增加|说明|其他")


class Part(StrEnum):
    """What a stretch of text is: a title, a heading, words of the plan, or something that only looks like text."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text, what it is, and the headings above it; `words` is where it begins behind its ordinal."""

    start: int
    end: int
    words: int
    part: Part
    path: tuple[str, ...] = ()
    style: str = ""
    sure: float = 1.0
    follows: bool = False


def blocks_of(text: str, lines: tuple[Line, ...], title: str = "") -> list[Block]:
    """Every block in order; nothing of the text is lost between them but space."""
    aside = dict(_aside(text))
    pieces = pieces_of(text, lines, frozenset(aside))
    walk = _Walk(text, [piece for piece in pieces if piece.start not in aside], title)
    for index in range(len(walk.pieces)):
        walk.step(index)
    blocks = _without_dangling(text, walk.blocks)
    left = (Block(start, end, start, Part.LEFT_OUT) for start, end in aside.items())
    return sorted((*blocks, *left), key=lambda block: block.start)


def _aside(text: str) -> Iterator[tuple[int, int]]:
    """Where the contents, page numbers and running heads stand."""
    ranges = list(line_ranges(text))
    found = furniture_of([text[start:end] for start, end in ranges])
    return ((start, end) for at, (start, end) in enumerate(ranges) if at in found and start < end)


def _without_dangling(text: str, blocks: list[Block]) -> list[Block]:
    """An ordinal with nothing behind it at the very end is no clause."""
    last = blocks[-1] if blocks else None
    found = _DANGLING.search(text, last.words, last.end) if last and last.part is Part.BODY else None
    if last is None or found is None:
        return blocks
    left = Block(found.start(), last.end, last.end, Part.LEFT_OUT, last.path)
    whole = replace(last, end=found.start())
    return [*blocks[:-1], *([whole] if whole.end > whole.words else []), left]


class _Walk:
    """One pass over the pieces with the outline of what is open."""

    def __init__(self, text: str, pieces: list[Piece], title: str) -> None:
        self.text = text
        self.pieces = pieces
        self.names = frozenset(title[i : i + 2] for i in range(len(title) - 1)) - {"管理", "应急", "工作"}
        self.names |= {"应急"} if "应急" in title else frozenset()
        self.outline = Outline()
        self.blocks: list[Block] = []
        self.title = title

    def step(self, index: int) -> None:
        piece = self.pieces[index]
        words = self.text[piece.body : piece.end]
        if "\t" not in words:
            self.outline.close_to("table")
        if piece.heading and len(words) <= 2 * LONGEST_HEADING and not words.endswith("。"):
            self._file_heading(piece, words, index)
        elif not self.outline.open and not self._has_words() and self._is_title(piece, words, index):
            self._add(piece, Part.TITLE)
        elif piece.mark and not piece.run_on:
            self._numbered(piece, words, index)
        elif piece.run_on:
            self._run_on(piece, index)
        else:
            self._plain(piece, words, index)

    def _has_words(self) -> bool:
        return any(block.part is Part.BODY for block in self.blocks[:40])

    def _next(self, index: int) -> Piece | None:
        return self.pieces[index + 1] if index + 1 < len(self.pieces) else None

    def _add(
        self,
        piece: Piece,
        part: Part,
        *,
        start: int = -1,
        end: int = -1,
        words: int = -1,
        follows: bool = False,
    ) -> None:
        style = piece.mark.style if piece.mark else ""
        first = piece.start if start < 0 else start
        self.blocks.append(
            Block(
                first,
                piece.end if end < 0 else end,
                (piece.body if first == piece.start else first) if words < 0 else words,
                part,
                self.outline.path,
                style,
                follows=follows,
            )
        )

    def _is_title(self, piece: Piece, words: str, index: int) -> bool:
        """The first lines of a document that stand alone and end in nothing."""
        if piece.mark or piece.run_on or index > 8 or len(words) > 60 or words[-1] in FINAL:
            return False
        return not meaning(words).kinds or "预案" in words[-6:]

    def _file_heading(self, piece: Piece, words: str, index: int) -> None:
        style = f"file{piece.heading}"
        while self.outline.open and not "file1" <= self.outline.open[-1].style < style:
            self.outline.open.pop()
        is_title = index <= 2 and not piece.mark and not meaning(words).kinds
        self._add(piece, Part.TITLE if is_title else Part.HEADING)
        if not is_title:
            lead = (piece.mark.lead or piece.mark.value) if piece.mark else 0
            self.outline.open.append(Opened(style, lead, _title_of(words)))

    def _numbered(self, piece: Piece, words: str, index: int) -> None:
        mark = piece.mark
        assert mark is not None
        sibling_is_item = self._sibling_is_item(mark)
        self.outline.take(mark)
        if self._is_heading(mark, words, index) and not sibling_is_item:
            self.outline.open.pop()
            self._add(piece, Part.HEADING)
            self.outline.open.append(Opened(mark.style, mark.value, _title_of(words), mark.lead))
        else:
            self._sentences(piece, piece.body)

    def _sibling_is_item(self, mark: Mark) -> bool:
        """Whether the part before it in the same numbering carried no title, so that this one carries none."""
        index = self.outline.index_of(mark.style)
        if (
            index is None
            or mark.value == 1
            or mark.style in ("cn", "chapter", "section", "cnp", "annex")
            or mark.depth
        ):
            return False
        opened = self.outline.open[index]
        return opened.value == mark.value - 1 and not opened.title

    def _is_heading(self, mark: Mark, words: str, index: int) -> bool:
        plain = words.removesuffix("：").strip()
        if not plain or mark.style in ("dash", "article") or "\t" in words:
            return False
        if len(words) > LONGEST_HEADING or _INSIDE_SENTENCE.search(words):
            return False
        if is_role_line(words) or (_INTRODUCES.search(words) and "，" in words):
            return False
        if mark.style in ("chapter", "section", "annex"):
            return True
        follows = self._next(index)
        known = bool(meaning(plain).kinds)
        outer = mark.style in ("cn", "cnp") or mark.depth
        if not self._has_inside(mark, follows):
            return bool(known and outer and self._between_headings(mark))
        return bool(known or outer or words.endswith("：") or len(plain) <= 25)

    def _between_headings(self, mark: Mark) -> bool:
        """An empty heading: known words, in a numbering whose other parts are headings."""
        return mark.value > 1 and any(
            block.part is Part.HEADING and block.style == mark.style for block in self.blocks[-200:]
        )

    def _has_inside(self, mark: Mark, follows: Piece | None) -> bool:
        """Whether what follows stands inside this part."""
        if follows is None or follows.heading:
            return False
        if follows.mark is None:
            return True
        if mark.depth and follows.mark.depth:
            return (follows.mark.depth > mark.depth and follows.mark.lead == mark.lead) or False
        if mark.style == "num" and follows.mark.depth:
            return follows.mark.lead == mark.value
        return follows.mark.style not in {opened.style for opened in self.outline.open}

    def _plain(self, piece: Piece, words: str, index: int) -> None:
        if "\t" in words:
            self._row(piece, words, index)
        elif self._is_plain_heading(words, index):
            self._place_plain(words, index)
            self._add(piece, Part.HEADING)
            self.outline.open.append(Opened("plain", 0, _title_of(words)))
        else:
            self._sentences(piece, piece.body)

    def _row(self, piece: Piece, words: str, index: int) -> None:
        """A line of a table; the first, where it holds no figure, heads the others."""
        follows = self._next(index)
        is_head = self.outline.index_of("table") is None and not re.search(r"\d{2}", words)
        if is_head and follows and "\t" in self.text[follows.start : follows.end]:
            self._add(piece, Part.HEADING)
            self.outline.open.append(Opened("table", 0, " ".join(words.split())))
        else:
            self._add(piece, Part.BODY)

    def _is_plain_heading(self, words: str, index: int) -> bool:
        if len(words) > LONGEST_HEADING - 10 or _INSIDE_SENTENCE.search(words) or self._next(index) is None:
            return False
        if is_role_line(words) or (_INTRODUCES.search(words) and not _ANNEX.search(words)):
            return False
        follows = self.pieces[index + 1]
        if words.endswith("："):
            is_list = follows.mark is not None and (follows.mark.style == "dash" or follows.mark.value == 1)
            return is_list or is_duty_line(words) or bool(meaning(words).kinds)
        return (
            bool(meaning(words).kinds)
            and not self._is_listed(index)
            and ":" not in words
            and "：" not in words
        )

    def _is_listed(self, index: int) -> bool:
        """Whether short lines stand before or behind it, so that it is one line of a list."""
        near = [self.pieces[at] for at in (index - 1, index + 1) if 0 <= at < len(self.pieces)]
        return any(self._is_short(piece) for piece in near if piece.mark is None and not piece.heading) or (
            index > 0 and self.text[self.pieces[index - 1].end - 1] == "："
        )

    def _is_short(self, piece: Piece) -> bool:
        words = self.text[piece.start : piece.end]
        is_heading = (
            bool(self.blocks)
            and self.blocks[-1].start == piece.start
            and self.blocks[-1].part is not Part.BODY
        )
        return (
            len(words) <= 20 and not _INSIDE_SENTENCE.search(words) and "：" not in words and not is_heading
        )

    def _place_plain(self, words: str, index: int) -> None:
        """An un-numbered heading closes what its own list numbers anew, or everything where it opens an annex."""
        follows = self.pieces[index + 1].mark
        self.outline.close_to("plain")
        if _ANNEX.search(words):
            self.outline.open.clear()
        elif follows is not None and follows.value == 1 and self.outline.index_of(follows.style) is not None:
            self.outline.close_to(follows.style)
        else:
            while self.outline.open and not self.outline.open[-1].title:
                self.outline.open.pop()

    def _run_on(self, piece: Piece, index: int) -> None:
        """A piece cut from a line that holds many: its title, if it has one, and then its sentences."""
        length = 0
        begin = piece.body
        if piece.mark:
            outer = piece.mark.style in ("cn", "cnp", "chapter", "section") or bool(piece.mark.depth)
            if self._is_bare_heading(piece, index):
                length = piece.end - begin
            else:
                length = title_length(self.text, begin, piece.end, outer=outer, names=self.names)
            title = _title_of(self.text[begin : begin + length])
            self.outline.take(piece.mark)
            if length:
                self.outline.open.pop()
                self._add(piece, Part.HEADING, end=begin + length)
                self.outline.open.append(Opened(piece.mark.style, piece.mark.value, title, piece.mark.lead))
        elif not self.blocks:
            begin = self._run_on_title(piece)
        self._sentences(piece, begin + length if piece.mark else begin)

    def _is_bare_heading(self, piece: Piece, index: int) -> bool:
        words = self.text[piece.body : piece.end]
        if not words or len(words) > LONGEST_HEADING or _INSIDE_SENTENCE.search(words) or piece.mark is None:
            return False
        follows = self._next(index)
        return follows is not None and (follows.mark is None or follows.mark.style != piece.mark.style)

    def _run_on_title(self, piece: Piece) -> int:
        """The document's title at the head of its only line."""
        window = self.text[piece.start : min(piece.end, piece.start + 60)]
        names = (self.title,) if self.title else ()
        length = next((len(name) for name in names if name and window.startswith(name)), 0)
        found = re.match(
            r"[^，。；：]{2,40}?(?:应急预案|预案|管理制度|工作方案|处置方案)(?![的》（）编制由是在])", window
        )
        length = length or (found.end() if found else 0)
        if length:
            self._add(piece, Part.TITLE, end=piece.start + length)
        return piece.start + length

    def _sentences(self, piece: Piece, begin: int) -> None:
        """The sentences of a piece; its ordinal belongs to the first."""
        cuts = list(sentences(self.text, begin, piece.end))
        if not cuts and begin == piece.body and piece.mark:
            self._add(piece, Part.LEFT_OUT)
        for number, (start, end) in enumerate(cuts):
            first = piece.start if number == 0 and begin == piece.body else start
            part = Part.LEFT_OUT if _announces(self.text[start:end].strip()) else Part.BODY
            self._add(piece, part, start=first, end=end, words=start, follows=number > 0)


def _announces(words: str) -> bool:
    """Words that only announce a list and say nothing themselves: 具体步骤包括："""
    return bool(
        words.endswith("：") and len(words) <= 40 and _LIST_FOLLOWS.search(words) and not _SAYS.search(words)
    )


def _title_of(words: str) -> str:
    return words.strip().rstrip("：:。 ")
