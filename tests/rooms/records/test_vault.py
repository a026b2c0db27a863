"""The vault shows an identity only through its door, remembers every look, and can forget for good."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from huiying.records import master_key, vault
from huiying.records.models import LedgerEvent, VaultEntry, VaultOpening
from huiying.records.vault import Purpose
from huiying.rules.actors import ActorKind, ActorRef
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLERK = ActorRef(ActorKind.STAFF, "7")
IDENTITY = {"name": "周小满", "phone": "13800000000", "address": "柳河街 3 号"}


@pytest.fixture(autouse=True)
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "master.key"
    monkeypatch.setitem(settings.HUIYING, "master_key_path", file)
    master_key.create(file)
    return file


def look(
    entry: VaultEntry, *, reason: str = "约定见面时间", purpose: Purpose = Purpose.CONTACT
) -> dict[str, str]:
    return vault.open_entry(
        entry.token, subject=entry, body_id=1, by=CLERK, at=AT, purpose=purpose, reason=reason, role="clerk"
    )


def test_what_was_sealed_comes_back_through_the_door() -> None:
    assert look(vault.seal(IDENTITY, at=AT)) == IDENTITY


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_nobody_looks_without_a_reason_and_nothing_is_recorded_of_the_attempt(reason: str) -> None:
    entry = vault.seal(IDENTITY, at=AT)
    with pytest.raises(Incomplete) as refusal:
        look(entry, reason=reason)
    assert refusal.value.fields.keys() == {"reason"}
    assert not VaultOpening.objects.exists()


def test_a_person_cannot_borrow_the_purpose_of_the_machine() -> None:
    with pytest.raises(NotPermitted):
        look(vault.seal(IDENTITY, at=AT), purpose=Purpose.DELIVERY)


def test_every_look_is_in_the_ledger_and_on_the_owners_page_without_a_name() -> None:
    entry = vault.seal(IDENTITY, at=AT)
    look(entry)
    (seen,) = vault.openings_about(entry.token)
    assert (seen.opened_at, seen.role, seen.purpose, seen.reason) == (
        AT,
        "clerk",
        Purpose.CONTACT,
        "约定见面时间",
    )
    assert not hasattr(seen, "actor_ref")
    (event,) = LedgerEvent.objects.filter(kind="identity.opened")
    assert (event.actor_ref, event.facts["purpose"]) == ("7", "contact")
    assert "约定" not in str(event.facts)


def test_a_look_that_cannot_be_recorded_shows_nothing() -> None:
    entry = vault.seal(IDENTITY, at=AT)
    naive = AT.replace(tzinfo=None)
    with pytest.raises(Exception, match="naive"):
        vault.open_entry(
            entry.token, subject=entry, body_id=1, by=CLERK, at=naive, purpose=Purpose.VERIFY, reason="核实"
        )
    assert not VaultOpening.objects.exists()


def test_two_entries_of_one_person_share_nothing() -> None:
    one, two = (vault.seal(IDENTITY, at=AT) for _ in range(2))
    assert one.token != two.token
    assert not set(_pieces(one)) & set(_pieces(two))


def _pieces(entry: VaultEntry) -> list[bytes]:
    whole = bytes(entry.wrapped_key) + bytes(entry.sealed)
    return [whole[at : at + 8] for at in range(len(whole) - 8)]


def test_the_database_holds_no_readable_name_and_no_telling_length() -> None:
    short, long = vault.seal({"name": "李"}, at=AT), vault.seal(IDENTITY, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, wrapped_key FROM records_vaultentry")
        stored = b"".join(bytes(value) for row in cursor.fetchall() for value in row)
    assert "周小满".encode() not in stored
    assert b"13800000000" not in stored
    assert len(bytes(short.sealed)) == len(bytes(long.sealed))


def test_a_record_moved_to_another_entry_does_not_open() -> None:
    mine, other = vault.seal(IDENTITY, at=AT), vault.seal({"name": "吴"}, at=AT)
    VaultEntry.objects.filter(token=mine.token).update(wrapped_key=other.wrapped_key, sealed=other.sealed)
    with pytest.raises(master_key.MasterKeyUnusable):
        look(mine)


@pytest.mark.parametrize(
    ("fields", "reachable"),
    [
        ({"phone": "13800000000"}, True),
        ({"email": "a@example.org"}, True),
        ({"name": "周", "phone": " "}, False),
        ({}, False),
    ],
)
def test_an_entry_tells_whether_its_owner_can_be_reached(fields: dict[str, str], reachable: bool) -> None:
    assert vault.seal(fields, at=AT).has_contact is reachable


def test_an_erased_identity_is_gone_and_its_looks_stay_told() -> None:
    entry = vault.seal(IDENTITY, at=AT)
    look(entry)
    for _ in range(2):
        vault.erase(entry.token, subject=entry, body_id=1, by=CLERK, at=AT + timedelta(days=1))
    with pytest.raises(NotThere):
        look(entry)
    kept = VaultEntry.objects.get(token=entry.token)
    assert (bytes(kept.sealed), kept.has_contact) == (b"", False)
    assert bytes(kept.wrapped_key) != bytes(entry.wrapped_key)
    assert len(vault.openings_about(entry.token)) == 1
    assert LedgerEvent.objects.filter(kind="identity.erased").count() == 1


def test_an_unknown_token_looks_like_an_erased_one() -> None:
    with pytest.raises(NotThere):
        vault.open_entry(
            uuid.uuid4(),
            subject=VaultEntry(),
            body_id=1,
            by=CLERK,
            at=AT,
            purpose=Purpose.VERIFY,
            reason="核实",
        )


def test_a_missing_key_is_named_with_its_remedy(key: Path) -> None:
    key.unlink()
    with pytest.raises(master_key.MasterKeyUnusable, match=r"cannot be found.*backup"):
        vault.seal(IDENTITY, at=AT)


def test_a_wrong_key_is_named_and_shows_nothing(key: Path) -> None:
    entry = vault.seal(IDENTITY, at=AT)
    key.unlink()
    master_key.create(key)
    with pytest.raises(master_key.MasterKeyUnusable, match="not the one"):
        look(entry)
    with pytest.raises(master_key.MasterKeyUnusable, match="not the one"):
        vault.check_key()
    assert not VaultOpening.objects.exists()


def test_a_damaged_or_public_key_is_refused(key: Path) -> None:
    key.chmod(0o644)
    with pytest.raises(master_key.MasterKeyUnusable, match="chmod 600"):
        vault.seal(IDENTITY, at=AT)
    key.chmod(0o600)
    key.write_bytes(b"short")
    with pytest.raises(master_key.MasterKeyUnusable, match="damaged"):
        vault.seal(IDENTITY, at=AT)


def test_a_key_is_made_once_and_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "new" / "master.key"
    assert master_key.create(file) is True
    first = file.read_bytes()
    assert master_key.create(file) is False
    assert (file.read_bytes(), file.stat().st_mode & 0o777, len(first)) == (first, 0o600, 45)
    assert [path.name for path in file.parent.iterdir()] == ["master.key"]
