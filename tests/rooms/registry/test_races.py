"""At the same moment: a code opens once, five tries are five, a category's number is one category's."""

import pyotp
import pytest

from huiying.registry import actions, locks, second_factor, selectors
from huiying.registry.models import SecondFactor, SignInTries
from huiying.rules.actors import SYSTEM
from huiying.rules.matters import Matter
from tests.cast import FOUNDED, Cast, gather
from tests.races import at_once


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


def test_of_two_who_send_the_same_code_one_passes(town: Cast) -> None:
    staff, secret = town.staff["clerk"], second_factor.new_secret()
    SecondFactor.objects.create(
        staff=staff, sealed=second_factor.seal(secret, staff.pk), begun_at=FOUNDED, confirmed_at=FOUNDED
    )
    code, passed = pyotp.TOTP(secret).at(FOUNDED), list[bool]()

    def send() -> None:
        passed.append(actions.second_factor_pass(staff=staff, code=code, at=FOUNDED))

    assert not at_once(send, send)
    assert sorted(passed) == [False, True]


def test_many_tries_at_one_moment_are_five(transactional_db: None) -> None:
    allowed: list[bool] = []
    tries = [lambda: allowed.append(locks.begin("clerk", "here", at=FOUNDED))] * 8
    assert not at_once(*tries)
    assert allowed.count(True) == locks.LIMIT
    assert SignInTries.objects.get().count == locks.LIMIT


def test_strangers_at_one_moment_spend_no_more_than_there_is(transactional_db: None) -> None:
    allowed: list[bool] = []

    def spend() -> None:
        allowed.append(locks.may_spend("clerk", limit=3, wait=locks.PERIOD, at=FOUNDED))

    at_once(*[spend] * 6)
    assert allowed.count(True) == 3


def test_two_who_add_a_category_at_once_get_two_numbers(town: Cast) -> None:
    def add(label: str) -> None:
        actions.category_add(body=town.body, matter=Matter.WORKS, label=label, by=SYSTEM, at=FOUNDED)

    assert not at_once(lambda: add("渡口"), lambda: add("码头"))
    rows = selectors.categories_of(town.body)
    assert len({row.code for row in rows}) == len({row.order for row in rows}) == 2
