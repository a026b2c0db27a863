"""Background work of the doors: sessions that ended leave the database too; safe to run again."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from huiying.records.jobs import Periodic


def sessions_end(at: datetime) -> int:
    """Delete every session that was idle too long, drafts and receipts with it; return how many rows went."""
    gone, _by_model = Session.objects.filter(expire_date__lte=at).delete()
    return gone


SCHEDULE = (Periodic("web.sessions", timedelta(minutes=5), sessions_end),)
