"""An officer's answer: two requests, one can be met and one cannot, and the person is told why, point by point."""

from django.test import Client
from django.urls import reverse

from huiying.petitions.models import Petition
from huiying.records.models import LedgerEvent
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import filing, handling

REMEDY = "不服的，可以自收到书面答复之日起三十日内，请求云岭县信访局复查。"


def browser_of(cast: Cast, who: str) -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    signed_in(browser, cast.staff[who])
    return browser


def test_every_point_gets_its_own_answer_before_anything_leaves(cast: Cast) -> None:
    petition = handling(cast, filing(claims=("请疏通水渠", "请赔偿两亩菜地的损失")))
    officer, head = browser_of(cast, "officer_works"), browser_of(cast, "head_works")
    page = reverse("console:petition_page", args=[petition.reference])

    # He tells the person that works has it, and when it will be answered.
    assert post(officer, "petition_notify", petition).status_code == 303

    # The first request is plain. The second he answers in a hurry, without a legal basis.
    done = {
        "outcome": "supported",
        "facts": "淤塞属实，四十米。",
        "opinion": "予以支持，本月内清淤。",
        "basis": "《防洪法》第二十二条",
        "remedy": REMEDY,
    }
    hurried = {
        "outcome": "not_supported",
        "facts": "菜地在河道管理范围内。",
        "opinion": "不予支持。",
        "basis": "",
        "remedy": REMEDY,
    }
    assert post(officer, "claim_answer", petition, 1, **done).status_code == 303
    assert post(officer, "claim_answer", petition, 2, **hurried).status_code == 303
    assert "还缺：法律法规依据" in officer.get(page).content.decode()

    # He cannot lay it before his head like that, nor can she send it, and nothing has left.
    assert post(officer, "draft_submit", petition).status_code == 422
    held = post(head, "reply_send", petition)
    assert held.status_code == 422
    assert Petition.objects.get(pk=petition.pk).state == "handling"
    assert not LedgerEvent.objects.filter(kind="reply.sent").exists()

    # He looks it up and submits. She wants to know until when, and gives it back; he says so, and she approves.
    looked_up = {**hurried, "basis": "《河道管理条例》第二十四条"}
    post(officer, "claim_answer", petition, 2, **looked_up)
    assert post(officer, "draft_submit", petition).status_code == 303
    assert post(head, "draft_return", petition, words="第一项请写明哪一天清完。").status_code == 303
    assert "第一项请写明哪一天清完。" in officer.get(page).content.decode()
    done = {**done, "opinion": "予以支持，六月三十日前清完。"}
    post(officer, "claim_answer", petition, 1, **done)
    assert post(officer, "draft_submit", petition).status_code == 303
    assert post(head, "draft_approve", petition).status_code == 303

    # Before it leaves he is shown exactly what will; then he sends it.
    shown = officer.get(reverse("console:reply_send", args=[petition.reference])).content.decode()
    assert "六月三十日前清完" in shown
    assert "《河道管理条例》第二十四条" in shown
    assert post(officer, "reply_send", petition).status_code == 303
    petition.refresh_from_db()
    assert petition.state == "replied"
    assert petition.clocks.get(clock="handle").met_at is not None

    # Afterwards neither can change a word of it.
    late = post(officer, "claim_answer", petition, 1, **{**done, "facts": "另一种说法"})
    assert late.status_code == 409
    assert petition.claims.get(number=1).facts == "淤塞属实，四十米。"


def post(browser: Client, name: str, petition: Petition, *more: int, **sent: str):  # type: ignore[no-untyped-def]
    """Press one button of the workbench."""
    return browser.post(reverse(f"console:{name}", args=[petition.reference, *more]), sent)
