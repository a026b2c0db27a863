"""The pool of experts and interpreters: people from outside who said that they may be called."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.may import check_may
from huiying.registry.duty_kinds import ExpertField
from huiying.registry.models import Body, Expert
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_


@dataclass(frozen=True, slots=True)
class ExpertEntry:
    """What is kept of somebody who may be called."""

    field: ExpertField
    name: str
    phone: str
    agreed_on: date | None
    languages: str = ""
    note: str = ""


TOO_LONG = {
    "name": (40, N_("姓名不超过 40 字。")),
    "phone": (40, N_("电话不超过 40 字。")),
    "languages": (80, N_("语言不超过 80 字。")),
    "note": (200, N_("说明不超过 200 字。")),
}


@transaction.atomic
def expert_add(*, body: Body, entry: ExpertEntry, by: HasActor, at: datetime) -> Expert:
    """Take somebody into the pool who agreed to it. Raises Incomplete by field, for want of the day they agreed too."""
    check_may(by, Action.POOL_EDIT, body.pk)
    expert = Expert.objects.create(body=body, **_checked(entry, at))
    _record(EventKind.EXPERT_ADDED, expert, by, at)
    return expert


@transaction.atomic
def expert_change(*, expert: Expert, entry: ExpertEntry, by: HasActor, at: datetime) -> Expert:
    """Write what is kept of somebody anew; another number has to be verified again."""
    check_may(by, Action.POOL_EDIT, expert.body_id)
    values = _checked(entry, at)
    if values["phone"] != expert.phone:
        values["verified_on"] = None
    _write(expert, **values)
    _record(EventKind.EXPERT_CHANGED, expert, by, at)
    return expert


@transaction.atomic
def expert_verify(*, expert: Expert, by: HasActor, at: datetime) -> Expert:
    """Note that the number was tried today and leads to this person."""
    check_may(by, Action.POOL_EDIT, expert.body_id)
    _write(expert, verified_on=official_date(at))
    _record(EventKind.EXPERT_VERIFIED, expert, by, at)
    return expert


@transaction.atomic
def expert_end(*, expert: Expert, by: HasActor, at: datetime) -> None:
    """Take somebody out of the pool; their name and number are not kept."""
    check_may(by, Action.POOL_EDIT, expert.body_id)
    _write(expert, ended_at=at, name="", phone="", languages="", note="")
    _record(EventKind.EXPERT_ENDED, expert, by, at)


def _write(expert: Expert, **values: object) -> None:
    if not Expert.objects.filter(pk=expert.pk, ended_at=None).update(**values):
        raise overtaken()
    for name, value in values.items():
        setattr(expert, name, value)


def _checked(entry: ExpertEntry, at: datetime) -> dict[str, object]:
    values = {
        name: " ".join(value.split()) if isinstance(value, str) else value
        for name, value in asdict(entry).items()
    }
    fields = {name: said for name, (most, said) in TOO_LONG.items() if len(values[name]) > most}
    if not values["name"]:
        fields["name"] = N_("请写姓名。")
    if not values["phone"]:
        fields["phone"] = N_("请写电话，要用的时候打得通。")
    if entry.agreed_on is None:
        fields["agreed_on"] = N_("请写本人同意入库的日期；没有同意的不入库。")
    elif entry.agreed_on > official_date(at):
        fields["agreed_on"] = N_("同意的日期不能在今天以后。")
    if fields:
        raise Incomplete(N_("没有保存。"), fields=fields, rule="registry.expert")
    return {**values, "field": entry.field}


def _record(kind: EventKind, expert: Expert, by: HasActor, at: datetime) -> None:
    facts = {"field": str(expert.field)}
    ledger.append(kind, expert, by=by, at=at, body_id=expert.body_id, facts=facts)
