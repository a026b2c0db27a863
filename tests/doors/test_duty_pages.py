"""The duties beside the answer, through the staff door: forms by role and state, refusals at their fields."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiying.petitions import actions
from huiying.petitions.models import FollowUp, Petition, RetaliationReport, SpamMark
from huiying.records import clock
from huiying.rules.matters import RatedSide, RatingScore, RecusalGround
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import answer_all, filed, filing, handling, named, settled

REASON = "涉及三个村组的权属"


@pytest.fixture
def now() -> Any:
    return clock.now()


def browser(cast: Cast, who: str) -> Client:
    return signed_in(Client(), cast.staff[who])


def page(client: Client, petition: Petition) -> str:
    return client.get(reverse("console:petition_page", args=[petition.reference])).content.decode()


def post(client: Client, name: str, petition: Petition, data: dict[str, Any], *more: int) -> Any:
    return client.post(reverse(f"console:{name}", args=[petition.reference, *more]), data)


def test_an_officer_asks_the_head_approves_with_a_tick_and_everyone_else_sees_no_form(
    cast: Cast, now: Any
) -> None:
    petition = handling(cast, at=now)
    officer, head = browser(cast, "officer_works"), browser(cast, "head_works")
    assert "申请延期" in page(officer, petition)
    assert "申请延期" not in page(browser(cast, "clerk"), petition)
    wrong = post(officer, "petition_extension_ask", petition, {"extend_days": "31", "extend_reason": REASON})
    assert wrong.status_code == 422
    assert 'id="id_extend_days-error"' in wrong.content.decode()
    assert REASON in wrong.content.decode()
    right = post(officer, "petition_extension_ask", petition, {"extend_days": "20", "extend_reason": REASON})
    assert right.status_code == 303
    row = petition.extensions.get().pk
    unticked = post(head, "petition_extension_approve", petition, {"approve_extension_row": row})
    assert unticked.status_code == 422
    stale = {"approve_extension_row": row + 1, "approve_extension_sure": "1"}
    assert post(head, "petition_extension_approve", petition, stale).status_code == 404
    ticked = {"approve_extension_row": row, "approve_extension_sure": "1"}
    assert post(head, "petition_extension_approve", petition, ticked).status_code == 303
    assert petition.extensions.get().state == "approved"


def test_an_objection_goes_to_the_petition_office_and_back(cast: Cast, now: Any) -> None:
    petition = handling(cast, at=now)
    officer, clerk = browser(cast, "officer_works"), browser(cast, "clerk")
    assert post(officer, "petition_objection_raise", petition, {"object_reason": ""}).status_code == 422
    data = {"object_reason": "属民政", "object_competent": "民政办"}
    assert post(officer, "petition_objection_raise", petition, data).status_code == 303
    assert "属民政" in page(clerk, petition)
    row = petition.objections.get().pk
    refuse = {"refuse_objection_row": row, "refuse_objection_words": " "}
    assert post(clerk, "petition_objection_refuse", petition, refuse).status_code == 422
    agree = {"agree_objection_row": row, "agree_objection_sure": "1"}
    assert post(clerk, "petition_objection_agree", petition, agree).status_code == 303
    petition.refresh_from_db()
    assert petition.state == "accepted"


def test_a_promise_is_reported_by_the_unit_and_verified_by_the_petition_office(cast: Cast, now: Any) -> None:
    petition = handling(cast, at=now)
    answer_all(cast, petition, now)
    actions.reply_send(petition=petition, by=cast.head_works, at=now)
    officer, clerk = browser(cast, "officer_works"), browser(cast, "clerk")
    first = petition.executions.get(claim__number=1)
    data = {"report_1_row": first.pk, "report_1_report": "已清淤"}
    assert post(officer, "petition_execution_report", petition, data, 1).status_code == 303
    back = {"return_1_row": first.pk, "return_1_verdict": ""}
    assert post(clerk, "petition_execution_return", petition, back, 1).status_code == 422
    good = {"verify_1_row": first.pk, "verify_1_sure": "1", "verify_1_verdict": "看过现场"}
    assert post(clerk, "petition_execution_verify", petition, good, 1).status_code == 303
    assert "看过现场" in page(officer, petition)
    nothing = {"verify_9_row": first.pk, "verify_9_sure": "1"}
    assert post(clerk, "petition_execution_verify", petition, nothing, 9).status_code == 404


def test_who_recuses_themselves_is_led_back_to_the_list(cast: Cast, now: Any) -> None:
    petition = handling(cast, at=now)
    head = browser(cast, "head_works")
    data = {"recuse_staff": cast.staff["head_works"].pk, "recuse_ground": "interest", "recuse_sure": "1"}
    answer = post(head, "petition_recuse", petition, data)
    assert (answer.status_code, answer["Location"]) == (303, reverse("console:petitions"))
    assert head.get(reverse("console:petition_page", args=[petition.reference])).status_code == 404


def test_a_head_takes_a_recusal_back_with_a_reason_and_the_page_tells_of_it(cast: Cast, now: Any) -> None:
    petition, clerk, head = handling(cast, at=now), browser(cast, "clerk"), browser(cast, "head_works")
    data = {"recuse_staff": cast.staff["officer_works"].pk, "recuse_ground": "interest", "recuse_sure": "1"}
    post(clerk, "petition_recuse", petition, data)
    row = petition.recusals.get().pk
    assert "的回避" not in page(browser(cast, "supervisor"), petition)
    assert "撤销 青溪承办甲 的回避" in page(head, petition)
    assert post(head, "recusal_end", petition, {f"recusal_end_{row}_reason": ""}, row).status_code == 422
    told = {f"recusal_end_{row}_reason": "不是同一户人家"}
    assert post(head, "recusal_end", petition, told, row).status_code == 303
    assert "不是同一户人家" in page(clerk, petition)
    assert post(head, "recusal_end", petition, told, row).status_code == 404


def test_a_clerk_classifies_and_bad_words_stay_at_their_field(cast: Cast, now: Any) -> None:
    petition, clerk = filed(cast, at=now).petition, browser(cast, "clerk")
    wrong = post(clerk, "petition_classify", petition, {"classify_joint_count": "很多"})
    assert wrong.status_code == 422
    assert "很多" in wrong.content.decode()
    data = {"classify_respondent_unit": cast.units["works"].pk, "classify_urgent_need": "1"}
    assert post(clerk, "petition_classify", petition, data).status_code == 303
    petition.refresh_from_db()
    assert (petition.respondent_unit, petition.urgent_need) == (cast.units["works"], True)


def test_a_doubt_is_suggested_proposed_confirmed_and_lifted(cast: Cast, now: Any) -> None:
    text = "低息贷款秒到账，限时优惠，加微信 xyz 私聊"
    petition = filed(cast, filing(text=text), at=now).petition
    clerk, supervisor = browser(cast, "clerk"), browser(cast, "supervisor")
    assert "推销用语" in page(clerk, petition)
    assert post(clerk, "petition_spam_propose", petition, {"spam_reason": "推销"}).status_code == 303
    assert petition.reference in supervisor.get(reverse("console:supervision")).content.decode()
    row = SpamMark.objects.get().pk
    data = {"confirm_spam_row": row, "confirm_spam_sure": "1"}
    assert post(supervisor, "petition_spam_confirm", petition, data).status_code == 303
    assert petition.reference not in clerk.get(reverse("console:petitions")).content.decode()
    assert "推销" in page(clerk, petition)
    assert post(supervisor, "petition_spam_lift", petition, {"lift_spam_row": row}).status_code == 303
    assert petition.reference in clerk.get(reverse("console:petitions")).content.decode()


def test_a_settled_matter_is_reopened_from_its_page(cast: Cast, now: Any) -> None:
    petition, clerk = settled(cast, at=now), browser(cast, "clerk")
    data = {"reopen_reason": "又塌了一处", "reopen_sure": "1"}
    assert post(clerk, "petition_reopen", petition, data).status_code == 303
    petition.refresh_from_db()
    assert (petition.state, petition.round) == ("handling", 2)


def test_the_head_sees_the_unit_and_no_other_and_no_single_rating(cast: Cast, now: Any) -> None:
    petition = handling(cast, at=now)
    rated = settled(cast, at=now)
    scores = dict.fromkeys(RatedSide, RatingScore.DISSATISFIED)
    actions.petition_rate(petition=rated, scores=scores, words="拖了三个月", at=now)
    head = browser(cast, "head_works")
    actions.extension_ask(petition=petition, days=9, reason=REASON, by=cast.officer_works, at=now)
    shown = head.get(reverse("console:unit")).content.decode()
    assert "等您批准的延期" in shown
    assert petition.reference in shown
    for where in (reverse("console:unit"), reverse("console:petition_page", args=[rated.reference])):
        told = head.get(where).content.decode()
        assert "拖了三个月" not in told
        assert "不满意 " not in told
    other = browser(cast, "head_civil").get(reverse("console:unit"), {"unit": cast.units["works"].pk})
    assert petition.reference not in other.content.decode()
    assert "民政办" in other.content.decode()


def test_retaliation_is_answered_on_the_supervisors_page_and_nowhere_else(cast: Cast, now: Any) -> None:
    petition = handling(cast, named(), at=now)
    actions.retaliation_report(petition=petition, text="夜里有人砸门", at=now)
    report, supervisor = RetaliationReport.objects.get(), browser(cast, "supervisor")
    for who in ("clerk", "officer_works", "head_works"):
        client = browser(cast, who)
        for where in (
            reverse("console:home"),
            reverse("console:petition_page", args=[petition.reference]),
            reverse("console:petitions"),
        ):
            told = client.get(where).content.decode()
            assert "砸门" not in told
            assert "报复" not in told
    assert "打击报复" in supervisor.get(reverse("console:home")).content.decode()
    assert "夜里有人砸门" in supervisor.get(reverse("console:supervision")).content.decode()
    where = reverse("console:retaliation_answer", args=[report.pk])
    assert supervisor.post(where, {"answer": " "}).status_code == 422
    assert supervisor.post(where, {"answer": "已联系派出所"}).status_code == 303
    assert supervisor.post(where, {"answer": "再答"}).status_code == 409


def test_the_petition_office_follows_up_a_low_rating(cast: Cast, now: Any) -> None:
    petition = settled(cast, at=now)
    scores = dict.fromkeys(RatedSide, RatingScore.DISSATISFIED)
    actions.petition_rate(petition=petition, scores=scores, words="拖了三个月", at=now)
    clerk = browser(cast, "clerk")
    assert "拖了三个月" in clerk.get(reverse("console:follow_ups")).content.decode()
    assert "拖了三个月" in page(clerk, petition)
    first = FollowUp.objects.order_by("id")[0]
    where = reverse("console:follow_up_close", args=[first.pk])
    wrong = clerk.post(where, {"words": ""})
    assert wrong.status_code == 422
    assert f'id="id_words_{first.pk}-error"' in wrong.content.decode()
    assert clerk.post(where, {"words": "已督促清淤"}).status_code == 303


def test_my_day_shows_each_role_what_waits_for_it(cast: Cast, now: Any) -> None:
    petition = handling(cast, at=now)
    actions.extension_ask(petition=petition, days=9, reason=REASON, by=cast.officer_works, at=now)
    actions.objection_raise(petition=petition, reason="不属", by=cast.officer_works, at=now)
    home = reverse("console:home")
    assert "等您批准的延期" in browser(cast, "head_works").get(home).content.decode()
    assert "等您答复的异议" in browser(cast, "clerk").get(home).content.decode()
    assert "等您批准的延期" not in browser(cast, "head_civil").get(home).content.decode()


def test_the_day_for_carrying_out_is_asked_before_the_reply_leaves(cast: Cast, now: Any) -> None:
    petition, head = handling(cast, at=now), browser(cast, "head_works")
    answer_all(cast, petition, now)
    where = reverse("console:reply_send", args=[petition.reference])
    assert 'name="execute_by"' in head.get(where).content.decode()
    for wrong in ("2020-01-01", "后天", "9999-12-31"):
        answer = head.post(where, {"execute_by": wrong})
        assert answer.status_code == 422
        assert 'id="id_execute_by-error"' in answer.content.decode()
        assert wrong in answer.content.decode()
    petition.refresh_from_db()
    assert petition.state == "handling"
    named_day = clock.today() + timedelta(days=12)
    assert head.post(where, {"execute_by": named_day.isoformat()}).status_code == 303
    assert {each.due_on for each in petition.executions.all()} == {named_day}


def test_a_recused_auditor_reads_nothing_of_the_matter_in_the_ledger(cast: Cast, now: Any) -> None:
    petition, auditor = handling(cast, at=now), browser(cast, "auditor")
    where = reverse("console:ledger")
    asked = {"subject_kind": "petition", "subject_id": str(petition.pk)}
    before = auditor.get(where, asked).content.decode()
    assert f"信访事项 {petition.pk}" in before
    actions.petition_recuse(
        petition=petition,
        staff=cast.staff["auditor"],
        ground=RecusalGround.COMPLAINED_OF,
        by=cast.clerk,
        at=now,
    )
    after = auditor.get(where, asked).content.decode()
    assert f"信访事项 {petition.pk}" not in after
