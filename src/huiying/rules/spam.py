"""What in a text alone speaks against its being a petition. A suggestion for a person to look at; nothing follows from it.

The rules read the text and nothing else: not who wrote it, not from where, not how often. POLICY.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from huiying.rules.words import N_


class DoubtKind(StrEnum):
    """A reason to look twice at a message."""

    NO_WORDS = "no_words"
    ONLY_LINKS = "only_links"
    ADVERTISING = "advertising"
    ONE_REPEATED = "one_repeated"

    @property
    def label(self) -> str:
        """The reason, in a Chinese sentence."""
        return LABELS[self]


LABELS = {
    DoubtKind.NO_WORDS: N_("没有成句的文字"),
    DoubtKind.ONLY_LINKS: N_("除网址外几乎没有内容"),
    DoubtKind.ADVERTISING: N_("反复出现推销用语和联系方式"),
    DoubtKind.ONE_REPEATED: N_("同一句话重复多次"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason, with the passages that gave it."""

    kind: DoubtKind
    found: tuple[str, ...] = ()


LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")
CLAUSE = re.compile(r"[^。！？!?；;，,\n]+")
# What sells; none of it is a complaint by itself, so it takes three different ones and an invitation to get in touch.
SELLING = (
    "优惠", "促销", "折扣", "代开发票", "代办", "贷款", "秒到账", "日赚", "兼职", "刷单", "招代理", "包邮", "返利", "免费领取",
    "限时", "抢购", "博彩", "彩票", "棋牌", "开户", "推广", "引流",
)  # fmt: skip
TOUCH = ("加微信", "加v", "加qq", "扫码", "点击链接", "咨询热线", "私聊", "进群", "添加客服")
# Words of asking: where one stands, nothing is called advertising. Better an advertisement too many than a petition lost.
ASKING = (
    "请", "要求", "希望", "投诉", "举报", "反映", "诉求", "被骗", "受骗", "拖欠", "赔偿", "处理", "查处", "解决", "退款",
)  # fmt: skip


def doubts(text: str) -> tuple[Doubt, ...]:
    """Every reason that this text gives to look twice, with what was found; none for most texts."""
    found = (rule(text) for rule in RULES)
    return tuple(doubt for doubt in found if doubt is not None)


def _no_words(text: str) -> Doubt | None:
    return (
        None
        if len(LETTER.findall(LINK.sub("", text))) >= 2 or LINK.search(text)
        else Doubt(DoubtKind.NO_WORDS)
    )


def _only_links(text: str) -> Doubt | None:
    links = LINK.findall(text)
    rest = len(LETTER.findall(LINK.sub("", text)))
    return Doubt(DoubtKind.ONLY_LINKS, tuple(links[:3])) if links and rest < 6 else None


def _advertising(text: str) -> Doubt | None:
    low = text.lower()
    selling = [word for word in SELLING if word in low]
    touch = [word for word in TOUCH if word in low]
    if len(selling) < 3 or not touch or any(word in low for word in ASKING):
        return None
    return Doubt(DoubtKind.ADVERTISING, (*selling[:4], *touch[:2]))


def _one_repeated(text: str) -> Doubt | None:
    clauses = [clause.strip() for clause in CLAUSE.findall(text) if len(clause.strip()) >= 4]
    most = max(clauses, key=clauses.count, default="")
    if clauses.count(most) < 6 or any(word in most for word in ASKING):
        return None
    return Doubt(DoubtKind.ONE_REPEATED, (most[:40],))


RULES: tuple[Callable[[str], Doubt | None], ...] = (_no_words, _only_links, _advertising, _one_repeated)
