"""A unit head's week: she sees what runs late before the law does, decides on more time, and lets go what is not hers."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from huiying.petitions.models import Petition
from huiying.records import clock
from huiying.rules.clocks import Clock
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import filing, handling


def browser_of(cast: Cast, who: str) -> Client:
    """A browser in which this person is signed in."""
    return signed_in(Client(), cast.staff[who])


def post(browser: Client, name: str, petition: Petition, **data: object) -> int:
    """What the form answers."""
    return browser.post(reverse(f"console:{name}", args=[petition.reference]), data).status_code


def test_she_gives_time_where_it_is_needed_and_hands_back_what_is_not_hers(cast: Cast) -> None:
    now = clock.now()
    soon = handling(cast, filing(title="三组的地界"), at=now - timedelta(days=56))
    strange = handling(cast, filing(title="低保金少发"), at=now)
    officer, head = browser_of(cast, "officer_works"), browser_of(cast, "head_works")
    clerk = browser_of(cast, "clerk")

    # On her page stands what falls due within the week, with the officer whose work it is. No officer has a score.
    shown = head.get(reverse("console:unit")).content.decode()
    assert "三组的地界" in shown
    assert cast.staff["officer_works"].name in shown

    # The officer cannot finish it in four days, and says why. She reads it, ticks that it is so, and approves.
    reason = "地界要三个村组一起到场指认，下周才能约齐。"
    assert post(officer, "petition_extension_ask", soon, extend_days="10", extend_reason=reason) == 303
    row = soon.extensions.get().pk
    ticked = {"approve_extension_row": row, "approve_extension_sure": "1"}
    assert post(officer, "petition_extension_approve", soon, **ticked) == 403
    due = soon.clocks.get(clock=Clock.HANDLE).due_on
    assert post(head, "petition_extension_approve", soon, **ticked) == 303
    assert soon.clocks.get(clock=Clock.HANDLE).due_on == due + timedelta(days=10)

    # He would like ten days more. There is no second time.
    assert post(officer, "petition_extension_ask", soon, extend_days="10", extend_reason=reason) == 409

    # The other matter came to the wrong house. She says so on the first day; the petition office gives it to civil.
    words = {"object_reason": "低保由民政办审核发放。", "object_competent": "民政办"}
    assert post(head, "petition_objection_raise", strange, **words) == 303
    back = {"agree_objection_row": strange.objections.get().pk, "agree_objection_sure": "1"}
    assert post(clerk, "petition_objection_agree", strange, **back) == 303
    assert "低保金少发" not in head.get(reverse("console:unit")).content.decode()
    assert head.get(reverse("console:petition_page", args=[strange.reference])).status_code == 404
