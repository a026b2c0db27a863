"""One's own calendar of watches: opening its address, closing it."""

from datetime import datetime

from django.db import transaction

from huiying.records import ledger
from huiying.records.ledger import HasActor
from huiying.registry.actions.may import check_may_somewhere
from huiying.registry.calendar_feed import key_hash, new_key
from huiying.registry.gate import not_there
from huiying.registry.models import CalendarFeed, Staff
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action


@transaction.atomic
def calendar_feed_make(*, staff: Staff, by: HasActor, at: datetime) -> str:
    """The key of one's own calendar, shown this once; a calendar opened before ends with its key."""
    _check_may(staff, by)
    key = new_key()
    feed, _ = CalendarFeed.objects.update_or_create(
        staff=staff, defaults={"key_hash": key_hash(key), "made_at": at}
    )
    ledger.append(EventKind.CALENDAR_FEED_MADE, feed, by=by, at=at, body_id=staff.body_id)
    return key


@transaction.atomic
def calendar_feed_end(*, staff: Staff, by: HasActor, at: datetime) -> None:
    """Close one's own calendar: its address answers nobody any more."""
    _check_may(staff, by)
    feed = CalendarFeed.objects.filter(staff=staff).first()
    if feed is not None:
        ledger.append(EventKind.CALENDAR_FEED_ENDED, feed, by=by, at=at, body_id=staff.body_id)
        feed.delete()


def _check_may(staff: Staff, by: HasActor) -> None:
    check_may_somewhere(by, Action.DUTY_KEEP, staff.body_id)
    if not isinstance(by, Officer) or by.staff_id != staff.pk:
        raise not_there()
