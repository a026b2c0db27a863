"""The lawful way of a matter as a newcomer reads it: steps, clocks, and the longest it may take by law."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiying.rules.clocks import ROWS, Clock, ClockRow
from huiying.rules.durations import CalendarDays, WorkingDays
from huiying.rules.words import N_
from huiying.web.shared.articles import article_words

# Before a first answer of substance: registered and passed on, told, handled, extended once.
_UNTIL_ANSWERED = (Clock.ROUTE, Clock.NOTICE, Clock.HANDLE)
_SHOWN = (
    Clock.ROUTE,
    Clock.NOTICE,
    Clock.HANDLE,
    Clock.REQUEST_REVIEW,
    Clock.REVIEW,
    Clock.REQUEST_FINAL_REVIEW,
    Clock.FINAL_REVIEW,
)
PROMISED = {
    Clock.ENQUIRY: N_("咨询：问政策、问办事"),
    Clock.SUGGESTION: N_("建议意见：希望怎样改进"),
}
STEPS: tuple[tuple[str, str, str], ...] = (
    (N_("提出"), N_("网上、来信、电话或当面，说清发生了什么、要什么"), ""),
    (N_("登记"), N_("拿到编号和查询码"), "信访工作条例 art. 22"),
    (N_("告知"), N_("受理、转到哪里，或者应找哪个部门"), "信访工作条例 art. 23"),
    (N_("办理"), N_("核实情况，听取您的意见"), "信访工作条例 art. 31"),
    (N_("答复"), N_("每一项诉求都有结论、理由和依据"), "信访工作条例 art. 32"),
    (N_("评价"), N_("您评价办得怎么样；不服可以申请复查、复核"), "信访工作条例 art. 35, 36"),
)
LAWS = (
    ("信访工作条例", N_("怎样提出、怎样办理、多久答复")),
    ("政府信息公开条例", N_("您可以申请公开哪些信息")),
    ("个人信息保护法", N_("您的姓名、电话怎样被保护")),
    (N_("行政复议法"), N_("对行政决定不服时的另一条途径")),
    (N_("行政诉讼法"), N_("对行政决定不服时，怎样向法院起诉")),
    (N_("公职人员政务处分法"), N_("打击报复信访人的，要受什么处分")),
)


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One statutory period as a row of the table."""

    label: str
    starts: str
    length: str
    holder: str
    article: str


def steps() -> list[dict[str, str]]:
    """The step map, in order; nothing is marked as done, since it is nobody's own matter."""
    return [
        {"state": "next", "name": _(name), "note": _(note), "article": article_words(article)}
        for name, note, article in STEPS
    ]


def clocks() -> list[ClockLine]:
    """The statutory periods that a person meets, as the rules have them."""
    return [_line(ROWS[clock]) for clock in _SHOWN]


def promised() -> list[tuple[str, str]]:
    """What the body itself promises where the law names no period: kind of matter, and how long."""
    return [(_(PROMISED[clock]), _length(ROWS[clock])) for clock in PROMISED]


def review_days() -> tuple[int, int]:
    """Within how many days a review, and then a final review, can be asked for."""
    return _days(ROWS[Clock.REQUEST_REVIEW]), _days(ROWS[Clock.REQUEST_FINAL_REVIEW])


def longest() -> tuple[int, list[tuple[str, int]]]:
    """The longest lawful time before a first answer of substance: days in all, and the periods they add up from."""
    parts = [(_(ROWS[clock].label), _days(ROWS[clock])) for clock in _UNTIL_ANSWERED]
    extension = ROWS[Clock.HANDLE].extension
    if extension is not None:
        parts.append((_("情况复杂，经批准延长一次"), extension.n))
    return sum(days for _label, days in parts), parts


def _days(row: ClockRow) -> int:
    """The length in calendar days; the periods before an answer are all of that kind."""
    if not isinstance(row.length, CalendarDays):
        raise TypeError(f"{row.clock} is not counted in calendar days")
    return row.length.n


def _length(row: ClockRow) -> str:
    if row.length is None:
        raise TypeError(f"{row.clock} has no length of its own")
    days = {"days": row.length.n}
    return _("%(days)s 个工作日") % days if isinstance(row.length, WorkingDays) else _("%(days)s 天") % days


def _line(row: ClockRow) -> ClockLine:
    length = _("%(days)s 天") % {"days": _days(row)}
    if row.extension is not None:
        length = _("%(days)s 天，情况复杂可延长一次，最多 %(more)s 天") % {
            "days": _days(row),
            "more": row.extension.n,
        }
    return ClockLine(_(row.label), _(row.starts), length, _(row.holder), article_words(row.article))
