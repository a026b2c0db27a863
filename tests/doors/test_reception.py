"""Reception: what a clerk takes down is kept as typed, read back, registered once, and given home on paper."""

import re
import uuid
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiying.petitions.models import Petition
from huiying.records import clock, files
from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.models import Category, Place
from huiying.rules.clocks import Clock
from huiying.rules.events import EventKind
from huiying.rules.matters import Spoken
from huiying.web.console.fields import LOCAL
from huiying.web.shared.dates import full_date
from tests.cast import Cast, signed_in
from tests.rooms.petitions import matters

HERE, KEPT = "/console/petitions/reception/", "/console/petitions/reception/draft/"
TEXT = "水渠堵了两个月，村口积水。"
VISIT = {
    "channel": "visit",
    "kind": "request",
    "confidentiality": "anonymous",
    "matter": "works",
    "text": TEXT,
    "claim_1": "请疏通水渠",
}
MAIL = (
    "From: 试来信人 <writer@example.invalid>\nTo: office@example.invalid\nSubject: 关于水渠\n"
    "Date: Mon, 05 Jan 2026 10:20:00 +0800\nMessage-ID: <secret-id@mail.invalid>\n"
    "Content-Type: text/plain; charset=utf-8\n\n水渠堵了，请疏通。\n"
)


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return signed_in(Client(), cast.staff["clerk"])


def page(answer: Any) -> str:
    return str(answer.content.decode())


def visit(**changes: Any) -> dict[str, Any]:
    return {**VISIT, "filing_key": str(uuid.uuid4()), **changes}


def at_once(clerk: Client, **changes: Any) -> Any:
    """Registered from the page that was read back."""
    return clerk.post(HERE, visit(checked="1", **changes))


@pytest.mark.parametrize("who", ["officer_works", "head_works", "supervisor", "duty_officer", "auditor"])
def test_nobody_else_may_open_reception_or_its_drafts(cast: Cast, who: str) -> None:
    browser = signed_in(Client(), cast.staff[who])
    assert browser.get(HERE).status_code == 403
    assert browser.post(KEPT, visit()).status_code == 403


def test_what_was_said_is_shown_large_before_anything_is_registered(clerk: Client) -> None:
    answer = clerk.post(HERE, visit(happened_where="村口石桥"))
    assert answer.status_code == 200
    shown = page(answer)
    assert "念给本人听" in shown
    assert "已向本人念读并确认" in shown
    assert TEXT in shown
    assert "村口石桥" in shown
    assert Petition.objects.count() == 0


@pytest.mark.parametrize("ticked", [True, False])
def test_whether_it_was_read_back_stands_in_the_ledger(clerk: Client, ticked: bool) -> None:
    assert at_once(clerk, **({"read_back": "1"} if ticked else {})).status_code == 303
    event = LedgerEvent.objects.get(kind=EventKind.PETITION_FILED)
    assert event.facts["read_back"] is ticked


@pytest.mark.parametrize("channel", ["letter", "email"])
def test_what_the_person_wrote_themselves_is_not_read_back(clerk: Client, channel: str) -> None:
    assert "已向本人念读并确认" not in page(clerk.post(HERE, visit(channel=channel)))
    assert at_once(clerk, channel=channel, read_back="1").status_code == 303
    assert "read_back" not in LedgerEvent.objects.get(kind=EventKind.PETITION_FILED).facts


def test_going_back_from_reading_changes_nothing_that_was_typed(clerk: Client) -> None:
    form = page(clerk.post(HERE, visit(checked="1", back="1", help_needed=["interpreter"], spoken="bo")))
    assert TEXT in form
    assert re.search(r'value="interpreter" checked', form)
    assert re.search(r'value="bo" selected', form)
    assert Petition.objects.count() == 0


def test_a_closed_place_is_neither_offered_nor_taken(cast: Cast, clerk: Client) -> None:
    place = Place.objects.get(body=cast.body)
    assert place.name in page(clerk.get(HERE))
    Place.objects.filter(pk=place.pk).update(closed_at=clock.now())
    assert place.name not in page(clerk.get(HERE))
    at_once(clerk, place=str(place.pk))
    assert Petition.objects.get().submissions.get().place is None


def test_everything_that_was_asked_is_registered(cast: Cast, clerk: Client) -> None:
    place = Place.objects.get(body=cast.body)
    row = Category.objects.create(body=cast.body, matter="works", code="drainage", label="排水与内涝")
    at_once(
        clerk,
        matter="works/drainage",
        respondent="镇水利站",
        said_at="2026-01-05T09:30",
        joint_count="12",
        urgent_need="1",
        spoken="dialect",
        help_needed=["reading_aid", "large_print"],
        place=str(place.pk),
    )
    petition = Petition.objects.get()
    assert (petition.matter, petition.category, petition.respondent) == ("works", row, "镇水利站")
    assert (petition.joint_count, petition.urgent_need, petition.spoken) == (12, True, "dialect")
    assert petition.help_needed == "reading_aid,large_print"
    words = petition.submissions.get()
    assert words.said_at.astimezone(SHANGHAI).strftime(LOCAL) == "2026-01-05T09:30"
    assert words.place == place


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("said_at", "2999-01-01T10:00"),
        ("said_at", "昨天"),
        ("received_on", "2999-01-01"),
        ("received_on", "2019-05-05"),
        ("received_on", "上周"),
        ("joint_count", "王某等人"),
        ("joint_count", "1"),
        ("channel", "import"),
        ("kind", "nothing"),
        ("confidentiality", ""),
        ("text", ""),
        ("text", "水" * 20_001),
        ("text", "水" * 100_000),
        ("title", "长" * 121),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_every_word_stays(
    clerk: Client, field: str, typed: str
) -> None:
    answer = clerk.post(HERE, visit(claim_2="𠮷村的路😀مرحبا", **{field: typed}))
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page(answer)
    assert "𠮷村的路😀مرحبا" in page(answer)
    if field not in ("channel", "kind"):
        assert typed in page(answer)
    assert Petition.objects.count() == 0


def test_a_pasted_email_is_taken_apart_and_never_kept_raw(clerk: Client) -> None:
    form = page(clerk.post(HERE, visit(text="", mail=MAIL, split="1")))
    for word in ("水渠堵了，请疏通。", "关于水渠", "试来信人", "writer@example.invalid", "2026-01-05T10:20"):
        assert word in form
    assert "secret-id" not in form
    assert "office@example.invalid" not in form
    assert re.search(r'value="email" selected', form)
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert "secret-id" not in kept


def test_a_pasted_email_adds_to_what_stood_there(clerk: Client) -> None:
    form = page(clerk.post(HERE, visit(name="另一位", mail=MAIL, split="1")))
    assert TEXT in form
    assert "水渠堵了，请疏通。" in form
    assert "另一位" in form


def test_too_long_an_email_is_refused_and_nothing_else_is_lost(clerk: Client) -> None:
    answer = clerk.post(HERE, visit(mail="甲" * 400_001, split="1"))
    assert answer.status_code == 422
    assert 'href="#id_mail"' in page(answer)
    assert TEXT in page(answer)


def test_what_is_typed_is_kept_at_the_server_as_nobody_can_read_it(clerk: Client) -> None:
    key = str(uuid.uuid4())
    clerk.get(HERE)
    assert clerk.post(KEPT, visit(filing_key=key)).status_code == 204
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert TEXT.encode("unicode_escape").decode() not in kept
    assert TEXT not in kept
    listed = page(clerk.get(HERE))
    assert f"?draft={key}" in listed
    assert TEXT in page(clerk.get(f"{HERE}?draft={key}"))


def test_two_forms_at_once_are_two_drafts(clerk: Client) -> None:
    keys = [str(uuid.uuid4()) for _ in range(2)]
    for key, text in zip(keys, ("第一位的话", "第二位的话"), strict=True):
        clerk.post(KEPT, visit(filing_key=key, text=text))
    for key, text in zip(keys, ("第一位的话", "第二位的话"), strict=True):
        assert f">\n{text}</textarea>" in page(clerk.get(f"{HERE}?draft={key}"))
    assert "第一位的话" not in page(clerk.get(HERE)).split('<form method="post" class="reception"')[1]


def test_a_draft_goes_when_it_is_registered_or_thrown_away_and_stays_with_its_browser(
    cast: Cast, clerk: Client
) -> None:
    first, second = (visit() for _ in range(2))
    for typed in (first, second):
        clerk.post(KEPT, typed)
    colleague = signed_in(Client(), cast.staff["second_clerk"])
    assert first["filing_key"] not in page(colleague.get(HERE))
    assert TEXT not in page(colleague.get(f"{HERE}?draft={first['filing_key']}"))
    clerk.post(HERE, {**first, "checked": "1"})
    clerk.post(KEPT, {"discard": second["filing_key"]})
    listed = page(clerk.get(HERE))
    assert first["filing_key"] not in listed
    assert second["filing_key"] not in listed


def test_an_empty_form_and_an_endless_one_leave_no_draft(clerk: Client) -> None:
    for text in ("", " ", "水" * 100_001):
        assert clerk.post(KEPT, visit(text=text, claim_1="")).status_code == 204
    assert "还没有登记完的" not in page(clerk.get(HERE))


def test_only_six_drafts_are_kept(clerk: Client) -> None:
    keys = [str(uuid.uuid4()) for _ in range(8)]
    for key in keys:
        clerk.post(KEPT, visit(filing_key=key))
    listed = page(clerk.get(HERE))
    assert [key in listed for key in keys] == [False, False, True, True, True, True, True, True]


def test_papers_come_with_the_visit_and_a_bad_one_registers_nothing(
    cast: Cast, clerk: Client, tmp_path: Any, settings: Any
) -> None:
    settings.HUIYING = {**settings.HUIYING, "data_dir": tmp_path}
    bad = SimpleUploadedFile("a.exe", b"MZ\x90\x00")
    answer = at_once(clerk, file=bad)
    assert answer.status_code == 422
    assert 'href="#id_file"' in page(answer)
    assert TEXT in page(answer)
    assert Petition.objects.count() == 0
    good = SimpleUploadedFile("通知.txt", "请于三日内疏通。".encode())
    assert at_once(clerk, file=good).status_code == 303
    assert len(files.of_subject("petition", Petition.objects.get().pk)) == 1


def test_danger_at_the_window_calls_the_duty_post_and_marks_the_matter(clerk: Client) -> None:
    assert "先陪着" in page(clerk.post(HERE, visit(danger="1")))
    at_once(clerk, danger="1")
    assert Petition.objects.get().danger is True
    assert OutboxMessage.objects.filter(letter="duty_called").count() == 1


def test_the_receipt_shows_the_code_once_with_dates_of_its_kind(clerk: Client) -> None:
    answer = at_once(clerk, kind="enquiry")
    receipt = page(clerk.get(answer["Location"]))
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", receipt)
    assert "咨询答复期限" in receipt
    assert "POLICY" not in receipt
    assert "<svg" in receipt


def raw(clerk: Client, typed: dict[str, Any]) -> Any:
    """A form as bytes, so that it may hold what no browser sends."""
    pairs = [(name, str(value).encode("utf-8", "surrogatepass")) for name, value in typed.items()]
    return clerk.post(HERE, urlencode(pairs), content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    "text", ["\x00水\x08渠", "\u202e水渠\u2066", "\ud800水渠", "𠀀𫝀水渠😀", "水渠\u200f"]
)
def test_odd_letters_are_kept_or_dropped_and_break_nothing(clerk: Client, text: str) -> None:
    assert raw(clerk, visit(text=text)).status_code == 200
    assert raw(clerk, visit(text=text, checked="1")).status_code == 303
    assert "水" in Petition.objects.get().submissions.get().text


def test_said_just_now_is_not_tomorrow(clerk: Client) -> None:
    now = clock.now().astimezone(SHANGHAI).strftime(LOCAL)
    assert at_once(clerk, said_at=now).status_code == 303


def test_how_to_speak_with_the_person_stands_beside_their_words_and_not_for_the_unit(
    cast: Cast, clerk: Client
) -> None:
    at_once(clerk, spoken="bo", help_needed=["sign_language"], urgent_need="1")
    petition = Petition.objects.get()
    shown = page(clerk.get(f"/console/petitions/{petition.reference}/"))
    for word in ("藏语", "手语翻译", "有急需"):
        assert word in shown
    hidden = matters.handling(cast, matters.confidential(spoken=Spoken.UYGHUR, position=(30.1234, 120.5678)))
    unit = signed_in(Client(), cast.staff["officer_works"])
    shielded = page(unit.get(f"/console/petitions/{hidden.reference}/"))
    assert "维吾尔语" not in shielded
    assert "30.1234" not in shielded


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def test_a_letter_of_last_week_counts_from_last_week_and_both_days_are_shown(
    cast: Cast, clerk: Client
) -> None:
    typed = {"channel": "letter", "received_on": ago(7).isoformat()}
    assert f"收到的日期：{ago(7).isoformat()}" in page(clerk.post(HERE, visit(**typed)))
    assert at_once(clerk, **typed).status_code == 303

    petition = Petition.objects.get()
    assert petition.clocks.get(clock=Clock.ROUTE).starts_on == ago(7)
    shown = page(clerk.get(f"/console/petitions/{petition.reference}/"))
    assert f"{full_date(ago(7))} 收到" in shown
    assert f"{full_date(clock.today())} 登记" in shown
    assert "书面告知逾期" not in shown


def test_a_letter_typed_in_after_the_notice_was_due_is_flagged_at_once(cast: Cast, clerk: Client) -> None:
    at_once(clerk, channel="letter", received_on=ago(20).isoformat())

    petition = Petition.objects.get()
    assert petition.clocks.get(clock=Clock.HANDLE).starts_on == ago(5)
    assert "书面告知逾期" in page(clerk.get(f"/console/petitions/{petition.reference}/"))


def test_what_was_said_last_week_is_received_last_week_without_another_word(clerk: Client) -> None:
    said = f"{ago(7).isoformat()}T09:30"
    at_once(clerk, channel="home_visit", said_at=said)
    at_once(clerk, channel="letter", said_at=said)

    starts = [p.clocks.get(clock=Clock.ROUTE).starts_on for p in Petition.objects.order_by("id")]
    assert starts == [ago(7), ago(0)]  # what a letter says of its date tells nothing of when it arrived


def test_a_pasted_email_proposes_the_day_it_was_sent_for_the_clerk_to_look_over(clerk: Client) -> None:
    sent = f"{ago(3):%a, %d %b %Y} 10:20:00 +0800"
    mail = MAIL.replace("Mon, 05 Jan 2026 10:20:00 +0800", sent)
    form = page(clerk.post(HERE, visit(text="", mail=mail, split="1")))
    assert re.search(rf'name="received_on"[^>]*value="{ago(3).isoformat()}"', form)


ASKS = {"kind": "enquiry", "claim_2": "要带什么"}


def test_only_an_enquiry_can_be_answered_on_the_spot(clerk: Client) -> None:
    assert "当场答复" in page(clerk.post(HERE, visit(**ASKS)))
    assert "当场答复" not in page(clerk.post(HERE, visit()))
    assert at_once(clerk, answer_1="好的").status_code == 303
    assert Petition.objects.get().state == "registered"


def test_an_enquiry_is_filed_registered_answered_and_taken_home_in_one_step(
    cast: Cast, clerk: Client
) -> None:
    who = cast.staff["officer_civil"]
    answered = {
        "answer_1": "三号窗口。",
        "answer_2": "身份证。",
        "basis": "便民规定",
        "answered_by": str(who.pk),
    }
    sent = at_once(clerk, **ASKS, **answered)
    assert sent.status_code == 303

    petition = Petition.objects.get()
    assert (petition.state, petition.liaison) == ("settled", who)
    receipt = page(clerk.get(sent["Location"]))
    for word in ("三号窗口。", "身份证。", "便民规定", "当场的答复"):
        assert word in receipt
    shown = page(clerk.get(f"/console/petitions/{petition.reference}/"))
    assert "三号窗口。" in shown


def test_a_question_left_open_keeps_everything_back_and_every_word_on_the_page(
    cast: Cast, clerk: Client
) -> None:
    me = str(cast.staff["clerk"].pk)
    answer = at_once(clerk, **ASKS, answer_1="三号窗口。", answered_by=me)
    assert answer.status_code == 422
    shown = page(answer)
    assert 'href="#id_answer_2"' in shown
    assert "三号窗口。" in shown
    assert Petition.objects.count() == 0
    assert OutboxMessage.objects.count() == 0
    back = page(at_once(clerk, **ASKS, answer_1="三号窗口。", answered_by=me, back="1"))
    assert 'name="answer_1" value="三号窗口。"' in back


def test_answered_or_not_a_second_click_answers_once(cast: Cast, clerk: Client) -> None:
    answered = {"answer_1": "三号窗口。", "answer_2": "身份证。", "answered_by": str(cast.staff["clerk"].pk)}
    form = visit(checked="1", **ASKS, **answered)
    assert [clerk.post(HERE, form).status_code for _ in range(2)] == [303, 303]
    assert LedgerEvent.objects.filter(kind=EventKind.REPLY_SENT).count() == 1
