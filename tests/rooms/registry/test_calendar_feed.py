"""One's own watches as a calendar: a stranger's program reads when, and learns nothing else."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent
from huiying.registry import actions, calendar_feed
from huiying.registry.models import CalendarFeed, DutyShift, Staff
from huiying.rules.actors import SYSTEM
from huiying.rules.refusals import NotPermitted, NotThere
from tests.cast import Cast, watch

NOW = datetime(2025, 3, 7, 9, 0, tzinfo=SHANGHAI)
EVENING = NOW + timedelta(hours=11)


def _made(cast: Cast, account: str = "duty_officer") -> str:
    return actions.calendar_feed_make(staff=cast.staff[account], by=cast.officers[account], at=NOW)


def _read(key: str, at: datetime = NOW) -> list[icalendar.Event]:
    feed = calendar_feed.feed_of(key, at)
    assert feed is not None
    read = icalendar.Calendar.from_ical(calendar_feed.written(feed.entries))
    assert not read.errors
    return list(read.walk("VEVENT"))


def test_a_calendar_holds_ones_own_watches_and_says_nothing_but_that(cast: Cast) -> None:
    watch(cast, "duty_officer", starts_at=EVENING)
    watch(cast, "second_duty_officer", starts_at=EVENING)
    (event,) = _read(_made(cast))
    assert event["summary"] == "值班" and event["status"] == "CONFIRMED"
    assert event.decoded("dtstart") == EVENING.astimezone(UTC)
    assert event.decoded("dtend") == EVENING + timedelta(hours=12)
    assert set(event) == {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "CLASS"
    }  # fmt: skip


def test_a_cancelled_watch_stays_with_its_name_and_a_higher_number(cast: Cast) -> None:
    watch(cast, "duty_officer", starts_at=EVENING)
    key = _made(cast)
    (before,) = _read(key)
    version = calendar_feed.feed_of(key, NOW).version
    DutyShift.objects.update(cancelled_at=NOW)
    (after,) = _read(key)
    assert after["uid"] == before["uid"] and after["status"] == "CANCELLED"
    assert after["sequence"] > before["sequence"]
    assert calendar_feed.feed_of(key, NOW).version != version


def test_a_watch_that_was_cut_short_ends_earlier_under_a_higher_number(cast: Cast) -> None:
    watch(cast, "duty_officer", starts_at=EVENING)
    key, at = _made(cast), EVENING + timedelta(hours=3)
    shift = DutyShift.objects.get()
    actions.duty_take_over(post=shift.post, relieved=shift, by=cast.second_duty_officer, at=at)
    (event,) = _read(key)
    assert event["sequence"] == 1 and event.decoded("dtend") == at


def test_the_calendar_reaches_a_month_back_and_half_a_year_ahead(cast: Cast) -> None:
    for days in (-32, -29, 0, 179, 181):
        watch(cast, "duty_officer", starts_at=EVENING + timedelta(days=days))
    assert len(_read(_made(cast))) == 3


def test_a_calendar_without_watches_is_empty_and_still_there(cast: Cast) -> None:
    assert _read(_made(cast)) == []


def test_one_query_answers(cast: Cast, django_assert_num_queries) -> None:
    key = _made(cast)
    with django_assert_num_queries(1):
        calendar_feed.feed_of(key, NOW)


def test_a_wrong_an_ended_and_a_closed_accounts_key_open_nothing(cast: Cast) -> None:
    key = _made(cast)
    assert calendar_feed.feed_of(key[:-1] + "!", NOW) is None
    assert calendar_feed.feed_of("", NOW) is None
    Staff.objects.filter(account="duty_officer").update(is_active=False)
    assert calendar_feed.feed_of(key, NOW) is None
    Staff.objects.filter(account="duty_officer").update(is_active=True)
    newer = _made(cast)
    assert calendar_feed.feed_of(key, NOW) is None and calendar_feed.feed_of(newer, NOW) is not None
    actions.calendar_feed_end(staff=cast.staff["duty_officer"], by=cast.duty_officer, at=NOW)
    assert calendar_feed.feed_of(newer, NOW) is None


def test_the_key_is_stored_nowhere(cast: Cast) -> None:
    key = _made(cast)
    assert bytes(CalendarFeed.objects.get().key_hash) == calendar_feed.key_hash(key)
    assert not any(key in str(event.facts) for event in LedgerEvent.objects.all())


@pytest.mark.parametrize("who", ["duty_officer", "outside_clerk", "security_admin"])
def test_nobody_opens_or_closes_anothers_calendar(cast: Cast, who: str) -> None:
    for act in (actions.calendar_feed_make, actions.calendar_feed_end):
        for by in (cast.officers[who], SYSTEM):
            with pytest.raises((NotThere, NotPermitted)):
                act(staff=cast.staff["clerk"], by=by, at=NOW)
