"""The duties of a day beyond petitions, by role: each a section of rows that lead to where the act is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiying.emergency.models import Incident, SituationReport
from huiying.emergency.selectors import incidents_recent, my_orders
from huiying.issues.selectors import warnings_listed
from huiying.learning.selectors import correctives_by_day
from huiying.petitions import calling
from huiying.publishing.selectors import desk_for
from huiying.records.clock import official_date
from huiying.registry import call_gate
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.report import ReportState
from huiying.rules.lifecycle.warning import WarningState
from huiying.rules.permissions import Action, can_somewhere
from huiying.web.console.desk import (
    asked,
    duties,
    duty_gaps,
    plan_care,
    plan_road,
    readiness,
    supplies,
    watches,
)
from huiying.web.console.desk.task import Rows, Task
from huiying.web.shared.dates import days_words, hours_words

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Section:
    """One group of lines under a heading."""

    label: str
    rows: tuple[Task, ...]


def tasks_for(officer: Officer, *, at: datetime) -> list[Section]:
    """The officer's duties beyond petitions, in order of urgency; empty sections are left out."""
    sections = (
        Section(label(), tuple(rows(officer, at))[:LIMIT])
        for need, label, rows in ROWS
        if _may(officer, need)
    )
    return [section for section in sections if section.rows]


def _may(officer: Officer, need: Action) -> bool:
    return can_somewhere(officer.grants, need)


def _calls(officer: Officer, at: datetime) -> Iterable[Task]:
    for call in call_gate.calls_now(officer, at=at):
        url = reverse("console:call", args=[call.pk])
        yield Task(_(call.title), url, _("请马上应答"), late=True)


def _unanswered(officer: Officer, at: datetime) -> Iterable[Task]:
    for call in call_gate.calls_unanswered(officer, at=at):
        yield Task(_(call.title), reverse("console:call", args=[call.pk]), _("没有人应答"), late=True)


def _pressing(officer: Officer, at: datetime) -> Iterable[Task]:
    for petition in calling.called_for_reading(officer, at=at):
        url = reverse("console:petition_page", args=[petition.reference])
        yield Task(petition.reference, url, _("请先看这一件，马上联系本人"), late=True)


def _to_call(officer: Officer, at: datetime) -> Iterable[Task]:
    """The duty desk learns which matter, and whom to ring; what it says stays with the petition office."""
    for reference, _received in calling.called_for_duty(officer.body_id, at=at):
        yield Task(reference, "", _("请立即打电话给信访接待岗"), late=True)


def _orders(officer: Officer, at: datetime) -> Iterable[Task]:
    for row in my_orders(officer, at)[:LIMIT]:
        note = hours_words(row.order.due_at, at) if row.order.due_at else row.state.label
        yield Task(row.order.title, reverse("console:order_page", args=[row.order.pk]), note, row.late)


def _reports(officer: Officer, at: datetime) -> Iterable[Task]:
    owed = SituationReport.objects.filter(incident__body_id=officer.body_id, state=ReportState.DUE)
    for report in owed.exclude(due_at=None).select_related("incident").order_by("due_at")[:LIMIT]:
        assert report.due_at is not None
        title = f"{report.incident.reference} · {_(report.get_kind_display())}"
        url = reverse("console:incident_board", args=[report.incident.reference])
        yield Task(title, url, hours_words(report.due_at, at), report.due_at < at)


def _to_verify(officer: Officer, at: datetime) -> Iterable[Task]:
    return _incidents(officer, IncidentState.REPORTED)


def _to_activate(officer: Officer, at: datetime) -> Iterable[Task]:
    return _incidents(officer, IncidentState.VERIFIED)


def _running(officer: Officer, at: datetime) -> Iterable[Task]:
    return _incidents(officer, IncidentState.ACTIVE)


def _incidents(officer: Officer, state: IncidentState) -> Iterable[Task]:
    return (_incident(row) for row in incidents_recent(officer, state=state, limit=LIMIT))


def _incident(incident: Incident) -> Task:
    return Task(
        f"{incident.reference} · {incident.place}",
        reverse("console:incident_board", args=[incident.reference]),
        _(incident.get_nature_display()),
    )


def _warnings(state: WarningState) -> Callable[[Officer, datetime], Iterable[Task]]:
    def rows(officer: Officer, at: datetime) -> Iterable[Task]:
        found = warnings_listed(officer, states=[state], limit=LIMIT)
        return (Task(w.title, reverse("console:warning_page", args=[w.reference])) for w in found)

    return rows


def _owed_to_the_public(officer: Officer, at: datetime) -> Iterable[Task]:
    for duty in desk_for(officer, at=at, limit=LIMIT).owed:
        words = hours_words(duty.due.due_at, at)
        yield Task(_(duty.due.label), reverse("console:notices"), words, duty.is_late)


def _to_sign(officer: Officer, at: datetime) -> Iterable[Task]:
    for notice in desk_for(officer, at=at, limit=LIMIT).waiting:
        yield Task(
            _title_of(notice),
            reverse("console:notice_page", args=[notice.reference]),
            _(notice.get_state_display()),
        )


def _title_of(notice: object) -> str:
    current = getattr(notice, "current", None)
    return str(getattr(current, "title", "") or getattr(notice, "reference", ""))


def _correctives(officer: Officer, at: datetime) -> Iterable[Task]:
    today = official_date(at)
    found = correctives_by_day(officer, today=today, limit=LIMIT)
    for action in (*found.overdue, *found.running):
        url = reverse("console:corrective_page", args=[action.pk])
        yield Task(action.text, url, days_words((action.due_on - today).days), action.due_on < today)


def _handed_in(officer: Officer, at: datetime) -> Iterable[Task]:
    found = correctives_by_day(officer, today=official_date(at), limit=LIMIT).to_verify
    return (Task(a.text, reverse("console:corrective_page", args=[a.pk])) for a in found)


# Who is shown what, the most urgent first: the permission that the act needs, the heading, the rows.
ROWS: tuple[tuple[Action, Callable[[], str], Rows], ...] = (
    (Action.CALL_OUT_ANSWER, lambda: _("待应答的呼叫"), _calls),
    (Action.CALL_OUT, lambda: _("无人应答的呼叫"), _unanswered),
    (Action.PETITION_ACCEPT, lambda: _("可能有人面临危险"), _pressing),
    (Action.PETITION_READ_ACCUSATION, lambda: _("可能有人面临危险"), _pressing),
    (Action.DUTY_PLAN, lambda: _("信访件需要立即联系接待岗"), _to_call),
    (Action.ORDER_ANSWER, lambda: _("等您执行的指令"), _orders),
    *duty_gaps.ROWS,
    *watches.ROWS,
    *duties.ROWS,
    *asked.ROWS,
    (Action.SITUATION_REPORT_SEND, lambda: _("应当上报的情况报告"), _reports),
    (Action.INCIDENT_VERIFY, lambda: _("等待核实的报告"), _to_verify),
    (Action.INCIDENT_ACTIVATE, lambda: _("等您决定是否启动响应"), _to_activate),
    (Action.INCIDENT_VERIFY, lambda: _("正在响应的事件"), _running),
    (Action.WARNING_CONFIRM, lambda: _("等您决定的预警"), _warnings(WarningState.VERIFIED)),
    (Action.WARNING_VERIFY, lambda: _("等待核实的预警"), _warnings(WarningState.PROPOSED)),
    (Action.NOTICE_DRAFT, lambda: _("应当告诉公众的"), _owed_to_the_public),
    (Action.NOTICE_APPROVE, lambda: _("等待审核和发布的通告"), _to_sign),
    *supplies.ROWS,
    (Action.CORRECTIVE_VERIFY, lambda: _("等待验收的整改"), _handed_in),
    (Action.EVALUATION_WRITE, lambda: _("正在整改的"), _correctives),
    *plan_road.ROWS,
    *plan_care.ROWS,
    *readiness.ROWS,
)
