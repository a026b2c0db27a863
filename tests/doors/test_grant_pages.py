"""Grants with a last day, and the second step that only the security administrator takes away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from huiying.records import clock
from huiying.records.models import LedgerEvent
from huiying.registry import second_factor
from huiying.registry.models import Grant, SecondFactor, Staff
from huiying.rules.events import EventKind
from tests.cast import FOUNDED, QINGXI_PEOPLE, Cast, signed_in


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def security(cast: Cast) -> Client:
    return signed_in(Client(), cast.security_admin)


def give(client: Client, person: Staff, cast: Cast, **chosen: object):
    told = {"unit": cast.units["office"].pk, "confirmed": "on", **chosen}
    return client.post(reverse("console:staff_page", args=[person.pk]), told)


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("last", "status"), [("", 422), (-1, 422), (0, 303), (90, 303), (91, 422), ("nonsense", 422)]
)
def test_an_auditor_is_given_a_last_day_within_ninety_days(
    cast: Cast, security: Client, last: object, status: int
) -> None:
    person = cast.staff["planner"]
    told = in_days(last) if isinstance(last, int) else last
    answer = give(security, person, cast, role="auditor", expires_on=told)
    assert answer.status_code == status
    if status == 422:
        assert '<option value="auditor" selected>' in words(answer)
    assert Grant.objects.filter(staff=person, role="auditor").exists() == (status == 303)


def test_a_grant_opens_doors_to_the_end_of_its_last_day_and_is_then_listed_apart(
    cast: Cast, security: Client
) -> None:
    auditor = cast.staff["auditor"]
    Grant.objects.filter(staff=auditor).update(expires_on=clock.today())
    assert signed_in(Client(), auditor).get("/console/ledger/").status_code == 200
    assert "已经到期或终止" not in words(security.get(f"/console/staff/{auditor.pk}/"))
    assert "一个月内到期" in words(security.get("/console/staff/"))
    Grant.objects.filter(staff=auditor).update(expires_on=clock.today() - timedelta(days=1))
    assert signed_in(Client(), auditor).get("/console/ledger/").status_code == 403
    assert "已经到期或终止" in words(security.get(f"/console/staff/{auditor.pk}/"))
    assert "没有授权" in words(security.get("/console/staff/"))


def test_what_expired_is_given_anew_and_ended_on_its_last_day(cast: Cast, security: Client) -> None:
    auditor = cast.staff["auditor"]
    old = Grant.objects.get(staff=auditor)
    Grant.objects.filter(pk=old.pk).update(expires_on=clock.today() - timedelta(days=3))
    assert give(security, auditor, cast, role="auditor", expires_on=in_days(10)).status_code == 303
    old.refresh_from_db()
    assert old.ended_at is not None
    assert clock.official_date(old.ended_at) == clock.today() - timedelta(days=2)  # 24:00 of the last day
    assert signed_in(Client(), auditor).get("/console/ledger/").status_code == 200


def test_a_running_grant_is_extended_and_an_expired_one_is_not(cast: Cast, security: Client) -> None:
    grant = Grant.objects.get(staff=cast.staff["auditor"])
    address = reverse("console:grant_extend", args=[grant.pk])
    assert "最晚" in words(security.get(address))
    assert security.post(address, {"expires_on": in_days(91)}).status_code == 422
    assert security.post(address, {"expires_on": ""}).status_code == 422
    assert security.post(address, {"expires_on": in_days(30)}).status_code == 303
    event = LedgerEvent.objects.get(kind=EventKind.GRANT_EXTENDED)
    assert event.facts["to"] == in_days(30)
    Grant.objects.filter(pk=grant.pk).update(expires_on=clock.today() - timedelta(days=1))
    assert security.post(address, {"expires_on": in_days(30)}).status_code == 409


def test_nobody_extends_their_own_grant(cast: Cast, security: Client) -> None:
    own = Grant.objects.get(staff=cast.staff["security_admin"])
    address = reverse("console:grant_extend", args=[own.pk])
    assert security.post(address, {"expires_on": in_days(30)}).status_code == 403


def with_two_steps(staff: Staff) -> None:
    sealed = second_factor.seal(second_factor.new_secret(), staff.pk)
    SecondFactor.objects.create(staff=staff, sealed=sealed, begun_at=FOUNDED, confirmed_at=FOUNDED)


def test_the_second_step_is_reset_after_one_more_question_by_the_security_administrator_alone(
    cast: Cast, security: Client
) -> None:
    clerk = cast.staff["clerk"]
    with_two_steps(clerk)
    address = reverse("console:second_factor_reset", args=[clerk.pk])
    for account in QINGXI_PEOPLE:
        if account != "security_admin":
            assert signed_in(Client(), cast.staff[account]).post(address).status_code == 403
    assert "确认是本人" in words(security.get(address))
    assert SecondFactor.objects.exists()
    assert security.post(address).status_code == 303
    assert not SecondFactor.objects.exists()
    assert LedgerEvent.objects.get(kind=EventKind.SECOND_FACTOR_RESET).subject_id == str(clerk.pk)
    assert security.post(address).status_code == 409


def test_nobody_resets_their_own_second_step_or_a_neighbours(cast: Cast, security: Client) -> None:
    for account, status in (("security_admin", 403), ("outside_clerk", 404)):
        staff = cast.staff[account]
        with_two_steps(staff)
        assert security.post(reverse("console:second_factor_reset", args=[staff.pk])).status_code == status
    assert SecondFactor.objects.count() == 2
