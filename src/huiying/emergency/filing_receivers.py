"""With whom a plan is filed, by its kind (国办发〔2024〕5号 art. 26); names of places are filled in by the body."""

from huiying.emergency.plan_kinds import PlanKind
from huiying.rules.words import N_

MOST_RECEIVERS = 5
RECEIVER_LENGTH = 120

# {superior}: the body's superior, as it stands in the settings.
RECEIVERS: dict[PlanKind, tuple[str, ...]] = {
    PlanKind.GENERAL: (N_("{superior}（径送其应急管理部门）"),),
    PlanKind.SPECIAL: (N_("{superior}相应牵头部门"),),
    PlanKind.DEPARTMENT: (N_("本级人民政府（径送本级应急管理部门）"),),
    PlanKind.UNIT: ("{superior}",),
    PlanKind.JOINT: (N_("{superior}相应牵头部门"), N_("共同上一级人民政府应急管理部门")),
    PlanKind.EVENT: (N_("{superior}相应牵头部门"),),
    PlanKind.CATASTROPHE: (N_("{superior}应急管理部门"),),
    PlanKind.HANDBOOK: (),  # handbooks support a plan; they are not filed
}
NAMELESS = N_("上一级人民政府")


def receivers_of(kind: str, superior: str) -> tuple[str, ...]:
    """Whom a plan of that kind is filed with, in the words that stand in the record and can be changed."""
    rows = RECEIVERS[PlanKind(kind)]
    return tuple(row.format(superior=superior.strip() or NAMELESS)[:RECEIVER_LENGTH] for row in rows)
