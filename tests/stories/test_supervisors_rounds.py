"""A supervisor's rounds: a promise that was not kept, a threat at night, and an advertisement that was a cry for help."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from huiying.petitions import actions
from huiying.petitions.models import Petition
from huiying.records import clock
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import filed, filing, handling, named, settled


def browser_of(cast: Cast, who: str) -> Client:
    """A browser in which this person is signed in."""
    return signed_in(Client(), cast.staff[who])


def post(browser: Client, name: str, petition: Petition, *more: int, **data: object) -> int:
    """What the form answers."""
    where = reverse(f"console:{name}", args=[petition.reference, *more])
    return browser.post(where, data).status_code


def test_he_chases_what_was_promised_until_it_is_really_there(cast: Cast) -> None:
    petition = settled(cast, at=clock.now() - timedelta(days=40))
    supervisor, officer = browser_of(cast, "supervisor"), browser_of(cast, "officer_works")
    rounds = reverse("console:supervision")

    # Two claims were supported forty days ago, to be done within thirty. Neither was reported.
    assert supervisor.get(rounds).content.decode().count(petition.reference) >= 2

    # The unit reports one as done. He goes there, finds half of it, and sends it back; the day does not move.
    first = petition.executions.get(claim__number=1)
    done = {"report_1_row": first.pk, "report_1_report": "已清淤。"}
    assert post(officer, "petition_execution_report", petition, 1, **done) == 303
    half = {"return_1_row": first.pk, "return_1_verdict": "桥北还堵着二十米。"}
    assert post(supervisor, "petition_execution_return", petition, 1, **half) == 303
    again = petition.executions.get(pk=first.pk)
    assert (again.state, again.due_on) == ("open", first.due_on)

    # They finish it; he looks again and confirms.
    assert post(officer, "petition_execution_report", petition, 1, **done) == 303
    good = {"verify_1_row": first.pk, "verify_1_verdict": "全段通水。", "verify_1_sure": "1"}
    assert post(supervisor, "petition_execution_verify", petition, 1, **good) == 303


def test_he_answers_a_threat_that_the_unit_never_hears_of(cast: Cast) -> None:
    petition = handling(cast, named(), at=clock.now())
    actions.retaliation_report(petition=petition, text="夜里有人砸门，说再告就断水。", at=clock.now())
    supervisor = browser_of(cast, "supervisor")
    assert "夜里有人砸门" in supervisor.get(reverse("console:supervision")).content.decode()
    for who in ("officer_works", "head_works", "clerk"):
        page = browser_of(cast, who).get(reverse("console:petition_page", args=[petition.reference]))
        assert "砸门" not in page.content.decode()
        assert "报复" not in page.content.decode()
    report = petition.retaliation_reports.get()
    where = reverse("console:retaliation_answer", args=[report.pk])
    assert supervisor.post(where, {"answer": "派出所今天上门，供水由我们盯着。"}).status_code == 303


def test_he_lifts_a_doubt_that_was_wrong_and_no_day_was_lost(cast: Cast) -> None:
    petition = filed(cast, filing(text="低息贷款秒到账，限时优惠，加微信 abc 私聊"), at=clock.now()).petition
    clerk, supervisor = browser_of(cast, "clerk"), browser_of(cast, "supervisor")
    before = dict(petition.clocks.values_list("clock", "due_on"))

    # The clerk takes it for an advertisement; he reads it and agrees; it leaves the lists.
    assert post(clerk, "petition_spam_propose", petition, spam_reason="贷款广告") == 303
    row = petition.spam_mark.pk
    assert post(supervisor, "petition_spam_confirm", petition, confirm_spam_row=row) == 422
    assert (
        post(supervisor, "petition_spam_confirm", petition, confirm_spam_row=row, confirm_spam_sure="1")
        == 303
    )
    assert petition.reference not in clerk.get(reverse("console:petitions")).content.decode()

    # Its writer objects: this is the message that cheated her. He takes the doubt back.
    petition.refresh_from_db()
    actions.spam_appeal(mark=petition.spam_mark, words="这是骗我的短信，我被骗了两万。", at=clock.now())
    assert (
        "这是骗我的短信"
        in supervisor.get(reverse("console:petition_page", args=[petition.reference])).content.decode()
    )
    assert post(supervisor, "petition_spam_lift", petition, lift_spam_row=row) == 303
    assert petition.reference in clerk.get(reverse("console:petitions")).content.decode()
    assert dict(petition.clocks.filter(stopped_at=None).values_list("clock", "due_on")) == before
