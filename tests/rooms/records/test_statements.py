"""Statements that are kept: the same rows as the ORM gives, and nothing of one asker left for the next."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet
from django.test.utils import CaptureQueriesContext

from huiying.records import clock
from huiying.records.statements import kept, one_of
from huiying.registry.actions import grant_end
from huiying.registry.models import Grant, Staff, Unit
from huiying.registry.officers import officer_for
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@kept(account=CharField())
def account(body_id: int, *, account: Any) -> QuerySet[Staff]:
    return Staff.objects.filter(body_id=body_id, account=account).select_related("body")


@kept(numbers=(BigIntegerField(), 3))
def named(*, numbers: Any) -> QuerySet[Unit]:
    return Unit.objects.filter(one_of("id", numbers)).only("name").order_by("id")


@kept(numbers=(BigIntegerField(), 3))
def units_holding(*, numbers: Any) -> QuerySet[Grant, tuple[int]]:
    return Grant.objects.filter(one_of("unit_id", numbers)).values_list("unit_id").distinct()


@kept(after=DateTimeField())
def none_there(numbers: tuple[int, ...], *, after: Any) -> QuerySet[Grant]:
    return Grant.objects.filter(pk__in=numbers, given_at__gt=after)


def test_the_second_question_is_answered_with_its_own_values(cast: Cast) -> None:
    first, second = cast.staff["clerk"], cast.staff["supervisor"]
    assert account(cast.qingxi.pk, account=first.account) == [first]
    assert account(cast.qingxi.pk, account=second.account) == [second]
    assert account(cast.qingxi.pk, account="nobody") == []


def test_another_body_is_another_statement(cast: Cast) -> None:
    clerk = cast.staff["clerk"]
    assert account(cast.qingxi.pk, account=clerk.account) == [clerk]
    assert account(cast.baishi.pk, account=clerk.account) == []


def test_what_is_joined_comes_along_in_one_statement(cast: Cast) -> None:
    clerk = cast.staff["clerk"]
    with CaptureQueriesContext(connection) as asked:
        (found,) = account(cast.qingxi.pk, account=clerk.account)
        assert found.body == cast.qingxi
    assert len(asked) == 1
    assert found.enrolled_at == clerk.enrolled_at


def test_a_list_may_be_shorter_than_its_places_but_not_empty_or_longer(cast: Cast) -> None:
    units = sorted(unit.pk for unit in cast.units.values())
    assert [unit.pk for unit in named(numbers=units[:2])] == units[:2]
    assert {unit for (unit,) in units_holding(numbers=units[1:3])} <= set(units[1:3])
    for wrong in ([], units[:4]):
        with pytest.raises(ValueError, match="numbers"):
            named(numbers=wrong)


def test_what_is_left_out_is_read_when_it_is_asked_for(cast: Cast) -> None:
    (unit,) = named(numbers=[cast.units["works"].pk])
    assert unit.get_deferred_fields() >= {"code", "kind"}
    assert unit.code == "works"


def test_a_question_that_nothing_can_meet_is_not_put(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert none_there((), after=clock.now()) == []
    assert len(asked) == 0


def test_a_grant_that_ends_is_gone_at_the_next_look(cast: Cast) -> None:
    officer, now = cast.staff["officer_works"], clock.now()
    assert officer_for(officer, at=now).grants == cast.officer_works.grants
    grant = Grant.objects.get(staff=officer, ended_at=None)
    grant_end(grant=grant, by=cast.security_admin, at=now)
    assert officer_for(officer, at=now + timedelta(seconds=1)).grants == frozenset()
