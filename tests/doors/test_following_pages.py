"""Following at the public door: what the holder of a code sees and can do, and what nobody else learns."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client

from huiying.petitions import actions
from huiying.petitions.models import Petition, Rating
from huiying.petitions.renewal import mark_of
from huiying.records import clock, vault
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.rules.lifecycle.petition import Channel, PetitionKind, PetitionState
from huiying.web.portal.following.holding import tidy_reference
from huiying.web.shared import throttle
from tests.cast import Cast
from tests.petitioner import Petitioner, words
from tests.rooms.petitions.matters import (
    CLAIMS,
    MONDAY,
    WORDS,
    accusation,
    answer_all,
    declined,
    filed,
    filing,
    handling,
    named,
    referred,
    registered,
    replied,
    settled,
)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def holder_of(petition: Petition) -> Petitioner:
    """A browser that has shown this petition's code before."""
    person = Petitioner()
    session = person.browser.session
    session["held_petition"] = petition.pk
    session["held_mark"] = mark_of(bytes(petition.code_hash))
    session.save()
    person.browser.cookies["sessionid"] = session.session_key or ""
    person.reference = petition.reference
    return person


def test_a_letter_that_was_typed_in_late_shows_the_day_it_came_and_the_day_it_was_registered(
    cast: Cast,
) -> None:
    late = filing(channel=Channel.LETTER, received_on=MONDAY.date())
    petition = actions.petition_file(filing=late, body=cast.body, by=cast.clerk, at=MONDAY + 3 * DAY).petition
    actions.petition_register(petition=petition, by=cast.clerk, at=MONDAY + 3 * DAY)
    holder = holder_of(petition)

    page = holder.page(petition.reference)
    assert 'datetime="2026-01-05T00:00+08:00">2026年1月5日' in page
    assert "2026年1月8日" in page
    receipt = words(holder.browser.get(f"/qingxi/follow/{petition.reference}/receipt/"))
    assert "于 2026年1月5日 收到" in receipt


# ---------- the outsider first ----------


def test_a_stranger_learns_nothing_from_an_address(cast: Cast) -> None:
    petition = filed(cast).petition
    theirs = words(Client().get(f"/qingxi/follow/{petition.reference}/"))
    nobodys = words(Client().get("/qingxi/follow/QX26-0000-0000/"))
    assert WORDS not in theirs
    pages = [theirs.replace(petition.reference, "X"), nobodys.replace("QX26-0000-0000", "X")]
    without_token = {re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages}
    assert len(without_token) == 1


def test_a_wrong_code_and_a_wrong_reference_get_the_same_sentence(cast: Cast) -> None:
    receipt = filed(cast)
    person = Petitioner()
    wrong_code = person.opens(receipt.petition.reference, "AAAA-AAAA-AAAA-AAAA")
    wrong_reference = person.opens("QX26-AAAA-AAAA", receipt.code or "")
    assert wrong_code.status_code == wrong_reference.status_code == 422
    for answer in (wrong_code, wrong_reference):
        assert "编号或查询码不对" in words(answer)
    assert "held_petition" not in person.browser.session


def test_the_holder_of_one_petition_does_not_reach_another(cast: Cast) -> None:
    mine, other = filed(cast).petition, filed(cast, filing(text="另一件事")).petition
    page = holder_of(mine).page(other.reference)
    assert "另一件事" not in page
    assert 'name="code"' in page


def test_another_body_does_not_know_the_petition(cast: Cast) -> None:
    receipt = filed(cast)
    person = Petitioner("baishi")
    assert person.opens(receipt.petition.reference, receipt.code or "").status_code == 422
    held = holder_of(receipt.petition)
    held.body = "baishi"
    assert 'name="code"' in held.page()


@pytest.mark.parametrize("act", ["read", "rate", "withdraw"])
def test_a_stranger_can_do_nothing_to_a_petition(cast: Cast, act: str) -> None:
    petition = replied(cast)
    stranger = Petitioner()
    stranger.reference = petition.reference
    assert 'name="code"' in words(stranger.does(act, words="不满意的理由"))
    petition.refresh_from_db()
    assert petition.state == PetitionState.REPLIED


def test_guessing_is_slowed_by_source_and_by_reference(cast: Cast) -> None:
    reference = filed(cast).petition.reference
    person = Petitioner()
    answers = [person.opens(reference, f"AAAA-AAAA-AAAA-{n:04}").status_code for n in range(25)]
    assert answers[0] == 422
    assert answers[-1] == 429
    throttle.clear()
    spread = [person.opens(f"QX26-0000-{n:04}", "AAAA").status_code for n in range(45)]
    assert spread[-1] == 429
    assert "请稍等" in words(person.opens(reference, "AAAA"))


def test_nobody_who_only_knows_the_number_keeps_its_holder_out(cast: Cast) -> None:
    receipt = filed(cast)
    stranger = Petitioner()
    tries = [stranger.opens(receipt.petition.reference, f"AAAA-AAAA-AAAA-{n:04}") for n in range(45)]
    assert tries[-1].status_code == 429
    assert Petitioner().opens(receipt.petition.reference, receipt.code or "").status_code == 303


def test_opening_often_with_the_right_code_costs_nothing(cast: Cast) -> None:
    receipt = filed(cast)
    answers = [Petitioner().opens(receipt.petition.reference, receipt.code or "") for _ in range(45)]
    assert {answer.status_code for answer in answers} == {303}


def test_no_code_stands_in_any_address_or_page(cast: Cast) -> None:
    receipt = filed(cast)
    person = Petitioner()
    answer = person.opens(receipt.petition.reference, receipt.code or "")
    assert (receipt.code or "") not in answer["Location"]
    assert (receipt.code or "") not in person.page(receipt.petition.reference)


# ---------- getting in ----------


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} \n"]
)
def test_reference_and_code_may_be_typed_in_any_manner(cast: Cast, change: Callable[[str], str]) -> None:
    receipt = filed(cast)
    answer = Petitioner().opens(change(receipt.petition.reference), change(receipt.code or ""))
    assert answer.status_code == 303
    assert answer["Location"] == f"/qingxi/follow/{receipt.petition.reference}/"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("qx26 7k3m 9pqd", "QX26-7K3M-9PQD"),
        ("ＱＸ２６－７Ｋ３Ｍ－９ＰＱＤ", "QX26-7K3M-9PQD"),
        ("QX267K3M9PQO", "QX26-7K3M-9PQ0"),
        ("短", "短"),
        ("", ""),
    ],
)
def test_a_reference_is_tidied_before_it_is_looked_for(typed: str, meant: str) -> None:
    assert tidy_reference(typed) == meant


def test_empty_fields_are_named(cast: Cast) -> None:
    answer = Client().post("/qingxi/follow/", {"reference": "", "code": " "})
    assert answer.status_code == 422
    assert 'href="#id_reference"' in words(answer)
    assert 'href="#id_code"' in words(answer)


def test_opening_renews_the_session_and_closing_forgets(cast: Cast) -> None:
    receipt = filed(cast)
    person = Petitioner()
    person.tells()
    before = person.browser.session.session_key
    person.opens(receipt.petition.reference, receipt.code or "")
    assert person.browser.session.session_key != before
    person.reference = receipt.petition.reference
    person.does("close")
    assert 'name="code"' in person.page()


# ---------- the page ----------


def test_the_holder_sees_words_claims_steps_and_promises_and_no_other_petition(cast: Cast) -> None:
    at = clock.now() - 3 * DAY
    petition = handling(cast, named(happened_where="下河村"), at)
    filed(cast, named(text="同一个人的另一件事"), at)
    page = holder_of(petition).page()
    for shown in (WORDS, *CLAIMS, "下河村", "村建办", "办理期限", "还有 57 天", "第34条", "怎样算出来的"):
        assert shown in page
    assert "同一个人的另一件事" not in page
    assert "青溪承办甲" in page  # the named liaison, whom the person may ask
    for name in ("青溪接待甲", "青溪村建负责人", "试提事人", "00000000001"):
        assert name not in page


def test_looking_at_the_page_changes_nothing(cast: Cast) -> None:
    petition = replied(cast, at=clock.now())
    events = LedgerEvent.objects.count()
    holder_of(petition).page()
    petition.refresh_from_db()
    assert petition.state == PetitionState.REPLIED
    assert LedgerEvent.objects.count() == events


def test_a_draft_answer_is_not_shown_before_it_is_sent(cast: Cast) -> None:
    petition = handling(cast, at=clock.now())
    answer_all(cast, petition, clock.now(), facts="尚未发出的草稿")
    assert "尚未发出的草稿" not in holder_of(petition).page()


def test_an_answer_is_read_by_a_button_which_starts_the_thirty_days(cast: Cast) -> None:
    petition = replied(cast, at=clock.now())
    person = holder_of(petition)
    assert "现场核实" not in person.page()
    assert person.does("read").status_code == 303
    page = person.page()
    for part in (
        "支持",
        "现场核实水渠淤塞",
        "本月内清淤",
        "《防洪法》",
        "可在 30 日内申请复查",
        "申请复查的最后一天",
    ):
        assert part in page
    petition.refresh_from_db()
    assert petition.state == PetitionState.SETTLED
    assert person.does("read").status_code == 303  # a second click shows it again


def test_both_sides_are_rated_once(cast: Cast) -> None:
    person = holder_of(settled(cast, at=clock.now()))
    half = person.does("rate", office="satisfied", words="说了一半")
    assert half.status_code == 422
    assert 'href="#id_unit"' in words(half)
    assert "说了一半" in words(half)
    both = {"office": "satisfied", "unit": "dissatisfied", "words": "答复来得晚"}
    assert person.does("rate", **both).status_code == 303
    assert person.does("rate", **both).status_code == 409
    assert sorted(Rating.objects.values_list("side", "score")) == [
        ("office", "satisfied"),
        ("unit", "dissatisfied"),
    ]
    assert "答复来得晚" in person.page()


def test_rating_before_the_answer_is_refused_with_a_sentence(cast: Cast) -> None:
    person = holder_of(handling(cast, at=clock.now()))
    page = words(person.browser.get(person.at("follow", person.reference, "rate")))
    assert "收到答复以后才能评价" in page
    assert person.does("rate", office="satisfied", unit="satisfied").status_code == 409


def test_words_typed_after_the_half_hour_are_shown_again(cast: Cast) -> None:
    person = Petitioner()
    person.reference = settled(cast, at=clock.now()).reference
    answer = person.does("rate", words="办得很慢，但最后解决了")
    assert "办得很慢，但最后解决了" in words(answer)


def test_withdrawing_asks_first_and_names_pressure(cast: Cast) -> None:
    petition = handling(cast, at=clock.now())
    person = holder_of(petition)
    asked = words(person.browser.get(person.at("follow", person.reference, "withdraw")))
    assert "自己的意愿" in asked
    petition.refresh_from_db()
    assert petition.state == PetitionState.HANDLING
    assert person.does("withdraw").status_code == 303
    assert "已撤回" in person.page()
    assert person.does("withdraw").status_code == 409


def test_what_is_answered_is_read_and_no_longer_withdrawn(cast: Cast) -> None:
    person = holder_of(replied(cast, at=clock.now()))
    assert "撤回这件事" not in person.page()
    refused = person.does("withdraw")
    assert refused.status_code == 409 and "已答复" in words(refused)
    assert person.does("read").status_code == 303
    assert Petition.objects.get(reference=person.reference).state == PetitionState.SETTLED


@pytest.mark.parametrize("end", [declined, referred])
def test_whoever_is_sent_elsewhere_is_told_why_and_where(cast: Cast, end: Callable[..., Petition]) -> None:
    petition = end(cast, at=clock.now())
    page = holder_of(petition).page()
    assert petition.reason in page
    assert petition.whereto in page
    assert "第23条" in page


def test_what_is_late_is_said_with_whose_duty_it_is_and_what_one_can_do(cast: Cast) -> None:
    petition = handling(cast, at=clock.now() - 70 * DAY)
    page = holder_of(petition).page()
    assert "机关有期限已经逾期" in page
    assert "逾期 10 天" in page
    assert "这是村建办的责任" in page
    assert cast.body.phone in page
    assert cast.body.superior_name in page


def test_nothing_is_called_late_while_it_is_in_time(cast: Cast) -> None:
    assert "逾期" not in holder_of(handling(cast, at=clock.now())).page()


def test_every_look_at_the_identity_is_shown_with_role_and_reason_but_no_name(cast: Cast) -> None:
    petition = handling(cast, named(), clock.now())
    person = holder_of(petition)
    assert "还没有人看过" in person.page()
    vault.open_entry(
        petition.vault_token or "",
        subject=petition,
        body_id=petition.body_id,
        by=cast.clerk,
        at=clock.now(),
        purpose=vault.Purpose.CONTACT,
        reason="约定上门时间",
        role="clerk",
    )
    page = person.page()
    assert "约定上门时间" in page
    assert "接待员" in page
    assert "青溪接待甲" not in page


def test_the_machines_looks_for_its_letters_are_one_line_and_not_part_of_the_history(cast: Cast) -> None:
    petition = registered(cast, named())
    actions.petition_accept(petition=petition, by=cast.clerk, at=MONDAY + DAY)
    for letter in OutboxMessage.objects.filter(subject_kind="petition", subject_id=str(petition.pk)):
        vault.contact_for_letter(letter, at=MONDAY + 2 * DAY)
    assert LedgerEvent.objects.filter(kind="identity.opened").count() == 2
    page = holder_of(petition).page()
    assert "系统为发送通知使用过联系方式 2 次" in page
    assert "查看了身份信息" not in page
    assert page.count("发送通知") == 1


def test_the_anonymous_are_told_that_there_is_nothing_to_look_at(cast: Cast) -> None:
    assert "您是匿名提出的" in holder_of(filed(cast, at=clock.now()).petition).page()


def test_an_accusation_says_who_reads_it_and_promises_no_sixty_days(cast: Cast) -> None:
    page = holder_of(filed(cast, accusation(), clock.now()).petition).page()
    assert "只有督办岗位能看到" in page
    assert "办理期限" not in page


def test_titles_are_neutral_and_the_page_is_not_stored(cast: Cast) -> None:
    person = holder_of(filed(cast, at=clock.now()).petition)
    answer = person.browser.get(person.at("follow", person.reference))
    title = words(answer).split("<title>")[1].split("</title>")[0]
    assert title == "办理进展 · 回应"
    assert "no-store" in answer["Cache-Control"]


def test_a_matter_answered_after_its_day_stays_late(cast: Cast) -> None:
    petition = handling(cast, at=clock.now() - 70 * DAY)
    answer_all(cast, petition, clock.now())
    actions.reply_send(petition=petition, by=cast.head_works, at=clock.now())
    assert "已逾期办结" in holder_of(petition).page()


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_page_speaks_the_other_languages(cast: Cast, language: str) -> None:
    person = holder_of(handling(cast, at=clock.now()))
    person.browser.cookies["django_language"] = language
    page = person.page()
    assert {"en": "Who has looked at my identity", "zh-hant": "誰看過我的身份"}[language] in page


def test_what_the_counter_answered_is_read_rated_and_lacks_no_step(cast: Cast) -> None:
    what = filing(kind=PetitionKind.ENQUIRY, channel=Channel.VISIT)
    petition = actions.petition_file(filing=what, body=cast.body, by=cast.clerk, at=MONDAY).petition
    actions.petition_register(petition=petition, by=cast.clerk, at=MONDAY)
    answers = dict.fromkeys((1, 2), "三号窗口办理。")
    actions.enquiry_answer(
        petition=petition, answers=answers, answered_by=cast.staff["clerk"], by=cast.clerk, at=MONDAY
    )

    page = holder_of(petition).page(petition.reference)
    assert "三号窗口办理。" in page
    assert "青溪接待甲" in page
    assert "交给承办单位" not in page
    assert 'aria-current="step"' not in page
    assert f"/qingxi/follow/{petition.reference}/rate/" in page


def test_the_second_answer_can_be_rated_and_the_first_rating_still_stands(cast: Cast) -> None:
    petition = settled(cast)
    person = holder_of(petition)
    person.does("rate", office="satisfied", unit="dissatisfied", words="第一次没办好")
    assert "去评价" not in person.page(petition.reference)
    actions.petition_reopen(petition=petition, reason="又塌了", by=cast.clerk, at=MONDAY + DAY)
    answer_all(cast, petition, MONDAY + DAY)
    actions.reply_send(petition=petition, by=cast.head_works, at=MONDAY + DAY)
    person.does("read")
    assert "去评价" in person.page(petition.reference)
    person.does("rate", office="satisfied", unit="satisfied", words="这次好了")
    shown = person.page(petition.reference)
    for word in ("第一次没办好", "这次好了", "第 1 轮", "第 2 轮"):
        assert word in shown
    assert "去评价" not in shown
