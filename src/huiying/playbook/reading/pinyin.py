"""Pinyin that some sites write in brackets behind a Traditional character: 應(yīng) becomes 應."""

import re

from huiying.playbook.reading.mapped import Edit

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = rf"[a-zü{_TONED}]{{1,7}}"
_BRACKETS = re.compile(rf"[(（]({_SYLLABLE}(?: ?/ ?{_SYLLABLE}){{0,5}})[)）]")
_TONE = re.compile(f"[{_TONED}]")
_WITHOUT_TONE = re.compile(
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|üe|er|[aoeiuü]))"
)
_CJK = re.compile("[\u3400-\u9fff]")


def pinyin_found(text: str) -> list[Edit]:
    """Every bracket with pinyin, as a removal. Without a tone mark, or with two readings, only behind a Chinese character."""
    return [(found.start(), found.end(), "") for found in _BRACKETS.finditer(text) if _is_pinyin(text, found)]


def _is_pinyin(text: str, found: re.Match[str]) -> bool:
    inside = found[1]
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    if not before.strip():
        return False  # at the head of a line it explains nothing
    behind_chinese = bool(_CJK.match(before))
    if "/" in inside or not _TONE.search(inside):
        syllables = re.split(" ?/ ?", inside)
        return behind_chinese and all(_TONE.search(s) or _WITHOUT_TONE.fullmatch(s) for s in syllables)
    return True
