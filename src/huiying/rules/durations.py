"""A duration is a type, never an int: 日 and 工作日 are different laws, and hours are a third."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Count:
    n: int

    def __post_init__(self) -> None:
        if isinstance(self.n, bool) or not isinstance(self.n, int) or self.n < 0:
            raise ValueError(f"a duration is a whole number of at least 0, not {self.n!r}")


@dataclass(frozen=True, slots=True)
class CalendarDays(_Count):
    """So many natural days (日), holidays counted."""

    def __str__(self) -> str:
        return f"{self.n} 日"


@dataclass(frozen=True, slots=True)
class WorkingDays(_Count):
    """So many working days (工作日), holidays not counted and make-up days counted."""

    def __str__(self) -> str:
        return f"{self.n} 个工作日"


@dataclass(frozen=True, slots=True)
class Hours(_Count):
    """So many hours by the clock (小时), day and night."""

    def __str__(self) -> str:
        return f"{self.n} 小时"


Days = CalendarDays | WorkingDays
Duration = CalendarDays | WorkingDays | Hours
