"""Supplies, money, reception, contacts: never below nothing, never over the fund, never less than usual."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiying.emergency import actions, selectors, supply_gate
from huiying.emergency.actions.capacity import PointTold
from huiying.emergency.jobs import remind_store_keepers
from huiying.emergency.models import StockMovement, SupplyLot
from huiying.emergency.supply_kinds import ContactKind, FundSource, Movement, SupplyKind
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.rules.lifecycle.capacity import CapacityState
from huiying.rules.lifecycle.loan import LoanState
from huiying.rules.permissions import Role
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken
from tests.cast import BAISHI_PEOPLE, QINGXI_PEOPLE, Cast
from tests.rooms.emergency import stock
from tests.rooms.emergency.stock import MONDAY, TODAY, in_days, later

KEEPER, DUTY, LEADER, PLANNER, HEAD, CLERK = (
    Role.STORE_KEEPER,
    Role.DUTY_OFFICER,
    Role.LEADING_GROUP,
    Role.PLANNER,
    Role.UNIT_HEAD,
    Role.CLERK,
)
Scene = Callable[[Cast], dict[str, Any]]
_ITEM = {"kind": SupplyKind.TOOLS, "name": "铁锹", "measure": "把"}
_NUMBER = {"kind": ContactKind.UTILITY, "organisation": "供电所", "phone": "95598"}


def _plan(cast: Cast) -> dict[str, Any]:
    days = {"starts_on": TODAY, "ends_on": TODAY, "expected_a_day": 9, "minutes_each": 30}
    return {"title": "又一场", "points": stock.points(cast), **days}


def _fund(cast: Cast) -> dict[str, Any]:
    return {
        "body": cast.qingxi,
        "year": 2027,
        "source": FundSource.OTHER,
        "name": "其他",
        "amount": Decimal(1),
    }


def _spent(cast: Cast) -> Any:
    told = {"amount": Decimal("9.90"), "on": TODAY, "what": "买水"}
    return actions.spending_record(fund=stock.fund(cast), by=cast.store_keeper, at=MONDAY, **told)


# Action: who may, on what. Everyone else of the body is refused, and to the neighbour it is not there.
TABLE: dict[str, tuple[set[Role], Scene]] = {
    "store_open": ({KEEPER}, lambda c: {"body": c.qingxi, "name": "二库", "address": "西街"}),
    "store_change": ({KEEPER}, lambda c: {"store": stock.store(c), "name": "二库", "address": "西街"}),
    "store_close": ({KEEPER}, lambda c: {"store": stock.store(c)}),
    "item_add": ({KEEPER}, lambda c: {"body": c.qingxi, **_ITEM}),
    "item_change": ({KEEPER}, lambda c: {"item": stock.item(c), **_ITEM}),
    "item_end": ({KEEPER}, lambda c: {"item": stock.item(c)}),
    "stock_receive": ({KEEPER}, lambda c: {"item": stock.item(c), "store": stock.store(c), "quantity": 1}),
    "stock_issue": ({KEEPER}, lambda c: {"lot": stock.lot(c), "quantity": 1}),
    "stock_move": ({KEEPER}, lambda c: {"lot": stock.lot(c), "store": stock.store(c, "二库"), "quantity": 1}),
    "stock_discard": ({KEEPER}, lambda c: {"lot": stock.lot(c), "quantity": 1, "note": "破损"}),
    "stock_count": ({KEEPER, DUTY}, lambda c: {"lot": stock.lot(c), "found": 49, "seen": 50}),
    "kit_make": (
        {KEEPER},
        lambda c: {"store": stock.store(c), "name": "包", "contents": {stock.item(c): 2}},
    ),
    "kit_check": ({KEEPER, DUTY}, lambda c: {"kit": stock.kit(c), "is_complete": True}),
    "kit_end": ({KEEPER}, lambda c: {"kit": stock.kit(c)}),
    "loan_make": (
        {KEEPER},
        lambda c: {"lot": stock.lot(c), "unit": c.units["works"], "quantity": 1, "due_on": TODAY},
    ),
    "loan_return": ({KEEPER}, lambda c: {"loan": stock.lent(c), "quantity": 1}),
    "loan_write_off": ({KEEPER}, lambda c: {"loan": stock.lent(c), "note": "遗失"}),
    "fund_set": ({LEADER}, _fund),
    "spending_record": (
        {KEEPER, HEAD, LEADER},
        lambda c: {"fund": stock.fund(c), "amount": Decimal(1), "on": TODAY, "what": "买水"},
    ),
    "spending_reverse": ({KEEPER, HEAD, LEADER}, lambda c: {"spending": _spent(c), "what": "记错"}),
    "capacity_draft": ({PLANNER, DUTY}, lambda c: {"body": c.qingxi, **_plan(c)}),
    "capacity_save": ({PLANNER, DUTY}, lambda c: {"capacity": stock.capacity(c), **_plan(c)}),
    "capacity_approve": ({LEADER}, lambda c: {"capacity": stock.capacity(c)}),
    "capacity_drop": ({PLANNER, DUTY}, lambda c: {"capacity": stock.capacity(c)}),
    "contact_add": ({PLANNER, DUTY}, lambda c: {"body": c.qingxi, **_NUMBER}),
    "contact_change": ({PLANNER, DUTY}, lambda c: {"contact": stock.contact(c), **_NUMBER}),
    "contact_verify": ({PLANNER, DUTY, KEEPER, CLERK}, lambda c: {"contact": stock.contact(c)}),
    "contact_wrong": ({PLANNER, DUTY, KEEPER, CLERK}, lambda c: {"contact": stock.contact(c)}),
    "contact_end": ({PLANNER, DUTY}, lambda c: {"contact": stock.contact(c)}),
}


@pytest.mark.parametrize("name", TABLE)
def test_only_the_named_roles_act_and_the_neighbour_finds_nothing(cast: Cast, name: str) -> None:
    roles, scene = TABLE[name]
    act, told = getattr(actions, name), scene(cast)
    written = LedgerEvent.objects.count()
    for account in BAISHI_PEOPLE:
        with pytest.raises(NotThere):
            act(**told, by=cast.officers[account], at=MONDAY)
    for account, part in QINGXI_PEOPLE.items():
        if part.role not in roles:
            with pytest.raises(NotPermitted):
                act(**told, by=cast.officers[account], at=MONDAY)
    assert LedgerEvent.objects.count() == written
    actor = next(account for account, part in QINGXI_PEOPLE.items() if part.role in roles)
    act(**told, by=cast.officers[actor], at=MONDAY)
    assert LedgerEvent.objects.count() > written


def test_what_comes_in_with_the_same_last_day_is_one_lot(cast: Cast) -> None:
    water, here = stock.item(cast), stock.store(cast)
    for expires_on in (None, None, in_days(10), in_days(10), in_days(40)):
        stock.lot(cast, 5, expires_on, item=water, store=here)
    found = [(lot.expires_on, lot.quantity) for lot in SupplyLot.objects.order_by("pk")]
    assert found == [(None, 10), (in_days(10), 10), (in_days(40), 5)]
    with pytest.raises(Incomplete, match="没有保存"):
        stock.lot(cast, 5, in_days(-1), item=water, store=here)


@pytest.mark.parametrize("quantity", [0, -1, 51, 2_000_000, 10**15])
def test_nobody_takes_more_than_there_is_or_less_than_one(cast: Cast, quantity: int) -> None:
    lot = stock.lot(cast)
    with pytest.raises(Incomplete) as refused:
        actions.stock_issue(lot=lot, quantity=quantity, by=cast.store_keeper, at=MONDAY)
    assert set(refused.value.fields) == {"quantity"}
    lot.refresh_from_db()
    assert lot.quantity == 50
    actions.stock_issue(lot=lot, quantity=50, by=cast.store_keeper, at=MONDAY)
    assert lot.quantity == 0


def test_what_is_moved_is_gone_here_and_there_with_the_same_last_day(cast: Cast) -> None:
    lot = stock.lot(cast, 50, in_days(20))
    second = stock.store(cast, "二库")
    there = actions.stock_move(lot=lot, store=second, quantity=20, by=cast.store_keeper, at=MONDAY)
    lot.refresh_from_db()
    assert (lot.quantity, there.quantity, there.expires_on) == (30, 20, in_days(20))
    changes = (
        StockMovement.objects.filter(kind=Movement.MOVED).order_by("pk").values_list("change", flat=True)
    )
    assert list(changes) == [-20, 20]


def test_counting_writes_the_difference_and_leaves_history_as_it_was(cast: Cast) -> None:
    lot = stock.lot(cast)
    actions.stock_count(lot=lot, found=47, seen=50, by=cast.duty_officer, at=later(1))
    actions.stock_count(lot=lot, found=47, seen=47, by=cast.store_keeper, at=later(2))
    rows = StockMovement.objects.order_by("pk").values_list("kind", "change", "quantity")
    assert list(rows) == [("received", 50, 50), ("counted", -3, 47), ("counted", 0, 47)]
    assert lot.counted_at == later(2)


def test_who_counts_after_somebody_else_is_told_and_confirms(cast: Cast) -> None:
    lot = stock.lot(cast)
    actions.stock_count(lot=lot, found=47, seen=50, by=cast.duty_officer, at=later(1))
    with pytest.raises(Overtaken, match="现在是 47"):
        actions.stock_count(lot=lot, found=48, seen=50, by=cast.store_keeper, at=later(1))
    actions.stock_count(lot=lot, found=48, seen=47, by=cast.store_keeper, at=later(1))
    assert lot.quantity == 48


def test_a_store_closes_when_nothing_is_left_in_it(cast: Cast) -> None:
    loan = stock.lent(cast)
    lot, by = loan.lot, cast.store_keeper
    actions.stock_issue(lot=lot, quantity=40, by=by, at=MONDAY)
    with pytest.raises(IllegalMove, match="不能关闭"):
        actions.store_close(store=lot.store, by=by, at=MONDAY)
    with pytest.raises(IllegalMove, match="不能停用"):
        actions.item_end(item=lot.item, by=by, at=MONDAY)
    actions.loan_write_off(loan=loan, note="遗失", by=by, at=MONDAY)
    actions.store_close(store=lot.store, by=by, at=MONDAY)
    with pytest.raises(Overtaken):
        stock.lot(cast, item=lot.item, store=lot.store)


def test_a_loan_comes_back_in_parts_and_never_more_than_went_out(cast: Cast) -> None:
    loan = stock.lent(cast)
    actions.loan_return(loan=loan, quantity=4, by=cast.store_keeper, at=later(1))
    assert (loan.state, loan.returned) == (LoanState.OUT, 4)
    with pytest.raises(Incomplete) as refused:
        actions.loan_return(loan=loan, quantity=7, by=cast.store_keeper, at=later(1))
    assert "只有 6" in refused.value.fields["quantity"]
    actions.loan_return(loan=loan, quantity=6, by=cast.store_keeper, at=later(2))
    assert (loan.state, SupplyLot.objects.get().quantity) == (LoanState.RETURNED, 50)
    with pytest.raises(IllegalMove):
        actions.loan_return(loan=loan, quantity=1, by=cast.store_keeper, at=later(2))


def test_an_incomplete_kit_says_what_is_missing(cast: Cast) -> None:
    kit = stock.kit(cast)
    with pytest.raises(Incomplete):
        actions.kit_check(kit=kit, is_complete=False, by=cast.duty_officer, at=MONDAY)
    actions.kit_check(kit=kit, is_complete=False, note="少 2 瓶", by=cast.duty_officer, at=MONDAY)
    assert (kit.is_complete, kit.note) == (False, "少 2 瓶")


def test_a_fund_is_never_overspent_and_says_what_is_left(cast: Cast) -> None:
    fund, by = stock.fund(cast), cast.store_keeper
    told: dict[str, Any] = {"fund": fund, "on": TODAY, "what": "买水", "by": by, "at": MONDAY}
    first = actions.spending_record(amount=Decimal("999.99"), voucher="记-12", **told)
    with pytest.raises(Incomplete) as refused:
        actions.spending_record(amount=Decimal("0.02"), **told)
    assert "¥0.01" in refused.value.fields["amount"]
    with pytest.raises(Incomplete):
        actions.fund_set(**{**_fund(cast), "fund": fund}, by=cast.leader, at=MONDAY)
    back = actions.spending_reverse(spending=first, what="凭证号写错", by=by, at=MONDAY)
    assert (back.amount, back.reverses_id) == (Decimal("-999.99"), first.pk)
    assert selectors.fund_row(fund).left == Decimal("1000.00")
    for wrong in (first, back):
        with pytest.raises(IllegalMove):
            actions.spending_reverse(spending=wrong, what="再冲", by=by, at=MONDAY)
    actions.spending_record(amount=Decimal("1000.00"), **told)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1000000000"])
def test_an_amount_is_at_least_a_fen_and_whole_fen(cast: Cast, amount: str) -> None:
    with pytest.raises(Incomplete) as refused:
        actions.spending_record(
            fund=stock.fund(cast),
            amount=Decimal(amount),
            on=TODAY,
            what="买水",
            by=cast.store_keeper,
            at=MONDAY,
        )
    assert set(refused.value.fields) == {"amount"}


def test_a_plan_for_a_major_event_may_only_add_reception(cast: Cast) -> None:
    for points in (stock.points(cast, hours=6), [PointTold("广场帐篷", 9, 12)]):
        with pytest.raises(Incomplete) as refused:
            stock.capacity(cast, points=points)
        assert "不能更短" in refused.value.fields["points"]
    capacity = stock.capacity(cast)
    actions.capacity_approve(capacity=capacity, by=cast.leader, at=MONDAY)
    assert capacity.state == CapacityState.APPROVED
    with pytest.raises(IllegalMove):
        actions.capacity_save(capacity=capacity, **_plan(cast), by=cast.planner, at=MONDAY)
    with pytest.raises(NotPermitted):
        actions.capacity_drop(capacity=capacity, by=cast.planner, at=MONDAY)
    actions.capacity_drop(capacity=capacity, by=cast.leader, at=MONDAY)


def test_a_wrong_number_stays_on_top_until_it_is_mended_and_tried(cast: Cast) -> None:
    fire, power, water = (stock.contact(cast, name) for name in ("消防", "供电", "供水"))
    for contact, days in ((fire, 0), (power, 5), (water, 3)):
        actions.contact_verify(contact=contact, by=cast.clerk, at=later(days))
    assert selectors.contacts_due(cast.qingxi.pk, in_days(89)) == ()
    assert [row.contact for row in selectors.contacts_due(cast.qingxi.pk, in_days(93))] == [fire, water]
    actions.contact_wrong(contact=power, by=cast.clerk, at=later(93))
    assert [r.contact for r in selectors.contacts_due(cast.qingxi.pk, in_days(93))] == [power, fire, water]
    told = {"kind": ContactKind.UTILITY, "organisation": "供电", "phone": "９５５９８"}
    actions.contact_change(contact=power, **told, by=cast.planner, at=later(94))
    assert (power.phone, power.wrong_since, power.verified_on) == ("95598", None, None)
    assert selectors.contacts_due(cast.baishi.pk, in_days(400)) == ()


def test_what_is_short_is_told_by_the_day_it_is_good_on(cast: Cast) -> None:
    water = stock.item(cast, resource="water", minimum=100)
    stock.lot(cast, 90, in_days(30), item=water)
    stock.lot(cast, 20, item=water, store=stock.store(cast, "二库"))
    assert selectors.short_resources(cast.qingxi.pk, in_days(30)) == ()
    (short,) = selectors.short_resources(cast.qingxi.pk, in_days(31))
    assert (short.resource, short.good, short.missing) == ("water", 20, 80)
    assert selectors.stock_by_resource(cast.qingxi.pk, TODAY)["water"].good == 110
    assert selectors.short_resources(cast.baishi.pk, in_days(31)) == ()


def test_an_overview_asks_the_same_however_much_there_is(cast: Cast) -> None:
    here, by = stock.store(cast), cast.store_keeper

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            selectors.items_page(by, TODAY)
            selectors.items_short(by, TODAY)
            selectors.lots_expiring(by, TODAY)
            for store in selectors.stores_listed(by)[:1]:
                selectors.store_held(by, store.store, TODAY)
            selectors.kits_listed(by)
            selectors.loans_listed(by, TODAY)
        return len(seen)

    def more(name: str) -> None:
        lot = stock.lot(cast, 9, in_days(3), item=stock.item(cast, name), store=here)
        told = {"lot": lot, "unit": cast.units["works"], "quantity": 1, "due_on": TODAY}
        actions.loan_make(**told, by=by, at=MONDAY)
        actions.kit_make(store=here, name=name, contents={lot.item: 1}, by=by, at=MONDAY)

    more("水")
    before = asked()
    for name in ("灯", "帐篷", "手册"):
        more(name)
    assert asked() == before


def test_the_keeper_is_told_once_a_week_in_words_that_name_nothing(cast: Cast) -> None:
    stock.lot(cast, 500, in_days(31))
    assert remind_store_keepers(MONDAY) == 0
    assert remind_store_keepers(later(1)) == remind_store_keepers(later(2)) == 1
    (letter,) = OutboxMessage.objects.all()
    assert (letter.recipient_kind, letter.context) == ("post", {"path": "/console/supplies/"})
    remind_store_keepers(later(8))
    assert OutboxMessage.objects.count() == 2


def test_the_ledger_holds_no_words_of_what_was_typed(cast: Cast) -> None:
    secret = "张三家门口"
    lot = stock.lot(cast)
    actions.stock_discard(lot=lot, quantity=1, note=secret, by=cast.store_keeper, at=MONDAY)
    told = {"on": TODAY, "what": secret, "voucher": secret}
    actions.spending_record(fund=stock.fund(cast), amount=Decimal(1), **told, by=cast.store_keeper, at=MONDAY)
    assert not [event for event in LedgerEvent.objects.all() if secret in str(event.facts)]


def test_the_neighbour_finds_no_store_item_lot_loan_or_contact(cast: Cast) -> None:
    loan, contact, fund = stock.lent(cast), stock.contact(cast), stock.fund(cast)
    outside = cast.outside_leader
    for gate, thing in (
        (supply_gate.store_for, loan.lot.store),
        (supply_gate.item_for, loan.lot.item),
        (supply_gate.lot_for, loan.lot),
        (supply_gate.loan_for, loan),
        (supply_gate.contact_for, contact),
        (supply_gate.fund_for, fund),
    ):
        with pytest.raises(NotThere):
            gate(outside, thing.pk)
    assert selectors.items_page(outside, TODAY).rows == ()
    assert selectors.loans_listed(outside, TODAY) == selectors.contacts_page(outside) == ()
