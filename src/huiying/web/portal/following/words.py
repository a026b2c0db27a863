"""What happened, in the words of the petition's own page: roles, never names."""

from typing import Any

from django.utils.translation import gettext

from huiying.petitions.selectors import Happening
from huiying.records.vault import Opening, Purpose
from huiying.rules.actors import ActorKind
from huiying.rules.events import EventKind
from huiying.rules.permissions import Role
from huiying.rules.words import N_

# An event without a row here is nothing the person needs to be told.
HAPPENED = {
    EventKind.PETITION_FILED: N_("提出，收到"),
    EventKind.PETITION_IMPORTED: N_("从原有系统转入"),
    EventKind.PETITION_REGISTERED: N_("已登记"),
    EventKind.PETITION_SHIELDED: N_("写好了隐去身份的文本，办理单位只看到它"),
    EventKind.PETITION_ACCEPTED: N_("决定受理"),
    EventKind.PETITION_DECLINED: N_("决定不予受理"),
    EventKind.PETITION_REFERRED: N_("转送有权处理的机关"),
    EventKind.PETITION_ASSIGNED: N_("交给承办单位"),
    EventKind.PETITION_NOTIFIED: N_("承办单位告知收到"),
    EventKind.PETITION_FACET_SET: N_("核对了是否有人有危险"),
    EventKind.REPLY_SENT: N_("书面答复发出"),
    EventKind.REPLY_SERVED: N_("答复送达"),
    EventKind.PETITION_RATED: N_("评价"),
    EventKind.PETITION_WITHDRAWN: N_("撤回"),
    EventKind.PETITION_RESUMED: N_("收回撤回，继续办理"),
    EventKind.PETITION_CORRECTED: N_("更正或补充"),
    EventKind.PETITION_CLASSIFIED: N_("归入类别"),
    EventKind.PETITION_REOPENED: N_("因新情况重新办理"),
    EventKind.CODE_RENEWED: N_("更换查询码"),
    EventKind.EXTENSION_APPROVED: N_("批准延期，理由见“办理期限延长”"),
    EventKind.OBJECTION_AGREED: N_("承办单位说明不归它办，退回另行分办"),
    EventKind.EXECUTION_OPENED: N_("开始执行支持的诉求"),
    EventKind.EXECUTION_REPORTED: N_("承办单位报告已经办成"),
    EventKind.EXECUTION_VERIFIED: N_("核实确已办成"),
    EventKind.EXECUTION_RETURNED: N_("核实没有办成，退回承办单位"),
    EventKind.MESSAGE_SAID: N_("留言"),
    EventKind.SPAM_CONFIRMED: N_("被认为不是信访事项"),
    EventKind.SPAM_APPEALED: N_("提出异议，请再看一次"),
    EventKind.SPAM_LIFTED: N_("恢复办理"),
    EventKind.FILE_STORED: N_("加入了一份材料"),
    EventKind.FILE_PASSED: N_("把一份材料转给承办单位"),
    EventKind.FILE_ERASED: N_("删除了一份材料"),
    EventKind.IDENTITY_OPENED: N_("查看了身份信息，理由见“谁看过我的身份”"),
    EventKind.IDENTITY_ERASED: N_("销毁了身份信息"),
}
WHO = {
    ActorKind.PETITIONER: N_("您"),
    ActorKind.STAFF: N_("工作人员"),
    ActorKind.SYSTEM: N_("系统"),
    ActorKind.PUBLIC: N_("公众"),
}


def told(history: tuple[Happening, ...]) -> list[dict[str, Any]]:
    """The history as the timeline draws it."""
    return [
        {
            "at": happening.at,
            "what": gettext(HAPPENED[happening.kind]),
            "who": gettext(WHO[happening.actor_kind]),
            "ours": happening.actor_kind is ActorKind.STAFF,
        }
        for happening in history
        if happening.kind in HAPPENED
    ]


def looked(openings: list[Opening]) -> list[dict[str, Any]]:
    """Each look of a person at the identity: when, which role, for what, with which reason."""
    return [
        {
            "at": opening.opened_at,
            "who": role_words(opening),
            "purpose": gettext(opening.purpose.label),
            "reason": opening.reason,
        }
        for opening in openings
        if opening.purpose != Purpose.DELIVERY
    ]


def delivered(openings: list[Opening]) -> dict[str, Any]:
    """How often the machine used the contact to send a letter, and when last; `openings` come newest first."""
    looks = [opening.opened_at for opening in openings if opening.purpose == Purpose.DELIVERY]
    return {"count": len(looks), "last": looks[0] if looks else None}


def role_words(opening: Opening) -> str:
    """The role that allowed the look; the kind of actor where none was named."""
    known = opening.role in set(Role)
    return gettext(Role(opening.role).label if known else WHO[opening.actor_kind])
