"""Failures at the staff door, counted in the database, so that a lock holds in every serving process.

A row says nothing to its reader: its key is a keyed hash of an account and a place, and it goes a quarter of an hour
after the last try. By account and place together: a whole office shares one address, so a lock by address alone would
shut out all of them, and a lock by account alone would let a stranger shut out anyone. GB/T 22239-2019 asks for a lock.
"""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from huiying.registry.models import SignInTries

LIMIT = 5
PERIOD = timedelta(minutes=15)
SALT = "huiying.sign-in-tries"
ROUNDS = 3  # somebody else may write the same row between two statements


@transaction.atomic
def begin(account: str, place: str, *, at: datetime) -> bool:
    """Count one try and say whether it may go on; it counts as failed until `succeeded` is called.

    Counting first keeps many tries at the same moment within the limit. A refused try does not lengthen the lock.
    """
    key = _key(account, place)
    SignInTries.objects.filter(until__lte=at).delete()
    for _round in range(ROUNDS):
        if _rows(key).filter(count__lt=LIMIT).update(count=F("count") + 1, until=at + PERIOD):
            return True
        _row, first = SignInTries.objects.get_or_create(key=key, defaults={"count": 1, "until": at + PERIOD})
        if first:
            return True
        if _rows(key).filter(count__gte=LIMIT).exists():
            return False
    return False


def is_locked(account: str, place: str, *, at: datetime) -> bool:
    """Whether the next try would be refused."""
    return _rows(_key(account, place)).filter(count__gte=LIMIT, until__gt=at).exists()


def succeeded(account: str, place: str) -> None:
    """Forget the failures before a sign-in."""
    _rows(_key(account, place)).delete()


@transaction.atomic
def may_spend(account: str, *, limit: int, wait: timedelta, at: datetime) -> bool:
    """Say whether strangers together may try this account once more: `limit` at once, then one each `wait`.

    The row's `until` is when the whole allowance is back. A refusal costs nothing, so waiting always helps.
    """
    key = _key("strangers", account)
    SignInTries.objects.filter(until__lte=at).delete()
    _row, first = SignInTries.objects.get_or_create(key=key, defaults={"until": at + wait})
    if first:
        return True
    full_at = SignInTries.objects.select_for_update().get(pk=key).until + wait
    if full_at - at > limit * wait:
        return False
    SignInTries.objects.filter(pk=key).update(until=full_at)
    return True


def forget() -> None:
    """Forget all failures (tests; an administrator after a mistake)."""
    SignInTries.objects.all().delete()


def _rows(key: str) -> "models.QuerySet[SignInTries]":
    return SignInTries.objects.filter(pk=key)


def _key(account: str, place: str) -> str:
    return salted_hmac(SALT, f"{account}\0{place}", algorithm="sha256").hexdigest()
