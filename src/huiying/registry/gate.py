"""The only way to one row of the registry for a viewer; "not yours" and "not there" look the same."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from huiying.registry import hand_overs, selectors
from huiying.registry.models import (
    Category,
    Deputy,
    DutyShift,
    Expert,
    Grant,
    HandOver,
    HolidayOverride,
    Place,
    Post,
    Qualification,
    ShiftSwap,
    Staff,
    Unit,
)
from huiying.registry.officers import Officer
from huiying.rules.permissions import Action, can_somewhere, check
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


def watch_for(viewer: Officer, watch_id: int) -> DutyShift:
    """A watch of the viewer's body that was not cancelled. Raises NotThere."""
    rows = DutyShift.objects.filter(post__unit__body_id=viewer.body_id, cancelled_at=None)
    return _one(rows.select_related("post__unit", "staff"), watch_id)


def swap_for(viewer: Officer, swap_id: int) -> ShiftSwap:
    """An offer that the viewer made or received. Raises NotThere."""
    own = Q(offered_to=viewer.staff_id) | Q(shift__staff=viewer.staff_id)
    rows = ShiftSwap.objects.filter(own, shift__post__unit__body_id=viewer.body_id)
    return _one(
        rows.select_related("shift__post__unit", "shift__staff", "in_return__post", "offered_to"), swap_id
    )


def hand_over_for(viewer: Officer, hand_over_id: int, *, at: datetime) -> HandOver:
    """A note of a post the viewer answers for at that moment. Raises NotThere."""
    rows = hand_overs.notes_for(viewer).filter(post__in=hand_overs.posts_noted(viewer, at))
    return _one(rows, hand_over_id)


def deputy_for(viewer: Officer, deputy_id: int) -> Deputy:
    """A running deputy in the viewer's body. Raises NotThere."""
    rows = Deputy.objects.filter(post__unit__body_id=viewer.body_id, ended_at=None)
    return _one(rows.select_related("post__unit", "staff"), deputy_id)


def qualification_for(viewer: Officer, qualification_id: int) -> Qualification:
    """A qualification of somebody in the viewer's body that is not ended. Raises NotThere."""
    rows = Qualification.objects.filter(staff__body_id=viewer.body_id, ended_at=None)
    return _one(rows.select_related("staff"), qualification_id)


def expert_for(viewer: Officer, expert_id: int) -> Expert:
    """Somebody in the pool of the viewer's body. Raises NotThere, NotPermitted without POOL_READ."""
    if not can_somewhere(viewer.grants, Action.POOL_READ):
        check((), Action.POOL_READ)
    return _one(Expert.objects.filter(body_id=viewer.body_id, ended_at=None), expert_id)


def _one(rows: QuerySet[M], ref: int) -> M:
    found = rows.filter(pk=ref).first()
    if found is None:
        raise not_there()
    return found


def not_there() -> NotThere:
    """The one answer for what is missing and for what belongs to someone else."""
    return NotThere(N_("没有找到这一项。"), rule="registry.gate", remedy=N_("请检查地址，或从列表重新打开。"))
