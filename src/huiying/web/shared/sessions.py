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
TRIES = 5  # so many windows of one browser may write in one instant
READ = "SELECT session_data, expire_date < %s FROM django_session WHERE session_key = %s AND expire_date > %s"
WRITE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


class SessionStore(DatabaseStore):
    """The store behind SESSION_ENGINE. A session may end up to a minute early, never late."""

    _kept: str | None = None  # what the database is known to hold, where its time-out is fresh
    _read: str = "{}"  # what it held when it was read
    _row: str | None = (
        None  # the same as it stands in the row; another window has written where that is not there
    )
    _sent: str | None = None  # what `statement` would put there

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
        self._row, self._read = row[0], _plain(kept)
        self._kept = None if row[1] else self._read
        return kept

    def encode(self, session_dict: dict[str, Any]) -> str:
        """As Django does, but not compressed: what is kept here is sealed, and sealed texts do not get shorter."""
        text: str = signing.dumps(session_dict, salt=self.key_salt, serializer=self.serializer)
        return text

    def save(self, must_create: bool = False) -> None:
        """Write what changed, in the caller's transaction. Raises UpdateError where the session was ended meanwhile.

        Where another window wrote since it was read, each keeps what it changed: a receipt is not lost to a draft.
        """
        if must_create or self.session_key is None:
            super().save(must_create)
            self._kept = self._row = None  # a new key: nothing is known of its row
            return
        if _plain(self._get_session()) == self._kept:  # type: ignore[attr-defined]
            return
        for _ in range(TRIES):
            if self._updated():
                return
            self._join()
        raise UpdateError

    def _updated(self) -> bool:
        text, values = self.statement()
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            done = bool(cursor.rowcount)
        if done:
            self.was_written()
        return done

    def _join(self) -> None:
        """Lay what was changed here over what another window wrote. Raises UpdateError where nothing is there any more."""
        ours, before, key = self._get_session(), json.loads(self._read), self._session_key  # type: ignore[attr-defined]
        found = self.load()
        if self._session_key is None:
            self._session_key = key
            raise UpdateError
        changed = {name: value for name, value in ours.items() if name not in before or before[name] != value}
        theirs = {name: value for name, value in found.items() if name in ours or name not in before}
        self._session_cache = {**theirs, **changed}

    def statement(self) -> tuple[str, list[Any]]:
        """The UPDATE that writes what is held now; for whoever writes it together with something else."""
        self._sent = self.encode(self._get_session())  # type: ignore[attr-defined]
        values = [self._sent, _instant(self.get_expiry_date()), self.session_key]
        return (
            (WRITE, values) if self._row is None else (f"{WRITE} AND session_data = %s", [*values, self._row])
        )

    def was_written(self) -> None:
        """That UPDATE has been committed: it need not be written again."""
        self._kept = self._read = _plain(self._get_session())  # type: ignore[attr-defined]
        self._row = self._sent


def _plain(kept: dict[str, Any]) -> str:
    return json.dumps(kept, sort_keys=True)


def _instant(at: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
