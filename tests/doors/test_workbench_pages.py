"""The workbench by its doors: drafts, findings, messages, help of other units, and the last look before a reply leaves."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiying.petitions import actions
from huiying.petitions.models import Assistance, Message, Petition
from huiying.records import clock
from huiying.rules.lifecycle.petition import PetitionKind
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import (
    MONDAY,
    answer_all,
    approve,
    confidential,
    filing,
    handling,
    replied,
    settled,
)

PARTS = {"outcome": "explained", "facts": "核实", "opinion": "说明", "basis": "条例", "remedy": "复查"}


def door(cast: Cast, who: str) -> Client:
    """A browser in which this person is signed in."""
    return signed_in(Client(), cast.staff[who])


def address(name: str, petition: Petition, *more: int) -> str:
    return reverse(f"console:{name}", args=[petition.reference, *more])


def act(browser: Client, name: str, petition: Petition, *more: int, **sent: Any) -> Any:
    return browser.post(address(name, petition, *more), sent)


def page(browser: Client, name: str, petition: Petition) -> str:
    return browser.get(address(name, petition)).content.decode()


def workbench(browser: Client, petition: Petition) -> str:
    return page(browser, "petition_page", petition)


def missing(shown: str, field: str) -> bool:
    """Whether the mark of that field is to be seen."""
    found = re.search(rf'<span data-missing="id_{re.escape(field)}"( hidden)?>', shown)
    assert found, field
    return found.group(1) is None


def test_the_way_on_is_never_called_missing_where_the_officer_sees_it(cast: Cast) -> None:
    shown = workbench(door(cast, "officer_works"), handling(cast))
    assert "30日内，请求" in shown
    assert not missing(shown, "1.remedy")
    assert missing(shown, "1.facts")


def test_what_a_claim_lacks_is_marked_part_by_part(cast: Cast) -> None:
    petition, browser = handling(cast), door(cast, "officer_works")
    act(browser, "claim_answer", petition, 1, **{**PARTS, "basis": " "})
    shown = workbench(browser, petition)
    assert missing(shown, "1.basis")
    assert not missing(shown, "1.opinion")
    assert missing(shown, "2.outcome")


def test_no_id_stands_twice_on_the_page(cast: Cast) -> None:
    petition = handling(cast)
    for who in ("officer_works", "head_works", "clerk"):
        ids = re.findall(r'\sid="([^"]+)"', workbench(door(cast, who), petition))
        assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})


def test_an_enquirys_form_asks_for_the_answer_and_no_outcome(cast: Cast) -> None:
    petition, browser = handling(cast, filing(kind=PetitionKind.ENQUIRY)), door(cast, "officer_works")
    shown = workbench(browser, petition)
    assert 'name="outcome"' not in shown
    assert 'name="remedy"' not in shown
    assert missing(shown, "1.opinion")
    for number in (1, 2):
        act(browser, "claim_answer", petition, number, opinion="周一上午办理。")
    assert act(browser, "draft_submit", petition).status_code == 303


def test_an_answer_that_is_too_long_comes_back_whole(cast: Cast) -> None:
    typed = "长" * 20_001
    answer = act(door(cast, "officer_works"), "claim_answer", handling(cast), 1, **{**PARTS, "facts": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()


def test_a_finding_is_noted_and_quoted_into_the_facts_with_one_button(cast: Cast) -> None:
    petition, browser = handling(cast), door(cast, "officer_works")
    noted = {"finding_how": "on_site", "finding_found_on": "2026-01-05", "finding_words": "淤塞 40 米。"}
    assert act(browser, "fact_finding_note", petition, **noted).status_code == 303
    finding = petition.fact_findings.get()
    act(browser, "claim_answer", petition, 1, **{**PARTS, "facts": "另据档案。"}, quote=finding.pk)
    claim = petition.claims.get(number=1)
    assert claim.facts == "另据档案。\n淤塞 40 米。"
    assert claim.opinion == "说明"


@pytest.mark.parametrize("day", ["2999-01-01", "昨天", "2026-13-01", ""])
def test_a_finding_of_no_day_or_of_tomorrow_comes_back_as_typed(cast: Cast, day: str) -> None:
    sent = {"finding_how": "on_site", "finding_found_on": day, "finding_words": "淤塞属实😀"}
    answer = act(door(cast, "officer_works"), "fact_finding_note", handling(cast), **sent)
    assert answer.status_code == 422
    assert "淤塞属实😀" in answer.content.decode()
    assert 'id="id_finding_found_on-error"' in answer.content.decode()


def test_evidence_is_listed_and_printed(cast: Cast) -> None:
    petition, browser = handling(cast), door(cast, "officer_works")
    refused = act(browser, "evidence_add", petition, evidence_what="照片 3 张", evidence_source="")
    assert refused.status_code == 422
    assert "照片 3 张" in refused.content.decode()
    sent = {"evidence_what": "照片 3 张", "evidence_source": "现场拍摄", "evidence_claim": "2"}
    assert act(browser, "evidence_add", petition, **sent).status_code == 303
    assert "照片 3 张" in page(browser, "evidence_printed", petition)
    assert door(cast, "officer_civil").get(address("evidence_printed", petition)).status_code == 404


def test_a_piece_of_evidence_brings_its_file_which_the_other_unit_never_opens(cast: Cast) -> None:
    petition, browser = handling(cast), door(cast, "officer_works")
    sent = {"evidence_what": "渠口照片", "evidence_source": "现场拍摄"}
    note = SimpleUploadedFile("渠口.txt", "水渠淤塞约 40 米。".encode(), "text/plain")
    assert act(browser, "evidence_add", petition, **sent, evidence_file=note).status_code == 303
    shown = browser.get(address("evidence_file", petition, 1))
    assert shown.content.decode() == "水渠淤塞约 40 米。"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert door(cast, "clerk").get(address("evidence_file", petition, 1)).status_code == 200
    assert door(cast, "officer_civil").get(address("evidence_file", petition, 1)).status_code == 404
    assert browser.get(address("evidence_file", petition, 2)).status_code == 404
    wrong = SimpleUploadedFile("x.jpg", b"MZ\x90\x00 program", "image/jpeg")
    refused = act(browser, "evidence_add", petition, **sent, evidence_file=wrong)
    assert refused.status_code == 422
    assert (
        "渠口照片" in refused.content.decode() and 'id="id_evidence_file-error"' in refused.content.decode()
    )
    assert petition.evidence.count() == 1


def test_before_it_leaves_exactly_what_leaves_is_shown_and_a_change_meanwhile_is_shown_again(
    cast: Cast,
) -> None:
    petition, head = approve(cast, handling(cast)), door(cast, "head_works")
    shown = page(head, "reply_send", petition)
    mark = re.search(r'name="shown" value="(\w+)"', shown)
    assert mark
    assert "现场核实水渠淤塞 40 米。" in shown
    answer_all(cast, petition, facts="改成了别的话。")
    again = act(head, "reply_send", petition, shown=mark.group(1))
    assert again.status_code == 409
    assert "改成了别的话。" in again.content.decode()
    assert Petition.objects.get(pk=petition.pk).state == "handling"
    fresh = re.search(r'name="shown" value="(\w+)"', again.content.decode())
    assert fresh
    assert act(head, "reply_send", petition, shown=fresh.group(1)).status_code == 303


def test_an_officer_is_shown_a_draft_that_waits_but_cannot_send_it(cast: Cast) -> None:
    petition, browser = handling(cast), door(cast, "officer_works")
    answer_all(cast, petition)
    assert "还没有经本单位负责人审核同意" in page(browser, "reply_send", petition)
    assert act(browser, "reply_send", petition).status_code == 409


def test_the_reply_prints_as_it_left_and_the_draft_is_marked_as_one(cast: Cast) -> None:
    draft, sent = handling(cast), settled(cast)
    answer_all(cast, draft)
    assert "草稿，还没有发出" in page(door(cast, "officer_works"), "reply_printed", draft)
    assert door(cast, "clerk").get(address("reply_printed", draft)).status_code == 404
    paper = page(door(cast, "clerk"), "reply_printed", sent)
    assert "信访事项处理意见书" in paper
    assert "申请复查的最后一日" in paper
    assert "草稿，还没有发出" not in paper


def test_a_draft_is_not_shown_to_the_petition_office_before_it_is_sent(cast: Cast) -> None:
    petition = handling(cast)
    answer_all(cast, petition, facts="草稿里的话")
    assert "草稿里的话" not in workbench(door(cast, "clerk"), petition)
    actions.reply_send(petition=petition, by=cast.head_works, at=clock.now())
    assert "草稿里的话" in workbench(door(cast, "clerk"), petition)


def test_the_person_is_asked_and_the_page_says_that_the_period_runs_on(cast: Cast) -> None:
    petition, browser = handling(cast), door(cast, "officer_works")
    assert "提问不会停下办理期限" in workbench(browser, petition)
    assert act(browser, "message_write", petition, messages_text=" ").status_code == 422
    assert act(browser, "message_write", petition, messages_text="哪一段？", question="1").status_code == 303
    assert Message.objects.get().kind == "question"
    assert "哪一段？" in workbench(browser, petition)


def test_of_a_confidential_matter_the_unit_gets_a_message_only_as_it_was_passed_on(cast: Cast) -> None:
    petition = handling(cast, confidential())
    told = actions.message_say(petition=petition, text="我是柳巷七号的。", at=MONDAY)
    unit, office = door(cast, "officer_works"), door(cast, "clerk")
    assert "柳巷七号" not in workbench(unit, petition)
    assert "柳巷七号" in workbench(office, petition)
    assert act(unit, "message_pass", petition, told.pk, **{f"pass_{told.pk}": "一段"}).status_code == 403
    assert act(office, "message_pass", petition, told.pk, **{f"pass_{told.pk}": " "}).status_code == 422
    assert (
        act(office, "message_pass", petition, told.pk, **{f"pass_{told.pk}": "下游一段"}).status_code == 303
    )
    shown = workbench(unit, petition)
    assert "下游一段" in shown
    assert "柳巷七号" not in shown


def test_another_unit_answers_a_question_without_seeing_the_petition(cast: Cast) -> None:
    petition = handling(cast, at=clock.now())
    sent = {
        "assistance_unit": cast.units["civil"].pk,
        "assistance_question": "这一段渠归谁管？",
        "assistance_due_on": clock.today().isoformat(),
    }
    assert act(door(cast, "officer_works"), "assistance_ask", petition, **sent).status_code == 303
    asked, other = Assistance.objects.get(), door(cast, "officer_civil")
    theirs = other.get(reverse("console:assistances")).content.decode()
    assert "这一段渠归谁管？" in theirs
    assert petition.reference not in theirs
    assert "老人出门不便" not in theirs
    reply = reverse("console:assistance_answer", args=[asked.pk])
    assert door(cast, "officer_works").post(reply, {f"answer_{asked.pk}": "我"}).status_code == 404
    assert other.post(reply, {f"answer_{asked.pk}": ""}).status_code == 422
    assert other.post(reply, {f"answer_{asked.pk}": "归村委会。"}).status_code == 303
    assert "归村委会。" in workbench(door(cast, "officer_works"), petition)


def test_a_workbench_costs_few_questions_however_much_lies_beside_it(cast: Cast) -> None:
    petition, browser = handling(cast), door(cast, "officer_works")
    workbench(browser, petition)
    with CaptureQueriesContext(connection) as bare:
        workbench(browser, petition)
    for day in range(1, 4):
        sent = {"finding_how": "papers", "finding_found_on": f"2026-01-0{day}", "finding_words": "查档"}
        act(browser, "fact_finding_note", petition, **sent)
        act(browser, "message_write", petition, messages_text=f"第 {day} 次留言")
    with CaptureQueriesContext(connection) as full:
        workbench(browser, petition)
    assert len(bare) <= 20
    assert len(full) <= len(bare) + 2


def test_after_the_answer_nothing_more_is_established_from_the_page(cast: Cast) -> None:
    shown = workbench(door(cast, "officer_works"), replied(cast))
    assert "记录一次核实" not in shown
    assert 'name="facts"' not in shown
