"""Situation reports: owed, sent once, never edited. The server's time decides; the stated time stands beside it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.actions.orders import orders_done_by_product
from huiying.emergency.gate import check_may, not_there
from huiying.emergency.models import Incident, PlanVersion, SituationReport
from huiying.emergency.running import figures_now, figures_set, reporting_rule
from huiying.playbook.kinds import Product
from huiying.records import ledger
from huiying.records.moves import change_state, overtaken
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.lifecycle.report import ReportKind, ReportState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.reporting import REPORT_ARTICLE, check_report, required_fields
from huiying.rules.words import N_

_PRODUCTS = {
    ReportKind.FIRST: Product.FIRST_REPORT,
    ReportKind.FOLLOW_UP: Product.FOLLOW_UP_REPORT,
    ReportKind.FINAL: Product.FINAL_REPORT,
}


@transaction.atomic
def situation_report_send(
    *,
    incident: Incident,
    kind: ReportKind,
    fields: Mapping[str, str],
    sent_to: str,
    stated_at: datetime | None = None,
    by: Officer,
    at: datetime,
) -> SituationReport:
    """Send the report of that kind that is owed. `at` is the server's time and is what lateness is judged by.

    Raises Incomplete naming every required field that is empty, Overtaken when another has just sent it.
    突发事件应对法 art. 17, 61; a follow-up says only what changed.
    """
    check_may(by, Action.SITUATION_REPORT_SEND, body_id=incident.body_id)
    _check_reportable(incident, kind)
    report = _owed(incident, kind)
    values = _values(kind, fields, report.number)
    _check_sendable(kind, values, sent_to)
    move = lifecycle.REPORT.check(ReportState(report.state), ReportState.SENT)
    change_state(
        report,
        move,
        fields=values,
        sent_at=at,
        sent_by_id=by.staff_id,
        sent_to=texts.cleaned(sent_to),
        stated_at=stated_at or at,
    )
    facts = {
        "report": report.pk,
        "kind": kind,
        "number": report.number,
        "due": report.due_at,
        "late": report.is_late(at),
    }
    ledger.append(EventKind.SITUATION_REPORTED, incident, by=by, at=at, body_id=incident.body_id, facts=facts)
    orders_done_by_product(incident, _PRODUCTS[kind], by=by, at=at)
    if kind is not ReportKind.FINAL and incident.state != IncidentState.ENDED:
        report_owe(incident, ReportKind.FOLLOW_UP, _version_of(incident), at=at)
    return report


@transaction.atomic
def situation_report_phone(
    *, report: SituationReport, phoned_to: str, phoned_at: datetime, by: Officer, at: datetime
) -> SituationReport:
    """Record that the report was first given by telephone: when, and which post took the call.

    It does not stop the clock of the written report.
    """
    check_may(by, Action.SITUATION_REPORT_SEND, body_id=report.incident.body_id)
    to = texts.cleaned(phoned_to)
    texts.check_filled({"phoned_to": to}, {"phoned_to": N_("接电话的单位和岗位")}, rule="emergency.phone")
    texts.check_short_enough({"phoned_to": to}, {"phoned_to": 120}, rule="emergency.phone")
    if phoned_at > at:
        raise Incomplete(
            N_("通话时间晚于现在。"),
            fields={"phoned_at": N_("请填写已经过去的时间。")},
            rule="emergency.phone",
        )
    if report.state == ReportState.DROPPED:
        lifecycle.REPORT.check(ReportState(report.state), ReportState.SENT)
    if not SituationReport.objects.filter(pk=report.pk, phoned_at=None).update(
        phoned_at=phoned_at, phoned_to=to
    ):
        raise overtaken()
    report.refresh_from_db()
    facts = {"report": report.pk, "kind": report.kind, "stated": phoned_at.isoformat()}
    ledger.append(
        EventKind.SITUATION_PHONED,
        report.incident,
        by=by,
        at=at,
        body_id=report.incident.body_id,
        facts=facts,
    )
    return report


def report_owe(
    incident: Incident, kind: ReportKind, version: PlanVersion | None, *, at: datetime
) -> SituationReport | None:
    """Write down that a report is owed, by the figure of the plan in force; where none is owed by it, nothing.

    The first report is always owed; without a plan in force it is owed at once (突发事件应对法 art. 17).
    """
    version = version or _in_force(incident)
    rule = reporting_rule(version, kind, _figures(incident, version)) if version else None
    if rule is None and kind is not ReportKind.FIRST:
        return None
    sent = SituationReport.objects.filter(incident=incident, kind=kind).count()
    clause, within = rule or (None, None)
    basis = (
        ""
        if clause is None or version is None
        else f"{version.plan.title}{clause.title and '：' + clause.title}"
    )
    return SituationReport.objects.create(
        incident=incident,
        kind=kind,
        number=sent + 1,
        due_at=at + within if within else at,
        due_rule=basis[:120],
        is_policy=clause is not None,
    )


def reports_drop(incident: Incident, kinds: Iterable[ReportKind], *, at: datetime) -> list[int]:
    """Drop what is owed of these kinds, inside a caller's transaction; the caller's event names the numbers returned.

    Used when the response ends (the final report takes a follow-up's place) and when it proves to be no incident.
    """
    owed = SituationReport.objects.filter(incident=incident, kind__in=list(kinds), state=ReportState.DUE)
    move = lifecycle.REPORT.check(ReportState.DUE, ReportState.DROPPED)
    return [change_state(report, move, dropped_at=at).pk for report in owed.order_by("pk")]


def _in_force(incident: Incident) -> PlanVersion | None:
    """The version that was activated; before that the one in force whose first report is owed soonest."""
    found = _version_of(incident)
    if found is not None:
        return found
    rows = PlanVersion.objects.filter(
        plan__body_id=incident.body_id, state=PlanState.PROMULGATED
    ).select_related("plan")
    own = figures_set(version.plan_id for version in rows)
    rules = [
        (rule[1], version.pk, version)
        for version in rows
        if (rule := reporting_rule(version, ReportKind.FIRST, own.get(version.plan_id)))
    ]
    return min(rules)[2] if rules else None


def _figures(incident: Incident, version: PlanVersion) -> dict[str, int]:
    """The figures the response began with; before one began, those that hold now."""
    activation = getattr(incident, "activation", None)
    return activation.parameters if activation else figures_now(version)


def _version_of(incident: Incident) -> PlanVersion | None:
    activation = getattr(incident, "activation", None)
    return activation.plan_version if activation else None


def _check_reportable(incident: Incident, kind: ReportKind) -> None:
    first_sent = SituationReport.objects.filter(
        incident=incident, kind=ReportKind.FIRST, state=ReportState.SENT
    ).exists()
    ended = incident.state == IncidentState.ENDED
    message = ""
    if incident.state == IncidentState.DISMISSED:
        message = N_("已认定不是突发事件，不再上报。")
    elif kind is ReportKind.FOLLOW_UP and not first_sent:
        message = N_("首报还没有上报，不能续报。")
    elif kind is ReportKind.FOLLOW_UP and ended:
        message = N_("响应已结束，请写终报。")
    elif kind is ReportKind.FINAL and not ended:
        message = N_("响应还没有结束，不能终报。")
    if message:
        raise IllegalMove(message, rule="emergency.report_order", article=REPORT_ARTICLE)


def _owed(incident: Incident, kind: ReportKind) -> SituationReport:
    """The report that is owed; a further follow-up or a final one that the plan did not ask for is begun here."""
    rows = SituationReport.objects.filter(incident=incident, kind=kind)
    owed = rows.filter(state=ReportState.DUE).first()
    if owed is not None:
        return owed
    if kind is ReportKind.FOLLOW_UP or not rows.exists():
        return SituationReport.objects.create(incident=incident, kind=kind, number=rows.count() + 1)
    raise overtaken() if rows.filter(state=ReportState.SENT).exists() else not_there()


def _values(kind: ReportKind, fields: Mapping[str, str], number: int) -> dict[str, str]:
    """The known fields, cleaned; the number of a follow-up is counted, not typed."""
    values = {field.name: texts.cleaned(fields.get(field.name, "")) for field in required_fields(kind)}
    return {**values, "number": str(number)} if kind is ReportKind.FOLLOW_UP else values


def _check_sendable(kind: ReportKind, values: Mapping[str, str], sent_to: str) -> None:
    check_report(kind, values)
    rule = f"reporting.{kind}"
    texts.check_filled({"sent_to": sent_to}, {"sent_to": N_("报送机关")}, rule=rule, article=REPORT_ARTICLE)
    limits = {**dict.fromkeys(values, texts.LONG), "sent_to": 120}
    texts.check_short_enough({**values, "sent_to": sent_to}, limits, rule=rule)
