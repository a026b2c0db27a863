"""The clock table: every period the product counts, with its length, its holder and its article."""

from dataclasses import dataclass
from enum import StrEnum

from huiying.rules.durations import CalendarDays, Days, WorkingDays
from huiying.rules.words import N_


class Clock(StrEnum):
    """The periods of the law that are counted in days. The value is the name `huiying due` takes."""

    ROUTE = "route"
    NOTICE = "notice"
    OBJECTION = "objection"
    HANDLE = "handle"
    REQUEST_REVIEW = "request_review"
    REVIEW = "review"
    REQUEST_FINAL_REVIEW = "request_final_review"
    FINAL_REVIEW = "final_review"
    FEEDBACK = "feedback"
    ENQUIRY = "enquiry"
    SUGGESTION = "suggestion"
    RESUME = "resume"
    EXECUTION = "execution"
    ASSISTANCE = "assistance"
    DISCLOSURE = "disclosure"
    DISCLOSURE_CLARIFY = "disclosure_clarify"
    DISCLOSURE_THIRD_PARTY = "disclosure_third_party"

    @property
    def label(self) -> str:
        """The Chinese name of the period."""
        return ROWS[self].label

    @property
    def article(self) -> str:
        """The article the period stands in."""
        return ROWS[self].article


class Roll(StrEnum):
    """What happens when the last day is not a working day. POLICY, after 民法典 art. 203."""

    STRICT = "strict"
    LENIENT = "lenient"

    @property
    def label(self) -> str:
        """What it means, in Chinese."""
        return ROLL_LABELS[self]


ROLL_LABELS = {
    Roll.STRICT: N_("机关的期限：遇节假日不顺延"),
    Roll.LENIENT: N_("信访人的期限：遇节假日顺延至下一个工作日"),
}


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One period: who must act, from when, for how long, under which article.

    `length` is None where the instruction itself names the day. `extension` is the longest lawful extension.
    """

    clock: Clock
    codes: str
    label: str
    starts: str
    length: Days | None
    roll: Roll
    holder: str
    article: str
    extension: Days | None = None
    hearing_excluded: bool = False


_UNIT = N_("承办单位")

_TABLE = (
    ClockRow(
        Clock.ROUTE,
        "C1",
        N_("登记转送期限"),
        N_("信访部门收到之日"),
        CalendarDays(15),
        Roll.STRICT,
        N_("信访部门"),
        "信访工作条例 art. 22",
    ),
    ClockRow(
        Clock.NOTICE,
        "C2, C3",
        N_("书面告知期限"),
        N_("有权处理单位收到之日"),
        CalendarDays(15),
        Roll.STRICT,
        _UNIT,
        "信访工作条例 art. 23",
    ),
    ClockRow(
        Clock.OBJECTION,
        "C4",
        N_("转送异议期限"),
        N_("收到转送、交办之日"),
        WorkingDays(5),
        Roll.STRICT,
        _UNIT,
        "信访工作条例 art. 23",
    ),
    ClockRow(
        Clock.HANDLE,
        "C5, C6",
        N_("办理期限"),
        N_("受理之日"),
        CalendarDays(60),
        Roll.STRICT,
        _UNIT,
        "信访工作条例 art. 34",
        extension=CalendarDays(30),
    ),
    ClockRow(
        Clock.REQUEST_REVIEW,
        "C7",
        N_("申请复查期限"),
        N_("收到书面答复之日"),
        CalendarDays(30),
        Roll.LENIENT,
        N_("信访人"),
        "信访工作条例 art. 35",
    ),
    ClockRow(
        Clock.REVIEW,
        "C8",
        N_("复查期限"),
        N_("收到复查请求之日"),
        CalendarDays(30),
        Roll.STRICT,
        N_("复查机关"),
        "信访工作条例 art. 35",
    ),
    ClockRow(
        Clock.REQUEST_FINAL_REVIEW,
        "C9",
        N_("申请复核期限"),
        N_("收到复查意见之日"),
        CalendarDays(30),
        Roll.LENIENT,
        N_("信访人"),
        "信访工作条例 art. 36",
    ),
    ClockRow(
        Clock.FINAL_REVIEW,
        "C10",
        N_("复核期限"),
        N_("收到复核请求之日"),
        CalendarDays(30),
        Roll.STRICT,
        N_("复核机关"),
        "信访工作条例 art. 36",
        hearing_excluded=True,
    ),
    ClockRow(
        Clock.FEEDBACK,
        "C11",
        N_("交办反馈期限"),
        N_("交办时指定之日"),
        None,
        Roll.STRICT,
        _UNIT,
        "信访工作条例 art. 22",
    ),
    ClockRow(
        Clock.ENQUIRY,
        "",
        N_("咨询答复期限"),
        N_("收到咨询之日"),
        WorkingDays(5),
        Roll.STRICT,
        _UNIT,
        "POLICY",
    ),
    ClockRow(
        Clock.SUGGESTION,
        "",
        N_("建议答复期限"),
        N_("收到建议之日"),
        CalendarDays(60),
        Roll.STRICT,
        _UNIT,
        "POLICY",
    ),
    ClockRow(
        Clock.RESUME,
        "",
        N_("收回撤回的期限"),
        N_("撤回之日"),
        CalendarDays(30),
        Roll.LENIENT,
        N_("信访人"),
        "POLICY",
    ),
    ClockRow(
        Clock.EXECUTION,
        "",
        N_("执行期限"),
        N_("答复发出之日"),
        None,
        Roll.STRICT,
        _UNIT,
        "信访工作条例 art. 32",
    ),
    ClockRow(
        Clock.ASSISTANCE,
        "",
        N_("协办回复期限"),
        N_("请求协办之日"),
        None,
        Roll.STRICT,
        N_("协办单位"),
        "POLICY",
    ),
    ClockRow(
        Clock.DISCLOSURE,
        "",
        N_("信息公开答复期限"),
        N_("收到申请之日"),
        WorkingDays(20),
        Roll.STRICT,
        N_("行政机关"),
        "政府信息公开条例 art. 33",
        extension=WorkingDays(20),
    ),
    ClockRow(
        Clock.DISCLOSURE_CLARIFY,
        "",
        N_("告知补正期限"),
        N_("收到申请之日"),
        WorkingDays(7),
        Roll.STRICT,
        N_("行政机关"),
        "政府信息公开条例 art. 30",
    ),
    ClockRow(
        Clock.DISCLOSURE_THIRD_PARTY,
        "",
        N_("第三方意见期限"),
        N_("收到征求意见书之日"),
        WorkingDays(15),
        Roll.STRICT,
        N_("第三方"),
        "政府信息公开条例 art. 32",
    ),
)

ROWS: dict[Clock, ClockRow] = {row.clock: row for row in _TABLE}
