"""Where one petition stands, in one sentence, and what the law promises next."""

from typing import Any

from huiying.petitions.models import Petition
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.words import N_

STANDS = {
    PetitionState.RECEIVED: N_("已经收到，等待信访部门登记。"),
    PetitionState.REGISTERED: N_("已经登记，信访部门正在决定是否受理、由谁办理。"),
    PetitionState.ACCEPTED: N_("已经受理，正在交给承办单位。"),
    PetitionState.HANDLING: N_("承办单位正在办理。"),
    PetitionState.REPLIED: N_("书面答复已经发出，等您打开。"),
    PetitionState.SETTLED: N_("您已经收到书面答复。"),
    PetitionState.DECLINED: N_("这里不办理，下面写着为什么、应当去哪里。"),
    PetitionState.REFERRED: N_("已经转给有权处理的机关。"),
    PetitionState.WITHDRAWN: N_("您已经撤回，办理停止了。"),
    PetitionState.CONCLUDED: N_("已经终结。"),
}
ACCUSATION = N_("已经收到。只有督办岗位能看到，按检举控告的规定处理，不会转给被检举的人和单位。")


def stand_of(petition: Petition) -> str:
    """The sentence of this moment. 信访工作条例 art. 21."""
    state = PetitionState(petition.state)
    if petition.kind == PetitionKind.ACCUSATION and state is not PetitionState.WITHDRAWN:
        return ACCUSATION
    return STANDS[state]


def contact_of(petition: Petition) -> dict[str, Any] | None:
    """Whom the person may ask: the named liaison of the unit and its telephone. None before a unit has it."""
    unit = petition.handling_unit
    if unit is None or petition.kind == PetitionKind.ACCUSATION:
        return None
    liaison = petition.liaison
    return {
        "unit": unit.name,
        "name": liaison.name if liaison else "",
        "phone": unit.phone or petition.body.phone,
        "own": bool(unit.phone),
    }
