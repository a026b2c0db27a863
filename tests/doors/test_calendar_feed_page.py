"""The public address of a personal calendar: whoever has the key reads when, and nobody else learns anything."""

from datetime import timedelta

import icalendar
import pytest
from django.test import Client

from huiying.records import clock
from huiying.registry import actions
from huiying.registry.models import Staff
from huiying.web.shared import calendars, throttle
from tests.cast import Cast, signed_in, watch


@pytest.fixture
def address(cast: Cast) -> str:
    throttle.clear()
    now = clock.now()
    watch(cast, "duty_officer", starts_at=now + timedelta(hours=2))
    key = actions.calendar_feed_make(staff=cast.staff["duty_officer"], by=cast.duty_officer, at=now)
    return f"/calendar/{key}.ics"


def test_a_calendar_program_reads_it_without_sign_in_and_gets_no_cookie(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"] and not answer.cookies
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["summary"] == "值班"
    for word in ("青溪", "值班员", "duty_officer"):
        assert word not in answer.content.decode()


def test_whoever_asks_again_is_told_that_nothing_changed(cast: Cast, address: str) -> None:
    tag = Client().get(address)["ETag"]
    assert Client().get(address, headers={"If-None-Match": tag}).status_code == 304
    watch(cast, "duty_officer", starts_at=clock.now() + timedelta(days=2))
    assert Client().get(address, headers={"If-None-Match": tag}).status_code == 200


def test_wrong_ended_and_closed_look_alike(cast: Cast, address: str) -> None:
    assert Client().get("/calendar/" + "x" * 43 + ".ics").status_code == 404
    Staff.objects.filter(account="duty_officer").update(is_active=False)
    assert Client().get(address).status_code == 404
    Staff.objects.filter(account="duty_officer").update(is_active=True)
    actions.calendar_feed_end(staff=cast.staff["duty_officer"], by=cast.duty_officer, at=clock.now())
    assert Client().get(address).status_code == 404


def test_guessing_comes_to_an_end(db: None) -> None:
    throttle.clear()
    client = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(calendars.TRIES):
        client.get("/calendar/nobodys.ics")
    assert client.get("/calendar/nobodys.ics").status_code == 429
    throttle.clear()


def test_the_address_is_shown_once_and_can_be_ended(cast: Cast) -> None:
    client = signed_in(Client(), cast.duty_officer)
    page = client.post("/console/duty/calendar/").content.decode()
    address = page.split(".ics")[0].rsplit("/calendar/", 1)[1]
    assert Client().get(f"/calendar/{address}.ics").status_code == 200
    assert address not in client.get("/console/duty/mine/").content.decode()
    assert client.post("/console/duty/calendar/end/").status_code == 303
    assert Client().get(f"/calendar/{address}.ics").status_code == 404
