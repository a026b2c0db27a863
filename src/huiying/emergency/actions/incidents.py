"""Incidents: reported, verified or dismissed, kept current, ended with grounds. Counts and hazards, never names."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from huiying.emergency import calls, texts
from huiying.emergency.actions.orders import orders_open, orders_stopped
from huiying.emergency.actions.reports import report_owe, reports_drop
from huiying.emergency.gate import check_may
from huiying.emergency.kinds import Hazard, Nature, Need, Source
from huiying.emergency.models import Incident, InformationDue, SituationReport
from huiying.emergency.posts import DUTY_POST, posts_by_code
from huiying.emergency.running import document_read
from huiying.records import ledger, outbox
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.moves import change_state
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.report import ReportKind, ReportState
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

COUNTS = ("dead", "injured", "missing", "affected")
MOST = 1_000_000
REPORT_ARTICLE = "突发事件应对法 art. 60, 61"
END_ARTICLE = "突发事件应对法 art. 86"
AHEAD = timedelta(minutes=10)  # clocks on the spot run a little fast; a day ahead is a slip of the finger


@transaction.atomic
def incident_report(
    *,
    body: Body,
    nature: Nature,
    place: str,
    told: str,
    happened_at: datetime,
    source: Source,
    counts: Mapping[str, int] | None = None,
    hazards: Sequence[Hazard] = (),
    needs: Sequence[Need] = (),
    by: Officer,
    at: datetime,
) -> Incident:
    """Take a report of a harm or a danger; the first report to the superior body is owed from this instant.

    `happened_at` is the stated time and is kept beside the server's. That people have come together is no
    incident; what harms or endangers them is. 突发事件应对法 art. 60, 61.
    """
    check_may(by, Action.INCIDENT_REPORT, body_id=body.pk)
    words = {"place": texts.cleaned(place), "told": texts.cleaned(told)}
    _check_report(words, happened_at, at)
    facts = {**_counted(counts or {}), "hazards": _listed(Hazard, hazards), "needs": _listed(Need, needs)}
    incident = incident_create(
        body,
        by=by,
        at=at,
        nature=Nature(nature),
        happened_at=happened_at,
        source=Source(source),
        reported_by_id=by.staff_id,
        **words,
        **facts,
    )
    _call_duty_post(incident, by, at)
    return incident


@transaction.atomic
def incident_verify(*, incident: Incident, by: Officer, at: datetime) -> Incident:
    """Confirm that it is so (核实); only then may a response be activated. 突发事件应对法 art. 61."""
    check_may(by, Action.INCIDENT_VERIFY, body_id=incident.body_id)
    move = lifecycle.INCIDENT.check(IncidentState(incident.state), IncidentState.VERIFIED)
    change_state(incident, move, verified_at=at, verified_by_id=by.staff_id)
    ledger.append(EventKind.INCIDENT_VERIFIED, incident, by=by, at=at, body_id=incident.body_id)
    calls.incident_seen_to(incident, by=by, at=at)
    return incident


@transaction.atomic
def incident_dismiss(*, incident: Incident, grounds: str, by: Officer, at: datetime) -> Incident:
    """Find that it is not an incident, and say why; what was owed to the superior body is owed no longer."""
    check_may(by, Action.INCIDENT_VERIFY, body_id=incident.body_id)
    move = lifecycle.INCIDENT.check(IncidentState(incident.state), IncidentState.DISMISSED)
    grounds = texts.cleaned(grounds)
    texts.check_filled({"grounds": grounds}, {"grounds": N_("理由")}, rule="emergency.dismiss")
    texts.check_short_enough({"grounds": grounds}, {"grounds": texts.LONG}, rule="emergency.dismiss")
    change_state(incident, move, dismissed_at=at, dismissed_by_id=by.staff_id, dismissed_for=grounds)
    facts = {"reports_dropped": reports_drop(incident, ReportKind, at=at)}
    ledger.append(EventKind.INCIDENT_DISMISSED, incident, by=by, at=at, body_id=incident.body_id, facts=facts)
    calls.incident_seen_to(incident, by=by, at=at)
    return incident


@transaction.atomic
def incident_update(
    *,
    incident: Incident,
    counts: Mapping[str, int],
    hazards: Sequence[Hazard],
    needs: Sequence[Need],
    by: Officer,
    at: datetime,
) -> Incident:
    """Bring counts, hazards and needs up to date; the ledger keeps every earlier figure."""
    check_may(by, Action.INCIDENT_VERIFY, body_id=incident.body_id)
    if incident.state in lifecycle.INCIDENT.terminal:
        lifecycle.INCIDENT.check(IncidentState(incident.state), IncidentState.ACTIVE)
    facts = {**_counted(counts), "hazards": _listed(Hazard, hazards), "needs": _listed(Need, needs)}
    Incident.objects.filter(pk=incident.pk).update(**facts)
    incident.refresh_from_db()
    ledger.append(EventKind.INCIDENT_UPDATED, incident, by=by, at=at, body_id=incident.body_id, facts=facts)
    return incident


@transaction.atomic
def incident_end(
    *, incident: Incident, grounds: str, criteria: Sequence[str], despite: str = "", by: Officer, at: datetime
) -> Incident:
    """Declare the response ended (突发事件应对法 art. 86): which of the plan's criteria are met, and on what grounds.

    While something is open (a hazard, a duty to the public, an unsent first report, a criterion not met) it ends
    only with explicit grounds for each of them in `despite`. Orders of the response stop; those of the time after
    it open; the final report falls due and takes the place of a follow-up still owed.
    """
    check_may(by, Action.INCIDENT_END, body_id=incident.body_id)
    move = lifecycle.INCIDENT.check(IncidentState(incident.state), IncidentState.ENDED)
    words = {"grounds": texts.cleaned(grounds), "despite": texts.cleaned(despite)}
    texts.check_filled(words, {"grounds": N_("结束理由")}, rule="emergency.end", article=END_ARTICLE)
    texts.check_short_enough(words, dict.fromkeys(words, texts.LONG), rule="emergency.end")
    _check_nothing_open(incident, criteria, words["despite"])

    change_state(
        incident,
        move,
        ended_at=at,
        ended_by_id=by.staff_id,
        ended_for="\n\n".join(filter(None, words.values())),
        end_criteria=sorted(set(criteria)),
    )
    facts = {
        "criteria": sorted(set(criteria)),
        "despite": bool(words["despite"]),
        "orders_stopped": orders_stopped(incident),
        "reports_dropped": reports_drop(incident, [ReportKind.FOLLOW_UP], at=at),
    }
    ledger.append(EventKind.INCIDENT_ENDED, incident, by=by, at=at, body_id=incident.body_id, facts=facts)
    orders_open(incident.activation, by=by, at=at)
    report_owe(incident, ReportKind.FINAL, incident.activation.plan_version, at=at)
    return incident


def open_matters(incident: Incident, criteria: Sequence[str]) -> dict[str, str]:
    """What is still open if the response ended now, each in words; `criteria` are those found to be met."""
    found = {f"hazard:{hazard}": N_("危险仍在：") + Hazard(hazard).label for hazard in incident.hazards}
    for due in InformationDue.objects.filter(incident=incident, satisfied_at=None):
        found[f"due:{due.code}"] = N_("对公众的信息义务未完成：") + due.label
    if SituationReport.objects.filter(
        incident=incident, kind=ReportKind.FIRST, state=ReportState.DUE
    ).exists():
        found["report:first"] = N_("首报尚未上报")
    doc = document_read(incident.activation.plan_version.text)
    for clause in doc.end_criteria:
        if clause.id not in criteria:
            found[f"criterion:{clause.id}"] = N_("预案的结束条件未确认：") + clause.heading
    return found


def _check_nothing_open(incident: Incident, criteria: Sequence[str], despite: str) -> None:
    plan = document_read(incident.activation.plan_version.text)
    texts.check_listed(criteria, [clause.id for clause in plan.end_criteria])
    still_open = open_matters(incident, criteria)
    if still_open and not despite:
        raise Incomplete(
            N_("还有事项没有了结，不能直接结束响应。"),
            fields={"despite": "；".join(still_open.values())},
            rule="emergency.end_open_matters",
            article=END_ARTICLE,
            remedy=N_("请先处理；确需结束的，逐项写明理由。"),
        )


def incident_create(body: Body, *, by: HasActor, at: datetime, **fields: Any) -> Incident:
    """Write the row, its event and the first report it owes; used by a report and by a confirmed warning."""
    incident = Incident.objects.create(
        body=body, reference=_next_reference(body, at), reported_at=at, **fields
    )
    facts = {
        "nature": incident.nature,
        "source": incident.source,
        "stated": incident.happened_at.isoformat(),
        "warning": incident.warning_id,
        **{name: getattr(incident, name) for name in COUNTS},
        "hazards": incident.hazards,
    }
    ledger.append(EventKind.INCIDENT_REPORTED, incident, by=by, at=at, body_id=body.pk, facts=facts)
    report_owe(incident, ReportKind.FIRST, None, at=at)
    return incident


def _next_reference(body: Body, at: datetime) -> str:
    """Body, day, number in the day. The body's row is locked, so that two reports at once get two numbers."""
    Body.objects.select_for_update().get(pk=body.pk)
    stem = f"{body.short}-E{official_date(at):%Y%m%d}-"
    return f"{stem}{Incident.objects.filter(reference__startswith=stem).count() + 1:02d}"


def _check_report(words: Mapping[str, str], happened_at: datetime, at: datetime) -> None:
    labels = {"place": N_("地点"), "told": N_("发生了什么")}
    texts.check_filled(words, labels, rule="emergency.report", article=REPORT_ARTICLE)
    texts.check_short_enough(words, {"place": texts.SHORT, "told": texts.LONG}, rule="emergency.report")
    if happened_at > at + AHEAD:
        raise Incomplete(
            N_("发生时间晚于现在。"),
            fields={"happened_at": N_("请填写已经过去的时间。")},
            rule="emergency.report",
            remedy=N_("请核对日期和时间。"),
        )


def _counted(counts: Mapping[str, int]) -> dict[str, int]:
    wrong = {
        name: N_("请填写 0 到 1000000 之间的整数。")
        for name in COUNTS
        if not 0 <= counts.get(name, 0) <= MOST
    }
    if wrong:
        raise Incomplete(
            N_("人数不对。"), fields=wrong, rule="emergency.counts", remedy=N_("不清楚的先填 0，核实后更新。")
        )
    return {name: counts.get(name, 0) for name in COUNTS}


def _listed(kind: type[Hazard] | type[Need], values: Sequence[str]) -> list[str]:
    """The values in the order of the list, each once; what is not in the list is refused."""
    texts.check_listed(values, list(kind))
    return [member.value for member in kind if member in values]


def _call_duty_post(incident: Incident, by: HasActor, at: datetime) -> None:
    """A neutral letter to the duty post, and a call until somebody comes: that there is something, not what."""
    calls.call_duty_post(incident, by=by, at=at)
    post = posts_by_code(incident.body_id).get(DUTY_POST)
    to = outbox.Recipient(outbox.RecipientKind.POST, str(post.pk)) if post else None
    outbox.put("incident_reported", incident, to=to, at=at, body_id=incident.body_id)
