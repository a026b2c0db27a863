"""The timeline of an evaluation: the ledger's rows of an incident, as the room below reads them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiying.emergency.models import Incident
from huiying.emergency.selectors import TimelineRow, incident_timeline_for
from huiying.emergency.selectors.timeline import MISSED
from huiying.registry.officers import Officer


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what was promised by when, what happened when, and the number of the ledger event that says so."""

    key: str
    ledger_event_id: UUID | None
    kind: str
    label: str
    what: str
    who: str
    clause_id: str
    text: str
    promised_at: datetime | None
    happened_at: datetime | None
    is_late: bool


def rows_from_ledger(viewer: Officer, incident: Incident, *, at: datetime) -> list[Row]:
    """Every row of an incident as of `at`; the same ledger gives the same keys each time."""
    seen: Counter[str] = Counter()
    return [_row(row, seen) for row in incident_timeline_for(viewer, incident, at=at)]


def _row(row: TimelineRow, seen: Counter[str]) -> Row:
    # One event can speak of several orders: the event and the place within it make the row.
    stem = row.event_id or f"{MISSED}:{row.label}:{row.step_id or row.what}"[:70]
    seen[stem] += 1
    return Row(
        key=f"{stem}:{seen[stem]}",
        ledger_event_id=UUID(row.event_id) if row.event_id else None,
        kind=row.kind,
        label=row.label,
        what=row.what[:300],
        who=row.who,
        clause_id=row.step_id,
        text=row.text,
        promised_at=row.due_at,
        happened_at=None if row.kind == MISSED else row.at,
        is_late=row.late,
    )
