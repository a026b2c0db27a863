"""What a page carries beside its text: the table of contents, page numbers, lines that head every page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

MOST_ENTRIES = 300
OFTEN = 4
_CONTENTS = re.compile(r"[\s#]*目[\s\u3000]*[录次錄][\s\u3000:：]*")
_LEADER = re.compile(r".{1,60}?(?:[.．…·—_-]{3,}|\t)[\s.．…·]*[（(]?\d{1,4}[）)]?\s*")
_PAGE = re.compile(
    r"[-–—\s]+\d{1,4}[-–—\s]+|第?\s?\d{1,4}\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?|\d{1,4}\s?/\s?\d{1,4}|共\s?\d{1,4}\s?页"
)
_NUMBER = re.compile(r"[\s.．…·\t]*\d{1,4}\s*$")
_SENTENCE_END = "。；，：！？"


def furniture_of(lines: Sequence[str]) -> frozenset[int]:
    """The indexes of lines that are no text of the plan."""
    return frozenset(_contents(lines)) | frozenset(_pages(lines)) | frozenset(_running_heads(lines))


def _contents(lines: Sequence[str]) -> Iterator[int]:
    """The heading 目录 and the entries below it: with dots and a page, or words that head the text again later."""
    for at, line in enumerate(lines):
        if line.strip() and _CONTENTS.fullmatch(line):
            entries = list(_entries(lines, at + 1))
            if entries:
                yield at
                yield from entries
            return


def _entries(lines: Sequence[str], begin: int) -> Iterator[int]:
    later = Counter(line.strip() for line in lines[begin:] if len(line) <= 60)
    seen: set[str] = set()
    for at in range(begin, min(len(lines), begin + MOST_ENTRIES)):
        words = lines[at].strip()
        if not words:
            continue
        title = _NUMBER.sub("", words)
        is_entry = bool(_LEADER.fullmatch(words)) or later[words] > 1 or (title != words and later[title] > 0)
        if not is_entry or words[-1] in _SENTENCE_END or words in seen:
            return
        seen.add(words)
        yield at


def _pages(lines: Sequence[str]) -> Iterator[int]:
    return (
        at
        for at, line in enumerate(lines)
        if len(line) <= 20 and line.strip() and _PAGE.fullmatch(line.strip())
    )


def _running_heads(lines: Sequence[str]) -> Iterator[int]:
    """A short line that stands right before or behind page numbers again and again."""
    pages = set(_pages(lines))
    if len(pages) < OFTEN:
        return
    near = [at for page in pages for at in (page - 1, page + 1) if 0 <= at < len(lines) and at not in pages]
    counts = Counter(lines[at].strip() for at in near)
    for at in near:
        words = lines[at].strip()
        if words and len(words) <= 40 and counts[words] >= OFTEN and words[-1] not in _SENTENCE_END:
            yield at
