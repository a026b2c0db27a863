"""What HTTP alone allows here: the same server and the same crowd, with an application that does nothing.

No intake, however it is written, can be faster than its share of this: the generator, the server and the processes of
the database live on the same cores. `python -m bench.ceiling PORT PROCESSES plain|framework` serves it.
"""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.crowd import crowd, timed
from bench.figures import Figure
from bench.places import Place
from tests.doors.running import free_port
from tests.visitors import WORDS, Broken, Line, Visitor

SENDS = 4000
WARM_UP = 400
THREADS = 8
KINDS = {"plain": "a WSGI function that does nothing", "framework": "a Django view that does nothing"}


@dataclass
class Idle:
    """A server that does nothing, as a crowd knows a server."""

    process: subprocess.Popen[bytes]
    port: int


def measure(here: Place, clients: int, processes: int) -> list[Figure]:
    """Requests a second of a form as long as a filing, answered at once."""
    request = Visitor(cookies={"sessionid": "0" * 32, "csrftoken": "1" * 32}).form("/", text=WORDS)
    figures = []
    for kind, words in KINDS.items():
        with _serving(kind, processes) as server:
            _asked(server, clients, [request] * WARM_UP)
            run = _asked(server, clients, [request] * SENDS)
        figures.append(Figure(here.engine, f"ceiling of HTTP, {clients} clients: {words}", run.rate, "/s"))
    return figures


def _asked(server: Any, clients: int, requests: list[bytes]) -> Any:
    return crowd(server, clients, requests, lambda line, request: timed(line, request, 303))


@contextmanager
def _serving(kind: str, processes: int) -> Iterator[Idle]:
    port = free_port()
    command = [sys.executable, "-m", "bench.ceiling", str(port), str(processes), kind]
    process = subprocess.Popen(command, cwd=Path(__file__).resolve().parent.parent)
    try:
        _wait(port)
        yield Idle(process, port)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    pause = threading.Event()
    for _ in range(400):
        try:
            with Line(port) as line:
                line.ask(Visitor().request("GET", "/", headers={}))
                return
        except Broken:
            pause.wait(0.05)
    raise RuntimeError("the server that does nothing did not start")


def plain(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Read the form and answer "go on"."""
    environ["wsgi.input"].read()
    start_response("303 See Other", [("Location", "/"), ("Content-Length", "0")])
    return [b""]


def framework() -> Callable[..., Any]:
    """The same as a view of Django's, with no middleware."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.POST.get("none", ""), status=303, headers={"Location": "/"})

    settings.configure(ROOT_URLCONF=(path("", view),), ALLOWED_HOSTS=["*"], SECRET_KEY="none", MIDDLEWARE=[])
    return get_wsgi_application()


def application() -> Callable[..., Any]:
    """The application of one serving process."""
    return framework() if sys.argv[-1] == "framework" else plain


def main(port: str, processes: str, _kind: str) -> None:
    """Serve until ended."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "bench.ceiling:application",
        factory=True,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(processes),
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
