"""An import as it is gone through: the lines of the file beside the clauses that the reader made of them, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from huiying.emergency.gate import plan_imports_for
from huiying.emergency.models import PlanImport
from huiying.emergency.plan_files import lines_of
from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading import Reading, draft_of, not_in_draft
from huiying.playbook.reading.deciding import (
    Decision,
    certain_left,
    decided,
    decisions_of,
    guesses_left,
    reading_of,
)
from huiying.playbook.reading.parts import Line, ReadClause
from huiying.registry.officers import Officer

A_PAGE = 40  # clauses
LATEST = 20
LONG_LINE = 1500  # characters from which only the part about the clauses beside it is shown


@dataclass(frozen=True, slots=True)
class LinePiece:
    """A run of characters of a line, and the clause that was read from it."""

    text: str
    clause_id: str = ""
    is_first: bool = False  # of the clause, which may go on over further lines


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the file, cut where clauses begin and end; `note` says why no clause came of it."""

    number: int
    pieces: tuple[LinePiece, ...]
    note: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class ImportClause:
    """One clause as it was read, and what was said to it."""

    read: ReadClause
    decision: Decision | None
    is_first: bool

    @property
    def waits(self) -> bool:
        """Whether it is a guess that nobody has decided."""
        return self.read.is_guess and self.decision is None

    @property
    def now(self) -> ReadClause | Decision:
        """The words in force: as mended, else as read."""
        return self.decision if self.decision and self.decision.text else self.read


@dataclass(frozen=True, slots=True)
class Beside:
    """Lines, and the clauses that came of them."""

    lines: tuple[SourceLine, ...]
    clauses: tuple[ImportClause, ...]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One page of an import."""

    reading: Reading
    rows: tuple[Beside, ...]
    number: int
    pages: int
    guesses: int
    guesses_left: int
    certain_left: int
    first_left: str  # the id of the first guess that waits
    first_left_page: int


def imports_latest(viewer: Officer) -> list[PlanImport]:
    """The newest imports of the viewer's body, without their words."""
    rows = plan_imports_for(viewer).defer("source", "reading", "decisions")
    return list(rows.select_related("version__plan").order_by("-id")[:LATEST])


def import_page(imported: PlanImport, number: int) -> ImportPage:
    """One page of the lines and clauses; a number beyond the last shows the last."""
    reading, decisions = reading_of(imported.reading), decisions_of(imported.decisions)
    pages = max(1, -(-len(reading.clauses) // A_PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * A_PAGE
    left = guesses_left(reading, decisions)
    order = {clause.id: place for place, clause in enumerate(reading.clauses)}
    shown = [
        ImportClause(clause, decisions.get(clause.id), start + place == 0)
        for place, clause in enumerate(reading.clauses[start : start + A_PAGE])
    ]
    return ImportPage(
        reading=reading,
        rows=tuple(_rows(imported, reading, shown, start)),
        number=number,
        pages=pages,
        guesses=sum(clause.is_guess for clause in reading.clauses),
        guesses_left=len(left),
        certain_left=len(certain_left(reading, decisions)),
        first_left=left[0].id if left else "",
        first_left_page=order[left[0].id] // A_PAGE + 1 if left else 0,
    )


def page_of(imported: PlanImport, clause_id: str) -> int:
    """The page on which a clause stands; 1 where there is none."""
    ids = [clause["id"] for clause in imported.reading.get("clauses", ())]
    return ids.index(clause_id) // A_PAGE + 1 if clause_id in ids else 1


def guess_after(imported: PlanImport, clause_id: str) -> str:
    """The next guess that waits behind a clause, else the first that waits, else nothing."""
    reading, decisions = reading_of(imported.reading), decisions_of(imported.decisions)
    left = [clause.id for clause in guesses_left(reading, decisions)]
    order = {clause.id: place for place, clause in enumerate(reading.clauses)}
    behind = [id for id in left if order[id] > order.get(clause_id, -1)]
    return next(iter((*behind, *left)), "")


def left_out_of_draft(imported: PlanImport) -> tuple[ReadClause, ...]:
    """The clauses that no section of the draft can take as they stand: a law without its date, a level without its grade."""
    reading = decided(reading_of(imported.reading), decisions_of(imported.decisions))
    return not_in_draft(reading, draft_of(reading, id="reading", body_kind=BodyKind.UNIT))


def _rows(imported: PlanImport, reading: Reading, shown: list[ImportClause], start: int) -> Iterator[Beside]:
    lines = {line.number: line for line in lines_of(imported.source)}
    notes = _notes(reading)
    before = reading.clauses[start - 1].lines[1] if start else 0
    groups = _groups(shown)
    for place, group in enumerate(groups):
        first, last = min(c.read.lines[0] for c in group), max(c.read.lines[1] for c in group)
        numbers = range(min(before + 1, first), last + 1)
        if place == len(groups) - 1 and start + len(shown) == len(reading.clauses):
            numbers = range(numbers.start, max(lines, default=last) + 1)
        before = max(before, last)
        told = (_line(lines[n], group, notes.get(n, "")) for n in numbers if n in lines)
        yield Beside(tuple(line for line in told if line.pieces), tuple(group))


def _groups(shown: Sequence[ImportClause]) -> list[list[ImportClause]]:
    """Clauses that share a line stand together."""
    groups: list[list[ImportClause]] = []
    last = 0
    for clause in shown:
        if groups and clause.read.lines[0] <= last:
            groups[-1].append(clause)
        else:
            groups.append([clause])
        last = max(last, clause.read.lines[1])
    return groups


def _notes(reading: Reading) -> dict[int, str]:
    """Why a line gave no clause, by its number."""
    notes = dict.fromkeys(reading.passed_over, "passed_over")
    for part in reading.left_out:
        notes |= dict.fromkeys(range(part.lines[0], part.lines[1] + 1), part.why)
    for heading in reading.headings:
        notes |= dict.fromkeys(range(heading.lines[0], heading.lines[1] + 1), "heading")
    for clause in reading.clauses:
        for number in range(clause.lines[0], clause.lines[1] + 1):
            notes.pop(number, None)
    return notes


def _line(line: Line, group: Sequence[ImportClause], note: str) -> SourceLine:
    spans = sorted(
        (max(0, c.read.span[0] - line.start), c.read.span[1] - line.start, c.read.id)
        for c in group
        if line.start is not None and c.read.span and c.read.lines[0] <= line.number <= c.read.lines[1]
    )
    spans = [(a, min(b, len(line.text)), id) for a, b, id in spans if a < min(b, len(line.text))]
    begun = {c.read.id for c in group if c.read.lines[0] == line.number}
    cut = len(line.text) > LONG_LINE and bool(spans)
    at, end = (spans[0][0], max(b for _, b, _ in spans)) if cut else (0, len(line.text))
    pieces: list[LinePiece] = []
    for begin, stop, clause_id in spans:
        pieces += [LinePiece(line.text[at:begin])] if begin > at else []
        pieces += (
            [LinePiece(line.text[max(at, begin) : stop], clause_id, clause_id in begun)] if stop > at else []
        )
        at = max(at, stop)
    pieces += [LinePiece(line.text[at:end])] if at < end else []
    return SourceLine(line.number, tuple(pieces) if line.text.strip() else (), note, cut)
