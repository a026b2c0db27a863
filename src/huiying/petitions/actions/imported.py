"""The rows that one imported message becomes: petition, words, clocks, answer, index entry, ledger events.

Built in memory as plain values and inserted in batches by the action. What the source does not say is not invented: a
message counts as registered, accepted and given to its unit on the day it arrived (the strictest day for the body), the
answer's sender and the way it was served stay empty, its basis and remedy say that the source names none.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from huiying.petitions import codes
from huiying.petitions.actions.clocks import first_dues
from huiying.petitions.importing.rows import Row
from huiying.petitions.intake import Table
from huiying.petitions.models import Claim, Petition, PetitionClock, Reply, ReplyAnswer, Submission
from huiying.petitions.words import copy_key
from huiying.records import ledger, search
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.models import LedgerEvent, LedgerSalt, SearchEntry
from huiying.registry.models import Body, Unit
from huiying.rules import deadlines
from huiying.rules.actors import ActorRef
from huiying.rules.calendar import WorkCalendar
from huiying.rules.clocks import Clock
from huiying.rules.deadlines import Due
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import (
    LIFECYCLE,
    Channel,
    Confidentiality,
    PetitionKind,
    PetitionState,
)
from huiying.rules.matters import Matter
from huiying.rules.words import N_

# Words for parts that art. 32 asks for and an imported answer does not have. No law is put in its mouth.
NO_BASIS = N_("导入的历史答复，原文未列依据。")
NO_REMEDY = N_("导入的历史答复，原文未列救济途径。")
WAITING = (PetitionState.RECEIVED, PetitionState.REGISTERED)
ANSWERED = (*WAITING, *(PetitionState(s) for s in ("accepted", "handling", "replied", "settled")))

PETITIONS = Table(
    Petition,
    (
        "id", "body_id", "reference", "code_hash", "source_key", "copy_key", "kind", "state", "confidentiality",
        "channel", "matter", "title", "happened_where", "received_at", "registered_at", "accepted_at", "assigned_at",
        "handling_unit_id", "replied_at", "settled_at",
    ),
)  # fmt: skip
SUBMISSIONS = Table(Submission, ("petition_id", "channel", "text", "said_at"))
CLAIMS = Table(
    Claim, ("id", "petition_id", "number", "text", "outcome", "facts", "basis", "remedy", "answered_at")
)
REPLIES = Table(Reply, ("id", "petition_id", "number", "unit_id", "sent_at", "served_at", "review_due_on"))
ANSWERS = Table(ReplyAnswer, ("reply_id", "claim_id", "outcome", "facts", "basis", "remedy"))
CLOCKS = Table(
    PetitionClock,
    (
        "petition_id", "body_id", "unit_id", "clock", "starts_on", "due_on", "provisional", "notice_overdue", "met_at",
    ),
)  # fmt: skip
ENTRIES = Table(SearchEntry, ("id", "body_id", "unit_id", "scope", "tokens"))
EVENTS = Table(
    LedgerEvent,
    (
        "id", "body_id", "kind", "subject_kind", "subject_id", "actor_kind", "actor_ref", "at", "facts",
        "content_hash", "commitment",
    ),
)  # fmt: skip
SALTS = Table(LedgerSalt, ("event_id", "salt"))
# In the order in which they are written.
TABLES = (PETITIONS, SUBMISSIONS, CLAIMS, REPLIES, ANSWERS, CLOCKS, ENTRIES, EVENTS, SALTS)

Values = tuple[Any, ...]
Fact = str | int | bool | None | list[str]
Event = tuple[ledger.Written, bytes, bytes, bytes]


class Numbers(NamedTuple):
    """The numbers that were reserved for one message's rows; its events' hashes cover the petition's."""

    petition: int
    claim: int
    reply: int


def check_moves() -> None:
    """Raise IllegalMove if the table of moves no longer has the way that imported petitions go."""
    for state, to in pairwise(ANSWERED):
        LIFECYCLE.check(state, to)


class Dues:
    """The due dates of a day, kept: a file has many rows of one day, and counting takes longer than writing."""

    def __init__(self, kind: PetitionKind, body_id: int, calendar: WorkCalendar, *, filed_on: date) -> None:
        """For messages of one kind to one body, by its calendar, brought in on `filed_on`."""
        self._kind, self._body_id, self._calendar = kind, body_id, calendar
        self._filed_on = filed_on
        self._first: dict[date, dict[Clock, Due]] = {}
        self._answered: dict[date, dict[Clock, Due]] = {}
        self._review: dict[date, Due] = {}

    def first(self, received_on: date) -> dict[Clock, Due]:
        """The periods that start with the arrival, by clock, as they run while nobody has taken it up."""
        if received_on not in self._first:
            dues = first_dues(received_on, self._kind, self._body_id, filed_on=self._filed_on)
            self._first[received_on] = {Clock(due.clock): due for due in dues}
        return self._first[received_on]

    def answered(self, received_on: date) -> dict[Clock, Due]:
        """The same for what was accepted on the day it came: a request's handling period runs from there."""
        if self._kind is not PetitionKind.REQUEST:
            return self.first(received_on)
        if received_on not in self._answered:
            notice = deadlines.notice_due(received_on=received_on)
            self._answered[received_on] = {
                Clock.ROUTE: deadlines.route_due(received_on=received_on),
                Clock.NOTICE: notice,
                Clock.HANDLE: deadlines.handling_due(accepted_on=received_on, notice_due_on=notice.due_on),
            }
        return self._answered[received_on]

    def review(self, replied_on: date) -> Due:
        """The period in which a review could be asked for."""
        if replied_on not in self._review:
            self._review[replied_on] = deadlines.review_window(
                reply_received_on=replied_on, calendar=self._calendar
            )
        return self._review[replied_on]


@dataclass(frozen=True)
class History:
    """What all rows of one import share."""

    body: Body
    unit: Unit
    kind: PetitionKind
    matter: Matter
    source: str
    calendar: WorkCalendar
    by: HasActor
    at: datetime
    dues: Dues = field(init=False)
    actor: ActorRef = field(init=False)

    def __post_init__(self) -> None:
        """One memory of due dates for all rows, and one actor."""
        object.__setattr__(self, "actor", self.by.actor)
        dues = Dues(self.kind, self.body.pk, self.calendar, filed_on=official_date(self.at))
        object.__setattr__(self, "dues", dues)

    def rows(self, numbers: Numbers, row: Row) -> Iterator[tuple[Table, Values]]:
        """Everything that one message leaves."""
        yield PETITIONS, self._petition(numbers.petition, row)
        yield SUBMISSIONS, (numbers.petition, row.channel, row.text, row.received_at)
        yield from self._claim_and_reply(numbers, row)
        for due, unit_id, met_at in self._clocks(row):
            yield CLOCKS, self._clock(numbers.petition, due, unit_id, met_at)
        yield ENTRIES, self._entry(numbers.petition, row)
        for event, hashed, commitment, salt in self._events(numbers.petition, row):
            yield EVENTS, (*event, hashed, commitment)
            yield SALTS, (event.id, salt)

    def _unit_id(self, row: Row) -> int | None:
        return self.unit.pk if row.replied_at else None

    def _petition(self, number: int, row: Row) -> Values:
        """The matter in the state it had reached; no code opens it, as nobody is there to hold one."""
        handled_at = row.received_at if row.replied_at else None
        return (
            number,
            self.body.pk,
            codes.new_reference(self.body.short, row.received_at),
            secrets.token_bytes(32),
            row.key,
            copy_key(row.text),
            self.kind,
            ANSWERED[-1] if row.replied_at else WAITING[-1],
            Confidentiality.ANONYMOUS,
            Channel.IMPORT,
            row.matter or self.matter,
            row.title,
            row.place,
            row.received_at,
            row.received_at,
            handled_at,
            handled_at,
            self._unit_id(row),
            row.replied_at,
            row.replied_at,
        )

    def _claim_and_reply(self, numbers: Numbers, row: Row) -> Iterator[tuple[Table, Values]]:
        """What is asked, and the answer as it left; who sent it and how it was served the source does not say."""
        if row.replied_at is None:
            yield CLAIMS, (numbers.claim, numbers.petition, 1, row.claim, "", "", "", "", None)
            return
        answer = (row.outcome, row.reply, NO_BASIS, NO_REMEDY)
        window = self.dues.review(official_date(row.replied_at))
        yield CLAIMS, (numbers.claim, numbers.petition, 1, row.claim, *answer, row.replied_at)
        yield (
            REPLIES,
            (
                numbers.reply,
                numbers.petition,
                1,
                self.unit.pk,
                row.replied_at,
                row.replied_at,
                window.due_on,
            ),
        )
        yield ANSWERS, (numbers.reply, numbers.claim, *answer)

    def _clocks(self, row: Row) -> Iterator[tuple[Due, int | None, datetime | None]]:
        """Every period that ran or runs, with the day it was due: what was late stays late."""
        received_on = official_date(row.received_at)
        if row.replied_at is None:
            yield from ((due, None, None) for due in self.dues.first(received_on).values())
            return
        first = self.dues.answered(received_on)
        for clock, due in first.items():
            routed = clock in (Clock.ROUTE, Clock.NOTICE)
            unit_id = self.unit.pk if clock is Clock.HANDLE else None
            yield due, unit_id, row.received_at if routed else row.replied_at
        yield first[Clock.NOTICE], self.unit.pk, row.replied_at  # the unit's own notice
        yield self.dues.review(official_date(row.replied_at)), None, None

    def _clock(self, number: int, due: Due, unit_id: int | None, met_at: datetime | None) -> Values:
        return (
            number,
            self.body.pk,
            unit_id,
            Clock(due.clock),
            due.start,
            due.due_on,
            due.provisional,
            due.notice_overdue,
            met_at,
        )

    def _entry(self, number: int, row: Row) -> Values:
        """What finds it."""
        entry = search.entry(
            search.SearchKind.PETITION,
            number,
            body_id=self.body.pk,
            unit_id=self._unit_id(row),
            text=f"{row.title}\n{row.place}\n{row.text}\n{row.claim}",
        )
        return (entry.pk, entry.body_id, entry.unit_id, entry.scope, entry.tokens)

    def _events(self, number: int, row: Row) -> Iterator[Event]:
        """What happened, with the times it happened; each says that it was imported, and the database when."""
        facts: dict[str, Fact] = {"source": self.source, "line": row.line, "answered": bool(row.reply)}
        yield self._event(EventKind.PETITION_IMPORTED, number, self.at, facts)
        told: dict[str, Fact] = {"channel": Channel.IMPORT.value, "claims": 1, "how": "anonymous"}
        yield self._event(EventKind.PETITION_FILED, number, row.received_at, told)
        matter: dict[str, Fact] = {"matter": (row.matter or self.matter).value, "danger": False}
        yield self._event(EventKind.PETITION_REGISTERED, number, row.received_at, matter)
        if row.replied_at is not None:
            yield from self._answer_events(number, row, row.replied_at)

    def _answer_events(self, number: int, row: Row, replied_at: datetime) -> Iterator[Event]:
        received_on = official_date(row.received_at)
        dues = self.dues.answered(received_on)
        accepted: dict[str, Fact] = {}
        if self.kind is PetitionKind.REQUEST:
            due = dues[Clock.HANDLE]
            accepted = {"due_on": due.due_on.isoformat(), "notice_overdue": due.notice_overdue}
        assigned = {"unit": self.unit.pk, "handler": None, "due_on": dues[Clock.NOTICE].due_on.isoformat()}
        window = self.dues.review(official_date(replied_at))
        yield self._event(EventKind.PETITION_ACCEPTED, number, row.received_at, accepted)
        yield self._event(EventKind.PETITION_ASSIGNED, number, row.received_at, assigned)
        yield self._event(
            EventKind.CLAIM_ANSWERED, number, replied_at, {"claim": 1, "outcome": row.outcome.value}
        )
        yield self._event(EventKind.REPLY_SENT, number, replied_at, {"outcomes": [row.outcome.value]})
        served = {"how": "", "review_due_on": window.due_on.isoformat()}
        yield self._event(EventKind.REPLY_SERVED, number, replied_at, served)

    def _event(self, kind: EventKind, number: int, at: datetime, facts: Mapping[str, Fact]) -> Event:
        about, told = ("petition", str(number)), {**facts, "imported": True}
        return ledger.new_values(kind, about, actor=self.actor, at=at, body_id=self.body.pk, facts=told)
