"""The worker beside the server gives way to those who are being answered, for a moment; what is owed is done all the same."""

import threading
from time import monotonic

import pytest

from huiying.petitions.actions import linking
from huiying.petitions.models import SketchBand
from huiying.records import delivery, ledger, sequence, traffic
from huiying.records.models import LedgerLeaf, OutboxMessage, OutboxState
from huiying.records.traffic import MOMENT, Patience, Traffic
from tests.cast import Cast
from tests.rooms.petitions.matters import MONDAY, filed, named


def test_with_nobody_inside_nothing_waits() -> None:
    assert Traffic().wait_until_quiet(10) == 0.0


def test_it_goes_on_as_soon_as_the_last_one_was_answered() -> None:
    here, leave = Traffic(), threading.Event()
    both = threading.Barrier(3)

    def answered() -> None:
        with here.inside():
            both.wait(10)
            assert leave.wait(10)

    threads = [threading.Thread(target=answered) for _ in range(2)]
    for thread in threads:
        thread.start()
    both.wait(10)
    assert here.wait_until_quiet(0.01) > 0  # they are still there
    leave.set()
    assert here.wait_until_quiet(10) < 10
    for thread in threads:
        thread.join(10)
    assert here.wait_until_quiet(10) == 0.0


def test_patience_ends() -> None:
    patience, began = Patience(seconds=2 * MOMENT), monotonic()
    with traffic.inside():
        for _ in range(100):
            patience.give_way()
    assert monotonic() - began < 50 * MOMENT


def test_whoever_fails_inside_is_outside_afterwards() -> None:
    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        traffic.counted(fails)()
    assert traffic._traffic.wait_until_quiet(10) == 0.0


def test_letters_places_and_sketches_come_while_people_never_stop_coming(cast: Cast) -> None:
    for _ in range(3):
        filed(cast, named())
    with traffic.inside():
        delivery.send_due(at=MONDAY)
        sequence.sequence_new()
        linking.sketch_new()
    assert not OutboxMessage.objects.filter(state=OutboxState.WAITING).exists()
    assert LedgerLeaf.objects.count() >= 3 and ledger.verify() == []
    assert SketchBand.objects.values("petition").distinct().count() == 3
