from datetime import timedelta

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from huiying.emergency import actions, gate, jobs
from huiying.emergency.models import Activation, Order
from huiying.emergency.selectors import activation_preview, board_for, my_orders
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.models import Grant, Post
from huiying.rules.lifecycle.order import OrderState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.emergency.response import activated, after, first_order, plan_in_force, verified


def test_activation_sends_every_open_step_once_to_the_post_of_its_role(cast: Cast) -> None:
    activation = activated(cast)
    orders = Order.objects.filter(activation=activation)
    assert orders.filter(step_id="verify", post__code="duty_officer").count() == 1
    assert orders.filter(step_id="treat-injured").exists() and not orders.filter(step_id="stay-with").exists()
    (sent,) = LedgerEvent.objects.filter(kind="order.sent")
    assert {row["order"] for row in sent.facts["orders"]} == set(orders.values_list("pk", flat=True))
    letters = OutboxMessage.objects.filter(letter="order_sent")
    assert letters.count() == orders.values("post").distinct().count()


def test_a_second_activation_finds_the_first(cast: Cast) -> None:
    activation = activated(cast)
    with pytest.raises(IllegalMove):
        activated(cast, activation.plan_version, activation.incident)
    stale = gate.incident_for(cast.leader, activation.incident.reference)
    stale.state = "verified"
    with pytest.raises(Overtaken):
        activated(cast, activation.plan_version, stale)
    assert Activation.objects.count() == 1


def test_the_four_contents_of_an_activation_are_asked_for_by_name(cast: Cast) -> None:
    with pytest.raises(Incomplete) as refused:
        activated(cast, matter=" ", measures="", expected_until=None)
    assert set(refused.value.fields) == {"matter", "measures", "expected_duration"}
    assert not Order.objects.exists()


def test_a_plan_of_the_neighbour_cannot_be_activated(cast: Cast) -> None:
    version = plan_in_force(cast)
    version.plan.body_id = cast.baishi.pk
    with pytest.raises(NotThere):
        activated(cast, version)


def test_a_role_without_a_post_falls_to_its_stand_in_and_is_named_before_anyone_confirms(cast: Cast) -> None:
    version = plan_in_force(cast)
    shown = activation_preview(version, level="III", facets=["injured"], body_id=cast.qingxi.pk, at=after(15))
    assert shown.missing and "安全" in "".join(shown.missing)
    order = Order.objects.get(activation=activated(cast, version), step_id="exits-lanes")
    assert (order.post.code, order.stands_in) == ("reception", True)


def test_where_no_stand_in_has_a_post_either_the_duty_post_takes_the_order(cast: Cast) -> None:
    version, incident = plan_in_force(cast), verified(cast)
    Post.objects.filter(code__in=["logistics", "reception", "unit_head"]).update(
        code=Concat(Value("no_"), "code")
    )
    order = Order.objects.get(activation=activated(cast, version, incident), step_id="water-shade")
    assert (order.post.code, order.stands_in) == ("duty_officer", True)


def test_finishing_a_step_sends_what_waited_for_it_in_the_same_moment(cast: Cast) -> None:
    activation = activated(cast)
    known = set(Order.objects.values_list("step_id", flat=True))
    leaders = Order.objects.filter(activation=activation, post__code="leading_group")
    for order in list(leaders.select_related("post", "activation__incident")):
        actions.order_done(order=order, by=cast.leader, at=after(30))
    assert set(Order.objects.values_list("step_id", flat=True)) > known


def test_opening_what_is_due_can_be_repeated_and_sends_nothing_twice(cast: Cast) -> None:
    activation = activated(cast)
    before = Order.objects.count()
    assert [jobs.open_due_orders(after(25)), jobs.open_due_orders(after(26))] == [0, 0]
    assert Order.objects.filter(activation=activation).count() == before


def test_an_order_is_acknowledged_and_done_by_whoever_holds_the_post(cast: Cast) -> None:
    order = first_order(activated(cast), "logistics")
    actions.order_acknowledge(order=order, by=cast.officer_civil, at=after(22))
    actions.order_done(order=order, note="饮水、遮阳棚已到位。", by=cast.officer_civil, at=after(40))
    order.refresh_from_db()
    assert (order.state, order.acknowledged_at, order.done_at) == (OrderState.DONE, after(22), after(40))


def test_a_grant_whose_last_day_is_over_answers_for_no_post(cast: Cast) -> None:
    order = first_order(activated(cast), "logistics")
    held = Grant.objects.filter(staff=cast.staff["officer_civil"], post=order.post)
    assert held.update(expires_on=after(0).date() - timedelta(days=1)) == 1
    with pytest.raises(NotPermitted):
        actions.order_acknowledge(order=order, by=cast.officer_civil, at=after(22))


def test_an_order_is_not_answered_by_someone_of_another_post_or_another_body(cast: Cast) -> None:
    order = first_order(activated(cast), "logistics")
    for outsider, refusal in (
        (cast.outside_officer, NotThere),
        (cast.officer_works, NotPermitted),
        (cast.leader, NotPermitted),
    ):
        with pytest.raises(refusal):
            actions.order_acknowledge(order=order, by=outsider, at=after(22))


def test_a_refusal_needs_a_reason_and_the_order_goes_to_another_post(cast: Cast) -> None:
    order = first_order(activated(cast), "logistics")
    with pytest.raises(Incomplete):
        actions.order_refuse(order=order, reason="", by=cast.officer_civil, at=after(22))
    actions.order_refuse(
        order=order, reason="车辆在县城，两小时内到不了。", by=cast.officer_civil, at=after(23)
    )
    (refused,) = [
        row
        for row in board_for(cast.leader, order.activation.incident, after(24)).refused_orders
        if row.needs_someone
    ]
    again = actions.order_reassign(
        order=refused.order, post=cast.posts["fact_finding"], by=cast.leader, at=after(25)
    )
    assert (again.attempt, again.due_at, again.step_id) == (2, order.due_at, order.step_id)
    with pytest.raises(Overtaken):
        actions.order_reassign(
            order=refused.order, post=cast.posts["medical"], by=cast.deputy_leader, at=after(26)
        )
    assert not any(
        row.needs_someone
        for row in board_for(cast.leader, order.activation.incident, after(27)).refused_orders
    )


def test_an_order_that_was_not_refused_stays_where_it_is(cast: Cast) -> None:
    order = first_order(activated(cast), "logistics")
    with pytest.raises(IllegalMove):
        actions.order_reassign(order=order, post=cast.posts["medical"], by=cast.leader, at=after(25))


def test_late_is_a_question_to_the_clock_and_changes_no_row(cast: Cast) -> None:
    activation = activated(cast)
    order = first_order(activation, "logistics")
    assert order.due_at is not None and not order.is_late(order.due_at)
    board = board_for(cast.leader, activation.incident, after(60 * 12))
    assert board.late_count > 0
    order.refresh_from_db()
    assert order.state == OrderState.SENT


def test_my_orders_are_those_of_my_posts_and_no_others(cast: Cast) -> None:
    activated(cast)
    rows = my_orders(cast.officer_civil, after(21))
    assert rows and {row.post.code for row in rows} <= {"logistics", "medical"}
    assert my_orders(cast.outside_officer, after(21)) == ()
    assert my_orders(cast.officer_works, after(21)) != rows


def test_without_a_duty_post_a_missing_post_is_refused_by_name(cast: Cast) -> None:
    version, incident = plan_in_force(cast), verified(cast)
    Post.objects.exclude(code="leading_group").update(code=Concat(Value("no_"), "code"))
    with pytest.raises(Refusal) as refused:
        activated(cast, version, incident)
    assert "岗位" in refused.value.message and not Activation.objects.exists()
