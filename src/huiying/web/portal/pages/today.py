"""Who is received where: each place with its weekdays, and whether it receives today or when next."""

from datetime import date, time
from typing import Any

from huiying.registry.calendars import calendar_for
from huiying.registry.models import Body
from huiying.registry.selectors import Reception, reception_times
from huiying.rules.calendar import ONE_DAY, WEEKDAYS, DayKind, WorkCalendar
from huiying.rules.words import N_

AHEAD = 14  # days looked at for the next reception
Spans = tuple[tuple[time, time], ...]

ASK = {
    DayKind.HOLIDAY: N_("今天放假，去之前请先打电话"),
    DayKind.MAKE_UP: N_("今天调休上班，去之前请先打电话"),
}
CLOSED = N_("今天不接待")


def places_now(body: Body, *, today: date) -> list[dict[str, Any]]:
    """The body's reception places with their times and with what holds today. 信访工作条例 art. 18."""
    receptions = reception_times(body)
    if not receptions:
        return []
    calendar = calendar_for(body.pk, years=range(today.year, today.year + 2))
    return [_place(place, calendar, today) for place in receptions]


def _place(place: Reception, calendar: WorkCalendar, today: date) -> dict[str, Any]:
    return {
        "name": place.name,
        "address": place.address,
        "phone": place.phone,
        "days": [(WEEKDAYS[days.first], WEEKDAYS[days.last], days.spans) for days in place.days],
        **_today(place, calendar, today),
    }


def _today(place: Reception, calendar: WorkCalendar, today: date) -> dict[str, Any]:
    """Today's spans, or why there are none; hours are published by weekday, so a moved day is not certain."""
    day, spans = calendar.day(today), _spans(place, today)
    if day.kind in ASK and (spans or day.kind is DayKind.MAKE_UP):
        return {"today": (), "instead": ASK[day.kind], "next": None}
    if spans:
        return {"today": spans, "instead": "", "next": None}
    return {"today": (), "instead": CLOSED, "next": _next(place, calendar, today)}


def _next(place: Reception, calendar: WorkCalendar, today: date) -> tuple[date, time] | None:
    for ahead in range(1, AHEAD + 1):
        on = today + ahead * ONE_DAY
        spans = _spans(place, on)
        if spans and calendar.day(on).kind not in ASK:
            return on, spans[0][0]
    return None


def _spans(place: Reception, on: date) -> Spans:
    return next((days.spans for days in place.days if days.first <= on.weekday() <= days.last), ())
