"""A month's roster from the patterns to the published watches; gaps; more duty for a time."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry import actions, roster_gaps, rosters
from huiying.registry.duty_kinds import DutyDays, RosterKind, ShiftKind
from huiying.registry.models import DutyRoster, DutyShift, ShiftPattern
from huiying.rules.actors import SYSTEM
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.roster import RosterState
from huiying.rules.permissions import Role
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast, gather
from tests.races import at_once

NOW = datetime(2025, 5, 26, 9, 0, tzinfo=SHANGHAI)
JUNE = date(2025, 6, 1)


def pattern(cast: Cast, **changes: Any) -> ShiftPattern:
    said: dict[str, Any] = {
        "post": cast.posts["duty_officer"],
        "label": "夜班",
        "starts": time(18),
        "hours": 14,
        "people": 1,
        "is_lead": False,
        "days": DutyDays.EVERY,
        "begins_on": date(2025, 1, 1),
        "by": cast.duty_officer,
        "at": NOW,
    }
    return actions.pattern_set(**{**said, **changes})


def proposed(cast: Cast) -> DutyRoster:
    """A draft of June for a night watch with three people; a third holds the post besides the cast's two."""
    pattern(cast)
    actions.grant_give(
        staff=cast.staff["planner"],
        unit=cast.units["duty"],
        role=Role.DUTY_OFFICER,
        post=cast.posts["duty_officer"],
        by=SYSTEM,
        at=NOW,
    )
    return actions.roster_propose(body=cast.body, month=JUNE, by=cast.duty_officer, at=NOW).roster


def on_leave(cast: Cast, day: date, *names: str) -> None:
    for name in names:
        actions.leave_record(staff=cast.staff[name], starts_on=day, ends_on=day, by=cast.leader, at=NOW)


EVERYBODY = ("duty_officer", "second_duty_officer", "planner")


def test_a_neighbour_finds_no_roster_and_a_clerk_no_draft(cast: Cast) -> None:
    roster = proposed(cast)
    with pytest.raises(NotThere):
        rosters.roster_for(cast.outside_leader, roster.pk)
    with pytest.raises(NotThere):
        rosters.roster_for(cast.clerk, roster.pk)
    with pytest.raises(NotPermitted):
        actions.roster_publish(roster=roster, by=cast.clerk, at=NOW)
    actions.roster_publish(roster=roster, by=cast.leader, at=NOW)
    assert rosters.roster_for(cast.clerk, roster.pk) == roster


def test_a_month_is_filled_evenly_and_publishing_makes_the_watches_and_tells_everybody(cast: Cast) -> None:
    roster = proposed(cast)
    loads = rosters.loads_of(cast.duty_officer, roster)
    assert [load.watches for load in loads] == [10, 10, 10]
    assert not DutyShift.objects.exists()  # a draft is no duty
    actions.roster_publish(roster=roster, by=cast.duty_officer, at=NOW)
    shifts = DutyShift.objects.filter(roster=roster, kind=ShiftKind.PLANNED, is_lead=False)
    assert shifts.count() == 30 and set(shifts.values_list("entered_at", flat=True)) == {NOW}
    told = OutboxMessage.objects.filter(letter="duty_planned")
    assert {row.recipient_ref for row in told} == {str(cast.staff[name].pk) for name in EVERYBODY}


def test_patterns_follow_the_bodys_own_calendar(cast: Cast) -> None:
    actions.calendar_override(
        body=cast.body, on=date(2025, 6, 3), is_working=False, reason="暴雨", by=SYSTEM, at=NOW
    )
    pattern(cast, days=DutyDays.REST)
    roster = actions.roster_propose(body=cast.body, month=JUNE, by=cast.leader, at=NOW).roster
    days = {line.starts_at.astimezone(SHANGHAI).day for line in roster.lines.all()}
    # 2 June is the Dragon Boat Festival's day off.
    assert days == {1, 2, 3, 7, 8, 14, 15, 21, 22, 28, 29}
    wall = rosters.wall_of(roster, at=NOW)
    assert (wall.days[1].festival, wall.days[2].reason) == ("端午节", "暴雨")


def test_a_lead_watch_goes_only_to_somebody_who_may_lead(cast: Cast) -> None:
    pattern(cast, post=cast.posts["leading_group"], label="带班", starts=time(8), hours=24, is_lead=True)
    pattern(cast, label="带班", is_lead=True)
    roster = actions.roster_propose(body=cast.body, month=JUNE, by=cast.leader, at=NOW).roster
    leaders = {cast.staff["leader"].pk, cast.staff["deputy_leader"].pk}
    assert set(roster.lines.exclude(staff=None).values_list("staff", flat=True)) == leaders
    empty = rosters.wall_of(roster, at=NOW).empty
    assert len(empty) == 30 and {place.because for place in empty} == {"2 人不能带班"}


def test_an_impossible_night_is_named_and_publishing_is_refused_until_it_is_confirmed(cast: Cast) -> None:
    proposed(cast)
    on_leave(cast, date(2025, 6, 4), *EVERYBODY)
    done = actions.roster_propose(body=cast.body, month=JUNE, by=cast.duty_officer, at=NOW)
    empty = rosters.wall_of(done.roster, at=NOW).empty
    assert done.empty == 2 and [place.because for place in empty] == ["3 人请假"] * 2
    with pytest.raises(Refusal, match="还有 2 班没有人：6 月 3 日夜班、6 月 4 日夜班"):
        actions.roster_publish(roster=done.roster, by=cast.duty_officer, at=NOW)
    draft = DutyRoster.objects.get(pk=done.roster.pk)
    open_ = [place.ref for place in empty]
    actions.roster_publish(roster=draft, leaving_open=open_, by=cast.duty_officer, at=NOW)
    troubles = roster_gaps.outlook(cast.duty_officer, at=NOW).troubles
    assert [(one.span.on.day, one.trouble) for one in troubles] == [
        (3, roster_gaps.Trouble.EMPTY),
        (4, roster_gaps.Trouble.EMPTY),
    ]


def test_what_a_person_fixed_survives_a_new_proposal_and_an_unfit_choice_is_refused(cast: Cast) -> None:
    roster = proposed(cast)
    first, second = roster.lines.all()[:2]
    chosen = (
        cast.staff["planner"] if first.staff_id != cast.staff["planner"].pk else cast.staff["duty_officer"]
    )
    others = roster.lines.filter(staff=chosen, starts_at__lte=second.ends_at + timedelta(days=1))
    for line in others:
        actions.roster_line_set(line=line, staff=None, by=cast.leader, at=NOW)
    actions.roster_line_set(line=first, staff=chosen, by=cast.leader, at=NOW)
    with pytest.raises(Incomplete) as refused:
        actions.roster_line_set(line=second, staff=chosen, by=cast.leader, at=NOW)
    assert "休息不够" in refused.value.fields["staff"]
    with pytest.raises(Incomplete):
        actions.roster_line_set(line=second, staff=cast.staff["clerk"], by=cast.leader, at=NOW)
    actions.roster_propose_again(roster=roster, by=cast.duty_officer, at=NOW)
    held = roster.lines.first()
    assert held is not None and (held.staff, held.fixed) == (chosen, True)
    assert not roster.lines.filter(staff=None).exists()


def test_a_fixed_choice_that_went_on_leave_is_given_up_and_counted(cast: Cast) -> None:
    roster = proposed(cast)
    first = roster.lines.first()
    assert first is not None
    actions.roster_line_set(line=first, staff=first.staff, by=cast.leader, at=NOW)
    account = next(name for name in EVERYBODY if cast.staff[name] == first.staff)
    on_leave(cast, JUNE, account)
    with pytest.raises(Refusal, match="请假"):
        actions.roster_publish(roster=roster, by=cast.leader, at=NOW)
    again = actions.roster_propose_again(roster=DutyRoster.objects.get(), by=cast.leader, at=NOW)
    held = roster.lines.first()
    assert again.released == 1 and held is not None and held.staff != first.staff and not held.fixed


def test_only_a_draft_can_be_changed_published_or_dropped(cast: Cast) -> None:
    roster = proposed(cast)
    line = roster.lines.first()
    assert line is not None
    actions.roster_publish(roster=roster, by=cast.leader, at=NOW)
    with pytest.raises(IllegalMove):
        actions.roster_line_set(line=line, staff=None, by=cast.leader, at=NOW)
    with pytest.raises(IllegalMove):
        actions.roster_drop(roster=roster, by=cast.leader, at=NOW)
    with pytest.raises(Refusal, match="已经公布"):
        actions.roster_propose(body=cast.body, month=JUNE, by=cast.leader, at=NOW)


def test_a_dropped_draft_makes_room_for_another(cast: Cast) -> None:
    roster = proposed(cast)
    actions.roster_drop(roster=roster, by=cast.leader, at=NOW)
    again = actions.roster_propose(body=cast.body, month=JUNE, by=cast.leader, at=NOW).roster
    assert again.pk != roster.pk and [row.roster for row in rosters.rosters_of(cast.leader)] == [again]


def test_a_month_begun_is_planned_from_now_on_and_beside_what_is_published(cast: Cast) -> None:
    pattern(cast, days=DutyDays.EVERY)
    kept = actions.duty_plan(
        post=cast.posts["duty_officer"],
        staff=cast.staff["duty_officer"],
        starts_at=datetime(2025, 5, 27, 18, 0, tzinfo=SHANGHAI),
        ends_at=datetime(2025, 5, 28, 8, 0, tzinfo=SHANGHAI),
        by=cast.leader,
        at=NOW,
    )
    roster = actions.roster_propose(body=cast.body, month=NOW.date(), by=cast.leader, at=NOW).roster
    days = [line.starts_at.astimezone(SHANGHAI).day for line in roster.lines.all()]
    assert days == [26, 28, 29, 30, 31]
    beside = roster.lines.filter(staff=kept.staff).values_list("starts_at", flat=True)
    assert {at.astimezone(SHANGHAI).day for at in beside} & {26, 28} == set()


def test_a_surge_stands_beside_the_month_and_publishes_its_own_kind(cast: Cast) -> None:
    roster = proposed(cast)
    actions.roster_publish(roster=roster, by=cast.leader, at=NOW)
    night = ShiftPattern.objects.get()
    span = {"starts_on": date(2025, 6, 5), "ends_on": date(2025, 6, 6)}
    with pytest.raises(Incomplete) as refused:
        actions.roster_surge(body=cast.body, reason="", more={}, by=cast.leader, at=NOW, **span)
    assert set(refused.value.fields) == {"reason", "more"}
    more = actions.roster_surge(
        body=cast.body, reason="暴雨橙色预警", more={night.pk: 1}, by=cast.leader, at=NOW, **span
    ).roster
    assert (more.kind, more.lines.count()) == (RosterKind.SURGE, 2)
    left = list(more.lines.filter(staff=None).values_list("pk", flat=True))
    actions.roster_publish(roster=more, leaving_open=left, by=cast.leader, at=NOW)
    assert DutyShift.objects.filter(roster=more, kind=ShiftKind.SURGE).count() == 2 - len(left)
    assert roster_gaps.outlook(cast.leader, at=NOW).troubles == ()


def test_a_watch_called_off_goes_to_a_substitute_or_stands_empty_as_a_gap(cast: Cast) -> None:
    roster = proposed(cast)
    actions.roster_publish(roster=roster, by=cast.leader, at=NOW)
    first, *_rest = DutyShift.objects.order_by("starts_at")
    second = DutyShift.objects.filter(starts_at__gt=first.starts_at).order_by("starts_at")[0]
    with pytest.raises(Incomplete):
        actions.shift_cancel(shift=first, substitute=second.staff, by=cast.leader, at=NOW)
    assert actions.shift_cancel(shift=first, by=cast.leader, at=NOW) is None
    with pytest.raises(Overtaken):
        actions.shift_cancel(shift=first, by=cast.leader, at=NOW)
    gaps = roster_gaps.outlook(cast.leader, at=NOW).troubles
    assert [(one.span.starts_at, one.people) for one in gaps] == [(first.starts_at, 1)]
    made = actions.shift_cancel(shift=second, substitute=first.staff, by=cast.leader, at=NOW)
    assert made is not None and (made.kind, made.staff) == (ShiftKind.SUBSTITUTE, first.staff)
    assert rosters.wall_of(roster, at=NOW).days[1].cells[0][0].name == first.staff.name


def test_leave_and_a_lost_post_are_seen_on_published_watches(cast: Cast) -> None:
    actions.roster_publish(roster=proposed(cast), by=cast.leader, at=NOW)
    shift = DutyShift.objects.filter(staff=cast.staff["planner"]).order_by("starts_at")[0]
    on = shift.starts_at.astimezone(SHANGHAI).date()
    leave = actions.leave_record(
        staff=cast.staff["planner"], starts_on=on, ends_on=on, by=cast.planner, at=NOW
    )
    found = roster_gaps.outlook(cast.leader, at=NOW).troubles
    assert [(one.trouble, one.shift_id) for one in found] == [(roster_gaps.Trouble.ON_LEAVE, shift.pk)]
    actions.leave_cancel(leave=leave, by=cast.planner, at=NOW)
    assert roster_gaps.outlook(cast.leader, at=NOW).troubles == ()
    actions.staff_deactivate(staff=cast.staff["planner"], by=SYSTEM, at=NOW)
    found = roster_gaps.outlook(cast.leader, at=NOW).troubles
    assert {one.trouble for one in found} == {roster_gaps.Trouble.LEFT} and len(found) == 10


def test_next_month_is_owed_from_the_twenty_fifth(cast: Cast) -> None:
    pattern(cast, begins_on=JUNE)
    assert roster_gaps.outlook(cast.leader, at=NOW - timedelta(days=2)).unpublished == ()
    assert roster_gaps.outlook(cast.leader, at=NOW).unpublished == (JUNE,)


def test_leave_is_ones_own_or_the_planners_and_holds_no_reason(cast: Cast) -> None:
    day = date(2025, 6, 2)
    with pytest.raises(NotPermitted):
        actions.leave_record(staff=cast.staff["clerk"], starts_on=day, ends_on=day, by=cast.planner, at=NOW)
    with pytest.raises(Incomplete):
        actions.leave_record(
            staff=cast.staff["clerk"], starts_on=day, ends_on=day - timedelta(1), by=cast.clerk, at=NOW
        )
    actions.leave_record(staff=cast.staff["clerk"], starts_on=day, ends_on=day, by=cast.clerk, at=NOW)
    assert [row.staff.account for row in rosters.leaves_of(cast.clerk, at=NOW)] == ["clerk"]
    assert list(rosters.leaves_of(cast.planner, at=NOW)) == []
    facts = LedgerEvent.objects.get(kind=EventKind.LEAVE_RECORDED).facts
    assert set(facts) == {"staff", "from", "to"}


def test_a_person_sees_their_own_numbers_and_nobody_elses(cast: Cast) -> None:
    roster = proposed(cast)
    actions.roster_publish(roster=roster, by=cast.leader, at=NOW)
    press = rosters.loads_of(cast.press_officer, roster)
    own = rosters.loads_of(cast.planner, roster)
    assert press == [] and [load.staff_id for load in own] == [cast.staff["planner"].pk]


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


def test_of_two_who_publish_at_once_one_wins(town: Cast) -> None:
    roster = proposed(town)
    copies = [DutyRoster.objects.get(pk=roster.pk) for _ in range(2)]

    def publish(copy: DutyRoster) -> None:
        actions.roster_publish(roster=copy, by=town.leader, at=NOW)

    failed = at_once(lambda: publish(copies[0]), lambda: publish(copies[1]))
    assert [type(one) for one in failed] == [Overtaken]
    assert DutyShift.objects.count() == 30
    assert LedgerEvent.objects.filter(kind=EventKind.ROSTER_PUBLISHED).count() == 1
    assert DutyRoster.objects.get().state == RosterState.PUBLISHED
