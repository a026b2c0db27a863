"""What the checker says, and the shape of a rule."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiying.playbook.document import PlanDocument
from huiying.playbook.readiness import Readiness
from huiying.rules.words import N_


class Severity(StrEnum):
    """Errors keep a plan from being put in force; warnings and advice do not."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The Chinese word for this severity."""
        return _LABELS[self]


_LABELS = {
    Severity.ERROR: N_("必须修改"),
    Severity.WARNING: N_("应当修改"),
    Severity.ADVICE: N_("建议"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule bites: the clause (empty: the plan as a whole) and the words to fill into the reason."""

    clause_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One row of the table. `reason` and `mend` are Chinese labels; `{name}` in the reason is filled per hit.

    `practice` is the article or practice the rule rests on.
    """

    id: str
    severity: Severity
    reason: str
    practice: str
    mend: str
    finds: Callable[[PlanDocument], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class AtHand:
    """What a plan is held against beside itself: who and what there is, and the day. Either may be unknown."""

    given: Readiness | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A row of the table that asks who and what is at hand, or which day it is; silent where that is unknown."""

    id: str
    severity: Severity
    reason: str
    practice: str
    mend: str
    finds: Callable[[PlanDocument, AtHand], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the checker has to say about one clause.

    `reason_label` is the text for translators and `name` what is filled into it; `reason` is the whole sentence.
    """

    rule: str
    severity: Severity
    clause_id: str
    reason_label: str
    name: str
    practice: str
    mend: str

    @property
    def reason(self) -> str:
        """The sentence in Simplified Chinese."""
        return filled(self.reason_label, {"name": self.name})


def filled(label: str, values: Mapping[str, str]) -> str:
    """Put values into a label; words from a plan are never read as a format."""
    for name, value in values.items():
        label = label.replace("{" + name + "}", value)
    return label
