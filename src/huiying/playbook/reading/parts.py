"""What reading gives: the lines of a document, what was mended in them, and the clauses found, each tied to its lines.

`Source` is what the readers of file formats make; `Reading` is what is understood of it. Nothing here opens a file.
"""

from dataclasses import dataclass
from enum import StrEnum

from huiying.rules.refusals import Refusal

Span = tuple[int, int]


class CannotRead(Refusal):
    """The file is no plan that could be read: one sentence why, and what to do."""

    def __init__(self, message: str, *, remedy: str, rule: str = "plan-file-unreadable") -> None:
        super().__init__(message, rule=rule, remedy=remedy)


class ReadKind(StrEnum):
    """What a clause of a document is; the sections of the model, and what stands inside them."""

    PURPOSE = "purpose"
    SCOPE = "scope"
    PRINCIPLE = "principle"
    RIGHT = "right"
    STAKEHOLDER = "stakeholder"
    LEGAL_BASIS = "legal_basis"
    DEFINITION = "definition"
    RISK = "risk"
    WARNING = "warning"
    TEAM = "team"
    ROLE = "role"
    DUTY = "duty"
    WATCH = "watch"
    INCIDENT_TYPE = "incident_type"
    LEVEL = "level"
    PHASE = "phase"
    STEP = "step"
    END_CRITERION = "end_criterion"
    SPECIAL = "special"
    REPORTING = "reporting"
    INFORMATION = "information"
    RESOURCE = "resource"
    FUNDS = "funds"
    AFTERCARE = "aftercare"
    EVALUATION = "evaluation"
    TRAINING = "training"
    DRILL = "drill"
    ACCOUNTABILITY = "accountability"
    REVISION = "revision"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One line (a paragraph, a table cell) of a document: its number from 1, and where it begins in the raw text.

    `start` counts characters of the decoded file; formats without one plain text (Word, PDF) leave it out.
    `heading` is the depth that the file itself gives it (1 the highest), 0 where it gives none.
    """

    number: int
    text: str
    start: int | None = None
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """One place where the text was mended, so that a person can look: rule, line, what stood there, what stands now."""

    rule: str
    line: int
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a document as its format gives them, before anything is cut or mended."""

    name: str
    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadClause:
    """One clause as found: where, of which kind, how sure (0 to 1), and under which headings.

    `lines` are the first and the last source line, `span` the raw characters where they are known.
    """

    id: str
    kind: ReadKind
    text: str
    lines: tuple[int, int]
    span: Span | None = None
    title: str = ""
    confidence: float = 1.0
    path: tuple[str, ...] = ()
    numbered: str = ""  # the ordinal before it as it stands: （一）, 3.2, 第七条
    written: str = ""  # the words in Traditional characters where the document has them so

    @property
    def is_guess(self) -> bool:
        """Whether a person has to confirm it."""
        return self.confidence < SURE


SURE = 0.75


@dataclass(frozen=True, slots=True)
class ReadHeading:
    """A heading, or the title of the document: its words, where it stands, and the headings above it.

    A heading that names a team, a phase, a level, a type or a special case has a kind and an id like a clause;
    `before` is how many clauses stand before it.
    """

    text: str
    lines: tuple[int, int]
    span: Span | None = None
    path: tuple[str, ...] = ()
    kind: ReadKind | None = None
    id: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a line that is no clause: a table of contents, a slide's placeholder, an ordinal with nothing behind it."""

    why: str
    lines: tuple[int, int]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that the document does not have: which, and the article or practice that asks for it."""

    part: str
    practice: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a document, what was guessed, what it lacks, and where it is cut off."""

    title: str
    clauses: tuple[ReadClause, ...]
    missing: tuple[Missing, ...] = ()
    repairs: tuple[Repair, ...] = ()
    cut_off: tuple[str, ...] = ()  # the evidence, a sentence each
    passed_over: tuple[int, ...] = ()  # numbers of the lines that belong to the site, not to the plan
    headings: tuple[ReadHeading, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    doubt: str = ""  # why it is no plan, where it is none

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan at all, however thin; a law or a report is none."""
        return not self.doubt

    @property
    def truncated(self) -> bool:
        """Whether the document ends, or begins, before it should. Nothing is ever completed by guess."""
        return bool(self.cut_off)

    def of(self, kind: ReadKind) -> tuple[ReadClause, ...]:
        """The clauses of one kind, in document order."""
        return tuple(clause for clause in self.clauses if clause.kind is kind)
