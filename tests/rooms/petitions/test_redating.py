"""A calendar that changes moves the periods that hang on it, once, and takes no day from a petitioner."""

from datetime import date, timedelta

import pytest

from huiying.petitions import jobs, selectors
from huiying.petitions.models import Petition, PetitionClock, Reply
from huiying.petitions.moving import MOVING, periods_over
from huiying.records.models import LedgerEvent
from huiying.registry import actions as registry
from huiying.registry.models import CalendarChange, HolidayOverride
from huiying.rules.actors import SYSTEM
from huiying.rules.clocks import Clock
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.refusals import NotPermitted
from huiying.web.portal.following.promises import chips_of
from tests.cast import Cast
from tests.rooms.petitions.matters import DAY, MONDAY, filed, filing, settled

WEDNESDAY = date(2026, 1, 7)
LATER = MONDAY + DAY


def an_enquiry(cast: Cast) -> Petition:
    return filed(cast, filing(kind=PetitionKind.ENQUIRY)).petition


def closed(cast: Cast, on: date = WEDNESDAY, *, working: bool = False) -> HolidayOverride:
    return registry.calendar_override(
        body=cast.body, on=on, is_working=working, reason="大雪停工", by=cast.system_admin, at=LATER
    )


def enquiry_due(petition: Petition) -> date:
    return PetitionClock.objects.get(petition=petition, clock=Clock.ENQUIRY).due_on


def test_the_neighbours_periods_stay_as_they_are(cast: Cast) -> None:
    petition = an_enquiry(cast)
    registry.calendar_override(
        body=cast.baishi, on=WEDNESDAY, is_working=False, reason="大雪停工", by=SYSTEM, at=LATER
    )
    before = enquiry_due(petition)
    assert jobs.redate_after_changes(LATER) == 0
    assert enquiry_due(petition) == before


def test_a_working_day_that_falls_away_moves_what_is_counted_in_working_days(cast: Cast) -> None:
    petition = an_enquiry(cast)
    before = enquiry_due(petition)
    closed(cast)
    assert jobs.redate_after_changes(LATER) == 1
    assert enquiry_due(petition) == before + DAY
    moved = LedgerEvent.objects.get(kind=EventKind.PETITION_REDATED)
    assert moved.facts == {
        "clock": "enquiry",
        "from": before.isoformat(),
        "due_on": (before + DAY).isoformat(),
    }


def test_the_job_run_again_moves_nothing_and_writes_nothing(cast: Cast) -> None:
    an_enquiry(cast)
    closed(cast)
    jobs.redate_after_changes(LATER)
    assert jobs.redate_after_changes(LATER + DAY) == 0
    assert CalendarChange.objects.get().applied_at == LATER
    assert LedgerEvent.objects.filter(kind=EventKind.PETITION_REDATED).count() == 1


def test_a_change_taken_back_gives_the_day_back(cast: Cast) -> None:
    petition = an_enquiry(cast)
    before = enquiry_due(petition)
    override = closed(cast)
    jobs.redate_after_changes(LATER)
    registry.calendar_restore(override=override, by=cast.system_admin, at=LATER)
    assert jobs.redate_after_changes(LATER) == 1
    assert enquiry_due(petition) == before
    assert LedgerEvent.objects.filter(kind=EventKind.CALENDAR_RESTORED).count() == 1


def test_natural_days_and_met_periods_are_left_alone(cast: Cast) -> None:
    petition = an_enquiry(cast)
    PetitionClock.objects.filter(petition=petition, clock=Clock.ENQUIRY).update(met_at=MONDAY)
    before = list(PetitionClock.objects.order_by("pk").values_list("due_on", flat=True))
    closed(cast)
    assert jobs.redate_after_changes(LATER) == 0
    assert list(PetitionClock.objects.order_by("pk").values_list("due_on", flat=True)) == before


def test_a_window_moves_later_and_never_earlier(cast: Cast) -> None:
    reply = Reply.objects.get(petition=settled(cast))
    told = reply.review_due_on
    assert told is not None
    override = closed(cast, told)
    assert jobs.redate_after_changes(LATER)
    reply.refresh_from_db()
    later = reply.review_due_on
    assert later is not None and later > told
    registry.calendar_restore(override=override, by=cast.system_admin, at=LATER)
    assert jobs.redate_after_changes(LATER) == 0
    reply.refresh_from_db()
    assert reply.review_due_on == later


def test_what_rested_on_an_unpublished_year_is_settled_when_it_is_published(cast: Cast) -> None:
    petition = an_enquiry(cast)
    guessed = PetitionClock.objects.filter(petition=petition, clock=Clock.ENQUIRY)
    right = enquiry_due(petition)
    guessed.update(provisional=True, due_on=right + DAY)
    assert jobs.settle_provisional(LATER) == 1
    clock = guessed.get()
    assert (clock.due_on, clock.provisional) == (right, False)


def test_how_many_periods_a_day_touches_is_a_count_for_the_administrator_alone(cast: Cast) -> None:
    an_enquiry(cast)
    assert periods_over(cast.system_admin, WEDNESDAY) == 1
    assert periods_over(cast.system_admin, WEDNESDAY + timedelta(days=90)) == 0
    with pytest.raises(NotPermitted):
        periods_over(cast.clerk, WEDNESDAY)


def test_the_periods_that_move_are_those_of_working_days_and_of_petitioners() -> None:
    assert {Clock.OBJECTION, Clock.ENQUIRY, Clock.REQUEST_REVIEW, Clock.DISCLOSURE} <= MOVING
    assert not {Clock.ROUTE, Clock.NOTICE, Clock.HANDLE, Clock.FEEDBACK} & MOVING


def test_the_worker_looks_for_changes_every_minute_and_settles_once_a_day() -> None:
    from huiying.records.jobs import REGISTER

    assert REGISTER["petitions.redate"].every == timedelta(minutes=1)
    assert REGISTER["petitions.settle"].every == timedelta(days=1)


def test_the_reason_of_a_changed_day_stands_in_how_the_date_was_computed(cast: Cast) -> None:
    petition = an_enquiry(cast)
    closed(cast)
    jobs.redate_after_changes(LATER)
    seen = selectors.clocks_of(petition, today=MONDAY.date())
    (enquiry,) = (clock for clock in seen if clock.row.clock == Clock.ENQUIRY)
    assert [(step.on, step.reason) for step in enquiry.due.steps if step.reason] == [(WEDNESDAY, "大雪停工")]
    (shown,) = (chip for chip in chips_of(petition, seen) if chip["label"] == "咨询答复期限")
    assert any("本机构调整：大雪停工" in step["words"] for step in shown["steps"])
