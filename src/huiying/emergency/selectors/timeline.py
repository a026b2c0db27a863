"""What was promised and what happened when: frozen rows for whoever evaluates, read from the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiying.emergency.gate import incident_for
from huiying.emergency.models import Incident, InformationDue, Order, SituationReport
from huiying.records.models import LedgerEvent
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.report import ReportKind
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One happening. `due_at` is what was promised, `late` whether it came after that; `step_id` is the plan's clause."""

    at: datetime
    kind: str
    label: str
    what: str = ""
    who: str = ""
    step_id: str = ""
    due_at: datetime | None = None
    late: bool = False
    event_id: str = ""
    text: str = ""


LABELS: dict[str, str] = {
    EventKind.INCIDENT_REPORTED: N_("接到报告"),
    EventKind.INCIDENT_VERIFIED: N_("核实"),
    EventKind.INCIDENT_UPDATED: N_("更新人数、危险和需要"),
    EventKind.INCIDENT_DISMISSED: N_("认定不是突发事件"),
    EventKind.INCIDENT_ACTIVATED: N_("启动响应"),
    EventKind.INCIDENT_ENDED: N_("结束响应"),
    EventKind.ORDER_SENT: N_("下达指令"),
    EventKind.ORDER_ACKNOWLEDGED: N_("接收指令"),
    EventKind.ORDER_DONE: N_("完成指令"),
    EventKind.ORDER_REFUSED: N_("说明不能执行"),
    EventKind.ORDER_REASSIGNED: N_("改派指令"),
    EventKind.SITUATION_REPORTED: N_("上报情况"),
    EventKind.SITUATION_PHONED: N_("电话先报"),
    EventKind.DECISION_RECORDED: N_("决定"),
    EventKind.INFORMATION_GIVEN: N_("发布信息"),
}
MISSED = "missed"


def incident_timeline_for(
    viewer: Officer, incident: Incident, *, at: datetime | None = None
) -> tuple[TimelineRow, ...]:
    """Everything that happened to an incident in the order of the ledger, and at `at` what was owed and never came."""
    found = incident_for(viewer, incident.reference)
    events = LedgerEvent.objects.filter(subject_kind="incident", subject_id=str(found.pk)).order_by("id")
    things = _Things(found)
    rows = [row for event in events for row in things.rows_of(event)]
    missed = things.missed(at) if at else ()
    return tuple(sorted([*rows, *missed], key=lambda row: row.at))


class _Things:
    """The rows an incident's events speak of, fetched once."""

    def __init__(self, incident: Incident) -> None:
        self.incident = incident
        orders = Order.objects.filter(activation__incident=incident).select_related(
            "post", "activation__incident"
        )
        orders = orders.order_by("pk")
        self.orders = {order.pk: order for order in orders}
        self.reports = {report.pk: report for report in SituationReport.objects.filter(incident=incident)}
        self.dues = {due.pk: due for due in InformationDue.objects.filter(incident=incident)}
        self.decisions = dict(incident.decisions.values_list("pk", "text"))

    def rows_of(self, event: LedgerEvent) -> Iterator[TimelineRow]:
        if event.kind == EventKind.ORDER_SENT:
            for sent in event.facts["orders"]:
                yield self._row(event, sent)
        else:
            yield self._row(event, event.facts)

    def _row(self, event: LedgerEvent, facts: dict[str, Any]) -> TimelineRow:
        parts = self._parts(event.kind, facts)
        return TimelineRow(
            at=event.at,
            kind=event.kind,
            label=LABELS.get(event.kind, event.kind),
            event_id=str(event.pk),
            **parts,
        )

    def _parts(self, kind: str, facts: dict[str, Any]) -> dict[str, Any]:
        if (order := self.orders.get(facts.get("order", 0))) is not None:
            parts: dict[str, Any] = {"what": order.title, "who": order.post.title, "step_id": order.step_id}
            # What was answered belongs to the answer, not to the sending before it.
            said: dict[str, str] = {
                EventKind.ORDER_DONE: order.done_note,
                EventKind.ORDER_REFUSED: order.refused_for,
            }
            parts |= {"due_at": order.due_at, "text": said.get(kind, "")}
        elif (report := self.reports.get(facts.get("report", 0))) is not None:
            parts = {"what": _report_name(report), "who": report.sent_to, "due_at": report.due_at}
        elif (due := self.dues.get(facts.get("due", 0))) is not None:
            parts = {"what": due.label, "due_at": due.due_at, "text": due.publication_ref}
        else:
            parts = {"text": self.decisions.get(facts.get("decision", 0), "")}
        return {**parts, "late": bool(facts.get("late"))}

    def missed(self, at: datetime) -> Iterator[TimelineRow]:
        """What was owed by `at` and has not come: orders, reports, duties to the public."""
        if self.incident.state == IncidentState.DISMISSED:
            return
        for order in self.orders.values():
            if order.is_open and order.due_at is not None and order.is_late(at):
                yield _missed(
                    order.due_at,
                    N_("结束响应时已超时的指令") if order.stopped_at else N_("到期未完成的指令"),
                    order.title,
                    who=order.post.title,
                    step_id=order.step_id,
                )
        for report in self.reports.values():
            if report.sent_at is None and report.due_at is not None and report.is_late(at):
                yield _missed(report.due_at, N_("到期未上报"), _report_name(report))
        for due in self.dues.values():
            if due.satisfied_at is None and due.due_at < at:
                yield _missed(due.due_at, N_("到期未告知公众"), due.label)


def _missed(due_at: datetime, label: str, what: str, **parts: str) -> TimelineRow:
    return TimelineRow(due_at, MISSED, label, what, due_at=due_at, late=True, **parts)


def _report_name(report: SituationReport) -> str:
    kind = ReportKind(report.kind)
    return f"{kind.label}（{report.number}）" if kind is ReportKind.FOLLOW_UP else kind.label
