"""The marks made by hand: which clause stands where, in numbers only. The documents themselves are not kept here."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("truth")
# Where below the folder of samples the documents lie.
SOURCES = ("source-plans", "data/plans")
KINDS = (
    "purpose", "scope", "principle", "right", "stakeholder", "legal_basis", "definition", "risk", "warning",
    "team", "role", "duty", "watch", "incident_type", "level", "phase", "step", "end_criterion", "special",
    "reporting", "information", "resource", "funds", "aftercare", "evaluation", "training", "drill",
    "accountability", "revision", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One clause: its kind, its first and last line, its first offset in the raw file and the one after its last."""

    kind: str
    lines: tuple[int, int]
    span: tuple[int, int] | None


@dataclass(frozen=True)
class Truth:
    """One document as marked; `given` plans were known when the reader was made, the others were not."""

    name: str
    source_sha256: str
    given: bool
    plan: bool
    truncated: bool
    marks: tuple[Mark, ...]


def truths(folder: Path = FOLDER) -> tuple[Truth, ...]:
    """Every document that was marked, the given plans first."""
    found = [of(path.stem, json.loads(path.read_text("utf-8"))) for path in folder.glob("*.json")]
    return tuple(sorted(found, key=lambda truth: (not truth.given, not truth.plan, truth.name)))


def of(name: str, stored: dict[str, Any]) -> Truth:
    """The marks of one document as they are stored."""
    marks = tuple(
        Mark(row["kind"], (row["lines"][0], row["lines"][1]), (row["span"][0], row["span"][1]))
        for row in stored["clauses"]
    )
    return Truth(name, stored["source_sha256"], stored["given"], stored["plan"], stored["truncated"], marks)


def source(truth: Truth, samples: str) -> tuple[Path | None, str]:
    """The document that was marked, or None and the reason why it cannot be used."""
    if not samples:
        return None, "HUIYING_SAMPLES names no folder"
    paths = [path for below in SOURCES for path in sorted((Path(samples) / below).glob(f"{truth.name}.*"))]
    for path in paths:
        if hashlib.sha256(path.read_bytes()).hexdigest() == truth.source_sha256:
            return path, ""
    changed = [path for path in paths if path.suffix in {".txt", ".md"}]
    return None, "the document has changed since it was marked" if changed else "no such document there"
