"""Sessions in the database, written when they changed and, for the idle time-out, at most once a minute.

Django's own store writes the row at every request, changed or not, in a transaction of its own: on the embedded
database that is a wait for the disk behind every page view, and a second one behind every filing. The two statements
that every request needs are written out here, because building them took longer than running them.
"""

import json
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core import signing
from django.db import connection
from django.utils import timezone

FRESH_FOR = timedelta(minutes=1)
READ = "SELECT session_data, expire_date < %s FROM django_session WHERE session_key = %s AND expire_date > %s"
WRITE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


class SessionStore(DatabaseStore):
    """The store behind SESSION_ENGINE. A session may end up to a minute early, never late."""

    _kept: str | None = None  # what the database is known to hold, where its time-out is fresh

    def load(self) -> dict[str, Any]:
        """What the database holds; remembered, so that writing the same again can be left out."""
        now = timezone.now()
        stale = now + timedelta(seconds=self.get_session_cookie_age()) - FRESH_FOR
        with connection.cursor() as cursor:
            cursor.execute(READ, [_instant(stale), self.session_key, _instant(now)])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        kept: dict[str, Any] = self.decode(row[0])
        self._kept = None if row[1] else _plain(kept)
        return kept

    def encode(self, session_dict: dict[str, Any]) -> str:
        """As Django does, but not compressed: what is kept here is sealed, and sealed texts do not get shorter."""
        text: str = signing.dumps(session_dict, salt=self.key_salt, serializer=self.serializer)
        return text

    def save(self, must_create: bool = False) -> None:
        """Write what changed, in the caller's transaction. Raises UpdateError where the session was ended meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
            self._kept = None  # a new key: nothing is known of its row
            return
        kept = self._get_session()  # type: ignore[attr-defined]
        plain = _plain(kept)
        if plain == self._kept:
            return
        text, values = self.statement()
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            if not cursor.rowcount:
                raise UpdateError
        self._kept = plain

    def statement(self) -> tuple[str, list[Any]]:
        """The UPDATE that writes what is held now; for whoever writes it together with something else."""
        kept = self._get_session()  # type: ignore[attr-defined]
        return WRITE, [self.encode(kept), _instant(self.get_expiry_date()), self.session_key]

    def was_written(self) -> None:
        """That UPDATE has been committed: it need not be written again."""
        self._kept = _plain(self._get_session())  # type: ignore[attr-defined]


def _plain(kept: dict[str, Any]) -> str:
    return json.dumps(kept, sort_keys=True)


def _instant(at: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
