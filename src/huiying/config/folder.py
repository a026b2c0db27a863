"""The data folder: that it can be written and has room, and the signing key made on first use."""

import os
import secrets
import shutil
from pathlib import Path

from huiying.config.options import Options

NEEDED_BYTES = 500 * 1024 * 1024


class CannotStart(Exception):
    """Something on this machine stands in the way; the text is the one sentence to show."""


def prepare_folder(options: Options) -> None:
    """Make the data folder and the signing key where they are missing; raises CannotStart when it cannot be written."""
    folder = options.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_probe(folder)
    except OSError as wrong:
        raise CannotStart(
            f"The data folder {folder} cannot be written ({wrong.strerror}). "
            "Give this user the right to write there, or name another folder with HUIYING_DATA."
        ) from None
    _make_key(options.secret_key_path, secrets.token_urlsafe(48))


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in the folder (a mode bit alone does not tell, as root or on a read-only disk)."""
    try:
        _write_probe(folder)
    except OSError:
        return False
    return True


def free_bytes(folder: Path) -> int:
    """Free space on the folder's disk, in bytes."""
    return shutil.disk_usage(folder).free


def _write_probe(folder: Path) -> None:
    probe = folder / f".probe-{os.getpid()}"
    probe.touch()
    probe.unlink()


def _make_key(file: Path, text: str) -> None:
    """Write a key that nobody else may read; one that is there is never touched."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
