"""A leading group's incident: a confirmed warning, the plan activated, orders answered, refused, handed on, the end."""

from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from huiying.emergency import actions, jobs
from huiying.emergency.models import Activation, Incident, InformationDue, Order, SituationReport
from huiying.emergency.running import document_read
from huiying.records import clock
from huiying.records.models import LedgerEvent
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.report import ReportKind
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import filled_in, plan_in_force
from tests.rooms.emergency.test_warnings import confirmed


def stated(at: datetime) -> str:
    """An instant as the browser's picker writes it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def test_a_leading_groups_incident_from_the_warning_to_the_end(cast: Cast) -> None:
    version = plan_in_force(cast)
    warning = confirmed(cast)
    jobs.lay_warnings_before_leading_group(clock.now())
    incident = Incident.objects.get()
    leader, civil, duty = (
        signed_in(Client(), by) for by in (cast.leader, cast.officer_civil, cast.duty_officer)
    )
    board = reverse("console:incident_board", args=[incident.reference])

    # The proposal shows the warning's numbers and nothing behind them.
    page = leader.get(board).content.decode()
    main = page[page.index('<main id="main"') :]
    assert warning.reference in main and "夜里漫到路上" not in main and "/console/petitions/" not in main

    # Before anything is confirmed the leading group sees every order and every post that is missing.
    activate = reverse("console:incident_activate", args=[incident.reference])
    shown = leader.get(activate, {"level": "III", "facets": ["needs-interpreter"]}).content.decode()
    assert "本机构没有这些岗位" in shown and not Activation.objects.exists()
    asked = {"plan": version.plan.code, "level": "III", "facets": ["needs-interpreter"]}
    contents = {
        "matter": "水渠淤塞",
        "measures": "清淤，逐户说明",
        "expected_duration": stated(clock.now() + timedelta(days=2)),
    }
    assert leader.post(activate, {**asked, **contents}).status_code == 303
    activation = Activation.objects.get()
    opened = Order.objects.count()
    assert opened > 0 and InformationDue.objects.filter(incident=incident).count() == 1

    # Logistics carries out one order; the next steps go out by themselves.
    for order in Order.objects.filter(post__code="logistics", state="sent"):
        assert civil.post(reverse("console:order_acknowledge", args=[order.pk])).status_code == 303
    first, *others = Order.objects.filter(post__code="logistics", state="acknowledged").order_by("pk")
    civil.post(reverse("console:order_done", args=[first.pk]), {"note": "饮水和遮阳棚已到位"})

    # What cannot be done is said, and goes to another post.
    for order in others[:1]:
        civil.post(reverse("console:order_refuse", args=[order.pk]), {"reason": "车辆在县城"})
        assert "等待改派" in leader.get(board).content.decode()
        leader.post(
            reverse("console:order_reassign", args=[order.pk]), {"post": cast.posts["fact_finding"].pk}
        )
        assert Order.objects.filter(
            step_id=order.step_id, attempt=2, post=cast.posts["fact_finding"]
        ).exists()

    leader.post(
        reverse("console:incident_decide", args=[incident.reference]),
        {"text": "今晚先清主渠", "legal_basis": ""},
    )
    assert "今晚先清主渠" in duty.get(board).content.decode()

    # Ending too early is refused with everything that is still open.
    end = reverse("console:incident_end", args=[incident.reference])
    refused = leader.post(end, {"grounds": "水已退"}).content.decode()
    assert "首报尚未上报" in refused and "水已退" in refused

    duty.post(
        reverse("console:situation_report_send", args=[incident.reference, "first"]),
        {**filled_in(ReportKind.FIRST), "sent_to": "云岭县信访局", "stated_at": stated(clock.now())},
    )
    for due in InformationDue.objects.filter(incident=incident):
        actions.information_due_satisfy(
            due=due, publication_ref="TG-1", by=cast.press_officer, at=clock.now()
        )
    met = [clause.id for clause in document_read(version.text).end_criteria]
    assert leader.post(end, {"grounds": "主渠已通，水已退。", "criteria": met}).status_code == 303

    incident.refresh_from_db()
    assert (incident.state, incident.ended_for) == (IncidentState.ENDED, "主渠已通，水已退。")
    assert Order.objects.filter(activation=activation, after_end=True).exists()
    assert SituationReport.objects.filter(incident=incident, kind="final", state="due").exists()
    assert LedgerEvent.objects.filter(kind="incident.ended").count() == 1
    assert "终报" in leader.get(board).content.decode()
