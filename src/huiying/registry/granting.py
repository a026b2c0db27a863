"""When a grant runs: from its giving to the end of its last day, unless it was ended before."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from huiying.records.clock import official_date


def running_at(at: datetime, grant: str = "") -> Q:
    """The condition that a grant runs at that instant; `grant` is the way to it, such as "grants__"."""
    return running_between(at, official_date(at), grant)


def running_between(at: Any, on: Any, grant: str = "") -> Q:
    """The same with the instant and its day told apart, for a statement that is kept: each may be a place to fill."""
    begun = Q(**{f"{grant}given_at__lte": at})
    not_ended = Q(**{f"{grant}ended_at": None}) | Q(**{f"{grant}ended_at__gt": at})
    not_expired = Q(**{f"{grant}expires_on": None}) | Q(**{f"{grant}expires_on__gte": on})
    return begun & not_ended & not_expired
