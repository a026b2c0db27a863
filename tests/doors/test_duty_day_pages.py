"""Duty on a phone: who is on, taking over at night, swapping, notes, deputies, the pool, what is printed."""

from datetime import timedelta

import pytest
from django.test import Client

from huiying.emergency import actions as emergency
from huiying.emergency.supply_kinds import ContactKind
from huiying.records import clock
from huiying.registry import actions
from huiying.registry.duty import on_duty
from huiying.registry.duty_kinds import ExpertField, Way
from huiying.registry.models import ContactWay, Deputy, DutyShift, Expert, HandOverRead, Leave, ShiftSwap
from huiying.rules.lifecycle.swap import SwapState
from tests.cast import Cast, signed_in, watch


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def running(cast: Cast) -> DutyShift:
    """The first duty officer is on watch and rings under a number."""
    watch(cast, "duty_officer", starts_at=clock.now() - timedelta(hours=2))
    ContactWay.objects.create(staff=cast.staff["duty_officer"], way=Way.VOICE, address="0571 0000 0077")
    return DutyShift.objects.get()


@pytest.fixture
def second(cast: Cast) -> Client:
    return signed_in(Client(), cast.second_duty_officer)


def _note(cast: Cast, text: str = "东门钥匙在值班台") -> int:
    post = cast.posts["duty_officer"]
    return actions.hand_over_write(post=post, text=text, by=cast.duty_officer, at=clock.now()).pk


def test_the_page_says_who_is_on_watch_and_how_to_ring_them(
    cast: Cast, running: DutyShift, second: Client
) -> None:
    page = words(second.get("/console/duty/"))
    assert "青溪值班甲" in page and 'href="tel:057100000077"' in page
    assert f"/console/duty/posts/{running.post_id}/take-over/" in page
    assert signed_in(Client(), cast.auditor).get("/console/duty/").status_code == 403


def test_the_page_costs_the_same_with_one_watch_and_with_ten(
    cast: Cast, running: DutyShift, second: Client, django_assert_max_num_queries
) -> None:
    for hours in range(9):
        watch(cast, "second_clerk", starts_at=clock.now() - timedelta(minutes=hours), post="reception")
    with django_assert_max_num_queries(26):
        second.get("/console/duty/")


def test_taking_over_asks_to_read_what_was_left_and_then_happens_at_once(
    cast: Cast, running: DutyShift, second: Client
) -> None:
    note = _note(cast)
    address = f"/console/duty/posts/{running.post_id}/take-over/"
    page = words(second.get(address))
    assert "东门钥匙" in page and "不需要对方同意" in page
    typed = {"relieved": running.pk, "read_up_to": note}
    unread = second.post(address, typed)
    assert unread.status_code == 422 and "请看过后勾选" in words(unread)
    assert second.post(address, {**typed, "read": "on"}).status_code == 303
    assert on_duty(cast.body.pk, "duty_officer", clock.now()) == cast.staff["second_duty_officer"]
    assert HandOverRead.objects.count() == 1
    assert second.post(address, {**typed, "read": "on"}).status_code in {404, 409}


def test_unread_notes_stand_on_top_of_the_page_and_on_my_day_until_confirmed(
    cast: Cast, running: DutyShift
) -> None:
    actions.hand_over_write(post=running.post, text="水泵已修好", by=cast.second_duty_officer, at=clock.now())
    client = signed_in(Client(), cast.duty_officer)
    assert "水泵已修好" in words(client.get("/console/duty/"))
    assert "请先看" in words(client.get("/console/"))
    note = running.post.hand_overs.get().pk
    assert signed_in(Client(), cast.clerk).post(f"/console/duty/notes/{note}/read/").status_code == 404
    assert client.post(f"/console/duty/notes/{note}/read/").status_code == 303
    assert "请先看" not in words(client.get("/console/"))


def test_a_note_warns_against_names_and_keeps_what_was_typed(cast: Cast, running: DutyShift) -> None:
    client, address = signed_in(Client(), cast.duty_officer), f"/console/duty/posts/{running.post_id}/note/"
    assert "不要写信访人的姓名" in words(client.get(address))
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "无"}).status_code == 303


def test_a_watch_is_offered_and_the_colleague_answers_on_the_page(cast: Cast, second: Client) -> None:
    watch(cast, "duty_officer", starts_at=clock.now() + timedelta(days=2))
    shift = DutyShift.objects.get()
    first, address = signed_in(Client(), cast.duty_officer), f"/console/duty/watches/{shift.pk}/swap/"
    assert second.get(address).status_code == 404
    assert first.post(address, {}).status_code == 422
    chosen = {"offered_to": cast.second_duty_officer.staff_id}
    assert first.post(address, chosen).status_code == 303
    swap = ShiftSwap.objects.get()
    assert "同意换班" in words(second.get("/console/duty/mine/"))
    assert first.post(f"/console/duty/swaps/{swap.pk}/agree/").status_code == 404
    assert second.post(f"/console/duty/swaps/{swap.pk}/agree/").status_code == 303
    swap.refresh_from_db()
    assert swap.state == SwapState.AGREED


def test_a_planner_of_duty_puts_a_substitute_in(cast: Cast, running: DutyShift) -> None:
    client, address = signed_in(Client(), cast.leader), f"/console/duty/watches/{running.pk}/substitute/"
    assert address in words(client.get("/console/duty/"))
    actions.leave_record(
        staff=cast.staff["second_duty_officer"],
        starts_on=clock.today(),
        ends_on=clock.today(),
        by=cast.leader,
        at=clock.now(),
    )
    assert "青溪值班乙（请假）" in words(client.get(address))
    refused = client.post(address, {"staff": cast.second_duty_officer.staff_id})
    assert refused.status_code == 422 and "青溪值班乙：请假" in words(refused)
    Leave.objects.update(cancelled_at=clock.now())
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"staff": cast.second_duty_officer.staff_id}).status_code == 303
    assert on_duty(cast.body.pk, "duty_officer", clock.now()) == cast.staff["second_duty_officer"]


def test_deputies_and_qualifications_are_named_by_planners_of_duty(cast: Cast) -> None:
    client = signed_in(Client(), cast.leader)
    chosen = {"post": cast.posts["interpreter"].pk, "staff": cast.clerk.staff_id, "order": 1}
    assert client.post("/console/duty/deputies/name/", chosen).status_code == 303
    assert client.post("/console/duty/deputies/name/", chosen).status_code == 422
    held = {
        "staff": cast.clerk.staff_id,
        "what": "急救员证",
        "obtained_on": "2020-01-01",
        "expires_on": "2021-01-01",
    }
    assert client.post("/console/duty/qualifications/record/", held).status_code == 303
    page = words(client.get("/console/duty/deputies/"))
    assert "急救员证" in page and "已过期" in page
    assert client.post(f"/console/duty/deputies/{Deputy.objects.get().pk}/end/").status_code == 303


def test_the_pool_is_found_by_field_and_language_and_rings(cast: Cast) -> None:
    client = signed_in(Client(), cast.planner)
    typed = {"field": "sign_language", "name": "试手语员", "phone": "0571-0000 0099", "languages": "吴语"}
    assert client.post("/console/duty/pool/add/", typed).status_code == 422
    assert client.post("/console/duty/pool/add/", {**typed, "agreed_on": "2025-01-01"}).status_code == 303
    found = words(client.get("/console/duty/pool/?field=sign_language&language=吴"))
    assert "试手语员" in found and 'href="tel:0571-00000099"' in found
    assert "试手语员" not in words(client.get(f"/console/duty/pool/?field={ExpertField.LAW}"))
    expert = Expert.objects.get().pk
    assert client.post(f"/console/duty/pool/{expert}/verify/").status_code == 303
    assert client.post(f"/console/duty/pool/{expert}/end/").status_code == 303
    assert "试手语员" not in words(client.get("/console/duty/pool/"))


def test_card_and_tree_say_when_they_were_printed_and_the_file_stands_alone(
    cast: Cast, running: DutyShift, second: Client
) -> None:
    keeper = {"by": cast.duty_officer, "at": clock.now()}
    known, _untried = (
        emergency.contact_add(
            body=cast.body, kind=ContactKind.RESCUE, organisation="青溪消防站", phone=phone, **keeper
        )
        for phone in ("0571-0000 0119", "0571-0000 0666")
    )
    emergency.contact_verify(contact=known, **keeper)
    for address in ("/console/duty/card/", "/console/duty/tree/", "/console/duty/tree/?save=1"):
        page = words(second.get(address))
        assert "打印于" in page and "青溪值班甲" in page and "0571 0000 0077" in page
        assert "青溪消防站 <b>0571-0000 0119" in page or "□ 青溪消防站 0571-0000 0119" in page
        assert "119" in page and "0571-0000 0666" not in page  # a number that nobody tried is not printed
    saved = second.get("/console/duty/tree/?save=1")
    assert "attachment" in saved["Content-Disposition"]
    assert "href=" not in words(saved) and "src=" not in words(saved)
