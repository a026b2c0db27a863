"""Files that wait to be imported: sealed on disk under the master key, for one day, for whoever handed them in.

Each lies in a folder with a random name: `key` (its own key, wrapped under the master key), `content` and `state`, both
sealed with it. Nothing is in the clear but that a file waits. It is erased after the import, and after a day.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from huiying.records import master_key
from huiying.rules.refusals import NotThere, Refusal
from huiying.rules.words import N_, said

KEPT = timedelta(hours=24)
MOST_WAITING = 5  # for one person at a time
NONCE_BYTES = 12
TOKEN = re.compile(r"[0-9a-f]{32}")


class Step(StrEnum):
    """How far a waiting file has come."""

    CHECKING = "checking"
    CHECKED = "checked"
    REFUSED = "refused"
    IMPORTING = "importing"
    DONE = "done"


@dataclass(frozen=True)
class Waiting:
    """One waiting file, without its content. `parts` is the chosen part of each column, by its place."""

    token: str
    staff_id: int
    body_id: int
    put_at: str
    size: int
    step: Step = Step.CHECKING
    since: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    source: str = ""
    kind: str = "request"
    matter: str = "other"
    unit: str = ""
    found: dict[str, Any] = field(default_factory=dict)  # what the check found, or the import did
    refusal: list[Any] = field(default_factory=list)  # [template, values]
    written: int = 0
    beat_at: str = ""

    @property
    def sentence(self) -> str:
        """Why it was refused, ready to be shown in any language."""
        return said(self.refusal[0], **self.refusal[1]) if self.refusal else ""


def put(content: bytes, *, staff_id: int, body_id: int, at: datetime) -> Waiting:
    """Seal a file and let it wait. Raises Refusal where this person has too many waiting."""
    if sum(state.step is not Step.DONE for state in waiting_of(staff_id)) >= MOST_WAITING:
        raise Refusal(
            said(N_("已经有 {most} 个文件在等待导入。"), most=MOST_WAITING),
            rule="import.waiting",
            remedy=N_("请先导入或删除前面的文件。"),
        )
    token = secrets.token_hex(16)
    place = _folder() / token
    place.mkdir(mode=0o700)
    key = AESGCM.generate_key(bit_length=256)
    _write(place / "key", _sealed(master_key.load(), key, f"{token}|key"))
    _write(place / "content", _sealed(key, content, f"{token}|content"))
    state = Waiting(token, staff_id, body_id, at.isoformat(), len(content), since=at.isoformat())
    _keep(place, key, state)
    return state


def waiting_for(staff_id: int, body_id: int, token: str) -> Waiting:
    """One's own waiting file. Raises NotThere for another's, an erased one and a stranger's token alike."""
    state = read(token)
    if state is None or (state.staff_id, state.body_id) != (staff_id, body_id):
        raise NotThere(
            N_("这个文件不在等待导入：已经导入、删除，或超过一天没有处理。"), rule="import.waiting"
        )
    return state


def waiting_of(staff_id: int) -> list[Waiting]:
    """All that wait for this person, newest first; what is done is listed until it is swept."""
    found = [state for name in _names() if (state := read(name)) and state.staff_id == staff_id]
    return sorted(found, key=lambda state: state.put_at, reverse=True)


def read(token: str) -> Waiting | None:
    """A waiting file's state, or None where there is none."""
    if not TOKEN.fullmatch(token):
        return None
    place = _folder() / token
    try:
        opened = _opened(_key(place), (place / "state").read_bytes(), f"{token}|state")
    except (OSError, InvalidTag):
        return None
    told: dict[str, Any] = json.loads(opened)
    return Waiting(**{**told, "step": Step(told["step"])})


def content_of(state: Waiting) -> bytes:
    """The file itself. Raises NotThere where it was erased meanwhile."""
    place = _folder() / state.token
    try:
        return _opened(_key(place), (place / "content").read_bytes(), f"{state.token}|content")
    except (OSError, InvalidTag):
        raise NotThere(N_("文件已经删除。"), rule="import.waiting") from None


def change(token: str, make: Callable[[Waiting], Waiting | None]) -> Waiting | None:
    """Change a state while nobody else can: `make` gets it as it is and returns the new one, or None to leave it.

    Returns the new state, or None where nothing was changed. Of two clicks one wins.
    """
    place = _folder() / token
    with _held(place):
        state = read(token)
        changed = make(state) if state else None
        if changed is not None:
            _keep(place, _key(place), changed)
        return changed


def erase_content(token: str) -> None:
    """Erase the file and keep what became of it; safe to repeat."""
    (_folder() / token / "content").unlink(missing_ok=True)


def erase(token: str) -> None:
    """Erase a waiting file with all that belongs to it: first its key, so that no half of it can be read."""
    place = _folder() / token
    (place / "key").unlink(missing_ok=True)
    shutil.rmtree(place, ignore_errors=True)


def sweep(*, at: datetime) -> int:
    """Erase what has waited for a day; how many."""
    old = [name for name in _names() if _is_old(read(name), _folder() / name, at)]
    for name in old:
        erase(name)
    return len(old)


def beat(token: str, written: int, *, at: datetime) -> None:
    """Say how far an import is."""
    change(token, lambda state: replace(state, written=written, beat_at=at.isoformat()))


def _is_old(state: Waiting | None, place: Path, at: datetime) -> bool:
    if state is not None:
        return datetime.fromisoformat(state.put_at) < at - KEPT
    try:
        return place.stat().st_mtime < (at - KEPT).timestamp()  # half-written, or sealed under another key
    except OSError:
        return False


def _folder() -> Path:
    place = Path(settings.HUIYING["data_dir"]) / "imports"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _names() -> Iterator[str]:
    return (entry.name for entry in _folder().iterdir() if TOKEN.fullmatch(entry.name))


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """Hold the state alone, across processes; the lock ends with the process."""
    try:
        handle = os.open(place / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield  # erased: there is nothing to hold
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _keep(place: Path, key: bytes, state: Waiting) -> None:
    told = json.dumps(asdict(state), ensure_ascii=False).encode()
    _write(place / "state", _sealed(key, told, f"{state.token}|state"))


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: written beside its place, then moved there."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def _key(place: Path) -> bytes:
    return _opened(master_key.load(), (place / "key").read_bytes(), f"{place.name}|key")


def _sealed(key: bytes, plain: bytes, context: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, f"huiying.import.v1|{context}".encode())


def _opened(key: bytes, box: bytes, context: str) -> bytes:
    return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], f"huiying.import.v1|{context}".encode())
