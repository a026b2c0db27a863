"""Bodies, their units, posts and the form of their references."""

import re
from datetime import datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry.actions.may import check_may
from huiying.registry.models import Body, Post, Unit
from huiying.rules.events import EventKind
from huiying.rules.numbering import Numbering
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_

POST_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")

# First parts of addresses that are pages of the installation: a body of that code could never be reached.
RESERVED_CODES = frozenset(
    {
        "accessibility",
        "api",
        "calendar",
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
def body_change(
    *, body: Body, superior_name: str, address: str, phone: str, by: HasActor, at: datetime
) -> Body:
    """Change what the public is told of a body: where letters go, whom to call, who stands above. 信访工作条例 art. 18."""
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    told = {"superior_name": superior_name.strip(), "address": address.strip(), "phone": phone.strip()}
    Body.objects.filter(pk=body.pk).update(**told)
    body.refresh_from_db()
    ledger.append(EventKind.BODY_CHANGED, body, by=by, at=at, body_id=body.pk)
    return body


@transaction.atomic
def unit_found(
    *, body: Body, name: str, kind: str, code: str = "", phone: str = "", by: HasActor, at: datetime
) -> Unit:
    """Found a unit in a body; without a code it gets the next number. Raises Incomplete for a name that is there."""
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    name = _unit_name(body.pk, name)
    code = code or f"unit-{Unit.objects.filter(body=body).count() + 1}"
    unit = Unit.objects.create(body=body, code=code, name=name, kind=kind, phone=phone.strip())
    facts = {"code": code, "kind": kind}
    ledger.append(EventKind.UNIT_FOUNDED, unit, by=by, at=at, body_id=body.pk, facts=facts)
    return unit


@transaction.atomic
def unit_change(*, unit: Unit, name: str, phone: str, by: HasActor, at: datetime) -> Unit:
    """Rename a unit or change its telephone, which petitioners are told. Raises Incomplete for a name that is there."""
    check_may(by, Action.REGISTRY_EDIT, unit.body_id)
    name = _unit_name(unit.body_id, name, besides=unit.pk)
    Unit.objects.filter(pk=unit.pk).update(name=name, phone=phone.strip())
    unit.refresh_from_db()
    ledger.append(EventKind.UNIT_CHANGED, unit, by=by, at=at, body_id=unit.body_id)
    return unit


@transaction.atomic
def post_create(*, unit: Unit, code: str, title: str, by: HasActor, at: datetime) -> Post:
    """Create a post in a unit; a plan's roles find it by its code."""
    check_may(by, Action.REGISTRY_EDIT, unit.body_id)
    _check_post(unit, code, title)
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


def _unit_name(body_id: int, name: str, *, besides: int | None = None) -> str:
    name = " ".join(name.split())
    same = Unit.objects.filter(body_id=body_id, name=name).values_list("pk", flat=True)
    if not name or len(name) > 80:
        sentence = N_("请写单位的名称，不超过 80 字。")
    elif any(found != besides for found in same):
        sentence = N_("已经有这个名称的单位。")
    else:
        return name
    raise Incomplete(N_("单位没有保存。"), fields={"name": sentence}, rule="registry.unit")


def _check_post(unit: Unit, code: str, title: str) -> None:
    fields = {}
    if not title.strip():
        fields["title"] = N_("请写岗位的名称。")
    if not POST_CODE.fullmatch(code):
        fields["code"] = N_("代码用小写字母、数字和下划线，例如 duty_officer。")
    elif Post.objects.filter(unit=unit, code=code).exists():
        fields["code"] = N_("这个单位已经有这个代码的岗位。")
    if fields:
        raise Incomplete(N_("岗位没有设立。"), fields=fields, rule="registry.post")
