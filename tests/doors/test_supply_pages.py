"""The pages of supplies, money and reception, as keeper, duty officer, leader and outsider find them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency import actions, selectors
from huiying.emergency.models import CapacityPlan, Fund, Loan, Spending, StockMovement, SupplyItem, SupplyLot
from huiying.records import clock
from huiying.registry.models import Place
from tests.cast import Cast, signed_in
from tests.rooms.emergency import stock


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def keeper(cast: Cast) -> Client:
    return signed_in(Client(), cast.store_keeper)


def at(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def test_an_empty_town_is_told_how_to_begin(cast: Cast, keeper: Client) -> None:
    said = {
        "supplies": "还没有登记物资",
        "kits": "还没有应急包",
        "loans": "没有借出未还的物资",
        "funds": "还没有设定",
        "capacities": "还没有接待保障方案",
        "contacts": "还没有联络单位",
    }
    for name, sentence in said.items():
        assert sentence in words(keeper.get(at(name))), name


def test_from_an_empty_shelf_to_a_counted_one(cast: Cast, keeper: Client) -> None:
    assert keeper.post(at("store_add"), {"name": "仓库", "address": "东街"}).status_code == 303
    item = {"kind": "printed", "name": "办事指南", "measure": "册", "minimum": "２００", "daily_use": ""}
    assert keeper.post(at("supply_item_add"), item).status_code == 422  # 0 is written, not left out
    assert keeper.post(at("supply_item_add"), {**item, "daily_use": "50"}).status_code == 303
    guide = SupplyItem.objects.get()
    (row,) = selectors.stores_listed(cast.store_keeper)
    came = {"item": guide.pk, "quantity": "１２０", "expires_on": ""}
    assert keeper.post(at("stock_receive", row.store.pk), came).status_code == 303
    lot = SupplyLot.objects.get()
    page = words(keeper.get(at("supplies")))
    assert "办事指南" in page and "还缺" in page and "<b>80</b>" in page
    assert "2 天" in words(keeper.get(at("supply_item", guide.pk)))
    told = {"seen": "120", "found": "１１８"}
    assert keeper.post(at("stock_count", lot.pk), told).headers["Location"].endswith(f"#lot-{lot.pk}")
    lot.refresh_from_db()
    assert lot.quantity == 118
    keeper.post(at("stock_count", lot.pk), {"seen": "118", "found": "9", "same": "1"})
    assert list(StockMovement.objects.order_by("pk").values_list("change", flat=True)) == [120, -2, 0]
    assert "今天已点 1 批" in words(keeper.get(at("store_count", row.store.pk)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "请填写 1 或以上的整数"),
        ("十", "请填写整数"),
        ("９９９９９９９", "数字太大了"),
        ("", "请填写整数"),
        ("51", "这一批现在只有 50 瓶"),
    ],
)
def test_a_wrong_number_is_said_at_its_field_and_stays(
    cast: Cast, keeper: Client, typed: str, sentence: str
) -> None:
    lot = stock.lot(cast)
    answer = keeper.post(at("stock_issue", lot.pk), {"quantity": typed, "note": "送到广场"})
    assert answer.status_code == 422
    assert sentence in words(answer) and "送到广场" in words(answer)


def test_who_counts_later_sees_what_changed_and_confirms(cast: Cast, keeper: Client) -> None:
    lot = stock.lot(cast)
    actions.stock_issue(lot=lot, quantity=8, by=cast.store_keeper, at=stock.later(1))
    answer = keeper.post(at("stock_count", lot.pk), {"seen": "50", "found": "41"})
    assert answer.status_code == 409
    assert "现在是 42" in words(answer) and 'value="41"' in words(answer) and 'value="42"' in words(answer)
    assert keeper.post(at("stock_count", lot.pk), {"seen": "42", "found": "41"}).status_code == 303
    wrong = keeper.post(at("stock_count", lot.pk), {"seen": "41", "found": "很多"})
    assert wrong.status_code == 422 and "请填写整数" in words(wrong)


def test_lending_and_taking_back_in_parts(cast: Cast, keeper: Client) -> None:
    lot = stock.lot(cast)
    due = {"unit": cast.units["works"].pk, "quantity": "5", "due_on": clock.today().isoformat()}
    assert keeper.post(at("loan_make", lot.pk), due).status_code == 303
    loan = Loan.objects.get()
    assert "5 瓶" in words(keeper.get(at("loans")))
    assert keeper.post(at("loan_return", loan.pk), {"quantity": "2"}).status_code == 303
    too_many = keeper.post(at("loan_return", loan.pk), {"quantity": "4"})
    assert too_many.status_code == 422 and "只有 3" in words(too_many)
    assert keeper.post(at("loan_write_off", loan.pk), {"note": ""}).status_code == 422
    assert keeper.post(at("loan_write_off", loan.pk), {"note": "洪水冲走"}).status_code == 303
    assert "没有借出未还的物资" in words(keeper.get(at("loans")))


def test_a_kit_has_a_list_and_a_check(cast: Cast, keeper: Client) -> None:
    store, torch = stock.store(cast), stock.item(cast, "手电")
    told = {"name": "外出包", f"item{torch.pk}": "2"}
    assert keeper.post(at("kit_make", store.pk), told).status_code == 303
    page = words(keeper.get(at("kits")))
    assert "外出包" in page and "2 瓶" in page and "还没有检查" in page
    (kit,) = selectors.kits_listed(cast.store_keeper)
    assert keeper.post(at("kit_check", kit.pk), {"is_complete": "0", "note": ""}).status_code == 422
    duty = signed_in(Client(), cast.duty_officer)
    assert duty.post(at("kit_check", kit.pk), {"is_complete": "0", "note": "少一支"}).status_code == 303
    assert "少一支" in words(keeper.get(at("kits")))


def test_money_is_set_aside_spent_and_taken_back(cast: Cast, keeper: Client) -> None:
    leader = signed_in(Client(), cast.leader)
    told = {"year": "2026", "source": "budget", "name": "应急经费", "amount": "１０，０００"}
    assert leader.post(at("fund_add"), told).status_code == 303
    fund = Fund.objects.get()
    spent = {"amount": "1234.5", "on": clock.today().isoformat(), "what": "买水", "voucher": "记-7"}
    assert keeper.post(at("spending_record", fund.pk), spent).status_code == 303
    page = words(keeper.get(at("fund_page", fund.pk)))
    assert "¥1,234.50" in page and "¥8,765.50" in page and "记-7" in page and "用了 12%" in page
    over = keeper.post(at("spending_record", fund.pk), {**spent, "amount": "8765.51"})
    assert over.status_code == 422 and "还剩 ¥8,765.50" in words(over) and "买水" in words(over)
    rounded = keeper.post(at("spending_record", fund.pk), {**spent, "amount": "1.005"})
    assert rounded.status_code == 422 and "最多两位小数" in words(rounded)
    wrong = Spending.objects.get()
    assert keeper.post(at("spending_reverse", wrong.pk), {"what": "记错了科目"}).status_code == 303
    assert "-¥1,234.50" in words(keeper.get(at("fund_page", fund.pk)))
    assert "¥10,000.00" in words(leader.get(at("funds")))


def test_a_capacity_plan_begins_with_the_usual_hours_and_may_only_add(cast: Cast) -> None:
    planner, leader = signed_in(Client(), cast.planner), signed_in(Client(), cast.leader)
    (place,) = Place.objects.filter(body=cast.qingxi)
    key, day = f"place{place.pk}", clock.today()
    form = words(planner.get(at("capacity_add")))
    assert f'name="{key}_hours"' in form and 'value="7"' in form
    told = {
        "title": "庙会",
        "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=6)).isoformat(),
        "expected_a_day": "100",
        "minutes_each": "30",
        f"{key}_desks": "2",
        f"{key}_hours": "4",
    }
    shorter = planner.post(at("capacity_add"), told)
    assert shorter.status_code == 422 and "不能更短" in words(shorter)
    assert planner.post(at("capacity_add"), {**told, f"{key}_hours": "8"}).status_code == 303
    plan = CapacityPlan.objects.get()
    page = words(leader.get(at("capacity_page", plan.pk)))
    assert "还缺 68 人次" in page and "只增加接待，不减少" in page
    assert planner.get(at("capacity_approve", plan.pk)).status_code == 403
    assert leader.post(at("capacity_approve", plan.pk)).status_code == 303
    assert "已批准" in words(planner.get(at("capacities")))


def test_an_export_gives_no_cell_that_a_spreadsheet_would_run(cast: Cast, keeper: Client) -> None:
    stock.lot(cast, item=stock.item(cast, '=HYPERLINK("http://example.invalid")'))
    text = words(keeper.get(at("supplies_csv")))
    assert "'=HYPERLINK" in text and ",=HYPERLINK" not in text
    assert "账上" in words(keeper.get(at("supplies_print")))


def test_the_neighbour_and_the_auditor_find_nothing(cast: Cast) -> None:
    loan, fund = stock.lent(cast), stock.fund(cast)
    outsider = signed_in(Client(), cast.outside_leader)
    addresses = [
        at("store_page", loan.lot.store_id),
        at("supply_item", loan.lot.item_id),
        at("fund_page", fund.pk),
    ]
    for address in addresses:
        assert outsider.get(address).status_code == 404
    assert signed_in(Client(), cast.auditor).get(at("supplies")).status_code == 403
    for name in ("stock_issue", "stock_move", "stock_discard", "loan_make"):
        assert signed_in(Client(), cast.clerk).get(at(name, loan.lot.pk)).status_code == 403


def test_the_keepers_day_shows_what_is_short_spoilt_late_and_to_be_called(cast: Cast, keeper: Client) -> None:
    stock.lot(cast, 9, stock.in_days(1), item=stock.item(cast, "退热贴"))
    loan = stock.lent(cast)
    Loan.objects.filter(pk=loan.pk).update(due_on=stock.TODAY)
    stock.contact(cast)
    page = words(keeper.get("/console/"))
    for said in ("不够的物资", "过期或 30 天内到期的物资", "逾期未还的借用", "要核对的联络电话"):
        assert said in page, said
