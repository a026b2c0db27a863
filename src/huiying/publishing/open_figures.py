"""Released figures as a page shows them: each with its definition and article; small numbers stay out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from huiying.publishing.figures import LISTINGS, TOTAL, Month, shown_of
from huiying.publishing.models import ReleasedTable
from huiying.registry.models import Body
from huiying.rules.figures import DEFINITIONS, FigureDefinition
from huiying.rules.lifecycle import Channel, ClaimOutcome, PetitionKind
from huiying.rules.matters import Matter
from huiying.rules.words import N_

Shown = Mapping[str, int | None]

# Kinds are counted like channels and matters; rules define the formula of all three.
KIND = FigureDefinition(
    "received_by_kind",
    N_("按种类收到的件数"),
    N_("期内收到的信访事项，按申诉求决、检举控告、建议意见、咨询分列；内容近乎相同的只计一次。"),
    "信访工作条例 art. 41",
)
LABELS: dict[str, type[StrEnum]] = {
    "received_by_kind": PetitionKind,
    "received_by_channel": Channel,
    "received_by_matter": Matter,
    "outcomes": ClaimOutcome,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a listing: its word, its count (None: withheld), its length in hundredths of the longest."""

    label: str
    count: int | None
    length: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A count by parts with its total."""

    definition: FigureDefinition
    bars: Sequence[Bar]
    total: int | None


@dataclass(frozen=True, slots=True)
class Single:
    """One figure: a share, a number of days, or a count; None where it is withheld or there were no cases."""

    definition: FigureDefinition
    value: int | None
    part: int | None = None
    whole: int | None = None
    unit: str = ""
    is_empty: bool = False  # no cases at all, which is not the same as withheld


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """One month: what was asked, how it was answered, how fast, what is overdue."""

    month: Month
    asked: Sequence[Listing]
    answered: Sequence[Listing]
    speed: Sequence[Single]
    overdue: Sequence[Single]


def periods_released(body: Body) -> list[str]:
    """The months whose figures are out, the newest first."""
    rows = ReleasedTable.objects.filter(body=body).order_by("-period")
    return list(rows.values_list("period", flat=True).distinct())


def _definition(name: str) -> FigureDefinition:
    if name == "received_by_kind":
        return KIND
    return DEFINITIONS["received_by_category" if name == "received_by_matter" else name]


def _listing(name: str, shown: Shown) -> Listing:
    parts = {key.partition(".")[2]: count for key, count in shown.items() if key.startswith(f"{name}.")}
    parts.pop(TOTAL, None)
    # A listing without a total of its own shares the one of all that was received; a withheld one stays withheld.
    total = shown.get(f"{name}.{TOTAL}" if f"{name}.{TOTAL}" in shown else TOTAL)
    words = LABELS[name]
    most = max((count for count in parts.values() if count), default=0)
    bars = [
        Bar(words(key).label, count, round(100 * count / most) if count and most else 0)  # type: ignore[attr-defined]
        for key, count in sorted(parts.items(), key=lambda row: -(row[1] or 0))
    ]
    return Listing(_definition(name), bars, total)


def _share(name: str, shown: Shown) -> Single:
    part, whole = shown.get(f"{name}.part"), shown.get(f"{name}.whole")
    # A percentage with a known whole gives the part and the rest away: it is shown only where all three are.
    others = [count for key, count in shown.items() if key.startswith(f"{name}.")]
    is_known = part is not None and bool(whole) and None not in others
    value = round(100 * part / whole) if is_known and part is not None and whole else None
    return Single(_definition(name), value, part, whole, unit="%", is_empty=whole == 0)


def _handled_share(shown: Shown) -> Single:
    share = _share("replied_in_time", shown)
    hidden = None in (shown.get("replied_overdue"), shown.get("open_overdue"))
    return Single(
        share.definition, None if hidden else share.value, share.part, share.whole, "%", share.is_empty
    )


def _days(name: str, shown: Shown) -> Single:
    return Single(_definition(name), shown.get(name), unit=N_("天"))


def _count(name: str, shown: Shown) -> Single:
    return Single(_definition(name), shown.get(name), unit=N_("件"))


def figures_page(body: Body, period: str | None = None) -> FiguresPage | None:
    """The released figures of a month, or of the newest one; None while nothing is released."""
    rows = ReleasedTable.objects.filter(body=body)
    newest = period or rows.order_by("-period").values_list("period", flat=True).first()
    if newest is None:
        return None
    shown = shown_of(list(rows.filter(period=newest)))
    return FiguresPage(
        month=Month.read(newest),
        asked=[_listing(name, shown) for name in LISTINGS],
        answered=[_listing("outcomes", shown)],
        speed=[
            _days("days_to_reply_median", shown),
            _days("days_to_reply_p90", shown),
            _share("routed_in_time", shown),
            _share("notice_in_time", shown),
            _handled_share(shown),
            _share("answered_on_every_point", shown),
        ],
        overdue=[_count("replied_overdue", shown), _count("open_overdue", shown)],
    )
