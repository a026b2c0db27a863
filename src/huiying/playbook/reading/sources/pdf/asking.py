"""Asking the reading process for the pages of a PDF, and what its silence means."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from huiying.playbook.reading.parts import CannotRead
from huiying.playbook.reading.sources import limits, refusing
from huiying.playbook.reading.sources.pdf import cells
from huiying.playbook.reading.sources.pdf.rows import Page, Row, rows_of
from huiying.rules.words import N_

PDF = N_("PDF 文件")
CHILD = Path(__file__).with_name("child.py")
GRACE = 5  # seconds beyond the processor time it may take
AT_ONCE = 2  # each may take the whole memory named in the limits
WAIT = 20  # seconds for one's turn; whoever asked through the browser is told rather than kept waiting
_turn = threading.BoundedSemaphore(AT_ONCE)


def pages_of(data: bytes) -> list[Page]:
    """The pages of a PDF. Raises CannotRead."""
    answer = _asked(data)
    try:
        said = json.loads(answer)
    except ValueError:
        raise refusing.damaged(PDF) from None
    if "why" in said:
        raise _refusal(said["why"])
    return pages_from(said["pages"])


def _asked(data: bytes) -> bytes:
    """What the reading process writes. It sees nothing of this one's environment, which may hold secrets."""
    most = (limits.PDF_SECONDS, limits.PDF_MEMORY, limits.MOST_PAGES, limits.MOST_CHARACTERS)
    environment = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-S", str(CHILD), *map(str, most)]
    if not _turn.acquire(timeout=WAIT):
        raise refusing.busy()
    try:
        done = subprocess.run(  # noqa: S603  (our own program, nothing of the file in the command)
            command,
            input=data,
            capture_output=True,
            check=False,
            env=environment,
            timeout=limits.PDF_SECONDS * 2 + GRACE,
        )
    except subprocess.TimeoutExpired:
        raise refusing.swollen() from None
    finally:
        _turn.release()
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise refusing.swollen()
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[-500:])
    return done.stdout


def pages_from(answer: list[dict[str, Any]]) -> list[Page]:
    """The pages as the reading process wrote them down, tables put together."""
    return [_page(number, each) for number, each in enumerate(answer, 1)]


def _page(number: int, said: dict[str, Any]) -> Page:
    pieces = [Row(*each) for each in said["segments"]]
    pieces = cells.with_tables(pieces, cells.grid_of(said["rules"]))
    return Page(number, said["height"], rows_of(pieces), said["drawn"])


def _refusal(why: str) -> CannotRead:
    if why == "locked":
        return refusing.locked(PDF)
    if why == "pages":
        return refusing.too_many_pages()
    return refusing.too_long() if why == "letters" else refusing.damaged(PDF)
