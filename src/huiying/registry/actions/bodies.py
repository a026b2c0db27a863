"""Bodies, their units, posts and the form of their references."""

from datetime import datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry.actions.may import check_may
from huiying.registry.models import Body, Post, Unit
from huiying.rules.events import EventKind
from huiying.rules.numbering import Numbering
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
def numbering_set(*, body: Body, form: Numbering, by: HasActor, at: datetime) -> Body:
    """Choose how the references of petitions received from now on look; those given out stay as they are."""
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    Body.objects.filter(pk=body.pk).update(numbering=form)
    body.numbering = form
    facts = {"code": form}
    ledger.append(EventKind.NUMBERING_SET, body, by=by, at=at, body_id=body.pk, facts=facts)
    return body
