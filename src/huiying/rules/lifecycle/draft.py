"""The draft of a reply on its way through the unit: written, submitted, returned, approved."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class DraftState(StrEnum):
    """Where the draft of the present round stands."""

    WRITING = "writing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        """The Chinese word for this state."""
        return LABELS[self]


LABELS = {
    DraftState.WRITING: N_("拟写中"),
    DraftState.SUBMITTED: N_("待审核"),
    DraftState.RETURNED: N_("退回修改"),
    DraftState.APPROVED: N_("已审核"),
}

_S = DraftState

LIFECYCLE = Lifecycle(
    "draft",
    DraftState,
    (
        Move(_S.WRITING, _S.SUBMITTED, "draft_submit", N_("送审"), "POLICY"),
        Move(_S.RETURNED, _S.SUBMITTED, "draft_submit", N_("送审"), "POLICY"),
        Move(_S.SUBMITTED, _S.RETURNED, "draft_return", N_("退回修改"), "POLICY"),
        Move(_S.SUBMITTED, _S.APPROVED, "draft_approve", N_("审核同意"), "POLICY"),
        # The head who reads the draft in any state may approve it by sending it.
        Move(_S.WRITING, _S.APPROVED, "reply_send", N_("审核并发出"), "POLICY"),
        Move(_S.RETURNED, _S.APPROVED, "reply_send", N_("审核并发出"), "POLICY"),
        Move(_S.SUBMITTED, _S.WRITING, "claim_answer", N_("改动后重新送审"), "POLICY"),
        Move(_S.APPROVED, _S.WRITING, "claim_answer", N_("改动后重新送审"), "POLICY"),
    ),
    title=N_("答复草稿"),
    initial=(_S.WRITING,),
)
