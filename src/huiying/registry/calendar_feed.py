"""Somebody's watches as a calendar (RFC 5545), behind an address that only its key opens.

A calendar program asks without signing in and keeps copies in places we do not know: so it says "on duty" and when,
never at which post, for what matter or with whom.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import FilteredRelation, Q
from django.utils.crypto import salted_hmac

from huiying.records import master_key
from huiying.registry.models import CalendarFeed

BEFORE, AFTER = timedelta(days=30), timedelta(days=180)
MOST = 500
KEY_LETTERS = 43  # of 32 random bytes
SUMMARY = "值班"


@dataclass(frozen=True, slots=True)
class Entry:
    """One watch as a calendar knows it; each change gives a higher `sequence`."""

    ref: int
    starts_at: datetime
    ends_at: datetime
    stamped_at: datetime
    sequence: int
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """What the address answers: the watches of a span, and a version that changes with them."""

    entries: tuple[Entry, ...]
    version: str


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(32)


def key_hash(key: str) -> bytes:
    """What is stored of a key."""
    return hmac.new(master_key.load(), f"huiying.calendar.v1|{key}".encode(), hashlib.sha256).digest()


def feed_of(key: str, at: datetime) -> Feed | None:
    """The watches behind a key, in one query; None for a wrong or ended key and for an account that was closed."""
    if len(key) != KEY_LETTERS:
        return None
    near = Q(staff__shifts__ends_at__gt=at - BEFORE, staff__shifts__starts_at__lt=at + AFTER)
    found = CalendarFeed.objects.filter(key_hash=key_hash(key), staff__is_active=True)
    watched = found.annotate(watch=FilteredRelation("staff__shifts", condition=near))
    fields = ("pk", "starts_at", "ends_at", "entered_at", "cancelled_at", "revised")
    rows = watched.order_by("watch__starts_at", "watch__pk").values_list(
        *(f"watch__{name}" for name in fields)
    )
    listed = list(rows[:MOST])
    if not listed:
        return None
    entries = tuple(_entry(row) for row in listed if row[0] is not None)
    return Feed(entries, hashlib.sha256(repr(entries).encode()).hexdigest()[:32])


def _entry(row: tuple[Any, ...]) -> Entry:
    ref, starts_at, ends_at, entered_at, cancelled_at, revised = row
    stamped = cancelled_at or entered_at or starts_at
    return Entry(ref, starts_at, ends_at, stamped, revised + (cancelled_at is not None), bool(cancelled_at))


def written(entries: Iterable[Entry]) -> bytes:
    """The calendar as programs read it, in UTC: nobody needs a table of time zones for it."""
    from icalendar import Calendar  # 140 ms of processor time that only who has a calendar needs

    calendar = Calendar()
    calendar.add("prodid", "-//Huiying//Duty//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", SUMMARY)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{salted_hmac('huiying.watch', str(entry.ref)).hexdigest()[:24]}@huiying")
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", SUMMARY)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event
