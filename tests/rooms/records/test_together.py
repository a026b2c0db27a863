"""Acts that wait at the same moment are one transaction: each is kept for good when it is told so, none harms another."""

import sqlite3
import threading
import uuid
from collections.abc import Callable
from functools import partial
from threading import Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from huiying.petitions import actions
from huiying.petitions.actions.filing import Receipt
from huiying.petitions.models import Petition
from huiying.records import ledger, together
from huiying.records.models import Schedule
from tests.cast import FOUNDED, Cast, gather
from tests.rooms.petitions.matters import MONDAY, named

pytestmark = pytest.mark.django_db(transaction=True)
embedded = pytest.mark.skipif(connection.vendor != "sqlite", reason="about the embedded database")
Outcome = object


def one(name: str) -> int:
    """A row; gives back the thread that wrote it."""
    Schedule.objects.create(name=name, slot="1", enqueued_at=FOUNDED)
    return threading.get_ident()


def names() -> set[str]:
    """The rows that were kept, as another connection sees them."""
    other = sqlite3.connect(str(connection.settings_dict["NAME"]))
    try:
        return {name for (name,) in other.execute("SELECT name FROM records_schedule")}
    finally:
        other.close()


def side_by_side(*acts: Callable[[], object]) -> list[Outcome]:
    """Let these acts wait until all are there behind one who writes; what each got back, or what it raised."""
    outcomes: list[Outcome] = [None] * len(acts)
    begun, go_on = threading.Event(), threading.Event()

    def first() -> None:
        begun.set()
        assert go_on.wait(30)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            outcomes[number] = together.write(act)
        except Exception as wrong:  # noqa: BLE001  (looked at by the test)
            outcomes[number] = wrong
        finally:
            connection.close()

    def lead() -> None:
        together.write(first)
        connection.close()

    threads = [Thread(target=lead)]
    threads[0].start()
    assert begun.wait(30)
    for number, act in enumerate(acts):
        threads.append(Thread(target=run, args=[number, act]))
        threads[-1].start()
        while len(together._queue) <= number:  # they wait in this order
            go_on.wait(0.005)
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert not len(together._queue)
    return outcomes


@embedded
def test_those_who_wait_are_written_by_one_of_them() -> None:
    writers = side_by_side(*[partial(one, f"{number}") for number in range(6)])
    assert len(set(writers)) == 1
    assert names() == {f"{number}" for number in range(6)}


@embedded
def test_whoever_is_answered_is_kept_for_good() -> None:
    seen: list[bool] = []

    def answered(name: str) -> None:
        together.write(partial(one, name))
        seen.append(name in names())
        connection.close()

    threads = [Thread(target=answered, args=[f"{number}"]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert seen == [True] * 12


@embedded
def test_one_who_fails_is_told_and_harms_no_neighbour() -> None:
    outcomes = side_by_side(partial(one, "first"), partial(one, "first"), partial(one, "other"))
    assert [type(each) for each in outcomes] == [int, IntegrityError, int]
    assert names() == {"first", "other"}


@embedded
def test_a_full_disk_is_told_to_all_and_nothing_is_half_written() -> None:
    Schedule.objects.create(name="there", slot="1", enqueued_at=FOUNDED)

    def large(name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1")  # of this connection: no page more than there are
        Schedule.objects.create(name=name, slot="1" * 20_000_000, enqueued_at=FOUNDED)

    outcomes = side_by_side(partial(large, "a"), partial(large, "b"))
    assert [type(each) for each in outcomes] == [OperationalError] * 2
    assert names() == {"there"}
    together.write(partial(one, "later"))
    assert names() == {"there", "later"}


@embedded
def test_a_database_that_another_program_holds_is_told_and_the_next_ones_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    other = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError):
        together.write(partial(one, "too early"))
    other.execute("ROLLBACK")
    other.close()
    assert [type(each) for each in side_by_side(partial(one, "a"), partial(one, "b"))] == [int, int]
    assert names() == {"a", "b"}


def test_within_a_transaction_it_is_a_part_of_that_one() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        together.write(partial(one, "lost"))
        raise ZeroDivisionError
    together.write(partial(one, "kept"))
    assert list(Schedule.objects.values_list("name", flat=True)) == ["kept"]


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


@embedded
def test_two_clicks_side_by_side_are_one_petition_and_their_neighbours_have_theirs(town: Cast) -> None:
    def filed(key: uuid.UUID) -> Receipt:
        return actions.petition_file(filing=named(filing_key=key), body=town.body, by=None, at=MONDAY)

    keys = [uuid.uuid4() for _ in range(3)]
    outcomes = side_by_side(*[partial(filed, key) for key in (keys[0], keys[1], keys[0], keys[2])])
    receipts = [each for each in outcomes if isinstance(each, Receipt)]
    assert [bool(receipt.code) for receipt in receipts] == [True, True, False, True]
    assert receipts[2].petition == receipts[0].petition
    assert Petition.objects.count() == 3
    assert ledger.verify() == []
