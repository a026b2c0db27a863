"""What the holder of a code does on the petition's page, and that nobody else does it: each page, each act."""

import re
import uuid
from collections.abc import Iterator

import pytest

from huiying.petitions import actions
from huiying.petitions.models import (
    Execution,
    Extension,
    Message,
    Petition,
    Rating,
    RetaliationReport,
    SpamMark,
    Submission,
)
from huiying.records import clock
from huiying.rules.lifecycle.execution import ExecutionState
from huiying.rules.lifecycle.extension import ExtensionState
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.matters import MessageKind, Speaker
from huiying.web.shared import throttle
from tests.cast import Cast
from tests.doors.test_following_pages import holder_of
from tests.petitioner import CODE, Petitioner, words
from tests.rooms.petitions.matters import (
    DAY,
    WORDS,
    accepted,
    accusation,
    confidential,
    filed,
    filing,
    handling,
    named,
    registered,
    replied,
    settled,
)

KEY = re.compile(r'name="key" value="([^"]+)"')
WRITTEN = "只有本人知道的一句话"
ACTS = ("say", "correct", "safety", "appeal", "resume", "code")


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def key_of(page: str) -> str:
    found = KEY.search(page)
    assert found
    return found[1]


# ---------- the outsider first ----------


@pytest.mark.parametrize("act", ACTS)
def test_a_stranger_does_nothing_and_what_they_typed_comes_back(cast: Cast, act: str) -> None:
    petition = registered(cast, at=clock.now())
    stranger = Petitioner()
    stranger.reference = petition.reference
    answer = words(stranger.does(act, text=WRITTEN, key=str(uuid.uuid4())))
    stranger.reference = "QX26-0000-0000"
    nobodys = words(stranger.does(act, text=WRITTEN, key=str(uuid.uuid4())))
    tidy = [re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page) for page in (answer, nobodys)]
    assert tidy[0].replace(petition.reference, "X") == tidy[1].replace("QX26-0000-0000", "X")
    assert 'name="code"' in answer
    assert not Message.objects.exists()
    assert not RetaliationReport.objects.exists()
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("page", [*ACTS[1:], "receipt", "answer/1", "rate", "withdraw"])
def test_the_holder_of_another_petition_is_a_stranger_here(cast: Cast, page: str) -> None:
    other = settled(cast, filing(text=WRITTEN), clock.now())
    person = holder_of(filed(cast, at=clock.now()).petition)
    shown = words(person.browser.get(person.at("follow", other.reference, *page.split("/"))))
    assert 'name="code"' in shown
    assert WRITTEN not in shown


@pytest.mark.parametrize("page", ["", "correct", "safety", "code", "receipt", "answer/1", "rate"])
def test_no_page_of_a_petition_is_stored_or_named_to_another_site(cast: Cast, page: str) -> None:
    petition = settled(cast, at=clock.now())
    person = holder_of(petition)
    answer = person.browser.get(person.at("follow", petition.reference, *filter(None, page.split("/"))))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "快速离开" in words(answer)


# ---------- messages ----------


def test_a_message_is_said_once_and_shown_with_who_will_read_it(cast: Cast) -> None:
    person = holder_of(handling(cast, confidential(), clock.now()))
    page = person.page()
    assert "承办单位只看到隐去身份以后的文字" in page
    for _click in range(2):
        assert person.does("say", text=WRITTEN, key=key_of(page)).status_code == 303
    assert Message.objects.get().text == WRITTEN
    assert "对方还没有看到" in person.page()


def test_a_message_that_is_too_long_stays_in_its_field(cast: Cast) -> None:
    person = holder_of(registered(cast, at=clock.now()))
    answer = person.does("say", text="长" * 2_001, key=str(uuid.uuid4()))
    assert answer.status_code == 422
    assert "长" * 2_001 in words(answer)
    assert 'href="#id_text"' in words(answer)


def test_a_question_stands_on_top_until_it_is_answered_and_names_no_one(cast: Cast) -> None:
    petition = handling(cast, at=clock.now())
    Message.objects.create(
        petition=petition,
        speaker=Speaker.UNIT,
        kind=MessageKind.QUESTION,
        text="哪一段水渠？",
        said_at=clock.now(),
        said_by=cast.staff["head_works"],
    )
    person = holder_of(petition)
    page = person.page()
    assert "请您补充" in page
    assert "青溪村建负责人" not in page
    assert Message.objects.get(speaker=Speaker.UNIT).read_at is not None
    person.does("say", text="桥头那段", key=key_of(page))
    assert "去回答" not in person.page()


def test_many_messages_are_paged_by_key(cast: Cast) -> None:
    petition = registered(cast, at=clock.now())
    rows = [
        Message(petition=petition, speaker=Speaker.OFFICE, text=f"第{n}句", said_at=clock.now())
        for n in range(130)
    ]
    Message.objects.bulk_create(rows)
    person = holder_of(petition)
    page = person.page()
    assert "第129句" in page
    assert "第29句" not in page
    older = re.search(r"\?before=(\d+)#messages", page)
    assert older
    back = words(person.browser.get(person.at("follow", petition.reference), {"before": older[1]}))
    assert "第29句" in back
    assert (
        person.browser.get(person.at("follow", petition.reference), {"before": "9" * 40}).status_code == 200
    )


# ---------- corrections ----------


def test_a_correction_is_shown_beside_what_was_said(cast: Cast) -> None:
    person = holder_of(handling(cast, at=clock.now()))
    form = words(person.browser.get(person.at("follow", person.reference, "correct")))
    assert WORDS in form
    assert person.does("correct", text="是三个月", key=key_of(form)).status_code == 303
    page = person.page()
    assert WORDS in page
    assert "是三个月" in page
    assert person.does("correct", text=" ", key=key_of(form)).status_code == 303  # said before


def test_after_the_answer_a_correction_is_called_news(cast: Cast) -> None:
    person = holder_of(settled(cast, at=clock.now()))
    assert "作为新情况" in words(person.browser.get(person.at("follow", person.reference, "correct")))


# ---------- the code ----------


def test_a_new_code_is_shown_once_and_puts_every_other_browser_out(cast: Cast) -> None:
    receipt = filed(cast, at=clock.now())
    petition, old = receipt.petition, receipt.code or ""
    mine, other = holder_of(petition), holder_of(petition)
    form = words(mine.browser.get(mine.at("follow", petition.reference, "code")))
    answer = mine.does("code", key=key_of(form))
    found = CODE.search(words(answer))
    assert found
    assert "no-store" in answer["Cache-Control"]
    assert WORDS in mine.page()
    assert found[1] not in mine.page()
    assert WORDS not in other.page()
    assert other.does("code", key=str(uuid.uuid4())).status_code == 200
    assert Petitioner().opens(petition.reference, old).status_code == 422
    assert Petitioner().opens(petition.reference, found[1]).status_code == 303


def test_a_second_click_that_overtook_the_first_answer_shows_the_same_code(cast: Cast) -> None:
    petition = filed(cast, at=clock.now()).petition
    first, second = (
        holder_of(petition),
        holder_of(petition),
    )  # one browser's session, read twice before it is written
    key = str(uuid.uuid4())
    codes = [CODE.search(words(each.does("code", key=key))) for each in (first, second)]
    assert codes[0]
    assert codes[1]
    assert codes[0][1] == codes[1][1]


# ---------- back, and back again ----------


def test_a_withdrawal_is_asked_for_done_and_undone(cast: Cast) -> None:
    petition = handling(cast, at=clock.now())
    person = holder_of(petition)
    assert "30 天内" in words(person.browser.get(person.at("follow", petition.reference, "withdraw")))
    person.does("withdraw")
    assert "恢复办理" in person.page()
    asked = words(person.browser.get(person.at("follow", petition.reference, "resume")))
    assert "不因为撤回而推迟" in asked
    for _click in range(2):
        assert person.does("resume").status_code == 303
    petition.refresh_from_db()
    assert petition.state == PetitionState.HANDLING


def test_after_thirty_days_the_page_offers_no_way_back(cast: Cast) -> None:
    petition = accepted(cast, at=clock.now() - 60 * DAY)
    actions.petition_withdraw(petition=petition, at=clock.now() - 50 * DAY)
    person = holder_of(petition)
    assert "已经不能恢复" in person.page()
    assert person.does("resume").status_code == 409


# ---------- retaliation, objection ----------


def test_retaliation_is_told_and_its_answer_read_here_and_nowhere_in_the_history(cast: Cast) -> None:
    petition = handling(cast, at=clock.now())
    person = holder_of(petition)
    assert "110" in words(person.browser.get(person.at("follow", petition.reference, "safety")))
    assert person.does("safety", text=WRITTEN).status_code == 303
    RetaliationReport.objects.update(answer="已经找他谈话", answered_at=clock.now())
    page = person.page()
    assert WRITTEN in page
    assert "已经找他谈话" in page
    assert WRITTEN not in page.split("经过</h2>")[1].split("谁看过我的身份")[0]


def test_what_was_taken_for_no_petition_can_be_objected_to_once(cast: Cast) -> None:
    petition = registered(cast, at=clock.now())
    SpamMark.objects.create(
        petition=petition,
        body_id=petition.body_id,
        state=SpamState.CONFIRMED,
        reason="像是广告",
        proposed_at=clock.now(),
        confirmed_at=clock.now(),
    )
    person = holder_of(petition)
    assert "像是广告" in person.page()
    assert person.does("appeal", words=" ").status_code == 422
    for _click in range(2):
        assert person.does("appeal", words="水渠真的堵了").status_code == 303
    assert SpamMark.objects.get().appeal == "水渠真的堵了"
    assert "您已经提出异议" in person.page()


# ---------- answers, duties, rating ----------


def test_the_answer_stands_as_it_left_whatever_is_drafted_since(cast: Cast) -> None:
    petition = settled(cast, at=clock.now())
    petition.claims.update(facts="后来改的草稿", opinion="后来改的草稿")
    page = holder_of(petition).page()
    assert "现场核实水渠淤塞 40 米。" in page
    assert "后来改的草稿" not in page


def test_what_was_promised_shows_whether_it_was_done(cast: Cast) -> None:
    petition = settled(cast, at=clock.now() - 60 * DAY)
    person = holder_of(petition)
    page = person.page()
    assert "答应办的，还没有办成" in page
    assert "这是承办单位的责任" in page
    Execution.objects.update(
        state=ExecutionState.VERIFIED,
        verified_at=clock.now(),
        verdict="水渠已经通水",
        reported_at=clock.now(),
    )
    page = person.page()
    assert "水渠已经通水" in page
    assert "答应办的，还没有办成" not in page


def test_a_rating_says_who_will_see_it_and_keeps_the_choice(cast: Cast) -> None:
    petition = settled(cast, at=clock.now())
    person = holder_of(petition)
    form = words(person.browser.get(person.at("follow", petition.reference, "rate")))
    assert "不会要求您改评价" in form
    person.does("rate", office="satisfied", unit="dissatisfied", shown_to_unit="1")
    assert [*Rating.objects.values_list("shown_to_unit", flat=True)] == [True, True]


def test_a_longer_period_is_shown_with_its_reason_and_a_refused_one_is_not(cast: Cast) -> None:
    petition = handling(cast, at=clock.now())
    about = {
        "petition": petition,
        "days": 20,
        "asked_at": clock.now(),
        "asked_by": cast.staff["officer_works"],
        "decided_at": clock.now(),
    }
    Extension.objects.create(reason="要等汛期结束测量", state=ExtensionState.APPROVED, **about)
    Extension.objects.create(reason="不成立的理由", state=ExtensionState.REFUSED, round=2, **about)
    page = holder_of(petition).page()
    assert "要等汛期结束测量" in page
    assert "不成立的理由" not in page


def test_the_liaison_and_the_units_own_telephone_are_told(cast: Cast) -> None:
    petition = handling(cast, at=clock.now())
    Petition.objects.filter(pk=petition.pk).update(liaison=cast.staff["officer_works"])
    cast.units["works"].phone = "0571-0000 0077"
    cast.units["works"].save()
    page = holder_of(petition).page()
    assert "联系人" in page
    assert "0571-0000 0077" in page


# ---------- each kind has its own words ----------


def test_an_enquiry_promises_five_working_days_and_speaks_of_no_review(cast: Cast) -> None:
    petition = replied(cast, filing(kind=PetitionKind.ENQUIRY), clock.now())
    person = holder_of(petition)
    waiting = person.page()
    person.does("read")
    page = person.page()
    for shown in (waiting, page):
        assert "5 个工作日" in shown
        assert "本机关承诺" in shown
        assert "POLICY" not in shown
        assert "复查" not in shown
        assert "60 天" not in shown
    assert "对咨询的答复" in page


def test_a_suggestion_promises_what_the_body_promises_and_speaks_of_no_review(cast: Cast) -> None:
    petition = replied(cast, filing(kind=PetitionKind.SUGGESTION), clock.now())
    person = holder_of(petition)
    person.does("read")
    page = person.page()
    assert "对建议意见的答复" in page
    assert "复查" not in page
    assert "本机关承诺" in page


def test_an_accusation_names_no_unit_and_no_liaison(cast: Cast) -> None:
    page = holder_of(filed(cast, accusation(), clock.now()).petition).page()
    assert "可以问谁" not in page
    assert "只有督办岗位能看到" in page


# ---------- paper ----------


def test_the_receipt_prints_without_the_code(cast: Cast) -> None:
    receipt = filed(cast, at=clock.now())
    person = holder_of(receipt.petition)
    page = words(person.browser.get(person.at("follow", receipt.petition.reference, "receipt")))
    assert receipt.petition.reference in page
    assert (receipt.code or "") not in page
    assert "<svg" in page


def test_the_answer_prints_as_a_document_once_it_was_opened(cast: Cast) -> None:
    petition = replied(cast, named(), clock.now())
    person = holder_of(petition)
    address = person.at("follow", petition.reference, "answer", "1")
    assert person.browser.get(address).status_code == 404
    person.does("read")
    page = words(person.browser.get(address))
    assert "信访事项处理意见书" in page
    assert "《防洪法》第二十二条" in page
    assert "试提事人" not in page
    assert person.browser.get(person.at("follow", petition.reference, "answer", "2")).status_code == 404
