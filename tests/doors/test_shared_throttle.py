"""Limits without a memory of addresses."""

import inspect
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test import RequestFactory
from granian import Granian

import huiying
from huiying.web.shared.throttle import Throttle, address_of

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_an_address_may_try_as_often_as_the_limit_and_no_more() -> None:
    limits = Throttle()
    tries = [limits.allow("code", "192.0.2.1", 5, 60, at=NOON) for _ in range(7)]
    assert tries == [True] * 5 + [False] * 2


def test_another_address_and_another_door_are_not_affected() -> None:
    limits = Throttle()
    assert limits.allow("code", "192.0.2.1", 1, 60, at=NOON)
    assert not limits.allow("code", "192.0.2.1", 1, 60, at=NOON)
    assert limits.allow("code", "192.0.2.2", 1, 60, at=NOON)
    assert limits.allow("file", "192.0.2.1", 1, 60, at=NOON)


def test_waiting_gives_the_allowance_back_evenly() -> None:
    limits = Throttle()
    for _ in range(5):
        limits.allow("code", "192.0.2.1", 5, 60, at=NOON)
    assert not limits.allow("code", "192.0.2.1", 5, 60, at=NOON + timedelta(seconds=11))
    assert limits.allow("code", "192.0.2.1", 5, 60, at=NOON + timedelta(seconds=13))
    assert not limits.allow("code", "192.0.2.1", 5, 60, at=NOON + timedelta(seconds=13))


def test_no_address_is_kept_and_yesterdays_hashes_are_gone() -> None:
    limits = Throttle()
    limits.allow("code", "192.0.2.1", 5, 60, at=NOON)
    kept = list(limits._full_until)
    assert all(b"192.0.2.1" not in name for name in kept)
    limits.allow("code", "192.0.2.1", 5, 60, at=NOON + timedelta(days=1))
    assert not set(kept) & set(limits._full_until)


def test_memory_is_bounded_however_many_addresses_come() -> None:
    limits = Throttle(capacity=100)
    for number in range(1000):
        limits.allow("code", f"192.0.2.{number}", 5, 60, at=NOON)
    assert len(limits) == 100


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "expected"),
    [
        ("192.0.2.9", "198.51.100.1", (), "192.0.2.9"),  # nobody may claim another address
        ("10.0.0.2", "203.0.113.5, 198.51.100.1", ("10.0.0.0/8",), "198.51.100.1"),
        ("10.0.0.2", "198.51.100.1, 10.0.0.3", ("10.0.0.0/8",), "198.51.100.1"),
        ("2001:db8:1:2:3::9", "", (), "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_the_one_a_trusted_proxy_saw(
    rf: RequestFactory, settings: object, remote: str, forwarded: str, proxies: tuple[str, ...], expected: str
) -> None:
    settings.HUIYING = {"trusted_proxies": proxies}  # type: ignore[attr-defined]
    request = rf.get("/", REMOTE_ADDR=remote, headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert address_of(request) == expected


SOURCES = Path(huiying.__file__).parent


def test_one_file_alone_reads_where_a_request_comes_from() -> None:
    readers = {
        file.relative_to(SOURCES).as_posix()
        for file in SOURCES.rglob("*.py")
        if re.search("REMOTE_ADDR|X-Forwarded-For|HTTP_X_FORWARDED_FOR", file.read_text("utf-8"))
    }
    assert readers == {"web/shared/throttle.py"}


def test_no_table_has_a_column_for_an_address_of_the_network() -> None:
    columns = [field for model in apps.get_models() for field in model._meta.get_fields()]
    assert not [field for field in columns if isinstance(field, models.GenericIPAddressField)]
    ours = [field.name for field in columns if field.model.__module__.startswith("huiying.")]
    assert not {"ip", "ip_address", "remote_addr", "user_agent"} & set(ours)


def test_the_server_writes_no_access_log() -> None:
    asked = inspect.signature(Granian.__init__).parameters["log_access"]
    assert asked.default is False
    assert "log_access" not in (SOURCES / "config" / "serve.py").read_text("utf-8")


def test_a_source_and_a_reference_are_limited_apart() -> None:
    """A village behind one address is not stopped by one reference that somebody tries, nor the other way round."""
    limits = Throttle()
    while limits.allow("follow-one", "QX26-AAAA-AAAA", 20, 600, at=NOON):
        pass
    assert limits.allow("follow-one", "QX26-BBBB-BBBB", 20, 600, at=NOON)
    assert limits.allow("follow", "192.0.2.1", 40, 600, at=NOON)
