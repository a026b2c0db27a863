"""The way in for files: many messages at once, all or none, nothing twice, without their senders."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import IntegrityError, transaction

from huiying.petitions.actions import batches
from huiying.petitions.actions.imported import TABLES, History, Numbers, Values, check_moves
from huiying.petitions.gate import not_there
from huiying.petitions.importing.rows import BadRow, Row
from huiying.petitions.intake import Table
from huiying.petitions.models import Claim, Petition, Reply
from huiying.petitions.words import copy_key
from huiying.records.ledger import HasActor
from huiying.registry import calendars
from huiying.registry.models import Body, Unit
from huiying.registry.officers import Officer
from huiying.rules import permissions
from huiying.rules.actors import ActorKind
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_

CHUNK = 500
ANOTHER = N_("这个编号以前导入过，内容却不同；如果是另一个系统的编号，请改来源名称")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote: petitions, how many of them with their answer, and how many were here before."""

    petitions: int
    answered: int
    known: int


def petition_import(
    *,
    rows: Sequence[Row],
    source: str,
    body: Body,
    unit: Unit,
    kind: PetitionKind = PetitionKind.REQUEST,
    matter: Matter = Matter.OTHER,
    by: HasActor,
    at: datetime,
    progress: Callable[[int], object] = lambda done: None,
) -> Imported:
    """File messages from elsewhere as anonymous petitions of this body; those with an answer are settled by `unit`.

    All or nothing; rows that an earlier import brought are passed over. Received times and clocks are the source's.
    `progress` is told how many rows are written. Raises NotPermitted, or
    Refusal when another import of the same rows was faster.
    """
    _check_may(by, body, unit)
    check_moves()
    history = History(body, unit, kind, matter, source, calendars.calendar_for(body.pk), by, at)
    try:
        with transaction.atomic():
            return _write(history, rows, progress)
    except IntegrityError:
        raise Refusal(
            N_("同时有另一次导入写入了相同的内容；这次什么都没有写入。"),
            rule="petition.imported_once",
            remedy=N_("请等另一次导入结束后再试；已经导入的不会重复。"),
        ) from None


@dataclass(frozen=True, slots=True)
class MetBefore:
    """Rows that were imported before: how many, and those whose number was, but with other words."""

    known: int
    bad: tuple[BadRow, ...]


def known_keys(body: Body, rows: Iterable[Row]) -> dict[str, str]:
    """The keys among these rows that an earlier import of this body brought, each with the key of its words."""
    known: dict[str, str] = {}
    for chunk in _chunks(row.key for row in rows):
        mine = Petition.objects.filter(body=body, source_key__in=chunk)
        known.update((key, words) for key, words in mine.values_list("source_key", "copy_key") if key)
    return known


def met_before(body: Body, rows: Sequence[Row]) -> MetBefore:
    """What of this file is here already. The same number with other words is a mistake, or another source's number."""
    known = known_keys(body, rows)
    met = [row for row in rows if row.key in known]
    other = [row for row in met if known[row.key] != copy_key(row.text)]
    return MetBefore(len(met) - len(other), tuple(BadRow(row.line, ANOTHER) for row in other))


def _check_may(by: HasActor, body: Body, unit: Unit) -> None:
    """An officer with the right in this body, or the installation's own command line."""
    if unit.body_id != body.pk:
        raise not_there()
    if by.actor.kind is ActorKind.SYSTEM:
        return
    if not isinstance(by, Officer):
        permissions.check((), Action.PETITION_IMPORT)
    elif by.body_id != body.pk:
        raise not_there()
    else:
        by.check(Action.PETITION_IMPORT)


def _write(history: History, rows: Sequence[Row], progress: Callable[[int], object]) -> Imported:
    known = known_keys(history.body, rows)
    fresh = [row for row in rows if row.key not in known]
    done = 0
    for chunk in _chunks(fresh):
        _write_chunk(history, chunk)
        done += len(chunk)
        progress(done)
    return Imported(len(fresh), sum(row.replied_at is not None for row in fresh), len(rows) - len(fresh))


def _write_chunk(history: History, rows: Sequence[Row]) -> None:
    count = len(rows)
    numbers = zip(*(batches.reserve(model, count) for model in (Petition, Claim, Reply)), strict=True)
    held: dict[Table, list[Values]] = {table: [] for table in TABLES}
    for its, row in zip(numbers, rows, strict=True):
        for table, values in history.rows(Numbers(*its), row):
            held[table].append(values)
    for table, values_of in held.items():
        batches.insert(table, values_of)


def _chunks(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
