"""Supplies as they stand: what is short, what expires when, what is lent, by place; who is to be called.

Every list is bounded and every read asks a number of statements that does not grow with what is there.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Max, Min, Prefetch, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from huiying.emergency import supply_gate
from huiying.emergency.models import (
    Contact,
    Kit,
    KitLine,
    Loan,
    StockMovement,
    StorePlace,
    SupplyItem,
    SupplyLot,
)
from huiying.emergency.supply_kinds import ContactKind
from huiying.records.clock import official_date
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.loan import LoanState
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.supplies import (
    LATER,
    SOON,
    VERIFY_EVERY,
    Shelf,
    days_of_use,
    loan_late,
    missing_of,
    shelf,
    verification_due,
)

WALL = 30
ON_PAPER = 12
PAGE = 50


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item with how many of it are good, spoilt, missing, and for how many days of a response they last."""

    item: SupplyItem
    good: int
    spoilt: int
    next_expiry: date | None
    missing: int
    days: int | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of items by name."""

    rows: tuple[ItemRow, ...]
    next_key: str | None


@dataclass(frozen=True, slots=True)
class LotRow:
    """One lot and how near its last good day is."""

    lot: SupplyLot
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One loan: how many are still out, and by how many days they are late."""

    loan: Loan
    out: int
    late: int


@dataclass(frozen=True, slots=True)
class StoreRow:
    """One store with how many kinds of things are in it, when the oldest count was, how many lots nobody counted."""

    store: StorePlace
    lots: int
    uncounted: int
    counted_at: object


@dataclass(frozen=True, slots=True)
class Stored:
    """All of one store: its lots, its kits with what belongs in them, what is lent from it."""

    lots: tuple[LotRow, ...]
    kits: tuple[Kit, ...]
    loans: tuple[LoanRow, ...]


@dataclass(frozen=True, slots=True)
class ResourceStock:
    """What there is of one resource that plans name: good pieces, the least there must be, what is missing."""

    resource: str
    name: str
    measure: str
    good: int
    minimum: int
    missing: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact, the day by which it is to be tried, and whether its number is known not to work."""

    contact: Contact
    due_on: date
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class ContactRound:
    """How far a round of calls is: how many there are, how many answered within the period, how many do not."""

    total: int
    verified: int
    wrong: int

    @property
    def waiting(self) -> int:
        """How many nobody has tried in time."""
        return self.total - self.verified - self.wrong


# For the readiness page and for plans.


def short_resources(body_id: int, on: date) -> tuple[ResourceStock, ...]:
    """What there is less of on that day than there must be, with the id plans name it by (perhaps empty); bounded."""
    rows = _with_stock(SupplyItem.objects.filter(body_id=body_id, ended_at=None), on)
    return tuple(_resource(item) for item in rows.filter(minimum__gt=F("good")).order_by("name")[:PAGE])


def stock_by_resource(body_id: int, on: date) -> dict[str, ResourceStock]:
    """What is good on that day, by the id that plans name a resource by; several items of one id add up."""
    rows = _with_stock(SupplyItem.objects.filter(body_id=body_id, ended_at=None).exclude(resource=""), on)
    found: dict[str, ResourceStock] = {}
    for item in rows.order_by("pk")[:500]:
        row = _resource(item)
        before = found.get(row.resource)
        found[row.resource] = row if before is None else _together(before, row)
    return found


def contacts_due(body_id: int, on: date, *, limit: int = WALL) -> tuple[ContactRow, ...]:
    """The contacts to be tried now: first those known not to work, then those never tried, then the oldest."""
    rows = Contact.objects.filter(body_id=body_id, ended_at=None).filter(_is_due(on))
    ordered = rows.order_by(
        F("wrong_since").asc(nulls_last=True), F("verified_on").asc(nulls_first=True), "pk"
    )
    return tuple(_contact(row) for row in ordered[:limit])


def contacts_printed(viewer: Officer, on: date, *, limit: int = ON_PAPER) -> tuple[Contact, ...]:
    """The contacts whose number answered within the period, for a sheet of paper; those above first, by kind."""
    kinds = [When(kind=kind, then=n) for n, kind in enumerate(ContactKind)]
    rows = supply_gate.contacts_for(viewer).exclude(_is_due(on))
    return tuple(rows.order_by(Case(*kinds, default=len(kinds)), "organisation", "pk")[:limit])


# Supplies.


def items_page(viewer: Officer, on: date, *, kind: str = "", after: str = "", limit: int = PAGE) -> ItemPage:
    """The items of the viewer's body by name from a name on."""
    rows = _with_stock(supply_gate.items_for(viewer), on)
    rows = rows.filter(kind=kind) if kind else rows
    found = list(rows.filter(name__gt=after)[: limit + 1])
    shown = found[:limit]
    return ItemPage(tuple(map(item_row, shown)), shown[-1].name if len(found) > limit else None)


def items_short(viewer: Officer, on: date, *, limit: int = WALL) -> tuple[ItemRow, ...]:
    """What there is less of than there must be."""
    rows = _with_stock(supply_gate.items_for(viewer), on).filter(minimum__gt=F("good"))
    return tuple(map(item_row, rows[:limit]))


def item_counted(viewer: Officer, pk: int, on: date) -> ItemRow:
    """One item with its sums."""
    item = supply_gate.item_for(viewer, pk)
    return item_row(_with_stock(SupplyItem.objects.filter(pk=item.pk), on).get())


def item_row(item: SupplyItem) -> ItemRow:
    """An item that carries its sums, as a row."""
    good, spoilt = item.good, item.spoilt  # type: ignore[attr-defined]
    days = days_of_use(good, item.daily_use)
    missing = missing_of(item.minimum, good)
    return ItemRow(item, good, spoilt, item.next_expiry, missing, days)  # type: ignore[attr-defined]


def lots_of(viewer: Officer, item: SupplyItem, on: date) -> tuple[LotRow, ...]:
    """Where an item lies, the first to expire first."""
    rows = _lots(viewer).filter(item=item, quantity__gt=0)
    return _lot_rows(rows.order_by(F("expires_on").asc(nulls_last=True), "pk")[:PAGE], on)


def lots_expiring(viewer: Officer, on: date, *, days: int = LATER.n, limit: int = WALL) -> tuple[LotRow, ...]:
    """What is spoilt already, or will be within so many days; the first to expire first."""
    until = on + timedelta(days=days)
    rows = _lots(viewer).filter(quantity__gt=0, expires_on__lte=until).order_by("expires_on", "pk")
    return _lot_rows(rows[:limit], on)


def movements_of(item: SupplyItem, *, after: int = 0, limit: int = PAGE) -> tuple[StockMovement, ...]:
    """An item's history, newest first, from one row on; one row more than the limit says that there is more."""
    rows = StockMovement.objects.filter(lot__item=item).select_related("lot__store", "by", "incident")
    rows = rows.filter(pk__lt=after) if after else rows
    return tuple(rows.order_by("-pk")[: limit + 1])


def stores_listed(viewer: Officer) -> tuple[StoreRow, ...]:
    """The open stores with how far they are counted."""
    some = Q(lots__quantity__gt=0)
    rows = supply_gate.stores_for(viewer).select_related("keeper_post")
    rows = rows.annotate(
        kept=Count("lots", filter=some),
        uncounted=Count("lots", filter=some & Q(lots__counted_at=None)),
        last=Max("lots__counted_at", filter=some),
    )
    return tuple(StoreRow(row, row.kept, row.uncounted, row.last) for row in rows[:PAGE])


def store_held(viewer: Officer, store: StorePlace, on: date) -> Stored:
    """What is in one store."""
    lots = _lots(viewer).filter(store=store, quantity__gt=0)
    ordered = lots.order_by("item__name", F("expires_on").asc(nulls_last=True), "pk")
    kits = Kit.objects.filter(store=store, ended_at=None).order_by("pk")
    return Stored(
        _lot_rows(ordered[:200], on),
        tuple(_with_lines(kits)[:WALL]),
        loans_listed(viewer, on, store=store),
    )


def lots_to_count(
    viewer: Officer, store: StorePlace, *, after: int = 0, wanted: int = 0, limit: int = PAGE
) -> list[SupplyLot]:
    """What to stand before in one store, by number; what is all gone is left out unless it is the one wanted."""
    rows = _lots(viewer).filter(store=store, pk__gt=after).filter(Q(quantity__gt=0) | Q(pk=wanted))
    return list(rows.order_by("pk")[: limit + 1])


def lots_all(viewer: Officer) -> "QuerySet[SupplyLot]":
    """Every lot that there is something of, by store, name and last day; for paper and for files."""
    rows = _lots(viewer).filter(quantity__gt=0)
    return rows.order_by("store_id", "item__name", F("expires_on").asc(nulls_last=True), "pk")


def kits_listed(viewer: Officer, *, limit: int = PAGE) -> tuple[Kit, ...]:
    """The kits of the viewer's body: incomplete ones first, then those nobody looked at for longest."""
    rows = Kit.objects.filter(store__in=supply_gate.stores_for(viewer), ended_at=None)
    ordered = rows.order_by("is_complete", F("checked_at").asc(nulls_first=True), "pk")
    return tuple(_with_lines(ordered)[:limit])


def kit_lines(kit: Kit) -> tuple[KitLine, ...]:
    """What belongs in a kit."""
    return tuple(kit.lines.select_related("item").order_by("pk"))


def loans_listed(
    viewer: Officer, on: date, *, store: StorePlace | None = None, late: bool = False, limit: int = WALL
) -> tuple[LoanRow, ...]:
    """What is out, the first due first; `late`: only what should be back."""
    rows = Loan.objects.filter(lot__store__body_id=viewer.body_id, state=LoanState.OUT)
    if not can_somewhere(viewer.grants, Action.SUPPLY_READ):
        return ()
    rows = rows.filter(lot__store=store) if store else rows
    rows = rows.filter(due_on__lt=on) if late else rows
    found = rows.select_related("lot__item", "lot__store", "unit").order_by("due_on", "pk")[:limit]
    return tuple(loan_row(row, on) for row in found)


def loan_row(loan: Loan, on: date) -> LoanRow:
    """A loan as a row."""
    late = loan_late(loan.due_on, on) if loan.state == LoanState.OUT else 0
    return LoanRow(loan, loan.quantity - loan.returned, late)


# Contacts.


def contacts_page(
    viewer: Officer, *, kind: str = "", query: str = "", after: int = 0, limit: int = PAGE
) -> tuple[ContactRow, ...]:
    """The contacts of the viewer's body by number from one on; one more than the limit says that there is more."""
    rows = supply_gate.contacts_for(viewer).filter(pk__gt=after).order_by("pk")
    rows = rows.filter(kind=kind) if kind else rows
    if query:
        rows = rows.filter(
            Q(organisation__contains=query) | Q(post__contains=query) | Q(phone__contains=query)
        )
    return tuple(_contact(row) for row in rows[: limit + 1])


def contact_round(viewer: Officer, on: date) -> ContactRound:
    """How far the round of calls is."""
    wrong, due = Q(wrong_since__isnull=False), _is_due(on)
    counts = supply_gate.contacts_for(viewer).aggregate(
        total=Count("pk"), wrong=Count("pk", filter=wrong), verified=Count("pk", filter=~due)
    )
    return ContactRound(**counts)


def to_remind(on: date) -> list[StorePlace]:
    """The stores with a keeper whose body lacks something, or that hold what is spoilt or will be within 30 days."""
    items = SupplyItem.objects.filter(ended_at=None)
    short = _with_stock(items, on).filter(minimum__gt=F("good")).values("body_id")
    spoiling = SupplyLot.objects.filter(quantity__gt=0, expires_on__lte=on + timedelta(days=SOON.n))
    rows = StorePlace.objects.filter(closed_at=None).exclude(keeper_post=None)
    return list(rows.filter(Q(body_id__in=short) | Q(pk__in=spoiling.values("store_id"))).order_by("pk"))


def _with_stock(items: "QuerySet[SupplyItem]", on: date) -> "QuerySet[SupplyItem]":
    good = Q(lots__expires_on=None) | Q(lots__expires_on__gte=on)
    some = Q(lots__quantity__gt=0)
    return items.annotate(
        good=Coalesce(Sum("lots__quantity", filter=good), 0),
        spoilt=Coalesce(Sum("lots__quantity", filter=Q(lots__expires_on__lt=on)), 0),
        next_expiry=Min("lots__expires_on", filter=some & Q(lots__expires_on__gte=on)),
    )


def _resource(item: SupplyItem) -> ResourceStock:
    good: int = item.good  # type: ignore[attr-defined]
    missing = missing_of(item.minimum, good)
    return ResourceStock(item.resource, item.name, item.measure, good, item.minimum, missing)


def _together(one: ResourceStock, other: ResourceStock) -> ResourceStock:
    good, minimum = one.good + other.good, one.minimum + other.minimum
    return ResourceStock(one.resource, one.name, one.measure, good, minimum, one.missing + other.missing)


def _lots(viewer: Officer) -> "QuerySet[SupplyLot]":
    stores = supply_gate.stores_for(viewer).order_by().values("pk")
    return SupplyLot.objects.filter(store__in=stores).select_related("item", "store")


def _lot_rows(lots: "QuerySet[SupplyLot]", on: date) -> tuple[LotRow, ...]:
    return tuple(LotRow(lot, shelf(lot.expires_on, on)) for lot in lots)


def _with_lines(kits: "QuerySet[Kit]") -> "QuerySet[Kit]":
    lines = Prefetch("lines", queryset=KitLine.objects.select_related("item").order_by("pk"))
    return kits.select_related("store", "checked_by").prefetch_related(lines)


def _is_due(on: date) -> Q:
    old = Q(verified_on__lte=on - timedelta(days=VERIFY_EVERY.n))
    return Q(wrong_since__isnull=False) | Q(verified_on=None) | old


def _contact(contact: Contact) -> ContactRow:
    due = verification_due(contact.verified_on, official_date(contact.added_at))
    return ContactRow(contact, due, contact.wrong_since is not None)
