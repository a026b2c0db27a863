"""SQLite for one serving process with several threads: whoever writes waits in a queue instead of sleeping.

SQLite has one writer. A thread that finds it busy sleeps, looks again, and sleeps longer each time; with eight threads
that file petitions some slept for more than a second while others went past. So the threads of this process take
turns before they ask SQLite, and are woken the moment it is theirs. Other processes (a command, a backup) are still
kept apart by SQLite itself and its busy timeout.
"""

import os
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

T = TypeVar("T")
READS = ("SELECT", "PRAGMA", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
# A forked process has none of the threads that might hold a turn.
os.register_at_fork(after_in_child=_turns.clear)


class Cursor(base.SQLiteCursorWrapper):
    """Takes a turn for a statement that writes outside any transaction."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        return self.wrapper.in_turn(query, lambda: super(Cursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement many times."""
        return self.wrapper.in_turn(query, lambda: super(Cursor, self).executemany(query, param_list))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper, holding the process's turn from BEGIN IMMEDIATE until the transaction ends.

    The methods it extends are Django's own for this purpose, but its type stubs do not have them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn: threading.Lock | None = None

    def create_cursor(self, name: str | None = None) -> Cursor:
        """A cursor that knows its connection."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def in_turn(self, query: str, act: Callable[[], T]) -> T:
        """Do it at once where it only reads or the turn is ours already, else in our turn."""
        if self._turn or self.in_atomic_block or query.lstrip()[:9].upper().startswith(READS):
            return act()
        self._take_turn()
        try:
            return act()
        finally:
            self._leave_turn()

    def _take_turn(self) -> None:
        if self._turn is not None:
            return
        name = str(self.settings_dict["NAME"])
        turn = _turns[name]
        if turn.acquire(timeout=self.settings_dict["OPTIONS"].get("timeout", 5)):
            self._turn = turn
        elif _turns.get(name) is turn:
            # Nobody writes for that long: whoever had it ended without giving it back. The next ones queue anew;
            # this one asks SQLite, which says "locked" itself if somebody does write.
            _turns[name] = threading.Lock()

    def _leave_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn:
            turn.release()

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_turn()
