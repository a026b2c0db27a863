"""Kits that stand packed, and things that are lent."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from huiying.emergency.actions.stock import shift
from huiying.emergency.actions.stores import hold_open
from huiying.emergency.actions.written_down import check_quantity, lines, record, wrong
from huiying.emergency.gate import check_may, not_there
from huiying.emergency.models import Kit, KitLine, Loan, StorePlace, SupplyItem, SupplyLot
from huiying.emergency.supply_kinds import Movement
from huiying.records.clock import official_date
from huiying.records.moves import change_state, overtaken
from huiying.registry.models import Unit
from huiying.registry.officers import Officer
from huiying.rules import lifecycle
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.loan import LoanState
from huiying.rules.permissions import Action
from huiying.rules.words import N_, said


@transaction.atomic
def kit_make(
    *, store: StorePlace, name: str, contents: Mapping[SupplyItem, int], by: Officer, at: datetime
) -> Kit:
    """Write down a kit: so many of each item belong in it. It draws nothing from the stock; what is packed is issued."""
    check_may(by, Action.SUPPLY_EDIT, body_id=store.body_id)
    told = lines(("name",), name=name)
    if not contents:
        raise wrong(contents=N_("请至少写一种包里的东西。"))
    for item, quantity in contents.items():
        check_quantity(quantity, "contents")
        if item.body_id != store.body_id:
            raise not_there()
    kit = Kit.objects.create(store=hold_open(store), made_at=at, **told)
    KitLine.objects.bulk_create(KitLine(kit=kit, item=item, quantity=n) for item, n in contents.items())
    facts = {"store": store.pk, "items": len(contents)}
    record(EventKind.KIT_MADE, kit, store.body_id, by=by, at=at, facts=facts)
    return kit


@transaction.atomic
def kit_check(*, kit: Kit, is_complete: bool, note: str = "", by: Officer, at: datetime) -> Kit:
    """Say whether everything is in a kit; what is missing is written down."""
    check_may(by, Action.SUPPLY_COUNT, body_id=kit.store.body_id)
    note = lines(() if is_complete else ("note",), note=note)["note"]
    running = Kit.objects.filter(pk=kit.pk, ended_at=None)
    if not running.update(checked_at=at, checked_by_id=by.staff_id, is_complete=is_complete, note=note):
        raise overtaken()
    kit.refresh_from_db()
    facts = {"complete": is_complete}
    record(EventKind.KIT_CHECKED, kit, kit.store.body_id, by=by, at=at, facts=facts)
    return kit


@transaction.atomic
def kit_end(*, kit: Kit, by: Officer, at: datetime) -> Kit:
    """Take a kit apart; what was in it is received again by whoever puts it on the shelf."""
    check_may(by, Action.SUPPLY_EDIT, body_id=kit.store.body_id)
    if not Kit.objects.filter(pk=kit.pk, ended_at=None).update(ended_at=at):
        raise overtaken()
    kit.refresh_from_db()
    record(EventKind.KIT_ENDED, kit, kit.store.body_id, by=by, at=at, facts={})
    return kit


@transaction.atomic
def loan_make(
    *, lot: SupplyLot, unit: Unit, quantity: int, due_on: date, note: str = "", by: Officer, at: datetime
) -> Loan:
    """Lend so many of a lot to a unit of the body until a day. Raises Incomplete with what is left."""
    check_may(by, Action.SUPPLY_EDIT, body_id=lot.store.body_id)
    if unit.body_id != lot.store.body_id:
        raise not_there()
    note = lines(note=note)["note"]
    check_quantity(quantity)
    if due_on < official_date(at):
        raise wrong(due_on=N_("归还日期不能早于今天。"))
    shift(lot, -quantity, Movement.LENT, note=note, by=by, at=at)
    loan = Loan.objects.create(
        lot=lot, unit=unit, quantity=quantity, due_on=due_on, note=note, lent_at=at, lent_by_id=by.staff_id
    )
    facts = {"lot": lot.pk, "unit": unit.pk, "quantity": quantity, "due_on": due_on.isoformat()}
    record(EventKind.LOAN_MADE, loan, lot.store.body_id, by=by, at=at, facts=facts)
    return loan


@transaction.atomic
def loan_return(*, loan: Loan, quantity: int, by: Officer, at: datetime) -> Loan:
    """Take back all of what was lent, or part of it; the rest stays out. Raises Incomplete, IllegalMove."""
    check_may(by, Action.SUPPLY_EDIT, body_id=loan.lot.store.body_id)
    move = lifecycle.LOAN.check(LoanState(loan.state), LoanState.RETURNED)
    check_quantity(quantity)
    out = Loan.objects.filter(pk=loan.pk, state=LoanState.OUT, quantity__gte=F("returned") + quantity)
    if not out.update(returned=F("returned") + quantity):
        raise _not_so_many(loan)
    loan.refresh_from_db()
    if loan.returned == loan.quantity:
        change_state(loan, move, closed_at=at, closed_by_id=by.staff_id)
    shift(loan.lot, quantity, Movement.RETURNED, by=by, at=at)
    facts = {"lot": loan.lot_id, "quantity": quantity, "out": loan.quantity - loan.returned}
    record(EventKind.LOAN_RETURNED, loan, loan.lot.store.body_id, by=by, at=at, facts=facts)
    return loan


@transaction.atomic
def loan_write_off(*, loan: Loan, note: str, by: Officer, at: datetime) -> Loan:
    """Say that the rest of a loan does not come back, and why."""
    check_may(by, Action.SUPPLY_EDIT, body_id=loan.lot.store.body_id)
    move = lifecycle.LOAN.check(LoanState(loan.state), LoanState.LOST)
    note = lines(("note",), note=note)["note"]
    change_state(loan, move, closed_at=at, closed_by_id=by.staff_id, note=note)
    facts = {"lot": loan.lot_id, "lost": loan.quantity - loan.returned}
    record(EventKind.LOAN_WRITTEN_OFF, loan, loan.lot.store.body_id, by=by, at=at, facts=facts)
    return loan


def _not_so_many(loan: Loan) -> Exception:
    loan.refresh_from_db()
    if loan.state != LoanState.OUT:
        return overtaken()
    return wrong(
        quantity=said(N_("借出后还没有归还的只有 {left}。请核对数量。"), left=loan.quantity - loan.returned)
    )
