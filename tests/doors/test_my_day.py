"""My day of each role, with an incident running: what waits for them is there, and leads where the act is done."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from huiying.records import clock
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import activated, reported
from tests.rooms.learning.scenes import handed_in
from tests.rooms.petitions import matters
from tests.rooms.publishing.scenes import submitted


def day_of(cast: Cast, who: str) -> str:
    browser = Client()
    signed_in(browser, cast.staff[who])
    answer = browser.get(reverse("console:home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_duty_officer_finds_orders_and_the_report_that_is_owed(cast: Cast) -> None:
    activation = activated(cast)
    page = day_of(cast, "duty_officer")
    assert "等您执行的指令" in page
    assert "应当上报的情况报告" in page
    assert reverse("console:incident_board", args=[activation.incident.reference]) in page


def test_a_fresh_report_waits_for_verification(cast: Cast) -> None:
    incident = reported(cast)
    page = day_of(cast, "duty_officer")
    assert "等待核实的报告" in page
    assert incident.reference in page


def test_the_leader_finds_the_notice_to_sign_and_the_press_officer_what_is_owed(cast: Cast) -> None:
    activated(cast)
    notice = submitted(cast)
    assert reverse("console:notice_page", args=[notice.reference]) in day_of(cast, "leader")
    assert "应当告诉公众的" in day_of(cast, "press_officer")


def test_the_supervisor_finds_the_corrections_handed_in(cast: Cast) -> None:
    action = handed_in(cast)
    assert reverse("console:corrective_page", args=[action.pk]) in day_of(cast, "supervisor")


@pytest.mark.parametrize("who", ["outside_clerk", "outside_leader", "auditor", "system_admin"])
def test_nothing_of_an_incident_shows_to_outsiders(cast: Cast, who: str) -> None:
    activation = activated(cast)
    assert activation.incident.reference not in day_of(cast, who)


def test_danger_to_somebody_stands_on_top_and_the_duty_desk_reads_a_reference_alone(cast: Cast) -> None:
    petition = matters.filed(cast, matters.filing(text="我真的不想活了。"), clock.now()).petition
    for who, heading in (("clerk", "可能有人面临危险"), ("duty_officer", "信访件需要立即联系接待岗")):
        day = day_of(cast, who)
        assert heading in day
        assert petition.reference in day
        assert (f"/console/petitions/{petition.reference}/" in day) is (who == "clerk")
        assert ("不想活" in day) is (who == "clerk")
    assert petition.reference not in day_of(cast, "officer_works")


def test_the_clerk_finds_danger_ticked_and_decides(cast: Cast) -> None:
    petition = matters.filed(cast, matters.filing(danger=True), clock.now()).petition
    quiet = matters.filed(cast, at=clock.now()).petition
    browser = Client()
    signed_in(browser, cast.staff["clerk"])
    pages = {
        which: browser.get(reverse("console:petition_page", args=[which.reference])).content.decode()
        for which in (petition, quiet)
    }
    assert re.search(r'name="danger"[^>]* checked', pages[petition])
    assert not re.search(r'name="danger"[^>]* checked', pages[quiet])
    browser.post(reverse("console:petition_register", args=[petition.reference]), {"matter": "works"})
    petition.refresh_from_db()
    assert petition.danger is False
