"""Turns events into lines that a person reads: who, what, about what, with which facts."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from huiying.records import ledger
from huiying.records.models import LedgerEvent
from huiying.registry.audit import Named
from huiying.rules.actors import LABELS as ACTOR_LABELS
from huiying.rules.actors import ActorKind
from huiying.rules.permissions import Role
from huiying.web.console.ledger.words import FACTS, KINDS, SUBJECTS
from huiying.web.shared import dates

# Facts whose number stands for a row of the registry. An actor of another kind has no name here at all.
STAFF_FACTS = frozenset({"staff", "handler", "owner"})


@dataclass(frozen=True, slots=True)
class Line:
    """One event as it is shown; `holds` says whether it is still what was written."""

    id: uuid.UUID
    at: datetime
    kind: str
    subject: str
    subject_kind: str
    subject_id: str
    who: str
    facts: tuple[tuple[str, str], ...]
    fingerprint: str
    holds: bool | None


def lines(events: list[LedgerEvent], named: Named, *, verified: bool) -> list[Line]:
    """The lines of one page; with `verified` each event's hash, commitment and place are checked again."""
    broken = set(ledger.verify(events)) if verified else set()
    return [_line(event, named, None if not verified else event.pk not in broken) for event in events]


def kind_word(kind: str) -> str:
    """The Chinese word for a kind of event; a kind without one shows as it is written."""
    return next((_(word) for known, word in KINDS.items() if known == kind), kind)


def subject_word(kind: str) -> str:
    """The Chinese word for what an event is about."""
    return _(SUBJECTS[kind]) if kind in SUBJECTS else kind


def _line(event: LedgerEvent, named: Named, holds: bool | None) -> Line:
    return Line(
        id=event.pk,
        at=event.at,
        kind=kind_word(event.kind),
        subject=f"{subject_word(event.subject_kind)} {_subject_name(event, named)}",
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        who=_who(event, named),
        facts=tuple(
            (_(FACTS[key]) if key in FACTS else key, _value(key, value, named))
            for key, value in event.facts.items()
        ),
        fingerprint=bytes(event.content_hash).hex()[:16],
        holds=holds,
    )


def _subject_name(event: LedgerEvent, named: Named) -> str:
    names = {"staff": named.staff, "unit": named.units, "post": named.posts}.get(event.subject_kind, {})
    return names.get(event.subject_id, event.subject_id)


def _who(event: LedgerEvent, named: Named) -> str:
    if event.actor_kind == ActorKind.STAFF:
        return named.staff.get(event.actor_ref, event.actor_ref)
    return _(ACTOR_LABELS[ActorKind(event.actor_kind)])


def _value(key: str, value: object, named: Named) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list | tuple):
        return "、".join(_value(key, each, named) for each in value) or _("无")
    if isinstance(value, dict):
        return "；".join(f"{inner}：{_value(inner, each, named)}" for inner, each in value.items())
    if value in (None, ""):
        return _("无")
    return _named(key, str(value), named) or _moment(str(value)) or str(value)


def _named(key: str, value: str, named: Named) -> str:
    if key == "role":
        return next((_(role.label) for role in Role if role == value), "")
    if key in STAFF_FACTS:
        return named.staff.get(value, "")
    return {"unit": named.units, "post": named.posts}.get(key, {}).get(value, "")


def _moment(value: str) -> str:
    """A date or an instant in words; empty for what is neither."""
    if len(value) < len("2025-01-01") or value[4] != "-":
        return ""
    try:
        if len(value) == len("2025-01-01"):
            return dates.full_date(date.fromisoformat(value))
        return dates.moment(datetime.fromisoformat(value))
    except ValueError:
        return ""


def kind_options() -> Iterable[tuple[str, str]]:
    """The choices of the kind filter."""
    return [("", _("全部")), *((str(kind), _(word)) for kind, word in KINDS.items())]


def subject_options() -> Iterable[tuple[str, str]]:
    """The choices of the subject filter."""
    return [("", _("全部")), *((kind, _(word)) for kind, word in SUBJECTS.items())]
