"""A petition (信访事项): its kinds, channels, and the states from arrival to conclusion."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class PetitionState(StrEnum):
    """Where a petition stands. Execution, ratings and appeals run beside `settled`."""

    RECEIVED = "received"
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REFERRED = "referred"
    HANDLING = "handling"
    REPLIED = "replied"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    CONCLUDED = "concluded"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    PetitionState.RECEIVED: N_("已收到"),
    PetitionState.REGISTERED: N_("已登记"),
    PetitionState.ACCEPTED: N_("已受理"),
    PetitionState.DECLINED: N_("不予受理"),
    PetitionState.REFERRED: N_("已转送"),
    PetitionState.HANDLING: N_("办理中"),
    PetitionState.REPLIED: N_("已答复"),
    PetitionState.SETTLED: N_("已办结"),
    PetitionState.WITHDRAWN: N_("已撤回"),
    PetitionState.CONCLUDED: N_("已终结"),
}


class PetitionKind(StrEnum):
    """信访工作条例 art. 29 to 31, and enquiries. Only a request has the 60-day clock."""

    REQUEST = "request"
    ACCUSATION = "accusation"
    SUGGESTION = "suggestion"
    ENQUIRY = "enquiry"

    @property
    def label(self) -> str:
        """The Chinese word for this kind."""
        return KIND_LABELS[self]


KIND_LABELS = {
    PetitionKind.REQUEST: N_("申诉求决"),
    PetitionKind.ACCUSATION: N_("检举控告"),
    PetitionKind.SUGGESTION: N_("建议意见"),
    PetitionKind.ENQUIRY: N_("咨询"),
}


class Confidentiality(StrEnum):
    """Under which name a petition is filed."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"

    @property
    def label(self) -> str:
        """The Chinese word for this choice."""
        return CONFIDENTIALITY_LABELS[self]


CONFIDENTIALITY_LABELS = {
    Confidentiality.NAMED: N_("实名"),
    Confidentiality.CONFIDENTIAL: N_("要求保密"),
    Confidentiality.ANONYMOUS: N_("匿名"),
}


class Channel(StrEnum):
    """How a petition arrived (信访工作条例 art. 17, an open list)."""

    ONLINE = "online"
    CALL = "call"
    LETTER = "letter"
    VISIT = "visit"
    HOME_VISIT = "home_visit"
    EMAIL = "email"
    IMPORT = "import"

    @property
    def label(self) -> str:
        """The Chinese word for this channel."""
        return CHANNEL_LABELS[self]


CHANNEL_LABELS = {
    Channel.ONLINE: N_("网上"),
    Channel.CALL: N_("电话"),
    Channel.LETTER: N_("来信"),
    Channel.VISIT: N_("来访"),
    Channel.HOME_VISIT: N_("上门下访"),
    Channel.EMAIL: N_("电子邮件"),
    Channel.IMPORT: N_("批量导入"),
}

_S = PetitionState
_WITHDRAW = ("petition_withdraw", N_("撤回"), "POLICY")
_RESUME = ("petition_resume", N_("收回撤回"), "POLICY")

LIFECYCLE = Lifecycle(
    "petition",
    PetitionState,
    (
        Move(_S.RECEIVED, _S.REGISTERED, "petition_register", N_("登记"), "信访工作条例 art. 22, 23"),
        Move(_S.REGISTERED, _S.ACCEPTED, "petition_accept", N_("受理"), "信访工作条例 art. 22, 23"),
        Move(_S.REGISTERED, _S.DECLINED, "petition_decline", N_("不予受理"), "信访工作条例 art. 22, 23"),
        Move(_S.REGISTERED, _S.REFERRED, "petition_refer", N_("转送"), "信访工作条例 art. 22"),
        Move(_S.ACCEPTED, _S.HANDLING, "petition_assign", N_("分办"), "信访工作条例 art. 22, 31"),
        Move(_S.HANDLING, _S.REPLIED, "reply_send", N_("答复"), "信访工作条例 art. 32, 34"),
        # An enquiry that the counter itself can answer needs no unit. POLICY.
        Move(_S.REGISTERED, _S.REPLIED, "enquiry_answer", N_("当场答复"), "POLICY"),
        Move(_S.REPLIED, _S.SETTLED, "reply_serve", N_("送达办结"), "信访工作条例 art. 35"),
        # Not once it is answered: then an answer is owed a reader, and nothing is left to call off.
        Move(_S.RECEIVED, _S.WITHDRAWN, *_WITHDRAW),
        Move(_S.REGISTERED, _S.WITHDRAWN, *_WITHDRAW),
        Move(_S.ACCEPTED, _S.WITHDRAWN, *_WITHDRAW),
        Move(_S.REFERRED, _S.WITHDRAWN, *_WITHDRAW),
        Move(_S.HANDLING, _S.WITHDRAWN, *_WITHDRAW),
        # Within 30 days its holder may take the withdrawal back; it stands again where it stood.
        Move(_S.WITHDRAWN, _S.RECEIVED, *_RESUME),
        Move(_S.WITHDRAWN, _S.REGISTERED, *_RESUME),
        Move(_S.WITHDRAWN, _S.ACCEPTED, *_RESUME),
        Move(_S.WITHDRAWN, _S.REFERRED, *_RESUME),
        Move(_S.WITHDRAWN, _S.HANDLING, *_RESUME),
        Move(_S.HANDLING, _S.ACCEPTED, "objection_agree", N_("同意退回另行分办"), "信访工作条例 art. 23"),
        Move(_S.SETTLED, _S.HANDLING, "petition_reopen", N_("因新事实重新办理"), "信访工作条例 art. 36"),
        # What the counter answered lay in no unit: it is assigned now.
        Move(_S.SETTLED, _S.ACCEPTED, "petition_reopen", N_("因新事实重新分办"), "信访工作条例 art. 36"),
    ),
    title=N_("信访事项"),
    initial=(PetitionState.RECEIVED,),
    # Concluding needs the appeal stages (art. 35, 36): until they stand, nothing may reach it.
    reserved=frozenset({PetitionState.CONCLUDED}),
)
