"""Money set aside and what was spent of it; a wrong row is reversed by a row of its own."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from huiying.emergency.actions.written_down import check_own, lines, record, wrong
from huiying.emergency.gate import check_may
from huiying.emergency.models import Fund, Incident, Spending
from huiying.emergency.supply_kinds import FundSource
from huiying.records.clock import official_date
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove
from huiying.rules.supplies import FEN, MOST_MONEY, money_words
from huiying.rules.words import N_, said

FIRST_YEAR, LAST_YEAR = 2000, 2100


@transaction.atomic
def fund_set(
    *,
    body: Body,
    year: int,
    source: FundSource,
    name: str,
    amount: Decimal,
    fund: Fund | None = None,
    by: Officer,
    at: datetime,
) -> Fund:
    """Set money aside for a year, or change how much; never below what is spent of it already. Raises Incomplete."""
    check_may(by, Action.FUND_EDIT, body_id=body.pk if fund is None else fund.body_id)
    told = lines(("name",), name=name)
    _check_amount(amount, least=Decimal(0))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise wrong(year=N_("请写四位数的年份，例如 2026。"))
    named = Fund.objects.filter(body=body, year=year, **told)
    if (named.exclude(pk=fund.pk) if fund else named).exists():
        raise wrong(name=N_("这一年已经有同名的经费。请打开那一笔修改，或换一个名称。"))
    kept = {"year": year, "source": source, "amount": amount, "set_at": at, "set_by_id": by.staff_id, **told}
    fund = Fund.objects.create(body=body, **kept) if fund is None else _changed(fund, kept)
    facts = {"year": year, "source": str(source), "amount": str(amount)}
    record(EventKind.FUND_SET, fund, fund.body_id, by=by, at=at, facts=facts)
    return fund


@transaction.atomic
def spending_record(
    *,
    fund: Fund,
    amount: Decimal,
    on: date,
    what: str,
    voucher: str = "",
    incident: Incident | None = None,
    by: Officer,
    at: datetime,
) -> Spending:
    """Write down one expense; refused, with what is left, where the fund does not hold so much. Raises Incomplete."""
    check_may(by, Action.SPENDING_RECORD, body_id=fund.body_id)
    check_own(incident, fund.body_id)
    told = lines(("what",), what=what, voucher=voucher)
    _check_amount(amount, least=FEN)
    if on > official_date(at):
        raise wrong(on=N_("支出日期不能晚于今天。"))
    left = left_of(_held(fund))
    if amount > left:
        raise wrong(
            amount=said(
                N_("这笔经费还剩 {left}，不够。请改用别的经费，或请领导小组先增加额度。"),
                left=money_words(left),
            )
        )
    return _row(fund, amount, on, told, incident=incident, by=by, at=at)


@transaction.atomic
def spending_reverse(*, spending: Spending, what: str, by: Officer, at: datetime) -> Spending:
    """Take a wrong expense back by a row with the opposite amount, saying why; both rows stay."""
    check_may(by, Action.SPENDING_RECORD, body_id=spending.fund.body_id)
    told = lines(("what",), what=what)
    fund = _held(spending.fund)
    if spending.reverses_id or Spending.objects.filter(reverses=spending).exists():
        raise IllegalMove(
            N_("这一笔已经冲销过，或者它本身就是冲销。"),
            rule="emergency.spending_once",
            remedy=N_("请另外登记一笔正确的支出。"),
        )
    told["voucher"] = spending.voucher
    return _row(fund, -spending.amount, official_date(at), told, reverses=spending, by=by, at=at)


def left_of(fund: Fund) -> Decimal:
    """What is left of a fund."""
    return fund.amount - _spent(fund)


def _spent(fund: Fund) -> Decimal:
    total = Spending.objects.filter(fund=fund).aggregate(total=Sum("amount"))["total"]
    return Decimal(total or 0).quantize(FEN)


def _held(fund: Fund) -> Fund:
    """The fund's row held until the end: two expenses at once add up one after the other."""
    return Fund.objects.select_for_update().get(pk=fund.pk)


def _changed(fund: Fund, kept: dict[str, object]) -> Fund:
    spent = _spent(_held(fund))
    if Decimal(str(kept["amount"])) < spent:
        raise wrong(amount=said(N_("这笔经费已经支出 {spent}，额度不能比它少。"), spent=money_words(spent)))
    Fund.objects.filter(pk=fund.pk).update(**kept)
    fund.refresh_from_db()
    return fund


def _row(
    fund: Fund,
    amount: Decimal,
    on: date,
    told: dict[str, str],
    *,
    incident: Incident | None = None,
    reverses: Spending | None = None,
    by: Officer,
    at: datetime,
) -> Spending:
    row = Spending.objects.create(
        fund=fund,
        amount=amount,
        on=on,
        incident=incident or (reverses.incident if reverses else None),
        reverses=reverses,
        recorded_at=at,
        recorded_by_id=by.staff_id,
        **told,
    )
    kind = EventKind.SPENDING_REVERSED if reverses else EventKind.SPENDING_RECORDED
    facts = {"fund": fund.pk, "amount": str(amount), "incident": row.incident_id}
    record(kind, row, fund.body_id, by=by, at=at, facts=facts)
    return row


def _check_amount(amount: Decimal, *, least: Decimal) -> None:
    if amount < least:
        raise wrong(amount=said(N_("金额不能少于 {least}。"), least=money_words(least)))
    if amount > MOST_MONEY:
        raise wrong(amount=N_("金额太大了，请核对。"))
    if amount != amount.quantize(FEN):
        raise wrong(amount=N_("金额最多写到分，也就是两位小数。"))
