"""Figures for everyone: what was asked, how it was answered, how fast; released month by month through one gate."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huiying.petitions.figures import PetitionFigures, Share, figures_for, outcome_matters
from huiying.publishing.models import ReleasedTable
from huiying.registry.models import Body
from huiying.rules.disclosure import K, Released, Sum, Table, listing, release
from huiying.rules.figures import quantile

# The order in which tables pass the gate: what was released first keeps most of its cells.
LISTINGS = ("received_by_kind", "received_by_channel", "received_by_matter")
SHARES = ("routed_in_time", "notice_in_time", "answered_on_every_point")
TOTAL = "*"
PERIOD = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    @classmethod
    def before(cls, day: date) -> "Month":
        """The last whole month before a day."""
        return cls(day.year - (day.month == 1), (day.month - 2) % 12 + 1)

    @classmethod
    def read(cls, period: str) -> "Month":
        """The month of a period such as 2026-03. Raises ValueError."""
        if not PERIOD.fullmatch(period):
            raise ValueError(period)
        return cls(int(period[:4]), int(period[5:]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """The first day of the next month."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def period(self) -> str:
        """The month as stored: 2026-03."""
        return f"{self.year:04d}-{self.month:02d}"


def month_figures(body: Body, month: Month, *, at: datetime) -> PetitionFigures:
    """The raw counts of one month of one body; for the gate, never for a page."""
    return figures_for(body.pk, since=month.first, until=month.end, at=at)


def _named(prefix: str, table: Table) -> Table:
    """The table with the month in every name: a count of March is another quantity than one of April."""
    cells = {f"{prefix}:{name}": count for name, count in table.cells.items()}
    sums = tuple(
        Sum(f"{prefix}:{tie.total}", tuple(f"{prefix}:{part}" for part in tie.parts)) for tie in table.sums
    )
    return Table(cells, sums)


def _part_and_rest(name: str, share: Share) -> Table:
    """A share as counts: a percentage tells its part, and by subtraction the rest, so both pass the gate."""
    part, rest, whole = f"{name}.part", f"{name}.rest", f"{name}.whole"
    counts = {part: share.part, rest: share.whole - share.part, whole: share.whole}
    return Table(counts, (Sum(whole, (part, rest)),))


def _handled(figures: PetitionFigures) -> Table:
    """Answered in time, answered late, still open and late: what is overdue stands in the same sum."""
    parts = {
        "replied_in_time.part": figures.replied_in_time.part,
        "replied_overdue": figures.replied_overdue,
        "open_overdue": figures.open_overdue,
    }
    return listing(parts, total="replied_in_time.whole")


def _days(figures: PetitionFigures) -> Table:
    """Median and nine tenths; too few matters give none. The number of matters is in `replied` already."""
    days = figures.reply_days
    cells = {}
    if len(days) >= K and (median := quantile(days, 0.5)) is not None:
        cells["days_to_reply_median"] = median
    # The value at nine tenths of fewer than ten matters is the slowest one's own.
    if len(days) >= 2 * K and (ninth := quantile(days, 0.9)) is not None:
        cells["days_to_reply_p90"] = ninth
    return Table(cells)


def _counted(figures: PetitionFigures) -> Iterator[tuple[str, Table]]:
    totals = {sum(getattr(figures, name).values()) for name in LISTINGS}
    for name in LISTINGS:
        # A total that every table shares is one quantity: withheld in one, it must be withheld in all.
        total = TOTAL if len(totals) == 1 else f"{name}.{TOTAL}"
        counts = {f"{name}.{key}": count for key, count in getattr(figures, name).items()}
        yield name, listing(counts, total=total)
    yield "replied_in_time", _handled(figures)
    for name in SHARES:
        yield name, _part_and_rest(name, getattr(figures, name))
    yield (
        "outcomes",
        listing({f"outcomes.{key}": n for key, n in figures.outcomes.items()}, total="outcomes.*"),
    )


@dataclass(frozen=True, slots=True)
class Gated:
    """One table after the gate, ready for the register."""

    name: str
    released: Released


def gate_month(body: Body, month: Month, *, at: datetime) -> list[Gated]:
    """Every table of a body's month with what must be withheld taken out."""
    matters = outcome_matters(body.pk, since=month.first, until=month.end)
    return gate_figures(month, month_figures(body, month, at=at), matters)


def gate_figures(month: Month, figures: PetitionFigures, matters: Mapping[str, int]) -> list[Gated]:
    """The same from counts; `matters` are those behind each outcome. Months share no count: each is gated alone."""
    passed: list[Gated] = []
    for name, table in _counted(figures):
        named = _named(month.period, table)
        through = release(named, already_released=[gated.released for gated in passed])
        if name == "outcomes" and any(0 < count < K for count in matters.values()):
            through = Released(named, frozenset(named.cells))
        passed.append(Gated(name, through))
    # Days are no counts: they pass by the number of matters behind them, not by their own size.
    passed.append(Gated("days", Released(_named(month.period, _days(figures)), frozenset())))
    return passed


def released_of(row: ReleasedTable) -> Released:
    """A row of the register as the gate reads it."""
    sums = tuple(Sum(total, tuple(parts)) for total, parts in row.sums)
    return Released(Table(row.cells, sums), frozenset(row.withheld))


def shown_of(rows: Sequence[ReleasedTable]) -> dict[str, int | None]:
    """All released values of one month by their name without the month; None where a value is withheld."""
    shown: dict[str, int | None] = {}
    for row in rows:
        released = released_of(row)
        for name in row.cells:
            value = released.value(name)
            plain = name.partition(":")[2]
            shown[plain] = value if shown.get(plain) is None else shown[plain]
    return shown
