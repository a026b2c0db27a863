"""Labels in the pure floors: marked here for extraction, translated where they are shown."""

from typing import Any


def N_(text: str) -> str:  # noqa: N802  (the extractors' customary name for "mark, do not translate yet")
    """Mark a Simplified Chinese label for the translators and return it unchanged."""
    return text


class Sentence(str):
    """A Chinese sentence whose blanks are filled; it keeps the blanks, so that a door can say it in another language."""

    template: str
    values: dict[str, Any]


def said(template: str, **values: Any) -> Sentence:
    """Fill the `{blanks}` of a marked sentence. A tuple becomes a list joined by 、; labels are translated at the door."""
    sentence = Sentence(template.format(**{name: _written(value) for name, value in values.items()}))
    sentence.template, sentence.values = template, values
    return sentence


def _written(value: Any) -> Any:
    return "、".join(value) if isinstance(value, tuple) else value
