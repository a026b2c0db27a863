"""Make .venv and install the locked packages; quick when nothing changed. Needs the standard library only.

Debian leaves ensurepip out of its Python and forbids pip outside a virtual environment (PEP 668): where `venv`
fails, virtualenv is fetched with pip into .make/ and makes the environment instead.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MAKE = ROOT / ".make"
LOG = MAKE / "setup.log"
LOCKS = {
    "core": ("build.txt", "core.txt"),
    "pdf": ("build.txt", "core.txt", "pdf.txt"),
    "roster": ("build.txt", "core.txt", "roster.txt"),
    "test": ("build.txt", "core.txt", "pdf.txt", "roster.txt", "test.txt"),
}
NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeout",
    "ReadTimeout",
    "ProxyError",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "Connection refused",
    "from versions: none",
)


class Stopped(Exception):
    """Setup cannot go on; the text is the one sentence to show."""


def main(kind: str) -> int:
    """Bring .venv to the locks of `kind` (core, pdf, roster or test); 0 when ready, 2 with one sentence when it cannot be."""
    try:
        if stamp_of("test") == wanted("test") or stamp_of(kind) == wanted(kind):
            compile_translations()
            return 0
        check_folder()
        make_venv()
        install(kind)
        compile_translations()
        stamp_file(kind).write_text(wanted(kind), encoding="ascii")
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. Run it again to go on.", file=sys.stderr)
        return 130
    return 0


def wanted(kind: str) -> str:
    """The hash of everything that decides what is installed."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for file in [*(ROOT / "requirements" / lock for lock in LOCKS[kind]), ROOT / "pyproject.toml"]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def stamp_file(kind: str) -> Path:
    """Where the hash of the last finished setup lies; inside .venv, so that it goes when .venv goes."""
    return VENV / f"huiying-{kind}.stamp"


def stamp_of(kind: str) -> str:
    """The hash of the last finished setup, or nothing."""
    file = stamp_file(kind)
    return file.read_text(encoding="ascii") if PYTHON.exists() and file.is_file() else ""


def check_folder() -> None:
    """Raise when nothing can be written here."""
    try:
        MAKE.mkdir(exist_ok=True)
        LOG.write_bytes(b"")
    except OSError:
        raise Stopped(
            f"{ROOT} is read-only for this user, so nothing can be installed there. "
            "Copy the folder to a place you may write to, or change its owner."
        ) from None


def make_venv() -> None:
    """Make .venv unless a working one with pip stands there."""
    if PYTHON.exists() and works(PYTHON, "-m", "pip", "--version"):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if works(sys.executable, "-m", "venv", str(VENV)):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    virtualenv = MAKE / "bootstrap"
    if not works(sys.executable, "-m", "pip", "--version"):
        raise Stopped(
            "This Python can make no environment. On Debian: apt-get install python3-venv python3-pip"
        )
    pip_install([sys.executable], "--target", str(virtualenv), "--upgrade", "-r", "requirements/build.txt")
    if not works(sys.executable, "-m", "virtualenv", str(VENV), path=virtualenv):
        raise Stopped(
            f"The environment could not be made; {LOG} says why. On Debian: apt-get install python3-venv"
        )


def install(kind: str) -> None:
    """Install the locked packages, then this program itself."""
    started = time.monotonic()
    print("Installing the packages (about a minute the first time) …", flush=True)
    locks = [part for lock in LOCKS[kind] for part in ("-r", f"requirements/{lock}")]
    pip_install([str(PYTHON)], *locks)
    if not works(PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "-e", "."):
        raise Stopped(f"The program itself could not be installed; {LOG} says why.")
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def pip_install(python: list[str], *arguments: str) -> None:
    """Install with hashes required; raises Stopped with one sentence."""
    command = ["-m", "pip", "install", "-q", "--require-hashes", "--disable-pip-version-check", *arguments]
    if works(*python, *command):
        return
    said = LOG.read_text(encoding="utf-8", errors="replace")
    if any(mark in said for mark in NO_NETWORK):
        raise Stopped(
            "The packages could not be fetched: no network, or the package index is out of reach. Try again later."
        )
    if "No space left" in said:
        raise Stopped(f"The disk is full; free about 500 MB for {VENV} and run it again.")
    raise Stopped(f"The packages could not be installed; {LOG} says why.")


def works(*command: object, path: Path | None = None) -> bool:
    """Run a command with its output in the log; whether it went well."""
    more = {"PYTHONPATH": str(path)} if path else {}
    MAKE.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        done = subprocess.run(
            [str(part) for part in command], cwd=ROOT, stdout=log, stderr=log, env={**os.environ, **more}
        )
    return done.returncode == 0


def compile_translations() -> None:
    """Compile the words of each language where the sources are newer."""
    compiler = ROOT / "src/huiying/web/shared/translate.py"
    stale = [
        po
        for po in (ROOT / "src").rglob("*.po")
        if not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    if stale and compiler.exists() and not works(PYTHON, "-m", "huiying.web.shared.translate", "compile"):
        raise Stopped(f"The translations could not be compiled; {LOG} says why.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "core"))
