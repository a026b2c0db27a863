"""Two at once on two connections: one wins, the other is told, the ledger says it once."""

import uuid
from functools import partial

import pytest

from huiying.petitions import actions, gate
from huiying.petitions.actions.filing import Receipt
from huiying.petitions.models import Petition, PetitionClock
from huiying.records import ledger
from huiying.records.models import LedgerEvent, OutboxMessage, VaultEntry
from huiying.rules.clocks import Clock
from huiying.rules.refusals import Overtaken
from tests.cast import Cast, gather
from tests.races import at_once
from tests.rooms.petitions.matters import MONDAY, filed, filing, named

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


def events(kind: str) -> int:
    """How often the ledger says it."""
    return LedgerEvent.objects.filter(kind=kind).count()


def test_two_officers_who_accept_at_once_accept_once(town: Cast) -> None:
    petition = filed(town).petition
    actions.petition_register(petition=petition, by=town.clerk, at=MONDAY)
    readings = [gate.petition_for(by, petition.reference) for by in (town.clerk, town.second_clerk)]
    acts = [
        partial(actions.petition_accept, petition=reading, by=by, at=MONDAY)
        for reading, by in zip(readings, (town.clerk, town.second_clerk), strict=True)
    ]
    lost = at_once(*acts)
    assert [type(refusal) for refusal in lost] == [Overtaken]
    assert events("petition.accepted") == 1
    assert PetitionClock.objects.filter(petition=petition, clock=Clock.HANDLE).count() == 1


def test_one_who_accepts_and_one_who_declines_at_once_do_not_both_win(town: Cast) -> None:
    petition = filed(town).petition
    actions.petition_register(petition=petition, by=town.clerk, at=MONDAY)
    one, other = (gate.petition_for(by, petition.reference) for by in (town.clerk, town.second_clerk))
    lost = at_once(
        partial(actions.petition_accept, petition=one, by=town.clerk, at=MONDAY),
        partial(
            actions.petition_decline,
            petition=other,
            reason="属于法院管辖。",
            whereto="白石县人民法院",
            by=town.second_clerk,
            at=MONDAY,
        ),
    )
    assert [type(refusal) for refusal in lost] == [Overtaken]
    assert events("petition.accepted") + events("petition.declined") == 1


def test_two_clicks_at_once_file_one_petition_with_one_code(town: Cast) -> None:
    what, receipts = named(filing_key=uuid.uuid4()), list[Receipt]()

    def click() -> None:
        receipts.append(actions.petition_file(filing=what, body=town.body, by=None, at=MONDAY))

    assert at_once(click, click, click) == []
    assert len({receipt.petition.pk for receipt in receipts}) == 1
    assert sorted(receipt.code is None for receipt in receipts) == [False, True, True]
    assert Petition.objects.count() == VaultEntry.objects.count() == OutboxMessage.objects.count() == 1
    assert events("petition.filed") == 1
    assert ledger.verify() == []


def test_many_who_file_at_once_all_have_their_own(town: Cast) -> None:
    receipts = list[Receipt]()

    def file() -> None:
        for _ in range(5):
            receipts.append(actions.petition_file(filing=filing(), body=town.body, by=None, at=MONDAY))

    assert at_once(*[file] * 6) == []
    assert len({receipt.petition.reference for receipt in receipts}) == Petition.objects.count() == 30
    assert events("petition.filed") == 30
    assert ledger.verify() == []
