"""What each published figure means: one definition, in words, with its article."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """A figure's name, its formula in words and the article it answers to."""

    name: str
    label: str
    formula: str
    article: str


_LIST = (
    FigureDefinition(
        "received_by_channel",
        N_("按渠道收到的件数"),
        N_("期内收到的信访事项，按来件渠道分列；内容近乎相同的只计一次。"),
        "信访工作条例 art. 41",
    ),
    FigureDefinition(
        "received_by_category",
        N_("按类别收到的件数"),
        N_("期内收到的信访事项，按内容类别分列；内容近乎相同的只计一次。"),
        "信访工作条例 art. 41",
    ),
    FigureDefinition(
        "routed_in_time",
        N_("15日内登记转送的比例"),
        N_("收到之日起15日内登记并受理、转送或者告知的件数，除以登记转送期限已满或者已办的件数。"),
        "信访工作条例 art. 22",
    ),
    FigureDefinition(
        "notice_in_time",
        N_("15日内书面告知的比例"),
        N_("收到之日起15日内书面告知的件数，除以告知期限已满或者已告知的件数。"),
        "信访工作条例 art. 23",
    ),
    FigureDefinition(
        "days_to_reply_median",
        N_("答复天数的中位数"),
        N_("期内答复的申诉求决事项，从受理之日到答复之日的天数，由少到多排在正中的一个。"),
        "信访工作条例 art. 34",
    ),
    FigureDefinition(
        "days_to_reply_p90",
        N_("十分之九在多少天内答复"),
        N_("期内答复的申诉求决事项，从受理之日到答复之日的天数，由少到多排在十分之九处的一个。"),
        "信访工作条例 art. 34",
    ),
    FigureDefinition(
        "replied_in_time",
        N_("60日内答复的比例"),
        N_("办理期限内答复的件数，除以期内答复的与超期未答复的件数之和。"),
        "信访工作条例 art. 34",
    ),
    FigureDefinition(
        "replied_overdue",
        N_("超期答复的件数"),
        N_("期内答复、但答复之日晚于办理期限的件数。"),
        "信访工作条例 art. 34, 45",
    ),
    FigureDefinition(
        "outcomes",
        N_("处理意见"),
        N_("期内答复的各项诉求，按支持、解释说明、不予支持分列。"),
        "信访工作条例 art. 32",
    ),
    FigureDefinition(
        "open_overdue",
        N_("超期未答复的件数"),
        N_("截至统计之日尚未答复、且办理期限已过的件数。"),
        "信访工作条例 art. 34, 45",
    ),
    FigureDefinition(
        "answered_on_every_point",
        N_("逐项答复的比例"),
        N_("期内发出的答复中，每一项诉求都有处理意见、事实和理由、依据、救济途径的，除以发出的答复。"),
        "信访工作条例 art. 32",
    ),
)

DEFINITIONS: dict[str, FigureDefinition] = {definition.name: definition for definition in _LIST}


def quantile(values: Sequence[int], part: float) -> int | None:
    """The value at a part (0 to 1) of the sorted values, by nearest rank; None where there are none."""
    if not 0 < part <= 1:
        raise ValueError("a part lies above 0 and up to 1")
    ranked = sorted(values)
    if not ranked:
        return None
    rank = -int(-len(ranked) * part // 1)
    return ranked[rank - 1]
