"""What the town keeps for bad days: two stores, one thing short, one about to expire, a loan that is overdue, money, contacts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from huiying.config.demo import Story
from huiying.config.demo.town import Town
from huiying.emergency import actions
from huiying.emergency.actions.capacity import PointTold
from huiying.emergency.models import Contact, StorePlace, SupplyItem, SupplyLot
from huiying.emergency.supply_kinds import ContactKind, FundSource, SupplyKind
from huiying.records.clock import official_date

OPENED_DAYS_AGO, LENT_DAYS_AGO, COUNTED_DAYS_AGO, FAIR_IN_DAYS = 190, 40, 9, 30


@dataclass(frozen=True, slots=True)
class Thing:
    """One item: what it is, how many there are, how many there should be, when they go off (days from now)."""

    kind: SupplyKind
    name: str
    measure: str
    quantity: int
    minimum: int
    resource: str = ""
    good_for: int | None = None
    daily_use: int = 0


TOWN_HALL = (
    Thing(SupplyKind.PRINTED, "办事和救济白话手册", "册", 420, 300, "res-guides", daily_use=40),
    Thing(SupplyKind.PRINTED, "纸质登记表和回执", "套", 260, 200, "res-receipts", daily_use=60),
    Thing(SupplyKind.MEDICAL, "急救箱", "个", 3, 4, "res-first-aid", good_for=25),
    Thing(SupplyKind.COMMUNICATION, "离线登记平板", "台", 4, 3, "res-offline"),
    Thing(SupplyKind.COMMUNICATION, "对讲机", "台", 8, 6, "res-radios"),
    Thing(SupplyKind.RECEPTION, "折叠座椅", "把", 60, 50, "res-seats"),
)
SERVICE_POINT = (
    Thing(SupplyKind.WATER_FOOD, "瓶装饮用水", "瓶", 480, 400, "res-water", good_for=210, daily_use=120),
    Thing(SupplyKind.SHELTER, "遮阳棚", "顶", 5, 4, "res-shade"),
    Thing(SupplyKind.SIGNS, "路线牌和围栏", "件", 24, 20, "res-signs"),
    Thing(SupplyKind.LIGHT_POWER, "应急照明和充电设备", "套", 6, 6, "res-lamps"),
)
CONTACTS = (
    (ContactKind.SUPERIOR, "云岭县人民政府总值班室", "0571-0000 0900", "contact-duty", 12),
    (ContactKind.SUPERIOR, "云岭县信访局", "0571-0000 0901", "contact-petitions", 12),
    (ContactKind.MEDICAL, "青溪镇卫生院急诊", "0571-0000 0910", "contact-hospital", 20),
    (ContactKind.MEDICAL, "云岭县急救中心", "0571-0000 0911", "contact-ambulance", 20),
    (ContactKind.RESCUE, "云岭县消防救援大队", "0571-0000 0912", "contact-fire", 20),
    (ContactKind.UTILITY, "青溪供水站抢修", "0571-0000 0920", "", 130),
    (ContactKind.UTILITY, "供电所抢修", "0571-0000 0921", "", 130),
    (ContactKind.COMMUNITY, "溪南村村委会值班岗", "0571-0000 0930", "contact-units", None),
)


def stories(town: Town) -> list[Story]:
    """Bought in spring, lent in summer, counted last week; money, contacts and the fair beside."""
    return [_stocked(town), _money(town), _contacts(town), _lent_and_counted(town), _fair(town)]


def _stocked(town: Town) -> Story:
    at = town.day(OPENED_DAYS_AGO, 10)
    yield at
    hall = _store(town, "镇政府一楼库房", "石桥路 1 号一楼西侧", at)
    point = _store(town, "溪南村便民服务点库房", "溪南村村委会院内", at)
    for store, things in ((hall, TOWN_HALL), (point, SERVICE_POINT)):
        for minute, thing in enumerate(things):
            at = town.day(OPENED_DAYS_AGO, 11, minute)
            yield at
            _bought(town, store, thing, at)
    _kit(town, hall, at)


def _store(town: Town, name: str, address: str, at: datetime) -> StorePlace:
    keeper = town.officers["store_keeper"]
    post = town.posts["store_keeper"]
    return actions.store_open(body=town.body, name=name, address=address, keeper_post=post, by=keeper, at=at)


def _bought(town: Town, store: StorePlace, thing: Thing, at: datetime) -> None:
    keeper = town.officers["store_keeper"]
    item = actions.item_add(
        body=town.body,
        kind=thing.kind,
        name=thing.name,
        measure=thing.measure,
        minimum=thing.minimum,
        daily_use=thing.daily_use,
        resource=thing.resource,
        by=keeper,
        at=at,
    )
    expires = None if thing.good_for is None else official_date(town.now) + timedelta(days=thing.good_for)
    actions.stock_receive(
        item=item, store=store, quantity=thing.quantity, expires_on=expires, note="年度采购", by=keeper, at=at
    )


def _kit(town: Town, store: StorePlace, at: datetime) -> None:
    names = {"急救箱": 1, "对讲机": 2, "纸质登记表和回执": 30}
    found = {item.name: item for item in SupplyItem.objects.filter(body=town.body, name__in=names)}
    keeper = town.officers["store_keeper"]
    contents = {found[name]: number for name, number in names.items()}
    kit = actions.kit_make(store=store, name="流动接待包", contents=contents, by=keeper, at=at)
    actions.kit_check(kit=kit, is_complete=True, by=keeper, at=at)


def _money(town: Town) -> Story:
    at = town.day(OPENED_DAYS_AGO, 14)
    yield at
    leader, funds = town.officers["leader"], {}
    rows = (
        (FundSource.RESERVE, "预备费可动用额度", "50000.00"),
        (FundSource.BUDGET, "应急工作经费", "80000.00"),
    )
    for year in {official_date(at).year, official_date(town.now).year}:
        for source, name, amount in rows:
            funds[year] = actions.fund_set(
                body=town.body, year=year, source=source, name=name, amount=Decimal(amount), by=leader, at=at
            )
    for ago, amount, what in ((180, "12600.50", "采购饮用水和急救箱"), (95, "3980.00", "印制白话手册")):
        at = town.day(ago, 16)
        yield at
        actions.spending_record(
            fund=funds[official_date(at).year],
            amount=Decimal(amount),
            on=official_date(at),
            what=what,
            voucher=f"{official_date(at):%Y%m}-07",
            by=town.officers["store_keeper"],
            at=at,
        )


def _contacts(town: Town) -> Story:
    at = town.day(OPENED_DAYS_AGO, 15)
    yield at
    duty = town.officers["duty_officer"]
    known: dict[str, Contact] = {}
    for kind, organisation, phone, plan_contact, _ago in CONTACTS:
        known[organisation] = actions.contact_add(
            body=town.body,
            kind=kind,
            organisation=organisation,
            post="值班岗",
            phone=phone,
            plan_contact=plan_contact,
            by=duty,
            at=at,
        )
    rung = sorted(((ago, name) for _k, name, _p, _c, ago in CONTACTS if ago is not None), reverse=True)
    for minute, (ago, organisation) in enumerate(rung):
        at = town.day(ago, 9, minute)
        yield at
        actions.contact_verify(contact=known[organisation], by=duty, at=at)


def _lent_and_counted(town: Town) -> Story:
    keeper = town.officers["store_keeper"]
    at = town.day(LENT_DAYS_AGO, 10)
    yield at
    actions.loan_make(
        lot=_lot(town, "遮阳棚"),
        unit=town.units["publicity"],
        quantity=2,
        due_on=official_date(at) + timedelta(days=21),
        note="集市宣传",
        by=keeper,
        at=at,
    )
    for minute, (name, found) in enumerate(
        (("办事和救济白话手册", 388), ("折叠座椅", 60), ("瓶装饮用水", 456))
    ):
        at = town.day(COUNTED_DAYS_AGO, 9, minute)
        yield at
        lot = _lot(town, name)
        actions.stock_count(lot=lot, found=found, seen=lot.quantity, note="季度盘点", by=keeper, at=at)


def _lot(town: Town, name: str) -> SupplyLot:
    return SupplyLot.objects.select_related("item", "store").get(item__body=town.body, item__name=name)


def _fair(town: Town) -> Story:
    """More desks for the days of the fair; written by the planner, approved by the leader."""
    at = town.day(6, 10)
    yield at
    starts: date = official_date(town.now) + timedelta(days=FAIR_IN_DAYS)
    points = [
        *(PointTold(name=place.name, desks=2, hours=8, seats=30, place=place) for place in town.places),
        PointTold(name="集市临时接待点", desks=2, hours=8, seats=20),
    ]
    drafted = actions.capacity_draft(
        body=town.body,
        title="青溪古镇集市期间接待保障方案",
        starts_on=starts,
        ends_on=starts + timedelta(days=2),
        expected_a_day=70,
        minutes_each=40,
        points=points,
        notes="各接待渠道照常开放，时限照常计算；临时接待点备饮水、遮阳和手语服务。",
        by=town.officers["planner"],
        at=at,
    )
    at = town.day(4, 15)
    yield at
    actions.capacity_approve(capacity=drafted, by=town.officers["leader"], at=at)
