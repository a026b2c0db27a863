"""An officer's answer: two requests, one can be met and one cannot, and the person is told why, point by point."""

from django.test import Client
from django.urls import reverse

from huiying.petitions import actions
from huiying.petitions.models import Petition
from huiying.records import clock
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
    now = clock.now()
    petition = handling(cast, filing(claims=("请疏通水渠", "请赔偿两亩菜地的损失")), now)
    officer, head = browser_of(cast, "officer_works"), browser_of(cast, "head_works")
    page = reverse("console:petition_page", args=[petition.reference])

    # He tells the person that works has it, and when it will be answered.
    assert post(officer, "petition_notify", petition).status_code == 303

    # Where does it start? He asks her on her page, and the civil unit what it knows; neither stops the clock.
    due = petition.clocks.get(clock="handle").due_on
    asked = {"messages_text": "请问淤塞从哪一户门前开始？", "question": "1"}
    assert post(officer, "message_write", petition, **asked).status_code == 303
    question = {
        "assistance_unit": str(cast.units["civil"].pk),
        "assistance_question": "水渠两侧有没有需要照看的独居老人？",
        "assistance_due_on": clock.today().isoformat(),
    }
    assert post(officer, "assistance_ask", petition, **question).status_code == 303
    actions.message_say(petition=petition, text="从桥头往东第三户。", at=clock.now())
    assert "从桥头往东第三户。" in officer.get(page).content.decode()

    # The civil unit sees the question and not the matter, and answers it.
    civil = browser_of(cast, "officer_civil")
    theirs = civil.get(reverse("console:assistances")).content.decode()
    assert "独居老人" in theirs
    assert petition.reference not in theirs
    assert civil.get(page).status_code == 404
    row = petition.assistances.get().pk
    civil.post(reverse("console:assistance_answer", args=[row]), {f"answer_{row}": "有两户，已安排人照看。"})
    assert "有两户，已安排人照看。" in officer.get(page).content.decode()
    assert petition.clocks.get(clock="handle").due_on == due

    # He goes there, measures, and puts what he saw on record with what proves it.
    seen = {
        "finding_how": "on_site",
        "finding_found_on": clock.today().isoformat(),
        "finding_words": "淤塞四十米。",
    }
    assert post(officer, "fact_finding_note", petition, **seen).status_code == 303
    shown = {"evidence_what": "现场照片", "evidence_source": "村建办拍摄"}
    assert post(officer, "evidence_add", petition, **shown).status_code == 303
    printed = officer.get(reverse("console:evidence_printed", args=[petition.reference])).content.decode()
    assert "淤塞四十米。" in printed
    assert "现场照片" in printed

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

    # In June the ditch is cleared. He reports it; that it is true is for somebody else to say.
    done_row = petition.executions.get().pk
    report = {"report_1_row": done_row, "report_1_report": "四十米已清完，淤泥外运。"}
    assert post(officer, "petition_execution_report", petition, 1, **report).status_code == 303
    judged = {"verify_1_row": done_row, "verify_1_sure": "1", "verify_1_verdict": "好"}
    assert post(officer, "petition_execution_verify", petition, 1, **judged).status_code == 403
    clerk = browser_of(cast, "clerk")
    assert post(clerk, "petition_execution_verify", petition, 1, **judged).status_code == 303


def post(browser: Client, name: str, petition: Petition, *more: int, **sent: object):  # type: ignore[no-untyped-def]
    """Press one button of the workbench."""
    return browser.post(reverse(f"console:{name}", args=[petition.reference, *more]), sent)
