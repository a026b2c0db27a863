"""Who did something, as a plain value that every room can pass on."""

from dataclasses import dataclass
from enum import StrEnum

from huiying.rules.words import N_


class ActorKind(StrEnum):
    """The kinds of actor the ledger knows."""

    PETITIONER = "petitioner"
    STAFF = "staff"
    SYSTEM = "system"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """The Chinese word for this kind."""
        return LABELS[self]


LABELS = {
    ActorKind.PETITIONER: N_("信访人"),
    ActorKind.STAFF: N_("工作人员"),
    ActorKind.SYSTEM: N_("系统"),
    ActorKind.PUBLIC: N_("公众"),
}


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor without a name: a staff number, a petition's holder, the system itself."""

    kind: ActorKind
    ref: str = ""

    @property
    def actor(self) -> "ActorRef":
        """Itself, so that whoever holds an Officer or an ActorRef asks the same way."""
        return self


SYSTEM = ActorRef(ActorKind.SYSTEM, "huiying")
PUBLIC = ActorRef(ActorKind.PUBLIC)
