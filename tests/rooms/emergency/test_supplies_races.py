"""Two people at one shelf or one purse at the same moment: the database lets nothing fall below nothing."""

from decimal import Decimal

import pytest

from huiying.emergency import actions, selectors, supply_gate
from huiying.emergency.models import Loan, SupplyLot
from huiying.records.models import LedgerEvent
from huiying.rules.refusals import Incomplete, Overtaken
from tests.cast import Cast, gather
from tests.races import at_once
from tests.rooms.emergency import stock
from tests.rooms.emergency.stock import MONDAY, TODAY, in_days


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_last_of_a_lot_take_it_once(town: Cast) -> None:
    by, pk = town.store_keeper, stock.lot(town, 10).pk
    readings = [supply_gate.lot_for(by, pk) for _ in range(2)]
    lost = at_once(
        lambda: actions.stock_issue(lot=readings[0], quantity=7, by=by, at=MONDAY),
        lambda: actions.loan_make(
            lot=readings[1], unit=town.units["works"], quantity=7, due_on=in_days(1), by=by, at=MONDAY
        ),
    )
    assert [type(refusal) for refusal in lost] == [Incomplete]
    assert SupplyLot.objects.get().quantity == 3
    assert LedgerEvent.objects.filter(kind="stock.moved").count() == 2  # received, and one of the two
    assert Loan.objects.count() == LedgerEvent.objects.filter(kind="loan.made").count()


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_do_not_write_over_each_other(town: Cast) -> None:
    pk = stock.lot(town, 10).pk
    people = (town.store_keeper, town.duty_officer)
    readings = [supply_gate.lot_for(by, pk) for by in people]
    lost = at_once(
        lambda: actions.stock_count(lot=readings[0], found=9, seen=10, by=people[0], at=MONDAY),
        lambda: actions.stock_count(lot=readings[1], found=8, seen=10, by=people[1], at=MONDAY),
    )
    assert [type(refusal) for refusal in lost] == [Overtaken]
    assert LedgerEvent.objects.filter(kind="stock.counted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_move_towards_each_other_both_arrive(town: Cast) -> None:
    by, water = town.store_keeper, stock.item(town)
    here, there = stock.store(town, "甲库"), stock.store(town, "乙库")
    one = stock.lot(town, 10, item=water, store=here)
    other = stock.lot(town, 10, item=water, store=there)
    assert not at_once(
        lambda: actions.stock_move(lot=one, store=there, quantity=4, by=by, at=MONDAY),
        lambda: actions.stock_move(lot=other, store=here, quantity=1, by=by, at=MONDAY),
    )
    assert list(SupplyLot.objects.order_by("pk").values_list("quantity", flat=True)) == [7, 13]


@pytest.mark.django_db(transaction=True)
def test_two_who_give_back_the_same_loan_give_it_back_once(town: Cast) -> None:
    by, pk = town.store_keeper, stock.lent(town, 10).pk
    readings = [supply_gate.loan_for(by, pk) for _ in range(2)]
    lost = at_once(
        *(
            lambda loan=loan: actions.loan_return(loan=loan, quantity=10, by=by, at=MONDAY)
            for loan in readings
        )  # type: ignore[misc]
    )
    assert len(lost) == 1
    assert SupplyLot.objects.get().quantity == 50


@pytest.mark.django_db(transaction=True)
def test_two_who_spend_the_rest_of_a_fund_spend_it_once(town: Cast) -> None:
    fund = stock.fund(town)

    def spend() -> object:
        told = {"amount": Decimal(600), "on": TODAY, "what": "买水"}
        return actions.spending_record(fund=fund, **told, by=town.store_keeper, at=MONDAY)

    lost = at_once(spend, spend)
    assert [type(refusal) for refusal in lost] == [Incomplete]
    assert selectors.fund_row(fund).left == Decimal(400)
