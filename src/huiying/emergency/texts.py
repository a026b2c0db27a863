"""What people type into this room: trimmed, bounded, and named by field when something is missing."""

import unicodedata
from collections.abc import Collection, Mapping

from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said

# What turns the reading direction round: words behind it look like others.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SHORT = 200
LONG = 20_000


def cleaned(text: str) -> str:
    """The text without control characters (line breaks stay) and without blanks at its ends."""
    kept = (
        char
        for char in text.replace("\r\n", "\n")
        if char in "\n\t" or (unicodedata.category(char) not in {"Cc", "Cs"} and char not in _TURNING)
    )
    return "".join(kept).strip()


def check_filled(
    values: Mapping[str, str], labels: Mapping[str, str], *, rule: str, article: str = ""
) -> None:
    """Raise Incomplete naming each labelled field that is empty."""
    empty = {
        name: N_("请填写：") + label for name, label in labels.items() if not values.get(name, "").strip()
    }
    if empty:
        raise Incomplete(
            N_("还有必填内容没有填写。"),
            fields=empty,
            rule=rule,
            article=article,
            remedy=N_("请补全标出的各项后重试。"),
        )


def check_listed(values: Collection[str], known: Collection[str]) -> None:
    """Raise Refusal for a choice that its list does not hold: free words would enter the ledger that way."""
    if set(values) - set(known):
        raise Refusal(N_("有一个选项不在列表中。"), rule="emergency.closed_list", remedy=N_("请重新选择。"))


def check_short_enough(values: Mapping[str, str], limits: Mapping[str, int], *, rule: str) -> None:
    """Raise Incomplete naming each field whose text is longer than can be kept; nothing is cut silently."""
    long = {
        name: said(N_("最多 {most} 字，现有 {found} 字。"), most=limits[name], found=len(text))
        for name, text in values.items()
        if name in limits and len(text) > limits[name]
    }
    if long:
        raise Incomplete(N_("有的内容太长，没有保存。"), fields=long, rule=rule, remedy=N_("请缩短后重试。"))


def taken(
    values: Mapping[str, str], labels: Mapping[str, str], *, most: int, rule: str, article: str = ""
) -> dict[str, str]:
    """The values cleaned, once every labelled one says something and none is longer than `most`."""
    words = {name: cleaned(text) for name, text in values.items()}
    check_filled(words, labels, rule=rule, article=article)
    check_short_enough(words, dict.fromkeys(words, most), rule=rule)
    return words
