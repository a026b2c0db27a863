"""From the lines of a document to its clauses: cleaned, cut into blocks, sorted into kinds, each tied to its lines."""

import re
from collections import Counter
from collections.abc import Iterator

from huiying.playbook.reading.blocks import Block, Part, blocks_of
from huiying.playbook.reading.cleaning import Clean, clean
from huiying.playbook.reading.cut_off import cut_off_evidence
from huiying.playbook.reading.facts import lacks_what_it_needs
from huiying.playbook.reading.is_plan import why_no_plan
from huiying.playbook.reading.lacking import lacking
from huiying.playbook.reading.names import without_names
from huiying.playbook.reading.parts import (
    CannotRead,
    LeftOut,
    ReadClause,
    ReadHeading,
    Reading,
    ReadKind,
    Source,
)
from huiying.playbook.reading.slides import slides_of
from huiying.playbook.reading.sorting import Sorted, kind_of, kind_of_heading
from huiying.rules.words import N_

_NO_WORDS = N_("文件里没有可以读的文字。")
_RECOGNISE = N_("如果是扫描件，请先做文字识别；否则请换一份带文字的文件。")
LONGEST_NAME = 100
_LABEL = re.compile(r"([^，。；：、！？\s]{2,16})：|([^，。；：！？\s]{2,15})。(?=.)")
_ANNOUNCES = re.compile(r"(?:印发|发布|转发|公布)[^《]{0,10}《([^》]*(?:预案|方案|制度))》")
_INCIDENTS = re.compile(r"事件|事故|灾害|险情|情形|突发")
_LEADS_TO_PAGE = re.compile(r"[.…·]{3,}[\s.…·]*\d+$")
_NEEDS_MORE = 0.7


def read_source(source: Source) -> Reading:
    """Understand the lines of a document. Raises CannotRead where there is nothing to read."""
    cleaned = clean(source)
    text = cleaned.read.text
    if not text.strip():
        raise CannotRead(_NO_WORDS, remedy=_RECOGNISE, rule="plan-file-empty")
    blocks = slides_of(text) or blocks_of(text, cleaned.sheet.lines, cleaned.site_title)
    return _Understanding(cleaned, blocks).reading(source.name)


class _Understanding:
    """The blocks of one document on their way to clauses."""

    def __init__(self, cleaned: Clean, blocks: list[Block]) -> None:
        self.cleaned = cleaned
        self.text = cleaned.read.text
        self.blocks = blocks
        self.has_headings = any(block.part is Part.HEADING for block in blocks)
        self.announced: tuple[tuple[str, ...], int] | None = None
        self.counts: Counter[ReadKind] = Counter()

    def reading(self, name: str) -> Reading:
        """Everything that was understood."""
        clauses = tuple(self._clauses())
        title = self._title(name)
        return Reading(
            title=title,
            clauses=clauses,
            doubt=why_no_plan(title, clauses),
            missing=lacking(clauses),
            repairs=self.cleaned.repairs,
            cut_off=(*self.cleaned.cut_off, *cut_off_evidence(self.text, self.blocks)),
            passed_over=self.cleaned.passed_over,
            headings=tuple(self._headings()),
            left_out=tuple(self._left_out()),
        )

    def _clauses(self) -> Iterator[ReadClause]:
        last: tuple[tuple[str, ...], Sorted] | None = None
        for block in self.blocks:
            if block.part is not Part.BODY:
                continue
            found = self._kind(block)
            if block.follows and found.fallback and last and last[0] == block.path:
                found = Sorted(last[1].kind, min(found.sure, last[1].sure))
            if self._lists_types(block, found):
                found = Sorted(ReadKind.INCIDENT_TYPE, found.sure)
            last = (block.path, found)
            yield self._clause(block, found)

    def _lists_types(self, block: Block, found: Sorted) -> bool:
        """Whether the words stand in a list of incidents that the scope announced: 适用于下列事件："""
        announced = self.announced if self.announced and self.announced[0] == block.path else None
        words = self._words(block)
        if found.kind is ReadKind.SCOPE and words.endswith("：") and _INCIDENTS.search(words):
            self.announced = (block.path, block.start)
        return announced is not None and found.kind is ReadKind.SCOPE and not words.endswith("：")

    def _kind(self, block: Block) -> Sorted:
        return kind_of(self._words(block), block.path, preamble=not block.path and self.has_headings)

    def _heading_kind(self, index: int) -> ReadKind | None:
        """The kind of a heading that is a clause as well; one over further headings only heads them."""
        block = self.blocks[index]
        title = self._words(block).rstrip("：: ")
        follows = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if follows is None or block.sure < 1:
            return None
        inside = follows.path == (*block.path, title)
        holds_text = inside and follows.part is Part.BODY and not self._has_headings(index)
        return kind_of_heading(title, block.path, holds_text=holds_text)

    def _has_headings(self, index: int) -> bool:
        depth = len(self.blocks[index].path)
        for at in range(index + 1, len(self.blocks)):
            block = self.blocks[at]
            if len(block.path) <= depth:
                return False
            if block.part is Part.HEADING:
                return True
        return False

    def _clause(self, block: Block, found: Sorted) -> ReadClause:
        words = self._words(block)
        written = self.cleaned.written[block.words : block.end].strip()
        sure = min(found.sure, block.sure, _NEEDS_MORE if lacks_what_it_needs(found.kind, words) else 1)
        if found.kind is ReadKind.ROLE:
            words, named = without_names(words)
            written = words if named else written
            sure = min(sure, _NEEDS_MORE) if named else sure
        return ReadClause(
            id=self._id(found.kind),
            kind=found.kind,
            text=words,
            lines=self._lines(block),
            span=self._span(block),
            title=_label(words),
            confidence=round(sure, 2),
            path=block.path,
            numbered=self.text[block.start : block.words].strip()[:12],
            written="" if written == words else written,
        )

    def _words(self, block: Block) -> str:
        return self.text[block.words : block.end].strip()

    def _edges(self, block: Block) -> tuple[int, int]:
        """The block without the space around it, in places of the sheet."""
        words = self.text[block.start : block.end]
        start = block.start + len(words) - len(words.lstrip())
        return self.cleaned.read.places(start, max(start + 1, block.start + len(words.rstrip())))

    def _lines(self, block: Block) -> tuple[int, int]:
        start, end = self._edges(block)
        sheet = self.cleaned.sheet
        return sheet.line_at(start).number, sheet.line_at(max(start, end - 1)).number

    def _span(self, block: Block) -> tuple[int, int] | None:
        return self.cleaned.sheet.span(*self._edges(block))

    def _title(self, name: str) -> str:
        """The document's own title, or the site's, or a first heading that is one, or the name of the file."""
        own = next((self._words(block) for block in self.blocks if block.part is Part.TITLE), "")
        first = next((self._words(block) for block in self.blocks if block.part is Part.HEADING), "")
        named = first if re.search(r"(?:预案|方案|制度)$", first) else ""
        if announced := _ANNOUNCES.search(own):
            own = announced[1]
        found = own or self.cleaned.site_title or named or re.sub(r"\.\w{1,5}$", "", name)
        return re.sub(r"\s+", " ", found)[:LONGEST_NAME].strip()

    def _headings(self) -> Iterator[ReadHeading]:
        before = 0
        for index, block in enumerate(self.blocks):
            before += block.part is Part.BODY
            if block.part not in (Part.TITLE, Part.HEADING):
                continue
            kind = self._heading_kind(index) if block.part is Part.HEADING else None
            yield ReadHeading(
                self._words(block),
                self._lines(block),
                self._span(block),
                block.path,
                kind,
                self._id(kind),
                before,
            )

    def _id(self, kind: ReadKind | None) -> str:
        if kind is None:
            return ""
        self.counts[kind] += 1
        return f"{kind.value.replace('_', '-')}-{self.counts[kind]}"

    def _left_out(self) -> Iterator[LeftOut]:
        for block in self.blocks:
            if block.part is Part.LEFT_OUT:
                yield LeftOut(_why_left_out(self._words(block)), self._lines(block), self._span(block))


def _why_left_out(words: str) -> str:
    if "目录" in words or _LEADS_TO_PAGE.search(words):
        return "contents"
    return "announcement" if words.endswith("：") else "filler"


def _label(words: str) -> str:
    """The short name with which a clause begins: up to its colon, or a few words closed like a title."""
    found = _LABEL.match(words)
    return (found[1] or found[2]) if found else ""
