"""`huiying serve`: prepare the database, load the demo town when empty, serve portal and console.

The server is granian (WSGI). This process prepares everything and then forks the serving processes, so that a
start costs one import of Django. On SQLite there is one serving process and the job worker is a thread of it;
on PostgreSQL there may be several, and the worker is a process of its own.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from multiprocessing import util
from typing import TYPE_CHECKING

from huiying.config.folder import CannotStart
from huiying.config.options import Options, load_options

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

STARTED = time.monotonic()
PR_SET_PDEATHSIG = 1  # from linux/prctl.h
GRACE_SECONDS = 25


def add_serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Address and port go over the settings; the rest is for special installations."""
    parser.add_argument("--address", help="address to listen on (default 127.0.0.1: this machine only)")
    parser.add_argument("--port", type=int, help="port to listen on (default 8000)")
    parser.add_argument(
        "--empty", action="store_true", help="do not load the demo town into an empty database"
    )
    parser.add_argument(
        "--no-worker", action="store_true", help="start no job worker (run `huiying worker` elsewhere)"
    )


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM; raises CannotStart before anything is served when something is in the way."""
    from huiying.config.database import ensure_master_key, migrate
    from huiying.config.town import refuse_demo_in_production

    options = load_options()
    refuse_taken_port(options)
    migrate(_say)
    ensure_master_key(options)
    refuse_demo_in_production(options)
    if not options.production and not arguments.empty:
        _fill_empty_town()
    _load_pages()
    _close_connections()
    return _serve(options, worker=not arguments.no_worker)


def refuse_taken_port(options: Options) -> None:
    """Raise CannotStart when something listens there already (granian would share the port without a word)."""
    family = socket.AF_INET6 if ":" in options.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.address, options.port))
        except PermissionError:
            raise CannotStart(
                f"Port {options.port} needs rights this user has not; choose one above 1023."
            ) from None
        except socket.gaierror:
            raise CannotStart(
                f"{options.address} is not an address of this machine; correct the address."
            ) from None
        except OSError:
            raise CannotStart(
                f"Port {options.port} on {options.address} is taken by another program. "
                f"Stop that one, or choose another port: make serve PORT={options.port + 1}"
            ) from None


def application() -> "WSGIApplication":
    """The WSGI application of one serving process; named proxies tell it who asked, others are not believed."""
    _die_with_parent()
    from granian.utils.proxies import wrap_wsgi_with_proxy_headers

    from huiying.config.wsgi import application as handler

    proxies = list(load_options().trusted_proxies)
    return wrap_wsgi_with_proxy_headers(handler, proxies) if proxies else handler


def application_with_jobs() -> "WSGIApplication":
    """The WSGI application with the job worker as a thread beside it; for the one serving process on SQLite."""
    from huiying.config.worker import join_threads, start_threads
    from huiying.records import traffic

    handler = traffic.counted(application())
    stop = threading.Event()
    threads = start_threads(stop, load_options().worker_threads)

    def finish() -> None:
        stop.set()
        join_threads(threads)

    # Children of multiprocessing run no atexit handlers, only these.
    util.Finalize(None, finish, exitpriority=10)
    return handler


def _die_with_parent() -> None:
    """Serve no longer than the parent lives: an orphan would hold the port and the database after a kill -9.

    The process gets a group of its own, so that Ctrl-C reaches the parent alone, which then ends it in good order.
    """
    os.setpgrp()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _fill_empty_town() -> None:
    from huiying.config.town import database_is_empty

    if database_is_empty():
        from django.db import transaction

        from huiying.config.demo import load_demo

        _say("Building the demo town, once …")
        # All or nothing: Ctrl-C half way must not leave half a town that the next start takes for a whole one.
        with transaction.atomic():
            load_demo(say=_say)


def _load_pages() -> None:
    """Load the pages before the fork, so that a mistake in them shows once and the first visitor does not wait."""
    import huiying.config.urls
    import huiying.config.wsgi  # noqa: F401


def _close_connections() -> None:
    """A database connection must not be shared with the processes forked next."""
    from django.db import connections

    connections.close_all()


def _serve(options: Options, *, worker: bool) -> int:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    jobs: list[subprocess.Popen[bytes]] = []
    beside = worker and options.uses_sqlite
    server = Granian(
        f"huiying.config.serve:{application_with_jobs.__name__ if beside else application.__name__}",
        factory=True,
        address=options.address,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1 if options.uses_sqlite else options.processes,
        blocking_threads=options.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        log_level=LogLevels.error,
        websockets=False,
    )
    if worker and not beside:
        server.on_startup(lambda: jobs.append(_start_worker_process()))
    # Closing the terminal ends the server; granian alone would take the hang-up for a wish to reload.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.on_startup(lambda: _announce(options))
    try:
        server.serve()
    finally:
        _end(jobs)
    _say("Stopped.")
    return 0


def _start_worker_process() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "huiying.config.cli", "worker"]
    return subprocess.Popen(command, preexec_fn=_die_with_parent)  # noqa: PLW1509  (no thread runs here yet)


def _end(jobs: list[subprocess.Popen[bytes]]) -> None:
    for process in jobs:
        process.terminate()
        process.wait(GRACE_SECONDS)


def _announce(options: Options) -> None:
    """Print the addresses and, in demo mode only, one sign-in name for each role."""
    home = options.address_shown
    _say(f"\nHuiying 回应 serves after {time.monotonic() - STARTED:.1f} s; data in {options.data_dir}")
    _say(f"  Portal   {home}/\n  Console  {home}/console/")
    if not options.production:
        _announce_accounts()
    _say("Stop it with Ctrl-C.")


def _announce_accounts() -> None:
    from huiying.config.town import accounts_by_role

    accounts = accounts_by_role()
    if accounts:
        from huiying.registry.passphrases import DEMO_PASSPHRASE

        _say(f"  Sign in to the demo town with the passphrase {DEMO_PASSPHRASE} as:")
        for role, account in accounts:
            _say(f"    {account:<16} {role}")
    _close_connections()


def _say(text: str) -> None:
    print(text, flush=True)
