"""How soon the public must be told: information duties by what set them off, each with its source."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from huiying.rules.calendar import SHANGHAI
from huiying.rules.durations import Hours
from huiying.rules.words import N_


class InformationTrigger(StrEnum):
    """What makes information due."""

    MAJOR_EVENT = "major_event"
    PUBLIC_CONCERN = "public_concern"

    @property
    def label(self) -> str:
        """The Chinese word for this trigger."""
        return TRIGGER_LABELS[self]


TRIGGER_LABELS = {
    InformationTrigger.MAJOR_EVENT: N_("特别重大、重大突发事件"),
    InformationTrigger.PUBLIC_CONCERN: N_("公众关切的其他事项"),
}


class DutyKind(StrEnum):
    """What is owed to the public."""

    AUTHORITATIVE_INFORMATION = "authoritative_information"
    PRESS_CONFERENCE = "press_conference"
    ANSWER = "answer"

    @property
    def label(self) -> str:
        """The Chinese word for this duty."""
        return DUTY_LABELS[self]


DUTY_LABELS = {
    DutyKind.AUTHORITATIVE_INFORMATION: N_("发布权威信息"),
    DutyKind.PRESS_CONFERENCE: N_("举行新闻发布会"),
    DutyKind.ANSWER: N_("予以回应"),
}


# Talking to the press is an act of its own: what is written meets the other two.
MET_BY_NOTICE = frozenset({DutyKind.AUTHORITATIVE_INFORMATION, DutyKind.ANSWER})


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One row of the table: within how many hours of which trigger what is owed, and its source."""

    trigger: InformationTrigger
    kind: DutyKind
    within: Hours
    source: str


# The two circulars were read as reported in the press, not in their official text.
DUTIES: tuple[DutyRow, ...] = (
    DutyRow(
        InformationTrigger.MAJOR_EVENT,
        DutyKind.AUTHORITATIVE_INFORMATION,
        Hours(5),
        "国办发〔2016〕80号",
    ),
    DutyRow(
        InformationTrigger.MAJOR_EVENT,
        DutyKind.PRESS_CONFERENCE,
        Hours(24),
        "国办发〔2016〕61号",
    ),
    DutyRow(InformationTrigger.PUBLIC_CONCERN, DutyKind.ANSWER, Hours(48), "国办发〔2016〕61号"),
)


@dataclass(frozen=True, slots=True)
class InformationDuty:
    """One thing owed to the public by an instant."""

    trigger: InformationTrigger
    kind: DutyKind
    due_at: datetime
    within: Hours
    source: str

    @property
    def code(self) -> str:
        """The name under which it is stored: what set it off, and what is owed."""
        return f"{self.trigger}.{self.kind}"

    def is_late(self, told_at: datetime | None, now: datetime) -> bool:
        """Say whether the duty was met too late, or is not met and past."""
        return (told_at or now) > self.due_at


def kind_of(code: str) -> DutyKind:
    """What is owed by a stored duty. Raises ValueError for a code that no duty has."""
    return DutyKind(code.rpartition(".")[2])


def information_due(trigger: InformationTrigger, at: datetime) -> tuple[InformationDuty, ...]:
    """What the public is owed, soonest first. Hours run day and night; naive times are refused."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    start = at.astimezone(SHANGHAI)
    rows = sorted((row for row in DUTIES if row.trigger is trigger), key=lambda row: row.within.n)
    return tuple(
        InformationDuty(trigger, row.kind, start + timedelta(hours=row.within.n), row.within, row.source)
        for row in rows
    )
