"""Two ways of writing a time that stand in one column: as text, and as a spreadsheet's serial number."""

import re
import unicodedata
from datetime import datetime, timedelta

from huiying.records.clock import SHANGHAI

# Spreadsheets count days from here (their day 60, 29 February 1900, never was; all later days are right).
SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (a wall clock, placed in its zone below)
# Before 2007 no arrangement of working days is known, so no clock could be counted.
EARLIEST = datetime(2007, 1, 1, tzinfo=SHANGHAI)

_TEXT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分)?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


def read_time(cell: str) -> datetime:
    """The instant a cell names, in Asia/Shanghai, to the second. Raises ValueError where it names none."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text))
    found = _TEXT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


def _from_serial(days: float) -> datetime:
    # A fraction of a day in binary is a few microseconds off: 08:00 would fall on 07:59.
    wall = SERIAL_ZERO + timedelta(seconds=round(days * 86_400))
    return wall.replace(tzinfo=SHANGHAI)
