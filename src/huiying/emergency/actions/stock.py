"""What comes into a store, leaves it, is found in it when counted. History is only ever added to."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from huiying.emergency.actions.stores import hold_open, hold_running
from huiying.emergency.actions.written_down import check_own, check_quantity, lines, record, wrong
from huiying.emergency.gate import check_may, not_there
from huiying.emergency.models import Incident, StockMovement, StorePlace, SupplyItem, SupplyLot
from huiying.emergency.supply_kinds import Movement
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Overtaken
from huiying.rules.supplies import MOST
from huiying.rules.words import N_, said


@transaction.atomic
def stock_receive(
    *,
    item: SupplyItem,
    store: StorePlace,
    quantity: int,
    expires_on: date | None = None,
    note: str = "",
    by: Officer,
    at: datetime,
) -> SupplyLot:
    """Put so many of an item into a store; the same item, place and last good day are one lot. Raises Incomplete."""
    check_may(by, Action.SUPPLY_EDIT, body_id=store.body_id)
    if item.body_id != store.body_id:
        raise not_there()
    note = lines(note=note)["note"]
    check_quantity(quantity)
    if expires_on is not None and expires_on < official_date(at):
        raise wrong(expires_on=N_("这一天已经过去了，过期的东西不入库。请核对日期。"))
    lot = _lot(hold_running(item), hold_open(store), expires_on)
    shift(lot, quantity, Movement.RECEIVED, note=note, by=by, at=at)
    return lot


@transaction.atomic
def stock_issue(
    *,
    lot: SupplyLot,
    quantity: int,
    note: str = "",
    incident: Incident | None = None,
    by: Officer,
    at: datetime,
) -> SupplyLot:
    """Give so many out to be used; never more than there are. Raises Incomplete with what is left."""
    check_may(by, Action.SUPPLY_EDIT, body_id=lot.store.body_id)
    check_own(incident, lot.store.body_id)
    note = lines(note=note)["note"]
    check_quantity(quantity)
    shift(lot, -quantity, Movement.ISSUED, note=note, incident=incident, by=by, at=at)
    return lot


@transaction.atomic
def stock_move(
    *, lot: SupplyLot, store: StorePlace, quantity: int, note: str = "", by: Officer, at: datetime
) -> SupplyLot:
    """Bring so many to another store of the body; gives back the lot they are in now."""
    check_may(by, Action.SUPPLY_EDIT, body_id=lot.store.body_id)
    if store.body_id != lot.store.body_id:
        raise not_there()
    note = lines(note=note)["note"]
    check_quantity(quantity)
    if store.pk == lot.store_id:
        raise wrong(store=N_("它已经在这里了。请选择另一个存放点。"))
    there = _lot(lot.item, hold_open(store), lot.expires_on)
    # Both rows in one order, so that two people who move towards each other do not wait for ever.
    list(SupplyLot.objects.select_for_update().filter(pk__in=[lot.pk, there.pk]).order_by("pk"))
    shift(lot, -quantity, Movement.MOVED, note=note, by=by, at=at)
    shift(there, quantity, Movement.MOVED, note=note, by=by, at=at)
    return there


@transaction.atomic
def stock_discard(*, lot: SupplyLot, quantity: int, note: str, by: Officer, at: datetime) -> SupplyLot:
    """Throw so many away, saying why."""
    check_may(by, Action.SUPPLY_EDIT, body_id=lot.store.body_id)
    note = lines(("note",), note=note)["note"]
    check_quantity(quantity)
    shift(lot, -quantity, Movement.DISCARDED, note=note, by=by, at=at)
    return lot


@transaction.atomic
def stock_count(
    *, lot: SupplyLot, found: int, seen: int, note: str = "", by: Officer, at: datetime
) -> SupplyLot:
    """Write down what was found in a store; the difference is a movement of its own, also where there is none.

    `seen` is the number that stood on the counter's page. Raises Overtaken where it is another by now: somebody
    counted, took or brought in the meantime, and whoever comes later looks again and confirms.
    """
    check_may(by, Action.SUPPLY_COUNT, body_id=lot.store.body_id)
    note = lines(note=note)["note"]
    check_quantity(found, "found", least=0)
    hold_open(lot.store)
    # No join here: PostgreSQL asks only the row's own columns again once it has waited for whoever was faster.
    unchanged = SupplyLot.objects.filter(pk=lot.pk, quantity=seen)
    if not unchanged.update(quantity=found, counted_at=at):
        raise _changed_meanwhile(lot, seen)
    lot.refresh_from_db()
    _written(lot, found - seen, Movement.COUNTED, note, None, by=by, at=at)
    facts = {"item": lot.item_id, "store": lot.store_id, "change": found - seen, "quantity": found}
    record(EventKind.STOCK_COUNTED, lot, lot.store.body_id, by=by, at=at, facts=facts)
    return lot


def shift(
    lot: SupplyLot,
    change: int,
    kind: Movement,
    *,
    note: str = "",
    incident: Incident | None = None,
    by: Officer,
    at: datetime,
) -> None:
    """Change a lot where the change still fits, with its row of history and of the ledger. Raises Incomplete.

    The condition stands in the statement itself: of two who take the last piece, one is told that it is gone.
    """
    fits = SupplyLot.objects.filter(pk=lot.pk, quantity__gte=max(0, -change), quantity__lte=MOST - change)
    if not fits.update(quantity=F("quantity") + change):
        lot.refresh_from_db(fields=["quantity"])
        raise _does_not_fit(lot, change)
    lot.refresh_from_db(fields=["quantity"])
    _written(lot, change, kind, note, incident, by=by, at=at)
    facts = {
        "item": lot.item_id,
        "store": lot.store_id,
        "movement": kind.value,
        "change": change,
        "quantity": lot.quantity,
        "incident": incident.pk if incident else None,
    }
    record(EventKind.STOCK_MOVED, lot, lot.store.body_id, by=by, at=at, facts=facts)


def _written(
    lot: SupplyLot,
    change: int,
    kind: Movement,
    note: str,
    incident: Incident | None,
    *,
    by: Officer,
    at: datetime,
) -> None:
    StockMovement.objects.create(
        lot=lot,
        kind=kind,
        change=change,
        quantity=lot.quantity,
        note=note,
        incident=incident,
        at=at,
        by_id=by.staff_id,
    )


def _lot(item: SupplyItem, store: StorePlace, expires_on: date | None) -> SupplyLot:
    """The one lot of this item, place and day; held, for it is about to change."""
    lot, _new = SupplyLot.objects.get_or_create(
        item=item, store=store, expires_on=expires_on, defaults={"quantity": 0}
    )
    return lot


def _does_not_fit(lot: SupplyLot, change: int) -> Exception:
    if change < 0:
        sentence = said(
            N_("这一批现在只有 {left} {measure}，不够 {asked}。请减少数量，或从别的批次取。"),
            left=lot.quantity,
            measure=lot.item.measure,
            asked=-change,
        )
        return wrong(quantity=sentence)
    return wrong(quantity=said(N_("数字太大了，一批最多 {most}。请核对。"), most=MOST))


def _changed_meanwhile(lot: SupplyLot, seen: int) -> Overtaken:
    lot.refresh_from_db(fields=["quantity"])
    return Overtaken(
        said(
            N_("您打开时账上是 {seen}，现在是 {now}：刚才有人盘点、领用或补充了这一批。"),
            seen=seen,
            now=lot.quantity,
        ),
        rule="emergency.count_unchanged",
        remedy=N_("请再看一眼实物，数对了就再保存一次。"),
    )
