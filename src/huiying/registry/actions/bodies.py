"""Bodies, their units, posts and reception places."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry.actions.may import check_may
from huiying.registry.models import Body, Place, PlaceHours, Post, Unit
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_

# First parts of addresses that are pages of the installation: a body of that code could never be reached.
RESERVED_CODES = frozenset(
    {
        "accessibility",
        "api",
        "components",
        "console",
        "help",
        "language",
        "leave",
        "left",
        "privacy",
        "static",
    }
)


@transaction.atomic
def body_found(
    *,
    code: str,
    name: str,
    short: str,
    superior_name: str = "",
    address: str = "",
    phone: str = "",
    by: HasActor,
    at: datetime,
) -> Body:
    """Found a body. Its short name prefixes every petition reference and cannot be shared.

    An act of the installation: no body's own staff may found another.
    """
    check_may(by, Action.REGISTRY_EDIT, None)
    if code in RESERVED_CODES:
        raise Refusal(
            N_("这个代码是网站自己的地址，不能用。"),
            rule="registry.reserved_code",
            remedy=N_("请换一个代码。"),
        )
    body = Body.objects.create(
        code=code,
        name=name,
        short=short,
        superior_name=superior_name,
        address=address,
        phone=phone,
        founded_at=at,
    )
    ledger.append(EventKind.BODY_FOUNDED, body, by=by, at=at, body_id=body.pk, facts={"code": code})
    return body


@transaction.atomic
def unit_found(*, body: Body, code: str, name: str, kind: str, by: HasActor, at: datetime) -> Unit:
    """Found a unit in a body."""
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    unit = Unit.objects.create(body=body, code=code, name=name, kind=kind)
    facts = {"code": code, "kind": kind}
    ledger.append(EventKind.UNIT_FOUNDED, unit, by=by, at=at, body_id=body.pk, facts=facts)
    return unit


@transaction.atomic
def post_create(*, unit: Unit, code: str, title: str, by: HasActor, at: datetime) -> Post:
    """Create a post in a unit; a plan's roles find it by its code."""
    check_may(by, Action.REGISTRY_EDIT, unit.body_id)
    post = Post.objects.create(unit=unit, code=code, title=title)
    ledger.append(EventKind.POST_CREATED, post, by=by, at=at, body_id=unit.body_id, facts={"code": code})
    return post


@transaction.atomic
def place_open(
    *,
    body: Body,
    name: str,
    address: str,
    phone: str = "",
    hours: Sequence[tuple[int, time, time]],
    by: HasActor,
    at: datetime,
) -> Place:
    """Open a reception place; `hours` are (weekday with Monday 0, opens, closes). 信访工作条例 art. 18."""
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    place = Place.objects.create(body=body, name=name, address=address, phone=phone, opened_at=at)
    PlaceHours.objects.bulk_create(PlaceHours(place=place, weekday=d, opens=o, closes=c) for d, o, c in hours)
    facts = {"spans": len(hours)}
    ledger.append(EventKind.PLACE_OPENED, place, by=by, at=at, body_id=body.pk, facts=facts)
    return place
