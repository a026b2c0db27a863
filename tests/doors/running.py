"""A real `huiying serve` in a process of its own, on a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HUIYING = (sys.executable, "-m", "huiying.config.cli")
PATIENCE = 120.0  # seconds; the first start builds the demo town


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """This process's environment with none of its settings, and these ones."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HUIYING_", "PORT", "DJANGO_"))
    }
    chosen = {f"HUIYING_{name.upper()}": value for name, value in settings.items()}
    return {**kept, "HUIYING_DATA": str(folder), "PYTHONWARNINGS": "default", **chosen}


def run(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    return subprocess.run(
        [*HUIYING, *arguments],
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        cwd=_near(folder),
    )


def _near(folder: Path) -> Path:
    """The closest folder that exists: away from the developer's own huiying.toml."""
    return next(parent for parent in folder.parents if parent.is_dir())


@dataclass
class Server:
    """A running server: its address and data folder, what it has printed, how long the first page took."""

    process: subprocess.Popen[str]
    port: int
    folder: Path
    seconds: float = 0.0
    lines: list[str] = field(default_factory=list)

    @property
    def home(self) -> str:
        """The portal's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        """Everything printed so far."""
        return "".join(self.lines)

    def status(self, path: str = "/") -> int:
        """The status of a page; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(self.home + path, timeout=10) as answer:
                code: int = answer.status
                return code
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code
        except OSError:
            return 0

    def interrupt(self) -> int:
        """Press Ctrl-C and give the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(folder: Path, *arguments: str, **settings: str) -> Iterator[Server]:
    """Start a server, wait for its first page, and end it whatever happens."""
    port = free_port()
    started = time.monotonic()
    process = subprocess.Popen(
        [*HUIYING, "serve", "--port", str(port), *arguments],
        env=environment(folder, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=_near(folder),
    )
    server = Server(process, port, folder)
    reader = threading.Thread(target=_read, args=(server,), daemon=True)
    reader.start()
    try:
        _wait_for_first_page(server, started)
        yield server
    finally:
        process.kill()
        process.wait()
        reader.join(PATIENCE)
        if process.stdout:
            process.stdout.close()


def _read(server: Server) -> None:
    assert server.process.stdout
    for line in server.process.stdout:
        server.lines.append(line)


def _wait_for_first_page(server: Server, started: float) -> None:
    pause = threading.Event()
    while not server.status():
        assert server.process.poll() is None, server.said
        assert time.monotonic() - started < PATIENCE, server.said
        pause.wait(0.05)
    server.seconds = time.monotonic() - started
