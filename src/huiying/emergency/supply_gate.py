"""The only way to a store, an item, a lot, a kit, a loan, a fund, a capacity plan or a contact for a viewer."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from huiying.emergency.gate import not_there
from huiying.emergency.models import (
    CapacityPlan,
    Contact,
    Fund,
    Kit,
    Loan,
    Spending,
    StorePlace,
    SupplyItem,
    SupplyLot,
)
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere

M = TypeVar("M", bound=Model)


def stores_for(viewer: Officer) -> QuerySet[StorePlace]:
    """The open stores of the viewer's body, in order of opening."""
    rows = StorePlace.objects.filter(body_id=viewer.body_id, closed_at=None)
    return _if(viewer, Action.SUPPLY_READ, rows.order_by("pk"))


def store_for(viewer: Officer, pk: int) -> StorePlace:
    """One open store of the viewer's body."""
    return _one(stores_for(viewer).select_related("keeper_post"), pk)


def items_for(viewer: Officer) -> QuerySet[SupplyItem]:
    """What the viewer's body keeps, by name; what is no longer kept is left out."""
    rows = SupplyItem.objects.filter(body_id=viewer.body_id, ended_at=None)
    return _if(viewer, Action.SUPPLY_READ, rows.order_by("name"))


def item_for(viewer: Officer, pk: int) -> SupplyItem:
    """One item of the viewer's body."""
    return _one(items_for(viewer), pk)


def lot_for(viewer: Officer, pk: int) -> SupplyLot:
    """One lot in an open store of the viewer's body."""
    rows = SupplyLot.objects.filter(store__in=stores_for(viewer)).select_related("store", "item")
    return _one(rows, pk)


def kit_for(viewer: Officer, pk: int) -> Kit:
    """One kit in a store of the viewer's body."""
    rows = Kit.objects.filter(store__in=stores_for(viewer), ended_at=None).select_related("store")
    return _one(rows, pk)


def loan_for(viewer: Officer, pk: int) -> Loan:
    """Something lent from a store of the viewer's body, still out or not."""
    rows = Loan.objects.filter(lot__store__body_id=viewer.body_id)
    related = rows.select_related("lot__store", "lot__item", "unit")
    return _one(_if(viewer, Action.SUPPLY_READ, related), pk)


def fund_for(viewer: Officer, pk: int) -> Fund:
    """One fund of the viewer's body."""
    return _one(_if(viewer, Action.FUND_READ, Fund.objects.filter(body_id=viewer.body_id)), pk)


def spending_for(viewer: Officer, pk: int) -> Spending:
    """One expense from a fund of the viewer's body."""
    rows = Spending.objects.filter(fund__body_id=viewer.body_id).select_related("fund")
    return _one(_if(viewer, Action.FUND_READ, rows), pk)


def capacity_for(viewer: Officer, pk: int) -> CapacityPlan:
    """One plan for more reception of the viewer's body."""
    rows = CapacityPlan.objects.filter(body_id=viewer.body_id).select_related("body", "plan")
    return _one(_if(viewer, Action.CAPACITY_READ, rows), pk)


def contacts_for(viewer: Officer) -> QuerySet[Contact]:
    """The contacts of the viewer's body that are still called."""
    rows = Contact.objects.filter(body_id=viewer.body_id, ended_at=None)
    return _if(viewer, Action.CONTACT_READ, rows)


def contact_for(viewer: Officer, pk: int) -> Contact:
    """One contact of the viewer's body."""
    return _one(contacts_for(viewer), pk)


def _if(viewer: Officer, need: Action, rows: QuerySet[M]) -> QuerySet[M]:
    return rows if can_somewhere(viewer.grants, need) else rows.none()


def _one(rows: QuerySet[M], pk: int) -> M:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise not_there()
    return found
