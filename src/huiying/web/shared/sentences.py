"""What the lower floors say, in the language of the page: labels, whole sentences, sentences with blanks."""

from typing import Any

from django.utils.translation import gettext

from huiying.rules.words import Sentence


def translated(text: Any) -> str:
    """A label or sentence in the language of the page; a filled sentence is translated before it is filled."""
    if isinstance(text, Sentence):
        return gettext(text.template).format(**{name: _word(value) for name, value in text.values.items()})
    return gettext(str(text)) if text else ""


def _word(value: Any) -> Any:
    if isinstance(value, tuple):
        return gettext("、").join(map(_word, value))
    return translated(value) if isinstance(value, str) else value
