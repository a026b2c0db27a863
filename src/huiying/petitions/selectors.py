"""Reads of this room: what each viewer sees of a petition, its clocks, its history, and the lists."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, QuerySet

from huiying.petitions import gate
from huiying.petitions.models import Claim, Petition, PetitionClock, Submission
from huiying.petitions.models.matter import OWED
from huiying.records.clock import official_date
from huiying.records.models import LedgerEvent
from huiying.records.statements import Constant, kept, one_of
from huiying.registry import calendars
from huiying.registry.officers import Officer
from huiying.rules import deadlines
from huiying.rules.actors import ActorKind
from huiying.rules.calendar import WorkCalendar
from huiying.rules.clocks import Clock
from huiying.rules.durations import CalendarDays
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import Confidentiality, PetitionState
from huiying.rules.permissions import Action, GrantRef, units_for


@dataclass(frozen=True, slots=True)
class ClaimSeen:
    """One claim as this viewer may read it."""

    claim: Claim
    text: str


@dataclass(frozen=True, slots=True)
class WordsSeen:
    """The words of a petition as this viewer may read them; `shielded` says that it is the copy."""

    title: str
    text: str
    claims: tuple[ClaimSeen, ...]
    shielded: bool


def words_for(viewer: Officer, petition: Petition) -> WordsSeen:
    """The title, account and claims: as told, or the shielded copy of a confidential petition (empty until written)."""
    original = gate.may_see_original(viewer, petition)
    told = submissions_of(petition=petition.pk)
    held = _claims(petition=petition.pk)
    for claim in held:
        claim.petition = petition
    claims = tuple(ClaimSeen(c, c.text if original else c.shielded_text) for c in held)
    text = "\n\n".join(s.text if original else s.shielded_text for s in told)
    title = petition.title if original else petition.shielded_title
    return WordsSeen(title=title, text=text, claims=claims, shielded=not original)


_NUMBER = BigIntegerField()


@kept(petition=_NUMBER)
def submissions_of(*, petition: Any) -> QuerySet[Submission]:
    """What was told of the petition with this number, the first first; the caller's gate has given the petition."""
    return Submission.objects.filter(petition_id=petition).order_by("id")


@kept(petition=_NUMBER)
def _claims(*, petition: Any) -> QuerySet[Claim]:
    return Claim.objects.filter(petition_id=petition)


@kept(petition=_NUMBER)
def _clocks(*, petition: Any) -> QuerySet[PetitionClock]:
    rows = PetitionClock.objects.filter(petition_id=petition).exclude(clock=Clock.OBJECTION)
    return rows.order_by("starts_on", "id")


def title_for(viewer: Officer, petition: Petition) -> str:
    """The title in a list, as this viewer may read it."""
    return petition.title if gate.may_see_original(viewer, petition) else petition.shielded_title


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """One clock with its computation. `days_left` is negative when it is late and still running."""

    row: PetitionClock
    due: deadlines.Due
    days_left: int
    late: bool

    @property
    def running(self) -> bool:
        """Whether the duty is still open."""
        return self.row.met_at is None and self.row.stopped_at is None


def clocks_of(petition: Petition, *, today: date) -> tuple[ClockSeen, ...]:
    """The petition's clocks in the order in which they started. The unit's right to object is none: nobody owes it."""
    rows = _clocks(petition=petition.pk)
    calendar = calendars.calendar_for(petition.body_id)
    return tuple(clock_seen(row, today=today, calendar=calendar) for row in rows)


def clock_seen(row: PetitionClock, *, today: date, calendar: WorkCalendar | None = None) -> ClockSeen:
    """A stored clock with its derivation; the computation is derived again, never stored.

    `calendar` is that of the clock's body, where the caller has read it already.
    """
    calendar = calendar or calendars.calendar_for(row.body_id)
    extended = CalendarDays(row.extended_days) if row.extended_days else None
    due = deadlines.due(Clock(row.clock), row.starts_on, calendar, extended=extended)
    ended = row.met_at or row.stopped_at
    end = official_date(ended) if ended else today
    return ClockSeen(
        row=row, due=due, days_left=deadlines.days_left(row.due_on, today), late=end > row.due_on
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing in a petition's history: when, what, by what kind of actor; never a name."""

    at: datetime
    kind: EventKind
    actor_kind: ActorKind


# Drafts are nobody's business until the reply leaves; that a crisis line was shown is for the petition office alone.
HIDDEN = frozenset({EventKind.CLAIM_ANSWERED, EventKind.CRISIS_SHOWN, EventKind.ASSIGNMENT_REFUSED})
INSIDE = frozenset(
    {
        EventKind.DRAFT_SUBMITTED,
        EventKind.DRAFT_RETURNED,
        EventKind.DRAFT_APPROVED,
        EventKind.ASSISTANCE_ASKED,
        EventKind.ASSISTANCE_ANSWERED,
        EventKind.SPAM_PROPOSED,  # a doubt that nobody has looked at yet
    }
)
# Of a confidential petition the unit has what was passed on and nothing else, not even how often or when.
KEPT_FROM_UNIT = frozenset({EventKind.MESSAGE_SAID, EventKind.FILE_STORED, EventKind.FILE_ERASED})


def history_of(
    petition: Petition, *, inside: bool = False, viewer: Officer | None = None, limit: int = 100
) -> tuple[Happening, ...]:
    """What happened to a petition, oldest first, from the ledger; without the looks that only send its letters.

    `inside`: with the steps of the draft through the unit, which only staff see. `viewer`: without what this member
    of staff may not know of; None for the person's own page.
    """
    unseen = (HIDDEN if inside else HIDDEN | INSIDE) | (
        _kept_from(viewer, petition) if viewer else frozenset()
    )
    rows = _events(unseen, limit, ref=str(petition.pk))
    until = _rated_unseen(viewer, petition) if viewer else None
    told = [
        Happening(at, EventKind(kind), ActorKind(actor))
        for at, kind, actor in rows
        if kind != EventKind.PETITION_RATED or until is None or at < until
    ]
    return tuple(sorted(told, key=lambda step: step.at))  # an import is written later than what it tells of


@kept(ref=CharField())
def _events(unseen: frozenset[EventKind], limit: int, *, ref: Any) -> QuerySet[LedgerEvent, Any]:
    events = LedgerEvent.objects.filter(subject_kind="petition", subject_id=ref).order_by("id")
    events = events.exclude(kind=EventKind.IDENTITY_OPENED, actor_kind=ActorKind.SYSTEM)
    return events.exclude(kind__in=sorted(unseen)).values_list("at", "kind", "actor_kind")[:limit]


def _kept_from(viewer: Officer, petition: Petition) -> frozenset[EventKind]:
    """What the history does not tell this viewer at all."""
    return frozenset() if gate.may_see_original(viewer, petition) else KEPT_FROM_UNIT


def _rated_unseen(viewer: Officer, petition: Petition) -> datetime | None:
    """When first a rating was given that is not shown to the unit: from then on it is told of none, and misses none."""
    if viewer.can(Action.RATING_READ) and units_for(viewer.grants, Action.RATING_READ) is None:
        return None
    unseen = petition.ratings.exclude(shown_to_unit=True, unit_id=petition.handling_unit_id or 0)
    return min(unseen.values_list("rated_at", flat=True), default=None)


# A line of a list needs no more; reading every instant of fifty petitions takes longer than finding them.
IN_A_LIST = (
    "reference",
    "title",
    "shielded_title",
    "state",
    "kind",
    "confidentiality",
    "danger",
    "received_at",
    "handling_unit__name",
)
OF_A_CLOCK = ("petition_id", "clock", "due_on")
STAFF_CLOCKS = frozenset(OWED)
IS_OWED = one_of(
    "clock", [Constant(clock.value) for clock in OWED]
)  # written as in the index over what is owed


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line of my day: a petition with the duty that puts it there, if any."""

    petition: Petition
    title: str
    clock: PetitionClock | None


@dataclass(frozen=True, slots=True)
class Desk:
    """My day: what is late, what is due soon, what is new, what waits for others. Each list is bounded."""

    overdue: tuple[DeskRow, ...]
    due_soon: tuple[DeskRow, ...]
    new: tuple[DeskRow, ...]
    waiting: tuple[DeskRow, ...]


DESK = 30  # rows of one list of my day


def desk_for(viewer: Officer, *, today: date, soon: date, limit: int = DESK) -> Desk:
    """What the viewer's desk holds; `soon` is the last day that still counts as near; `limit` at most DESK."""
    overdue = _desk_rows(viewer, limit, due_on__lt=today)
    due_soon = _desk_rows(viewer, limit, due_on__gte=today, due_on__lte=soon)
    clerk = viewer.can(Action.PETITION_REGISTER)
    new_state = PetitionState.RECEIVED if clerk else PetitionState.HANDLING
    waiting_state = PetitionState.HANDLING if clerk else PetitionState.REPLIED
    shown = {row.petition.pk for row in (*overdue, *due_soon)}
    return Desk(
        overdue=overdue,
        due_soon=due_soon,
        new=_plain_rows(viewer, new_state, limit, shown, untold=not clerk),
        waiting=_plain_rows(viewer, waiting_state, limit, shown),
    )


def _desk_rows(viewer: Officer, limit: int, **when: date) -> tuple[DeskRow, ...]:
    first: dict[int, PetitionClock] = {}
    for row in _running(viewer.body_id, viewer.grants, limit * 2, tuple(when), staff=viewer.staff_id, **when):
        # A petition with two late duties is one line, under the older duty.
        first.setdefault(row.petition_id, row)
    return tuple(
        DeskRow(row.petition, title_for(viewer, row.petition), row) for row in list(first.values())[:limit]
    )


_DAY = DateField()


@kept(staff=BigIntegerField(), due_on__lt=_DAY, due_on__gte=_DAY, due_on__lte=_DAY)
def _running(
    body_id: int, grants: frozenset[GrantRef], limit: int, when: tuple[str, ...], **places: Any
) -> QuerySet[PetitionClock]:
    """The running duties with their petitions, the first due first, that these grants open."""
    viewer = Officer(places["staff"], body_id, grants)
    units = units_for(grants, Action.PETITION_READ)
    clocks = PetitionClock.objects.filter(IS_OWED, met_at=None, stopped_at=None)
    clocks = clocks.filter(body_id=body_id, **{name: places[name] for name in when})
    if units is not None:
        clocks = clocks.filter(unit_id__in=sorted(units))
    clocks = clocks.filter(gate.readable(viewer, via="petition__")).select_related("petition__handling_unit")
    clocks = clocks.only(*OF_A_CLOCK, *(f"petition__{name}" for name in IN_A_LIST))
    return clocks.order_by("due_on", "id")[:limit]


def _plain_rows(
    viewer: Officer, state: PetitionState, limit: int, shown: set[int], *, untold: bool = False
) -> tuple[DeskRow, ...]:
    found = _in_state(
        viewer.body_id,
        viewer.grants,
        state,
        untold,
        limit,
        staff=viewer.staff_id,
        shown=sorted(shown) or NONE_SHOWN,
    )
    return tuple(DeskRow(row, title_for(viewer, row), None) for row in found)


NONE_SHOWN = [0]  # no petition has this number


@kept(staff=BigIntegerField(), shown=(BigIntegerField(), 2 * DESK))
def _in_state(
    body_id: int,
    grants: frozenset[GrantRef],
    state: PetitionState,
    untold: bool,
    limit: int,
    *,
    staff: Any,
    shown: Any,
) -> QuerySet[Petition]:
    """The newest petitions in a state that these grants open, without those shown; `untold`: the person was not told."""
    seen = gate.petitions_for(Officer(staff, body_id, grants)).filter(gate.not_spam(), state=state)
    seen = seen.exclude(one_of("id", shown))
    if untold:
        seen = seen.filter(notified_at=None)
    return seen.select_related("handling_unit").only(*IN_A_LIST).order_by("-pk")[:limit]


def shielding_waits(petition: Petition) -> bool:
    """Whether a confidential petition still needs its shielded copy before it can be assigned."""
    return petition.confidentiality == Confidentiality.CONFIDENTIAL and petition.shielded_at is None
