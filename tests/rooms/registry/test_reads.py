"""Reads of the registry: the second body is never seen, and nobody is on duty by accident."""

from datetime import date, datetime, time, timedelta

import pytest

from huiying.records.clock import SHANGHAI
from huiying.registry import actions, gate, selectors
from huiying.registry.calendars import calendar_for
from huiying.registry.duty import holders_of, on_duty, post_holders, shifts_at
from huiying.registry.models import Grant, Staff
from huiying.rules.actors import SYSTEM
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere, Refusal
from tests.cast import FOUNDED, Cast, watch

EVENING = datetime(2025, 3, 7, 20, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize("account", ["outside_clerk", "outside_officer", "outside_leader"])
def test_a_neighbour_finds_no_row_of_this_body(cast: Cast, account: str) -> None:
    outsider = cast.officers[account]
    for look, ref in (
        (gate.unit_for, cast.units["works"].pk),
        (gate.post_for, cast.posts["reception"].pk),
        (gate.staff_for, cast.staff["clerk"].pk),
        (gate.grant_for, Grant.objects.filter(staff=cast.staff["clerk"]).get().pk),
    ):
        assert look(cast.clerk, ref).pk == ref
        with pytest.raises(NotThere) as not_yours:
            look(outsider, ref)
        with pytest.raises(NotThere) as not_there:
            look(outsider, 999_999)
        assert not_yours.value.message == not_there.value.message


def test_lists_hold_the_own_body_only(cast: Cast) -> None:
    for rows in (selectors.units_of, selectors.posts_of, selectors.staff_of, selectors.grants_of):
        own, foreign = set(rows(cast.clerk)), set(rows(cast.outside_clerk))
        assert own
        assert foreign
        assert not own & foreign
    ids = [cast.staff["clerk"].pk, cast.staff["outside_clerk"].pk]
    assert selectors.staff_names(cast.body.pk, ids) == {ids[0]: "青溪接待甲"}


def test_an_unknown_body_is_a_plain_refusal(cast: Cast) -> None:
    assert selectors.public_body("qingxi") == cast.body
    with pytest.raises(NotThere, match="没有找到这个机构"):
        selectors.public_body("nowhere")


def test_reception_times_join_equal_neighbouring_days_and_stay_with_their_body(cast: Cast) -> None:
    actions.place_open(
        body=cast.body,
        name="周末接访点",
        address="东村",
        hours=[(5, time(9), time(12)), (0, time(9), time(12)), (1, time(9), time(11))],
        by=SYSTEM,
        at=FOUNDED,
    )
    room, weekend = selectors.reception_times(cast.body)
    assert [(days.first, days.last, len(days.spans)) for days in room.days] == [(0, 4, 2)]
    assert [(days.first, days.last) for days in weekend.days] == [(0, 0), (1, 1), (5, 5)]
    assert len(selectors.reception_times(cast.baishi)) == 1


def test_a_unit_without_a_head_is_known_to_have_none(cast: Cast) -> None:
    assert selectors.unit_head_exists(cast.units["works"].pk, EVENING)
    assert not selectors.unit_head_exists(cast.units["office"].pk, EVENING)
    Staff.objects.filter(account="head_works").update(is_active=False)
    assert not selectors.unit_head_exists(cast.units["works"].pk, EVENING)


def test_nobody_is_on_duty_for_a_post_that_nobody_holds(cast: Cast) -> None:
    assert on_duty(cast.body.pk, "interpreter", EVENING) is None
    assert on_duty(cast.body.pk, "no_such_post", EVENING) is None
    assert on_duty(cast.baishi.pk, "duty_officer", EVENING) is None


def test_without_a_watch_the_first_holder_of_the_post_answers(cast: Cast) -> None:
    assert on_duty(cast.body.pk, "duty_officer", EVENING) == cast.staff["duty_officer"]
    assert list(post_holders(cast.body.pk, "duty_officer", EVENING)) == [
        cast.staff["duty_officer"],
        cast.staff["second_duty_officer"],
    ]
    assert list(post_holders(cast.body.pk, "duty_officer", FOUNDED - timedelta(days=1))) == []


def test_a_watch_begins_with_its_first_instant_and_ends_before_its_last(cast: Cast) -> None:
    watch(cast, "second_duty_officer", starts_at=EVENING, hours=12)
    end = EVENING + timedelta(hours=12)
    on = [on_duty(cast.body.pk, "duty_officer", at) for at in (EVENING, end - timedelta(seconds=1), end)]
    second, first = cast.staff["second_duty_officer"], cast.staff["duty_officer"]
    assert on == [second, second, first]


def test_of_two_watches_the_one_that_began_last_counts(cast: Cast) -> None:
    watch(cast, "second_duty_officer", starts_at=EVENING)
    watch(cast, "duty_officer", starts_at=EVENING + timedelta(hours=2), hours=1)
    at = EVENING + timedelta(hours=2, minutes=30)
    assert on_duty(cast.body.pk, "duty_officer", at) == cast.staff["duty_officer"]
    assert len(shifts_at(cast.body.pk, at)) == 2
    assert not shifts_at(cast.baishi.pk, at)


def test_whoever_left_is_not_on_duty(cast: Cast) -> None:
    watch(cast, "second_duty_officer", starts_at=EVENING)
    Staff.objects.filter(account="second_duty_officer").update(is_active=False)
    assert on_duty(cast.body.pk, "duty_officer", EVENING) == cast.staff["duty_officer"]


def test_a_holder_with_two_grants_stands_once_in_the_list(cast: Cast) -> None:
    assert list(holders_of(cast.posts["reception"], EVENING)) == [
        cast.staff["clerk"],
        cast.staff["second_clerk"],
    ]


def test_who_is_on_duty_costs_two_queries_at_most(cast: Cast, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        on_duty(cast.body.pk, "duty_officer", EVENING)


@pytest.mark.parametrize("hours", [0, -1])
def test_a_watch_that_ends_before_it_begins_is_refused(cast: Cast, hours: int) -> None:
    with pytest.raises(Refusal, match="晚于"):
        watch(cast, "duty_officer", starts_at=EVENING, hours=hours)


def test_a_watch_takes_no_one_of_another_body(cast: Cast) -> None:
    with pytest.raises(Refusal, match="同一机构"):
        watch(cast, "outside_clerk", starts_at=EVENING)


def test_a_bodys_own_day_counts_at_once_and_for_that_body_only(cast: Cast) -> None:
    friday = date(2025, 3, 7)
    assert calendar_for(cast.body.pk).is_working_day(friday) is True
    actions.calendar_override(
        body=cast.body, on=friday, is_working=False, reason="本地假日", by=SYSTEM, at=FOUNDED
    )
    assert calendar_for(cast.body.pk).is_working_day(friday) is False
    assert calendar_for(cast.baishi.pk).is_working_day(friday) is True


def test_a_calendar_costs_one_query(cast: Cast, django_assert_num_queries) -> None:
    calendar_for(cast.body.pk)
    with django_assert_num_queries(1):
        calendar_for(cast.body.pk)


def test_a_scale_of_levels_replaces_the_one_before_and_leaves_the_neighbours(cast: Cast) -> None:
    rows = [actions.LevelRow("red", "一级响应", 1, "有人面临危险", "突发事件应对法 art. 71")]
    actions.levels_set(body=cast.baishi, levels=rows, by=cast.outside_leader, at=FOUNDED)
    actions.levels_set(
        body=cast.body, levels=[*rows, actions.LevelRow("blue", "四级响应", 4)], by=cast.leader, at=FOUNDED
    )
    actions.levels_set(body=cast.body, levels=rows, by=cast.leader, at=FOUNDED)
    assert [level.code for level in selectors.levels_of(cast.body.pk)] == ["red"]
    assert [level.code for level in selectors.levels_of(cast.baishi.pk)] == ["red"]


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012", ""])
def test_a_weak_passphrase_is_refused_at_enrolment(cast: Cast, weak: str) -> None:
    with pytest.raises(Incomplete):
        actions.staff_enrol(
            body=cast.body, account="new", name="新来", passphrase=weak, by=SYSTEM, at=FOUNDED
        )


def test_only_oneself_changes_a_passphrase(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        actions.passphrase_change(
            staff=cast.staff["clerk"], old="x", new="y", by=cast.security_admin, at=FOUNDED
        )


@pytest.mark.parametrize("code", ["help", "privacy", "console", "static"])
def test_no_body_takes_an_address_of_the_site(db: None, code: str) -> None:
    with pytest.raises(Refusal, match="不能用"):
        actions.body_found(code=code, name="某镇", short="MZ", by=SYSTEM, at=FOUNDED)
