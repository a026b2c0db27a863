"""A figure beside its target, and the table of all of them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

WIDTHS = (11, 66, 16, 16, 30)


@dataclass(frozen=True)
class Figure:
    """One measured number. `most`: it must stay below the target; otherwise it must reach it. No target: for reading."""

    engine: str
    what: str
    value: float
    unit: str
    target: float | None = None
    most: bool = True

    @property
    def missed(self) -> bool:
        """Whether the target is not met."""
        if self.target is None:
            return False
        return self.value >= self.target if self.most else self.value < self.target

    @property
    def verdict(self) -> str:
        """In words: met, or missed and by how much."""
        if self.target is None:
            return ""
        if not self.missed:
            return "met"
        return f"MISSED: {_number(self.value / self.target)} of the target"

    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        sign = "<" if self.most else "≥"
        wanted = f"{sign} {_number(self.target)} {self.unit}" if self.target is not None else ""
        return self.engine, self.what, f"{_number(self.value)} {self.unit}", wanted, self.verdict


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def spread(
    engine: str, what: str, seconds: Sequence[float], p50: float | None = None, p99: float | None = None
) -> list[Figure]:
    """Median and 99th percentile of durations, in ms, beside their targets in ms."""
    return [
        Figure(engine, f"{what}: p50", percentile(seconds, 50) * 1000, "ms", p50),
        Figure(engine, f"{what}: p99", percentile(seconds, 99) * 1000, "ms", p99),
    ]


def table(figures: Sequence[Figure]) -> str:
    """All figures, one a line."""
    head = ("engine", "what", "measured", "target", "")
    lines = [head, tuple("─" * width for width in WIDTHS), *(figure.cells() for figure in figures)]
    return "\n".join(
        "  ".join(_padded(cell, width) for cell, width in zip(line, WIDTHS, strict=True)) for line in lines
    )


def summary(figures: Sequence[Figure]) -> str:
    """How many targets there are and which are missed."""
    judged = [figure for figure in figures if figure.target is not None]
    missed = [figure for figure in judged if figure.missed]
    lines = [f"{len(judged) - len(missed)} of {len(judged)} targets met."]
    lines += [
        f"  missed: {f.engine} · {f.what}: {_number(f.value)} {f.unit} ({f.verdict.split(': ')[1]})"
        for f in missed
    ]
    return "\n".join(lines)


def as_rows(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """For JSON."""
    return [{**asdict(figure), "missed": figure.missed} for figure in figures]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _padded(text: str, width: int) -> str:
    wide = sum(unicodedata.east_asian_width(ch) in "WF" for ch in text)
    return text + " " * (width - len(text) - wide)
