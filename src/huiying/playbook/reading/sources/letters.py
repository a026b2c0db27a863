"""Single characters that stand wrong in files: invisible ones, radicals in the place of characters, broken ones.

Characters are put right one for one, so that positions in a line stay true; only invisible ones fall out.
"""

import re
import unicodedata
from functools import cache

from huiying.playbook.reading.parts import Repair

INVISIBLE = "invisible-characters"
RADICALS = "radicals-for-characters"
BULLETS = "private-bullets"
GARBLE = "garble"
SHOWN = 12  # of one sort in one line

_INVISIBLE = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_RADICALS = "\u2e80-\u2fdf\uf900-\ufaff"
_SYMBOLS = "\uf000-\uf0ff"  # where Word puts Wingdings and Symbol
_PRIVATE = "\ue000-\uefff\uf100-\uf8ff\U000f0000-\U0010ffff\ufffd"
ODD = re.compile(f"[{_INVISIBLE}{_BLANKS}{_RADICALS}{_SYMBOLS}{_PRIVATE}]")
SORTS = (
    (INVISIBLE, re.compile(f"[{_INVISIBLE}]")),
    (RADICALS, re.compile(f"[{_RADICALS}]")),
    (BULLETS, re.compile(f"[{_SYMBOLS}]")),
    (GARBLE, re.compile(f"[{_PRIVATE}]")),
)
BLANKS = re.compile(f"[{_BLANKS}]")

# Unicode names no character for the radicals that came with simplification; these are the ones that stand for one.
SIMPLIFIED_RADICALS = dict(
    zip(
        "⺁⺅⺈⺉⺒⺓⺛⺝⺟⺠⺡⺣⺩⺫⺬⺭⺯⺰⺶⺷⺻⺼⻄⻅⻆⻈⻉⻋⻏⻑⻓⻔⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻱",
        "厂亻刀刂巳幺旡月母民氵灬王目示礻糹纟羊羊聿肉西见角讠贝车阝長长门青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄齐齿龙龜",
        strict=True,
    )
)


def mended(text: str, number: int) -> tuple[str, list[Repair]]:
    """The text of line `number` with odd characters put right, and a repair for each sort that stood in it."""
    if not ODD.search(text):
        return text, []
    repairs = []
    for rule, sort in SORTS:
        found = sort.findall(text)
        if found:
            text = sort.sub(lambda one, rule=rule: _right(rule, one[0]), text)  # type: ignore[misc]
            repairs.append(_repair(rule, number, found))
    return BLANKS.sub(" ", text), [one for one in repairs if one.was != one.now or one.rule == GARBLE]


def _repair(rule: str, number: int, found: list[str]) -> Repair:
    shown = list(dict.fromkeys(found))[:SHOWN]
    now = "".join(_right(rule, one) for one in shown)
    visible = rule == RADICALS
    was = "".join(shown) if visible else " ".join(f"U+{ord(one):04X}" for one in shown)
    return Repair(rule, number, was, now)


@cache
def _right(rule: str, one: str) -> str:
    """What stands in the place of one odd character."""
    if rule == INVISIBLE:
        return ""
    if rule == BULLETS:
        return "•"
    if rule == RADICALS:
        whole = SIMPLIFIED_RADICALS.get(one) or unicodedata.normalize("NFKC", one)
        return whole if len(whole) == 1 else one
    return one
