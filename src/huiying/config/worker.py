"""`huiying worker`: the job worker, alone or as a thread of the serving process."""

import argparse
import logging
import signal
import threading
from collections.abc import Callable

log = logging.getLogger("huiying.worker")
PAUSE_AFTER_FAILURE = 5.0  # seconds; long enough not to spin, short enough to be back before a person notices


def add_worker_arguments(parser: argparse.ArgumentParser) -> None:
    """Only the number of threads can be chosen."""
    parser.add_argument(
        "--threads", type=int, metavar="N", help="how many jobs at once (setting: worker_threads)"
    )


def run_worker(arguments: argparse.Namespace) -> int:
    """Work until told to stop (Ctrl-C or SIGTERM); the job in hand is finished first."""
    from huiying.config.database import pending_migrations
    from huiying.config.folder import CannotStart
    from huiying.config.options import load_options

    if pending_migrations():
        raise CannotStart("The database is not at this version. Run `huiying migrate` first.")
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    threads = start_threads(stop, arguments.threads or load_options().worker_threads)
    print("The worker runs. Stop it with Ctrl-C.", flush=True)
    stop.wait()
    join_threads(threads)
    return 0


def start_threads(stop: threading.Event, count: int) -> list[threading.Thread]:
    """Start `count` worker threads that end soon after `stop` is set."""
    from huiying.records.jobs import run_worker as work

    threads = [
        threading.Thread(target=keep_working, args=(work, stop), name=f"jobs-{n}", daemon=True)
        for n in range(count)
    ]
    for thread in threads:
        thread.start()
    return threads


def join_threads(threads: list[threading.Thread], *, seconds: float = 20) -> None:
    """Wait for the jobs in hand; a job that outlasts this is done again by the reaper."""
    for thread in threads:
        thread.join(seconds)


def keep_working(work: Callable[[threading.Event], object], stop: threading.Event) -> None:
    """Work again after a failure: a database that was away for a minute must not end the letters for good."""
    from django.db import close_old_connections, connections

    while not stop.is_set():
        try:
            work(stop)
        except Exception:  # whatever it was, it is logged and the worker goes on
            log.exception("The worker stumbled and starts again.")
            close_old_connections()
            stop.wait(PAUSE_AFTER_FAILURE)
    connections.close_all()
