"""Text into search tokens: Simplified, case-folded, CJK bigrams and whole Latin words. Pure, no database."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import opencc

MAX_WORD = 64  # a longer "word" is no word; PostgreSQL refuses lexemes above 2 kB
MAX_TERMS = 12
MAX_QUERY = 200

_CJK = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TERM = re.compile('["\u201c\u300c]([^"\u201c\u201d\u300c\u300d]+)["\u201d\u300d]|(\\S+)')
_RUN = re.compile(f"([{_CJK}]+)|([^\\W_{_CJK}]+)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must stand side by side; with `prefix` the last one only begins its token."""

    tokens: tuple[str, ...]
    prefix: bool


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normal(text: str) -> str:
    """One form for every way of writing: compatibility forms folded, Traditional to Simplified, case ignored."""
    whole = text.encode("utf-8", "ignore").decode()
    folded = unicodedata.normalize("NFKC", whole).replace("\0", " ")
    return str(_simplifier().convert(folded)).casefold()


def tokens(text: str) -> list[str]:
    """The tokens of a text in order; a CJK run gives its bigrams and its last character."""
    return [token for run in _RUN.finditer(normal(text)) for token in _of_run(run, last_open=False)[0]]


def phrases(query: str) -> list[Phrase]:
    """What a query asks for: each blank-separated term is one phrase, and so is what stands in quotation marks.

    Nothing else in it is syntax; a mark without its fellow is a letter like any other and asks for nothing.
    """
    parts = _TERM.findall(normal(query[:MAX_QUERY]))
    terms = [quoted or plain for quoted, plain in parts][:MAX_TERMS]
    return [phrase for phrase in map(_phrase, terms) if phrase.tokens]


def _phrase(term: str) -> Phrase:
    runs = list(_RUN.finditer(term))
    found: list[str] = []
    prefix = False
    for position, run in enumerate(runs):
        more, prefix = _of_run(run, last_open=position == len(runs) - 1)
        found += more
    return Phrase(tuple(found), prefix)


def _of_run(run: re.Match[str], *, last_open: bool) -> tuple[list[str], bool]:
    """The tokens of one run; an open last run may go on in the text, so its last character is not an end."""
    cjk, word = run.groups()
    if word:
        return [word[:MAX_WORD]], False
    bigrams = [cjk[at : at + 2] for at in range(len(cjk) - 1)]
    if not last_open:
        return [*bigrams, cjk[-1]], False
    return (bigrams, False) if bigrams else ([cjk], True)
