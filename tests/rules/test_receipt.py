"""From which day the law's days run: the day of receipt, as reception names it."""

from datetime import date

import pytest

from huiying.rules.receipt import check_received
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
