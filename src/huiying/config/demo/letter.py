"""The shape of one invented matter: what is said, and how far it has come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind
from huiying.rules.matters import Matter, RatingScore

if TYPE_CHECKING:
    from huiying.config.demo.town import Town
    from huiying.petitions.models import Petition


class Way(Enum):
    """Where a matter's story stops."""

    RECEIVED = auto()
    REGISTERED = auto()
    ACCEPTED = auto()
    HANDLING = auto()  # assigned, the unit's notice still owed
    NOTIFIED = auto()
    REPLIED = auto()
    SETTLED = auto()
    DECLINED = auto()
    REFERRED = auto()
    WITHDRAWN = auto()


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a story stands: the town, the matter as it is stored now, the instant."""

    town: "Town"
    petition: "Petition"
    at: datetime


Step = Callable[[Scene], object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reply says to one claim; an enquiry or a suggestion has no outcome."""

    outcome: ClaimOutcome | None
    facts: str
    opinion: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One matter. The `_after` figures are days from the step before."""

    key: str
    way: Way
    title: str
    text: str
    claims: tuple[str, ...]
    matter: Matter
    category: str = ""  # its code in the default tree, without the field before it
    days_ago: int = 0
    last_month: int = 0  # instead of days ago: the day of the last whole month, or the Monday after
    last_quarter: int = 0  # or the day of the last whole quarter
    hours_ago: float = 0
    clock: tuple[int, int] = (10, 20)
    where: str = ""
    kind: PetitionKind = PetitionKind.REQUEST
    how: Confidentiality = Confidentiality.NAMED
    channel: Channel = Channel.ONLINE
    name: str = ""
    clerk: str = "clerk"
    danger: bool = False
    shielded: tuple[str, str, tuple[str, ...]] | None = None
    register_after: int = 1
    decide_after: int = 3
    reason: str = ""
    whereto: str = ""
    unit: str = "works"
    handler: str = ""
    notify_after: int = 6
    answer_after: int = 20
    answers: tuple[Answer, ...] = ()
    promised_within: int = (
        0  # days after the reply in which what is supported is carried out; 0: the rule's thirty
    )
    rated: tuple[RatingScore, str] | None = None
    then: tuple[
        tuple[float, Step], ...
    ] = ()  # what goes on from there, each so many days after the one before
    follow: str = ""
