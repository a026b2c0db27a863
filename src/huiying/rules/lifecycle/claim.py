"""The outcome of one claim (诉求) in a reply, and the duty each outcome brings."""

from enum import StrEnum

from huiying.rules.words import N_


class ClaimOutcome(StrEnum):
    """What a reply says about one claim: 信访工作条例 art. 32."""

    SUPPORTED = "supported"
    EXPLAINED = "explained"
    NOT_SUPPORTED = "not_supported"

    @property
    def label(self) -> str:
        """The Chinese word for this outcome."""
        return LABELS[self]

    @property
    def meaning(self) -> str:
        """When this outcome is given and what the unit then owes, in one sentence."""
        return MEANINGS[self]


LABELS = {
    ClaimOutcome.SUPPORTED: N_("支持"),
    ClaimOutcome.EXPLAINED: N_("解释说明"),
    ClaimOutcome.NOT_SUPPORTED: N_("不予支持"),
}

MEANINGS = {
    ClaimOutcome.SUPPORTED: N_("事实清楚，符合法律法规和政策：予以支持，并督促有关单位执行。"),
    ClaimOutcome.EXPLAINED: N_("事由合理但缺乏法律依据：作好解释说明。"),
    ClaimOutcome.NOT_SUPPORTED: N_("缺乏事实根据或者不符合法律法规和政策：不予支持，并说明理由。"),
}

ARTICLE = "信访工作条例 art. 32"

# Only a supported claim must be carried out; refusing to is a trigger of supervision (art. 40, 42).
MUST_BE_EXECUTED = frozenset({ClaimOutcome.SUPPORTED})
