"""A month of nights: planned, published, one of them lost to leave, filled again, and one changed hands between two people.

Two officers keep the nights of June in turn. One of them cannot keep a night; the other has no rest for it. Why she is
away is asked by nobody and kept by nothing.
"""

import re
from datetime import datetime, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from huiying.records.clock import SHANGHAI, official_date
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.duty import on_duty
from huiying.registry.models import DutyRoster, DutyShift, Leave, ShiftSwap
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.roster import RosterState
from tests.cast import Cast, signed_in

WHY_SHE_IS_AWAY = "陪家人住院手术"


class Desks:
    """The pages as each person sees them at the hour the town's clock shows; half an hour of silence ends a session."""

    def __init__(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cast = cast
        self.turn_to(datetime(2025, 5, 20, 9, 0, tzinfo=SHANGHAI))
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.at)

    def turn_to(self, at: datetime) -> None:
        self.at, self._browsers = at, dict[str, Client]()

    def of(self, who: str) -> Client:
        if who not in self._browsers:
            self._browsers[who] = signed_in(Client(), self.cast.staff[who])
        return self._browsers[who]

    def reads(self, who: str, name: str, *args: int) -> str:
        return self.of(who).get(reverse(f"console:{name}", args=args)).content.decode()

    def sends(self, who: str, name: str, *args: int, **typed: object) -> int:
        return self.of(who).post(reverse(f"console:{name}", args=args), typed).status_code

    def calendar_of(self, who: str) -> str:
        """The address at which this person's calendar programme asks; the page shows it this once."""
        shown = self.of(who).post(reverse("console:duty_calendar")).content.decode()
        return re.findall(r"/calendar/[^/\"]+\.ics", shown)[0]


@pytest.fixture
def desks(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desks:
    return Desks(cast, monkeypatch)


def subscribed(address: str) -> dict[datetime, icalendar.Event]:
    """What a calendar programme that never signed in makes of the address: its entries by when they begin."""
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    read = icalendar.Calendar.from_ical(answer.content)
    assert not read.errors
    return {event.decoded("dtstart"): event for event in read.walk("VEVENT")}


def night_of(shift: DutyShift) -> str:
    """A night as the pages write it."""
    begins = shift.starts_at.astimezone(SHANGHAI)
    return f"{begins.month}月{begins.day}日 18:00"


def june_is_published(cast: Cast, desks: Desks) -> None:
    post = cast.posts["duty_officer"].pk
    night = {"post": post, "label": "夜班", "starts": "18:00", "hours": "14", "people": "1", "days": "every"}
    assert desks.sends("duty_officer", "duty_patterns", **night, begins_on="2025-06-01") == 303
    assert desks.sends("duty_officer", "duty_roster_propose", month="2025-06-01") == 303
    roster = DutyRoster.objects.get()
    draft = desks.reads("duty_officer", "duty_roster", roster.pk)
    assert "青溪值班甲" in draft and "青溪值班乙" in draft and "班没有人" not in draft
    assert "2 人会各收到一条提醒" in desks.reads("duty_officer", "duty_roster_publish", roster.pk)
    assert not DutyShift.objects.exists()  # a draft is nobody's duty
    assert desks.sends("duty_officer", "duty_roster_publish", roster.pk) == 303
    roster.refresh_from_db()
    assert (roster.state, roster.shifts.count()) == (RosterState.PUBLISHED, 30)


def test_a_night_that_nobody_could_keep_is_seen_filled_and_told(cast: Cast, desks: Desks) -> None:
    first, second, clerk = (cast.staff[who] for who in ("duty_officer", "second_duty_officer", "clerk"))
    june_is_published(cast, desks)
    first_calendar, second_calendar = (desks.calendar_of(f"{who}duty_officer") for who in ("", "second_"))
    assert len(subscribed(first_calendar)) == len(subscribed(second_calendar)) == 15
    deputy = {"post": cast.posts["duty_officer"].pk, "staff": clerk.pk, "order": 1}
    assert desks.sends("duty_officer", "duty_deputy_name", **deputy) == 303

    # A week later the second officer says on which day she keeps no watch. The form has no field for more.
    desks.turn_to(datetime(2025, 5, 27, 10, 0, tzinfo=SHANGHAI))
    lost = DutyShift.objects.filter(staff=second).order_by("starts_at")[5]
    on = official_date(lost.starts_at).isoformat()
    assert "缺口" not in desks.reads("duty_officer", "home")
    assert "不问原因" in desks.reads("second_duty_officer", "duty_leave")
    days = {"staff": second.pk, "starts_on": on, "ends_on": on}
    assert desks.sends("second_duty_officer", "duty_leave", **days, reason=WHY_SHE_IS_AWAY) == 303

    # Whoever plans reads the night by its name, on My day and on the duty page, each leading to the remedy.
    remedy = reverse("console:duty_substitute", args=[lost.pk])
    for page in ("home", "duty"):
        shown = desks.reads("duty_officer", page)
        assert "缺口" in shown and night_of(lost) in shown and "值班人请假" in shown and remedy in shown
        assert remedy not in desks.reads("clerk", page)

    # The clerk may keep a watch and may not give one out.
    assert desks.of("clerk").get(remedy).status_code == 403
    assert desks.sends("clerk", "duty_substitute", lost.pk, staff=clerk.pk) == 403
    assert desks.sends("clerk", "duty_roster_propose", month="2025-07-01") == 403
    assert on_duty(cast.body.pk, "duty_officer", lost.starts_at) == second

    # His own nights lie on both sides of it, so he has no rest; the deputy can. Asking for himself is refused in words.
    choices = desks.reads("duty_officer", "duty_substitute", lost.pk)
    assert f'<option value="{first.pk}" disabled>青溪值班甲（两班之间休息不够）' in choices
    assert f'<option value="{clerk.pk}">青溪接待甲</option>' in choices
    assert "青溪预案" not in choices  # not on the post
    refused = desks.of("duty_officer").post(remedy, {"staff": first.pk})
    assert refused.status_code == 422 and "青溪值班甲：两班之间休息不够" in refused.content.decode()
    assert desks.sends("duty_officer", "duty_substitute", lost.pk, staff=clerk.pk) == 303
    assert on_duty(cast.body.pk, "duty_officer", lost.starts_at) == clerk
    assert "缺口" not in desks.reads("duty_officer", "home") + desks.reads("duty_officer", "duty")
    told = OutboxMessage.objects.filter(letter="duty_changed").values_list("recipient_ref", flat=True)
    assert set(told) == {str(second.pk), str(clerk.pk)}

    # The clerk's calendar has the night; the officer's keeps it, called off, so that her telephone takes it out.
    clerk_calendar = desks.calendar_of("clerk")
    assert {begins: event["status"] for begins, event in subscribed(clerk_calendar).items()} == {
        lost.starts_at: "CONFIRMED"
    }
    hers = subscribed(second_calendar)
    assert [begins for begins in hers if hers[begins]["status"] == "CANCELLED"] == [lost.starts_at]

    # The first officer offers one of his later nights to the clerk. Until the clerk agrees it is his.
    offered = DutyShift.objects.filter(
        staff=first, cancelled_at=None, starts_at__gt=lost.starts_at + timedelta(days=2)
    ).earliest("starts_at")
    before = subscribed(first_calendar)[offered.starts_at]
    assert desks.sends("duty_officer", "duty_swap", offered.pk, offered_to=clerk.pk) == 303
    assert on_duty(cast.body.pk, "duty_officer", offered.starts_at) == first
    swap = ShiftSwap.objects.get().pk
    assert "青溪值班甲请您值" in desks.reads("clerk", "duty_mine")
    assert desks.sends("second_duty_officer", "duty_swap_agree", swap) == 404  # it is not hers to answer
    assert desks.sends("clerk", "duty_swap_agree", swap) == 303
    assert on_duty(cast.body.pk, "duty_officer", offered.starts_at) == clerk
    after = subscribed(first_calendar)[offered.starts_at]
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
    assert after["uid"] == before["uid"] and after["sequence"] > before["sequence"]
    assert set(subscribed(clerk_calendar)) == {lost.starts_at, offered.starts_at}

    # What was done is kept. Why she was away is kept nowhere: no field, no page, no line of the ledger, no calendar.
    kinds = set(LedgerEvent.objects.values_list("kind", flat=True))
    assert {EventKind.LEAVE_RECORDED, EventKind.DUTY_SUBSTITUTED, EventKind.SWAP_AGREED} <= kinds
    assert {field.name for field in Leave._meta.get_fields()} == {
        "id", "staff", "starts_on", "ends_on", "recorded_at", "cancelled_at"
    }  # fmt: skip
    pages = [desks.reads("duty_officer", page) for page in ("home", "duty", "duty_leave", "duty_rosters")]
    kept = [*pages, str(list(LedgerEvent.objects.values_list("facts", flat=True)))]
    kept += [str(event) for event in subscribed(clerk_calendar).values()]
    assert "青溪值班乙" in pages[2] and not [one for one in kept if WHY_SHE_IS_AWAY in one]
