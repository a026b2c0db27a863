"""What a notice must say before a second person is asked to sign it."""

from dataclasses import dataclass, replace
from datetime import datetime

from huiying.emergency.texts import check_short_enough, cleaned
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class NoticeText:
    """One text of a notice: what is known, what is not yet, what people can do, whom to ask, when more comes."""

    title: str
    text: str
    contact: str
    unknown: str = ""
    advice: str = ""
    next_update_at: datetime | None = None
    fact_ids: tuple[int, ...] = ()


LIMITS = {"title": 80, "contact": 200, "text": 20_000, "unknown": 20_000, "advice": 20_000}

MISSING = {
    "title": N_("请写标题。"),
    "text": N_("请写明已经查实的情况。"),
    "unknown": N_("请写明哪些还在核实；若都已查实，请写“暂无”。"),
    "advice": N_("请写明公众可以怎么做；若不需要做什么，请写明。"),
    "contact": N_("请写咨询电话或者地址。"),
    "fact_ids": N_("请至少勾选一条事实：没有来源的内容不能发布。"),
}


def tidy(text: NoticeText) -> NoticeText:
    """The same text without control characters and blanks at its ends."""
    return replace(
        text,
        title=cleaned(text.title),
        text=cleaned(text.text),
        unknown=cleaned(text.unknown),
        advice=cleaned(text.advice),
        contact=cleaned(text.contact),
    )


def check_storable(text: NoticeText) -> None:
    """Raise Incomplete unless a draft can be found again by its title and is no longer than can be kept."""
    given = {name: str(getattr(text, name)) for name in LIMITS}
    check_short_enough(given, LIMITS, rule="publishing.length")
    if not text.title.strip():
        raise Incomplete(N_("还不能保存。"), fields={"title": MISSING["title"]}, rule="publishing.title")


def check_complete(text: NoticeText) -> None:
    """Raise Incomplete naming every part that is missing (政府信息公开条例 art. 6; 突发事件应对法 art. 7)."""
    missing = {name: sentence for name, sentence in MISSING.items() if not _filled(getattr(text, name))}
    if missing:
        raise Incomplete(
            N_("还不能提交审核，有的内容没有写。"),
            fields=missing,
            rule="publishing.complete",
            article="政府信息公开条例 art. 6",
            remedy=N_("请补齐以后再提交。"),
        )


def _filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)
