"""A notice (信息发布): what the body tells the public, approved by a second person, corrected in the open."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class NoticeState(StrEnum):
    """Where a notice stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    NoticeState.DRAFT: N_("草稿"),
    NoticeState.SUBMITTED: N_("待审核"),
    NoticeState.APPROVED: N_("已审核"),
    NoticeState.PUBLISHED: N_("已发布"),
    NoticeState.CORRECTED: N_("已更正"),
    NoticeState.WITHDRAWN: N_("已撤下"),
}

_S = NoticeState

LIFECYCLE = Lifecycle(
    "notice",
    NoticeState,
    (
        Move(_S.DRAFT, _S.SUBMITTED, "notice_submit", N_("提交审核"), "POLICY"),
        Move(_S.SUBMITTED, _S.APPROVED, "notice_approve", N_("审核通过"), "POLICY"),
        Move(_S.SUBMITTED, _S.DRAFT, "notice_return", N_("退回修改"), "POLICY"),
        # A signature holds for one text: whoever writes on, or sends it back after signing, makes it void.
        Move(_S.APPROVED, _S.DRAFT, "notice_recall", N_("收回修改"), "POLICY"),
        Move(_S.APPROVED, _S.PUBLISHED, "notice_publish", N_("发布"), "突发事件应对法 art. 7"),
        Move(_S.PUBLISHED, _S.CORRECTED, "notice_correct", N_("更正"), "政府信息公开条例 art. 6"),
        Move(_S.PUBLISHED, _S.WITHDRAWN, "notice_withdraw", N_("撤下"), "POLICY"),
        # A correction can itself need correcting; every text stays readable beside the last.
        Move(_S.CORRECTED, _S.CORRECTED, "notice_correct", N_("更正"), "政府信息公开条例 art. 6"),
        Move(_S.CORRECTED, _S.WITHDRAWN, "notice_withdraw", N_("撤下"), "POLICY"),
    ),
    title=N_("信息发布"),
    initial=(NoticeState.DRAFT,),
)
