"""A throw-away PostgreSQL for the tests: `python -m tests.postgres -- COMMAND …` runs COMMAND with its address.

The cluster lies in a temporary folder, listens on a unix socket only, never syncs, and is removed at the end. As
root, which PostgreSQL refuses to run under, it runs as `postgres` or `nobody`. Exit code 3: no server programs.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

NOT_FOUND = 3
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}


def server_programs() -> Path | None:
    """The folder with initdb and pg_ctl: the newest Debian one, else where the PATH leads; nothing when absent."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = (
        [versions[-1]] if versions else [Path(path) for name in ("initdb",) if (path := shutil.which(name))]
    )
    return next(
        (file.resolve().parent for file in found if (file.resolve().parent / "pg_ctl").exists()), None
    )


@contextmanager
def cluster(settings: Mapping[str, str] = SETTINGS, kept: Path | None = None) -> Iterator[str]:
    """Start a cluster, give its address, stop and remove it. Raises FileNotFoundError without server programs.

    With `kept`, the data lie in that folder, are used if they lie there already, and stay.
    """
    programs = server_programs()
    if programs is None:
        raise FileNotFoundError("no PostgreSQL server programs (Debian: apt-get install postgresql)")
    # /tmp, not TMPDIR: the path of a unix socket may have 107 bytes only.
    folder = Path(tempfile.mkdtemp(prefix="hy-pg-", dir="/tmp"))
    user = _server_user()
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = kept or folder / "data"
        if not (data / "PG_VERSION").exists():
            _lay(user, programs, data)
        chosen = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        _run(
            user,
            programs / "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            folder / "log",
            "-o",
            f"-k {folder} {chosen}",
            "start",
        )
        try:
            yield f"postgresql://huiying@/huiying?host={folder}"
        finally:
            how = "fast" if kept else "immediate"
            _run(user, programs / "pg_ctl", "-D", data, "-m", how, "-w", "-t", "600", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """Run the command after `--` with HUIYING_TEST_DATABASE set; its exit code is ours."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    try:
        with cluster() as address:
            return subprocess.run(
                command, check=False, env={**os.environ, "HUIYING_TEST_DATABASE": address}
            ).returncode
    except FileNotFoundError as wrong:
        print(f"Skipped: {wrong}.", flush=True)
        return NOT_FOUND


def _lay(user: pwd.struct_passwd | None, programs: Path, data: Path) -> None:
    """Make the data folder of a new cluster."""
    if user:
        data.mkdir(parents=True, exist_ok=True)
        os.chown(data, user.pw_uid, user.pw_gid)
    who = ("-U", "huiying", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    _run(user, programs / "initdb", "-D", data, *who)


def _server_user() -> pwd.struct_passwd | None:
    """Whom to run the server as; nobody in particular unless we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise FileNotFoundError("PostgreSQL refuses to run as root, and there is no user postgres or nobody")


def _run(user: pwd.struct_passwd | None, *command: object) -> None:
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    subprocess.run(
        [str(part) for part in command],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None,
        **who,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
