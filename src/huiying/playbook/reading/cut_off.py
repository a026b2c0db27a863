"""Evidence that a document ends, or begins, before it should. What is missing is never completed."""

import re
from collections.abc import Iterator, Sequence

from huiying.playbook.reading.blocks import Block, Part
from huiying.playbook.reading.marks import mark_at

_WHOLE = re.compile(r"[。！？；.!?…”’）)》】\]]\s*$")
_OPEN_END = re.compile(r"[，、：,:（(《“和与及或的对在为由向将把以并等被从到按]$")
_LISTS = re.compile(r"附件|附表|附录|清单|名单|通讯录|联系|联络|电话")
_NUMBERED = ("cn", "cnp", "num", "paren", "chapter", "article")


def cut_off_evidence(text: str, blocks: Sequence[Block]) -> Iterator[str]:
    """A sentence for each sign in the text itself."""
    words = [block for block in blocks if block.part is Part.BODY]
    if blocks and blocks[-1].part is Part.LEFT_OUT and _ordinal_alone(text, blocks[-1]):
        yield f"文末只有序号“{text[blocks[-1].start : blocks[-1].end].strip()}”，后面没有内容。"
    elif words and blocks[-1] is words[-1] and (end := _unfinished(text, words)):
        yield f"最后一句没有写完：“…{end}”。"
    if (first := _begins_amid(text, blocks)) is not None:
        yield f"开头的编号不是从头开始的：“{first}”。"


def _ordinal_alone(text: str, block: Block) -> bool:
    words = text[block.start : block.end].strip()
    return len(words) <= 6 and bool(re.search(r"[\d一二三四五六七八九十]", words))


def _unfinished(text: str, words: Sequence[Block]) -> str:
    """The end of the last sentence where nothing closes it, and others of the document are closed."""
    last = words[-1]
    sentence = text[last.words : last.end].strip()
    if _WHOLE.search(sentence) or "\t" in sentence or any(_LISTS.search(title) for title in last.path):
        return ""
    closed = sum(bool(_WHOLE.search(text[block.words : block.end])) for block in words)
    is_like_others = closed < len(words) * 0.6 and not _OPEN_END.search(sentence)
    return "" if is_like_others or _is_signature(sentence) else sentence[-12:]


def _is_signature(sentence: str) -> bool:
    return bool(re.search(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?$", sentence)) or (
        len(sentence) <= 20 and bool(re.search(r"(?:局|委|办|部|公司|政府|学校|中心|附件)$", sentence))
    )


def _begins_amid(text: str, blocks: Sequence[Block]) -> str | None:
    """The first ordinal, where its numbering should have begun earlier."""
    for block in blocks:
        if block.style not in _NUMBERED:
            continue
        mark = mark_at(text, block.start, block.end)
        return text[block.start : block.start + 12] if mark and mark.value > 1 else None
    return None
