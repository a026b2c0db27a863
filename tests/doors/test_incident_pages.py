"""Report form, board, orders and reports, through HTTP."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from huiying.emergency.models import Activation, Incident, Order, SituationReport
from huiying.records import clock
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.report import ReportKind
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import (
    activated,
    ended,
    filled_in,
    first_order,
    plan_in_force,
    reported,
    verified,
)

LOCAL = "%Y-%m-%dT%H:%M"
TOLD = {
    "nature": "access_blocked",
    "place": "青溪桥南引道",
    "told": "桥南引道被渣土车堵住，急救车不能通过。",
    "source": "telephone",
    "injured": "2",
    "hazards": ["exit_blocked"],
    "needs": ["medical"],
}


def as_(officer: Officer) -> Client:
    """A client of its own with this person's session."""
    return signed_in(Client(), officer)


def at(minutes: int = 0) -> str:
    """An instant so many minutes from now as the browser's picker writes it."""
    return timezone.localtime(clock.now() + timedelta(minutes=minutes)).strftime(LOCAL)


def test_the_neighbour_finds_nothing_at_any_address_of_the_incident(cast: Cast) -> None:
    activation = activated(cast)
    reference, order = activation.incident.reference, first_order(activation, "logistics")
    outside = as_(cast.outside_leader)
    for name in ("board", "board_part", "timeline", "dismiss", "facts", "activate", "decide", "end"):
        assert outside.get(reverse(f"console:incident_{name}", args=[reference])).status_code == 404
    assert outside.get(reverse("console:order_page", args=[order.pk])).status_code == 404
    assert outside.post(reverse("console:order_acknowledge", args=[order.pk])).status_code == 404
    assert outside.get(reverse("console:situation_report_send", args=[reference, "first"])).status_code == 404
    assert reference not in outside.get(reverse("console:incidents")).content.decode()


def test_a_visitor_and_an_auditor_stay_outside(client: Client, cast: Cast) -> None:
    assert client.get(reverse("console:incidents")).status_code == 302
    assert as_(cast.auditor).get(reverse("console:incidents")).status_code == 403


def test_a_report_is_filed_from_the_form_and_shown_on_its_board(cast: Cast) -> None:
    duty = as_(cast.duty_officer)
    form = duty.get(reverse("console:incident_report")).content.decode()
    assert "不写任何人的姓名" in form and "本身不是突发事件" in form
    answer = duty.post(reverse("console:incident_report"), {**TOLD, "happened_at": at(-10)})
    incident = Incident.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("console:incident_board", args=[incident.reference]),
    )
    page = duty.get(answer["Location"]).content.decode()
    assert "青溪桥南引道" in page and "急救车不能通过" in page and "核实属实" in page


def test_what_is_missing_in_a_report_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    duty = as_(cast.duty_officer)
    refused = duty.post(reverse("console:incident_report"), {**TOLD, "place": "", "happened_at": at(-10)})
    page = refused.content.decode()
    assert refused.status_code == 422 and "请填写：地点" in page and "急救车不能通过" in page
    assert not Incident.objects.exists()


WRONG: list[dict[str, object]] = [
    {"injured": "-1"},
    {"injured": "很多"},
    {"nature": "gathering"},
    {"hazards": ["people"]},
    {"told": "字" * 100_000},
    {"happened_at": "昨天"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=[next(iter(row)) for row in WRONG])
def test_wrong_values_are_answered_with_a_sentence(cast: Cast, wrong: dict[str, object]) -> None:
    answer = as_(cast.duty_officer).post(
        reverse("console:incident_report"), {**TOLD, "happened_at": at(-10), **wrong}
    )
    assert answer.status_code == 422 and not Incident.objects.exists()


def test_the_form_offers_no_way_to_call_a_gathering_an_incident(cast: Cast) -> None:
    form = as_(cast.duty_officer).get(reverse("console:incident_report")).content.decode()
    options = form[form.index("<select") : form.index("</select>")]
    assert not any(word in options for word in ("上访", "聚集", "集会", "群体"))


def test_activating_shows_every_order_and_every_missing_post_before_it_asks(cast: Cast) -> None:
    plan_in_force(cast)
    incident = verified(cast)
    leader = as_(cast.leader)
    address = reverse("console:incident_activate", args=[incident.reference])
    assert "看看会下达哪些指令" in leader.get(address).content.decode()
    shown = leader.get(
        address, {"plan": "city-petition-incidents", "level": "III", "facets": ["injured"]}
    ).content.decode()
    assert "本机构没有这些岗位" in shown and "确认启动响应" in shown and not Activation.objects.exists()
    asked = {"plan": "city-petition-incidents", "level": "III", "facets": ["injured"]}
    refused = leader.post(
        address, {**asked, "matter": "引道堵塞", "measures": "", "expected_duration": at(600)}
    )
    assert refused.status_code == 422 and "请填写：应急处置措施" in refused.content.decode()
    assert "引道堵塞" in refused.content.decode()
    done = leader.post(
        address, {**asked, "matter": "引道堵塞", "measures": "打开通道", "expected_duration": at(600)}
    )
    assert done.status_code == 303 and Activation.objects.get().facets == ["injured"]
    again = leader.post(address, {**asked, "matter": "x", "measures": "y", "expected_duration": at(600)})
    assert again.status_code == 303 and Activation.objects.count() == 1


def test_without_a_plan_in_force_the_page_says_what_to_do(cast: Cast) -> None:
    page = (
        as_(cast.leader)
        .get(reverse("console:incident_activate", args=[verified(cast).reference]))
        .content.decode()
    )
    assert "没有施行中的预案" in page


def test_the_board_stays_current_for_whoever_looks_and_is_quiet_while_nothing_happens(cast: Cast) -> None:
    activation = activated(cast)
    duty = as_(cast.duty_officer)
    address = reverse("console:incident_board_part", args=[activation.incident.reference])
    first = duty.get(address)
    tag = first["ETag"]
    second = duty.get(address, headers={"If-None-Match": tag})
    assert second.status_code in {200, 304}
    if second.status_code == 200:  # a minute passed between the two
        tag = second["ETag"]
        second = duty.get(address, headers={"If-None-Match": tag})
    assert second.status_code == 304 and second.content == b""
    as_(cast.officer_civil).post(
        reverse("console:order_acknowledge", args=[first_order(activation, "logistics").pk])
    )
    changed = duty.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200 and changed["ETag"] != tag and "已接收" in changed.content.decode()


def test_a_board_that_asks_by_itself_does_not_keep_a_session_awake(cast: Cast) -> None:
    incident = activated(cast).incident
    duty = as_(cast.duty_officer)
    Session.objects.update(expire_date=clock.now() + timedelta(minutes=5))
    ends = Session.objects.get().expire_date
    assert duty.get(reverse("console:incident_board_part", args=[incident.reference])).status_code == 200
    assert Session.objects.get().expire_date == ends
    duty.get(reverse("console:incident_board", args=[incident.reference]))
    assert Session.objects.get().expire_date > ends


def test_an_order_is_answered_in_one_tap_and_a_refusal_asks_why(cast: Cast) -> None:
    activation = activated(cast)
    order = first_order(activation, "logistics")
    civil = as_(cast.officer_civil)
    page = civil.get(reverse("console:my_orders")).content.decode()
    assert order.title in page and "收到" in page
    assert civil.post(reverse("console:order_acknowledge", args=[order.pk])).status_code == 303
    assert civil.post(reverse("console:order_acknowledge", args=[order.pk])).status_code == 409
    refused = civil.post(reverse("console:order_refuse", args=[order.pk]), {"reason": ""})
    assert refused.status_code == 422 and "请填写：不能执行的原因" in refused.content.decode()
    civil.post(reverse("console:order_refuse", args=[order.pk]), {"reason": "车辆在县城"})
    leader = as_(cast.leader)
    assert (
        "等待改派"
        in leader.get(
            reverse("console:incident_board", args=[activation.incident.reference])
        ).content.decode()
    )
    assert "改派给" in leader.get(reverse("console:order_page", args=[order.pk])).content.decode()
    moved = leader.post(
        reverse("console:order_reassign", args=[order.pk]), {"post": str(cast.posts["fact_finding"].pk)}
    )
    assert (
        moved.status_code == 303
        and Order.objects.get(step_id=order.step_id, attempt=2).post == cast.posts["fact_finding"]
    )


@pytest.mark.parametrize("post", ["", "abc", "0", "9" * 30])
def test_a_post_that_is_none_is_not_found(cast: Cast, post: str) -> None:
    order = first_order(activated(cast), "logistics")
    as_(cast.officer_civil).post(reverse("console:order_refuse", args=[order.pk]), {"reason": "车辆在县城"})
    assert (
        as_(cast.leader).post(reverse("console:order_reassign", args=[order.pk]), {"post": post}).status_code
        == 404
    )


def test_an_order_is_shown_to_a_colleague_without_buttons(cast: Cast) -> None:
    order = first_order(activated(cast), "logistics")
    page = as_(cast.clerk).get(reverse("console:order_page", args=[order.pk])).content.decode()
    assert order.title in page and "确认完成" not in page


def test_a_first_report_names_what_is_missing_and_is_sent_with_both_times(cast: Cast) -> None:
    plan_in_force(cast)
    incident = reported(cast)
    duty = as_(cast.duty_officer)
    address = reverse("console:situation_report_send", args=[incident.reference, "first"])
    page = duty.get(address).content.decode()
    assert "青溪桥南引道" in page and "云岭县信访局" in page and "POLICY" in page
    told = {**filled_in(ReportKind.FIRST), "sent_to": "云岭县信访局", "stated_at": at(-5)}
    refused = duty.post(address, {**told, "trend": ""})
    assert (
        refused.status_code == 422
        and "请填写：发展趋势" in refused.content.decode()
        and "影响范围：待核实" in refused.content.decode()
    )
    assert duty.post(address, told).status_code == 303
    report = SituationReport.objects.get(kind="first")
    shown = duty.get(
        reverse("console:situation_report_page", args=[incident.reference, report.pk])
    ).content.decode()
    assert "系统记录的上报时间" in shown and "填报人写的时间" in shown and "本预案自定 POLICY" in shown
    assert duty.post(address, told).status_code == 409


def test_a_telephone_call_is_recorded_beside_the_report_that_is_owed(cast: Cast) -> None:
    incident = reported(cast)
    report = SituationReport.objects.get()
    duty = as_(cast.duty_officer)
    address = reverse("console:situation_report_phone", args=[incident.reference, report.pk])
    assert duty.get(address).status_code == 200
    assert duty.post(address, {"phoned_to": "", "phoned_at": at(-1)}).status_code == 422
    assert duty.post(address, {"phoned_to": "县委值班室", "phoned_at": at(-1)}).status_code == 303
    assert (
        "县委值班室"
        in duty.get(reverse("console:incident_board", args=[incident.reference])).content.decode()
    )


def test_a_report_of_no_kind_is_not_found(cast: Cast) -> None:
    incident = reported(cast)
    assert (
        as_(cast.duty_officer).get(f"/console/incidents/{incident.reference}/reports/daily/").status_code
        == 404
    )


def test_facts_are_updated_decisions_recorded_and_the_response_ended_with_grounds(cast: Cast) -> None:
    incident = activated(cast).incident
    duty, leader = as_(cast.duty_officer), as_(cast.leader)
    duty.post(
        reverse("console:incident_facts", args=[incident.reference]), {"injured": "3", "hazards": ["traffic"]}
    )
    leader.post(
        reverse("console:incident_decide", args=[incident.reference]),
        {"text": "调第二台拖车", "legal_basis": ""},
    )
    page = leader.get(reverse("console:incident_board", args=[incident.reference])).content.decode()
    assert "紧邻车流" in page and "调第二台拖车" in page
    address = reverse("console:incident_end", args=[incident.reference])
    assert "危险仍在：紧邻车流" in leader.get(address).content.decode()
    refused = leader.post(address, {"grounds": "通道恢复", "despite": ""})
    assert refused.status_code == 422 and "通道恢复" in refused.content.decode()
    assert leader.post(address, {"grounds": "通道恢复", "despite": "逐项说明"}).status_code == 303
    assert Incident.objects.get().state == "ended"


def test_every_page_of_an_ended_incident_still_opens(cast: Cast) -> None:
    incident = ended(cast)
    leader = as_(cast.leader)
    for name in ("board", "board_part", "timeline"):
        assert leader.get(reverse(f"console:incident_{name}", args=[incident.reference])).status_code == 200
    assert (
        leader.get(reverse("console:situation_report_send", args=[incident.reference, "final"])).status_code
        == 200
    )
    assert leader.get(reverse("console:incident_end", args=[incident.reference])).status_code == 303


def test_an_incident_is_dismissed_with_its_reason(cast: Cast) -> None:
    incident = reported(cast)
    duty = as_(cast.duty_officer)
    address = reverse("console:incident_dismiss", args=[incident.reference])
    assert duty.get(address).status_code == 200
    assert duty.post(address, {"grounds": ""}).status_code == 422
    assert duty.post(address, {"grounds": "现场通畅"}).status_code == 303
    assert (
        "现场通畅" in duty.get(reverse("console:incident_board", args=[incident.reference])).content.decode()
    )


@pytest.mark.parametrize("name", ["incident_verify"])
def test_an_act_is_not_done_by_opening_its_address(cast: Cast, name: str) -> None:
    incident = reported(cast)
    assert (
        as_(cast.duty_officer).get(reverse(f"console:{name}", args=[incident.reference])).status_code == 405
    )


def test_no_page_of_an_incident_leads_to_petitions(cast: Cast) -> None:
    incident = activated(cast).incident
    duty = as_(cast.duty_officer)
    for name in ("board", "timeline", "facts"):
        page = duty.get(reverse(f"console:incident_{name}", args=[incident.reference])).content.decode()
        main = page[page.index('<main id="main"') :]
        assert "/console/petitions/" not in main and "/console/issues/" not in main
