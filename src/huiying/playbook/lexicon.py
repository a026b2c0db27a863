"""What no plan of ours may order: how a sentence is read for it. The rows stand in checks_forbidden and checks_framing.

Patterns are held against each sentence part (between 。；，： and line ends) of each clause, spaces removed; a
row may ask for whole sentences (between 。； and line ends) instead. A part that itself forbids the thing
("不拦截", "不得登记参与者身份") is no hit, unless the row says that forbidding is the very fault (forbidding
people to petition).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from huiying.playbook.checks_forbidden import ACTS, ForbiddenThing
from huiying.playbook.checks_framing import FRAMINGS
from huiying.playbook.clauses import Clause
from huiying.playbook.document import PlanDocument
from huiying.playbook.findings import Hit
from huiying.playbook.folding import folded

FORBIDDEN: tuple[ForbiddenThing, ...] = (*ACTS, *FRAMINGS)

# Blanks, and what prints as nothing: a word is read through it.
_SPACES = re.compile(
    r"[ \t\u00a0\u3000\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_PARTS = re.compile(r"[。；，：！？!?;,:\n]+")
_SENTENCES = re.compile(r"[。；！？!?;\n]+")
_PROHIBITION = re.compile(
    r"(?:不得|禁止|严禁|绝不|决不|不准|不应|不可|不要|从不|不再|不予|不做|不设|不建|不作|不以|不把|不将|不拿|不因|无权)"
    r"(?!不|漏|遗漏|放过|放松|延误|迟|缺|少)"
)
_LEFT_OUT_BEFORE = re.compile(r"不(?:看|评|问|查|记|收|存|按|针对|评论)[^。；，：]{0,6}$")
_LEFT_OUT_AFTER = re.compile(
    r"[^。；，：]{0,4}(?:不在其中|不在内|不在之列|不作为|不列入|不构成|不单独构成|不是(?:标准|理由|依据|目标|一类|事件|风险|过错))"
)
_DOUBLE_NEGATIONS = ("不得不", "不能不", "不可不", "不应不", "无不", "莫不")


@lru_cache(maxsize=8192)
def parts(sentence: str, *, whole: bool = False) -> tuple[str, ...]:
    """The parts of a sentence, spaces removed; read with and without its line breaks, so that none hides a word."""
    joined = _SPACES.sub("", folded(sentence))
    cut = _SENTENCES if whole else _PARTS
    readings = dict.fromkeys((joined, joined.replace("\n", "")))
    return tuple(part for reading in readings for part in cut.split(reading) if part)


def orders(thing: ForbiddenThing, sentence: str) -> str | None:
    """The words of the sentence that order the thing, or None where it does not, or forbids it."""
    for part in parts(sentence, whole=thing.whole):
        for match in thing.pattern.finditer(part):
            if not (thing.negation_excuses and _forbids(part, match)):
                return match[0]
    return None


def _forbids(part: str, match: re.Match[str]) -> bool:
    """Say whether the words around the match forbid it: "不" right before it, a prohibition earlier, or "不作为" after."""
    before, after = part[: match.start()], part[match.end() :]
    denied = before.endswith(("不", "没有")) and not before.endswith(_DOUBLE_NEGATIONS)
    left_out = _LEFT_OUT_BEFORE.search(before) or _LEFT_OUT_AFTER.match(after)
    return denied or left_out is not None or _PROHIBITION.search(before) is not None


def hits(thing: ForbiddenThing, doc: PlanDocument) -> Iterator[Hit]:
    """Every clause that orders the thing, with the words that do."""
    for clause in _read_for(thing, doc):
        found = next((words for text in clause.sentences() if (words := orders(thing, text))), None)
        if found:
            yield Hit(clause.id, found)


def _read_for(thing: ForbiddenThing, doc: PlanDocument) -> Iterator[Clause]:
    if not thing.sections:
        return doc.clauses()
    return (part for name in thing.sections for clause in getattr(doc, name) for part in clause.parts())
