"""Figures: gated once, released once, overdue included, no small number by any road."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiying.petitions.figures import PetitionFigures, Share
from huiying.publishing import actions
from huiying.publishing.figures import Gated, Month, gate_figures, released_of
from huiying.publishing.jobs import figures_release_due
from huiying.publishing.models import ReleasedTable
from huiying.publishing.open_figures import figures_page
from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent
from huiying.rules.disclosure import K, is_safe
from huiying.rules.events import EventKind
from huiying.rules.refusals import IllegalMove, NotThere, Refusal
from tests.cast import Cast

JUNE = Month(2025, 6)
IN_JULY = datetime(2025, 7, 2, 3, 0, tzinfo=SHANGHAI)


def figures(**given: object) -> PetitionFigures:
    """A month of a busy town, with the named parts changed."""
    parts: dict[str, object] = {
        "since": JUNE.first,
        "until": JUNE.end,
        "received_by_channel": {"online": 40, "visit": 20, "call": 3},
        "received_by_matter": {"housing": 30, "works": 33},
        "received_by_kind": {"request": 50, "enquiry": 13},
        "routed_in_time": Share(50, 60),
        "notice_in_time": Share(55, 60),
        "reply_days": tuple(range(10, 40)),
        "replied_in_time": Share(24, 36),
        "replied_overdue": 6,
        "open_overdue": 6,
        "outcomes": {"supported": 20, "explained": 12, "not_supported": 10},
        "answered_on_every_point": Share(30, 30),
    }
    return PetitionFigures(**{**parts, **given})  # type: ignore[arg-type]


def gated(**changed: object) -> dict[str, Gated]:
    """The tables of that month after the gate."""
    matters = {"supported": 15, "explained": 9, "not_supported": 8}
    return {row.name: row for row in gate_figures(JUNE, figures(**changed), matters)}


def test_months_begin_and_end_over_the_turn_of_the_year() -> None:
    assert Month.before(date(2025, 1, 31)) == Month(2024, 12)
    assert (Month(2024, 12).first, Month(2024, 12).end) == (date(2024, 12, 1), date(2025, 1, 1))
    assert Month.read("2024-12") == Month(2024, 12)
    with pytest.raises(ValueError):
        Month.read("2024-13")


def test_a_count_below_five_is_withheld_and_cannot_be_subtracted() -> None:
    table = gated()["received_by_channel"].released
    assert "2025-06:received_by_channel.call" in table.withheld
    assert len(table.withheld) >= 2  # one alone could be worked out from the total


def test_overdue_is_shown_beside_what_was_in_time() -> None:
    shown = gated()["replied_in_time"].released.shown
    assert shown["2025-06:replied_overdue"] == shown["2025-06:open_overdue"] == 6


def test_a_share_whose_rest_is_small_is_not_shown() -> None:
    table = gated(notice_in_time=Share(58, 60))["notice_in_time"].released
    assert "2025-06:notice_in_time.part" in table.withheld


def test_outcomes_of_fewer_than_five_matters_are_not_shown_however_many_claims_they_had() -> None:
    rows = gate_figures(JUNE, figures(), {"supported": 15, "explained": 9, "not_supported": 2})
    outcomes = next(row for row in rows if row.name == "outcomes").released
    assert not outcomes.shown


def test_few_answers_give_no_median_and_fewer_than_ten_no_ninth_tenth() -> None:
    assert not gated(reply_days=(1, 2, 3, 4))["days"].released.shown
    assert set(gated(reply_days=(1, 2, 3, 4, 5))["days"].released.shown) == {"2025-06:days_to_reply_median"}
    assert len(gated()["days"].released.shown) == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    channels=st.dictionaries(
        st.sampled_from(["online", "visit", "call", "letter"]), st.integers(1, 12), max_size=4
    ),
    late=st.integers(0, 9),
    still_open=st.integers(0, 9),
)
def test_no_month_whatever_its_counts_gives_a_small_number(
    channels: dict[str, int], late: int, still_open: int
) -> None:
    rows = gated(
        received_by_channel=channels,
        received_by_kind={"request": sum(channels.values())},
        received_by_matter={"housing": sum(channels.values())},
        replied_overdue=late,
        open_overdue=still_open,
        replied_in_time=Share(10, 10 + late + still_open),
    )
    assert is_safe([row.released for name, row in rows.items() if name != "days"], k=K)


def test_another_bodys_figures_cannot_be_released(cast: Cast) -> None:
    with pytest.raises(NotThere):
        actions.figures_release(body=cast.baishi, month=JUNE, by=cast.press_officer, at=IN_JULY)


def test_a_month_that_is_not_over_is_not_released(cast: Cast) -> None:
    with pytest.raises(Refusal, match="还没有结束"):
        actions.figures_release(body=cast.qingxi, month=Month(2025, 7), by=cast.press_officer, at=IN_JULY)


def test_a_month_is_released_once_and_never_replaced(cast: Cast) -> None:
    rows = actions.figures_release(body=cast.qingxi, month=JUNE, by=cast.press_officer, at=IN_JULY)
    assert LedgerEvent.objects.filter(kind=EventKind.TABLE_RELEASED).count() == 1
    with pytest.raises(IllegalMove):
        actions.figures_release(body=cast.qingxi, month=JUNE, by=cast.press_officer, at=IN_JULY)
    assert ReleasedTable.objects.count() == len(rows)


def test_the_monthly_job_releases_each_body_once_however_often_it_runs(cast: Cast) -> None:
    assert figures_release_due(IN_JULY) == 2
    assert figures_release_due(IN_JULY) == 0


def test_the_page_reads_only_what_was_released(cast: Cast) -> None:
    assert figures_page(cast.qingxi) is None
    for row in gated().values():
        table = row.released.table
        ReleasedTable.objects.create(
            body=cast.qingxi,
            table=row.name,
            period=JUNE.period,
            cells=dict(table.cells),
            sums=[[tie.total, list(tie.parts)] for tie in table.sums],
            withheld=sorted(row.released.withheld),
            released_at=IN_JULY,
        )
    page = figures_page(cast.qingxi)
    assert page is not None
    calls = next(bar for listing in page.asked for bar in listing.bars if bar.label == "电话")
    assert calls.count is None
    assert {single.definition.name: single.value for single in page.overdue} == {
        "replied_overdue": 6,
        "open_overdue": 6,
    }
    median, ninth, *shares = page.speed
    assert (median.value, ninth.value) == (24, 36)
    assert {share.definition.name: share.value for share in shares}["routed_in_time"] == 83


def test_a_row_of_the_register_reads_back_as_the_gate_left_it(cast: Cast) -> None:
    table = gated()["received_by_kind"].released
    row = SimpleNamespace(
        cells=dict(table.table.cells),
        sums=[[tie.total, list(tie.parts)] for tie in table.table.sums],
        withheld=sorted(table.withheld),
    )
    assert released_of(row) == table  # type: ignore[arg-type]
