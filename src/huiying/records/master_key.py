"""The installation's master key: 32 bytes, written as URL-safe base64, in a file only the program's account reads.

Whoever has the database and this file can read every identity; whoever loses the file has lost them all. It is
therefore backed up apart from the database.
"""

import base64
import binascii
import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


class MasterKeyUnusable(Exception):
    """The master key is missing, damaged, open to others, or not the one the vault was sealed with."""


def path() -> Path:
    """Where the key lies: settings.HUIYING["master_key_path"], else master.key in the data folder."""
    named = settings.HUIYING.get("master_key_path")
    return Path(named) if named else Path(settings.HUIYING["data_dir"]) / "master.key"


def create(file: Path) -> bool:
    """Write a fresh key, readable by this account only; False where one exists already (it is never replaced)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # Written beside its place and linked into it, so that a crash can leave no half key and a race has one winner.
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True


def load() -> bytes:
    """The master key. Raises MasterKeyUnusable with one sentence that says what to do."""
    file = path()
    try:
        seen = file.stat()
    except OSError:
        raise MasterKeyUnusable(
            f"The master key {file} cannot be found. Put back its backup, or run `huiying migrate` on a new installation."
        ) from None
    return _read(file, seen.st_mtime_ns, seen.st_mode)


def wrong_key() -> MasterKeyUnusable:
    """The error of a record that this key does not open."""
    return MasterKeyUnusable(
        f"The master key {path()} is not the one this identity was sealed with. Put back the right key from its backup."
    )


@lru_cache(maxsize=2)
def _read(file: Path, _changed_ns: int, mode: int) -> bytes:
    if mode & 0o077:
        raise MasterKeyUnusable(f"The master key {file} can be read by others. Run: chmod 600 {file}")
    try:
        key = base64.urlsafe_b64decode(file.read_bytes())
    except OSError:
        raise MasterKeyUnusable(
            f"The master key {file} cannot be read by this account. Check its owner."
        ) from None
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise MasterKeyUnusable(f"The master key {file} is damaged. Put back its backup.")
    return key
