from datetime import timedelta

import pytest

from huiying.emergency import actions, gate
from huiying.emergency.kinds import NATURE_LABELS, Hazard, Nature
from huiying.emergency.models import Incident, Order, SituationReport
from huiying.emergency.selectors import incident_facts_for, incidents_recent
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere
from tests.cast import Cast
from tests.rooms.emergency.response import (
    NIGHT,
    after,
    end_criteria,
    first_order,
    plan_in_force,
    reported,
    verified,
)
from tests.rooms.emergency.response import activated as running


def test_an_outsider_finds_no_incident_of_the_neighbour(cast: Cast) -> None:
    incident = reported(cast)
    assert incidents_recent(cast.outside_leader) == []
    with pytest.raises(NotThere):
        gate.incident_for(cast.outside_leader, incident.reference)
    with pytest.raises(NotThere):
        actions.incident_verify(incident=incident, by=cast.outside_leader, at=NIGHT)
    with pytest.raises(NotThere):
        incident_facts_for(cast.outside_leader, incident)


def test_a_report_keeps_the_stated_time_beside_the_servers(cast: Cast) -> None:
    incident = reported(cast)
    assert incident.happened_at == NIGHT - timedelta(minutes=15) and incident.reported_at == NIGHT
    assert incident.reference == "QX-E20250304-01"
    assert OutboxMessage.objects.filter(letter="incident_reported").count() == 1


def test_two_reports_on_one_day_have_two_numbers(cast: Cast) -> None:
    assert [reported(cast).reference[-2:], reported(cast).reference[-2:]] == ["01", "02"]


def test_assembling_and_petitioning_are_no_kind_of_incident() -> None:
    words = "".join(NATURE_LABELS.values())
    assert not any(word in words for word in ("上访", "聚集", "集会", "信访", "群体", "维权", "舆情"))
    assert set(NATURE_LABELS) == set(Nature)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": " "}, "place"),
        ({"told": ""}, "told"),
        ({"told": "长" * 20_001}, "told"),
        ({"counts": {"injured": -1}}, "injured"),
        ({"happened_at": after(60)}, "happened_at"),
    ],
)
def test_what_is_missing_or_wrong_in_a_report_is_named_by_field(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        reported(cast, **changes)
    assert field in refused.value.fields
    assert not Incident.objects.exists()


def test_without_a_plan_the_first_report_is_owed_at_once(cast: Cast) -> None:
    report = SituationReport.objects.get(incident=reported(cast))
    assert report.due_at == NIGHT and not report.is_policy


def test_the_first_report_is_owed_by_the_figure_of_the_plan_and_marked_as_the_bodys_own(cast: Cast) -> None:
    plan_in_force(cast)
    report = SituationReport.objects.get(incident=reported(cast))
    assert report.due_at == after(60) and report.is_policy


def test_a_dismissal_says_why(cast: Cast) -> None:
    incident = reported(cast)
    with pytest.raises(Incomplete):
        actions.incident_dismiss(incident=incident, grounds=" ", by=cast.duty_officer, at=after(5))
    actions.incident_dismiss(
        incident=incident, grounds="现场查看，道路通畅。", by=cast.duty_officer, at=after(6)
    )
    assert Incident.objects.get().state == IncidentState.DISMISSED
    with pytest.raises(IllegalMove):
        actions.incident_verify(incident=Incident.objects.get(), by=cast.duty_officer, at=after(7))


def test_counts_and_hazards_are_brought_up_to_date_and_every_figure_stays_in_the_ledger(cast: Cast) -> None:
    incident = verified(cast)
    for injured in (3, 4):
        actions.incident_update(
            incident=incident,
            counts={"injured": injured},
            hazards=[Hazard.TRAFFIC],
            needs=[],
            by=cast.duty_officer,
            at=after(20),
        )
    told = [
        event.facts["injured"] for event in LedgerEvent.objects.filter(kind="incident.updated").order_by("id")
    ]
    assert told == [3, 4]
    assert incident_facts_for(cast.press_officer, incident).hazards == (Hazard.TRAFFIC,)


def test_no_text_that_was_typed_reaches_the_ledger(cast: Cast) -> None:
    activation = running(cast)
    actions.decision_record(incident=activation.incident, text="立即清出通道", by=cast.leader, at=after(25))
    kept = "".join(str(event.facts) for event in LedgerEvent.objects.all())
    assert not any(words in kept for words in ("青溪桥", "渣土车", "立即清出通道", "堵塞"))


def test_a_response_does_not_end_while_something_is_open_unless_grounds_are_given_for_it(cast: Cast) -> None:
    activation = running(cast)
    incident, criteria = activation.incident, end_criteria(activation.plan_version)
    with pytest.raises(Incomplete) as refused:
        actions.incident_end(
            incident=incident, grounds="通道恢复", criteria=criteria, by=cast.leader, at=after(120)
        )
    assert "危险仍在" in refused.value.fields["despite"] and "首报" in refused.value.fields["despite"]
    words = {"grounds": "通道恢复", "despite": "拖车已到，首报电话已报。"}
    actions.incident_end(incident=incident, criteria=criteria, by=cast.leader, at=after(120), **words)
    incident.refresh_from_db()
    assert (incident.state, incident.end_criteria) == (IncidentState.ENDED, sorted(criteria))


def test_only_the_leading_group_ends_a_response(cast: Cast) -> None:
    incident = running(cast).incident
    with pytest.raises(NotPermitted):
        actions.incident_end(
            incident=incident, grounds="x", criteria=[], despite="y", by=cast.duty_officer, at=after(120)
        )


def test_ending_stops_the_orders_of_the_response_and_opens_those_of_the_time_after(cast: Cast) -> None:
    activation = running(cast)
    order = first_order(activation, "duty_officer")
    words = {"grounds": "结束", "despite": "逐项说明"}
    actions.incident_end(incident=activation.incident, criteria=[], by=cast.leader, at=after(120), **words)
    assert Order.objects.filter(activation=activation, after_end=True).exists()
    order = gate.order_for(cast.duty_officer, order.pk)
    with pytest.raises(IllegalMove):
        actions.order_done(order=order, by=cast.duty_officer, at=after(130))
    assert SituationReport.objects.filter(incident=activation.incident, kind="final", state="due").exists()
