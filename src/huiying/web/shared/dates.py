"""Dates and times as people read them: Asia/Shanghai, in the language of the page, days in words."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from django.utils.translation import get_language, gettext, ngettext

from huiying.records import clock

# One pattern for each language and use; English day first, as the body writes to people and not to machines.
PATTERNS = {
    "zh": {
        "day": "M月d日",
        "date": "y年M月d日",
        "month": "y年M月",
        "weekday": "EEEE",
        "full": "y年M月d日 EEEE",
    },
    "en": {
        "day": "d MMM",
        "date": "d MMMM y",
        "month": "MMMM y",
        "weekday": "EEEE",
        "full": "EEEE, d MMMM y",
    },
}
LOCALES = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant", "en": "en_GB"}


def official(value: date | datetime) -> date:
    """The calendar day in Asia/Shanghai of an instant; a date is returned as it is."""
    return clock.official_date(value) if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """Month and day: 3月21日 · 21 Mar; with the year where it is another year than now. Empty for None."""
    other_year = value is not None and official(value).year != clock.today().year
    return _shown(value, "date" if other_year else "day")


def full_date(value: date | datetime | None) -> str:
    """Year, month and day: 2025年3月21日 · 21 March 2025. Empty for None."""
    return _shown(value, "date")


def month(value: date | datetime | None) -> str:
    """Year and month: 2025年3月 · March 2025. Empty for None."""
    return _shown(value, "month")


def long_date(value: date | datetime | None) -> str:
    """The date with its weekday: 2025年3月21日 星期五. Empty for None."""
    return _shown(value, "full")


def clock_time(value: datetime | None) -> str:
    """Hours and minutes in Asia/Shanghai, 24 h: 14:05. Empty for None."""
    return value.astimezone(clock.SHANGHAI).strftime("%H:%M") if value else ""


def moment(value: datetime | None) -> str:
    """Date and time: 2025年3月21日 14:05. Empty for None."""
    return f"{full_date(value)} {clock_time(value)}" if value else ""


def received(value: datetime | None) -> str:
    """When something was received: date and time, or the day alone where the hour was not noted (it stands at 00:00)."""
    if value is None:
        return ""
    return full_date(value) if value == clock.start_of_day(official(value)) else moment(value)


def iso(value: date | datetime | None) -> str:
    """The value for the datetime attribute of <time>."""
    return (
        value.astimezone(clock.SHANGHAI).isoformat(timespec="minutes")
        if isinstance(value, datetime)
        else str(value or "")
    )


def days_between(due: date | datetime, today: date | datetime) -> int:
    """Calendar days from today to the due day in Asia/Shanghai; negative when it has passed."""
    return (official(due) - official(today)).days


def days_words(days: int) -> str:
    """The days left in words: 还有 6 天, 明天到期, 今天到期, 已逾期 3 天."""
    if days < 0:
        return ngettext("已逾期 %(days)s 天", "已逾期 %(days)s 天", -days) % {"days": -days}
    if days == 0:
        return gettext("今天到期")
    if days == 1:
        return gettext("明天到期")
    return ngettext("还有 %(days)s 天", "还有 %(days)s 天", days) % {"days": days}


def hours_words(due: datetime, at: datetime) -> str:
    """The time left for a clock of hours: 还有 3 小时 20 分, 已逾期 2 小时 5 分; days from 48 hours on."""
    minutes = int((due - at).total_seconds() // 60)
    if abs(minutes) >= 48 * 60:
        return days_words(days_between(due, at))
    parts = {"hours": abs(minutes) // 60, "minutes": abs(minutes) % 60}
    if minutes < 0:
        return gettext("已逾期 %(hours)s 小时 %(minutes)s 分") % parts
    return gettext("还有 %(hours)s 小时 %(minutes)s 分") % parts


def _shown(value: date | datetime | None, use: str) -> str:
    if value is None:
        return ""
    return _written(official(value), use, get_language() or "zh-hans")


@lru_cache(maxsize=4096)
def _written(on: date, use: str, language: str) -> str:
    """A list of fifty shows the same few days again and again; writing one takes longer than all else in its row."""
    pattern = PATTERNS["en" if language.startswith("en") else "zh"][use]
    return format_date(on, pattern, locale=LOCALES.get(language, "zh_Hans"))


FILTERS = {
    "day": day,
    "date": full_date,
    "month": month,
    "long_date": long_date,
    "time": clock_time,
    "moment": moment,
    "received": received,
    "iso": iso,
    "days_words": days_words,
}
