"""What is missing for the plans in force: each thing a duty with who mends it and where; never a score, never a share."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from huiying.rules.permissions import GrantRef, Role
from huiying.rules.words import N_


class LackKind(StrEnum):
    """What is missing, in the order in which it is told."""

    POST_MISSING = "post_missing"
    POST_VACANT = "post_vacant"
    NOBODY_THERE = "nobody_there"
    WATCH = "watch"
    DEPUTY = "deputy"
    QUALIFICATION = "qualification"
    HANDS = "hands"
    SUPPLY = "supply"
    CONTACT = "contact"
    FUND = "fund"
    PAPER = "paper"
    CARE = "care"

    @property
    def label(self) -> str:
        """The Chinese words for it."""
        return LACK_LABELS[self]


LACK_LABELS = {
    LackKind.POST_MISSING: N_("没有设立的岗位"),
    LackKind.POST_VACANT: N_("没有人的岗位"),
    LackKind.NOBODY_THERE: N_("今天没有人在的岗位"),
    LackKind.WATCH: N_("值班排不满"),
    LackKind.DEPUTY: N_("没有代理人的岗位"),
    LackKind.QUALIFICATION: N_("缺少的资格"),
    LackKind.HANDS: N_("同一时间人手不够"),
    LackKind.SUPPLY: N_("物资不足或将过期"),
    LackKind.CONTACT: N_("要核对的联络单位"),
    LackKind.FUND: N_("没有安排的经费"),
    LackKind.PAPER: N_("逾期的意见、备案和确认"),
    LackKind.CARE: N_("逾期的评估和演练"),
}


class Where(StrEnum):
    """Where it is mended."""

    UNITS = "units"
    STAFF = "staff"
    DUTY = "duty"
    SUPPLIES = "supplies"
    CONTACTS = "contacts"
    ROAD = "road"
    CARE = "care"
    TEXT = "text"

    @property
    def label(self) -> str:
        """The Chinese words for this place."""
        return WHERE_LABELS[self]


WHERE_LABELS = {
    Where.UNITS: N_("设置里的单位和岗位"),
    Where.STAFF: N_("人员与授权"),
    Where.DUTY: N_("值班"),
    Where.SUPPLIES: N_("物资与经费"),
    Where.CONTACTS: N_("联络单位"),
    Where.ROAD: N_("意见、审批与印发"),
    Where.CARE: N_("施行以后"),
    Where.TEXT: N_("预案文本"),
}


@dataclass(frozen=True, slots=True)
class PlanRef:
    """A plan that needs it, by what its address needs."""

    code: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing. `key` tells it apart, so that several plans that miss the same thing are one row."""

    kind: LackKind
    key: str
    what: str
    where: Where
    roles: tuple[Role, ...]
    unit_id: int | None = None
    unit: str = ""
    since: date | None = None
    plans: tuple[PlanRef, ...] = field(default=())

    def is_for(self, grants: frozenset[GrantRef]) -> bool:
        """Say whether one of the grants makes it the holder's to mend."""
        return any(grant.role in self.roles and grant.reaches(self.unit_id) for grant in grants)

    @property
    def who(self) -> tuple[str, ...]:
        """The roles; the unit before them where its head is meant."""
        unit = (self.unit,) if self.unit and Role.UNIT_HEAD in self.roles else ()
        return (*unit, *(role.label for role in self.roles))


def merged(rows: Iterator[tuple[PlanRef, Lack]]) -> list[Lack]:
    """One row for each thing, with every plan that misses it, in the order of the kinds."""
    found: dict[tuple[str, str], tuple[Lack, dict[PlanRef, None]]] = {}
    for plan, lack in rows:
        found.setdefault((lack.kind, lack.key), (lack, {}))[1][plan] = None
    order = {kind: place for place, kind in enumerate(LackKind)}
    rows_found = [replace(lack, plans=tuple(plans)) for lack, plans in found.values()]
    return sorted(rows_found, key=lambda lack: (order[lack.kind], lack.since or date.max, lack.key))
