"""Words broken where the bytes of GBK were read one place too far: `?,F` was 。現, and is mended only on evidence.

The first byte of a character was lost and stands as "?"; every byte after it moved by one, full-width punctuation
was then written half-width, and a bracket may have been swallowed. The mending puts each possible first byte
back and reads the bytes again. What comes out is accepted only where its words stand elsewhere in the document, or
a bracket with pinyin confirms it. Everything else is reported as garbled and left as it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from huiying.playbook.reading.mapped import Edit

LONGEST_RUN = 12
MOST_PLACES = 200
_BYTES = {",": "，", "?": "？", ";": "；", ":": "：", "!": "！", "(": "（", ")": "）"}
_CJK = re.compile("[\u3400-\u9fff]")
_ASKING = "吗呢么何谁嗎麼誰否哪"
_PINYIN = re.compile(r"\(?[a-zü\u00e0-\u01dc]{1,7}\)")
_LEADS = bytes(range(0x81, 0xFF))
_TABLE = {"?,F(xiàn)": "。現(xiàn)", "?;謴?fù)": "。恢復(fù)"}


@dataclass(frozen=True, slots=True)
class Mended:
    """One place: the edit, or none where the words could not be recovered."""

    start: int
    end: int
    now: str | None

    @property
    def edit(self) -> Edit:
        """The edit that mends it."""
        assert self.now is not None
        return self.start, self.end, self.now


def broken_found(text: str) -> Iterator[Mended]:
    """Every "?" beside a Chinese character that asks nothing: mended where there is evidence, else only named."""
    done = 0
    pairs: frozenset[str] | None = None
    places = [found.start() for found in re.finditer(r"\?", text)]
    for count, place in enumerate(places):
        if place < done or not _is_odd(text, place):
            continue
        if pairs is None:
            pairs = _pairs(text)
        mended = _mended(text, place, pairs) if count < MOST_PLACES else None
        found = mended or Mended(place, place + 1, None)
        done = found.end
        yield found


def _is_odd(text: str, place: int) -> bool:
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    if not _CJK.match(before) or before in _ASKING or not after.strip():
        return False
    return bool(_CJK.match(after)) or after in _BYTES


def _pairs(text: str) -> frozenset[str]:
    """Every two characters that stand side by side in the document, brackets with pinyin left out."""
    plain = re.sub(r"\([^()\n\u3400-\u9fff]{1,20}\)", "", text)
    return frozenset(map("".join, pairwise(plain)))


def _mended(text: str, place: int, pairs: frozenset[str]) -> Mended | None:
    """The one best reading of the bytes from this place on, or None where none has evidence."""
    before = text[place - 1 : place]
    ranked: list[tuple[int, Mended]] = []
    for tail, end, bracket in _tails(text, place):
        for lead in _LEADS:
            now = _decoded(bytes([lead]) + tail)
            if now is None:
                continue
            now += bracket
            score = _evidence(before, now, _next_word(text, end), pairs)
            if score:
                ranked.append((score, Mended(place, end, now)))
    ranked.sort(key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0] and ranked[0][1] != ranked[1][1]):
        return _from_table(text, place)
    return ranked[0][1]


def _next_word(text: str, end: int) -> str:
    """The character behind, past a bracket with pinyin."""
    bracket = _PINYIN.match(text, end)
    end = bracket.end() if bracket else end
    return text[end : end + 1]


def _from_table(text: str, place: int) -> Mended | None:
    for was, now in _TABLE.items():
        if text.startswith(was, place):
            return Mended(place, place + len(was), now)
    return None


def _tails(text: str, place: int) -> Iterator[tuple[bytes, int, str]]:
    """The bytes that follow the lost one up to where the reading is in step again, and a swallowed bracket."""
    tail = b""
    for at in range(place + 1, min(len(text), place + 1 + LONGEST_RUN)):
        char = text[at]
        if char == "?" and tail and _PINYIN.match(text, at + 1):
            for trail in range(0x40, 0xFF):
                yield tail + bytes([trail]), at + 1, "("
            return
        if char.isascii() and char not in _BYTES:
            if 0x40 <= ord(char) < 0x7F:
                yield tail + char.encode(), at + 1, ""
            return
        try:
            tail += _BYTES.get(char, char).encode("gbk")
        except UnicodeEncodeError:
            return


def _decoded(raw: bytes) -> str | None:
    try:
        now = raw.decode("gbk")
    except UnicodeDecodeError:
        return None
    return now if all(_CJK.match(char) or char in "。、，" for char in now) else None


def _evidence(before: str, now: str, after: str, pairs: frozenset[str]) -> int:
    """How much speaks for this reading; 0 where the words it gives stand nowhere else in the document."""
    inner = now.rstrip("(")
    joined = [inner[i : i + 2] for i in range(len(inner) - 1)]
    behind = inner[-1] + after in pairs
    if inner[0] == "。":
        held = all(pair in pairs for pair in joined[1:]) and (behind or len(joined) > 1)
        return 10 + len(joined) if held else 0
    known = sum(pair in pairs for pair in joined) + behind
    return 20 + known if known and before + inner[0] in pairs else 0
