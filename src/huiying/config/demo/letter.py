"""The shape of one invented matter: what is said, and how far it has come."""

from dataclasses import dataclass
from enum import Enum, auto

from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind
from huiying.rules.matters import Matter, RatingScore


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
class Answer:
    """What a reply says to one claim."""

    outcome: ClaimOutcome
    facts: str
    opinion: str
    basis: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One matter. The `_after` figures are days from the step before."""

    key: str
    way: Way
    title: str
    text: str
    claims: tuple[str, ...]
    matter: Matter
    days_ago: int = 0
    last_month: int = 0  # instead of days ago: the day of the last whole month, or the Monday after
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
    rated: tuple[RatingScore, str] | None = None
    follow: str = ""
