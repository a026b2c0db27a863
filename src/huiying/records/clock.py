"""The only source of now. Doors, jobs and commands ask here; every floor below is told the time."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def official_date(at: datetime) -> date:
    """The calendar day in Asia/Shanghai on which an instant falls; 23:59:59 still belongs to its day."""
    return at.astimezone(SHANGHAI).date()


def today() -> date:
    """The present calendar day in Asia/Shanghai."""
    return official_date(now())


def start_of_day(day: date) -> datetime:
    """The first instant of a calendar day in Asia/Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)
