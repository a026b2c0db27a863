"""The publishing desk over HTTP: one path, and the refusals people meet."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from huiying.publishing.models import Notice
from huiying.publishing.reasons import ReturnReason
from huiying.registry.models import Post
from huiying.rules.lifecycle import NoticeState
from tests.cast import Cast, signed_in
from tests.rooms.publishing import scenes

TYPED = {
    "title": "北街三号院围墙险情",
    "text": "围墙向外倾斜 11 厘米。",
    "unknown": "原因还在核实。",
    "advice": "请从南街绕行。",
    "contact": "0571-0000 0003",
    "next_update_at": "2025-06-03T15:00",
}


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three hours after the report."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scenes.NINE + timedelta(hours=3))
    yield


def test_the_next_towns_leader_finds_nothing_at_the_address(cast: Cast, client: Client) -> None:
    notice = scenes.submitted(cast)
    signed_in(client, cast.outside_leader)
    assert client.get(f"/console/notices/{notice.reference}/").status_code == 404
    assert client.post(f"/console/notices/{notice.reference}/approve/").status_code == 404
    notice.refresh_from_db()
    assert notice.state == NoticeState.SUBMITTED


def test_a_clerk_is_refused_at_the_door(cast: Cast, client: Client) -> None:
    assert signed_in(client, cast.clerk).get("/console/notices/").status_code == 403


def test_from_a_fact_to_a_published_notice(cast: Cast, client: Client) -> None:
    incident = scenes.running_incident(cast)
    press, leader = signed_in(Client(), cast.press_officer), signed_in(Client(), cast.leader)
    desk = press.get("/console/notices/").content.decode()
    assert incident.reference in desk and "还有 2 小时 0 分" in desk and "起草回应" in desk
    fact = {
        "text": "围墙倾斜 11 厘米。",
        "source": "现场测量",
        "established_at": "2025-06-03T11:00",
        "incident": incident.pk,
    }
    assert press.post("/console/notices/facts/", fact).status_code == 303
    sheet = scenes.a_fact(cast)
    due = scenes.duty(incident, 5)
    sent = press.post(
        "/console/notices/new/",
        {
            **TYPED,
            "issuer": cast.units["works"].pk,
            "incident": incident.pk,
            "facts": [sheet.pk],
            "answers": [due.pk],
            "then": "submit",
        },
    )
    assert sent.status_code == 303
    notice = Notice.objects.get()
    page = f"/console/notices/{notice.reference}/"
    assert "请您审核" in leader.get(page).content.decode()
    assert "请您审核" not in press.get(page).content.decode()
    assert leader.post(f"{page}approve/").status_code == 303
    assert press.post(f"{page}publish/").status_code == 303
    shown = press.get(page).content.decode()
    assert "提前 2.0 小时" in shown and "已发布" in shown
    assert "已经回应的时限" in press.get("/console/notices/").content.decode()


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_stays(cast: Cast, client: Client) -> None:
    signed_in(client, cast.press_officer)
    answer = client.post(
        "/console/notices/new/",
        {"title": "围墙", "text": "墙歪了。", "issuer": cast.units["works"].pk, "then": "submit"},
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明哪些还在核实" in html and "请至少勾选一条事实" in html and "墙歪了。" in html


def test_saving_again_after_a_refused_submission_keeps_one_draft(cast: Cast, client: Client) -> None:
    signed_in(client, cast.press_officer)
    client.post(
        "/console/notices/new/", {"title": "围墙", "issuer": cast.units["works"].pk, "then": "submit"}
    )
    notice = Notice.objects.get()
    html = client.get(f"/console/notices/{notice.reference}/edit/").content.decode()
    assert "修改草稿" in html
    fact = scenes.a_fact(cast)
    path = f"/console/notices/{notice.reference}/edit/"
    assert client.post(path, {**TYPED, "facts": [fact.pk], "then": "submit"}).status_code == 303
    assert Notice.objects.get().state == NoticeState.SUBMITTED


def test_a_returned_draft_shows_the_reason_to_its_writer(cast: Cast, client: Client) -> None:
    notice = scenes.submitted(cast)
    leader = signed_in(Client(), cast.leader)
    given = {"reason": ReturnReason.UNKNOWN_MISSING.value, "remark": "原因没有写。"}
    assert leader.post(f"/console/notices/{notice.reference}/return/", given).status_code == 303
    html = (
        signed_in(client, cast.press_officer)
        .get(f"/console/notices/{notice.reference}/edit/")
        .content.decode()
    )
    assert "没有说明哪些还在核实" in html and "原因没有写。" in html


def test_the_writers_own_signature_is_refused_in_words(cast: Cast, client: Client) -> None:
    from huiying.registry.actions import grant_give
    from huiying.rules.actors import SYSTEM
    from huiying.rules.permissions import Role

    staff = cast.staff["press_officer"]
    grant_give(staff=staff, unit=cast.units["leaders"], role=Role.LEADING_GROUP, by=SYSTEM, at=scenes.NINE)
    notice = scenes.submitted(cast)
    answer = signed_in(client, staff).post(f"/console/notices/{notice.reference}/approve/")
    assert answer.status_code == 403 and "另一个人审核" in answer.content.decode()


def test_a_notice_does_not_skip_the_second_person(cast: Cast, client: Client) -> None:
    notice = scenes.submitted(cast)
    answer = signed_in(client, cast.press_officer).post(f"/console/notices/{notice.reference}/publish/")
    assert answer.status_code == 409


def test_acts_are_not_opened_by_a_link(cast: Cast, client: Client) -> None:
    notice = scenes.submitted(cast)
    signed_in(client, cast.leader)
    for act in ("approve", "return", "publish", "withdraw", "submit"):
        assert client.get(f"/console/notices/{notice.reference}/{act}/").status_code in {403, 405}


def test_correcting_from_the_page(cast: Cast, client: Client) -> None:
    notice = scenes.published(cast)
    press, leader = signed_in(Client(), cast.press_officer), signed_in(Client(), cast.leader)
    path = f"/console/notices/{notice.reference}/"
    fact = scenes.a_fact(cast)
    typed = {**TYPED, "text": "倾斜 17 厘米。", "facts": [fact.pk]}
    refused = press.post(f"{path}correct/", typed)
    assert refused.status_code == 422 and "哪里错了" in refused.content.decode()
    assert press.post(f"{path}correct/", {**typed, "reason": "读错了尺。"}).status_code == 303
    correction = notice.corrections.get()
    assert "审核通过并公开更正" in leader.get(path).content.decode()
    assert leader.post(f"{path}corrections/{correction.pk}/approve/").status_code == 303
    notice.refresh_from_db()
    assert notice.state == NoticeState.CORRECTED


def test_withdrawing_needs_words_that_everyone_will_read(cast: Cast, client: Client) -> None:
    notice = scenes.published(cast)
    signed_in(client, cast.press_officer)
    path = f"/console/notices/{notice.reference}/withdraw/"
    assert client.post(path, {"reason": "over", "remark": ""}).status_code == 422
    assert client.post(path, {"reason": "over", "remark": "围墙已拆。"}).status_code == 303


def test_odd_input_gets_a_sentence_and_no_failure(cast: Cast, client: Client) -> None:
    signed_in(client, cast.press_officer)
    path = "/console/notices/new/"
    unit = cast.units["works"].pk
    assert client.post(path, {**TYPED, "issuer": unit, "text": "长" * 100_000}).status_code == 422
    assert client.post(path, {**TYPED, "issuer": "x", "facts": ["y"], "answers": ["-1"]}).status_code == 422
    assert client.post(path, {**TYPED, "issuer": unit, "next_update_at": "明天"}).status_code == 422
    assert client.post(path, {"issuer": unit, "title": "𠀀" * 80}).status_code == 303


def test_figures_are_released_from_their_page(cast: Cast, client: Client) -> None:
    signed_in(client, cast.planner)
    html = client.get("/console/notices/figures/").content.decode()
    assert "公开这个月的数据" not in html
    press = signed_in(Client(), cast.press_officer)
    assert press.post("/console/notices/figures/release/", {"period": "2025-05"}).status_code == 303
    assert press.post("/console/notices/figures/release/", {"period": "2025-05"}).status_code == 409
    assert press.post("/console/notices/figures/release/", {"period": "五月"}).status_code == 404
    assert "2025-05" in client.get("/console/notices/figures/").content.decode()


def test_a_press_conference_is_recorded_from_what_is_owed(cast: Cast) -> None:
    due = scenes.duty(scenes.running_incident(cast), 24)
    press = signed_in(Client(), cast.press_officer)
    path = f"/console/notices/duties/{due.pk}/conference/"
    assert path in press.get("/console/notices/").content.decode()
    assert f"?due={due.pk}&" not in press.get("/console/notices/").content.decode()
    post = Post.objects.filter(unit=cast.units["works"])[0]
    typed = {"held_at": "2025-06-03T08:00", "place": "镇文化站", "speaker": str(post.pk), "notice": ""}
    answer = press.post(path, {**typed, "place": ""})
    assert answer.status_code == 422 and "2025-06-03T08:00" in answer.content.decode()
    assert press.post(path, {**typed, "held_at": "2024-01-01T08:00"}).status_code == 422
    assert press.post(path, typed | {"held_at": "2025-06-03T09:00"}).status_code == 303
    desk = press.get("/console/notices/").content.decode()
    assert "镇文化站" in desk and post.title in desk
    assert press.post(path, typed | {"held_at": "2025-06-03T09:00"}).status_code == 409


def test_a_signed_notice_is_taken_back_or_sent_back_from_its_page(cast: Cast) -> None:
    notice = scenes.approved(cast)
    press, leader = signed_in(Client(), cast.press_officer), signed_in(Client(), cast.leader)
    path = f"/console/notices/{notice.reference}/"
    assert (
        "收回修改" in press.get(path).content.decode() and "退回修改" not in press.get(path).content.decode()
    )
    assert "退回修改" in leader.get(path).content.decode()
    assert press.post(f"{path}recall/").status_code == 303
    notice.refresh_from_db()
    assert (notice.state, notice.approved_by_id) == ("draft", None)
    again = scenes.approved(cast)
    answer = leader.post(f"/console/notices/{again.reference}/return/", {"reason": "unclear"})
    again.refresh_from_db()
    assert answer.status_code == 303 and again.state == "draft"
