"""What a reply (处理意见书) must hold before it may leave: every claim answered on every part.

信访工作条例 art. 32 asks for the claim, facts and reasons, the opinion and its legal basis; naming the
remedy, the unit that hears it and its last day is POLICY.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiying.rules.calendar import WorkCalendar
from huiying.rules.clocks import ROWS, Clock
from huiying.rules.deadlines import Due, due
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_, said

ARTICLE = "信访工作条例 art. 32"


class ReplyPart(StrEnum):
    """The parts that a reply owes each claim."""

    CLAIM = "claim"
    OUTCOME = "outcome"
    FACTS = "facts"
    BASIS = "basis"
    REMEDY = "remedy"

    @property
    def label(self) -> str:
        """The Chinese word for this part."""
        return LABELS[self]


LABELS = {
    ReplyPart.CLAIM: N_("诉求"),
    ReplyPart.OUTCOME: N_("处理意见"),
    ReplyPart.FACTS: N_("事实和理由"),
    ReplyPart.BASIS: N_("法律法规依据"),
    ReplyPart.REMEDY: N_("救济途径"),
}


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """What a draft reply says to one claim. `claim` is the claim's reference; texts may still be empty."""

    claim: str
    outcome: ClaimOutcome | None = None
    facts: str = ""
    basis: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """One part that one claim still lacks; `claim` is empty where the reply answers no claim at all."""

    claim: str
    part: ReplyPart


def missing_parts(claims: Sequence[ClaimAnswer]) -> tuple[Missing, ...]:
    """What keeps a reply from leaving, claim by claim. Empty: it may leave. art. 32; remedy: POLICY."""
    if not claims:
        return (Missing("", ReplyPart.CLAIM),)
    return tuple(Missing(answer.claim, part) for answer in claims for part in _missing_in(answer))


def check_complete(claims: Sequence[ClaimAnswer]) -> None:
    """Raise Incomplete naming each missing part as `claim.part`."""
    missing = missing_parts(claims)
    if not missing:
        return
    raise Incomplete(
        N_("每一项诉求都要写明处理意见、事实和理由、依据和救济途径，答复才能发出。"),
        fields={
            f"{item.claim}.{item.part}": said(N_("还缺：{part}"), part=item.part.label) for item in missing
        },
        rule="reply.complete",
        article=ARTICLE,
        remedy=N_("请补全列出的内容后再发出。"),
    )


@dataclass(frozen=True, slots=True)
class Remedy:
    """How the petitioner may go on: the statement and, once the reply is received, the last day."""

    text: str
    due: Due | None


def remedy_statement(
    reviewing_unit: str, *, received_on: date | None = None, calendar: WorkCalendar | None = None
) -> Remedy:
    """Word the remedy: which unit one level above, 30 days from receipt, and the last day once that is known.

    信访工作条例 art. 35. `received_on` needs a calendar, as the petitioner's last day moves off a holiday.
    """
    unit = reviewing_unit.strip()
    if not unit:
        raise Incomplete(
            N_("救济途径须写明上一级机关、单位的名称。"),
            fields={"reviewing_unit": N_("请填写上一级机关、单位")},
            rule="reply.remedy",
            article=ROWS[Clock.REQUEST_REVIEW].article,
        )
    text = N_("不服本处理意见的，可以自收到书面答复之日起30日内，请求{unit}复查。").format(unit=unit)
    if received_on is None:
        return Remedy(text, None)
    window = due(Clock.REQUEST_REVIEW, received_on, calendar)
    last = N_("最后一日为{year}年{month}月{day}日。").format(
        year=window.due_on.year, month=window.due_on.month, day=window.due_on.day
    )
    return Remedy(text + last, window)


def _missing_in(answer: ClaimAnswer) -> tuple[ReplyPart, ...]:
    held = {
        ReplyPart.OUTCOME: answer.outcome is not None,
        ReplyPart.FACTS: bool(answer.facts.strip()),
        ReplyPart.BASIS: bool(answer.basis.strip()),
        ReplyPart.REMEDY: bool(answer.remedy.strip()),
    }
    return tuple(part for part, there in held.items() if not there)
