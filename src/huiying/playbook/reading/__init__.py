"""Reading plans that other people wrote: Word, PDF, HTML, Markdown and plain text become clauses tied to their lines."""

from pathlib import Path
from typing import Any

from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading.draft import draft_of, not_in_draft
from huiying.playbook.reading.is_plan import check_is_plan
from huiying.playbook.reading.parts import CannotRead, Reading, Source
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
        "repairs": [
            {"rule": each.rule, "line": each.line, "was": each.was, "now": each.now}
            for each in reading.repairs
        ],
        "clauses": [
            {
                "id": each.id,
                "kind": each.kind.value,
                "title": each.title,
                "text": each.text,
                "lines": list(each.lines),
                "confidence": each.confidence,
            }
            for each in reading.clauses
        ],
        "teams": [
            {
                "id": team.id,
                "title": team.title,
                "lines": team.lines,
                "roles": [role.title for role in team.roles],
            }
            for team in draft.teams
        ],
        "levels": [
            {
                "id": level.id,
                "level": level.level.value,
                "title": level.title,
                "criteria": list(level.criteria),
            }
            for level in draft.levels
        ],
        "phases": [
            {"id": phase.id, "title": phase.title, "steps": [step.id for step in phase.steps]}
            for phase in draft.phases
        ],
        "missing": [{"part": each.part, "practice": each.practice} for each in reading.missing],
    }
