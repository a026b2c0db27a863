"""What the lower floors say, in the language of the page: labels, whole sentences, sentences with blanks."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext
from markupsafe import Markup

from huiying.rules.words import Sentence

LABEL = 40  # characters


def translated(text: Any) -> str:
    """A label or sentence in the language of the page; a filled sentence is translated before it is filled."""
    if isinstance(text, Sentence):
        said = _looked_up(get_language(), text.template)
        return said.format(**{name: _word(value) for name, value in text.values.items()})
    if not text:
        return ""
    label = str(text)
    # Labels are short and few; what somebody wrote is neither, and is not to be remembered.
    return _looked_up(get_language(), label) if len(label) <= LABEL else gettext(label)


def for_page(message: str, **values: Any) -> Markup:
    """What `_` says in a template: the sentence in the language of the page; values are escaped, "%%" is a "%"."""
    if values:
        return Markup(_looked_up(get_language(), message)) % values  # noqa: S704  # our own words; values are escaped
    return _plain(get_language(), message)


@lru_cache(maxsize=8192)
def _looked_up(language: str | None, message: str) -> str:
    """A page says two hundred words; the catalogues are the same for the life of the process.

    `language` is the language that is active; it stands in the key and nowhere else.
    """
    return gettext(message)


@lru_cache(maxsize=8192)
def _plain(language: str | None, message: str) -> Markup:
    return Markup(_looked_up(language, message)) % {}  # noqa: S704  # our own words


def _word(value: Any) -> Any:
    """What stands in a blank: a label of ours, or what somebody wrote, which no process remembers."""
    if isinstance(value, tuple):
        return translated("、").join(map(_word, value))
    if isinstance(value, Sentence):
        return translated(value)
    return gettext(value) if value and isinstance(value, str) else value
