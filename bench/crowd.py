"""Many at once: the same kind of request from several connections, each timed."""

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TypeVar

from tests.visitors import Line

Work = TypeVar("Work")


@dataclass
class Run:
    """What a crowd measured: how long each request took, and all together, in seconds."""

    seconds: list[float] = field(default_factory=list)
    whole: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.whole


def crowd(port: int, clients: int, work: Sequence[Work], act: Callable[[Line, Work], float]) -> Run:
    """Let so many clients do the work, each on its own connection; `act` does one piece and says how long it took."""
    run, waiting, wrong = Run(), queue.SimpleQueue[Work](), list[BaseException]()
    for piece in work:
        waiting.put(piece)

    def client() -> None:
        try:
            with Line(port) as line:
                while not wrong:
                    run.seconds.append(act(line, waiting.get_nowait()))
        except queue.Empty:
            pass
        except BaseException as failed:  # noqa: BLE001  (shown by the caller's thread)
            wrong.append(failed)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.whole = perf_counter() - began
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
