"""Who stands in for a post, and what members of staff are qualified for."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.may import check_may
from huiying.registry.gate import not_there
from huiying.registry.models import Deputy, Post, Qualification, Staff
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

LAST_PLACE = 9


@transaction.atomic
def deputy_name(*, post: Post, staff: Staff, order: int = 1, by: HasActor, at: datetime) -> Deputy:
    """Name who stands in for a post, and in which place. Raises Incomplete for who does already."""
    body_id = post.unit.body_id
    check_may(by, Action.DUTY_PLAN, body_id)
    if staff.body_id != body_id or not staff.is_active:
        raise not_there()
    if not 1 <= order <= LAST_PLACE:
        raise _wrong("order", N_("请填 1 到 9 的数字。"))
    try:
        with transaction.atomic():
            deputy = Deputy.objects.create(post=post, staff=staff, order=order, named_at=at)
    except IntegrityError:
        raise _wrong("staff", N_("这个人已经是这个岗位的代理人。")) from None
    facts = {"post": post.pk, "staff": staff.pk, "order": order}
    ledger.append(EventKind.DEPUTY_NAMED, deputy, by=by, at=at, body_id=body_id, facts=facts)
    return deputy


def _wrong(field: str, sentence: str) -> Incomplete:
    return Incomplete(N_("代理人没有指定。"), fields={field: sentence}, rule="registry.deputy")


@transaction.atomic
def deputy_end(*, deputy: Deputy, by: HasActor, at: datetime) -> None:
    """From now on this person does not stand in for the post."""
    body_id = deputy.post.unit.body_id
    check_may(by, Action.DUTY_PLAN, body_id)
    if not Deputy.objects.filter(pk=deputy.pk, ended_at=None).update(ended_at=at):
        raise overtaken()
    facts = {"post": deputy.post_id, "staff": deputy.staff_id}
    ledger.append(EventKind.DEPUTY_ENDED, deputy, by=by, at=at, body_id=body_id, facts=facts)


@transaction.atomic
def qualification_record(
    *,
    staff: Staff,
    what: str,
    obtained_on: date,
    expires_on: date | None = None,
    by: HasActor,
    at: datetime,
) -> Qualification:
    """Record what somebody is qualified for, since when and until when. Raises Incomplete by field."""
    check_may(by, Action.DUTY_PLAN, staff.body_id)
    what, fields = " ".join(what.split()), {}
    if not what or len(what) > 60:
        fields["what"] = N_("请写明资格，例如急救员证，不超过 60 字。")
    if expires_on is not None and expires_on < obtained_on:
        fields["expires_on"] = N_("有效期不能早于取得的日期。")
    if fields:
        raise Incomplete(N_("资格没有登记。"), fields=fields, rule="registry.qualification")
    held = Qualification.objects.create(
        staff=staff, what=what, obtained_on=obtained_on, expires_on=expires_on
    )
    facts = {"staff": staff.pk, "from": obtained_on, "to": expires_on}
    _record(EventKind.QUALIFICATION_RECORDED, held, facts, by, at)
    return held


@transaction.atomic
def qualification_end(*, qualification: Qualification, by: HasActor, at: datetime) -> None:
    """It holds no more: withdrawn, or recorded by mistake."""
    check_may(by, Action.DUTY_PLAN, qualification.staff.body_id)
    if not Qualification.objects.filter(pk=qualification.pk, ended_at=None).update(ended_at=at):
        raise overtaken()
    _record(EventKind.QUALIFICATION_ENDED, qualification, {"staff": qualification.staff_id}, by, at)


def _record(
    kind: EventKind, held: Qualification, facts: dict[str, object], by: HasActor, at: datetime
) -> None:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    ledger.append(kind, held, by=by, at=at, body_id=held.staff.body_id, facts=plain)
