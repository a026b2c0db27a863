"""Rows that a page or an editor broke: where an item begins, where a sentence ends, how two parts are put together."""

import re

ORDINAL = re.compile(
    r"[（(][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十百]{1,4}[、.．]|[0-9]{1,2}[、)）]|[0-9]{1,2}[.．](?![0-9])"
    r"|[0-9]{1,2}(?:[.．][0-9]{1,2}){1,3}(?![0-9])\s*[^0-9%％.元万亿米度]|第[一二三四五六七八九十百0-9]{1,4}[章节条款编]"
    r"|[①-⑳⑴-⒛㈠-㈩]|[•·●▪■◆○\u2022\uf06c\uf0b7\uf0d8]|[-–—]\s*[^-–—]|附件|附录|附表"
)
ENDED = re.compile(r"[。！？；：.!?;:…][”’」』）)]?$")


def glued(text: str, rest: str) -> str:
    """Two parts of a sentence; only words in Latin letters need a blank between them."""
    if text[-1:].isascii() and text[-1:].isalnum() and rest[:1].isascii() and rest[:1].isalnum():
        return f"{text} {rest}"
    return text + rest
