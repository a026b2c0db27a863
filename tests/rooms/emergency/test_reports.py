import pytest

from huiying.emergency import actions
from huiying.emergency.models import Order, SituationReport
from huiying.emergency.selectors import board_for, incident_timeline_for
from huiying.records.models import LedgerEvent
from huiying.rules.lifecycle.report import ReportKind
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken
from tests.cast import Cast
from tests.rooms.emergency.response import activated, after, ended, filled_in, plan_in_force, reported


def first(cast: Cast, minutes: int = 30, **changes: object) -> SituationReport:
    """The first report of an incident reported under the plan, sent so many minutes after the call."""
    plan_in_force(cast)
    asked = {"kind": ReportKind.FIRST, "fields": filled_in(ReportKind.FIRST), "sent_to": "云岭县信访局"}
    return actions.situation_report_send(
        incident=reported(cast), by=cast.duty_officer, at=after(minutes), **{**asked, **changes}
    )


def test_an_outsider_sends_no_report_for_the_neighbour(cast: Cast) -> None:
    incident = reported(cast)
    with pytest.raises(NotThere):
        actions.situation_report_send(
            incident=incident,
            kind=ReportKind.FIRST,
            fields=filled_in(ReportKind.FIRST),
            sent_to="云岭县信访局",
            by=cast.outside_leader,
            at=after(5),
        )


def test_a_first_report_within_the_limit_is_in_time_and_the_next_one_is_owed(cast: Cast) -> None:
    report = first(cast, 59)
    assert not report.is_late(after(59))
    owed = SituationReport.objects.get(incident=report.incident, state="due")
    assert (owed.kind, owed.number) == ("follow_up", 1) and owed.due_at is not None


def test_a_late_report_cannot_be_dated_back(cast: Cast) -> None:
    report = first(cast, 75, stated_at=after(40))
    assert (report.sent_at, report.stated_at) == (after(75), after(40))
    assert report.is_late(after(75))
    assert LedgerEvent.objects.get(kind="situation.reported").facts["late"] is True


def test_every_missing_field_is_named(cast: Cast) -> None:
    with pytest.raises(Incomplete) as refused:
        first(cast, fields=filled_in(ReportKind.FIRST, place="", casualties=" "))
    assert set(refused.value.fields) == {"place", "casualties"}
    with pytest.raises(Incomplete) as refused:
        actions.situation_report_send(
            incident=SituationReport.objects.get(state="due").incident,
            kind=ReportKind.FIRST,
            fields=filled_in(ReportKind.FIRST),
            sent_to=" ",
            by=cast.duty_officer,
            at=after(30),
        )
    assert set(refused.value.fields) == {"sent_to"}


def test_a_telephone_call_is_recorded_and_does_not_stop_the_clock(cast: Cast) -> None:
    plan_in_force(cast)
    report = SituationReport.objects.get(incident=reported(cast))
    said = {"phoned_to": "县委值班室值班长", "phoned_at": after(8), "by": cast.duty_officer, "at": after(9)}
    actions.situation_report_phone(report=report, **said)
    report.refresh_from_db()
    assert report.phoned_at == after(8) and report.state == "due" and report.is_late(after(61))
    with pytest.raises(Overtaken):
        actions.situation_report_phone(report=report, **said)


def test_follow_ups_are_numbered_and_say_what_changed(cast: Cast) -> None:
    incident = first(cast).incident
    for number in (1, 2):
        report = actions.situation_report_send(
            incident=incident,
            kind=ReportKind.FOLLOW_UP,
            fields=filled_in(ReportKind.FOLLOW_UP, changes="伤者送医。"),
            sent_to="云岭县信访局",
            by=cast.duty_officer,
            at=after(60 * number),
        )
        assert report.number == number and report.fields["number"] == str(number)


@pytest.mark.parametrize("kind", [ReportKind.FOLLOW_UP, ReportKind.FINAL])
def test_nothing_but_the_first_report_comes_first(cast: Cast, kind: ReportKind) -> None:
    plan_in_force(cast)
    with pytest.raises(IllegalMove):
        first_args = {"fields": filled_in(kind), "sent_to": "云岭县信访局"}
        actions.situation_report_send(
            incident=reported(cast), kind=kind, by=cast.duty_officer, at=after(9), **first_args
        )


def test_a_report_that_is_sent_is_sent_once(cast: Cast) -> None:
    incident = first(cast).incident
    with pytest.raises(Overtaken):
        actions.situation_report_send(
            incident=incident,
            kind=ReportKind.FIRST,
            fields=filled_in(ReportKind.FIRST),
            sent_to="云岭县信访局",
            by=cast.duty_officer,
            at=after(31),
        )


def test_sending_the_report_carries_out_the_order_to_send_it(cast: Cast) -> None:
    activation = activated(cast)
    open_orders = Order.objects.filter(activation=activation, step_id="first-report")
    if not open_orders:
        for order in Order.objects.filter(activation=activation, step_id="verify").select_related(
            "activation__incident", "post"
        ):
            actions.order_done(order=order, by=cast.duty_officer, at=after(22))
    actions.situation_report_send(
        incident=activation.incident,
        kind=ReportKind.FIRST,
        fields=filled_in(ReportKind.FIRST),
        sent_to="云岭县信访局",
        by=cast.duty_officer,
        at=after(35),
    )
    assert open_orders.get().state == "done"


def test_a_clerk_sends_no_report_upwards(cast: Cast) -> None:
    plan_in_force(cast)
    with pytest.raises(NotPermitted):
        actions.situation_report_send(
            incident=reported(cast), kind=ReportKind.FIRST, fields={}, sent_to="", by=cast.clerk, at=after(5)
        )


def test_after_the_end_the_final_report_is_what_is_owed(cast: Cast) -> None:
    incident = ended(cast)
    owed = board_for(cast.leader, incident, after(301)).report_owed
    assert owed is not None and owed.kind in {ReportKind.FINAL, ReportKind.FIRST}
    report = actions.situation_report_send(
        incident=incident,
        kind=ReportKind.FINAL,
        fields=filled_in(ReportKind.FINAL),
        sent_to="云岭县信访局",
        by=cast.leader,
        at=after(400),
    )
    assert report.sent_at == after(400)


def _ended_after_the_first_report(cast: Cast, minutes: int) -> SituationReport:
    """The follow-up that was owed when the response ended so many minutes after the call."""
    incident = activated(cast).incident
    actions.situation_report_send(
        incident=incident,
        kind=ReportKind.FIRST,
        fields=filled_in(ReportKind.FIRST),
        sent_to="云岭县信访局",
        by=cast.duty_officer,
        at=after(30),
    )
    words = {"grounds": "通道恢复。", "despite": "已逐项说明。"}
    actions.incident_end(incident=incident, criteria=[], by=cast.leader, at=after(minutes), **words)
    return SituationReport.objects.get(incident=incident, kind="follow_up")


def test_at_the_end_the_final_report_takes_the_place_of_a_follow_up_still_owed(cast: Cast) -> None:
    report = _ended_after_the_first_report(cast, 60)
    assert (report.state, report.dropped_at) == ("dropped", after(60))
    owed = SituationReport.objects.filter(incident=report.incident, state="due")
    assert [each.kind for each in owed] == ["final"]
    facts = LedgerEvent.objects.get(kind="incident.ended").facts
    assert facts["reports_dropped"] == [report.pk]


def test_a_follow_up_that_was_not_yet_due_at_the_end_is_never_late(cast: Cast) -> None:
    report = _ended_after_the_first_report(cast, 60)
    assert report.due_at is not None and report.due_at > after(60)
    assert not report.is_late(after(60 * 72))
    rows = incident_timeline_for(cast.planner, report.incident, at=after(60 * 72))
    assert "续报（1）" not in {row.what for row in rows if row.kind == "missed"}


def test_a_follow_up_that_was_late_at_the_end_stays_told_as_late(cast: Cast) -> None:
    report = _ended_after_the_first_report(cast, 60 * 30)
    assert report.due_at is not None and report.due_at < after(60 * 30) and report.is_late(after(60 * 72))
    rows = incident_timeline_for(cast.planner, report.incident, at=after(60 * 72))
    assert "续报（1）" in {row.what for row in rows if row.kind == "missed"}


def test_a_report_owed_for_what_is_no_incident_is_owed_no_longer(cast: Cast) -> None:
    plan_in_force(cast)
    incident = actions.incident_dismiss(
        incident=reported(cast), grounds="无险情", by=cast.leader, at=after(5)
    )
    report = SituationReport.objects.get(incident=incident)
    assert (report.state, report.dropped_at) == ("dropped", after(5)) and not report.is_late(after(600))
