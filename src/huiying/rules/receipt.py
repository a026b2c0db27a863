"""The day on which a matter counts as received (收到): every first period starts there, whenever somebody types it in.

What is put down on paper at the door is received that day and not the day on which a clerk finds time to register it:
the law's days run from receipt (信访工作条例 art. 22, 23), and a pile on a desk buys no time.
"""

from datetime import date

from huiying.rules.durations import CalendarDays
from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

ARTICLE = "信访工作条例 art. 22"
EARLIEST = CalendarDays(366)  # POLICY: further back it is a slip of the year, or an old file that is imported


def day_of_receipt(named_on: date | None, *, said_on: date | None, oral: bool, today: date) -> date | None:
    """The day to count from: the one that was named; what was spoken, the day it was spoken; None: now.

    What somebody says to the body is received as it is said. What they wrote says nothing of when it arrived. A day of
    over a year ago is taken only where it was named, so that a slip is refused and not counted from.
    """
    if named_on is not None:
        return named_on
    spoken = said_on if oral else None
    return spoken if spoken is not None and within_reach(spoken, today=today) else None


def within_reach(day: date, *, today: date) -> bool:
    """Whether a day may be one of receipt: neither to come nor over a year ago. POLICY."""
    return 0 <= (today - day).days <= EARLIEST.n


def check_received(received_on: date, *, today: date, said_on: date | None = None) -> None:
    """Raise Incomplete at `received_on` unless the day may stand: not to come, not over a year ago, not before it was said."""
    if received_on > today:
        raise _wrong(N_("收到的日期不能晚于今天。"))
    if (today - received_on).days > EARLIEST.n:
        raise _wrong(N_("收到的日期早于一年以前，请核对年份；旧的来件请用批量导入。"))
    if said_on is not None and said_on > received_on:
        raise _wrong(N_("收到的日期不能早于反映的日期，请核对这两处。"))


def _wrong(sentence: str) -> Incomplete:
    return Incomplete(
        N_("收到的日期不对。"), fields={"received_on": sentence}, rule="receipt.day", article=ARTICLE
    )
