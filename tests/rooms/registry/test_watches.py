"""The day of a watch: taken over at midnight, swapped, filled by a substitute, handed on with a note."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry import actions, gate
from huiying.registry.duty import on_duty, watches_of
from huiying.registry.duty_kinds import ExpertField, ShiftKind
from huiying.registry.hand_overs import notes_to_read
from huiying.registry.models import Deputy, DutyShift, Expert, HandOver, Leave, ShiftSwap
from huiying.registry.roster_gaps import outlook
from huiying.rules.actors import SYSTEM
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.swap import SwapState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import FOUNDED, Cast, gather
from tests.races import at_once

NOON = datetime(2025, 3, 7, 12, 0, tzinfo=SHANGHAI)
EVENING = NOON + timedelta(hours=8)
MIDNIGHT = NOON + timedelta(hours=12)
MORNING = EVENING + timedelta(hours=12)
DAY = timedelta(days=1)


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


def _shift(cast: Cast, account: str, begins: datetime = EVENING, **more: Any) -> DutyShift:
    span = {"starts_at": begins, "ends_at": begins + timedelta(hours=12), "entered_at": FOUNDED}
    post = cast.posts[more.pop("post", "duty_officer")]
    return DutyShift.objects.create(post=post, staff=cast.staff[account], **{**span, **more})


def _deputy(cast: Cast, account: str) -> None:
    Deputy.objects.create(post=cast.posts["duty_officer"], staff=cast.staff[account], named_at=FOUNDED)


def _take(cast: Cast, by: str, relieved: DutyShift | None, at: datetime = MIDNIGHT, **more: Any) -> DutyShift:
    post = cast.posts["duty_officer"]
    return actions.duty_take_over(post=post, relieved=relieved, by=cast.officers[by], at=at, **more)


def _now(cast: Cast, at: datetime) -> Any:
    return on_duty(cast.body.pk, "duty_officer", at)


def _told() -> set[str]:
    return set(OutboxMessage.objects.filter(letter="duty_changed").values_list("recipient_ref", flat=True))


def test_whoever_may_not_stand_on_the_post_cannot_take_it_over(cast: Cast) -> None:
    running = _shift(cast, "duty_officer")
    for outsider, refusal in (("outside_clerk", NotThere), ("press_officer", NotPermitted)):
        with pytest.raises(refusal):
            _take(cast, outsider, running)
    with pytest.raises(NotPermitted):
        actions.duty_take_over(post=running.post, relieved=running, by=SYSTEM, at=MIDNIGHT)
    assert _now(cast, MIDNIGHT) == cast.staff["duty_officer"]


def test_at_midnight_a_colleague_takes_over_until_morning_without_anybodys_consent(cast: Cast) -> None:
    running = _shift(cast, "duty_officer")
    _shift(cast, "leader", is_lead=True)
    new = _take(cast, "second_duty_officer", running, MIDNIGHT + timedelta(minutes=30))
    assert (new.kind, new.ends_at) == (ShiftKind.TAKEN_OVER, MORNING)
    assert _now(cast, MIDNIGHT) == cast.staff["duty_officer"]
    assert _now(cast, MIDNIGHT + timedelta(hours=1)) == cast.staff["second_duty_officer"]
    assert _now(cast, MORNING - timedelta(seconds=1)) == cast.staff["second_duty_officer"]
    assert _told() == {str(cast.duty_officer.staff_id), str(cast.leader.staff_id)}
    assert LedgerEvent.objects.filter(kind=EventKind.DUTY_TAKEN_OVER).count() == 1


def test_a_post_taken_over_for_an_hour_comes_back_to_whoever_had_it(cast: Cast) -> None:
    running = _shift(cast, "duty_officer")
    _take(cast, "second_duty_officer", running, until=MIDNIGHT + timedelta(hours=1))
    back = MIDNIGHT + timedelta(hours=1)
    assert _now(cast, MIDNIGHT) == cast.staff["second_duty_officer"]
    assert _now(cast, back) == cast.staff["duty_officer"]
    assert watches_of(cast.duty_officer.staff_id, NOON, MORNING).count() == 2


def test_a_deputy_takes_over_and_where_nobody_watches_says_until_when(cast: Cast) -> None:
    Deputy.objects.create(
        post=cast.posts["duty_officer"], staff=cast.staff["press_officer"], named_at=FOUNDED
    )
    with pytest.raises(Incomplete) as silent:
        _take(cast, "press_officer", None)
    assert "until" in silent.value.fields
    for wrong in (MIDNIGHT, MIDNIGHT + timedelta(hours=25)):
        with pytest.raises(Incomplete):
            _take(cast, "press_officer", None, until=wrong)
    assert _take(cast, "press_officer", None, until=MORNING).starts_at == MIDNIGHT
    assert _now(cast, MIDNIGHT) == cast.staff["press_officer"]


def test_nobody_takes_over_past_the_end_of_the_watch_or_from_themselves(cast: Cast) -> None:
    running = _shift(cast, "duty_officer")
    with pytest.raises(Incomplete, match="还没有接替"):
        _take(cast, "second_duty_officer", running, until=MORNING + timedelta(minutes=1))
    with pytest.raises(Refusal, match="已经在值"):
        _take(cast, "duty_officer", running)


def test_the_last_watchs_notes_are_read_in_the_same_act(cast: Cast) -> None:
    running = _shift(cast, "duty_officer")
    post, first = running.post, None
    for text in ("无", "东门钥匙在值班台"):
        first = first or HandOver.objects.count()
        note = actions.hand_over_write(post=post, text=text, by=cast.duty_officer, at=EVENING)
    with pytest.raises(Incomplete) as unread:
        _take(cast, "second_duty_officer", running, read_up_to=note.pk - 1)
    assert "read" in unread.value.fields
    _take(cast, "second_duty_officer", running, read_up_to=note.pk)
    assert notes_to_read(cast.second_duty_officer, MIDNIGHT) == []


def test_who_begins_a_watch_as_planned_is_shown_what_was_left_until_it_is_read(cast: Cast) -> None:
    _shift(cast, "duty_officer")
    _shift(cast, "second_duty_officer", MORNING)
    note = actions.hand_over_write(
        post=cast.posts["duty_officer"], text="水泵已修好", by=cast.duty_officer, at=MORNING
    )
    assert notes_to_read(cast.second_duty_officer, MORNING) == [note]
    assert notes_to_read(cast.duty_officer, MORNING) == []
    for _ in range(2):
        actions.hand_over_read(hand_over=note, by=cast.second_duty_officer, at=MORNING)
    assert notes_to_read(cast.second_duty_officer, MORNING) == []
    read = LedgerEvent.objects.filter(kind=EventKind.HAND_OVER_READ)
    assert read.count() == 1 and "水泵" not in str(read.get().facts)


def test_a_note_is_for_those_of_the_post_alone(cast: Cast) -> None:
    post = cast.posts["duty_officer"]
    note = actions.hand_over_write(post=post, text="无", by=cast.duty_officer, at=NOON)
    for outsider in ("clerk", "leader", "outside_clerk"):
        by = cast.officers[outsider]
        with pytest.raises(NotThere):
            gate.hand_over_for(by, note.pk, at=NOON)
        with pytest.raises((NotThere, NotPermitted)):
            actions.hand_over_write(post=post, text="无", by=by, at=NOON)
        with pytest.raises((NotThere, NotPermitted)):
            actions.hand_over_read(hand_over=note, by=by, at=NOON)
    with pytest.raises(Incomplete, match="没有保存"):
        actions.hand_over_write(post=post, text=" ", by=cast.duty_officer, at=NOON)
    assert not LedgerEvent.objects.filter(facts__icontains="无").exists()


def _ask(cast: Cast, shift: DutyShift, in_return: DutyShift | None = None) -> ShiftSwap:
    return actions.swap_ask(
        shift=shift,
        offered_to=cast.staff["second_duty_officer"],
        in_return=in_return,
        by=cast.duty_officer,
        at=NOON,
    )


def test_a_watch_changes_hands_only_when_the_colleague_agrees(cast: Cast) -> None:
    shift, theirs = _shift(cast, "duty_officer"), _shift(cast, "second_duty_officer", EVENING + 3 * DAY)
    swap = _ask(cast, shift, theirs)
    assert _now(cast, MIDNIGHT) == cast.staff["duty_officer"]
    for outsider in ("duty_officer", "leader", "outside_clerk"):
        with pytest.raises((NotThere, NotPermitted)):
            actions.swap_agree(swap=swap, by=cast.officers[outsider], at=NOON)
    with pytest.raises(NotThere):
        gate.swap_for(cast.leader, swap.pk)
    actions.swap_agree(swap=swap, by=cast.second_duty_officer, at=NOON)
    assert _now(cast, MIDNIGHT) == cast.staff["second_duty_officer"]
    assert _now(cast, MIDNIGHT + 3 * DAY) == cast.staff["duty_officer"]
    assert _told() == {str(cast.duty_officer.staff_id), str(cast.second_duty_officer.staff_id)}


def test_a_declined_and_a_withdrawn_offer_move_nothing_and_are_answered_once(cast: Cast) -> None:
    shift = _shift(cast, "duty_officer")
    first = _ask(cast, shift)
    with pytest.raises(Refusal, match="已经有一个"):
        _ask(cast, shift)
    actions.swap_decline(swap=first, by=cast.second_duty_officer, at=NOON)
    second = _ask(cast, shift)
    actions.swap_withdraw(swap=second, by=cast.duty_officer, at=NOON)
    with pytest.raises(IllegalMove):
        actions.swap_agree(swap=second, by=cast.second_duty_officer, at=NOON)
    assert _now(cast, MIDNIGHT) == cast.staff["duty_officer"]


def test_a_watch_is_offered_only_to_who_could_keep_it(cast: Cast) -> None:
    shift = _shift(cast, "duty_officer")
    _shift(cast, "second_duty_officer", MORNING + timedelta(hours=2))
    with pytest.raises(Incomplete) as tired:
        _ask(cast, shift)
    assert "休息" in str(tired.value.fields["offered_to"]) or tired.value.fields["offered_to"]
    with pytest.raises(Incomplete) as stranger:
        actions.swap_ask(shift=shift, offered_to=cast.staff["clerk"], by=cast.duty_officer, at=NOON)
    assert "offered_to" in stranger.value.fields
    with pytest.raises(NotThere):
        actions.swap_ask(shift=shift, offered_to=cast.staff["outside_clerk"], by=cast.duty_officer, at=NOON)


def test_nobody_gets_a_watch_on_days_they_are_away_or_one_that_began(cast: Cast) -> None:
    shift, day = _shift(cast, "duty_officer"), EVENING.date()
    Leave.objects.create(
        staff=cast.staff["second_duty_officer"], starts_on=day, ends_on=day, recorded_at=FOUNDED
    )
    with pytest.raises(Incomplete):
        _ask(cast, shift)
    with pytest.raises(Incomplete):
        actions.duty_substitute(shift=shift, staff=cast.staff["second_duty_officer"], by=cast.leader, at=NOON)
    Leave.objects.update(cancelled_at=FOUNDED)
    swap = _ask(cast, shift)
    with pytest.raises(Refusal, match="已经开始"):
        actions.swap_agree(swap=swap, by=cast.second_duty_officer, at=MIDNIGHT)


def test_a_substitute_keeps_what_is_left_of_the_watch_and_an_open_offer_lapses(cast: Cast) -> None:
    shift = _shift(cast, "duty_officer")
    swap = _ask(cast, shift)
    actions.duty_substitute(shift=shift, staff=cast.staff["second_duty_officer"], by=cast.leader, at=MIDNIGHT)
    assert _now(cast, MIDNIGHT - timedelta(minutes=1)) == cast.staff["duty_officer"]
    assert _now(cast, MIDNIGHT) == cast.staff["second_duty_officer"]
    assert ShiftSwap.objects.get(pk=swap.pk).state == SwapState.WITHDRAWN
    _deputy(cast, "clerk")
    with pytest.raises(Overtaken):
        actions.duty_substitute(shift=shift, staff=cast.staff["clerk"], by=cast.leader, at=MIDNIGHT)


def test_a_substitute_is_held_to_what_a_roster_keeps_and_the_reason_is_said(cast: Cast) -> None:
    shift, second = _shift(cast, "duty_officer"), cast.staff["second_duty_officer"]
    earlier = _shift(
        cast, "second_duty_officer", EVENING - timedelta(hours=20)
    )  # ends at noon: eight hours before

    def put_in(staff: Any, at: datetime = NOON) -> DutyShift:
        return actions.duty_substitute(shift=shift, staff=staff, by=cast.leader, at=at)

    for staff, reason in ((cast.staff["clerk"], "不在这个岗位"), (second, "两班之间休息不够")):
        with pytest.raises(Incomplete) as refused:
            put_in(staff)
        assert str(refused.value.fields["staff"]).endswith(reason)
    assert DutyShift.objects.filter(cancelled_at=None).count() == 2
    # What is left of the watch at midnight begins twelve hours after the other one.
    assert (earlier.ends_at, put_in(second, MIDNIGHT).starts_at) == (NOON, MIDNIGHT)


def test_a_deputy_may_stand_in_for_a_watch_and_is_not_taken_for_somebody_who_left(cast: Cast) -> None:
    shift = _shift(cast, "duty_officer")
    _deputy(cast, "clerk")
    actions.duty_substitute(shift=shift, staff=cast.staff["clerk"], by=cast.leader, at=NOON)
    assert _now(cast, MIDNIGHT) == cast.staff["clerk"]
    assert outlook(cast.leader, at=NOON).troubles == ()


def test_a_lead_watch_can_be_swapped_with_the_head_of_a_unit_as_the_roster_would_have_it(cast: Cast) -> None:
    shift = _shift(cast, "duty_officer", is_lead=True)
    _deputy(cast, "head_works")
    asked = {"shift": shift, "by": cast.duty_officer, "at": NOON}
    with pytest.raises(Incomplete) as refused:
        actions.swap_ask(offered_to=cast.staff["second_duty_officer"], **asked)
    assert "不能带班" in str(refused.value.fields["offered_to"])
    assert actions.swap_ask(offered_to=cast.staff["head_works"], **asked).state == SwapState.ASKED


def test_of_two_who_take_over_at_once_one_wins(town: Cast) -> None:
    running = _shift(town, "duty_officer")
    Deputy.objects.create(post=running.post, staff=town.staff["clerk"], named_at=FOUNDED)
    lost = at_once(lambda: _take(town, "second_duty_officer", running), lambda: _take(town, "clerk", running))
    assert [type(refusal) for refusal in lost] == [Overtaken]
    assert LedgerEvent.objects.filter(kind=EventKind.DUTY_TAKEN_OVER).count() == 1


def test_an_offer_agreed_to_while_the_watch_is_given_away_moves_it_once(town: Cast) -> None:
    shift = _shift(town, "duty_officer")
    swap = _ask(town, shift)
    _deputy(town, "leader")
    lost = at_once(
        lambda: actions.swap_agree(swap=swap, by=town.second_duty_officer, at=NOON),
        lambda: actions.duty_substitute(shift=shift, staff=town.staff["leader"], by=town.leader, at=NOON),
    )
    assert len(lost) == 1 and not isinstance(lost[0], Incomplete)
    assert DutyShift.objects.filter(cancelled_at=None, starts_at=EVENING).count() == 1


def test_a_deputy_stands_once_and_an_ended_one_may_stand_again(cast: Cast) -> None:
    post, staff = cast.posts["interpreter"], cast.staff["clerk"]
    deputy = actions.deputy_name(post=post, staff=staff, by=cast.leader, at=NOON)
    with pytest.raises(Incomplete):
        actions.deputy_name(post=post, staff=staff, order=2, by=cast.leader, at=NOON)
    actions.deputy_end(deputy=deputy, by=cast.leader, at=NOON)
    actions.deputy_name(post=post, staff=staff, order=2, by=cast.leader, at=NOON)
    with pytest.raises(Overtaken):
        actions.deputy_end(deputy=deputy, by=cast.leader, at=NOON)


def test_nobody_is_in_the_pool_without_having_agreed_and_nothing_stays_of_who_left(cast: Cast) -> None:
    entry = actions.ExpertEntry(ExpertField.SIGN_LANGUAGE, "试手语员", "0571-0000 0099", None)
    with pytest.raises(Incomplete) as silent:
        actions.expert_add(body=cast.body, entry=entry, by=cast.planner, at=NOON)
    assert set(silent.value.fields) == {"agreed_on"}
    agreed = actions.ExpertEntry(ExpertField.SIGN_LANGUAGE, "试手语员", "0571-0000 0099", NOON.date())
    expert = actions.expert_add(body=cast.body, entry=agreed, by=cast.planner, at=NOON)
    assert actions.expert_verify(expert=expert, by=cast.planner, at=NOON).verified_on == NOON.date()
    moved = actions.ExpertEntry(ExpertField.SIGN_LANGUAGE, "试手语员", "0571-0000 0100", NOON.date())
    assert actions.expert_change(expert=expert, entry=moved, by=cast.planner, at=NOON).verified_on is None
    with pytest.raises(NotThere):
        gate.expert_for(cast.outside_clerk, expert.pk)
    with pytest.raises(NotPermitted):
        gate.expert_for(cast.auditor, expert.pk)
    actions.expert_end(expert=expert, by=cast.planner, at=NOON)
    assert (Expert.objects.get().name, Expert.objects.get().phone) == ("", "")
    assert not LedgerEvent.objects.filter(facts__icontains="试手语员").exists()
