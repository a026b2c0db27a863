"""A duty officer's night: from the call to the first report, and the watch handed over."""

from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from huiying.emergency import actions
from huiying.emergency.models import Incident, Order, SituationReport
from huiying.emergency.selectors import board_for, incident_timeline_for, my_orders
from huiying.playbook.kinds import ResponseLevel
from huiying.records import clock
from huiying.records.models import LedgerEvent
from huiying.rules.lifecycle.report import ReportKind
from tests.cast import Cast, signed_in, watch
from tests.rooms.emergency.response import filled_in, plan_in_force

LOCAL = "%Y-%m-%dT%H:%M"


def stated(at: datetime) -> str:
    """An instant as the browser's picker writes it."""
    return timezone.localtime(at).strftime(LOCAL)


def test_a_duty_officers_night_from_the_call_to_the_first_report(cast: Cast) -> None:
    call = clock.now()
    plan_in_force(cast, at=call - timedelta(days=30))
    watch(cast, "duty_officer", starts_at=call - timedelta(hours=2), hours=8)
    watch(cast, "second_duty_officer", starts_at=call + timedelta(hours=6), hours=8)
    duty = signed_in(Client(), cast.duty_officer)

    # A resident calls: the lane is blocked, two people are hurt. The form takes a minute and asks for no name.
    taken = duty.post(
        reverse("console:incident_report"),
        {
            "nature": "access_blocked",
            "place": "青溪桥南引道",
            "told": "引道被渣土车堵住，急救车过不去，两人擦伤。",
            "happened_at": stated(call - timedelta(minutes=15)),
            "source": "public",
            "injured": "2",
            "hazards": ["exit_blocked"],
            "needs": ["medical"],
        },
    )
    incident = Incident.objects.get()
    board = reverse("console:incident_board", args=[incident.reference])
    assert taken["Location"] == board

    # The board says at once what is owed by when, and that the figure is the plan's own.
    page = duty.get(board).content.decode()
    assert "首报" in page and "本预案自定 POLICY" in page
    owed = SituationReport.objects.get()
    assert owed.due_at == incident.reported_at + timedelta(minutes=60)

    # First the telephone, then the eyes of a colleague on the spot, then the form.
    phone = reverse("console:situation_report_phone", args=[incident.reference, owed.pk])
    duty.post(phone, {"phoned_to": "县委值班室值班长", "phoned_at": stated(call)})
    duty.post(reverse("console:incident_verify", args=[incident.reference]))
    form = reverse("console:situation_report_send", args=[incident.reference, "first"])
    assert "已于" in duty.get(form).content.decode()
    told = {**filled_in(ReportKind.FIRST), "sent_to": "云岭县信访局", "stated_at": stated(call)}

    # One field is forgotten: it is named, and nothing that was typed is gone.
    refused = duty.post(form, {**told, "casualties": ""})
    assert refused.status_code == 422 and "请填写：人员伤亡和损失的初步情况" in refused.content.decode()
    assert "发展趋势：待核实" in refused.content.decode()
    assert duty.post(form, told).status_code == 303

    sent = SituationReport.objects.get(kind="first")
    assert sent.state == "sent" and not sent.is_late(clock.now())
    assert LedgerEvent.objects.filter(kind="situation.reported").count() == 1
    page = duty.get(board).content.decode()
    assert "按时上报" in page and "续报" in page

    # The leading group activates; the orders of the night go to whoever is on watch, and to the next watch later.
    incident = Incident.objects.get()
    actions.activation_open(
        incident=incident,
        version=incident.body.plans.get().versions.get(state="promulgated"),
        level=ResponseLevel.III,
        facets=["injured"],
        matter="引道堵塞，两人受伤",
        expected_until=call + timedelta(hours=12),
        measures="打开通道，救治伤者。",
        by=cast.leader,
        at=call + timedelta(minutes=30),
    )
    rows = my_orders(cast.duty_officer, call + timedelta(minutes=31))
    assert rows and {row.people for row in rows if row.post.code == "duty_officer"} == {("青溪值班甲",)}
    later = board_for(cast.second_duty_officer, incident, call + timedelta(hours=7))
    assert {row.people for row in later.open_orders if row.post.code == "duty_officer"} == {("青溪值班乙",)}

    # In the morning everyone can read what was promised and what happened when.
    kinds = [row.kind for row in incident_timeline_for(cast.planner, incident)]
    assert (
        kinds.index("incident.reported") < kinds.index("situation.phoned") < kinds.index("situation.reported")
    )
    assert Order.objects.filter(activation__incident=incident).exists()
