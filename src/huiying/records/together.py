"""Writing together: on the embedded database, acts that wait at the same moment become one transaction.

A commit there costs more than the act before it: every page that was touched is written and synced, and the search
index lays a segment of its own. So whoever finds nobody writing writes at once, and whoever comes meanwhile waits and
is written with all others who wait, by the first of them, on its connection, with one COMMIT for all. Nobody is
answered before that COMMIT. There is no thread that could die, and nothing is kept between two transactions.

An act that fails takes nobody along: the transaction is rolled back and each act is done again in one of its own. So
an act given here may be called twice, and must then do the same again. No savepoints: at each of them the search index
would be written out, which costs what is saved.
"""

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

from django.db import OperationalError, connection, transaction

T = TypeVar("T")
MOST = 32  # acts in one transaction


class _Piece(Generic[T]):
    """One act that waits, and what came of it."""

    __slots__ = ("act", "done", "result", "woken", "wrong")

    def __init__(self, act: Callable[[], T]) -> None:
        self.act = act
        self.done = False
        self.result: T | None = None
        self.wrong: BaseException | None = None
        self.woken = threading.Lock()
        self.woken.acquire()

    def ended(self, result: T | None = None, wrong: BaseException | None = None) -> None:
        """Keep the outcome; the one who waits is woken by whoever wrote it."""
        self.result, self.wrong, self.done = result, wrong, True

    def alone(self) -> None:
        """Do it in a transaction of its own."""
        try:
            with transaction.atomic():
                result = self.act()
        except Exception as wrong:  # noqa: BLE001  (raised again in the thread that asked for it)
            self.ended(wrong=wrong)
        else:
            self.ended(result)

    def outcome(self) -> T:
        """What the act gave back; raises what it raised."""
        if self.wrong is not None:
            raise self.wrong
        return cast("T", self.result)


class Queue:
    """Those who want to write: one of them leads, the others wait for an outcome or for their turn to lead."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[_Piece[object]] = deque()
        self._led = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def do(self, act: Callable[[], T]) -> T:
        """Do the act with whatever waits beside it; its result after the COMMIT."""
        piece = _Piece(act)
        if not self._leads(cast("_Piece[object]", piece)):
            piece.woken.acquire()
        if not piece.done:
            self._lead(cast("_Piece[object]", piece))
        return piece.outcome()

    def _leads(self, piece: "_Piece[object]") -> bool:
        with self._lock:
            if not self._led:
                self._led = True
                return True
            self._waiting.append(piece)
            return False

    def _lead(self, first: "_Piece[object]") -> None:
        with self._lock:
            beside = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST - 1))]
        try:
            _write([first, *beside])
        finally:
            self._hand_on()
            for piece in beside:
                if not piece.done:  # the leader's thread was ended from outside
                    piece.ended(wrong=OperationalError("not written"))
                piece.woken.release()

    def _hand_on(self) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            if self._led:
                self._waiting.popleft().woken.release()


_queue = Queue()


def _start_anew() -> None:
    """A forked process has none of the threads that lead or wait."""
    global _queue  # noqa: PLW0603
    _queue = Queue()


os.register_at_fork(after_in_child=_start_anew)


def write(act: Callable[[], T]) -> T:
    """Do an act that writes, whole or not at all, and give back its result once it is kept for good.

    On SQLite perhaps in one transaction with others; inside a transaction, and on PostgreSQL, which gathers commits
    itself, as `transaction.atomic` does. The act may be called twice. Raises what the act raises.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            return act()
    return _queue.do(act)


def _write(pieces: Sequence["_Piece[object]"]) -> None:
    if len(pieces) > 1 and _in_one(pieces):
        return
    for piece in pieces:
        piece.alone()


def _in_one(pieces: Sequence["_Piece[object]"]) -> bool:
    """Do all in one transaction; False where one of them failed, and nothing was written."""
    results, begun = list[object](), False
    try:
        with transaction.atomic():
            begun = True
            for piece in pieces:
                results.append(piece.act())
    except OperationalError as wrong:
        if begun and len(results) < len(pieces):
            return False
        # The database did not begin or did not keep it (a full disk): one by one would not be better.
        for piece in pieces:
            piece.ended(wrong=OperationalError(*wrong.args))
        return True
    except Exception:  # noqa: BLE001  (each is done again alone, and whoever failed is told there)
        return False
    for piece, result in zip(pieces, results, strict=True):
        piece.ended(result)
    return True
