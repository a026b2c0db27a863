"""Giving way: background work of the serving process waits a moment while people are being answered.

On the embedded database the job worker is a thread beside those who answer, and whatever it computes they wait for.
Between two pieces of its work it waits until nobody is being answered, for a bounded time: what is owed within a
minute leaves within a minute however many come. In every other process nobody is ever inside, and nothing waits.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 5.0  # seconds that one run of a job waits in all
MOMENT = 0.05  # seconds before one piece of it


class Traffic:
    """How many requests are being answered in this process."""

    def __init__(self) -> None:
        self._quiet = threading.Condition()
        self._inside = 0

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Somebody is being answered as long as this lasts."""
        with self._quiet:
            self._inside += 1
        try:
            yield
        finally:
            with self._quiet:
                self._inside -= 1
                if not self._inside:
                    self._quiet.notify_all()

    def wait_until_quiet(self, seconds: float) -> float:
        """Wait until nobody is being answered, so many seconds at most; how long it was."""
        began = monotonic()
        with self._quiet:
            if not self._inside:
                return 0.0
            self._quiet.wait_for(lambda: not self._inside, seconds)
        return monotonic() - began


_traffic = Traffic()


def inside() -> AbstractContextManager[None]:
    """Somebody is being answered as long as this lasts."""
    return _traffic.inside()


class Patience:
    """What one run of a job may still wait. It asks between two pieces of its work, with no transaction open."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self._left = seconds

    def give_way(self) -> None:
        """Let those pass who are being answered, for a moment and as long as patience lasts."""
        if self._left > 0:
            self._left -= _traffic.wait_until_quiet(min(MOMENT, self._left))


def counted(answer: Callable[P, T]) -> Callable[P, T]:
    """The same function, with whoever is in it being answered."""

    def counting(*given: P.args, **named: P.kwargs) -> T:
        with _traffic.inside():
            return answer(*given, **named)

    return counting
