"""Money set aside with what was spent of it; plans for more reception with their arithmetic."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, Sum

from huiying.emergency.models import CapacityPlan, CapacityPoint, Fund, Spending
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.supplies import FEN, Capacity, Point, capacity_of, share_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class FundRow:
    """One fund, what is spent of it and left, and the part spent in a hundred."""

    fund: Fund
    spent: Decimal
    left: Decimal
    share: int


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """One plan for more reception with its points and its arithmetic."""

    capacity: CapacityPlan
    points: tuple[CapacityPoint, ...]
    figures: Capacity


def funds_listed(viewer: Officer, *, limit: int = PAGE) -> tuple[FundRow, ...]:
    """The funds of the viewer's body, the newest year first."""
    rows = Fund.objects.filter(body_id=viewer.body_id)
    if not can_somewhere(viewer.grants, Action.FUND_READ):
        return ()
    summed = rows.annotate(total=Sum("spendings__amount")).order_by("-year", "name")
    return tuple(_fund(fund, fund.total) for fund in summed[:limit])


def fund_row(fund: Fund) -> FundRow:
    """One fund with what is spent of it."""
    return _fund(fund, fund.spendings.aggregate(total=Sum("amount"))["total"])


def spendings_of(fund: Fund, *, after: int = 0, limit: int = PAGE) -> tuple[Spending, ...]:
    """The expenses from a fund, newest first; one more than the limit says that there is more."""
    rows = fund.spendings.select_related("recorded_by", "incident", "reversed_by").order_by("-pk")
    return tuple((rows.filter(pk__lt=after) if after else rows)[: limit + 1])


def capacities_listed(viewer: Officer, *, limit: int = PAGE) -> tuple[CapacityRow, ...]:
    """The plans for more reception, the latest first."""
    if not can_somewhere(viewer.grants, Action.CAPACITY_READ):
        return ()
    rows = CapacityPlan.objects.filter(body_id=viewer.body_id).prefetch_related(_points())
    return tuple(capacity_row(row) for row in rows.order_by("-starts_on", "-pk")[:limit])


def capacity_row(capacity: CapacityPlan) -> CapacityRow:
    """One plan with its points and how many can be received in a day."""
    points = tuple(capacity.points.all())
    figures = capacity_of(
        (Point(point.desks, point.hours) for point in points),
        minutes_each=capacity.minutes_each,
        expected=capacity.expected_a_day,
    )
    return CapacityRow(capacity, points, figures)


def _points() -> "Prefetch[str, QuerySet[CapacityPoint], str]":
    return Prefetch("points", queryset=CapacityPoint.objects.select_related("place").order_by("pk"))


def _fund(fund: Fund, total: Decimal | None) -> FundRow:
    spent = Decimal(total or 0).quantize(FEN)
    return FundRow(fund, spent, fund.amount - spent, share_of(spent, fund.amount))
