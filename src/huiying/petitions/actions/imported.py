"""The rows that one imported message becomes: petition, words, clocks, answer, index entry, ledger events.

Built in memory and inserted in batches by the action. What the source does not say is not invented: a message counts
as registered, accepted and given to its unit on the day it arrived (the strictest day for the body), the answer's
sender and the way it was served stay empty, its basis and remedy say that the source names none.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import pairwise

from huiying.petitions import codes
from huiying.petitions.actions.clocks import clock_row, first_dues
from huiying.petitions.importing.rows import Row
from huiying.petitions.models import Claim, Petition, PetitionClock, Reply, Submission
from huiying.petitions.words import copy_key
from huiying.records import ledger, search
from huiying.records.clock import official_date
from huiying.records.ledger import HasActor
from huiying.records.models import LedgerEvent, LedgerSalt, SearchEntry
from huiying.registry.models import Body, Unit
from huiying.rules import deadlines
from huiying.rules.calendar import WorkCalendar
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.claim import ClaimOutcome
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


def check_moves() -> None:
    """Raise IllegalMove if the table of moves no longer has the way that imported petitions go."""
    for state, to in pairwise(ANSWERED):
        LIFECYCLE.check(state, to)


@dataclass(frozen=True)
class History:
    """What all rows of one import share, and the dates that many of them share."""

    body: Body
    unit: Unit
    kind: PetitionKind
    matter: Matter
    source: str
    calendar: WorkCalendar
    by: HasActor
    at: datetime

    def petition(self, row: Row) -> Petition:
        """The matter in the state it had reached; no code opens it, as nobody is there to hold one."""
        answered = row.replied_at is not None
        return Petition(
            body=self.body,
            reference=codes.new_reference(self.body.short, row.received_at),
            code_hash=secrets.token_bytes(32),
            source_key=row.key,
            copy_key=copy_key(row.text),
            kind=self.kind,
            state=ANSWERED[-1] if answered else WAITING[-1],
            confidentiality=Confidentiality.ANONYMOUS,
            channel=Channel.IMPORT,
            matter=self.matter,
            title=row.title,
            happened_where=row.place,
            received_at=row.received_at,
            registered_at=row.received_at,
            accepted_at=row.received_at if answered else None,
            assigned_at=row.received_at if answered else None,
            handling_unit=self.unit if answered else None,
            replied_at=row.replied_at,
            settled_at=row.replied_at,
        )

    def submission(self, petition: Petition, row: Row) -> Submission:
        """The words."""
        return Submission(petition=petition, channel=Channel.IMPORT, text=row.text, said_at=row.received_at)

    def claim(self, petition: Petition, row: Row) -> Claim:
        """What is asked, and the answer that was given there."""
        claim = Claim(petition=petition, number=1, text=row.claim)
        if row.replied_at is not None:
            claim.outcome = ClaimOutcome.EXPLAINED
            claim.facts = row.reply
            claim.basis, claim.remedy = NO_BASIS, NO_REMEDY
            claim.answered_at = row.replied_at
        return claim

    def reply(self, petition: Petition, row: Row) -> Reply | None:
        """The answer as it left; who sent it and how it was served the source does not say."""
        if row.replied_at is None:
            return None
        window = self._review_window(official_date(row.replied_at))
        return Reply(
            petition=petition,
            unit=self.unit,
            sent_at=row.replied_at,
            served_at=row.replied_at,
            review_due_on=window.due_on,
        )

    def clocks(self, petition: Petition, row: Row) -> Iterator[PetitionClock]:
        """Every period that ran or runs, with the day it was due: what was late stays late."""
        received_on = official_date(row.received_at)
        if row.replied_at is None:
            yield from (clock_row(petition, due) for due in first_dues(received_on, self.kind, self.body.pk))
            return
        route = clock_row(petition, _route(received_on))
        notice = clock_row(petition, _notice(received_on))
        yield from (route, notice)
        route.met_at = notice.met_at = row.received_at
        owed = [_notice(received_on)]
        if self.kind is PetitionKind.REQUEST:
            owed.append(_handling(received_on))
        for due in owed:
            clock = clock_row(petition, due, unit_id=self.unit.pk)
            clock.met_at = row.replied_at
            yield clock
        yield clock_row(petition, self._review_window(official_date(row.replied_at)))

    def entry(self, petition: Petition, row: Row) -> SearchEntry:
        """What finds it."""
        return search.entry(
            search.SearchKind.PETITION,
            petition.pk,
            body_id=self.body.pk,
            unit_id=petition.handling_unit_id,
            text=f"{row.title}\n{row.place}\n{row.text}\n{row.claim}",
        )

    def events(self, petition: Petition, row: Row) -> Iterator[tuple[LedgerEvent, LedgerSalt]]:
        """What happened, with the times it happened; each says that it was imported, and the database when."""
        facts: dict[str, object] = {"source": self.source, "line": row.line, "answered": bool(row.reply)}
        yield self._event(EventKind.PETITION_IMPORTED, petition, self.at, facts)
        told: dict[str, object] = {"channel": Channel.IMPORT, "claims": 1, "how": "anonymous"}
        yield self._event(EventKind.PETITION_FILED, petition, row.received_at, told)
        matter: dict[str, object] = {"matter": self.matter, "danger": False}
        yield self._event(EventKind.PETITION_REGISTERED, petition, row.received_at, matter)
        if row.replied_at is not None:
            yield from self._answer_events(petition, row.received_at, row.replied_at)

    def _answer_events(
        self, petition: Petition, received_at: datetime, replied_at: datetime
    ) -> Iterator[tuple[LedgerEvent, LedgerSalt]]:
        received_on = official_date(received_at)
        accepted: dict[str, object] = {}
        if self.kind is PetitionKind.REQUEST:
            due = _handling(received_on)
            accepted = {"due_on": due.due_on.isoformat(), "notice_overdue": due.notice_overdue}
        assigned = {"unit": self.unit.pk, "handler": None, "due_on": _notice(received_on).due_on.isoformat()}
        window = self._review_window(official_date(replied_at))
        yield self._event(EventKind.PETITION_ACCEPTED, petition, received_at, accepted)
        yield self._event(EventKind.PETITION_ASSIGNED, petition, received_at, assigned)
        outcome = ClaimOutcome.EXPLAINED
        yield self._event(EventKind.CLAIM_ANSWERED, petition, replied_at, {"claim": 1, "outcome": outcome})
        yield self._event(EventKind.REPLY_SENT, petition, replied_at, {"outcomes": [outcome]})
        served = {"how": "", "review_due_on": window.due_on.isoformat()}
        yield self._event(EventKind.REPLY_SERVED, petition, replied_at, served)

    def _event(
        self, kind: EventKind, petition: Petition, at: datetime, facts: Mapping[str, object]
    ) -> tuple[LedgerEvent, LedgerSalt]:
        about = ("petition", str(petition.pk))
        told = {**facts, "imported": True}
        return ledger.new_event(kind, about, by=self.by, at=at, body_id=self.body.pk, facts=told)

    def _review_window(self, on: date) -> deadlines.Due:
        return deadlines.review_window(reply_received_on=on, calendar=self.calendar)


# A file has many rows of one day; a due date with its computation takes longer than writing the row.
@cache
def _route(on: date) -> deadlines.Due:
    return deadlines.route_due(received_on=on)


@cache
def _notice(on: date) -> deadlines.Due:
    return deadlines.notice_due(received_on=on)


@cache
def _handling(on: date) -> deadlines.Due:
    return deadlines.handling_due(accepted_on=on, notice_due_on=_notice(on).due_on)
