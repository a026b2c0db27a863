"""`make test`: the rings of tests one after another, each with its duration; exit 1 when any ring fails.

`python -m tests.rings` runs pure, sqlite and browser; name some to run only those, or one of those beside: postgres and
postgres-doors (the same rooms, doors and stories on PostgreSQL) and thorough (what takes seconds in the pure packages).
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chromium import NONE_FOUND, chromium_path
from tests.postgres import NOT_FOUND, server_programs

ROOT = Path(__file__).resolve().parent.parent
NOTHING_SELECTED = 5  # pytest's code for a selection without tests
PYTEST = (sys.executable, "-m", "pytest", "-q")
# Two: each worker has a database of its own, and the office machine of the targets has two cores.
PARALLEL = ("-n", "2", "--dist", "loadfile")


PURE = ("rules", "playbook")
WITHOUT_DJANGO = (("HUIYING_TEST_PURE", "1"),)


@dataclass(frozen=True)
class Ring:
    """One call of pytest."""

    name: str
    folders: tuple[str, ...]
    options: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


RINGS = (
    Ring("pure", PURE, (*PARALLEL, "-p", "no:django", "-m", "not slow"), variables=WITHOUT_DJANGO),
    Ring("sqlite", ("rooms", "doors", "stories", "docs"), PARALLEL),
    # One process: all its tests share one demo town, and Chromium with the server fills two cores by themselves.
    Ring("browser", ("browser",)),
)
# Only when named: .ci/run does, and `make test` stays short enough to be run often.
BESIDE = (
    Ring("postgres", ("rooms",), PARALLEL, before=(sys.executable, "-m", "tests.postgres", "--")),
    Ring("thorough", PURE, (*PARALLEL, "-p", "no:django", "-m", "slow"), variables=WITHOUT_DJANGO),
    Ring(
        "postgres-doors",
        ("doors", "stories"),
        PARALLEL,
        before=(sys.executable, "-m", "tests.postgres", "--"),
    ),
)


@dataclass(frozen=True)
class Outcome:
    """How a ring ended."""

    name: str
    word: str
    seconds: float
    failed: bool


def main(names: Sequence[str]) -> int:
    """Run the named rings (all when none is named) and print how long each took."""
    known = ", ".join(ring.name for ring in (*RINGS, *BESIDE))
    unknown = set(names) - set(known.split(", "))
    if unknown:
        print(f"There is no ring {', '.join(sorted(unknown))}; there are {known}.", file=sys.stderr)
        return 2
    if not chromium_path():
        print(f"Browser tests are skipped: {NONE_FOUND}.", flush=True)
    chosen = [ring for ring in (*RINGS, *BESIDE) if ring.name in names] if names else RINGS
    outcomes = [run(ring) for ring in chosen]
    print("\nRing        Result                         Seconds")
    for each in outcomes:
        print(f"{each.name:<12}{each.word:<31}{each.seconds:>7.1f}")
    return 1 if any(each.failed for each in outcomes) else 0


def run(ring: Ring) -> Outcome:
    """Run one ring; a ring whose folders are empty, or whose server is not installed, is named as such."""
    folders = [f"tests/{name}" for name in ring.folders if any((ROOT / "tests" / name).rglob("test_*.py"))]
    if not folders:
        return Outcome(ring.name, "no tests yet", 0.0, failed=False)
    if ring.name.startswith("postgres") and server_programs() is None:
        print(
            "The PostgreSQL ring is skipped: no server programs (Debian: apt-get install postgresql).",
            flush=True,
        )
        return Outcome(ring.name, "skipped: no PostgreSQL", 0.0, failed=False)
    print(f"\n=== {ring.name}: {' '.join(folders)}", flush=True)
    started = time.monotonic()
    command = [*ring.before, *PYTEST, *ring.options, *folders]
    code = subprocess.run(
        command, check=False, cwd=ROOT, env={**os.environ, **dict(ring.variables)}
    ).returncode
    return _outcome(ring, code, time.monotonic() - started)


def _outcome(ring: Ring, code: int, seconds: float) -> Outcome:
    words = {0: "passed", NOTHING_SELECTED: "nothing selected"}
    if ring.name.startswith("postgres"):
        words[NOT_FOUND] = "skipped: no PostgreSQL user"
    return Outcome(ring.name, words.get(code, f"FAILED (code {code})"), seconds, failed=code not in words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
