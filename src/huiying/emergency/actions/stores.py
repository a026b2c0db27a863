"""Stores and the items kept in them: opened, changed, closed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from huiying.emergency.actions.written_down import check_quantity, lines, record, wrong
from huiying.emergency.gate import check_may, not_there
from huiying.emergency.models import Kit, Loan, StorePlace, SupplyItem, SupplyLot
from huiying.emergency.supply_kinds import SupplyKind
from huiying.records.moves import overtaken
from huiying.registry.models import Body, Post
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.loan import LoanState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove
from huiying.rules.words import N_, said


@transaction.atomic
def store_open(
    *, body: Body, name: str, address: str, keeper_post: Post | None = None, by: Officer, at: datetime
) -> StorePlace:
    """Open a place where supplies are kept; the post that keeps it is told what is short. Raises Incomplete."""
    check_may(by, Action.SUPPLY_EDIT, body_id=body.pk)
    told = lines(("name", "address"), name=name, address=address)
    _check_post(keeper_post, body.pk)
    store = StorePlace.objects.create(body=body, keeper_post=keeper_post, opened_at=at, **told)
    record(EventKind.STORE_OPENED, store, body.pk, by=by, at=at, facts=_kept_by(keeper_post))
    return store


@transaction.atomic
def store_change(
    *,
    store: StorePlace,
    name: str,
    address: str,
    keeper_post: Post | None = None,
    by: Officer,
    at: datetime,
) -> StorePlace:
    """Change the name, the address or the keeper of an open store."""
    check_may(by, Action.SUPPLY_EDIT, body_id=store.body_id)
    told = lines(("name", "address"), name=name, address=address)
    _check_post(keeper_post, store.body_id)
    running = StorePlace.objects.filter(pk=store.pk, closed_at=None)
    if not running.update(keeper_post=keeper_post, **told):
        raise overtaken()
    store.refresh_from_db()
    record(EventKind.STORE_CHANGED, store, store.body_id, by=by, at=at, facts=_kept_by(keeper_post))
    return store


@transaction.atomic
def store_close(*, store: StorePlace, by: Officer, at: datetime) -> StorePlace:
    """Close a store that is empty. Raises IllegalMove while something is in it, packed in it or lent from it."""
    check_may(by, Action.SUPPLY_EDIT, body_id=store.body_id)
    held = hold_open(store)
    left = SupplyLot.objects.filter(store=held, quantity__gt=0).count()
    left += Kit.objects.filter(store=held, ended_at=None).count()
    left += Loan.objects.filter(lot__store=held, state=LoanState.OUT).count()
    if left:
        raise IllegalMove(
            said(N_("这里还有 {count} 项物资、应急包或未还的借用，不能关闭。"), count=left),
            rule="emergency.store_empty",
            remedy=N_("请先调拨到别处、领用或报废，收回借出的东西，再关闭。"),
        )
    StorePlace.objects.filter(pk=held.pk).update(closed_at=at)
    store.refresh_from_db()
    record(EventKind.STORE_CLOSED, store, store.body_id, by=by, at=at, facts={})
    return store


@transaction.atomic
def item_add(
    *,
    body: Body,
    kind: SupplyKind,
    name: str,
    measure: str,
    minimum: int = 0,
    daily_use: int = 0,
    resource: str = "",
    by: Officer,
    at: datetime,
) -> SupplyItem:
    """Add one kind of thing, how it is counted and how much there must be of it. Raises Incomplete by field."""
    check_may(by, Action.SUPPLY_EDIT, body_id=body.pk)
    told = _item(
        body.pk, None, name=name, measure=measure, resource=resource, minimum=minimum, daily_use=daily_use
    )
    item = SupplyItem.objects.create(body=body, kind=kind, added_at=at, **told)
    record(EventKind.ITEM_ADDED, item, body.pk, by=by, at=at, facts=_wanted(item))
    return item


@transaction.atomic
def item_change(
    *,
    item: SupplyItem,
    kind: SupplyKind,
    name: str,
    measure: str,
    minimum: int = 0,
    daily_use: int = 0,
    resource: str = "",
    by: Officer,
    at: datetime,
) -> SupplyItem:
    """Change what is said of an item; what was counted of it stays. Raises Incomplete, Overtaken."""
    check_may(by, Action.SUPPLY_EDIT, body_id=item.body_id)
    told = _item(
        item.body_id,
        item.pk,
        name=name,
        measure=measure,
        resource=resource,
        minimum=minimum,
        daily_use=daily_use,
    )
    if not SupplyItem.objects.filter(pk=item.pk, ended_at=None).update(kind=kind, **told):
        raise overtaken()
    item.refresh_from_db()
    record(EventKind.ITEM_CHANGED, item, item.body_id, by=by, at=at, facts=_wanted(item))
    return item


@transaction.atomic
def item_end(*, item: SupplyItem, by: Officer, at: datetime) -> SupplyItem:
    """Keep an item no longer. Raises IllegalMove while there is any of it, or any of it is lent; history stays."""
    check_may(by, Action.SUPPLY_EDIT, body_id=item.body_id)
    hold_running(item)
    lent = Loan.objects.filter(lot__item=item, state=LoanState.OUT)
    if SupplyLot.objects.filter(item=item, quantity__gt=0).exists() or lent.exists():
        raise IllegalMove(
            N_("这种物资还有库存或没有归还的借用，不能停用。"),
            rule="emergency.item_gone",
            remedy=N_("请先领用、报废或收回。"),
        )
    SupplyItem.objects.filter(pk=item.pk).update(ended_at=at)
    item.refresh_from_db()
    record(EventKind.ITEM_ENDED, item, item.body_id, by=by, at=at, facts={})
    return item


def hold_open(store: StorePlace) -> StorePlace:
    """The store's row, held until the end of the transaction: what comes in and its closing wait for each other."""
    held = StorePlace.objects.select_for_update().filter(pk=store.pk, closed_at=None).first()
    if held is None:
        raise overtaken()
    return held


def hold_running(item: SupplyItem) -> SupplyItem:
    """The item's row, held likewise."""
    held = SupplyItem.objects.select_for_update().filter(pk=item.pk, ended_at=None).first()
    if held is None:
        raise overtaken()
    return held


def _item(
    body_id: int,
    own: int | None,
    *,
    name: str,
    measure: str,
    resource: str,
    minimum: int,
    daily_use: int,
) -> dict[str, object]:
    told = lines(("name", "measure"), name=name, measure=measure, resource=resource)
    check_quantity(minimum, "minimum", least=0)
    check_quantity(daily_use, "daily_use", least=0)
    same = SupplyItem.objects.filter(body_id=body_id, name=told["name"], ended_at=None)
    if same.filter(~Q(pk=own)).exists():
        raise wrong(name=N_("已经有这个名称的物资。请打开那一项，或换一个名称。"))
    return {**told, "minimum": minimum, "daily_use": daily_use}


def _wanted(item: SupplyItem) -> dict[str, object]:
    return {"kind": str(item.kind), "minimum": item.minimum, "daily_use": item.daily_use}


def _kept_by(post: Post | None) -> dict[str, object]:
    return {"post": post.pk if post else None}


def _check_post(post: Post | None, body_id: int) -> None:
    if post is not None and post.unit.body_id != body_id:
        raise not_there()
