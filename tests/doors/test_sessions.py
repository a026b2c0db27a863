"""A session is written when it changed, and once a minute for the idle time-out; not at every request."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huiying.web.shared.sessions import SessionStore
from tests.cast import Cast, signed_in


@pytest.fixture
def kept(db: None) -> SessionStore:
    """A session that holds something, as a browser's next request finds it."""
    store = SessionStore()
    store["draft"] = "…"
    store.save()
    return SessionStore(store.session_key)


def writes(act: Any) -> int:
    """How many statements of `act` write a session."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum("django_session" in q["sql"] and not q["sql"].startswith("SELECT") for q in asked)


def test_what_did_not_change_is_not_written_again(kept: SessionStore) -> None:
    assert kept["draft"] == "…"
    assert writes(kept.save) == 0


def test_what_changed_is_written_once(kept: SessionStore) -> None:
    kept["draft"] = "more"
    assert writes(kept.save) == 1
    assert writes(kept.save) == 0
    assert SessionStore(kept.session_key)["draft"] == "more"


def test_a_change_deep_inside_is_noticed(kept: SessionStore) -> None:
    kept["held"] = {"of": [1]}
    kept.save()
    again = SessionStore(kept.session_key)
    again["held"]["of"].append(2)
    again.save()
    assert SessionStore(kept.session_key)["held"] == {"of": [1, 2]}


def test_the_idle_time_out_is_renewed_after_a_minute(kept: SessionStore) -> None:
    row = Session.objects.filter(session_key=kept.session_key)
    row.update(expire_date=timezone.now() + timedelta(minutes=28))
    assert writes(SessionStore(kept.session_key).save) == 1
    assert row.get().expire_date > timezone.now() + timedelta(minutes=29)


def test_two_windows_that_write_at_once_keep_what_each_of_them_changed(kept: SessionStore) -> None:
    kept["both"] = "first"
    kept.save()
    here, there = SessionStore(kept.session_key), SessionStore(kept.session_key)
    assert here["draft"] == there["draft"]
    there["receipt"] = "its code"
    del there["draft"]
    there.save()
    here["other"] = "…"
    here.save()
    found = SessionStore(kept.session_key)
    assert dict(found.items()) == {"both": "first", "receipt": "its code", "other": "…"}


def test_a_session_that_was_ended_meanwhile_does_not_come_back(kept: SessionStore) -> None:
    assert kept["draft"]
    Session.objects.all().delete()
    kept["draft"] = "more"
    with pytest.raises(UpdateError):
        kept.save()
    assert not Session.objects.exists()


def test_a_fresh_key_takes_the_content_along_and_ends_the_old_one(kept: SessionStore) -> None:
    old = kept.session_key
    assert kept["draft"]
    kept.cycle_key()
    kept.save()
    assert SessionStore(kept.session_key)["draft"] == "…"
    assert not Session.objects.filter(session_key=old).exists()


def test_a_signed_in_officer_who_reads_writes_nothing(cast: Cast, client: Client) -> None:
    signed_in(client, cast.clerk)
    client.get("/console/")
    assert writes(lambda: client.get("/console/")) == 0


def test_a_session_that_an_earlier_version_compressed_is_still_read(kept: SessionStore) -> None:
    before = {"draft": "…" * 400}
    packed = signing.dumps(before, salt=kept.key_salt, serializer=kept.serializer, compress=True)
    Session.objects.filter(session_key=kept.session_key).update(session_data=packed)
    assert SessionStore(kept.session_key)["draft"] == before["draft"]
