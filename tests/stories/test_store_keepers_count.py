"""A store keeper's count: shelf after shelf on a phone, what is short, what spoils, what is out and comes back."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from huiying.emergency import actions
from huiying.emergency.models import Loan, StockMovement, StorePlace, SupplyLot
from huiying.emergency.supply_kinds import SupplyKind
from huiying.records import clock, ledger
from huiying.records.models import LedgerEvent
from tests.cast import Cast, signed_in


@dataclass(frozen=True)
class Shelf:
    """What the books say stands on one shelf, and how much of it there must be."""

    name: str
    kind: SupplyKind
    measure: str
    quantity: int
    minimum: int
    expires_on: date | None = None


def words(answer: HttpResponse) -> str:
    """The page as text."""
    return answer.content.decode()


def shelves(cast: Cast) -> tuple[StorePlace, dict[str, SupplyLot]]:
    """The town's store as it was yesterday, and its five lots by name."""
    by, at = cast.store_keeper, clock.now() - timedelta(days=1)
    store = actions.store_open(
        body=cast.qingxi,
        name="镇政府仓库",
        address="东街 1 号",
        keeper_post=cast.posts["store_keeper"],
        by=by,
        at=at,
    )
    soon = clock.today() + timedelta(days=20)
    lots = {}
    for shelf in (
        Shelf("饮用水", SupplyKind.WATER_FOOD, "瓶", 180, 200),
        Shelf("手电", SupplyKind.LIGHT_POWER, "支", 30, 28),
        Shelf("退热贴", SupplyKind.MEDICAL, "盒", 12, 10, soon),
        Shelf("办事指南", SupplyKind.PRINTED, "册", 500, 300),
        Shelf("折叠椅", SupplyKind.RECEPTION, "把", 40, 20),
    ):
        item = actions.item_add(
            body=cast.qingxi,
            kind=shelf.kind,
            name=shelf.name,
            measure=shelf.measure,
            minimum=shelf.minimum,
            by=by,
            at=at,
        )
        lots[shelf.name] = actions.stock_receive(
            item=item, store=store, quantity=shelf.quantity, expires_on=shelf.expires_on, by=by, at=at
        )
    return store, lots


def card(page: str, lot: SupplyLot) -> str:
    """The card of one lot on the page of counting."""
    found = re.search(rf'<li class="count-lot[^"]*" id="lot-{lot.pk}">.*?</li>', page, re.S)
    assert found is not None, lot
    return found[0]


def send(browser: Client, page: str, lot: SupplyLot, found: str, **pressed: str) -> HttpResponse:
    """Send the card as the browser would: with what the page said of the books when it was opened."""
    seen = re.search(r'name="seen" value="(\d+)"', card(page, lot))
    assert seen is not None
    return browser.post(
        reverse("console:stock_count", args=[lot.pk]), {"seen": seen[1], "found": found, **pressed}
    )


def held(lots: dict[str, SupplyLot]) -> dict[str, int]:
    """What the books say now."""
    return {name: SupplyLot.objects.get(pk=lot.pk).quantity for name, lot in lots.items()}


def test_she_counts_on_her_phone_and_everyone_sees_what_is_short(cast: Cast) -> None:
    store, lots = shelves(cast)
    keeper, duty, clerk = (
        signed_in(Client(), cast.staff[who]) for who in ("store_keeper", "duty_officer", "clerk")
    )
    counting = reverse("console:store_count", args=[store.pk])

    # In the morning only water is short, and the duty officer's day says so.
    morning = words(duty.get(reverse("console:home")))
    assert "不够的物资" in morning and "还缺 20 瓶" in morning and "手电" not in morning

    # Before the shelves she opens the page once. Nothing is counted yet.
    page = words(keeper.get(counting))
    assert "今天已点 0 批，共 5 批" in page and "账上 180 瓶" in card(page, lots["饮用水"])

    # The water is all there: one press. Whatever stands in the field beside it is not looked at.
    done = send(keeper, page, lots["饮用水"], "18", same="1")
    assert (done.status_code, done["Location"]) == (303, f"{counting}#lot-{lots['饮用水'].pk}")

    # Three torches are gone, and a box of plasters; her keyboard writes wide digits.
    assert send(keeper, page, lots["手电"], "27").status_code == 303
    assert send(keeper, page, lots["退热贴"], "１１").status_code == 303

    # "A whole pile" is no number. It is said at the field, her word still stands in it, the books are as before.
    refused = send(keeper, page, lots["办事指南"], "一大摞")
    at_field = card(words(refused), lots["办事指南"])
    assert refused.status_code == 422
    assert "请填写整数" in at_field and 'value="一大摞"' in at_field and 'aria-invalid="true"' in at_field
    assert 'aria-invalid="true"' not in card(words(refused), lots["手电"])
    assert held(lots) == {"饮用水": 180, "手电": 27, "退热贴": 11, "办事指南": 500, "折叠椅": 40}
    assert send(keeper, words(refused), lots["办事指南"], "480").status_code == 303

    # The duty officer counted the chairs while she was at the other end. Hers does not run over his unseen.
    assert send(duty, words(duty.get(counting)), lots["折叠椅"], "38").status_code == 303
    overtaken = send(keeper, page, lots["折叠椅"], "39")
    again = words(overtaken)
    assert overtaken.status_code == 409
    assert "现在是 38" in again and 'value="39"' in card(again, lots["折叠椅"])
    assert held(lots)["折叠椅"] == 38
    assert send(keeper, again, lots["折叠椅"], "39", same="1").status_code == 303
    assert "今天已点 5 批，共 5 批" in words(keeper.get(counting))

    # Counting is not for everybody.
    assert clerk.get(counting).status_code == 403
    assert send(clerk, page, lots["手电"], "99").status_code == 403
    after = {"饮用水": 180, "手电": 27, "退热贴": 11, "办事指南": 480, "折叠椅": 38}
    assert held(lots) == after

    # Now torches are short too, by one; the plasters spoil within the month. The guides are enough.
    overview = words(keeper.get(reverse("console:supplies")))
    short, _heading, rest = overview.partition('id="expiring"')
    spoiling = rest.partition('id="lent"')[0]
    assert re.search(r"手电.*?<b>1</b>", short, re.S) and "<b>20</b>" in short and "办事指南" not in short
    assert "退热贴" in spoiling and "饮用水" not in spoiling
    evening = words(duty.get(reverse("console:home")))
    assert "还缺 20 瓶" in evening and "还缺 1 支" in evening and "退热贴" in evening

    # Works borrows ten chairs for the hall. Four come back, then more than there are, then the last six.
    loan = lend(keeper, lots["折叠椅"], cast, "１０")
    assert held(lots)["折叠椅"] == 28
    assert "村建办" in words(keeper.get(reverse("console:loans")))
    back = reverse("console:loan_return", args=[loan.pk])
    assert keeper.post(back, {"quantity": "4"}).status_code == 303
    too_many = keeper.post(back, {"quantity": "7"})
    assert too_many.status_code == 422 and "只有 6" in words(too_many) and 'value="7"' in words(too_many)
    assert held(lots)["折叠椅"] == 32
    assert keeper.post(back, {"quantity": "6"}).status_code == 303
    assert "没有借出未还的物资" in words(keeper.get(reverse("console:loans")))

    # At the end the books are what was found, and every change of theirs stands in them and in the ledger.
    assert held(lots) == after
    for name, lot in lots.items():
        assert sum(StockMovement.objects.filter(lot=lot).values_list("change", flat=True)) == after[name]
    assert LedgerEvent.objects.filter(kind="stock.counted").count() == 6
    assert ledger.verify(LedgerEvent.objects.all()) == []


def lend(keeper: Client, lot: SupplyLot, cast: Cast, quantity: str) -> Loan:
    """So many lent to works for a week, by the form."""
    due = (clock.today() + timedelta(days=7)).isoformat()
    told = {"unit": cast.units["works"].pk, "quantity": quantity, "due_on": due}
    assert keeper.post(reverse("console:loan_make", args=[lot.pk]), told).status_code == 303
    return Loan.objects.get()
