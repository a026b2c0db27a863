"""The body's category tree: fields of matters above, categories with their competent units below."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.may import check_may
from huiying.registry.models import Body, Category, Unit
from huiying.rules.categories import DEFAULT
from huiying.rules.events import EventKind
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

MOST = 300  # running categories of one body: what a person can still choose from


@transaction.atomic
def categories_lay(
    *, body: Body, units: Mapping[Matter, Unit] | None = None, by: HasActor, at: datetime
) -> int:
    """Lay down the default tree where its rows are missing; how many were added. What the body ended stays ended.

    `units` names the competent unit of all that is laid under a field; raises Incomplete for a unit of another body.
    """
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    competent = units or {}
    for unit in competent.values():
        _check_unit(body.pk, unit)
    known = set(Category.objects.filter(body=body).values_list("code", flat=True))
    fresh = [
        Category(
            body=body,
            matter=matter,
            code=row.code,
            label=row.label,
            unit=competent.get(matter),
            order=place,
        )
        for matter in Matter
        for place, row in enumerate((row for row in DEFAULT if row.matter is matter), start=1)
        if row.code not in known
    ]
    Category.objects.bulk_create(fresh)
    facts = {"added": len(fresh)}
    ledger.append(EventKind.CATEGORIES_LAID, body, by=by, at=at, body_id=body.pk, facts=facts)
    return len(fresh)


@transaction.atomic
def category_add(
    *,
    body: Body,
    matter: Matter,
    label: str,
    unit: Unit | None = None,
    code: str = "",
    by: HasActor,
    at: datetime,
) -> Category:
    """Add a category at the end of its field; without a code it gets the next number there.

    Raises Incomplete for a name that is missing, too long or there already, and for a unit of another body.
    """
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    Body.objects.select_for_update().get(pk=body.pk)  # two who add at once get two numbers
    label = _checked_label(body.pk, matter, label)
    _check_unit(body.pk, unit)
    _check_room(body)
    order = _next_order(body.pk, matter)
    category = Category.objects.create(
        body=body, matter=matter, code=code or _free_code(body, matter), label=label, unit=unit, order=order
    )
    _record(EventKind.CATEGORY_ADDED, category, by, at)
    return category


@transaction.atomic
def category_change(
    *,
    category: Category,
    matter: Matter,
    label: str,
    unit: Unit | None = None,
    place: int | None = None,
    by: HasActor,
    at: datetime,
) -> Category:
    """Rename a category, move it to another field, or to a place in its field's list (1 is the first), or name its unit.

    What was filed under it keeps pointing at it. Raises Incomplete by field, Overtaken for an ended one.
    """
    check_may(by, Action.REGISTRY_EDIT, category.body_id)
    label = _checked_label(category.body_id, matter, label, besides=category.pk)
    _check_unit(category.body_id, unit)
    order = category.order if matter == category.matter else _next_order(category.body_id, matter)
    changed = {"matter": matter, "label": label, "unit": unit, "order": order}
    if not Category.objects.filter(pk=category.pk, ended_at=None).update(**changed):
        raise overtaken()
    if place is not None:
        _put_in_place(category.pk, category.body_id, matter, place)
    category.refresh_from_db()
    _record(EventKind.CATEGORY_CHANGED, category, by, at)
    return category


@transaction.atomic
def category_end(*, category: Category, by: HasActor, at: datetime) -> Category:
    """End a category: nothing new is filed under it; what was stays there."""
    check_may(by, Action.REGISTRY_EDIT, category.body_id)
    if not Category.objects.filter(pk=category.pk, ended_at=None).update(ended_at=at):
        raise overtaken()
    category.refresh_from_db()
    _record(EventKind.CATEGORY_ENDED, category, by, at)
    return category


def _put_in_place(category_id: int, body_id: int, matter: Matter, place: int) -> None:
    """Number the field's running categories anew, with this one at its place."""
    rows = list(
        Category.objects.filter(body_id=body_id, matter=matter, ended_at=None).order_by("order", "pk")
    )
    (own,) = (row for row in rows if row.pk == category_id)
    rows.remove(own)
    rows.insert(max(place, 1) - 1, own)
    for number, row in enumerate(rows, start=1):
        row.order = number
    Category.objects.bulk_update(rows, ["order"])


def _record(kind: EventKind, category: Category, by: HasActor, at: datetime) -> None:
    facts = {"code": category.code, "matter": category.matter, "unit": category.unit_id}
    ledger.append(kind, category, by=by, at=at, body_id=category.body_id, facts=facts)


def _checked_label(body_id: int, matter: Matter, label: str, *, besides: int | None = None) -> str:
    label = " ".join(label.split())
    same = Category.objects.filter(body_id=body_id, matter=matter, label=label, ended_at=None)
    if not label:
        raise _wrong("label", N_("请写类别的名称。"))
    if len(label) > 40:
        raise _wrong("label", N_("名称不超过 40 字。"))
    if any(found != besides for found in same.values_list("pk", flat=True)):
        raise _wrong("label", N_("这一类下面已经有这个名称。"))
    return label


def _check_unit(body_id: int, unit: Unit | None) -> None:
    if unit is not None and unit.body_id != body_id:
        raise _wrong("unit", N_("请选择本机构的单位。"))


def _check_room(body: Body) -> None:
    if Category.objects.filter(body=body, ended_at=None).count() >= MOST:
        raise _wrong("label", N_("类别已经太多，没有人能从中选出合适的一个；请先停用不用的。"))


def _next_order(body_id: int, matter: Matter) -> int:
    last = Category.objects.filter(body_id=body_id, matter=matter).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def _free_code(body: Body, matter: Matter) -> str:
    return f"{matter}-{Category.objects.filter(body=body).count() + 1}"


def _wrong(field: str, sentence: str) -> Incomplete:
    return Incomplete(N_("类别没有保存。"), fields={field: sentence}, rule="registry.category")
