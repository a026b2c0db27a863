"""Starting and stopping, as a person at a terminal sees it."""

import os
import signal
import socket
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from tests.doors.running import free_port, run, serving

QUICK = 5.0  # seconds to the first page on a second start


def one_sentence(text: str) -> bool:
    """Whether this is a plain message: no traceback, a line or two."""
    return "Traceback" not in text and 0 < len(text.strip().splitlines()) <= 2


def test_a_second_start_takes_under_five_seconds_and_keeps_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    assert run("migrate", folder=folder).returncode == 0
    with sqlite3.connect(folder / "huiying.sqlite3") as database:
        database.execute("CREATE TABLE kept (word TEXT)")
        database.execute("INSERT INTO kept VALUES ('here')")
    database.close()
    with serving(folder, "--empty", "--no-worker") as server:
        assert server.interrupt() == 0
        assert "Traceback" not in server.said
    with serving(folder, "--empty", "--no-worker") as again:
        print(f"second start: first page after {again.seconds:.1f} s")
        assert again.seconds < QUICK
    database = sqlite3.connect(folder / "huiying.sqlite3")
    assert database.execute("SELECT word FROM kept").fetchall() == [("here",)]
    database.close()


def test_ctrl_c_ends_cleanly_and_frees_the_port(tmp_path: Path) -> None:
    with serving(tmp_path / "var", "--empty", "--no-worker") as server:
        assert server.interrupt() == 0
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", server.port))


def test_closing_the_terminal_ends_the_server(tmp_path: Path) -> None:
    with serving(tmp_path / "var", "--empty", "--no-worker") as server:
        server.process.send_signal(signal.SIGHUP)
        assert server.process.wait(30) == 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_kill_minus_nine_leaves_no_orphan_behind(tmp_path: Path) -> None:
    with serving(tmp_path / "var", "--empty", "--no-worker") as server:
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        limit, pause = time.monotonic() + 10, threading.Event()
        while server.status() and time.monotonic() < limit:
            pause.wait(0.05)
        assert server.status() == 0


def test_a_taken_port_is_named_with_another_to_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--empty", "--port", str(port), folder=tmp_path / "var")
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
    assert one_sentence(done.stderr)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    # A file where the folder should be stops even root, whom mode bits do not stop.
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = run("serve", "--empty", folder=blocked / "var")
    assert done.returncode == 2
    assert str(blocked) in done.stderr
    assert "HUIYING_DATA" in done.stderr
    assert one_sentence(done.stderr)


@pytest.mark.skipif(os.geteuid() == 0, reason="mode bits do not stop root")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o500)
    done = run("serve", "--empty", folder=folder)
    assert done.returncode == 2
    assert one_sentence(done.stderr)


def test_production_refuses_a_database_with_the_demo_town(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    assert run("migrate", folder=folder).returncode == 0
    found_demo_body(folder)
    done = run("serve", "--port", str(free_port()), folder=folder, mode="production")
    assert done.returncode == 2
    assert "demo town" in done.stderr
    assert one_sentence(done.stderr)


def test_production_refuses_to_load_the_demo_town(tmp_path: Path) -> None:
    done = run("demo", folder=tmp_path / "var", mode="production")
    assert done.returncode == 2
    assert "production" in done.stderr
    assert one_sentence(done.stderr)


def test_production_prints_no_account_and_no_passphrase(tmp_path: Path) -> None:
    with serving(tmp_path / "var", "--no-worker", mode="production") as server:
        server.interrupt()
    assert "passphrase" not in server.said
    assert "Sign in" not in server.said


def test_a_lost_master_key_beside_sealed_identities_stops_the_start_and_is_never_replaced(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "var"
    assert run("migrate", folder=folder).returncode == 0
    with sqlite3.connect(folder / "huiying.sqlite3") as database:
        columns = "token, wrapped_key, sealed, has_contact, sealed_at"
        row = ("0" * 32, b"k", b"s", False, "2026-01-05 00:00:00")
        database.execute(f"INSERT INTO records_vaultentry ({columns}) VALUES (?, ?, ?, ?, ?)", row)
    database.close()
    (folder / "master.key").unlink()
    done = run("serve", "--empty", "--port", str(free_port()), folder=folder)
    assert done.returncode == 2
    assert "backup" in done.stderr
    assert one_sentence(done.stderr)
    assert not (folder / "master.key").exists()


def test_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    assert run("migrate", folder=folder).returncode == 0
    for name in ("master.key", "secret.key"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def found_demo_body(folder: Path) -> None:
    """Put an invented body's row there, as an interrupted `huiying demo` would leave it."""
    database = sqlite3.connect(folder / "huiying.sqlite3")
    columns = [
        row[1]
        for row in database.execute("PRAGMA table_info(registry_body)")
        if row[1] not in ("id", "parent_id")
    ]
    given = {"code": "demo-town", "founded_at": "2026-01-05 00:00:00"}
    values = [given.get(name, name[:8]) for name in columns]
    marks = ", ".join("?" * len(columns))
    database.execute(f"INSERT INTO registry_body ({', '.join(columns)}) VALUES ({marks})", values)
    database.commit()
    database.close()
