"""The four steps of filing beyond the bare words: about whom, how urgent, in which language, with which papers."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings

from huiying.petitions import gate
from huiying.petitions.models import Petition
from huiying.petitions.selectors import history_of
from huiying.records import files
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.models import Category
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.web.portal.filing.words import KINDS
from huiying.web.shared import throttle
from tests.cast import Cast
from tests.petitioner import CLAIMS, CODE, REFERENCE, WORDS, Petitioner, words

DRAFT = re.compile(r'name="draft" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    throttle.clear()
    yield
    throttle.clear()


def filed_with(step_two: dict[str, Any], **step_one: Any) -> tuple[Petition, Petitioner]:
    person = Petitioner()
    person.tells(**step_one)
    answer = person.browser.post(person.at("file", "where"), step_two)
    assert answer.status_code == 303, words(answer)
    person.chooses("anonymous")
    found = re.search(r'name="filing_key" value="([^"]+)"', words(person.checks()))
    assert found
    assert person.sends(found[1]).status_code == 303
    return Petition.objects.get(), person


def test_every_kind_says_in_one_sentence_what_happens_and_by_when(cast: Cast) -> None:
    assert set(KINDS) == set(PetitionKind)
    page = words(Client().get("/qingxi/file/"))
    for label, hint in KINDS.values():
        assert label in page
        assert hint in page
    assert "5 个工作日内答复" in KINDS[PetitionKind.ENQUIRY][1]
    assert "只有督办岗位读得到" in KINDS[PetitionKind.ACCUSATION][1]


def test_what_is_said_in_step_two_is_kept_checked_and_filed(cast: Cast) -> None:
    told = {
        "where": "下河村渠首",
        "when": "去年秋天",
        "position": "30.1234,120.5678",
        "respondent": "镇水利站",
        "urgent_need": "1",
        "joint_count": "１２",
        "spoken": "za",
        "help_needed": ["interpreter", "large_print"],
    }
    petition, _ = filed_with(told)
    assert (petition.happened_where, petition.happened_when) == ("下河村渠首", "去年秋天")
    assert (petition.latitude, petition.longitude) == (30.1234, 120.5678)
    assert petition.respondent == "镇水利站"
    assert (petition.urgent_need, petition.joint, petition.joint_count) == (True, True, 12)
    assert (petition.spoken, petition.help_needed) == ("za", "interpreter,large_print")
    assert petition.danger is False


def test_the_check_page_shows_every_answer_and_leads_back_to_its_field(cast: Cast) -> None:
    person = Petitioner()
    person.tells(category="land")
    person.browser.post(
        person.at("file", "where"),
        {
            "respondent": "镇水利站",
            "joint_count": "3",
            "danger": "1",
            "spoken": "bo",
            "help_needed": "reading_aid",
        },
    )
    person.chooses("anonymous")
    page = words(person.checks())
    for answer in ("土地与农业", "镇水利站", "有人正处在危险中", "藏语", "代读代写"):
        assert answer in page
    for field in ("category", "respondent", "joint_count", "danger", "spoken", "help_needed"):
        assert f"#id_{field}" in page


@pytest.mark.parametrize(
    ("field", "typed", "at"),
    [
        ("joint_count", "一家人", "joint_count"),
        ("joint_count", "1", "joint_count"),
        ("joint_count", "99999999", "joint_count"),
        ("position", "91.0,10", "where"),
        ("position", "这里", "where"),
        ("respondent", "长" * 201, "respondent"),
    ],
)
def test_what_is_wrong_in_step_two_is_said_at_its_field_and_stays(
    cast: Cast, field: str, typed: str, at: str
) -> None:
    person = Petitioner()
    person.tells()
    answer = person.browser.post(person.at("file", "where"), {"when": "去年秋天", field: typed})
    assert answer.status_code == 422
    assert f'href="#id_{at}"' in words(answer)
    assert typed in words(answer)
    assert "去年秋天" in words(answer)


def test_nothing_in_step_two_is_asked_for_and_odd_choices_are_none(cast: Cast) -> None:
    petition, _ = filed_with({"spoken": "klingon", "help_needed": ["a chair"]}, category="nowhere/land")
    assert (petition.spoken, petition.help_needed, petition.matter) == ("zh", "", "other")


def test_a_category_names_its_field_and_an_ended_or_foreign_one_is_left_out(cast: Cast) -> None:
    own, foreign = (
        Category.objects.create(body=body, matter="land", code=code, label=code)
        for body, code in ((cast.body, "canals"), (cast.baishi, "wells"))
    )
    page = words(Client().get("/qingxi/file/"))
    assert f'value="land/{own.code}"' in page
    assert foreign.code not in page
    petition, _ = filed_with({}, category="land/canals")
    assert (petition.matter, petition.category) == ("land", own)


def test_a_category_of_another_body_leaves_only_the_field(cast: Cast) -> None:
    Category.objects.create(body=cast.baishi, matter="land", code="wells", label="水井")
    petition, _ = filed_with({}, category="land/wells")
    assert (petition.matter, petition.category) == ("land", None)


def test_two_tabs_are_two_drafts_and_two_petitions(cast: Cast) -> None:
    person = Petitioner()
    first, second = (DRAFT.search(words(person.browser.get("/qingxi/file/?draft=new"))) for _ in range(2))
    assert first
    assert second
    assert first[1] != second[1]
    for draft, text in ((first[1], "第一件事"), (second[1], "第二件事")):
        person.tells(text=text, draft=draft)
    for draft, text in ((first[1], "第一件事"), (second[1], "第二件事")):
        answer = person.browser.post("/qingxi/file/where/", {"draft": draft})
        assert answer["Location"] == f"/qingxi/file/name/?draft={draft}"
        answer = person.browser.post("/qingxi/file/name/", {"draft": draft, "confidentiality": "anonymous"})
        assert text in words(person.browser.get(answer["Location"]))
    told = []
    for draft in (first[1], second[1]):
        sent = person.browser.post("/qingxi/file/check/", {"draft": draft, "filing_key": draft})
        found = REFERENCE.search(words(person.browser.get(sent["Location"])))
        assert found
        told.append(found[1])
    assert len(set(told)) == 2
    texts = [Petition.objects.get(reference=reference).submissions.get().text for reference in told]
    assert texts == ["第一件事", "第二件事"]


def test_a_draft_left_behind_is_offered_with_a_way_to_begin_anew(cast: Cast) -> None:
    person = Petitioner()
    person.tells()
    again = words(person.browser.get("/qingxi/file/"))
    assert WORDS in again
    assert "另写一份新的" in again
    assert WORDS not in words(person.browser.get("/qingxi/file/?draft=new"))
    assert WORDS in words(person.browser.get("/qingxi/file/"))


def test_only_so_many_drafts_are_kept_and_the_one_untouched_longest_goes(cast: Cast) -> None:
    person = Petitioner()
    keys = [str(uuid.uuid4()) for _ in range(10)]
    for number, key in enumerate(keys):
        person.tells(text=f"第{number}件", draft=key)
    assert "第0件" not in words(person.browser.get(f"/qingxi/file/?draft={keys[0]}"))
    assert "第9件" in words(person.browser.get(f"/qingxi/file/?draft={keys[9]}"))
    kept = [name for name in list(person.browser.session.keys()) if name.startswith("filing-")]
    assert len(kept) == 8


@pytest.mark.parametrize("named", ["'\"><script>", "../../etc", "1" * 5000, "\ud800", "0" * 32])
def test_a_drafts_key_that_is_none_is_no_draft(cast: Cast, named: str) -> None:
    person = Petitioner()
    sent = {
        "kind": "request",
        "text": WORDS,
        "claim_1": CLAIMS[0],
        "draft": named.encode("utf-8", "replace").decode(),
    }
    assert person.browser.post("/qingxi/file/", sent).status_code == 303
    assert "<script>" not in words(
        person.browser.get("/qingxi/file/", {"draft": named.encode("utf-8", "replace")})
    )


def test_whoever_writes_of_dying_is_shown_whom_to_ring_and_may_go_on(cast: Cast) -> None:
    person = Petitioner()
    assert person.tells(text="我真的不想活了").status_code == 303
    assert 'href="tel:12356"' in words(person.browser.get("/qingxi/file/where/"))
    person.places()
    person.chooses("anonymous")
    page = words(person.checks())
    assert 'href="tel:120"' in page
    key = re.search(r'name="filing_key" value="([^"]+)"', page)
    assert key
    person.sends(key[1])
    assert "已经通知值班人员" in person.receipt()
    assert OutboxMessage.objects.filter(letter="duty_called").count() == 1
    assert LedgerEvent.objects.filter(kind=EventKind.CRISIS_SHOWN).count() == 1


def test_an_everyday_text_is_shown_no_crisis_line(cast: Cast) -> None:
    _, person = filed_with({})
    assert "12356" not in person.receipt()


def test_danger_now_calls_the_duty_post_too(cast: Cast) -> None:
    _, person = filed_with({"danger": "1"})
    assert 'href="tel:110"' in person.receipt()
    assert OutboxMessage.objects.filter(letter="duty_called").count() == 1


def test_the_person_reads_nothing_of_the_call_in_their_history(cast: Cast) -> None:
    _, person = filed_with({"danger": "1"})
    found = REFERENCE.search(person.receipt())
    assert found
    petition = gate.petition_held(cast.body, Petition.objects.get().pk, found[1])
    assert EventKind.CRISIS_SHOWN not in [step.kind for step in history_of(petition)]


def test_only_the_step_of_the_place_may_ask_the_browser_where_it_is(cast: Cast) -> None:
    person = Petitioner()
    person.tells()
    assert "geolocation=(self)" in person.browser.get("/qingxi/file/where/")["Permissions-Policy"]
    for page in ("/qingxi/file/", "/qingxi/"):
        assert "geolocation=()" in person.browser.get(page)["Permissions-Policy"]


def sent_with(person: Petitioner, key: str, *papers: SimpleUploadedFile) -> Any:
    return person.browser.post("/qingxi/file/check/", {"filing_key": key, "file": list(papers)})


@pytest.fixture
def folder(tmp_path: Any, settings: Any) -> None:
    settings.HUIYING = {**settings.HUIYING, "data_dir": tmp_path}


def test_papers_are_filed_with_the_petition(cast: Cast, folder: None) -> None:
    person = Petitioner()
    key = person.ready()
    paper = SimpleUploadedFile("村里的通知.txt", "水渠由村里负责。".encode())
    assert sent_with(person, key, paper).status_code == 303
    assert [row.kind for row in files.of_subject("petition", Petition.objects.get().pk)] == ["text"]


def test_a_paper_that_is_refused_files_nothing_and_loses_no_word(cast: Cast, folder: None) -> None:
    person = Petitioner()
    key = person.ready()
    answer = sent_with(person, key, SimpleUploadedFile("程序.exe", b"MZ\x90\x00"))
    assert answer.status_code == 422
    assert 'href="#id_file"' in words(answer)
    assert WORDS in words(answer)
    assert Petition.objects.count() == 0
    assert person.sends(key).status_code == 303


def test_the_crisis_line_is_the_installations_own(cast: Cast, settings: Any) -> None:
    options = settings.HUIYING["options"].model_copy(update={"crisis_line": "400-000-0000"})
    with override_settings(HUIYING={**settings.HUIYING, "options": options}):
        person = Petitioner()
        person.tells(text="我真的不想活了")
        assert 'href="tel:400-000-0000"' in words(person.browser.get("/qingxi/file/where/"))


def test_two_tabs_that_send_at_the_same_moment_both_keep_their_codes(cast: Cast) -> None:
    person, tabs = Petitioner(), [str(uuid.uuid4()) for _ in range(2)]
    for tab in tabs:
        person.tells(text=f"事情 {tab}", draft=tab)
        person.browser.post("/qingxi/file/where/", {"draft": tab})
        person.browser.post("/qingxi/file/name/", {"draft": tab, "confidentiality": "anonymous"})
    other = Client()
    other.cookies.update(person.browser.cookies)
    waiting = [tabs[1]]

    def sent_in_between(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if "SELECT session_data" in sql and waiting:  # the first tab has read its session and not sent yet
            tab = waiting.pop()
            other.post("/qingxi/file/check/", {"draft": tab, "filing_key": tab})
        return found

    with connection.execute_wrapper(sent_in_between):
        person.browser.post("/qingxi/file/check/", {"draft": tabs[0], "filing_key": tabs[0]})
    for tab in tabs:
        assert CODE.search(words(person.browser.get(f"/qingxi/file/receipt/?draft={tab}")))
    assert Petition.objects.count() == 2
