"""Locks an account at one address after repeated failures, in memory and without keeping an address.

By account and address together: everyone in an office shares one address, so a lock by address alone would shut out
all of them, and a lock by account alone would let a stranger shut out anyone.
"""

import hashlib
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

CAPACITY = 20_000


@dataclass(frozen=True, slots=True)
class Tries:
    """How many tries in a row did not end in a sign-in, and when the last one was."""

    count: int
    last_at: datetime


class Locks:
    """`limit` failures in a row lock a key for `period` from the last one. GB/T 22239-2019 asks for such a lock."""

    def __init__(self, *, limit: int = 5, period: timedelta = timedelta(minutes=15)) -> None:
        self.limit = limit
        self.period = period
        self._tries: OrderedDict[bytes, Tries] = OrderedDict()
        self._lock = threading.Lock()
        self._secret = secrets.token_bytes(32)

    def begin(self, account: str, address: str, *, at: datetime) -> bool:
        """Count one try and say whether it may go on; a try counts as failed until `succeeded` is called.

        Counting first keeps many tries at the same moment within the limit. A refused try does not lengthen the lock.
        """
        key = self._key(account, address)
        with self._lock:
            count = self._running(key, at)
            if count >= self.limit:
                return False
            self._tries[key] = Tries(count + 1, at)
            self._tries.move_to_end(key)
            if len(self._tries) > CAPACITY:
                self._tries.popitem(last=False)
            return True

    def is_locked(self, account: str, address: str, *, at: datetime) -> bool:
        """Whether the next try would be refused."""
        with self._lock:
            return self._running(self._key(account, address), at) >= self.limit

    def succeeded(self, account: str, address: str) -> None:
        """Forget the failures before a sign-in."""
        with self._lock:
            self._tries.pop(self._key(account, address), None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._tries.clear()

    def _running(self, key: bytes, at: datetime) -> int:
        tries = self._tries.get(key)
        return tries.count if tries and at - tries.last_at < self.period else 0

    def _key(self, account: str, address: str) -> bytes:
        return hashlib.blake2b(f"{account}\0{address}".encode(), key=self._secret, digest_size=16).digest()


LOCKS = Locks()
