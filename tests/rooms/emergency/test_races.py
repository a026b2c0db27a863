"""Two people at once: one wins, one ledger entry. A killed activation leaves all or nothing."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from huiying.emergency import actions, gate
from huiying.emergency.models import Activation, Incident, Order, PlanVersion
from huiying.records.models import LedgerEvent
from huiying.registry.officers import Officer
from huiying.rules.refusals import IllegalMove, Overtaken, Refusal
from tests.cast import Cast, gather
from tests.rooms.emergency.response import activated, after, first_order, plan_in_force, verified


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


def both(act: Callable[[Officer], object], *officers: Officer) -> list[Refusal]:
    """Let everyone act at the same moment, each on a connection of their own; the refusals of those who lost."""
    start, lost = Barrier(len(officers)), list[Refusal]()

    def run(by: Officer) -> None:
        try:
            start.wait(timeout=10)
            act(by)
        except Refusal as refusal:
            lost.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[officer]) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return lost


@pytest.mark.django_db(transaction=True)
def test_two_who_acknowledge_at_once_acknowledge_once(town: Cast) -> None:
    order = first_order(activated(town), "duty_officer")
    people = (town.duty_officer, town.second_duty_officer)
    readings = {by.staff_id: gate.order_for(by, order.pk) for by in people}
    lost = both(
        lambda by: actions.order_acknowledge(order=readings[by.staff_id], by=by, at=after(21)), *people
    )
    assert len(lost) == 1 and isinstance(lost[0], Overtaken)
    assert LedgerEvent.objects.filter(kind="order.acknowledged").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_activate_at_once_activate_once(town: Cast) -> None:
    version, reference = plan_in_force(town), verified(town).reference
    people = (town.leader, town.deputy_leader)
    readings = {by.staff_id: gate.incident_for(by, reference) for by in people}
    lost = both(lambda by: activate(by, readings[by.staff_id], version), *people)
    assert len(lost) == 1 and isinstance(lost[0], Overtaken | IllegalMove)
    assert Activation.objects.count() == LedgerEvent.objects.filter(kind="incident.activated").count() == 1
    steps = list(Order.objects.values_list("step_id", "occurrence", "attempt"))
    assert len(steps) == len(set(steps)) > 0


@pytest.mark.django_db(transaction=True)
def test_two_who_finish_at_once_open_what_waited_for_both_once(town: Cast) -> None:
    activation = activated(town)
    people = {"logistics": town.officer_civil, "duty_officer": town.duty_officer}
    readings = {by.staff_id: first_order(activation, post) for post, by in people.items()}
    assert (
        both(
            lambda by: actions.order_done(order=readings[by.staff_id], by=by, at=after(25)), *people.values()
        )
        == []
    )
    steps = list(Order.objects.values_list("step_id", "occurrence", "attempt"))
    assert len(steps) == len(set(steps))
    assert actions.orders_open_due(activation=activation, by=town.leader, at=after(26)) == []


@pytest.mark.django_db(transaction=True)
def test_an_activation_killed_half_way_leaves_nothing_and_can_be_done_again(town: Cast) -> None:
    version, incident = plan_in_force(town), verified(town)
    connection.close()
    child = os.fork()
    if child == 0:  # pragma: no cover  (the child is killed before it can report)
        _die_before_commit(town.leader, incident, version)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert (Activation.objects.count(), Order.objects.count()) == (0, 0)
    assert not LedgerEvent.objects.filter(kind__in=["incident.activated", "order.sent"]).exists()
    fresh = gate.incident_for(town.leader, incident.reference)
    activate(town.leader, fresh, version)
    assert Activation.objects.count() == 1 and Order.objects.exists()


def _die_before_commit(by: Officer, incident: Incident, version: PlanVersion) -> None:
    """Activate, and be killed by the first letter, which is put after the orders were written."""
    from huiying.records.models import OutboxMessage

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    from django.db.models.signals import pre_save

    pre_save.connect(die, sender=OutboxMessage, weak=False)
    try:
        activate(by, incident, version)
    finally:
        os._exit(3)


def activate(by: Officer, incident: Incident, version: PlanVersion) -> Activation:
    """The plan at level III for a day."""
    return actions.activation_open(
        incident=incident,
        version=version,
        level="III",  # type: ignore[arg-type]
        facets=[],
        matter="通道堵塞",
        expected_until=after(20) + timedelta(days=1),
        measures="打开通道。",
        by=by,
        at=after(20),
    )
