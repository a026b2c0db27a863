"""A clerk's morning: a visitor at the window, one matter that belongs elsewhere, one that must stay unnamed."""

import re

from django.test import Client
from django.urls import reverse

from huiying.petitions.models import Petition
from huiying.records.models import LedgerEvent, OutboxMessage, VaultOpening
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import accusation, confidential, filed


def test_a_clerk_receives_declines_shields_and_assigns_before_noon(cast: Cast) -> None:
    window = Client()
    signed_in(window, cast.staff["clerk"])
    waiting, named_by_nobody = filed(cast, confidential()).petition, filed(cast, accusation()).petition

    # Nine o'clock. Her day shows what came overnight; the accusation is not in it.
    day = window.get(reverse("console:home")).content.decode()
    assert waiting.reference in day
    assert named_by_nobody.reference not in day

    # A man sits down and speaks. She types his words and his two requests; he wants his name known.
    spoken = {
        "checked": "1",  # after she has read it back to him
        "read_back": "1",
        "channel": "visit",
        "kind": "request",
        "matter": "works",
        "confidentiality": "named",
        "text": "桥头的栏杆断了三根，孩子上学从那里过。",
        "claim_1": "请修好桥头栏杆",
        "claim_2": "修好之前请派人看护",
        "danger": "1",
        "name": "试来访人",
        "phone": "00000000002",
        "filing_key": "00000000-0000-4000-8000-000000000001",
    }
    sent = window.post(reverse("console:reception"), spoken, follow=True)
    receipt = sent.content.decode()
    visit = Petition.objects.get(channel="visit")
    assert visit.reference in receipt
    assert visit.danger
    code = re.search(r"\b([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})\b", receipt)
    assert code is not None

    # At home he types reference and code, and sees his own words and the dates he was promised.
    home = Client()
    opened = home.post(
        reverse("portal:follow", args=["qingxi"]),
        {"reference": visit.reference, "code": code[1]},
        follow=True,
    )
    assert "桥头的栏杆断了三根" in opened.content.decode()

    # It is the town's own bridge: accepted, and given to works.
    act(window, "petition_accept", visit)
    act(window, "petition_assign", visit, to=str(cast.units["works"].pk))
    visit.refresh_from_db()
    assert (visit.state, visit.handling_unit) == ("handling", cast.units["works"])
    assert set(OutboxMessage.objects.filter(subject_id=str(visit.pk)).values_list("letter", flat=True)) == {
        "duty_called",  # somebody is in danger: the watch knows at once
        "petition_received",
        "petition_accepted",
        "petition_assigned",
    }

    # The one that came overnight asked to be kept confidential. She must read it, and the unit must not know whose it is.
    act(window, "petition_register", waiting, matter="works")
    act(window, "petition_accept", waiting)
    refused = act(window, "petition_assign", waiting, to=str(cast.units["works"].pk))
    assert refused.status_code == 400 or "脱敏副本" in refused.content.decode()
    copy = {"title": "水渠堵塞", "text": "某村水渠堵塞。", "claim_1": "疏通", "claim_2": "说明时间"}
    act(window, "petition_shield", waiting, **copy)
    act(window, "petition_assign", waiting, to=str(cast.units["works"].pk))
    officer = Client()
    signed_in(officer, cast.staff["officer_works"])
    seen = officer.get(reverse("console:petition_page", args=[waiting.reference])).content.decode()
    assert "某村水渠堵塞" in seen
    assert "老人" not in seen

    # She opened no identity this morning, and the ledger can show it.
    assert VaultOpening.objects.count() == 0
    kinds = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(waiting.pk)).order_by("id")
    assert [event.kind for event in kinds] == [
        "petition.filed",
        "petition.registered",
        "petition.accepted",
        "petition.shielded",
        "petition.assigned",
    ]


def act(browser: Client, name: str, petition: Petition, **sent: str):  # type: ignore[no-untyped-def]
    """Press one button of the workbench."""
    return browser.post(reverse(f"console:{name}", args=[petition.reference]), sent)
