"""A figure beside its target, and the table of all of them."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

WIDTHS = (11, 72, 12, 16)


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

    @property
    def measured(self) -> str:
        """The value with its unit."""
        return f"{_number(self.value)} {self.unit}"

    @property
    def wanted(self) -> str:
        """The target, as it is to be read."""
        sign = "<" if self.most else "≥"
        return f"{sign} {_number(self.target)} {self.unit}" if self.target is not None else ""


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


def table(figures: Mapping[str, Sequence[Figure]]) -> str:
    """All figures, one a line, a column for each size; with several sizes the last one is also read against the first.

    The verdict is that of the last size, which is the hardest.
    """
    sizes = list(figures)
    several = len(sizes) > 1
    widths = (*WIDTHS[:2], *[WIDTHS[2]] * len(sizes), WIDTHS[3], *[10] * several, 30)
    head = ("engine", "what", *sizes, "target", *["last/first"] * several, "")
    rows = [_line(found, sizes) for found in _side_by_side(figures)]
    lines = [head, tuple("─" * width for width in widths), *rows]
    return "\n".join(
        "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _side_by_side(figures: Mapping[str, Sequence[Figure]]) -> list[dict[str, Figure]]:
    rows: dict[tuple[str, str], dict[str, Figure]] = {}
    for size, found in figures.items():
        for figure in found:
            rows.setdefault((figure.engine, figure.what), {})[size] = figure
    return list(rows.values())


def _line(row: Mapping[str, Figure], sizes: Sequence[str]) -> tuple[str, ...]:
    last = row[max(row, key=sizes.index)]
    cells = [row[size].measured if size in row else "" for size in sizes]
    grown = [f"{growth(row, sizes):.2f} ×" if sizes[0] in row and sizes[-1] in row else ""]
    return last.engine, last.what, *cells, last.wanted, *(grown if len(sizes) > 1 else []), last.verdict


def growth(row: Mapping[str, Figure], sizes: Sequence[str]) -> float:
    """How many times the first size's value the last size's is."""
    return row[sizes[-1]].value / row[sizes[0]].value if row[sizes[0]].value else 0.0


def summary(figures: Sequence[Figure]) -> str:
    """How many targets there are and which are missed."""
    judged = [figure for figure in figures if figure.target is not None]
    missed = [figure for figure in judged if figure.missed]
    lines = [f"{len(judged) - len(missed)} of {len(judged)} targets met."]
    lines += [f"  missed: {f.engine} · {f.what}: {f.measured} ({f.verdict.split(': ')[1]})" for f in missed]
    return "\n".join(lines)


def as_rows(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """For JSON."""
    return [{**asdict(figure), "missed": figure.missed} for figure in figures]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _padded(text: str, width: int) -> str:
    wide = sum(unicodedata.east_asian_width(ch) in "WF" for ch in text)
    return text + " " * (width - len(text) - wide)
