"""Where one sentence ends and the next begins; a post, a label or another holder of a duty begins a new one."""

import re
from collections.abc import Iterator

from huiying.playbook.reading.headings import meaning
from huiying.playbook.reading.parts import Span

LONGEST_LABEL = 12
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’）)》]*|$|\n)")
ROLE_LABEL = re.compile(
    r"(?<![副常务总、及和与任为由])(?:(?:常务)?副?(?:总指挥|组长|指挥长|队长|主任)|成员(?:单位)?|组员)：|(?:主要|工作)职责(?:任务)?：|(?<![要作])职责："
)
_POST = r"(?:(?:常务)?副?(?:总指挥|指挥长|指挥|组长|主任|队长|站长|主席)|成员(?:单位)?|组员|联络员|负责人)"
_HOLDS = re.compile(rf"(?:任|担任|兼任|为){_POST}(?:[，；。（]|$)")
_ANSWERS = re.compile(r"^[^，；：、]{2,24}(?:、[^，；：、]{2,16}){0,6}(?:负责|承担|牵头)")
_SCOPE_BEGINS = re.compile(r"(?<=[^。；，：、本该各此（《“专项急])(?=本?(?:应急)?预案适用于)")
_LISTED = re.compile(
    r"(?:包括|包括但不限于|如下|以下[^，。：]{0,10})：(?=[^，。；：、\s]{2,12}：)|(?<=不限于：)"
)
_HURRY = re.compile(r"立即|迅速|及时|应|要|不得|必须|负责|做好|加强|确保")


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Each sentence of a stretch of text, with the short name before it where it has one."""
    begin = start
    for found in _SENTENCE.finditer(text, start, end):
        if found.end() == found.start() or not text[begin : found.end()].strip():
            continue
        if begin == start and found.end() < end and _is_label(text[begin : found.end()].strip()):
            continue
        yield from _cut(text, begin, found.end())
        begin = found.end()
    if begin < end and text[begin:end].strip():
        yield from _cut(text, begin, end)


def _is_label(words: str) -> bool:
    """A short name closed like a sentence: 预警发布。"""
    name = words.rstrip("。")
    if len(name) > LONGEST_LABEL or "，" in name or _HURRY.search(name):
        return False
    return bool(meaning(name).kinds) or name.endswith(("事件", "灾害", "事故", "灾难", "险情"))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    begins = {start}
    for pattern in (ROLE_LABEL, _SCOPE_BEGINS):
        begins |= {cut.start() for cut in pattern.finditer(text, start + 1, end)}
    begins |= {cut.end() for cut in _LISTED.finditer(text, start + 1, end) if cut.end() < end}
    begins |= set(_holders(text, start, end))
    edges = sorted(begins)
    parts = zip(edges, [*edges[1:], end], strict=True)
    yield from ((begin, finish) for begin, finish in parts if text[begin:finish].strip())


def _holders(text: str, start: int, end: int) -> Iterator[int]:
    """Where a sentence goes on to another post, or to another unit with a duty of its own."""
    places = [start, *(start + cut.end() for cut in re.finditer(r"[，；]", text[start:end]))]
    answered = False
    for place, finish in zip(places, [*places[1:], end], strict=True):
        part = text[place:finish]
        answers = bool(_ANSWERS.match(part))
        is_next_unit = answers and answered and text[place - 1] == "；"
        if place > start and (_HOLDS.search(part) or is_next_unit):
            yield place
        answered |= answers
