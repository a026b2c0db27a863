"""What one line of my day is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from huiying.registry.officers import Officer


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the day."""

    title: str
    url: str
    note: str = ""
    late: bool = False


Rows = Callable[[Officer, datetime], Iterable[Task]]
