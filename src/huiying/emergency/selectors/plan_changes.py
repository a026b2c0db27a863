"""What changed from one version of a plan to another, told in words, with the changed words of a sentence marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huiying.emergency.models import PlanVersion
from huiying.emergency.running import document_read
from huiying.playbook import saying
from huiying.playbook.document import PlanDocument
from huiying.playbook.sections import SECTION_LABELS
from huiying.playbook.versions.changes import ChangedClause, ChangedField, changes_between
from huiying.playbook.versions.marking import Piece

PROSE = frozenset({"title", "text", "measure", "told_by", "how", "reach", "to", "audience", "unit"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: marked words where it is prose, else what stood there and what stands there now, in words."""

    label: str
    pieces: tuple[Piece, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause that differs: what happened to it, where it stands, where it stood, and its fields."""

    clause_id: str
    heading: str
    section: str
    move: str  # added, removed, moved, changed
    word: str
    moved_from: str
    was_called: str
    fields: tuple[FieldChange, ...]


def version_changes(base: PlanVersion, version: PlanVersion) -> tuple[ClauseChange, ...]:
    """Every difference between two versions, section by section."""
    before, after = document_read(base.text), document_read(version.text)
    titles = {**saying.titles_of(before), **saying.titles_of(after)}
    return tuple(_told(change, before, after, titles) for change in changes_between(before, after))


def _told(
    change: ChangedClause, before: PlanDocument, after: PlanDocument, titles: Mapping[str, str]
) -> ClauseChange:
    origin = change.moved_from or ""
    return ClauseChange(
        clause_id=change.id,
        heading=titles.get(change.id, change.heading),
        section=SECTION_LABELS.get(change.section, change.section),
        move=change.move.value,
        word=change.move.label,
        moved_from=SECTION_LABELS.get(origin) or titles.get(origin, origin),
        was_called=change.was_called or "",
        fields=tuple(_fields(change, before, after, titles)),
    )


def _fields(
    change: ChangedClause, before: PlanDocument, after: PlanDocument, titles: Mapping[str, str]
) -> Iterator[FieldChange]:
    for field in change.fields:
        label = saying.FIELD_LABELS.get(field.name, field.name)
        if field.name in PROSE and field.pieces:
            yield FieldChange(label, pieces=field.pieces)
        else:
            yield _plain(field, label, before, after, titles)


def _plain(
    field: ChangedField, label: str, before: PlanDocument, after: PlanDocument, titles: Mapping[str, str]
) -> FieldChange:
    return FieldChange(
        label,
        before=_words(before, titles, field.name, field.before),
        after=_words(after, titles, field.name, field.after),
    )


def _words(doc: PlanDocument, titles: Mapping[str, str], name: str, value: Any) -> str:
    """A value in words: a reference as what it leads to, a citation as the article."""
    if value is None or value is False:
        return ""
    if value is True:
        return "✓"
    words = value if isinstance(value, list) else [value]
    if name == "basis":
        return "、".join(doc.cite(str(word)) for word in words)
    return "、".join(saying.in_words(doc, titles, str(word)) for word in words)
