"""Sessions in the database, written when they changed and, for the idle time-out, at most once a minute.

Django's own store writes the row at every request, changed or not, in a transaction of its own: on the embedded
database that is a wait for the disk behind every page view, and a second one behind every filing.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

FRESH_FOR = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """The store behind SESSION_ENGINE. A session may end up to a minute early, never late."""

    _kept = ""
    _until: datetime | None = None

    def load(self) -> dict[str, Any]:
        """What the database holds; remembered, so that writing the same again can be left out."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        if row is None:
            return {}
        kept: dict[str, Any] = self.decode(row.session_data)
        self._kept, self._until = _plain(kept), row.expire_date
        return kept

    def save(self, must_create: bool = False) -> None:
        """Write what changed, in the caller's transaction. Raises UpdateError where the session was ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        kept = self._get_session()  # type: ignore[attr-defined]
        plain, until = _plain(kept), self.get_expiry_date()
        if plain == self._kept and self._until is not None and until - self._until < FRESH_FOR:
            return
        row = self.model.objects.filter(session_key=self.session_key)
        if not row.update(session_data=self.encode(kept), expire_date=until):
            raise UpdateError
        self._kept, self._until = plain, until


def _plain(kept: dict[str, Any]) -> str:
    return json.dumps(kept, sort_keys=True)
