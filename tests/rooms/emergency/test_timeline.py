from datetime import timedelta

import pytest

from huiying.emergency import actions, gate
from huiying.emergency.models import InformationDue
from huiying.emergency.selectors import board_for, board_tag, incident_timeline_for, information_dues_open
from huiying.playbook.kinds import ResponseLevel
from huiying.records.models import LedgerEvent
from huiying.rules.refusals import NotThere, Overtaken
from tests.cast import Cast
from tests.rooms.emergency.response import NIGHT, activated, after, ended, first_order


def test_an_outsider_reads_neither_board_nor_timeline(cast: Cast) -> None:
    incident = activated(cast).incident
    reads = (
        lambda: board_for(cast.outside_leader, incident, after(30)),
        lambda: incident_timeline_for(cast.outside_leader, incident),
    )
    for read in reads:
        with pytest.raises(NotThere):
            read()
    due = InformationDue.objects.filter(incident=incident)[0]
    with pytest.raises(NotThere):
        actions.information_due_satisfy(due=due, publication_ref="TG-1", by=cast.outside_leader, at=after(60))


def test_the_gravest_levels_owe_the_public_five_and_twenty_four_hours_and_all_owe_an_answer(
    cast: Cast,
) -> None:
    incident = activated(cast, level=ResponseLevel.II).incident
    hours = [(due.due_at - NIGHT) / timedelta(hours=1) for due in information_dues_open(incident.body_id)]
    assert hours == [5, 24, 48]


def test_a_lower_level_owes_an_answer_within_forty_eight_hours(cast: Cast) -> None:
    incident = activated(cast).incident
    (due,) = information_dues_open(incident.body_id)
    assert due.due_at == NIGHT + timedelta(hours=48) and due.article


def test_a_duty_is_met_once_by_the_first_publication(cast: Cast) -> None:
    incident = activated(cast).incident
    (due,) = information_dues_open(incident.body_id)
    actions.information_due_satisfy(due=due, publication_ref="TG-1", by=cast.press_officer, at=after(60))
    with pytest.raises(Overtaken):
        actions.information_due_satisfy(due=due, publication_ref="TG-2", by=cast.press_officer, at=after(90))
    assert not information_dues_open(incident.body_id).exists()
    assert gate.information_due_for(cast.press_officer, due.pk).publication_ref == "TG-1"


def test_the_timeline_says_what_was_promised_what_happened_and_what_never_came(cast: Cast) -> None:
    activation = activated(cast)
    order = first_order(activation, "logistics")
    actions.order_done(
        order=order, note="已到位", by=cast.officer_civil, at=order.due_at + timedelta(minutes=5)
    )  # type: ignore[operator]
    rows = incident_timeline_for(cast.planner, activation.incident, at=after(60 * 72))
    assert [row.kind for row in rows[:3]] == ["incident.reported", "incident.verified", "incident.activated"]
    done = next(row for row in rows if row.kind == "order.done")
    assert (done.late, done.step_id, done.due_at) == (True, order.step_id, order.due_at)
    assert [row.kind for row in rows if row.text == "已到位"] == ["order.done"]
    missed = [row.label for row in rows if row.kind == "missed"]
    assert {"到期未完成的指令", "到期未上报", "到期未告知公众"} <= set(missed)
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_the_board_has_a_new_tag_when_something_happened_and_when_a_minute_passed(cast: Cast) -> None:
    activation = activated(cast)
    incident = activation.incident
    first = board_tag(incident, after(21))
    assert board_tag(incident, after(21)) == first != board_tag(incident, after(22))
    actions.order_acknowledge(order=first_order(activation, "logistics"), by=cast.officer_civil, at=after(21))
    assert board_tag(incident, after(21)) != first


def test_the_board_takes_a_bounded_number_of_queries(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    incident = activated(cast).incident
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        board_for(cast.leader, incident, after(30))


def test_orders_that_the_end_stopped_are_late_only_if_they_were_late_then(cast: Cast) -> None:
    incident = ended(cast)
    board = board_for(cast.leader, incident, after(60 * 72))
    stopped = [row for row in board.done_orders if row.stopped]
    assert board.stopped_count == len(stopped)
    assert stopped and not any(row.silent for row in stopped)
    for row in stopped:
        was_late = row.order.due_at is not None and row.order.due_at < after(300)
        assert row.late is was_late
    rows = incident_timeline_for(cast.planner, incident, at=after(60 * 72))
    told = sorted(row.what for row in rows if row.label == "结束响应时已超时的指令")
    assert told == sorted(row.order.title for row in stopped if row.late)
    assert {row.label for row in rows if row.kind == "missed" and row.at < after(300)} >= {
        "结束响应时已超时的指令"
    }


def test_the_end_names_the_orders_it_stopped_in_the_ledger(cast: Cast) -> None:
    incident = ended(cast)
    board = board_for(cast.leader, incident, after(301))
    facts = LedgerEvent.objects.get(kind="incident.ended").facts
    assert facts["orders_stopped"] == sorted(row.order.pk for row in board.done_orders if row.stopped)
