"""A unit head's afternoon: a longer period, a draft that comes back, somebody who must keep away, sums without faces."""

from typing import Any

from django.test import Client
from django.urls import reverse

from huiying.petitions import actions
from huiying.petitions.models import Petition
from huiying.petitions.selectors import words_for
from huiying.records import clock
from huiying.rules.matters import RatedSide, RatingScore
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import confidential, handling, named, settled, submit

HOME = "console:home"


def test_the_head_decides_what_waits_and_never_learns_who_complained(cast: Cast) -> None:
    now = clock.now()
    head = signed_in(Client(), cast.staff["head_works"])
    drafted, long = submitted(cast), handling(cast, named(title="山坡开裂"), now)
    unnamed = handling(cast, confidential(title="我家门前"), now)
    actions.extension_ask(petition=long, days=20, reason="等钻孔结果", by=cast.officer_works, at=now)

    # After lunch her day shows a draft and a request for more time, and the unit's page the same.
    day, unit = words(head, HOME), words(head, "console:unit")
    assert drafted.reference in day
    assert "等您批准的延期" in day
    assert drafted.reference in unit

    # The draft says when but not how; she gives it back with words, and the officer reads them.
    assert press(head, "draft_return", drafted, words="请写明怎样清淤。").status_code == 303
    officer = signed_in(Client(), cast.staff["officer_works"])
    assert "请写明怎样清淤。" in page(officer, drafted)
    drafted.refresh_from_db()
    actions.draft_submit(petition=drafted, by=cast.officer_works, at=clock.now())
    assert press(head, "draft_approve", drafted).status_code == 303

    # The drilling is real; she gives twenty days, with a tick, and the person is told with the reason.
    row = long.extensions.get().pk
    ticked = {"approve_extension_row": row, "approve_extension_sure": "1"}
    assert press(head, "petition_extension_approve", long, **ticked).status_code == 303
    assert long.clocks.get(clock="handle").extended_days == 20

    # Her officer's brother-in-law laid that slope: from now on the matter is not there for him.
    kept_away = {
        "recuse_staff": cast.staff["officer_works"].pk,
        "recuse_ground": "interest",
        "recuse_sure": "1",
    }
    assert press(head, "petition_recuse", long, **kept_away).status_code == 303
    assert officer.get(reverse("console:petition_page", args=[long.reference])).status_code == 404

    # The confidential one she reads as its copy; there is no way on to the name.
    assert "某村水渠堵塞" in page(head, unnamed)
    assert "老人出门不便" not in page(head, unnamed)
    assert head.get(reverse("console:petition_identity", args=[unnamed.reference])).status_code == 403
    assert words_for(cast.head_works, unnamed).shielded

    # Somebody was not satisfied last week. She sees no score and no words, and nobody is asked to change them.
    rated = settled(cast, at=now)
    low = dict.fromkeys(RatedSide, RatingScore.DISSATISFIED)
    actions.petition_rate(petition=rated, scores=low, words="拖了三个月", at=now)
    for shown in (words(head, "console:unit"), page(head, rated), words(head, HOME)):
        assert "拖了三个月" not in shown
    assert head.get(reverse("console:follow_ups")).status_code == 403

    # The unit next door is not hers.
    civil = cast.units["civil"]
    assert "民政办" not in head.get(reverse("console:unit"), {"unit": civil.pk}).content.decode()


def submitted(cast: Cast) -> Petition:
    """A complete draft before the head."""
    now = clock.now()
    return submit(cast, handling(cast, at=now), now)


def words(browser: Client, name: str) -> str:
    """A page of the console as text."""
    return browser.get(reverse(name)).content.decode()


def page(browser: Client, petition: Petition) -> str:
    """The workbench of one petition as text."""
    return browser.get(reverse("console:petition_page", args=[petition.reference])).content.decode()


def press(browser: Client, name: str, petition: Petition, **sent: Any) -> Any:
    """Press one button of the workbench."""
    return browser.post(reverse(f"console:{name}", args=[petition.reference]), sent)
