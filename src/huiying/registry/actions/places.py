"""Reception places with their hours: opened, changed, closed. 信访工作条例 art. 18: published for everyone."""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.records.moves import overtaken
from huiying.registry.actions.may import check_may
from huiying.registry.models import Body, Place, PlaceHours
from huiying.rules.calendar import WEEKDAYS
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_, said

Span = tuple[int, time, time]  # weekday with Monday 0, opens, closes


@transaction.atomic
def place_open(
    *,
    body: Body,
    name: str,
    address: str,
    phone: str = "",
    hours: Sequence[Span],
    by: HasActor,
    at: datetime,
) -> Place:
    """Open a reception place with its hours. 信访工作条例 art. 18. Raises Incomplete by field."""
    check_may(by, Action.REGISTRY_EDIT, body.pk)
    _check(name, address, hours)
    place = Place.objects.create(body=body, name=name, address=address, phone=phone, opened_at=at)
    _write_hours(place, hours)
    _record(EventKind.PLACE_OPENED, place, by, at, spans=len(hours))
    return place


@transaction.atomic
def place_change(
    *,
    place: Place,
    name: str,
    address: str,
    phone: str = "",
    hours: Sequence[Span],
    by: HasActor,
    at: datetime,
) -> Place:
    """Change what the public reads of a place; everyone sees it at once. Raises Overtaken for a closed one."""
    check_may(by, Action.REGISTRY_EDIT, place.body_id)
    _check(name, address, hours)
    running = Place.objects.filter(pk=place.pk, closed_at=None)
    if not running.update(name=name, address=address, phone=phone):
        raise overtaken()
    PlaceHours.objects.filter(place=place).delete()
    _write_hours(place, hours)
    place.refresh_from_db()
    _record(EventKind.PLACE_CHANGED, place, by, at, spans=len(hours))
    return place


@transaction.atomic
def place_close(*, place: Place, by: HasActor, at: datetime) -> Place:
    """Close a place: it is no longer published, and what was said there keeps naming it."""
    check_may(by, Action.REGISTRY_EDIT, place.body_id)
    if not Place.objects.filter(pk=place.pk, closed_at=None).update(closed_at=at):
        raise overtaken()
    place.refresh_from_db()
    _record(EventKind.PLACE_CLOSED, place, by, at)
    return place


def _write_hours(place: Place, hours: Sequence[Span]) -> None:
    PlaceHours.objects.bulk_create(PlaceHours(place=place, weekday=d, opens=o, closes=c) for d, o, c in hours)


def _record(kind: EventKind, place: Place, by: HasActor, at: datetime, **facts: object) -> None:
    ledger.append(kind, place, by=by, at=at, body_id=place.body_id, facts=facts)


def _check(name: str, address: str, hours: Sequence[Span]) -> None:
    fields = {}
    if not name.strip():
        fields["name"] = N_("请写接待场所的名称。")
    if not address.strip():
        fields["address"] = N_("请写地址，来访的人要能找到。")
    for weekday in range(7):
        if sentence := _wrong_day(weekday, sorted((o, c) for d, o, c in hours if d == weekday)):
            fields[f"day{weekday}"] = sentence
    if fields:
        raise Incomplete(N_("接待场所没有保存。"), fields=fields, rule="registry.place")


def _wrong_day(weekday: int, spans: list[tuple[time, time]]) -> str | None:
    if any(closes <= opens for opens, closes in spans):
        return said(N_("{day}：结束时间要晚于开始时间。"), day=WEEKDAYS[weekday])
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        return said(N_("{day}：两段时间重叠了。"), day=WEEKDAYS[weekday])
    return None
