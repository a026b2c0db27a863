"""Kept files: sealed on disk under names that tell nothing, opened only whole, gone when erased."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from huiying.petitions.models import Petition
from huiying.records import clock, files, vault
from huiying.records.files import Cleaned, FileKind, disk
from huiying.records.ledger import events_about
from huiying.records.master_key import MasterKeyUnusable
from huiying.records.models import StoredFile
from huiying.rules.actors import SYSTEM
from huiying.rules.events import EventKind
from huiying.rules.refusals import NotThere
from tests.cast import FOUNDED

pytestmark = pytest.mark.django_db
CONTENT = "李某某的房产证".encode()
ABOUT = ("petition", "17")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(settings.HUIYING, "data_dir", tmp_path)
    yield


def stored(content: bytes = CONTENT, about: tuple[str, str] = ABOUT) -> StoredFile:
    cleaned = Cleaned(FileKind.TEXT, content, cleaned=True)
    return files.store(cleaned, body_id=1, subject=about, by=SYSTEM, at=FOUNDED)


def on_disk() -> list[Path]:
    return [file for file in disk.folder().rglob("*") if file.is_file()]


def test_a_file_comes_back_as_it_was_kept() -> None:
    row = stored()
    assert files.open_file(StoredFile.objects.get(pk=row.pk)) == CONTENT
    assert (row.size, row.name, row.kind) == (len(CONTENT), "附件1.txt", "text")


def test_on_disk_lies_nothing_that_can_be_read_and_no_name() -> None:
    row = stored()
    (file,) = on_disk()
    assert CONTENT[:6] not in file.read_bytes()
    assert file.relative_to(disk.folder()).parts[:2] == (row.place[:2], row.place[2:4])  # type: ignore[index]
    assert str(row.pk) not in str(file)
    assert file.stat().st_mode & 0o077 == 0


def test_files_of_a_subject_are_numbered_and_another_subjects_are_not_among_them() -> None:
    first, second = stored(), stored()
    stored(about=("petition", "18"))
    assert (
        [row.name for row in files.of_subject(*ABOUT)]
        == [first.name, second.name]
        == ["附件1.txt", "附件2.txt"]
    )


def test_the_ledger_tells_that_a_file_was_kept_shown_and_erased_and_nothing_of_it() -> None:
    row = stored()
    files.show_to_unit(row, by=SYSTEM, at=FOUNDED)
    files.show_to_unit(row, by=SYSTEM, at=FOUNDED)
    files.erase(row, by=SYSTEM, at=FOUNDED)
    files.erase(row, by=SYSTEM, at=FOUNDED)
    told = events_about(*ABOUT)
    assert [event.kind for event in told] == [
        EventKind.FILE_ERASED,
        EventKind.FILE_PASSED,
        EventKind.FILE_STORED,
    ]
    assert all(set(event.facts) == {"file", "kind"} for event in told)


@pytest.mark.django_db(transaction=True)
def test_an_erased_file_is_gone_from_the_disk_and_its_key_from_the_database() -> None:
    row = stored()
    sealed, key = on_disk()[0].read_bytes(), bytes(row.wrapped_key)
    files.erase(row, by=SYSTEM, at=FOUNDED)
    assert on_disk() == []
    left = StoredFile.objects.get(pk=row.pk)
    assert bytes(left.wrapped_key) != key
    with pytest.raises(NotThere):
        files.open_file(left)
    # A backup of the sealed content is useless without the key that was overwritten.
    StoredFile.objects.filter(pk=row.pk).update(erased_at=None, place=disk.write(sealed))
    with pytest.raises(MasterKeyUnusable):
        files.open_file(StoredFile.objects.get(pk=row.pk))


@pytest.mark.django_db(transaction=True)
def test_with_an_identity_go_the_papers_that_may_show_it_and_those_passed_on_stay() -> None:
    card, checked, other = stored(), stored(), stored(about=("petition", "18"))
    files.show_to_unit(checked, by=SYSTEM, at=FOUNDED)
    entry, petition = vault.seal({"name": "李某某"}, at=FOUNDED), Petition(pk=int(ABOUT[1]))
    for _ in range(2):
        vault.erase(entry.token, subject=petition, body_id=1, by=SYSTEM, at=FOUNDED + DAY)
    with pytest.raises(NotThere):
        files.open_file(StoredFile.objects.get(pk=card.pk))
    for kept in (checked, other):
        assert files.open_file(StoredFile.objects.get(pk=kept.pk)) == CONTENT
    told = [event.kind for event in events_about(*ABOUT)]
    assert (told.count(EventKind.IDENTITY_ERASED), told.count(EventKind.FILE_ERASED)) == (1, 1)


def test_an_erasure_that_is_rolled_back_erases_nothing() -> None:
    row = stored()
    with pytest.raises(RuntimeError), transaction.atomic():
        files.erase(StoredFile.objects.get(pk=row.pk), by=SYSTEM, at=FOUNDED)
        raise RuntimeError
    assert files.open_file(StoredFile.objects.get(pk=row.pk)) == CONTENT


def test_a_changed_byte_on_disk_is_found() -> None:
    row = stored()
    (file,) = on_disk()
    sealed = bytearray(file.read_bytes())
    sealed[20] ^= 1
    file.write_bytes(sealed)
    with pytest.raises(NotThere):
        files.open_file(row)


def test_content_moved_under_another_row_does_not_open() -> None:
    one, other = stored(), stored(b"other")
    StoredFile.objects.filter(pk=one.pk).update(place=None)
    StoredFile.objects.filter(pk=other.pk).update(place=one.place, wrapped_key=one.wrapped_key)
    with pytest.raises(MasterKeyUnusable):
        files.open_file(StoredFile.objects.get(pk=other.pk))


def test_a_file_missing_on_disk_reads_as_not_there() -> None:
    row = stored()
    on_disk()[0].unlink()
    with pytest.raises(NotThere):
        files.open_file(row)


@pytest.mark.parametrize("place", ["../../etc/passwd", "", "0" * 31 + "/"])
def test_a_place_that_is_no_random_name_reads_nothing(place: str) -> None:
    row = stored()
    row.place = place
    with pytest.raises(NotThere):
        files.open_file(row)


@pytest.mark.django_db(transaction=True)
def test_what_a_rolled_back_transaction_left_is_swept_a_day_later_and_nothing_else() -> None:
    kept = stored()
    with pytest.raises(RuntimeError), transaction.atomic():
        stored()
        raise RuntimeError
    assert len(on_disk()) == 2
    now = clock.now()
    assert files.sweep(at=now) == 0
    for file in on_disk():
        os.utime(file, (now.timestamp() - 2 * 86400,) * 2)
    assert files.sweep(at=now) == 1
    assert files.open_file(StoredFile.objects.get(pk=kept.pk)) == CONTENT
