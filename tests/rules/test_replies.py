"""A reply leaves only when every claim is answered on every part."""

from datetime import date

import pytest

from huiying.rules.calendar import china_calendar
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle import ClaimOutcome, PetitionKind
from huiying.rules.refusals import Incomplete
from huiying.rules.reply import (
    MET_BY_REPLY,
    OWED,
    REVIEWABLE,
    ClaimAnswer,
    Missing,
    ReplyPart,
    check_complete,
    missing_parts,
    remedy_statement,
)

FULL = {
    "outcome": ClaimOutcome.SUPPORTED,
    "facts": "经查，路灯自三月起不亮。",
    "opinion": "予以支持，本月内修好。",
    "basis": "《城市道路管理条例》",
    "remedy": "可以请求县住建局复查。",
}


def answer(claim: str = "1", **changed: object) -> ClaimAnswer:
    return ClaimAnswer(claim, **{**FULL, **changed})  # type: ignore[arg-type]


def test_a_reply_that_answers_every_point_may_leave() -> None:
    assert missing_parts([answer("1"), answer("2")]) == ()
    check_complete([answer()])


@pytest.mark.parametrize("part", [part for part in ReplyPart if part is not ReplyPart.CLAIM])
def test_one_missing_part_of_one_claim_keeps_the_reply(part: ReplyPart) -> None:
    emptied = answer("2", **{part.value: None if part is ReplyPart.OUTCOME else " \n"})
    assert missing_parts([answer("1"), emptied]) == (Missing("2", part),)


def test_a_suggestion_is_owed_reasons_and_what_becomes_of_it_and_an_enquiry_its_answer() -> None:
    bare = ClaimAnswer("1")
    assert missing_parts([bare], PetitionKind.SUGGESTION) == (
        Missing("1", ReplyPart.FACTS),
        Missing("1", ReplyPart.OPINION),
    )
    assert missing_parts([bare], PetitionKind.ENQUIRY) == (Missing("1", ReplyPart.OPINION),)
    check_complete([ClaimAnswer("1", opinion="周一至周五上午办理。")], PetitionKind.ENQUIRY)


def test_an_enquirys_missing_answer_is_called_an_answer() -> None:
    with pytest.raises(Incomplete) as refusal:
        check_complete([ClaimAnswer("1")], PetitionKind.ENQUIRY)
    assert refusal.value.fields == {"1.opinion": "还缺：答复"}


def test_every_kind_says_what_it_owes_and_only_a_request_opens_a_review() -> None:
    assert set(OWED) == set(PetitionKind)
    assert MET_BY_REPLY == {
        PetitionKind.REQUEST: Clock.HANDLE,
        PetitionKind.SUGGESTION: Clock.SUGGESTION,
        PetitionKind.ENQUIRY: Clock.ENQUIRY,
    }
    assert {PetitionKind.REQUEST} == REVIEWABLE


def test_a_reply_to_no_claim_at_all_may_not_leave() -> None:
    assert missing_parts([]) == (Missing("", ReplyPart.CLAIM),)


def test_the_refusal_names_each_claim_and_part() -> None:
    with pytest.raises(Incomplete) as refusal:
        check_complete([answer("1", basis=""), ClaimAnswer("2")])
    assert list(refusal.value.fields) == [
        "1.basis",
        "2.outcome",
        "2.facts",
        "2.opinion",
        "2.basis",
        "2.remedy",
    ]
    assert refusal.value.article == "信访工作条例 art. 32"


def test_the_remedy_names_the_unit_above_the_window_and_its_last_day() -> None:
    remedy = remedy_statement("县住建局", received_on=date(2026, 4, 16), calendar=china_calendar([2026]))
    assert "县住建局复查" in remedy.text
    assert "30日内" in remedy.text
    assert "2026年5月18日" in remedy.text
    assert remedy.due is not None
    assert remedy.due.due_on == date(2026, 5, 18)


def test_before_the_reply_is_received_the_remedy_names_no_date() -> None:
    remedy = remedy_statement("县住建局")
    assert remedy.due is None
    assert "最后一日" not in remedy.text


def test_a_remedy_without_the_unit_above_is_refused() -> None:
    with pytest.raises(Incomplete):
        remedy_statement("  ")
