"""Text that knows where each of its characters stood before anything was mended."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from huiying.playbook.reading.parts import Line, Span

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a document laid one after another: from a place on it to the line and the raw character."""

    lines: tuple[Line, ...]
    begins: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Sheet":
        """Lay the lines out, a line break between each two."""
        begins = accumulate((len(line.text) + 1 for line in lines), initial=0)
        return cls(tuple(lines), tuple(begins)[: len(lines)])

    def line_at(self, place: int) -> Line:
        """The line on which this place lies."""
        return self.lines[self._index(place)]

    def _index(self, place: int) -> int:
        return max(0, bisect_right(self.begins, place) - 1)

    def raw(self, place: int) -> int | None:
        """The character of the file that this place stands for, where the format knows it."""
        index = self._index(place)
        start = self.lines[index].start
        return None if start is None else start + place - self.begins[index]

    def span(self, start: int, end: int) -> Span | None:
        """The raw characters from one place up to another."""
        first, last = self.raw(start), self.raw(max(start, end - 1))
        return None if first is None or last is None or last < first else (first, last + 1)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text after some mending; for each character the places on the sheet from which, and up to which, it came."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "Mapped":
        """The text before any mending."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    def places(self, start: int, end: int) -> Span:
        """The places that the characters from `start` up to `end` came from; `end` is past at least one."""
        return self.starts[start], self.ends[end - 1]

    def with_edits(self, edits: Iterable[Edit]) -> "Mapped":
        """The text with parts replaced (in order, not overlapping); what is removed belongs to the character before it."""
        chars: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, new in edits:
            chars.append(self.text[done:start])
            starts.extend(self.starts[done:start])
            ends.extend(self.ends[done:start])
            _put(self, (start, end, new), starts, ends)
            chars.append(new)
            done = end
        if not chars:
            return self
        chars.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return Mapped("".join(chars), starts, ends)

    def rewritten(self, text: str) -> "Mapped":
        """The same places under another text of the same length."""
        assert len(text) == len(self.text)
        return Mapped(text, self.starts, self.ends)


def _put(old: Mapped, edit: Edit, starts: list[int], ends: list[int]) -> None:
    """Say where the new characters of an edit came from: each from its share of the old ones, so that none overlap."""
    start, end, new = edit
    count = end - start
    if not new and ends and end > start:
        ends[-1] = max(ends[-1], old.ends[end - 1])
    for number in range(len(new)):
        first = start + min(count - 1, number * count // len(new))
        last = start + max(first - start, (number + 1) * count // len(new) - 1)
        starts.append(old.starts[first])
        ends.append(old.ends[last])
