"""A unit says that it is not competent: within five working days, and the handling clock never pauses. Vector T5."""

from datetime import date, datetime, timedelta

import pytest

from huiying.petitions import actions, duties, selectors
from huiying.petitions.models import Objection, Petition, PetitionClock
from huiying.records.clock import SHANGHAI
from huiying.rules.clocks import Clock
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import DAY, answer_all, handling

FRIDAY = datetime(2026, 1, 9, 10, 0, tzinfo=SHANGHAI)
LAST_MINUTE = datetime(2026, 1, 16, 23, 59, tzinfo=SHANGHAI)
TOO_LATE = datetime(2026, 1, 17, 0, 0, tzinfo=SHANGHAI)


def raised(cast: Cast, petition: Petition, at: datetime = FRIDAY) -> Objection:
    return actions.objection_raise(
        petition=petition, reason="属民政救助，不属村建。", competent="民政办", by=cast.officer_works, at=at
    )


def clock_of(petition: Petition, clock: Clock, unit_id: int | None) -> PetitionClock:
    return petition.clocks.get(clock=clock, unit_id=unit_id)


def test_another_unit_and_another_body_cannot_object(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    with pytest.raises(NotThere):
        actions.objection_raise(petition=petition, reason="x", by=cast.outside_officer, at=FRIDAY)
    with pytest.raises(NotPermitted):
        actions.objection_raise(petition=petition, reason="x", by=cast.officer_civil, at=FRIDAY)


def test_t5_the_last_day_is_the_fifth_working_day_until_midnight(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    right = duties.right_to_object(petition, today=FRIDAY.date())
    assert right is not None
    assert right.row.due_on == date(2026, 1, 16)
    assert raised(cast, petition, LAST_MINUTE).state == "raised"


def test_t5_later_the_unit_keeps_the_matter(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    with pytest.raises(Refusal, match="继续办理"):
        raised(cast, petition, TOO_LATE)
    right = duties.right_to_object(petition, today=TOO_LATE.date())
    assert right is not None
    assert not right.open


def test_a_right_that_nobody_used_is_never_shown_as_late(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    clocks = selectors.clocks_of(petition, today=FRIDAY.date() + timedelta(days=200))
    assert Clock.OBJECTION not in {clock.row.clock for clock in clocks}
    desk = selectors.desk_for(cast.officer_works, today=TOO_LATE.date(), soon=TOO_LATE.date())
    assert desk.overdue == ()


def test_the_calendar_of_the_body_moves_the_last_day(cast: Cast) -> None:
    from huiying.registry.actions import calendar_override
    from huiying.rules.actors import SYSTEM

    calendar_override(
        body=cast.body, on=date(2026, 1, 14), is_working=False, reason="停电", by=SYSTEM, at=FRIDAY
    )
    right = duties.right_to_object(handling(cast, at=FRIDAY), today=FRIDAY.date())
    assert right is not None
    assert right.row.due_on == date(2026, 1, 19)


def test_agreed_it_goes_back_the_units_clocks_stop_and_the_handling_clock_runs(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    before = petition.clocks.get(clock=Clock.HANDLE).due_on
    objection = raised(cast, petition, FRIDAY + DAY)
    actions.objection_agree(objection=objection, by=cast.clerk, at=FRIDAY + DAY)
    petition.refresh_from_db()
    assert (petition.state, petition.handling_unit, petition.handler) == ("accepted", None, None)
    assert clock_of(petition, Clock.NOTICE, cast.units["works"].pk).stopped_at == FRIDAY + DAY
    handle = petition.clocks.get(clock=Clock.HANDLE)
    assert (handle.due_on, handle.stopped_at, handle.met_at, handle.unit_id) == (before, None, None, None)
    with pytest.raises(NotPermitted):
        actions.claim_answer(
            claim=petition.claims.get(number=1), outcome=None, by=cast.officer_works, at=FRIDAY
        )


def test_assigned_again_the_next_unit_has_its_own_notice_and_its_own_right(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    actions.objection_agree(objection=raised(cast, petition), by=cast.clerk, at=FRIDAY)
    petition.refresh_from_db()
    monday = FRIDAY + 3 * DAY
    actions.petition_assign(petition=petition, unit=cast.units["civil"], by=cast.clerk, at=monday)
    civil = cast.units["civil"].pk
    assert clock_of(petition, Clock.NOTICE, civil).due_on == date(2026, 1, 27)
    assert clock_of(petition, Clock.OBJECTION, civil).due_on == date(2026, 1, 19)
    assert petition.clocks.get(clock=Clock.HANDLE).unit_id == civil


def test_the_same_unit_again_starts_its_days_anew(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    actions.objection_agree(objection=raised(cast, petition), by=cast.clerk, at=FRIDAY)
    petition.refresh_from_db()
    works = cast.units["works"]
    actions.petition_assign(petition=petition, unit=works, by=cast.clerk, at=FRIDAY + 3 * DAY)
    right = duties.right_to_object(petition, today=FRIDAY.date())
    assert right is not None
    assert (right.open, right.row.due_on) == (True, date(2026, 1, 19))
    assert clock_of(petition, Clock.NOTICE, works.pk).stopped_at is None


def test_refused_with_reasons_the_unit_keeps_it_and_cannot_object_twice(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    objection = raised(cast, petition)
    with pytest.raises(Incomplete):
        actions.objection_refuse(objection=objection, words=" ", by=cast.clerk, at=FRIDAY)
    actions.objection_refuse(objection=objection, words="按三定方案属村建办。", by=cast.clerk, at=FRIDAY)
    petition.refresh_from_db()
    assert petition.state == "handling"
    with pytest.raises(Refusal):
        raised(cast, petition)
    with pytest.raises(IllegalMove):
        actions.objection_agree(objection=objection, by=cast.clerk, at=FRIDAY)


def test_while_an_objection_waits_no_answer_leaves(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    answer_all(cast, petition, FRIDAY)
    objection = raised(cast, petition)
    with pytest.raises(Refusal, match="异议"):
        actions.reply_send(petition=petition, by=cast.head_works, at=FRIDAY)
    petition.refresh_from_db()
    assert petition.state == "handling"
    actions.objection_refuse(objection=objection, words="属村建办。", by=cast.clerk, at=FRIDAY)
    actions.reply_send(petition=petition, by=cast.head_works, at=FRIDAY)
    assert not petition.clocks.filter(clock=Clock.OBJECTION, met_at=None, stopped_at=None).exists()


def test_an_objection_needs_its_reason(cast: Cast) -> None:
    petition = handling(cast, at=FRIDAY)
    with pytest.raises(Incomplete) as refused:
        actions.objection_raise(petition=petition, reason="", by=cast.officer_works, at=FRIDAY)
    assert set(refused.value.fields) == {"reason"}
    with pytest.raises(Incomplete) as refused:
        actions.objection_raise(
            petition=petition, reason="不属", competent="长" * 201, by=cast.officer_works, at=FRIDAY
        )
    assert set(refused.value.fields) == {"competent"}
