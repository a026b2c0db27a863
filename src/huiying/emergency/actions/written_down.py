"""What the acts on supplies share: lines that are typed, quantities, one row of the ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from huiying.emergency import texts
from huiying.emergency.gate import not_there
from huiying.emergency.models import Incident
from huiying.records import ledger
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.refusals import Incomplete
from huiying.rules.supplies import MOST
from huiying.rules.words import N_, said

RULE = "emergency.supplies"
NOT_SAVED = N_("没有保存。")

LABELS = {
    "name": N_("名称"),
    "address": N_("地址"),
    "measure": N_("计量单位"),
    "note": N_("说明"),
    "what": N_("用途"),
    "title": N_("名称"),
    "organisation": N_("单位"),
    "phone": N_("电话"),
}
LIMITS = {
    "name": 80,
    "address": 200,
    "measure": 12,
    "resource": 64,
    "note": 200,
    "what": 200,
    "voucher": 80,
    "title": 120,
    "organisation": 80,
    "post": 80,
    "plan_contact": 64,
    "notes": 4000,
}


def lines(needed: tuple[str, ...] = (), **values: str) -> dict[str, str]:
    """Each value as one line, trimmed; raises Incomplete at each field that is needed and empty, or too long."""
    kept = {name: " ".join(texts.cleaned(text).split()) for name, text in values.items()}
    texts.check_filled(kept, {name: LABELS[name] for name in needed}, rule=RULE)
    texts.check_short_enough(kept, LIMITS, rule=RULE)
    return kept


def check_quantity(number: int, field: str = "quantity", *, least: int = 1) -> int:
    """The number back, or Incomplete at its field."""
    if number < least:
        raise wrong(**{field: said(N_("请填写 {least} 或以上的整数。"), least=least)})
    if number > MOST:
        raise wrong(**{field: said(N_("数字太大了，最多 {most}。请核对。"), most=MOST)})
    return number


def wrong(**fields: str) -> Incomplete:
    """The refusal that stands at these fields."""
    return Incomplete(NOT_SAVED, fields=fields, rule=RULE, remedy=N_("请改正标出的各项后重试。"))


def check_own(incident: Incident | None, body_id: int) -> None:
    """An incident that something is used for is the own body's."""
    if incident is not None and incident.body_id != body_id:
        raise not_there()


def record(
    kind: EventKind, thing: Model, body_id: int, *, by: Officer, at: datetime, facts: Mapping[str, Any]
) -> None:
    """One row of the ledger."""
    ledger.append(kind, thing, by=by, at=at, body_id=body_id, facts=facts)
