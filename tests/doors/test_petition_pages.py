"""Reception, list, workbench: what a clerk and an officer do in the console, and what outsiders do not see."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiying.petitions.models import Petition
from huiying.records.models import VaultOpening
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import (
    MONDAY,
    accepted,
    accusation,
    answer_all,
    confidential,
    filed,
    handling,
    named,
    registered,
    replied,
)

VISIT = {
    "checked": "1",
    "channel": "visit",
    "kind": "request",
    "confidentiality": "named",
    "matter": "works",
    "text": "水渠堵了",
    "claim_1": "请疏通水渠",
    "claim_2": "请答复时间",
    "name": "试提事人",
    "phone": "00000000001",
}


def door(client: Client, cast: Cast, who: str) -> Client:
    """A browser in which this person is signed in."""
    signed_in(client, cast.staff[who])
    return client


def page_of(petition: Petition) -> str:
    return reverse("console:petition_page", args=[petition.reference])


@pytest.mark.parametrize("who", ["outside_clerk", "officer_civil", "leader", "auditor", "press_officer"])
def test_outsiders_get_the_same_answer_as_for_nothing(client: Client, cast: Cast, who: str) -> None:
    petition = handling(cast)
    browser = door(client, cast, who)
    theirs = browser.get(page_of(petition))
    nothing = browser.get(reverse("console:petition_page", args=["QX26-0000-0000"]))
    assert theirs.status_code == nothing.status_code
    assert theirs.status_code in {403, 404}


def test_a_visitor_without_account_is_sent_to_sign_in(client: Client, cast: Cast) -> None:
    answer = client.get(page_of(handling(cast)))
    assert answer.status_code == 302
    assert "sign" in answer["Location"]


def test_a_clerk_takes_a_visit_down_and_gets_a_receipt_with_the_code(client: Client, cast: Cast) -> None:
    browser = door(client, cast, "clerk")
    form = browser.get(reverse("console:reception"))
    assert form.status_code == 200
    answer = browser.post(reverse("console:reception"), {**VISIT, "filing_key": str(uuid.uuid4())})
    assert answer.status_code == 303
    petition = Petition.objects.get()
    assert (petition.state, petition.channel, petition.claims.count()) == ("registered", "visit", 2)
    receipt = browser.get(answer["Location"]).content.decode()
    assert petition.reference in receipt
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", receipt)


def test_a_second_click_registers_nothing_twice(client: Client, cast: Cast) -> None:
    browser, once = door(client, cast, "clerk"), {**VISIT, "filing_key": str(uuid.uuid4())}
    browser.post(reverse("console:reception"), once)
    again = browser.post(reverse("console:reception"), once, follow=True)
    assert Petition.objects.count() == 1
    assert "没有重复登记" in again.content.decode()


def test_a_refused_form_keeps_every_word(client: Client, cast: Cast) -> None:
    browser = door(client, cast, "clerk")
    typed = {**VISIT, "text": "水" * 20_001, "claim_2": "𠮷村的路😀"}
    answer = browser.post(reverse("console:reception"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert typed["text"] in page
    assert "𠮷村的路😀" in page
    assert Petition.objects.count() == 0


def test_one_more_claim_box_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    page = (
        door(client, cast, "clerk")
        .post(reverse("console:reception"), {**VISIT, "more": "1"})
        .content.decode()
    )
    assert 'name="claim_4"' in page
    assert "请疏通水渠" in page


def test_an_officer_may_not_open_reception(client: Client, cast: Cast) -> None:
    assert door(client, cast, "officer_works").get(reverse("console:reception")).status_code == 403


def test_the_list_shows_each_officer_only_the_own_units_matters(client: Client, cast: Cast) -> None:
    works, plain = handling(cast), filed(cast).petition
    page = door(client, cast, "officer_works").get(reverse("console:petitions")).content.decode()
    assert works.reference in page
    assert plain.reference not in page


def test_words_find_a_matter_and_a_reference_opens_it(client: Client, cast: Cast) -> None:
    petition, browser = filed(cast).petition, door(client, cast, "clerk")
    assert petition.reference in browser.get(reverse("console:petitions"), {"q": "水渠"}).content.decode()
    found = browser.get(reverse("console:search"), {"q": petition.reference.lower()})
    assert found["Location"] == page_of(petition)


@pytest.mark.parametrize(
    "query", ["?state=nonsense&unit=x&matter=../", "?after=abc", "?after=99999999999999999999", "?q=%22OR*"]
)
def test_a_strange_query_is_a_plain_page(client: Client, cast: Cast, query: str) -> None:
    assert door(client, cast, "clerk").get(reverse("console:petitions") + query).status_code == 200


def act(browser: Client, name: str, petition: Petition, *args: Any, **sent: Any) -> Any:
    return browser.post(reverse(f"console:{name}", args=[petition.reference, *args]), sent)


def test_a_clerk_registers_accepts_and_assigns_from_the_workbench(client: Client, cast: Cast) -> None:
    petition, browser = filed(cast).petition, door(client, cast, "clerk")
    assert act(browser, "petition_register", petition, matter="works").status_code == 303
    assert act(browser, "petition_accept", petition).status_code == 303
    works = f"{cast.units['works'].pk}/{cast.staff['officer_works'].pk}"
    assert act(browser, "petition_assign", petition, to=works).status_code == 303
    petition.refresh_from_db()
    assert (petition.state, petition.handler_id) == ("handling", cast.staff["officer_works"].pk)


def test_a_decline_without_a_reason_shows_the_form_again_with_what_was_typed(
    client: Client, cast: Cast
) -> None:
    petition, browser = registered(cast), door(client, cast, "clerk")
    answer = act(browser, "petition_decline", petition, reason="", whereto="云岭县人民法院")
    assert answer.status_code == 422
    assert "云岭县人民法院" in answer.content.decode()


def test_accepting_twice_is_a_plain_conflict(client: Client, cast: Cast) -> None:
    petition, browser = registered(cast), door(client, cast, "clerk")
    act(browser, "petition_accept", petition)
    assert act(browser, "petition_accept", petition).status_code == 409


def test_acts_are_posts_and_a_get_is_refused_plainly(client: Client, cast: Cast) -> None:
    petition, browser = registered(cast), door(client, cast, "clerk")
    assert browser.get(reverse("console:petition_accept", args=[petition.reference])).status_code == 405


def test_an_officer_answers_claim_by_claim_the_head_returns_then_approves_and_the_officer_sends(
    client: Client, cast: Cast
) -> None:
    petition, browser = handling(cast), door(client, cast, "officer_works")
    parts = {
        "outcome": "supported",
        "facts": "现场核实",
        "opinion": "予以支持",
        "basis": "条例第三十一条",
        "remedy": "三十日内申请复查",
    }
    assert act(browser, "claim_answer", petition, 1, **parts).status_code == 303
    assert "还缺" in browser.get(page_of(petition)).content.decode()
    assert act(browser, "draft_submit", petition).status_code == 422
    answer_all(cast, petition)
    assert act(browser, "reply_send", petition).status_code == 409
    assert act(browser, "draft_submit", petition).status_code == 303
    head = door(Client(), cast, "head_works")
    assert act(head, "draft_return", petition).status_code == 422
    assert act(head, "draft_return", petition, words="请写明日期").status_code == 303
    assert "请写明日期" in browser.get(page_of(petition)).content.decode()
    assert act(browser, "draft_submit", petition).status_code == 303
    assert act(head, "draft_approve", petition).status_code == 303
    assert act(browser, "reply_send", petition).status_code == 303
    assert Petition.objects.get(pk=petition.pk).state == "replied"


def test_an_incomplete_reply_names_what_is_missing(client: Client, cast: Cast) -> None:
    answer = act(door(client, cast, "head_works"), "reply_send", handling(cast))
    assert answer.status_code == 422
    assert "还缺" in answer.content.decode()


def test_the_unit_sees_the_shielded_copy_and_never_the_words(client: Client, cast: Cast) -> None:
    petition = handling(cast, confidential())
    page = door(client, cast, "officer_works").get(page_of(petition)).content.decode()
    assert "某村水渠堵塞" in page
    assert "老人" not in page
    assert "试提事人" not in page


def test_a_clerk_writes_the_shielded_copy_beside_the_words(client: Client, cast: Cast) -> None:
    petition, browser = accepted(cast, confidential()), door(client, cast, "clerk")
    address = reverse("console:petition_shield", args=[petition.reference])
    assert "老人" in browser.get(address).content.decode()
    assert (
        browser.post(address, {"title": "水渠", "text": "", "claim_1": "一", "claim_2": "二"}).status_code
        == 422
    )
    sent = {"title": "水渠", "text": "某村水渠堵塞", "claim_1": "一", "claim_2": "二"}
    assert browser.post(address, sent).status_code == 303
    assert Petition.objects.get(pk=petition.pk).shielded_at


def test_an_identity_is_opened_only_with_a_reason_that_is_kept(client: Client, cast: Cast) -> None:
    petition, browser = filed(cast, named()).petition, door(client, cast, "clerk")
    address = reverse("console:petition_identity", args=[petition.reference])
    assert "试提事人" not in browser.get(address).content.decode()
    refused = browser.post(address, {"purpose": "contact", "reason": " "})
    assert refused.status_code == 422
    assert VaultOpening.objects.count() == 0
    shown = browser.post(address, {"purpose": "contact", "reason": "电话核实地点"})
    assert "试提事人" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert VaultOpening.objects.get().reason == "电话核实地点"


@pytest.mark.parametrize("who", ["officer_works", "head_works", "leader", "auditor"])
def test_nobody_else_opens_an_identity(client: Client, cast: Cast, who: str) -> None:
    petition = handling(cast, named())
    address = reverse("console:petition_identity", args=[petition.reference])
    answer = door(client, cast, who).post(address, {"purpose": "contact", "reason": "想看"})
    assert answer.status_code in {403, 404}
    assert VaultOpening.objects.count() == 0


def test_an_accusation_is_not_in_a_clerks_list_but_in_the_supervisors(client: Client, cast: Cast) -> None:
    petition = registered(cast, accusation())
    assert (
        petition.reference
        not in door(client, cast, "clerk").get(reverse("console:petitions")).content.decode()
    )
    supervisor = door(Client(), cast, "supervisor").get(reverse("console:petitions")).content.decode()
    assert petition.reference in supervisor


def test_service_by_hand_is_recorded(client: Client, cast: Cast) -> None:
    petition, browser = replied(cast), door(client, cast, "clerk")
    assert act(browser, "reply_serve", petition).status_code == 422
    assert act(browser, "reply_serve", petition, how="hand").status_code == 303
    assert Petition.objects.get(pk=petition.pk).state == "settled"


def test_my_day_lists_what_is_late_before_what_is_new(client: Client, cast: Cast) -> None:
    late = handling(cast)
    page = door(client, cast, "officer_works").get(reverse("console:home")).content.decode()
    assert late.reference in page
    assert "已逾期" in page


def test_my_day_of_someone_without_duties_says_so(client: Client, cast: Cast) -> None:
    page = door(client, cast, "planner").get(reverse("console:home")).content.decode()
    assert "今天没有要办的事" in page


def test_the_search_box_is_there_only_for_whom_it_finds_something(client: Client, cast: Cast) -> None:
    box = 'id="console-search"'
    assert box in door(client, cast, "clerk").get(reverse("console:home")).content.decode()
    assert box not in door(Client(), cast, "duty_officer").get(reverse("console:home")).content.decode()


def test_a_due_day_of_another_year_is_shown_with_its_year(client: Client, cast: Cast) -> None:
    petition = registered(cast, at=MONDAY.replace(year=2024))
    page = door(client, cast, "clerk").get(page_of(petition)).content.decode()
    assert "2024年1月20日" in page
