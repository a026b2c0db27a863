"""The only way to one row of the registry for a viewer; "not yours" and "not there" look the same."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from huiying.registry import selectors
from huiying.registry.models import Category, Grant, HolidayOverride, Place, Post, Staff, Unit
from huiying.registry.officers import Officer
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_

M = TypeVar("M", bound=Model)


def unit_for(viewer: Officer, unit_id: int) -> Unit:
    """A unit of the viewer's body. Raises NotThere."""
    return _one(selectors.units_of(viewer), unit_id)


def post_for(viewer: Officer, post_id: int) -> Post:
    """A post of the viewer's body. Raises NotThere."""
    return _one(selectors.posts_of(viewer), post_id)


def staff_for(viewer: Officer, staff_id: int) -> Staff:
    """A member of staff of the viewer's body. Raises NotThere."""
    return _one(selectors.staff_of(viewer), staff_id)


def grant_for(viewer: Officer, grant_id: int) -> Grant:
    """A grant in the viewer's body, running or ended. Raises NotThere."""
    return _one(selectors.grants_of(viewer), grant_id)


def place_for(viewer: Officer, place_id: int) -> Place:
    """A reception place of the viewer's body that is not closed. Raises NotThere."""
    return _one(selectors.places_of(viewer.body_id), place_id)


def category_for(viewer: Officer, category_id: int) -> Category:
    """A category of the viewer's body that is not ended. Raises NotThere."""
    return _one(Category.objects.filter(body_id=viewer.body_id, ended_at=None), category_id)


def override_for(viewer: Officer, override_id: int) -> HolidayOverride:
    """A day on which the viewer's body departs from the national calendar. Raises NotThere."""
    return _one(HolidayOverride.objects.filter(body_id=viewer.body_id), override_id)


def _one(rows: QuerySet[M], ref: int) -> M:
    found = rows.filter(pk=ref).first()
    if found is None:
        raise not_there()
    return found


def not_there() -> NotThere:
    """The one answer for what is missing and for what belongs to someone else."""
    return NotThere(N_("没有找到这一项。"), rule="registry.gate", remedy=N_("请检查地址，或从列表重新打开。"))
