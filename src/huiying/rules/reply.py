"""What a reply must hold before it may leave: every claim answered on every part that its kind owes.

信访工作条例 art. 32 asks for the claim, facts and reasons, the opinion and its legal basis in the written handling
opinion (处理意见书) of a request; naming the remedy, the unit that hears it and its last day is POLICY. A suggestion is
owed the reasons and what becomes of it (art. 29), an enquiry its answer; neither opens a review (art. 35).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiying.rules.calendar import WorkCalendar
from huiying.rules.clocks import ROWS, Clock
from huiying.rules.deadlines import Due, due
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import Channel, PetitionKind
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said

ARTICLE = "信访工作条例 art. 32"


class ReplyPart(StrEnum):
    """The parts that a reply owes each claim."""

    CLAIM = "claim"
    OUTCOME = "outcome"
    FACTS = "facts"
    OPINION = "opinion"
    BASIS = "basis"
    REMEDY = "remedy"

    @property
    def label(self) -> str:
        """The Chinese word for this part."""
        return LABELS[self]

    def label_in(self, kind: PetitionKind) -> str:
        """The Chinese word for this part in a reply to that kind."""
        return KIND_LABELS.get((kind, self), LABELS[self])


LABELS = {
    ReplyPart.CLAIM: N_("诉求"),
    ReplyPart.OUTCOME: N_("处理意见"),
    ReplyPart.FACTS: N_("事实和理由"),
    ReplyPart.OPINION: N_("具体意见"),
    ReplyPart.BASIS: N_("法律法规依据"),
    ReplyPart.REMEDY: N_("救济途径"),
}
KIND_LABELS = {
    (PetitionKind.SUGGESTION, ReplyPart.FACTS): N_("研究情况和理由"),
    (PetitionKind.SUGGESTION, ReplyPart.OPINION): N_("采纳意见"),
    (PetitionKind.ENQUIRY, ReplyPart.OPINION): N_("答复"),
}

_P = ReplyPart
_REQUEST = (_P.OUTCOME, _P.FACTS, _P.OPINION, _P.BASIS, _P.REMEDY)

# What each kind owes each claim, in the order in which it is written. An accusation is answered by supervision alone.
OWED: dict[PetitionKind, tuple[ReplyPart, ...]] = {
    PetitionKind.REQUEST: _REQUEST,
    PetitionKind.ACCUSATION: _REQUEST,
    PetitionKind.SUGGESTION: (_P.FACTS, _P.OPINION),
    PetitionKind.ENQUIRY: (_P.OPINION,),
}

# The period that the reply meets, by kind.
MET_BY_REPLY: dict[PetitionKind, Clock] = {
    PetitionKind.REQUEST: Clock.HANDLE,
    PetitionKind.SUGGESTION: Clock.SUGGESTION,
    PetitionKind.ENQUIRY: Clock.ENQUIRY,
}

# Only the handling opinion on a request can be asked to be reviewed. 信访工作条例 art. 35.
REVIEWABLE = frozenset({PetitionKind.REQUEST})

# What the counter may answer itself, without a unit and its head: it opens no review and decides nothing. POLICY.
ON_THE_SPOT = frozenset({PetitionKind.ENQUIRY})


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """What a draft reply says to one claim. `claim` is the claim's reference; texts may still be empty."""

    claim: str
    outcome: ClaimOutcome | None = None
    facts: str = ""
    opinion: str = ""
    basis: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """One part that one claim still lacks; `claim` is empty where the reply answers no claim at all."""

    claim: str
    part: ReplyPart


def missing_parts(
    claims: Sequence[ClaimAnswer], kind: PetitionKind = PetitionKind.REQUEST
) -> tuple[Missing, ...]:
    """What keeps a reply from leaving, claim by claim. Empty: it may leave. art. 29, 32; remedy: POLICY."""
    if not claims:
        return (Missing("", ReplyPart.CLAIM),)
    return tuple(Missing(answer.claim, part) for answer in claims for part in _missing_in(answer, kind))


def check_complete(claims: Sequence[ClaimAnswer], kind: PetitionKind = PetitionKind.REQUEST) -> None:
    """Raise Incomplete naming each missing part as `claim.part`."""
    missing = missing_parts(claims, kind)
    if not missing:
        return
    parts = tuple(dict.fromkeys(part.label_in(kind) for part in OWED[kind]))
    raise Incomplete(
        said(N_("每一项诉求都要写明这些内容，答复才能发出：{parts}。"), parts=parts),
        fields={
            f"{item.claim}.{item.part}": said(N_("还缺：{part}"), part=item.part.label_in(kind))
            for item in missing
        },
        rule="reply.complete",
        article=ARTICLE,
        remedy=N_("请补全列出的内容后再发出。"),
    )


def check_on_the_spot(kind: PetitionKind) -> None:
    """Raise Refusal unless the counter may answer this kind of matter itself. POLICY."""
    if kind not in ON_THE_SPOT:
        raise Refusal(
            N_("只有咨询可以当场答复。"),
            rule="reply.on_the_spot",
            article="POLICY",
            remedy=N_("请受理后分给承办单位，由单位书面答复。"),
        )


def handed_over(channel: Channel, *, received_on: date, answered_on: date) -> bool:
    """Whether the answer goes home with the receipt: the person is in the room. Anybody else opens it by the code."""
    return channel is Channel.VISIT and received_on == answered_on


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


def _missing_in(answer: ClaimAnswer, kind: PetitionKind) -> tuple[ReplyPart, ...]:
    return tuple(part for part in OWED[kind] if not str(getattr(answer, part) or "").strip())
