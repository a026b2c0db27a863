"""Four people at the public door: one gives her name, one asks for it to be kept, one gives none, one guesses.

Each of the first three goes from the first question to the rating; the body's steps in between are its actions.
"""

from collections.abc import Iterator

import pytest

from huiying.petitions import actions, selectors
from huiying.petitions.models import Petition
from huiying.petitions.voices import messages_for
from huiying.records import clock
from huiying.records.models import OutboxMessage, VaultEntry
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.web.shared import throttle
from tests.cast import Cast
from tests.petitioner import Petitioner, words


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def the_office_takes_it_on(cast: Cast, reference: str) -> Petition:
    """Registered and accepted by the clerk."""
    petition, at = Petition.objects.get(reference=reference), clock.now()
    actions.petition_register(petition=petition, by=cast.clerk, at=at)
    return actions.petition_accept(petition=petition, by=cast.clerk, at=at)


def works_receives_it(cast: Cast, petition: Petition) -> None:
    """Assigned to works, which says that it has it."""
    at = clock.now()
    unit, handler = cast.units["works"], cast.staff["officer_works"]
    actions.petition_assign(petition=petition, unit=unit, handler=handler, by=cast.clerk, at=at)
    actions.petition_notify(petition=petition, by=cast.officer_works, at=at)


def works_answers(cast: Cast, petition: Petition) -> None:
    """Each claim answered by the officer, the reply sent by the head."""
    for claim in petition.claims.all():
        actions.claim_answer(
            claim=claim,
            outcome=ClaimOutcome.SUPPORTED if claim.number == 1 else ClaimOutcome.EXPLAINED,
            facts="现场核实水渠淤塞 40 米。",
            opinion="本月内清淤。",
            basis="《防洪法》第二十二条",
            remedy="可向云岭县人民政府申请复查。",
            by=cast.officer_works,
            at=clock.now(),
        )
    actions.reply_send(petition=petition, by=cast.head_works, at=clock.now())


def messages_read_by_works(cast: Cast, petition: Petition) -> list[str]:
    """What works can read of what was said."""
    return [each.text for each in messages_for(cast.officer_works, petition)]


def reads_and_rates(person: Petitioner) -> None:
    """The way every petitioner ends: read, then say what one thinks."""
    assert "书面答复已经发出" in person.page()
    person.does("read")
    page = person.page()
    assert "支持" in page
    assert "解释说明" in page
    assert "申请复查的最后一天" in page
    person.does("rate", office="satisfied", unit="acceptable", words="答复写得清楚")
    assert "您的评价" in person.page()


def test_she_gives_her_name_and_is_written_to_at_every_step(cast: Cast) -> None:
    # She files from her phone in the evening and writes the code down.
    she = Petitioner().files("named")
    assert she.opens().status_code == 303
    assert "还没有人看过" in she.page()

    # The office takes it on and hands it to works; her page follows, with the unit's name and the day it must answer.
    petition = the_office_takes_it_on(cast, she.reference)
    assert "决定受理" in she.page()
    works_receives_it(cast, petition)
    page = she.page()
    assert "村建办" in page
    assert "还有 60 天" in page

    # Works asks her something; she answers on her page, and puts right what she had said wrongly.
    ask = "请问水渠是在桥东还是桥西？"
    actions.person_ask(petition=petition, text=ask, by=cast.officer_works, at=clock.now())
    assert ask in she.page()
    she.does("say", text="在桥东，靠供销社。")
    she.does("correct", text="我写的是去年秋天，其实是前年秋天。")
    page = she.page()
    assert "在桥东，靠供销社。" in page
    assert "其实是前年秋天" in page
    officer = selectors.words_for(cast.officer_works, petition)
    assert "路面积水" in officer.text

    # She takes it back in a weak hour and up again the next morning; no day is lost or won by it.
    due = petition.clocks.get(clock="handle").due_on
    she.does("withdraw")
    assert "撤回" in she.page()
    she.does("resume")
    petition.refresh_from_db()
    assert (petition.state, petition.clocks.get(clock="handle").due_on) == ("handling", due)

    # The answer comes; she reads it when she is ready, and rates both sides.
    works_answers(cast, petition)
    reads_and_rates(she)

    # It rains and the ditch is full again. That is new; the office opens the matter anew, and she reads a second answer.
    she.does("correct", text="昨天下雨，水渠又堵了。")
    petition.refresh_from_db()
    again = "信访人反映清淤以后又堵，需要查明原因。"
    actions.petition_reopen(petition=petition, reason=again, by=cast.clerk, at=clock.now())
    assert again in she.page()
    works_answers(cast, petition)
    she.does("read")
    assert [reply.number for reply in petition.replies.order_by("number")] == [1, 2]

    # She left a number, so every step had a letter waiting for her.
    letters = OutboxMessage.objects.filter(subject_kind="petition", subject_id=str(petition.pk))
    assert {"petition_received", "petition_accepted", "reply_sent"} <= set(
        letters.values_list("letter", flat=True)
    )


def test_he_asks_for_his_name_to_be_kept_and_works_never_reads_his_words(cast: Cast) -> None:
    told = "我家住下河村三组，门前水渠堵了。"
    he = Petitioner().files("confidential", text=told, claims=("疏通我家门前的水渠", "请书面答复我"))
    he.opens()
    petition = the_office_takes_it_on(cast, he.reference)

    # The petition office writes the text that works may read; he sees that this was done, and still sees his own words.
    actions.petition_shield(
        petition=petition,
        title="水渠堵塞",
        text="某村水渠堵塞。",
        claims={1: "疏通水渠", 2: "书面答复"},
        by=cast.clerk,
        at=clock.now(),
    )
    works_receives_it(cast, petition)
    assert "写好了隐去身份的文本" in he.page()
    assert told in he.page()
    read_by_works = selectors.words_for(cast.officer_works, petition)
    assert read_by_works.shielded
    assert "下河村三组" not in read_by_works.text

    # What he writes reaches works only in the clerk's words.
    he.does("say", text="我是下河村三组最东头那家，晚上七点以后在家。")
    assert not messages_read_by_works(cast, petition)
    said = petition.messages.get()
    actions.message_pass(message=said, shielded_text="晚上七点以后可以上门。", by=cast.clerk, at=clock.now())
    assert messages_read_by_works(cast, petition) == ["晚上七点以后可以上门。"]

    works_answers(cast, petition)
    reads_and_rates(he)


def test_they_give_no_name_and_nothing_of_them_is_kept(cast: Cast) -> None:
    they = Petitioner().files("anonymous")
    assert VaultEntry.objects.count() == 0

    # The code alone brings them back, typed in small letters on another phone.
    other_phone = Petitioner()
    answer = other_phone.opens(they.reference.lower(), they.code.lower().replace("-", " "))
    assert answer.status_code == 303
    other_phone.reference = they.reference
    assert "您是匿名提出的" in other_phone.page()

    petition = the_office_takes_it_on(cast, they.reference)
    works_receives_it(cast, petition)
    works_answers(cast, petition)
    reads_and_rates(other_phone)
    assert not OutboxMessage.objects.filter(subject_kind="petition", subject_id=str(petition.pk)).exists()

    # They close the page; whoever picks the phone up next finds the form.
    other_phone.does("close")
    assert 'name="code"' in other_phone.page()


def test_an_outsider_who_guesses_learns_nothing_and_is_stopped(cast: Cast) -> None:
    she = Petitioner().files("named")

    # The reference is known to the outsider: it stands on a letter. It opens nothing and betrays nothing.
    outsider = Petitioner()
    outsider.reference = she.reference
    assert 'name="code"' in outsider.page()
    guesses = [outsider.opens(code=f"0000-0000-0000-{n:04}") for n in range(30)]
    assert all("编号或查询码不对" in words(guess) for guess in guesses if guess.status_code == 422)
    assert guesses[-1].status_code == 429
    for act in ("read", "withdraw"):
        outsider.does(act)
    assert Petition.objects.get(reference=she.reference).state == "received"

    # Nor does the holder of another petition get further.
    neighbour = Petitioner().files("named", text="我家的另一件事")
    throttle.clear()
    neighbour.opens()
    assert "水渠" not in neighbour.page(she.reference)
