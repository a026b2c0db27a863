"""A supervisor's round: an accusation nobody else may read, a fear, a promise that was not kept, an advertisement."""

from typing import Any

from django.test import Client
from django.urls import reverse

from huiying.petitions import actions
from huiying.petitions.models import Petition, RetaliationReport, SpamMark
from huiying.records import clock
from tests.cast import Cast, signed_in
from tests.petitioner import Petitioner
from tests.rooms.petitions.matters import accusation, answer_all, filed, filing, handling, named

AROUND = ("clerk", "officer_works", "head_works", "leader", "auditor")


def test_the_supervisor_reads_what_others_may_not_and_protects_who_spoke(cast: Cast) -> None:
    now = clock.now()
    supervisor = signed_in(Client(), cast.staff["supervisor"])
    others = {who: signed_in(Client(), cast.staff[who]) for who in AROUND}

    # An accusation came in the night. It is on her page and on nobody else's, not even as a number.
    accused = filed(cast, accusation(title="修渠款项不清"), now).petition
    assert "修渠款项不清" in page(supervisor, accused)
    for browser in others.values():
        assert browser.get(where(accused)).status_code in (403, 404)
        assert accused.reference not in browser.get(reverse("console:home")).content.decode()

    # A woman files under her name, and is told on the telephone to leave it. She says so on her page.
    she = Petitioner().files("named")
    she.opens()
    she.does("safety", text="有人打电话叫我别再告。")
    report = RetaliationReport.objects.get()
    assert "叫我别再告" in supervisor.get(reverse("console:supervision")).content.decode()
    for who in ("clerk", "officer_works", "head_works"):
        seen = others[who].get(where(Petition.objects.get(reference=she.reference)))
        assert "别再告" not in seen.content.decode()
    answered = {"answer": "已向分管领导报告，由督办直接跟进。"}
    supervisor.post(reverse("console:retaliation_answer", args=[report.pk]), answered)
    assert "由督办直接跟进" in she.page()

    # Works promised to clear a ditch and reports that it did. She goes there; only half of it is done.
    promised = handling(cast, named(claims=("请疏通水渠",)), now)
    answer_all(cast, promised, now)
    actions.reply_send(petition=promised, by=cast.head_works, at=now)
    owed = promised.executions.get()
    actions.execution_report(execution=owed, report="已清淤", by=cast.officer_works, at=now)
    assert promised.reference in supervisor.get(reverse("console:supervision")).content.decode()
    half = {"return_1_row": owed.pk, "return_1_verdict": "只清了桥北一段。"}
    assert press(supervisor, "petition_execution_return", promised, 1, **half).status_code == 303
    assert "只清了桥北一段。" in page(others["officer_works"], promised)
    owed.refresh_from_db()
    actions.execution_report(execution=owed, report="桥南也清了", by=cast.officer_works, at=clock.now())
    good = {"verify_1_row": owed.pk, "verify_1_sure": "1", "verify_1_verdict": "全段看过。"}
    assert press(supervisor, "petition_execution_verify", promised, 1, **good).status_code == 303

    # A clerk takes a message for an advertisement. She looks a second time and agrees; its sender could still object.
    advert = filed(cast, filing(text="低息贷款秒到账，加微信私聊，名额有限"), now).petition
    actions.spam_propose(petition=advert, reason="推销贷款", by=cast.clerk, at=now)
    agreed = {"confirm_spam_row": SpamMark.objects.get().pk, "confirm_spam_sure": "1"}
    assert press(supervisor, "petition_spam_confirm", advert, **agreed).status_code == 303
    assert advert.reference not in others["clerk"].get(reverse("console:petitions")).content.decode()

    # Handling is not hers: she answers no claim, sends nothing, gives nothing to a unit.
    for name in ("draft_submit", "draft_approve", "reply_send", "petition_assign", "petition_reopen"):
        assert press(supervisor, name, promised).status_code == 403


def where(petition: Petition) -> str:
    """The address of its workbench."""
    return reverse("console:petition_page", args=[petition.reference])


def page(browser: Client, petition: Petition) -> str:
    """Its workbench as text."""
    return words(browser.get(where(petition)))


def words(answer: Any) -> str:
    """A page as text."""
    return str(answer.content.decode())


def press(browser: Client, name: str, petition: Petition, *more: int, **sent: Any) -> Any:
    """Press one button of the workbench."""
    return browser.post(reverse(f"console:{name}", args=[petition.reference, *more]), sent)
