"""Notices: facts first, two persons, duties met, corrections in the open."""

from datetime import timedelta
from typing import Any

import pytest

from huiying.emergency.models import InformationDue
from huiying.publishing import actions, selectors
from huiying.publishing.duties import duties_answered, duties_of
from huiying.publishing.gate import facts_for, notice_for, notices_for, published_notice, published_notices
from huiying.publishing.models import Notice, PressConference
from huiying.publishing.reasons import ReturnReason, WithdrawReason
from huiying.publishing.texts import NoticeText
from huiying.records.models import LedgerEvent
from huiying.registry.models import Post
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import NoticeState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.publishing import scenes
from tests.rooms.publishing.scenes import later


def test_another_bodys_staff_find_no_notice_and_no_fact(cast: Cast) -> None:
    notice = scenes.drafted(cast)
    with pytest.raises(NotThere):
        notice_for(cast.outside_leader, notice.reference)
    assert not facts_for(cast.outside_leader).exists()
    with pytest.raises(NotThere):
        actions.notice_approve(notice=scenes.submitted(cast), by=cast.outside_leader, at=later(hours=2))


def test_a_unit_head_reads_only_what_the_unit_issues(cast: Cast) -> None:
    notice = scenes.drafted(cast)
    assert notices_for(cast.head_works).get() == notice
    assert not notices_for(cast.head_civil).exists()


def test_the_public_sees_nothing_before_publication(cast: Cast) -> None:
    notice = scenes.approved(cast)
    assert not published_notices(cast.qingxi).exists()
    actions.notice_publish(notice=notice, by=cast.press_officer, at=later(hours=3))
    assert published_notice(cast.qingxi, notice.reference) == notice
    with pytest.raises(NotThere):
        published_notice(cast.baishi, notice.reference)


def test_a_fact_needs_a_source_and_lies_in_the_past(cast: Cast) -> None:
    with pytest.raises(Incomplete) as missing:
        actions.fact_record(
            text="墙歪了。", source="  ", established_at=later(), by=cast.press_officer, at=later()
        )
    assert set(missing.value.fields) == {"source"}
    with pytest.raises(Refusal, match="不能晚于现在"):
        actions.fact_record(
            text="墙歪了。", source="测量", established_at=later(hours=1), by=cast.press_officer, at=later()
        )


def test_a_notice_without_sources_or_unknowns_is_not_submitted(cast: Cast) -> None:
    bare = NoticeText(title="围墙", text="墙歪了。", contact="0571-0000 0003")
    notice = actions.notice_draft(text=bare, issuer=cast.units["works"], by=cast.press_officer, at=later())
    with pytest.raises(Incomplete) as missing:
        actions.notice_submit(notice=notice, by=cast.press_officer, at=later())
    assert set(missing.value.fields) == {"unknown", "advice", "fact_ids"}


def test_facts_of_another_body_cannot_be_cited(cast: Cast) -> None:
    text = NoticeText(title="围墙", text="墙歪了。", contact="电话", fact_ids=(10_000,))
    with pytest.raises(NotThere):
        actions.notice_draft(text=text, issuer=cast.units["works"], by=cast.press_officer, at=later())


def test_a_notice_in_the_name_of_another_bodys_unit_is_refused(cast: Cast) -> None:
    with pytest.raises(NotThere):
        actions.notice_draft(
            text=scenes.a_text(), issuer=cast.outside_units["works"], by=cast.press_officer, at=later()
        )


def test_whoever_wrote_any_of_the_texts_cannot_sign(cast: Cast) -> None:
    from huiying.registry.actions import grant_give
    from huiying.registry.officers import officer_for
    from huiying.rules.actors import SYSTEM
    from huiying.rules.permissions import Role

    staff = cast.staff["press_officer"]
    grant_give(staff=staff, unit=cast.units["leaders"], role=Role.LEADING_GROUP, by=SYSTEM, at=later())
    both = officer_for(staff, at=later(hours=1))
    notice = scenes.submitted(cast)
    with pytest.raises(NotPermitted) as refusal:
        actions.notice_approve(notice=notice, by=both, at=later(hours=2))
    assert "另一个人审核" in refusal.value.message and refusal.value.remedy
    actions.notice_approve(notice=notice, by=cast.leader, at=later(hours=2))
    assert notice.state == NoticeState.APPROVED


def test_the_head_of_the_issuing_unit_may_sign_and_another_head_may_not(cast: Cast) -> None:
    notice = scenes.submitted(cast)
    with pytest.raises(NotPermitted):
        actions.notice_approve(notice=notice, by=cast.head_civil, at=later(hours=2))
    assert (
        actions.notice_approve(notice=notice, by=cast.head_works, at=later(hours=2)).state
        == NoticeState.APPROVED
    )


def test_a_returned_notice_says_why_and_is_written_again(cast: Cast) -> None:
    notice = scenes.submitted(cast)
    actions.notice_return(
        notice=notice,
        reason=ReturnReason.INACCURATE,
        remark="请核对数字。",
        by=cast.leader,
        at=later(hours=2),
    )
    assert (notice.state, notice.return_reason) == (NoticeState.DRAFT, ReturnReason.INACCURATE)
    notice = actions.notice_save(
        notice=notice, text=scenes.a_text(scenes.a_fact(cast)), by=cast.press_officer, at=later(hours=3)
    )
    assert notice.current is not None and notice.current.number == 2
    assert notice.versions.count() == 2


def test_how_the_body_looks_is_never_a_reason() -> None:
    words = [*map(str, ReturnReason.labels), *map(str, WithdrawReason.labels)]
    assert not [word for word in words for image in ("形象", "影响", "舆论", "声誉", "负面") if image in word]


def test_publication_meets_the_duties_it_answers_and_says_how_early(cast: Cast) -> None:
    incident = scenes.running_incident(cast)
    five = scenes.duty(incident, 5)
    notice = scenes.published(cast, incident=incident, answers=(five.pk,), at=later(hours=3))
    five.refresh_from_db()
    assert (five.satisfied_at, five.publication_ref) == (later(hours=3), notice.reference)
    (met,) = duties_answered(notice, at=later(hours=3))
    assert (met.is_late, met.hours) == (False, 2.0)


def test_a_late_publication_says_by_how_many_hours_and_the_rest_stays_owed(cast: Cast) -> None:
    incident = scenes.running_incident(cast)
    notice = scenes.published(
        cast, incident=incident, answers=(scenes.duty(incident, 5).pk,), at=later(hours=7.5)
    )
    (met,) = duties_answered(notice, at=later(days=9))
    assert (met.is_late, met.hours) == (True, 2.5)
    owed = [row for row in duties_of(cast.press_officer, at=later(hours=30)) if not row.is_met]
    assert [row.is_late for row in owed] == [True, False]  # 24 h has passed, 48 h has not


def test_another_bodys_duty_cannot_be_answered(cast: Cast) -> None:
    due = scenes.duty(scenes.running_incident(cast), 5)
    assert not duties_of(cast.outside_leader, at=later())
    InformationDue.objects.filter(pk=due.pk).update(incident=due.incident)
    with pytest.raises(NotThere):
        scenes.drafted(cast, answers=(due.pk + 999,))


def test_a_correction_needs_a_reason_and_a_second_person_and_keeps_both_texts(cast: Cast) -> None:
    notice = scenes.published(cast)
    text = scenes.a_text(scenes.a_fact(cast), text="围墙向外倾斜 17 厘米。")
    with pytest.raises(Incomplete) as missing:
        actions.correction_propose(
            notice=notice, text=text, reason=" ", by=cast.press_officer, at=later(hours=5)
        )
    assert "reason" in missing.value.fields
    correction = actions.correction_propose(
        notice=notice, text=text, reason="读错了尺。", by=cast.press_officer, at=later(hours=5)
    )
    assert published_notice(cast.qingxi, notice.reference).current == correction.frm  # nothing changed yet
    with pytest.raises(NotPermitted):
        actions.correction_approve(correction=correction, by=cast.press_officer, at=later(hours=6))
    actions.correction_approve(correction=correction, by=cast.leader, at=later(hours=6))
    shown = selectors.public_notice(published_notice(cast.qingxi, notice.reference))
    (seen,) = shown.corrections
    assert (seen.before.text, seen.after.text) == (
        "围墙向外倾斜 11 厘米，没有人受伤。",
        "围墙向外倾斜 17 厘米。",
    )
    assert (seen.reason, seen.at) == ("读错了尺。", later(hours=6))


def test_a_corrected_notice_can_be_corrected_again(cast: Cast) -> None:
    notice = scenes.corrected(cast)
    again = actions.correction_propose(
        notice=notice,
        text=scenes.a_text(scenes.a_fact(cast), text="围墙向外倾斜 16 厘米。"),
        reason="复测。",
        by=cast.press_officer,
        at=later(hours=8),
    )
    actions.correction_approve(correction=again, by=cast.head_works, at=later(hours=9))
    notice.refresh_from_db()
    assert len(selectors.public_notice(notice).corrections) == 2


def test_one_correction_waits_at_a_time(cast: Cast) -> None:
    notice = scenes.published(cast)
    about = {"notice": notice, "text": scenes.a_text(scenes.a_fact(cast)), "by": cast.press_officer}
    actions.correction_propose(**about, reason="一", at=later(hours=4))
    with pytest.raises(Overtaken):
        actions.correction_propose(**about, reason="二", at=later(hours=4))


def test_a_returned_correction_leaves_the_published_text(cast: Cast) -> None:
    notice = scenes.published(cast)
    correction = actions.correction_propose(
        notice=notice,
        text=scenes.a_text(scenes.a_fact(cast), text="另一说法。"),
        reason="不确定。",
        by=cast.press_officer,
        at=later(hours=4),
    )
    actions.correction_return(
        correction=correction, reason=ReturnReason.UNSOURCED, by=cast.leader, at=later(hours=5)
    )
    with pytest.raises(IllegalMove):
        actions.correction_approve(correction=correction, by=cast.leader, at=later(hours=6))
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED and not selectors.public_notice(notice).corrections


def test_a_withdrawn_notice_keeps_its_page_and_its_reason(cast: Cast) -> None:
    notice = scenes.withdrawn(cast)
    shown = selectors.public_notice(published_notice(cast.qingxi, notice.reference))
    assert shown.is_withdrawn and shown.shows_text and notice.withdraw_note
    home = selectors.notices_for_home(cast.qingxi, at=later(days=9))
    assert not home.urgent and not home.others


def test_a_text_withdrawn_for_naming_a_person_is_not_shown(cast: Cast) -> None:
    notice = actions.notice_withdraw(
        notice=scenes.published(cast),
        reason=WithdrawReason.PERSONAL,
        remark="误写了住户的姓名。",
        by=cast.press_officer,
        at=later(days=1),
    )
    assert not selectors.public_notice(notice).shows_text


def test_a_withdrawal_without_words_is_refused(cast: Cast) -> None:
    with pytest.raises(Incomplete):
        actions.notice_withdraw(
            notice=scenes.published(cast),
            reason=WithdrawReason.OVER,
            remark="",
            by=cast.press_officer,
            at=later(days=1),
        )


def test_the_ledger_knows_each_step_and_no_word_of_the_text(cast: Cast) -> None:
    notice = scenes.corrected(cast)
    events = LedgerEvent.objects.filter(subject_kind="notice", subject_id=str(notice.pk)).order_by("id")
    assert [event.kind for event in events] == [
        EventKind.NOTICE_DRAFTED,
        EventKind.NOTICE_SUBMITTED,
        EventKind.NOTICE_APPROVED,
        EventKind.NOTICE_PUBLISHED,
        EventKind.CORRECTION_PROPOSED,
        EventKind.NOTICE_CORRECTED,
    ]
    assert "围墙" not in str([event.facts for event in events])


def test_references_run_by_year_and_body(cast: Cast) -> None:
    first, second = scenes.drafted(cast), scenes.drafted(cast)
    assert (first.reference, second.reference) == ("2025-001", "2025-002")
    assert Notice.objects.filter(body=cast.qingxi).count() == 2


def test_control_characters_go_and_too_long_a_text_is_refused_by_its_field(cast: Cast) -> None:
    long = scenes.a_text(text="长" * 100_000)
    with pytest.raises(Incomplete) as refusal:
        actions.notice_draft(text=long, issuer=cast.units["works"], by=cast.press_officer, at=later())
    assert set(refusal.value.fields) == {"text"}
    odd = scenes.a_text(title="\x00围\x07墙𠀀")
    notice = actions.notice_draft(text=odd, issuer=cast.units["works"], by=cast.press_officer, at=later())
    assert notice.title == "围墙𠀀"


def test_the_desk_shows_each_thing_where_it_waits(cast: Cast) -> None:
    incident = scenes.running_incident(cast)
    scenes.drafted(cast)
    scenes.submitted(cast)
    scenes.published(cast)
    desk = selectors.desk_for(cast.press_officer, at=scenes.NINE + timedelta(hours=6))
    assert (len(desk.drafts), len(desk.waiting), len(desk.published)) == (1, 1, 1)
    assert [row.due.incident for row in desk.owed] == [incident] * 3
    assert [row.is_late for row in desk.owed] == [True, False, False]


def test_the_writer_takes_a_signed_notice_back_and_the_signature_is_void(cast: Cast) -> None:
    notice = actions.notice_recall(notice=scenes.approved(cast), by=cast.press_officer, at=later(hours=2.5))
    assert (notice.state, notice.approved_by_id, notice.approved_at) == ("draft", None, None)
    text = scenes.a_text(*notice.current.facts.all(), text="围墙向外倾斜 12 厘米。")  # type: ignore[union-attr]
    actions.notice_save(notice=notice, text=text, by=cast.press_officer, at=later(hours=2.6))
    with pytest.raises(IllegalMove):
        actions.notice_publish(notice=notice, by=cast.press_officer, at=later(hours=3))
    assert LedgerEvent.objects.filter(kind="notice.recalled").count() == 1


def test_the_second_person_sends_a_signed_notice_back_on_a_listed_ground(cast: Cast) -> None:
    notice = scenes.approved(cast)
    with pytest.raises(ValueError, match="形象"):
        actions.notice_return(notice=notice, reason="形象", by=cast.leader, at=later(hours=2.5))  # type: ignore[arg-type]
    actions.notice_return(
        notice=notice, reason=ReturnReason.INACCURATE, by=cast.deputy_leader, at=later(hours=2.5)
    )
    notice.refresh_from_db()
    assert (notice.state, notice.approved_by_id, notice.return_reason) == ("draft", None, "inaccurate")
    assert LedgerEvent.objects.get(kind="notice.returned").facts["was_signed"] is True


def test_a_notice_in_the_second_persons_hands_is_not_taken_from_them(cast: Cast) -> None:
    with pytest.raises(IllegalMove, match="审核"):
        actions.notice_recall(notice=scenes.submitted(cast), by=cast.press_officer, at=later(hours=2))


def test_what_is_owed_is_read_in_bounded_numbers(
    cast: Cast, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = scenes.running_incident(cast)
    scenes.published(cast, incident=incident, answers=(scenes.duty(incident, 5).pk,))
    monkeypatch.setattr("huiying.publishing.duties.MET_SHOWN", 0)
    with django_assert_max_num_queries(2):
        assert [duty.is_met for duty in duties_of(cast.press_officer, at=later(hours=4))] == [False, False]


def _conference(cast: Cast, due: InformationDue, **changed: Any) -> PressConference:
    about: dict[str, Any] = {
        "held_at": later(hours=20),
        "place": "镇文化站",
        "speaker": Post.objects.filter(unit=cast.units["works"])[0],
        "by": cast.press_officer,
        "at": later(hours=21),
    }
    return actions.press_conference_record(due=due, **{**about, **changed})


def test_no_notice_meets_the_duty_to_talk_to_the_press(cast: Cast) -> None:
    due = scenes.duty(scenes.running_incident(cast), 24)
    with pytest.raises(Refusal, match="新闻发布会"):
        scenes.drafted(cast, answers=(due.pk,))


def test_a_press_conference_meets_its_duty_by_the_servers_time(cast: Cast) -> None:
    incident = scenes.running_incident(cast)
    notice, due = scenes.published(cast, incident=incident), scenes.duty(incident, 24)
    held = _conference(cast, due, notice=notice)
    due.refresh_from_db()
    assert (due.satisfied_at, due.publication_ref) == (later(hours=21), notice.reference)
    assert held.held_at == later(hours=20) and not due.is_late(later(days=3))
    facts = LedgerEvent.objects.get(kind="conference.recorded").facts
    assert facts == {
        "due": due.pk,
        "held": later(hours=20).isoformat(),
        "speaker": held.speaker_id,
        "notice": notice.reference,
    }
    with pytest.raises(Overtaken):
        _conference(cast, due)


def test_a_conference_recorded_after_the_limit_is_late_whenever_it_is_said_to_have_been_held(
    cast: Cast,
) -> None:
    due = scenes.duty(scenes.running_incident(cast), 24)
    _conference(cast, due, at=later(hours=30))
    due.refresh_from_db()
    assert due.is_late(later(hours=30))


def test_a_conference_is_held_before_it_is_recorded_and_after_the_event_and_somewhere(cast: Cast) -> None:
    due = scenes.duty(scenes.running_incident(cast), 24)
    for changed, field in (
        ({"held_at": later(hours=22)}, "held_at"),
        ({"held_at": later(days=-1)}, "held_at"),
        ({"place": " "}, "place"),
    ):
        with pytest.raises(Incomplete) as refused:
            _conference(cast, due, **changed)
        assert set(refused.value.fields) == {field}


def test_a_conference_names_no_other_bodys_post_no_draft_and_meets_no_other_duty(cast: Cast) -> None:
    incident = scenes.running_incident(cast)
    due = scenes.duty(incident, 24)
    outside = Post.objects.filter(unit__body=cast.baishi)[0]
    for changed in ({"speaker": outside}, {"notice": scenes.drafted(cast)}, {"by": cast.outside_leader}):
        with pytest.raises((NotThere, NotPermitted)):
            _conference(cast, due, **changed)
    with pytest.raises(Refusal, match="不是新闻发布会"):
        _conference(cast, scenes.duty(incident, 5))
