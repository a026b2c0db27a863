"""What is said of a watch that nobody keeps, or that somebody cannot keep: the day, the watch, the reason."""

from collections.abc import Iterable
from datetime import timedelta

from huiying.registry.rostering import DEFAULT, Span, Why
from huiying.rules.words import N_, Sentence, said

NOBODY = N_("没有人担任这个岗位")
PEOPLE = {
    Why.NOT_ON_POST: N_("{count} 人不在这个岗位"),
    Why.CANNOT_LEAD: N_("{count} 人不能带班"),
    Why.ON_LEAVE: N_("{count} 人请假"),
    Why.ON_WATCH: N_("{count} 人同一时间已有一班"),
    Why.NO_REST: N_("{count} 人两班之间休息不够"),
}
REST_HOURS = DEFAULT.rest // timedelta(hours=1)


def because(reasons: Iterable[tuple[Why, int]]) -> Sentence:
    """The reasons of a gap, counted."""
    parts = tuple(said(PEOPLE[why], count=count) for why, count in reasons)
    return said("{parts}", parts=parts) if parts else said(NOBODY)


def watch_words(span: Span, label: str) -> Sentence:
    """The day and the watch: 6 月 3 日夜班."""
    return said(N_("{month} 月 {day} 日{label}"), month=span.on.month, day=span.on.day, label=label)


def gap_words(span: Span, label: str, reasons: Iterable[tuple[Why, int]]) -> Sentence:
    """The watch that stays empty, and why."""
    return said(N_("{watch}：{because}"), watch=watch_words(span, label), because=because(reasons))


def refused_words(name: str, span: Span, label: str, why: Why) -> Sentence:
    """Why one person cannot keep one watch."""
    return said(N_("{watch}，{name}：{why}"), watch=watch_words(span, label), name=name, why=why.label)
