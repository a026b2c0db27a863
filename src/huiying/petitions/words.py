"""What people type, made safe to keep: nothing is lost but control characters, nothing is silently cut."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from huiying.records.words import normal
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_, said

TEXT_MAX = 20_000  # characters of one account
CLAIM_MAX = 2_000
CLAIMS_MAX = 20
LINE_MAX = 120
WHERE_MAX = 200
WHEN_MAX = 100
SHORTER = N_("这里写短一些，细节可以写在经过里。")
# Controls but line end and tab, surrogates, bidirectional embeddings and isolates.
DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Normalise line ends, drop control and bidirectional-override characters, trim; all else stays as typed."""
    return DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def first_line(text: str, limit: int = 40) -> str:
    """A title for a text that has none: its first line, shortened with an ellipsis."""
    line = " ".join(text.split("\n", 1)[0].split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def copy_key(text: str) -> str:
    """The same for texts that differ only in script, case, width, punctuation or blanks."""
    letters = "".join(filter(str.isalnum, normal(text)))
    return hashlib.sha256(letters.encode()).hexdigest()[:32]


def check_lengths(
    *,
    text: str,
    claims: Sequence[str],
    title: str = "",
    where: str = "",
    when: str = "",
    respondent: str = "",
) -> None:
    """Raise Incomplete, field by field, when something is missing or too long to keep whole."""
    told = {"text": _wrong_text(text), "claims": _wrong_claims(claims)}
    lines = {
        "title": (title, LINE_MAX),
        "happened_where": (where, WHERE_MAX),
        "happened_when": (when, WHEN_MAX),
        "respondent": (respondent, WHERE_MAX),
    }
    fields = {name: sentence for name, sentence in told.items() if sentence} | too_long(lines)
    if fields:
        raise Incomplete(N_("有内容需要补充或修改。"), fields=fields, article="信访工作条例 art. 19")


def too_long(lines: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """A sentence for each of these texts that is longer than its place: it is refused, never cut."""
    return {name: SHORTER for name, (words, most) in lines.items() if len(words) > most}


def needed(text: str, *, field: str, missing: str = "", most: int = CLAIM_MAX) -> str:
    """What somebody wrote, made safe to keep; raises Incomplete at its field when over `most` characters, or empty.

    Without a sentence for what is missing, it may be empty.
    """
    text = clean(text)
    sentence = said(N_("请写在 {most} 字以内。"), most=most) if len(text) > most else ""
    if not text:
        sentence = missing
    if sentence:
        raise Incomplete(N_("有内容需要补充或修改。"), fields={field: sentence})
    return text


def _wrong_text(text: str) -> str:
    if not text:
        return N_("请写明发生了什么事。")
    return N_("内容超过 20000 字，请缩短，或分几次提出。") if len(text) > TEXT_MAX else ""


def _wrong_claims(claims: Sequence[str]) -> str:
    if not claims:
        return N_("请至少写一项诉求。")
    if len(claims) > CLAIMS_MAX:
        return N_("最多 20 项诉求，请合并相近的诉求。")
    if any(len(claim) > CLAIM_MAX for claim in claims):
        return N_("每项诉求不超过 2000 字，详细情况请写在经过里。")
    return ""
