"""From which day the law's days run: the day of receipt, as reception names it."""

from datetime import date

import pytest

from huiying.rules.receipt import check_received, day_of_receipt
from huiying.rules.refusals import Incomplete

TODAY = date(2026, 2, 2)


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "said"),
    [
        pytest.param("2026-02-02", None, id="today"),
        pytest.param("2026-01-05", None, id="four weeks ago, in a pile"),
        pytest.param("2026-01-05", "2026-01-05", id="said and received on one day"),
        pytest.param("2026-01-05", "2025-12-30", id="written before it arrived"),
        pytest.param("2025-02-01", None, id="a year ago, and one day of grace for a leap year"),
    ],
)
def test_a_day_of_receipt_may_stand(received: str, said: str | None) -> None:
    check_received(d(received), today=TODAY, said_on=d(said) if said else None)


@pytest.mark.parametrize(
    ("received", "said", "word"),
    [
        pytest.param("2026-02-03", None, "晚于今天", id="tomorrow"),
        pytest.param(
            "2025-01-31", None, "一年", id="further back than a year: a slip, or a matter to import"
        ),
        pytest.param("2026-01-05", "2026-01-06", "反映的日期", id="received before it was said"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(received: str, said: str | None, word: str) -> None:
    with pytest.raises(Incomplete) as refusal:
        check_received(d(received), today=TODAY, said_on=d(said) if said else None)

    assert word in refusal.value.fields["received_on"]
    assert refusal.value.article == "信访工作条例 art. 22"


@pytest.mark.parametrize(
    ("named", "said", "oral", "counts_from"),
    [
        pytest.param("2026-01-20", "2026-01-05", True, "2026-01-20", id="the day that was named"),
        pytest.param(None, "2026-01-05", True, "2026-01-05", id="spoken: received as it was said"),
        pytest.param(None, "2026-01-05", False, None, id="written: when it arrived is not told, so now"),
        pytest.param(None, "2024-01-05", True, None, id="spoken of old: named or now"),
        pytest.param(None, None, True, None, id="nothing was said of days: now"),
    ],
)
def test_from_which_day_it_counts(
    named: str | None, said: str | None, oral: bool, counts_from: str | None
) -> None:
    day = day_of_receipt(
        d(named) if named else None, said_on=d(said) if said else None, oral=oral, today=TODAY
    )

    assert day == (d(counts_from) if counts_from else None)
