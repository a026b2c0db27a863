"""Stores, money, reception and contacts for the tests: each made through its action, as of one Monday."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from huiying.emergency import actions
from huiying.emergency.actions.capacity import PointTold
from huiying.emergency.models import CapacityPlan, Contact, Fund, Kit, Loan, StorePlace, SupplyItem, SupplyLot
from huiying.emergency.supply_kinds import ContactKind, FundSource, SupplyKind
from huiying.records.clock import SHANGHAI
from huiying.registry.models import Place
from tests.cast import Cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
TODAY = MONDAY.date()


def in_days(days: int) -> date:
    """So many days after that Monday."""
    return TODAY + timedelta(days=days)


def later(days: int) -> datetime:
    """The same hour so many days on."""
    return MONDAY + timedelta(days=days)


def store(cast: Cast, name: str = "镇政府仓库", **changes: Any) -> StorePlace:
    """A store that the post of the store keeper keeps."""
    told: dict[str, Any] = {"address": "东街 1 号", "keeper_post": cast.posts["store_keeper"], **changes}
    return actions.store_open(body=cast.qingxi, name=name, by=cast.store_keeper, at=MONDAY, **told)


def item(cast: Cast, name: str = "饮用水", **changes: Any) -> SupplyItem:
    """Water, of which there must be two hundred bottles."""
    told: dict[str, Any] = {"kind": SupplyKind.WATER_FOOD, "measure": "瓶", "minimum": 200, **changes}
    return actions.item_add(body=cast.qingxi, name=name, by=cast.store_keeper, at=MONDAY, **told)


def lot(cast: Cast, quantity: int = 50, expires_on: date | None = None, **changes: Any) -> SupplyLot:
    """So many of it in a store."""
    told = {"item": changes.get("item") or item(cast), "store": changes.get("store") or store(cast)}
    return actions.stock_receive(
        quantity=quantity, expires_on=expires_on, by=cast.store_keeper, at=MONDAY, **told
    )


def lent(cast: Cast, quantity: int = 10) -> Loan:
    """Ten of fifty, lent to works for a week."""
    return actions.loan_make(
        lot=lot(cast),
        unit=cast.units["works"],
        quantity=quantity,
        due_on=in_days(7),
        by=cast.store_keeper,
        at=MONDAY,
    )


def kit(cast: Cast) -> Kit:
    """A kit with ten bottles."""
    contents = {item(cast): 10}
    return actions.kit_make(
        store=store(cast), name="外出应急包", contents=contents, by=cast.store_keeper, at=MONDAY
    )


def fund(cast: Cast, amount: str = "1000.00") -> Fund:
    """A thousand yuan for the year."""
    told = {"year": 2026, "source": FundSource.BUDGET, "name": "应急工作经费", "amount": Decimal(amount)}
    return actions.fund_set(body=cast.qingxi, by=cast.leader, at=MONDAY, **told)


def points(cast: Cast, hours: int = 8) -> list[PointTold]:
    """Every ordinary place of the body, and a tent."""
    usual = Place.objects.filter(body=cast.qingxi, closed_at=None).order_by("pk")
    return [PointTold(place.name, 3, hours, place=place) for place in usual] + [PointTold("广场帐篷", 2, 6)]


def capacity(cast: Cast, **changes: Any) -> CapacityPlan:
    """More reception for five days."""
    told: dict[str, Any] = {
        "title": "庙会期间接待保障",
        "starts_on": TODAY,
        "ends_on": in_days(4),
        "expected_a_day": 80,
        "minutes_each": 30,
        "points": points(cast),
        **changes,
    }
    return actions.capacity_draft(body=cast.qingxi, by=cast.planner, at=MONDAY, **told)


def contact(cast: Cast, organisation: str = "县消防救援大队", **changes: Any) -> Contact:
    """The fire brigade's duty room."""
    told: dict[str, Any] = {
        "kind": ContactKind.RESCUE,
        "phone": "0571-0000 0119",
        "post": "值班室",
        **changes,
    }
    return actions.contact_add(
        body=cast.qingxi, organisation=organisation, by=cast.planner, at=MONDAY, **told
    )
