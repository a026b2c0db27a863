"""A clerk's morning: a visitor at the window, one matter that belongs elsewhere, one that must stay unnamed."""

import re

from django.test import Client
from django.urls import reverse

from huiying.petitions import actions
from huiying.petitions.actions.linking import sketch_new
from huiying.petitions.models import Petition, SpamMark
from huiying.records import clock
from huiying.records.models import LedgerEvent, OutboxMessage, VaultOpening
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import accusation, confidential, filed, filing


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

    # A second letter about the bridge is in the post. She sees that it is nearly the same, and says so; each keeps its page.
    post = filed(cast, filing(text="桥头的栏杆断了三根，孩子上学从那里过，请修。"), clock.now()).petition
    sketch_new()
    beside = window.get(reverse("console:petition_page", args=[post.reference])).content.decode()
    assert visit.reference in beside
    assert act(window, "petition_link", post, **{"with": visit.reference}).status_code == 303
    assert post.state == "received"

    # She puts it in its category, which names works; and an advertisement she only doubts: a second person decides.
    category = cast.body.categories.create(
        code="works-bridges", matter="works", label="桥梁栏杆", unit=cast.units["works"]
    )
    assert act(window, "petition_classify", post, classify_category=str(category.pk)).status_code == 303
    post.refresh_from_db()
    assert post.category == category
    advert = filed(cast, filing(text="低息贷款秒到账，加微信私聊，名额有限"), clock.now()).petition
    assert act(window, "petition_spam_propose", advert, spam_reason="推销贷款").status_code == 303
    assert advert.reference in window.get(reverse("console:petitions")).content.decode()
    mark = SpamMark.objects.get().pk
    assert act(window, "petition_spam_confirm", advert, confirm_spam_row=str(mark)).status_code == 403

    # At noon works says that the bridge belongs to the road office. It does not; she says why, and the days run on.
    handling_due = visit.clocks.get(clock="handle").due_on
    reason = "桥属公路站"
    actions.objection_raise(petition=visit, reason=reason, by=cast.officer_works, at=clock.now())
    assert reason in window.get(reverse("console:petition_page", args=[visit.reference])).content.decode()
    row = str(visit.objections.get().pk)
    words = {"refuse_objection_row": row, "refuse_objection_words": "栏杆由村建办养护，见养护责任表第 4 项。"}
    assert act(window, "petition_objection_refuse", visit, **words).status_code == 303
    assert visit.clocks.get(clock="handle").due_on == handling_due

    # She saw no name this morning. The copy alone was compared with what the person had left, and they can read that.
    looked = VaultOpening.objects.get()
    assert looked.entry.token == waiting.vault_token
    assert looked.reason
    kinds = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(waiting.pk)).order_by("id")
    assert [event.kind for event in kinds] == [
        "petition.filed",
        "petition.registered",
        "petition.accepted",
        "identity.opened",  # the comparison
        "petition.shielded",
        "petition.assigned",
    ]


def act(browser: Client, name: str, petition: Petition, **sent: str):  # type: ignore[no-untyped-def]
    """Press one button of the workbench."""
    return browser.post(reverse(f"console:{name}", args=[petition.reference]), sent)
