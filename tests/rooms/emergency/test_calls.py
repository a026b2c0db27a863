"""Who is called for a report and for an order that nobody acknowledges; the way the plan escalates."""

from datetime import timedelta

import pytest

from huiying.emergency import actions, calls
from huiying.emergency.calls import call_for_silent_orders
from huiying.emergency.models import Order
from huiying.records import calling
from huiying.records.models import CallOut
from huiying.registry.models import Post
from tests.cast import Cast, watch
from tests.rooms.emergency.response import NIGHT, activated, after, reported

REPORT = "incident_reported"


def called(letter: str) -> list[CallOut]:
    return list(CallOut.objects.filter(letter=letter).order_by("pk"))


def test_a_report_by_somebody_not_on_duty_calls_the_duty_post_until_it_is_seen_to(cast: Cast) -> None:
    watch(cast, "second_duty_officer", starts_at=NIGHT - timedelta(hours=1))
    incident = actions.incident_report(
        body=cast.qingxi,
        nature="structure",
        place="青溪桥",
        told="桥面下沉。",
        happened_at=NIGHT,
        source="telephone",
        by=cast.clerk,
        at=NIGHT,
    )
    (call,) = called(REPORT)
    first = calling.rungs_of(call)[0]
    assert [one.ref for one in first.people] == [str(cast.second_duty_officer.staff_id)]
    actions.incident_verify(incident=incident, by=cast.second_duty_officer, at=after(2))
    call.refresh_from_db()
    assert (call.state, call.acknowledged_by_ref) == (
        "acknowledged",
        str(cast.second_duty_officer.staff_id),
    )


def test_a_report_by_whoever_is_on_duty_calls_nobody(cast: Cast) -> None:
    watch(cast, "duty_officer", starts_at=NIGHT - timedelta(hours=1))
    reported(cast)
    assert called(REPORT) == []


def test_an_order_that_nobody_acknowledges_calls_its_post_once_and_then_the_roles_of_the_plan(
    cast: Cast,
) -> None:
    activation = activated(cast)
    silent = Order.objects.filter(activation=activation).exclude(acknowledge_due_at=None)
    at = max(order.acknowledge_due_at for order in silent if order.acknowledge_due_at)
    assert call_for_silent_orders(at) == silent.count()
    assert call_for_silent_orders(at) == 0
    calls = called("order_unanswered")
    assert {call.dedupe for call in calls} == {f"order:{order.pk}" for order in silent}
    assert all(Post.objects.get(pk=call.post_id).title == call.title for call in calls)
    titles = [[rung.title for rung in calling.rungs_of(call)] for call in calls]
    assert any(len(set(each)) > 2 for each in titles)  # its own post, a role of the plan, the leading group


def test_an_order_in_time_calls_nobody(cast: Cast) -> None:
    activated(cast)
    assert call_for_silent_orders(after(20)) == 0


def test_whoever_answers_for_the_order_answers_its_call(cast: Cast) -> None:
    activation = activated(cast)
    order = Order.objects.filter(activation=activation, post__code="duty_officer").exclude(
        acknowledge_due_at=None
    )[0]
    assert order.acknowledge_due_at is not None
    call_for_silent_orders(order.acknowledge_due_at)
    call = CallOut.objects.get(dedupe=f"order:{order.pk}")
    actions.order_acknowledge(order=order, by=cast.duty_officer, at=order.acknowledge_due_at)
    call.refresh_from_db()
    assert call.state == "acknowledged"


def test_orders_that_were_called_for_do_not_stand_in_the_way_of_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "MOST", 1)
    silent = Order.objects.filter(activation=activated(cast)).exclude(acknowledge_due_at=None)
    at = max(order.acknowledge_due_at for order in silent if order.acknowledge_due_at)
    assert silent.count() > 1
    assert [call_for_silent_orders(at) for _order in silent] == [1] * silent.count()
