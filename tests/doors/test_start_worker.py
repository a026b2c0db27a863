"""The job worker goes on after a failure and ends soon after it is told to."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from huiying.config import worker
from tests.doors.running import run, serving


def test_the_worker_starts_again_after_a_failure(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "PAUSE_AFTER_FAILURE", 0.0)
    calls: list[int] = []

    def work(stop: threading.Event) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionError("the database went away")
        stop.set()

    run_in_a_thread(work, threading.Event())
    assert len(calls) == 2
    assert "starts again" in caplog.text


def test_a_worker_that_is_told_to_stop_does_not_start() -> None:
    stop = threading.Event()
    stop.set()
    calls: list[int] = []
    run_in_a_thread(lambda _: calls.append(1), stop)
    assert calls == []


def test_serving_on_sqlite_brings_a_worker_that_beats_and_ends_with_it(tmp_path: Path) -> None:
    with serving(tmp_path / "var", "--empty") as server:
        limit, pause = time.monotonic() + 20, threading.Event()
        while "No job worker" in run("check", folder=tmp_path / "var").stdout and time.monotonic() < limit:
            pause.wait(0.2)
        done = run("check", folder=tmp_path / "var")
        assert (done.returncode, done.stdout) == (0, "Nothing found that would lose or block a petition.\n")
        assert server.interrupt() == 0
    assert "Traceback" not in server.said


def run_in_a_thread(work: Callable[[threading.Event], object], stop: threading.Event) -> None:
    """As in the program: a thread has database connections of its own, and the worker closes them."""
    thread = threading.Thread(target=worker.keep_working, args=(work, stop))
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
