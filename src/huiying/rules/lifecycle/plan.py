"""A version of a plan (应急预案): drafted, submitted, approved, put in force, replaced by the next."""

from enum import StrEnum

from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.words import N_


class PlanState(StrEnum):
    """Where a version of a plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PROMULGATED = "promulgated"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return LABELS[self]


LABELS = {
    PlanState.DRAFT: N_("草案"),
    PlanState.SUBMITTED: N_("待审批"),
    PlanState.APPROVED: N_("已批准，待印发"),
    PlanState.PROMULGATED: N_("施行中"),
    PlanState.SUPERSEDED: N_("已被新版替代"),
}

_S = PlanState

BEFORE_THE_LEADERS = frozenset({_S.SUBMITTED, _S.APPROVED})  # nobody writes in such a text
BEING_MADE = BEFORE_THE_LEADERS | {_S.DRAFT}

LIFECYCLE = Lifecycle(
    "plan",
    PlanState,
    (
        Move(_S.DRAFT, _S.SUBMITTED, "plan_submit", N_("送审"), "国办发〔2024〕5号 art. 24"),
        Move(_S.SUBMITTED, _S.DRAFT, "plan_return", N_("退回修改"), "国办发〔2024〕5号 art. 24"),
        Move(_S.SUBMITTED, _S.DRAFT, "plan_withdraw", N_("撤回送审"), "POLICY"),
        Move(_S.SUBMITTED, _S.APPROVED, "plan_approve", N_("批准"), "国办发〔2024〕5号 art. 24, 25"),
        Move(_S.APPROVED, _S.DRAFT, "plan_return", N_("退回修改"), "国办发〔2024〕5号 art. 24"),
        Move(_S.APPROVED, _S.PROMULGATED, "plan_promulgate", N_("印发施行"), "国办发〔2024〕5号 art. 25"),
        Move(_S.PROMULGATED, _S.SUPERSEDED, "plan_supersede", N_("由新版替代"), "国办发〔2024〕5号 art. 35"),
    ),
    title=N_("预案版本"),
    initial=(PlanState.DRAFT,),
)
