"""Slide decks: titles followed by a two-digit number, a table of contents before them, captions that lost their place.

The order of the text boxes is gone, so nothing is put in order: each sentence stays where it stands, under the slide
it stands on, and is never more than a guess.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from huiying.playbook.reading.blocks import Block, Part
from huiying.playbook.reading.sentences import sentences

HOW_SURE = 0.55
LEAST_SLIDES = 3
LONGEST_TITLE = 24
CONTENTS_WITHIN = 1500
_INDEX = re.compile(r"(?<!\d)(?:0[1-9]|1\d)(?![\d.．:：年月日\-%％小时个])")
_PLACEHOLDER = re.compile(
    r"(?:点击|单击|双击)(?:此处)?(?:添加|输入|编辑)[^，。]{0,10}|输入(?:标题|文字|文本|内容)(?:\d\d)*|(?:\d\d){2,}|(?<![A-Za-z])(?:A?BCD?|VS|PART|ABCD)(?![A-Za-z])"
)
_DASHED = re.compile(r"(?<=[\u3400-\u9fff])-(?=[\u3400-\u9fff])")
_ITEM = re.compile(r"(?<![\d.])0[1-9](?=[\u3400-\u9fff])")


def slides_of(text: str) -> list[Block] | None:
    """The blocks of a slide deck read from one run of text, or None where it is none."""
    contents = text.find("目录", 0, CONTENTS_WITHIN)
    if contents < 0 or "\n" in text.strip()[:contents]:
        return None
    titles = list(_titles(text, contents))
    if len(titles) < LEAST_SLIDES:
        return None
    first = titles[0][0]
    name = re.match(r"[^，。：]{2,40}?预案", text[:contents])
    begin = name.end() if name else 0
    blocks = [Block(0, begin, 0, Part.TITLE)] if begin else []
    blocks.append(Block(begin, first, begin, Part.LEFT_OUT))
    ends = [start for start, _, _ in titles[1:]] + [len(text)]
    for (start, middle, end), finish in zip(titles, ends, strict=True):
        blocks.append(Block(start, end, start, Part.HEADING))
        blocks += _slide(text, end, finish, text[start:middle])
    return [block for block in blocks if text[block.start : block.end].strip()]


def _titles(text: str, contents: int) -> Iterator[tuple[int, int, int]]:
    """Each title of the contents that a number follows, in the order of the numbers."""
    expected, after = 1, -1
    for found in _INDEX.finditer(text, contents):
        if int(found[0]) != expected:
            continue
        before = text[max(contents + 2, found.start() - LONGEST_TITLE) : found.start()]
        length = _next_title(text[:contents], after, before) or _length_in(text[:contents], before)
        if length >= 2:
            title = before[len(before) - length :]
            after = text[:contents].find(title, max(after, 0)) + length
            yield found.start() - length, found.start(), found.end()
            expected += 1


def _next_title(contents: str, after: int, before: str) -> int:
    """How long the title is that stands in the contents right behind the last one and ends these words."""
    if after < 0:
        return 0
    sizes = range(min(len(before), len(contents) - after), 1, -1)
    return next((size for size in sizes if before.endswith(contents[after : after + size])), 0)


def _length_in(contents: str, before: str) -> int:
    """How long the longest end of these words is that stands in the contents."""
    return next((size for size in range(len(before), 1, -1) if before[-size:] in contents), 0)


def _slide(text: str, start: int, end: int, title: str) -> Iterator[Block]:
    """The sentences and captions of one slide."""
    for begin, finish in _parts(text, start, end):
        is_filler = bool(_PLACEHOLDER.fullmatch(text[begin:finish]))
        is_caption = not is_filler and text[finish - 1] not in "。！？；，：" and finish < len(text)
        part = Part.LEFT_OUT if is_filler else Part.HEADING if is_caption else Part.BODY
        words = begin
        if item := _ITEM.match(text, begin, finish):
            words = item.end()
        yield Block(begin, finish, words, part, (title,), sure=HOW_SURE)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for begin, finish in sentences(text, start, end):
        cuts = {begin, finish}
        for found in _PLACEHOLDER.finditer(text, begin, finish):
            cuts |= {found.start(), found.end()}
        cuts |= {found.start() for found in _ITEM.finditer(text, begin, finish)}
        cuts |= {found.start() for found in _DASHED.finditer(text, begin, finish)}
        edges = sorted(cuts)
        yield from ((a, b) for a, b in pairwise(edges) if text[a:b].strip())
