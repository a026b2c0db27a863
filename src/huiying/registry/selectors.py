"""Reads of the registry: what the public may know of a body, and what its own staff see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Q, QuerySet

from huiying.records.clock import official_date
from huiying.records.statements import kept
from huiying.registry.granting import running_at
from huiying.registry.models import (
    Body,
    Category,
    Grant,
    HolidayOverride,
    Place,
    PlaceHours,
    Post,
    RecoveryCode,
    ResponseLevel,
    SecondFactor,
    Staff,
    Unit,
)
from huiying.registry.officers import Officer
from huiying.rules.categories import DEFAULT
from huiying.rules.matters import Matter
from huiying.rules.permissions import Role
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_

WALL = 30  # a longer list of people at work has a search box


def public_body(code: str) -> Body:
    """The body behind a public address. Raises NotThere with the way back to the list."""
    # Written out: every public page asks this first, and building the statement took longer than running it. Asked
    # each time all the same: a body that was changed in another process a moment ago is shown as it is now.
    names, text = _body_statement()
    with connection.cursor() as cursor:
        cursor.execute(text, [code])
        row = cursor.fetchone()
    if row is None:
        raise NotThere(
            N_("没有找到这个机构。"), rule="registry.public_body", remedy=N_("请从首页的机构列表进入。")
        )
    body = Body.from_db(connection.alias, names, row)
    if body.founded_at.tzinfo is None:  # SQLite keeps no zone
        body.founded_at = body.founded_at.replace(tzinfo=UTC)
    return body


@cache
def _body_statement() -> tuple[list[str], str]:
    fields = Body._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return [field.attname for field in fields], f"SELECT {columns} FROM registry_body WHERE code = %s"  # noqa: S608


def public_bodies() -> QuerySet[Body]:
    """Every body of the installation, in order of founding."""
    return Body.objects.order_by("pk")


def units_of(viewer: Officer) -> QuerySet[Unit]:
    """The units of the viewer's body, in order of founding."""
    return Unit.objects.filter(body_id=viewer.body_id).order_by("pk")


def unit_choices(body_id: int) -> list[tuple[int, str]]:
    """Number and name of a body's units in order of founding, for a list to choose from; a new name shows at once."""
    return _unit_names(body=body_id)


@kept(body=BigIntegerField())
def _unit_names(*, body: Any) -> QuerySet[Unit, tuple[int, str]]:
    return Unit.objects.filter(body_id=body).order_by("pk").values_list("pk", "name")


def category_choices(body_id: int, *, limit: int = 500) -> list[tuple[int, str, str]]:
    """Number, field and label of a body's running categories, for a list to choose from; in the order of the tree."""
    return _category_labels(limit, body=body_id)


@kept(body=BigIntegerField())
def _category_labels(limit: int, *, body: Any) -> QuerySet[Category, tuple[int, str, str]]:
    rows = Category.objects.filter(body_id=body, ended_at=None)
    return rows.values_list("pk", "matter", "label")[:limit]


def posts_of(viewer: Officer) -> QuerySet[Post]:
    """The posts of the viewer's body with their units."""
    return Post.objects.filter(unit__body_id=viewer.body_id).select_related("unit").order_by("unit_id", "pk")


def staff_of(viewer: Officer) -> QuerySet[Staff]:
    """The staff of the viewer's body, by account."""
    return Staff.objects.filter(body_id=viewer.body_id).order_by("account")


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One page of the body's staff; `searchable`: there are more than fit a wall, so a search box is shown."""

    rows: tuple[Staff, ...]
    next_key: str | None
    searchable: bool


def staff_page(viewer: Officer, *, query: str = "", after: str = "", limit: int = 50) -> StaffPage:
    """The staff of the viewer's body by account from a key on, found by a part of the name or account; bounded."""
    own = staff_of(viewer)
    found = own.filter(Q(name__contains=query) | Q(account__contains=query.lower())) if query else own
    rows = list(found.filter(account__gt=after)[: limit + 1])
    return StaffPage(
        rows=tuple(rows[:limit]),
        next_key=rows[limit - 1].account if len(rows) > limit else None,
        searchable=bool(query) or own[WALL : WALL + 1].exists(),
    )


def grants_of(viewer: Officer) -> QuerySet[Grant]:
    """The grants of the viewer's body, running and ended, oldest first."""
    grants = Grant.objects.filter(unit__body_id=viewer.body_id)
    return grants.select_related("staff", "unit", "post").order_by("given_at", "pk")


def running(grants: QuerySet[Grant], at: datetime) -> QuerySet[Grant]:
    """Those of the grants that run at that moment."""
    return grants.filter(running_at(at))


def grants_expiring(viewer: Officer, at: datetime) -> QuerySet[Grant]:
    """The running grants of the viewer's body whose last day is within a month, the nearest first."""
    near = running(grants_of(viewer), at).filter(expires_on__lte=official_date(at) + timedelta(days=30))
    return near.order_by("expires_on", "pk")


def unit_head_exists(unit_id: int, at: datetime) -> bool:
    """Whether an active head of the unit could sign at that moment; where none can, the superior body must."""
    heads = Grant.objects.filter(unit_id=unit_id, role=Role.UNIT_HEAD, staff__is_active=True)
    return running(heads, at).exists()


def staff_names(body_id: int, ids: Iterable[int]) -> dict[int, str]:
    """Names of these staff of one body; numbers of another body's staff are left out."""
    return dict(Staff.objects.filter(body_id=body_id, pk__in=set(ids)).values_list("pk", "name"))


def levels_of(body_id: int) -> QuerySet[ResponseLevel]:
    """The body's scale of response levels, the gravest first; empty until a plan is put in force."""
    return ResponseLevel.objects.filter(body_id=body_id).order_by("order")


def second_factor_of(staff: Staff) -> SecondFactor | None:
    """The authenticator of an account, confirmed or only begun."""
    return SecondFactor.objects.filter(staff=staff).first()


def recovery_codes_left(staff: Staff) -> int:
    """How many recovery codes of an account are not used yet."""
    return RecoveryCode.objects.filter(factor_id=staff.pk, used_at=None).count()


def asks_for_code(staff: Staff) -> bool:
    """Whether signing in to this account takes a second step."""
    return SecondFactor.objects.filter(staff=staff).exclude(confirmed_at=None).exists()


def places_of(body_id: int) -> QuerySet[Place]:
    """The body's places that receive people, in order of opening; a closed one is left out."""
    return Place.objects.filter(body_id=body_id, closed_at=None).order_by("pk")


def overrides_of(body_id: int, year: int) -> QuerySet[HolidayOverride]:
    """The days of a year on which the body departs from the national calendar, in their order."""
    return HolidayOverride.objects.filter(body_id=body_id, on__year=year).order_by("on")


def categories_of(body: Body | int) -> list[Category]:
    """The running second level of the body's category tree with the competent units, ordered, in one query.

    The first level is Category.matter. Nothing is remembered between calls: hold on to the list while a request lasts.
    """
    body_id = body if isinstance(body, int) else body.pk
    running = Category.objects.filter(body_id=body_id, ended_at=None).select_related("unit", "parent__unit")
    order = {matter.value: number for number, matter in enumerate(Matter)}
    return sorted(running, key=lambda category: (order[category.matter], category.order, category.pk))


def default_categories_missing(body: Body) -> int:
    """How many rows of the default tree the body never had."""
    known = set(Category.objects.filter(body=body).values_list("code", flat=True))
    return len({row.code for row in DEFAULT} - known)


def competent_unit(category: Category | None) -> Unit | None:
    """The unit that is competent for a category: its own, else that of the category above it; None: nobody is named."""
    if category is None:
        return None
    if category.unit_id is None and category.parent is not None:
        return category.parent.unit
    return category.unit


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Neighbouring weekdays (Monday is 0) with the same spans."""

    first: int
    last: int
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class Reception:
    """One reception place as the public reads it."""

    name: str
    address: str
    phone: str
    days: tuple[OpenDays, ...]


def reception_times(body: Body) -> tuple[Reception, ...]:
    """Where and when people are received (信访工作条例 art. 18), in two queries."""
    places = places_of(body.pk).prefetch_related("hours")
    return tuple(Reception(p.name, p.address, p.phone, _open_days(p.hours.all())) for p in places)


def _open_days(hours: Iterable[PlaceHours]) -> tuple[OpenDays, ...]:
    rows = sorted(hours, key=lambda row: (row.weekday, row.opens))
    days = [
        (day, tuple((r.opens, r.closes) for r in spans))
        for day, spans in groupby(rows, key=lambda r: r.weekday)
    ]
    merged: list[OpenDays] = []
    for day, spans in days:
        before = merged[-1] if merged else None
        if before and before.last == day - 1 and before.spans == spans:
            merged[-1] = OpenDays(before.first, day, spans)
        else:
            merged.append(OpenDays(day, day, spans))
    return tuple(merged)
