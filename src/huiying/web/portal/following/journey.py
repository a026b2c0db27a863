"""The step map of one petition: where it stands, what comes next, by when, under which article."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from huiying.petitions.models import Petition
from huiying.petitions.selectors import ClockSeen
from huiying.records.clock import official_date
from huiying.rules import deadlines
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.words import N_
from huiying.web.shared.articles import article_briefly
from huiying.web.shared.written import as_written

Row = dict[str, Any]
ART = "信访工作条例 art. {}"


def journey_of(petition: Petition, clocks: Sequence[ClockSeen]) -> list[Row]:
    """The steps in their order; the first that is not done is where it stands now."""
    dues = dues_of(clocks)
    start = [
        _row(_("收到"), petition.received_at),
        _row(_("登记"), petition.registered_at, due=dues.get(Clock.ROUTE), article=22),
    ]
    state = PetitionState(petition.state)
    if state in ENDS:
        return _ended(petition, state, start)
    rest = _accusation() if petition.kind == PetitionKind.ACCUSATION else _handling(petition, dues)
    return _marked(start + rest)


def dues_of(clocks: Sequence[ClockSeen]) -> dict[str, date]:
    """The last day of each kind of clock: of the round that runs now, and of two beside each other the first."""
    rows = sorted((clock.row for clock in clocks), key=lambda row: -row.round)
    dues: dict[str, date] = {}
    for row in rows:
        dues.setdefault(row.clock, row.due_on)
    return dues


def _handling(petition: Petition, dues: dict[str, date]) -> list[Row]:
    unit = petition.handling_unit.name if petition.handling_unit else ""
    taken = [
        _row(_("决定是否受理"), petition.accepted_at, due=dues.get(Clock.NOTICE), article=23),
        _row(_("交给承办单位"), petition.assigned_at, article=22, note=as_written(unit)),
    ]
    if petition.replied_at and not petition.assigned_at:  # answered at the counter: no unit was needed
        taken = taken[:1]
    return [*taken, _answer(petition, dues), _reading(petition)]


def _answer(petition: Petition, dues: dict[str, date]) -> Row:
    kind = PetitionKind(petition.kind)
    if kind in PROMISED:
        clock, note = PROMISED[kind]
        return _row(_("书面答复"), petition.replied_at, due=dues.get(clock), note=_(note))
    due, note = dues.get(Clock.HANDLE), ""
    if due is None:
        notice = deadlines.notice_due(received_on=official_date(petition.received_at))
        due = deadlines.handling_due(accepted_on=None, notice_due_on=notice.due_on).due_on
        note = _("受理得早，答复也早")
    return _row(_("书面答复"), petition.replied_at, due=due, article=34, note=note)


def _reading(petition: Petition) -> Row:
    """The last step; only the answer to a request opens a window for a review. 信访工作条例 art. 35."""
    if petition.kind != PetitionKind.REQUEST:
        return _row(_("您阅读答复"), petition.settled_at)
    note = "" if petition.settled_at else _("读到之日起 30 天内可以申请复查")
    return _row(_("您阅读答复"), petition.settled_at, article=35, note=note)


# The law names no period for these; the body itself promises one.
PROMISED: dict[PetitionKind, tuple[Clock, str]] = {
    PetitionKind.ENQUIRY: (Clock.ENQUIRY, N_("本机关承诺：5 个工作日内答复")),
    PetitionKind.SUGGESTION: (Clock.SUGGESTION, N_("本机关承诺：60 天内答复采纳情况")),
}


def _accusation() -> list[Row]:
    return [
        _row(
            _("按检举控告的规定处理"),
            None,
            article=30,
            note=_("只有督办岗位能看到，不会转给被检举的人和单位"),
        )
    ]


ENDS = {
    PetitionState.DECLINED: "declined_at",
    PetitionState.REFERRED: "referred_at",
    PetitionState.WITHDRAWN: "withdrawn_at",
}


def _ended(petition: Petition, state: PetitionState, start: list[Row]) -> list[Row]:
    """A matter that left before an answer: what was done, then how it ended."""
    done = [row for row in start if row["when"]]
    if state == PetitionState.WITHDRAWN:
        later = [
            _row(_("决定是否受理"), petition.accepted_at),
            _row(_("交给承办单位"), petition.assigned_at),
            _row(_("书面答复"), petition.replied_at),
        ]
        done += [row for row in later if row["when"]]
    article = 0 if state == PetitionState.WITHDRAWN else 23
    end = _row(_(state.label), getattr(petition, ENDS[state]), article=article)
    return [{**row, "state": "done", "due": None} for row in done] + [{**end, "state": "now"}]


def _marked(rows: list[Row]) -> list[Row]:
    now = next((n for n, row in enumerate(rows) if row["when"] is None), len(rows))
    marks = ["done"] * now + ["now"] + ["next"] * len(rows)
    return [
        {**row, "state": mark, "due": None if mark == "done" else row["due"]}
        for row, mark in zip(rows, marks, strict=False)
    ]


def _row(
    name: str, when: datetime | None, *, due: date | None = None, article: int = 0, note: str = ""
) -> Row:
    cited = article_briefly(ART.format(article)) if article else ""
    return {"name": name, "when": when, "due": due, "article": cited, "note": note}
