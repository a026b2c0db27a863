"""Traditional texts are read in Simplified characters; the clauses keep the words as they stood."""

from functools import cache

import opencc

LEAST_SHARE = 0.02
LEAST_DIFFERENT = 3


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in Simplified characters, as long as before."""
    converted = str(_simplifier().convert(text))
    return converted if len(converted) == len(text) else "".join(map(_one, text))


def is_traditional(text: str) -> bool:
    """Whether enough of the characters are Traditional that the document was written, or converted, so."""
    converted = simplified(text)
    chinese = sum("\u3400" <= char <= "\u9fff" for char in text)
    changed = [was for was, now in zip(text, converted, strict=True) if was != now]
    return len(set(changed)) >= LEAST_DIFFERENT and len(changed) > LEAST_SHARE * chinese


def _one(char: str) -> str:
    converted = str(_simplifier().convert(char))
    return converted if len(converted) == 1 else char
