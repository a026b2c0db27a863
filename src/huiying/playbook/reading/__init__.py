"""Reading plans that other people wrote: Word, PDF, HTML, Markdown and plain text become clauses tied to their lines."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from huiying.playbook.clauses import Level, Phase, Team
from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading.draft import draft_of, not_in_draft
from huiying.playbook.reading.is_plan import check_is_plan
from huiying.playbook.reading.parts import CannotRead, ReadClause, Reading, Source
from huiying.playbook.reading.understanding import read_source

__all__ = [
    "CannotRead",
    "Reading",
    "Source",
    "as_json",
    "check_is_plan",
    "draft_of",
    "not_in_draft",
    "read_file",
    "read_source",
]


def read_file(path: Path) -> Reading:
    """Read a file of any known format. Raises CannotRead with one sentence and what to do."""
    from huiying.playbook.reading.sources import source_from

    return read_source(source_from(path))


def as_json(reading: Reading) -> dict[str, Any]:
    """What was understood as plain values, for a machine."""
    draft = draft_of(reading, id="reading", body_kind=BodyKind.UNIT)
    return {
        "title": reading.title,
        "truncated": reading.truncated,
        "cut_off": list(reading.cut_off),
        "repairs": [asdict(repair) for repair in reading.repairs],
        "clauses": [_clause(clause) for clause in reading.clauses],
        "teams": [_team(team) for team in draft.teams],
        "levels": [_level(level) for level in draft.levels],
        "phases": [_phase(phase) for phase in draft.phases],
        "missing": [asdict(missing) for missing in reading.missing],
    }


def _clause(clause: ReadClause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "kind": clause.kind.value,
        "title": clause.title,
        "text": clause.text,
        "lines": list(clause.lines),
        "confidence": clause.confidence,
    }


def _team(team: Team) -> dict[str, Any]:
    roles = [role.title for role in team.roles]
    return {"id": team.id, "title": team.title, "lines": team.lines, "roles": roles}


def _level(level: Level) -> dict[str, Any]:
    criteria = list(level.criteria)
    return {"id": level.id, "level": level.level.value, "title": level.title, "criteria": criteria}


def _phase(phase: Phase) -> dict[str, Any]:
    return {"id": phase.id, "title": phase.title, "steps": [step.id for step in phase.steps]}
