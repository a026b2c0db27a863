"""Threads that write to the embedded database take turns: none sleeps, none is refused, the turn is always given back."""

import threading
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from time import perf_counter

import pytest
from django.db import IntegrityError, InterfaceError, connection, transaction

from huiying.config.sqlite import base
from huiying.records.models import Schedule
from tests.cast import FOUNDED

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about the embedded database"),
]


def one(name: str) -> None:
    """A row, written outside any transaction."""
    Schedule.objects.create(name=name, slot="1", enqueued_at=FOUNDED)


def at_once(*acts: Callable[[], None]) -> None:
    """Do all of this in threads of their own, each on its own connection."""

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)


def test_eight_writers_all_get_through() -> None:
    def many(number: int) -> None:
        for turn in range(25):
            with transaction.atomic():
                one(f"{number}-{turn}")
            one(f"{number}-{turn}-alone")

    at_once(*[lambda number=number: many(number) for number in range(8)])  # type: ignore[misc]
    assert Schedule.objects.count() == 8 * 25 * 2


def test_the_turn_is_given_back_after_a_failure() -> None:
    one("first")
    with pytest.raises(IntegrityError), transaction.atomic():
        one("first")
    with pytest.raises(IntegrityError):
        one("first")
    began = perf_counter()
    at_once(lambda: one("second"))
    assert Schedule.objects.count() == 2
    assert perf_counter() - began < 5


def test_the_turn_is_given_back_when_a_connection_is_closed_in_a_transaction() -> None:
    def broken_off() -> None:
        with suppress(InterfaceError), transaction.atomic():
            one("lost")
            connection.close()

    at_once(broken_off)
    began = perf_counter()
    at_once(lambda: one("kept"))
    assert list(Schedule.objects.values_list("name", flat=True)) == ["kept"]
    assert perf_counter() - began < 5


def test_a_reader_does_not_wait_for_a_writer() -> None:
    with transaction.atomic():
        one("not yet seen")
        began, seen = perf_counter(), list[int]()
        at_once(lambda: seen.append(Schedule.objects.count()))
        assert seen == [0]
        assert perf_counter() - began < 5


def test_a_turn_that_its_holder_never_gave_back_delays_one_writer_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    lost = threading.Lock()
    lost.acquire()
    monkeypatch.setitem(base._turns, str(connection.settings_dict["NAME"]), lost)
    began = perf_counter()
    for number in range(5):
        one(f"after-{number}")
    assert perf_counter() - began < 0.8
    assert Schedule.objects.count() == 5
