"""Limits on how often one address may try, without keeping an address.

An address is hashed with a random key that lives in this process only and changes each day; neither address nor hash
reaches a log or the database. Memory is bounded: the longest idle entries are forgotten first.
"""

import hashlib
import ipaddress
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest

CAPACITY = 50_000


class Throttle:
    """Spends a small allowance that refills evenly (generic cell rate): one number kept for each bucket and address."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._full_until: OrderedDict[bytes, float] = OrderedDict()
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""

    def allow(self, bucket: str, key: str, limit: int, per_seconds: float, *, at: datetime) -> bool:
        """Say whether `key` may try once more in `bucket`: `limit` at once, refilled evenly over `per_seconds`.

        A refusal costs nothing, so waiting always helps.
        """
        step = per_seconds / limit
        now = at.timestamp()
        with self._lock:
            name = self._name(bucket, key, at.date())
            until = max(self._full_until.get(name, now), now) + step
            if until - now > per_seconds + step / 1000:
                return False
            self._full_until[name] = until
            self._full_until.move_to_end(name)
            if len(self._full_until) > self._capacity:
                self._full_until.popitem(last=False)
            return True

    def clear(self) -> None:
        """Forget everything, key included."""
        with self._lock:
            self._full_until.clear()
            self._day = None

    def __len__(self) -> int:
        """How many entries are held."""
        return len(self._full_until)

    def _name(self, bucket: str, key: str, today: date) -> bytes:
        if today != self._day:
            # A new key makes yesterday's hashes meaningless, so they go too.
            self._day, self._key = today, secrets.token_bytes(32)
            self._full_until.clear()
        return hashlib.blake2b(f"{bucket}\0{key}".encode(), key=self._key, digest_size=16).digest()


_throttle = Throttle()


def allow(bucket: str, key: str, limit: int, per_seconds: float, *, at: datetime) -> bool:
    """Say whether `key` (an address, an account) may try once more in `bucket`; see Throttle.allow."""
    return _throttle.allow(bucket, key, limit, per_seconds, at=at)


def clear() -> None:
    """Forget all limits of this process (tests; an administrator after a mistake)."""
    _throttle.clear()


def address_of(request: HttpRequest) -> str:
    """The address a request comes from, for `allow` only; a whole /64 counts as one address in IPv6.

    X-Forwarded-For counts only behind a proxy named in the settings, and then its last entry that is no such proxy.
    """
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    here = str(request.META.get("REMOTE_ADDR", ""))
    proxies: Sequence[str] = getattr(settings, "HUIYING", {}).get("trusted_proxies", ())
    while chain and _among(here, proxies):
        here = chain.pop()
    return _coarse(here)


def _among(address: str, networks: Sequence[str]) -> bool:
    try:
        return any(ipaddress.ip_address(address) in ipaddress.ip_network(network) for network in networks)
    except ValueError:
        return False


def _coarse(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
