"""How the references of a body's petitions look: its short name, the time, and always a random part.

A running number is not among the forms. It would tell everyone how many petitions there are and which came next to
which, and whoever holds one reference would know the others. The random part is the same in every form, so a reference
typed with other dashes or none is still found.
"""

from datetime import date
from enum import StrEnum

from huiying.rules.words import N_


class Numbering(StrEnum):
    """The forms of a reference; the value is stored with the body."""

    SHORT_YEAR = "short_year"
    LONG_YEAR = "long_year"
    MONTH = "month"
    PLAIN = "plain"

    @property
    def label(self) -> str:
        """What stands before the random part, in Chinese."""
        return LABELS[self]


LABELS = {
    Numbering.SHORT_YEAR: N_("简称和两位年份"),
    Numbering.LONG_YEAR: N_("简称和四位年份"),
    Numbering.MONTH: N_("简称、年份和月份"),
    Numbering.PLAIN: N_("只有简称"),
}

_HEADS = {
    Numbering.SHORT_YEAR: "{short}{on:%y}",
    Numbering.LONG_YEAR: "{short}{on:%Y}",
    Numbering.MONTH: "{short}{on:%y%m}",
    Numbering.PLAIN: "{short}",
}
EXAMPLE = "7K3M-9PQD"


def head(form: Numbering | str, short: str, on: date) -> str:
    """What stands before the random part of a reference received on that day; at most the short name and 4 digits."""
    return _HEADS[Numbering(form)].format(short=short, on=on)


def example(form: Numbering | str, short: str, on: date) -> str:
    """A whole reference in this form, invented."""
    return f"{head(form, short, on)}-{EXAMPLE}"
