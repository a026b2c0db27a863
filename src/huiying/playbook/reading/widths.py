"""Half-width punctuation beside Chinese becomes full-width, full-width figures become plain; no text grows or shrinks."""

import re
import unicodedata

from huiying.playbook.reading.mapped import Edit

_CJK = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_MARK = re.compile(rf"(?<=[{_CJK})\"”])[,:;?!]|[,:;?!](?=[{_CJK}])")
_ASKING = "吗呢么何谁嗎麼誰否哪"
_PAIR = re.compile(r"\(([^()\n]{0,200})\)")
_CHINESE = re.compile(f"[{_CJK}]")
_FIGURES = {0xFF10 + i: ord("0") + i for i in range(10)} | {0xFF0E: ord("."), 0xFF0D: ord("-")}
_FIGURES |= {base + i: plain + i for base, plain in ((0xFF21, 65), (0xFF41, 97)) for i in range(26)}
_ODD = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ud800-\udfff\ue000-\uf8ff]"
    "|[\U000f0000-\U0010ffff]"
)


def unseen_found(text: str) -> list[Edit]:
    """Characters that print as nothing, as removals; the private-use dots of word processors become a bullet."""
    return [
        (found.start(), found.end(), "•" if "\uf000" <= found[0] <= "\uf0ff" else "")
        for found in _UNSEEN.finditer(text)
    ]


def widths_folded(text: str) -> str:
    """The text with its punctuation, figures and compatibility characters in their usual form, as long as before."""
    text = text.translate(_FIGURES).replace("\u00a0", " ")
    text = _ODD.sub(lambda found: _usual(found[0]), text)
    text = _PAIR.sub(lambda found: _bracketed(text, found), text)
    return _MARK.sub(lambda found: _wide(text, found), text)


def _usual(char: str) -> str:
    usual = unicodedata.normalize("NFKC", char)
    return usual if len(usual) == 1 else char


def _wide(text: str, found: re.Match[str]) -> str:
    """Full-width, but not between two figures: 8:30 and 1,000 stay."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if found[0] == "?" and before not in _ASKING and _CHINESE.match(after):
        return found[0]  # more likely a broken word than a question: it is reported, and ends no sentence
    return found[0] if before.isdigit() and after.isdigit() else _WIDE[found[0]]


def _bracketed(text: str, found: re.Match[str]) -> str:
    around = text[max(0, found.start() - 1) : found.start()] + found[1] + text[found.end() : found.end() + 1]
    return f"（{found[1]}）" if _CHINESE.search(around) else found[0]
