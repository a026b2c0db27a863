"""Filing at the public door: what is kept, what is refused, what nobody can read in between."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.test import Client

from huiying.petitions import gate
from huiying.petitions.models import Petition
from huiying.records import clock, vault
from huiying.records.models import VaultEntry
from huiying.registry.models import Body
from huiying.web.jobs import sessions_end
from huiying.web.portal.filing import drafts
from huiying.web.shared import sealed, throttle
from tests.cast import Cast, gather
from tests.petitioner import CLAIMS, CODE, IDENTITY, WORDS, Petitioner, words


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def only_petition() -> Petition:
    return Petition.objects.get()


def test_looking_at_the_pages_keeps_nothing(cast: Cast) -> None:
    browser = Client()
    for part in ("", "where/", "name/", "check/", "receipt/"):
        browser.get(f"/qingxi/file/{part}")
    assert Session.objects.count() == 0
    assert sealed.COOKIE not in browser.cookies


def test_four_steps_lead_to_a_receipt_whose_code_opens_the_petition(cast: Cast) -> None:
    person = Petitioner().files("named")
    petition = gate.petition_for_code(cast.body, person.reference, person.code)
    assert [claim.text for claim in petition.claims.all()] == list(CLAIMS)
    assert petition.submissions.get().text == WORDS
    assert (petition.happened_where, petition.happened_when) == ("下河村渠首", "去年秋天")
    assert petition.vault_token is not None


def test_an_anonymous_petition_leaves_no_identity_anywhere(cast: Cast) -> None:
    Petitioner().files("anonymous")
    assert VaultEntry.objects.count() == 0
    assert only_petition().vault_token is None


def test_what_is_typed_lies_in_the_session_as_nobody_can_read_it(cast: Cast) -> None:
    person = Petitioner()
    person.tells()
    person.places()
    person.chooses("named", **IDENTITY)
    kept = str(Session.objects.get().get_decoded())
    for secret in (WORDS, CLAIMS[0], IDENTITY["name"], IDENTITY["phone"]):
        assert secret not in kept
        assert secret.encode("unicode_escape").decode() not in kept
    del person.browser.cookies[sealed.COOKIE]
    assert WORDS not in words(person.browser.get("/qingxi/file/"))


def test_going_back_keeps_what_was_typed(cast: Cast) -> None:
    person = Petitioner()
    person.ready("confidential")
    assert WORDS in words(person.browser.get("/qingxi/file/"))
    assert "下河村渠首" in words(person.browser.get("/qingxi/file/where/"))
    assert IDENTITY["name"] in words(person.browser.get("/qingxi/file/name/"))


def test_a_changed_answer_leads_straight_back_to_the_check(cast: Cast) -> None:
    person = Petitioner()
    person.ready()
    assert person.tells(text="改过的经过")["Location"] == "/qingxi/file/check/"
    assert "改过的经过" in words(person.checks())


def test_a_further_box_is_given_and_nothing_else_is_asked_yet(cast: Cast) -> None:
    person = Petitioner()
    answer = person.tells(kind="", text="", add="1")
    assert answer["Location"] == "/qingxi/file/?more=1#id_claim_3"
    page = words(person.browser.get("/qingxi/file/?more=1"))
    assert 'id="id_claim_3"' in page
    assert CLAIMS[1] in page
    assert "有几处需要改一改" not in page


def test_empty_boxes_are_no_claims(cast: Cast) -> None:
    Petitioner().files(claims=("", "请疏通水渠", "  "))
    assert only_petition().claims.count() == 1


def test_what_is_missing_is_said_at_the_field_and_on_top(cast: Cast) -> None:
    answer = Petitioner().tells(kind="", text="", claims=())
    page = words(answer)
    assert answer.status_code == 422
    for field in ("kind", "text", "claim_1"):
        assert f'href="#id_{field}"' in page
        assert f'id="id_{field}"' in page


def test_a_text_of_a_hundred_thousand_characters_is_refused_and_kept_on_the_page(cast: Cast) -> None:
    long = "水" * 100_000
    for answer in (Petitioner().tells(text=long), Petitioner().tells(text=long, add="1")):
        assert answer.status_code == 422
        assert long in words(answer)


def test_too_many_and_too_long_claims_are_named_by_their_box(cast: Cast) -> None:
    many = Petitioner().tells(claims=tuple(f"要求{n}" for n in range(1, 26)))
    assert many.status_code == 422
    assert 'href="#id_claim_21"' in words(many)
    assert "要求25" in words(many)
    long = Petitioner().tells(claims=("短的", "长" * 2001))
    assert 'href="#id_claim_2"' in words(long)


def test_more_than_the_server_takes_is_a_plain_413(cast: Cast) -> None:
    answer = Petitioner().tells(text="水" * 2_000_000)
    assert answer.status_code == 413
    assert "内容太大" in words(answer)


def test_rare_characters_survive_and_control_characters_do_not(cast: Cast) -> None:
    Petitioner().files(text="𠮷田村\x00的\x08井😀\u202e\r\nمرحبا", claims=("请看𠀀",))
    assert only_petition().submissions.get().text == "𠮷田村的井😀\nمرحبا"
    assert only_petition().claims.get().text == "请看𠀀"


def test_markup_is_shown_as_it_was_typed(cast: Cast) -> None:
    person = Petitioner()
    person.ready(text="<script>alert(1)</script>")
    assert "<script>alert" not in words(person.checks())
    assert "&lt;script&gt;alert" in words(person.checks())


def test_anonymous_with_a_name_is_not_stored_but_asked_about(cast: Cast) -> None:
    person = Petitioner()
    person.tells()
    person.places()
    answer = person.chooses("anonymous", **IDENTITY)
    assert answer.status_code == 422
    assert IDENTITY["name"] in words(answer)
    assert "删去姓名和联系方式，匿名继续" in words(answer)
    assert IDENTITY["name"] not in words(person.browser.get("/qingxi/file/name/"))
    person.chooses("anonymous", **IDENTITY, forget="1")
    assert IDENTITY["name"] not in words(person.checks())


def test_turning_anonymous_later_drops_the_name_from_the_draft(cast: Cast) -> None:
    person = Petitioner()
    person.ready("named")
    person.chooses("anonymous", forget="1")
    assert IDENTITY["name"] not in words(person.browser.get("/qingxi/file/name/"))


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", ""), ("phone", "请发短信"), ("email", "无邮箱"), ("address", "长" * 201)],
)
def test_a_named_petition_says_what_is_wrong_with_the_contact(cast: Cast, field: str, typed: str) -> None:
    person = Petitioner()
    person.tells()
    person.places()
    answer = person.chooses("named", **{**IDENTITY, field: typed})
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in words(answer)
    assert typed in words(answer)


def test_a_place_that_is_too_long_is_refused_not_cut(cast: Cast) -> None:
    person = Petitioner()
    person.tells()
    answer = person.places(where="长" * 201)
    assert answer.status_code == 422
    assert "长" * 201 in words(answer)


def test_a_step_that_is_reached_too_early_leads_to_the_first_open_one(cast: Cast) -> None:
    person = Petitioner()
    assert person.browser.get("/qingxi/file/check/")["Location"] == "/qingxi/file/?ended=1"
    person.tells()
    assert person.browser.get("/qingxi/file/name/")["Location"] == "/qingxi/file/where/"


def test_a_draft_that_ended_meanwhile_is_said_and_the_last_step_is_kept(cast: Cast) -> None:
    person = Petitioner()
    person.tells()
    person.places()
    Session.objects.all().delete()
    answer = person.chooses("named", **IDENTITY)
    assert answer["Location"] == "/qingxi/file/?ended=kept"
    assert "已经清除" in words(person.browser.get(answer["Location"]))
    person.tells()
    person.places()
    assert IDENTITY["name"] in words(person.browser.get("/qingxi/file/name/"))


def test_a_form_without_its_token_is_refused_and_what_was_typed_is_shown_again(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/qingxi/file/", {"kind": "request", "text": WORDS, "claim_1": CLAIMS[0]})
    assert answer.status_code == 403
    assert WORDS in words(answer)


def test_half_an_hour_without_a_step_clears_the_draft_from_the_database(cast: Cast) -> None:
    Petitioner().tells()
    assert sessions_end(clock.now() + timedelta(minutes=29)) == 0
    assert sessions_end(clock.now() + timedelta(minutes=31)) == 1


def test_quick_leave_takes_the_draft_with_it(cast: Cast) -> None:
    person = Petitioner()
    person.tells()
    person.browser.post("/leave/")
    assert Session.objects.count() == 0
    assert WORDS not in words(person.browser.get("/qingxi/file/"))


def test_a_double_click_files_once_and_shows_the_same_receipt(cast: Cast) -> None:
    person = Petitioner()
    key = person.ready()
    first, second = person.sends(key), person.sends(key)
    assert first["Location"] == "/qingxi/file/receipt/"
    assert second["Location"] == "/qingxi/file/receipt/?again=1"
    page = words(person.browser.get(second["Location"]))
    assert "没有重复提交" in page
    assert CODE.search(page)
    assert Petition.objects.count() == 1


def test_a_lost_answer_does_not_lose_the_code(cast: Cast) -> None:
    person = Petitioner()
    person.sends(person.ready())
    assert CODE.search(person.receipt())
    assert CODE.search(person.receipt())


def test_the_code_is_gone_after_ten_minutes(cast: Cast) -> None:
    person = Petitioner().files()
    request = HttpRequest()
    request.COOKIES = {name: morsel.value for name, morsel in person.browser.cookies.items()}
    request.session = person.browser.session
    soon, late = (clock.now() + timedelta(minutes=minutes) for minutes in (9, 11))
    kept = [drafts.receipt_of(request, cast.body, at=at) for at in (soon, late)]
    assert [receipt and receipt.code for receipt in kept] == [person.code, ""]
    assert [receipt and receipt.reference for receipt in kept] == [person.reference, person.reference]


def test_the_code_is_gone_when_the_receipt_is_put_away(cast: Cast) -> None:
    person = Petitioner().files()
    person.browser.post("/qingxi/file/receipt/put-away/")
    assert person.browser.get("/qingxi/file/receipt/")["Location"] == "/qingxi/follow/"
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert not any(key.startswith("receipt") for held in kept for key in held)


def test_an_old_tab_cannot_file_what_was_put_away(cast: Cast) -> None:
    person = Petitioner()
    key = person.ready()
    person.sends(key)
    person.browser.post("/qingxi/file/receipt/put-away/")
    answer = person.sends(key)
    assert answer.status_code == 409
    assert "没有重复提交" in words(answer)
    assert Petition.objects.count() == 1


def test_a_key_that_is_not_the_drafts_files_nothing(cast: Cast) -> None:
    person = Petitioner()
    person.ready()
    assert person.sends(str(uuid.uuid4()))["Location"] == "/qingxi/file/check/"
    assert Petition.objects.count() == 0


def test_the_receipt_says_what_comes_next_and_never_puts_the_code_in_an_address(cast: Cast) -> None:
    person = Petitioner().files()
    page = person.receipt()
    assert "120 天" in page
    assert "第22条" in page
    assert "<svg" in page
    assert page.count(person.code) == 1
    assert "style=" not in page
    assert f"/qingxi/follow/{person.reference}/" in page


def test_an_accusation_promises_no_sixty_days(cast: Cast) -> None:
    person = Petitioner().files(kind="accusation")
    page = person.receipt()
    assert only_petition().kind == "accusation"
    assert "120 天" not in page
    assert "不会转给被检举的人和单位" in page


def test_two_bodies_keep_their_drafts_apart(cast: Cast) -> None:
    person = Petitioner()
    person.tells()
    assert WORDS not in words(person.browser.get("/baishi/file/"))


def test_too_many_filings_from_one_address_wait_and_lose_nothing(cast: Cast) -> None:
    person = Petitioner()
    key = person.ready()
    for _ in range(100):
        throttle.allow("filing", "127.0.0.1", 60, 3600, at=clock.now())
    answer = person.sends(key)
    assert answer.status_code == 429
    assert "还在" in words(answer)
    assert WORDS in words(person.checks())


def test_an_unknown_body_and_a_wrong_method_are_plain_pages(cast: Cast) -> None:
    assert Client().get("/nirgends/file/").status_code == 404
    assert Client().put("/qingxi/file/").status_code == 405
    assert Client().get("/qingxi/file/receipt/put-away/").status_code == 405


def test_pages_are_never_stored_and_their_titles_say_nothing(cast: Cast) -> None:
    person = Petitioner()
    person.ready()
    answer = person.checks()
    assert "no-store" in answer["Cache-Control"]
    title = words(answer).split("<title>")[1].split("</title>")[0]
    assert "水渠" not in title


def test_the_seal_holds_the_identity_for_the_vault_alone(cast: Cast) -> None:
    Petitioner().files("confidential")
    petition = only_petition()
    opened = vault.open_entry(
        petition.vault_token or "",
        subject=petition,
        body_id=cast.body.pk,
        by=cast.clerk,
        at=clock.now(),
        purpose=vault.Purpose.CONTACT,
        reason="核对",
        role="clerk",
    )
    assert opened == IDENTITY


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_instant_file_once_and_both_end_at_the_receipt(
    quick_passphrases: None,
) -> None:
    gather()
    person = Petitioner()
    key = person.ready()
    start, answers = Barrier(2), []

    def click() -> None:
        browser = Client()
        browser.cookies.update(person.browser.cookies)
        start.wait()
        answers.append(browser.post("/qingxi/file/check/", {"filing_key": key}))
        connection.close()

    clicks = [Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Petition.objects.count() == 1
    found = CODE.search(person.receipt())
    assert found
    petition = gate.petition_for_code(Body.objects.get(code="qingxi"), only_petition().reference, found[1])
    assert petition.filing_key == uuid.UUID(key)


BROKEN = {
    "sqlite": (
        "CREATE TEMP TRIGGER broken BEFORE INSERT ON records_ledgersalt BEGIN SELECT RAISE(ABORT, 'broken'); END",
        "DROP TRIGGER broken",
    ),
    "postgresql": (
        "CREATE FUNCTION pg_temp.broken() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'broken' USING ERRCODE = '22000'; END $$;"
        " CREATE TRIGGER broken BEFORE INSERT ON records_ledgersalt"
        " FOR EACH ROW EXECUTE FUNCTION pg_temp.broken()",
        "DROP TRIGGER broken ON records_ledgersalt",
    ),
}


def test_a_filing_that_could_not_be_written_leaves_the_draft_to_be_sent_again(cast: Cast) -> None:
    person = Petitioner()
    key = person.ready()
    person.browser.raise_request_exception = False
    lay, lift = BROKEN[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(lay)
        answer = person.browser.post("/qingxi/file/check/", {"filing_key": key})
        cursor.execute(lift)
    assert answer.status_code in (400, 500) and Petition.objects.count() == 0
    assert WORDS in words(person.browser.get("/qingxi/file/check/"))
    assert person.browser.post("/qingxi/file/check/", {"filing_key": key}).status_code == 303
    assert only_petition().filing_key == uuid.UUID(key)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the same on both engines; laid more simply here")
def test_a_session_that_ends_while_its_petition_is_written_takes_it_along(cast: Cast) -> None:
    person = Petitioner()
    key = person.ready()
    person.browser.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TRIGGER ended AFTER INSERT ON petitions_petition BEGIN DELETE FROM django_session; END"
        )
        answer = person.browser.post("/qingxi/file/check/", {"filing_key": key})
        cursor.execute("DROP TRIGGER ended")
    assert answer.status_code >= 400
    assert Petition.objects.count() == 0
