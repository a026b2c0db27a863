"""The folder of the sealed files: two levels of folders, random names, nothing half-written."""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{32}")


def folder() -> Path:
    """Where the files lie; made where it is missing, for this account alone."""
    place = Path(settings.HUIYING["data_dir"]) / "files"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def write(content: bytes) -> str:
    """Write under a fresh random name and return it once the content and its name have reached the disk."""
    name = secrets.token_hex(16)
    file = _path(name)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    for parent in (file.parent, file.parent.parent, file.parent.parent.parent):
        _settle(parent)
    return name


def read(name: str) -> bytes:
    """The sealed content. Raises OSError where it is not there."""
    return _path(name).read_bytes()


def remove(name: str) -> None:
    """Remove a file; one that is gone already is fine."""
    _path(name).unlink(missing_ok=True)


def batches(*, older_than: datetime, size: int) -> Iterator[list[str]]:
    """The names of files written before that instant, in batches."""
    batch: list[str] = []
    for file in folder().glob("??/??/*"):
        if NAME.fullmatch(file.name) and _written_at(file) < older_than.timestamp():
            batch.append(file.name)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _path(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise OSError("no name of a kept file")
    return folder() / name[:2] / name[2:4] / name


def _settle(place: Path) -> None:
    """Have a folder's entries on disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # removed meanwhile
        return float("inf")
