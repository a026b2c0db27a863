"""Many at once: the same kind of request from several connections, each timed."""

import os
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from tests.doors.running import Server
from tests.visitors import Line

Work = TypeVar("Work")


@dataclass
class Run:
    """What a crowd measured: how long each request took, and all together, in seconds."""

    seconds: list[float] = field(default_factory=list)
    whole: float = 0.0
    server_cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.whole

    @property
    def cpu_each(self) -> float:
        """Processor time of the serving processes for one request, in ms: it depends least on who else works here."""
        return self.server_cpu / len(self.seconds) * 1000


def crowd(server: Server, clients: int, work: Sequence[Work], act: Callable[[Line, Work], float]) -> Run:
    """Let so many clients do the work, each on its own connection; `act` does one piece and says how long it took."""
    run, waiting, wrong = Run(), queue.SimpleQueue[Work](), list[BaseException]()
    for piece in work:
        waiting.put(piece)

    def client() -> None:
        try:
            with Line(server.port) as line:
                while not wrong:
                    run.seconds.append(act(line, waiting.get_nowait()))
        except queue.Empty:
            pass
        except BaseException as failed:  # noqa: BLE001  (shown by the caller's thread)
            wrong.append(failed)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began, used = perf_counter(), cpu_of(server.process.pid)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.whole, run.server_cpu = perf_counter() - began, cpu_of(server.process.pid) - used
    if wrong:
        raise wrong[0]
    return run


def timed(line: Line, request: bytes, *statuses: int) -> float:
    """Send a request made beforehand; the seconds until its answer, which must have one of these statuses."""
    began = perf_counter()
    status, headers, body = line.ask(request)
    taken = perf_counter() - began
    assert status in statuses, (status, headers, body[:800])
    return taken


def cpu_of(parent: int) -> float:
    """Seconds of processor time of a process and its children so far; 0 where the system has no /proc."""
    pids = [parent, *_children(parent)]
    texts = [file.read_text() for pid in pids if (file := Path(f"/proc/{pid}/stat")).exists()]
    fields = [text.rpartition(")")[2].split() for text in texts]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def _children(parent: int) -> list[int]:
    file = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in file.read_text().split()] if file.exists() else []
