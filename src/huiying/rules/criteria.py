"""When a shared cause deserves a warning: one table over counts of matters.

The inputs are counts and nothing else, so the proposal is the same when every identity is removed. A
criterion proposes; people verify and confirm. The thresholds are POLICY and can be set by a body.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from huiying.rules.levels import Level, most_urgent
from huiying.rules.words import N_, said

ARTICLE = "突发事件应对法 art. 62; POLICY"


@dataclass(frozen=True, slots=True)
class MatterCounts:
    """The open matters tied to one shared cause, near-copies counted once.

    `past_due` are past C5, `unanswered` have no reply sent, `danger` carry a clerk's facet "danger to
    someone" and are still unanswered.
    """

    matters: int
    past_due: int
    unanswered: int
    danger: int

    def __post_init__(self) -> None:
        if min(self.matters, self.past_due, self.unanswered, self.danger) < 0:
            raise ValueError("counts cannot be negative")
        if max(self.past_due, self.unanswered, self.danger) > self.matters:
            raise ValueError("a part cannot be larger than the whole")

    @property
    def past_due_share(self) -> Fraction:
        """Matters past C5 as a part of all; 0 where there are none."""
        return Fraction(self.past_due, self.matters) if self.matters else Fraction(0)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question about counts, with the value from which each level is proposed (most urgent first).

    `least_matters`: below so many matters a share says nothing, and the criterion is silent.
    """

    name: str
    label: str
    measure: Callable[[MatterCounts], Fraction]
    thresholds: tuple[tuple[Level, Fraction], ...]
    is_share: bool = False
    least_matters: int = 1

    def level_for(self, counts: MatterCounts) -> tuple[Level, Fraction] | None:
        """The most urgent level whose threshold is reached, with that threshold."""
        if counts.matters < self.least_matters:
            return None
        value = self.measure(counts)
        return next(((level, least) for level, least in self.thresholds if value >= least), None)


def _whole(level: Level, least: int) -> tuple[Level, Fraction]:
    return level, Fraction(least)


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "danger",
        N_("有人面临危险、尚未答复的件数"),
        lambda counts: Fraction(counts.danger),
        (_whole(Level.RED, 1),),
    ),
    Criterion(
        "past_due_share",
        N_("超过办理期限的比例"),
        lambda counts: counts.past_due_share,
        ((Level.ORANGE, Fraction(1, 2)), (Level.YELLOW, Fraction(1, 5))),
        is_share=True,
        least_matters=5,
    ),
    Criterion(
        "unanswered",
        N_("尚未答复的件数"),
        lambda counts: Fraction(counts.unanswered),
        (
            _whole(Level.RED, 100),
            _whole(Level.ORANGE, 30),
            _whole(Level.YELLOW, 5),
            _whole(Level.BLUE, 3),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion that speaks: what was measured, the threshold it reached, the level that follows."""

    criterion: str
    label: str
    value: Fraction
    threshold: Fraction
    level: Level
    is_share: bool

    @property
    def sentence(self) -> str:
        """The reason in Chinese with its numbers."""
        return said(
            N_("{label}：{value}，达到{level}标准（{threshold}）。"),
            label=self.label,
            value=self._written(self.value),
            level=self.level.label,
            threshold=self._written(self.threshold),
        )

    def _written(self, number: Fraction) -> str:
        return f"{round(number * 100)}%" if self.is_share else str(int(number))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table proposes: the most urgent level of its reasons, or None where nothing speaks."""

    level: Level | None
    reasons: tuple[Reason, ...]
    counts: MatterCounts


def propose(counts: MatterCounts, criteria: tuple[Criterion, ...] = CRITERIA) -> Proposal:
    """Ask every criterion and propose the most urgent level, with each reason and its numbers."""
    found = ((criterion, criterion.level_for(counts)) for criterion in criteria)
    reasons = tuple(
        Reason(
            criterion.name,
            criterion.label,
            criterion.measure(counts),
            answer[1],
            answer[0],
            criterion.is_share,
        )
        for criterion, answer in found
        if answer is not None
    )
    return Proposal(most_urgent(tuple(reason.level for reason in reasons)), reasons, counts)
